"""Cut the shipped fonts down to what Chinese papers need. Run by hand, rarely; see README.md.

``python resources/fonts/subset.py NPM_MODULES WENKAI_TTF`` where NPM_MODULES is the
``node_modules`` folder holding the npm packages ``@expo-google-fonts/noto-serif-sc`` and
``@expo-google-fonts/noto-sans-sc``, and WENKAI_TTF is ``LXGWWenKai-Regular.ttf`` of the Debian
package ``fonts-lxgw-wenkai``. Needs fontTools. Output lands beside this file.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent

RARE_NAMES = "䶮㛃𬭊喆堃𠅤𬱖"
"""Characters of real given names that common fonts lack; each subset is checked for them."""

IDEOGRAPHS = (
    (0x4E00, 0x9FFF),  # CJK Unified: all of GB 2312, GBK and most of the 8,105
    (0x3400, 0x4DBF),  # Extension A
    (0x20000, 0x323AF),  # Extensions B-H: the rest of the 8,105 and names, as far as drawn
    (0xF900, 0xFAFF),  # compatibility forms that GBK maps to
    (0x3007, 0x3007),  # 〇
)

SYMBOLS = (
    (0x20, 0x7E),
    (0xA0, 0x17F),  # Latin with marks: pinyin, foreign names
    (0x1CD, 0x1DC),  # ǎ ǐ ǒ ǔ and ü with tones
    (0x2000, 0x206F),  # dashes, quotation marks, ellipsis, per mille
    (0x2100, 0x2199),  # ℃ № Ⅳ arrows
    (0x2200, 0x22FF),
    (0x2460, 0x24FF),  # ① ⑴
    (0x2500, 0x266F),  # boxes, ■ □ ● ○
    (0x2713, 0x2714),
    (0x3000, 0x303F),  # 、。《》〔〕
    (0x3200, 0x33FF),  # ㈠ ㎡
    (0xFE30, 0xFE4F),
    (0xFF00, 0xFFEF),
)


def _gb2312() -> set[int]:
    """All code points of GB 2312."""
    found: set[int] = set()
    for high in range(0xA1, 0xFF):
        for low in range(0xA1, 0xFF):
            try:
                found.update(map(ord, bytes((high, low)).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return found


def _ranges(*groups: tuple[tuple[int, int], ...]) -> set[int]:
    return {code for group in groups for low, high in group for code in range(low, high + 1)}


@dataclass(frozen=True)
class Cut:
    """One shipped file: where it comes from below NPM_MODULES, what it keeps."""

    target: str
    source: str
    wide: bool  # all ideographs; otherwise GB 2312 only
    features: tuple[str, ...] = ()


_GOOGLE = "@expo-google-fonts"
CUTS = (
    Cut("NotoSerifSC-Regular.ttf", f"{_GOOGLE}/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf", True),
    Cut("NotoSerifSC-Bold.ttf", f"{_GOOGLE}/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf", False),
    Cut("NotoSansSC-Regular.ttf", f"{_GOOGLE}/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf", True, ("kern", "tnum", "locl")),
    Cut("NotoSansSC-Bold.ttf", f"{_GOOGLE}/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf", False, ("kern", "tnum", "locl")),
)  # fmt: skip
LICENCES = (
    ("OFL-NotoSerifSC.txt", f"{_GOOGLE}/noto-serif-sc/LICENSE_FONT"),
    ("OFL-NotoSansSC.txt", f"{_GOOGLE}/noto-sans-sc/LICENSE_FONT"),
)


def cut(modules: Path, job: Cut) -> Path:
    """Write one subset; raises SystemExit where a rare name would be lost from a wide one."""
    options = subset.Options(
        layout_features=list(job.features), hinting=False, notdef_outline=True, glyph_names=False
    )
    options.drop_tables += ["vhea", "vmtx", "BASE", "STAT"]
    options.name_IDs = ["*"]
    options.name_languages = ["*"]
    font = subset.load_font(str(modules / job.source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=_ranges(SYMBOLS) | (_ranges(IDEOGRAPHS) if job.wide else _gb2312()))
    cutter.subset(font)
    target = HERE / job.target
    subset.save_font(font, str(target), options)
    if job.wide:
        missing = set(map(ord, RARE_NAMES)) - set(TTFont(target, lazy=True).getBestCmap())
        if missing:
            raise SystemExit(f"{job.target} lacks {''.join(map(chr, sorted(missing)))}")
    return target


def main(modules: Path, wenkai: Path) -> None:
    """Make every shipped font. WenKai is copied whole: its name is reserved (OFL 1.1, 3)."""
    written = [cut(modules, job) for job in CUTS]
    written.append(Path(shutil.copyfile(wenkai, HERE / "LXGWWenKai-Regular.ttf")))
    for target, source in LICENCES:
        shutil.copyfile(modules / source, HERE / target)
    for path in written:
        sys.stdout.write(f"{path.name} {path.stat().st_size:,}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
