"""Every form, full and with the least, as pictures, and one sheet with all of them.

``python3 dev.py forms`` runs it; the pictures go to the folder that it is given.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from tests.printing import papers, screening_papers
from xinfang_desktop.places import RESOURCES
from xinfang_desktop.printing.catalogue import FORMS
from xinfang_desktop.printing.facts import Facts
from xinfang_desktop.printing.render import Printer

WIDTH, LABEL, COLUMNS = 300, 26, 10
FULL: dict[str, Facts] = {**papers.EVERY, **screening_papers.FULL}


def least(code: str) -> Facts:
    """A form with nothing but what the program always knows."""
    screening = FORMS[code].subject in ("dispute", "round")
    return screening_papers.least(code) if screening else papers.least(code)


def pages(printer: Printer, code: str, facts: Facts) -> Iterator[Image.Image]:
    """The pages of one paper."""
    with pypdfium2.PdfDocument(printer.render(code, facts, preview=True).pdf) as document:
        for page in document:
            yield page.render(scale=2).to_pil()


def made(folder: Path) -> int:
    """Write the pictures and ``contact.png``; the number of forms."""
    folder.mkdir(parents=True, exist_ok=True)
    printer = Printer()
    font = ImageFont.truetype(str(RESOURCES / "fonts" / "NotoSansSC-Regular.ttf"), 18)
    shown: list[tuple[str, Image.Image]] = []
    for code in sorted(FORMS):
        for which, facts in (("full", FULL[code]), ("least", least(code))):
            for number, picture in enumerate(pages(printer, code, facts), 1):
                picture.save(folder / f"{code}_{which}_{number}.png")
                height = round(WIDTH * picture.height / picture.width)
                small = picture.resize((WIDTH, height), Image.Resampling.LANCZOS)
                shown.append((f"{code} {'全' if which == 'full' else '空'} {number}", small))
    height = max(picture.height for _, picture in shown) + LABEL
    rows = -(-len(shown) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * (WIDTH + 8), rows * (height + 8)), "#9aa19d")
    pen = ImageDraw.Draw(sheet)
    for place, (words, picture) in enumerate(shown):
        left, top = place % COLUMNS * (WIDTH + 8), place // COLUMNS * (height + 8)
        pen.text((left + 4, top + 2), words, fill="#000000", font=font)
        sheet.paste(picture, (left, top + LABEL))
    sheet.save(folder / "contact.png")
    return len(FORMS)


if __name__ == "__main__":
    sys.stdout.write(f"{made(Path(sys.argv[1]))}\n")
