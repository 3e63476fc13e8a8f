"""The long ledger and its yardstick do the same work, and ours stays small."""

from __future__ import annotations

import io
import re
import subprocess
import sys

import pypdfium2
import pytest

from xinfang_desktop.bench.ledgers import SHEET, Yardstick, against_long_table, rows
from xinfang_desktop.printing.fonts import Fonts
from xinfang_desktop.printing.ledger_pdf import write_ledger

HEAD = "".join(column.title for column in SHEET.columns)


def bodies(pdf: bytes) -> list[str]:
    """The words of each page's rows."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in document]
    return [re.sub(r"填报人：.*|第\d+页共\d+页$", "", page.partition(HEAD)[2]) for page in pages]


def test_both_print_the_same_words_on_as_many_pages() -> None:
    fonts, data = Fonts.shipped(), list(rows(60))
    ours, theirs = io.BytesIO(), io.BytesIO()
    write_ledger(fonts, SHEET, data, len(data), ours)
    Yardstick(fonts, data).write(theirs)
    words = "".join("".join(cells) for cells in data)
    assert "".join(bodies(ours.getvalue())) == words
    assert "".join(bodies(theirs.getvalue())) == words
    # no title and no signatures there, so one page less is fair
    assert len(bodies(ours.getvalue())) - len(bodies(theirs.getvalue())) in (0, 1)


def test_the_contest_measures_both() -> None:
    assert min(against_long_table(20)) > 0


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak from /proc")
def test_ten_thousand_rows_stay_within_400_megabytes() -> None:
    script = (
        "import io, pathlib\n"
        "from xinfang_desktop.bench import ledgers as l\n"
        "done = l.write_ledger(l.Fonts.shipped(), l.SHEET, l.rows(l.ROWS), l.ROWS, io.BytesIO())\n"
        "print(done.pages, pathlib.Path('/proc/self/status').read_text())\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout
    peak = re.search(r"VmHWM:\s*(\d+) kB", said)  # ru_maxrss would count the parent's too
    assert int(said.split()[0]) > 300
    assert peak and int(peak[1]) * 1024 < 400 * 2**20
