"""Long ledgers, as they are read back from the PDF."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

import pypdfium2
import pytest

from xinfang_desktop.printing import layout as layouts
from xinfang_desktop.printing.drawing import Paper
from xinfang_desktop.printing.fonts import SANS_BOLD, Fonts
from xinfang_desktop.printing.layout import MM
from xinfang_desktop.printing.ledger_pdf import Drawn, LedgerColumn, LedgerSheet, write_ledger
from xinfang_desktop.printing.ledger_table import Table

SHEET = LedgerSheet(
    title="矛盾纠纷排查台账",
    organ="填报单位：青石镇柳溪村",
    period="2026年11月",
    columns=(
        LedgerColumn("序号", 2, "centre", "999"),
        LedgerColumn("日期", 4, "centre", "2026-12-30"),
        LedgerColumn("纠纷", 12),
        LedgerColumn("当事人", 4),
        LedgerColumn("金额", 3, "right"),
    ),
    empty="本期零报告：没有新发现的矛盾纠纷。",
    printed_at="2026年11月30日 9:05",
    notes=("说明：级别只评事，不评人。",),
    signatures=("填报人", "审核人", "单位负责人"),
)
HEAD = "序号日期纠纷当事人金额"
NOBODY = "\U000323ae"  # CJK Extension H: in none of the shipped fonts


def row(number: int, *, dispute: str = "", parties: str = "王敏、李芳") -> tuple[str, ...]:
    words = dispute or f"第{number}件，两家因院墙位置和屋檐滴水多次口角，要求村里到场丈量。"
    return (str(number), "2026-11-03", words, parties, f"{number}.50")


def drawn(
    fonts: Fonts, rows: Sequence[Sequence[str]], sheet: LedgerSheet = SHEET
) -> tuple[Drawn, list[str]]:
    """What was drawn, and the words of each page without spaces."""
    out = io.BytesIO()
    done = write_ledger(fonts, sheet, iter(rows), len(rows), out)
    assert done is not None
    with pypdfium2.PdfDocument(out.getvalue()) as document:
        pages = [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in document]
        words = document[len(pages) - 1].get_textpage()
        found = words.search("填报人：").get_next()
        assert found, "signed on the last page"
        assert words.get_charbox(found[0])[1] > 16 * MM, "clear of the foot"
    assert done.pages == len(pages)
    return done, pages


def body(page: str) -> str:
    """What stands in the rows of a page."""
    return re.sub(r"第\d+页共\d+页$|说明：.*", "", page.partition(HEAD)[2])


def test_every_page_has_head_number_and_print_time(fonts: Fonts) -> None:
    _, pages = drawn(fonts, [row(n) for n in range(1, 101)])
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        assert page.count(HEAD) == 1
        assert f"第{number}页共{len(pages)}页" in page
        assert "打印：2026年11月30日9:05" in page
        assert "填报单位：青石镇柳溪村" in page and "2026年11月" in page
    assert [page.count("矛盾纠纷排查台账（续）") for page in pages] == [0, *[1] * (len(pages) - 1)]


def test_every_row_stands_there_once_and_in_order(fonts: Fonts) -> None:
    rows = [row(n) for n in range(1, 101)]
    _, pages = drawn(fonts, rows)
    assert "".join(map(body, pages)) == "".join("".join(cells) for cells in rows)


def test_only_the_last_page_is_signed_and_never_below_an_empty_table(fonts: Fonts) -> None:
    for count in range(1, 40):
        _, pages = drawn(fonts, [row(n) for n in range(1, count + 1)])
        signed = ["填报人：审核人：单位负责人：" in page for page in pages]
        assert signed == [*[False] * (len(pages) - 1), True]
        assert f"第{count}件" in pages[-1]
        assert "说明：级别只评事，不评人。" in pages[-1]


def test_a_row_taller_than_a_page_goes_on_over_the_next(fonts: Fonts) -> None:
    talks = [f"（{n}）双方在村委会见面，说到补种树苗的事，没有谈成。" for n in range(100)]
    _, pages = drawn(fonts, [row(1), row(2, dispute="\n".join(talks)), row(3)])
    assert len(pages) > 3
    told = "".join(body(page).removeprefix("续") for page in pages)
    assert "".join(talks) in told.replace(
        "王敏、李芳2.50", ""
    )  # in the middle, below its own words
    assert f"{HEAD}1" in pages[0] and "22026-11-03" in pages[0]
    assert all(f"{HEAD}续" in page for page in pages[1:])
    assert "第3件" in pages[-1]


def test_however_long_the_last_row_is_somebody_signs_below_its_end(fonts: Fonts) -> None:
    for count in range(1, 64):
        talks = "\n".join(f"（{n}）没有谈成。" for n in range(count))
        _, pages = drawn(fonts, [row(1), row(2), row(3, dispute=talks)])
        assert f"（{count - 1}）没有谈成。" in pages[-1]


def test_a_row_of_a_few_lines_is_never_split(fonts: Fonts) -> None:
    for sentences in range(2, 30):
        words = "一二三四五六七八九十。" * sentences
        _, pages = drawn(fonts, [row(n, dispute=words) for n in range(1, 15)])
        assert not any("续" in body(page) for page in pages)


def test_rare_names_are_text_run_by_run(fonts: Fonts) -> None:
    pc = Fonts({"fangsong": (SANS_BOLD,)})  # a PC whose 仿宋 lacks them
    for chain in (fonts, pc):
        done, pages = drawn(chain, [row(1, parties="李䶮生、㛃𬭊喆、王敏")])
        assert "李䶮生、㛃𬭊喆、王敏" in pages[0]
        assert not any("没有字体" in warning for warning in done.warnings)
    assert "“䶮”改用思源宋体打印" in done.warnings


def test_a_character_that_no_font_has_leaves_room_for_the_pen_and_is_named(fonts: Fonts) -> None:
    done, pages = drawn(fonts, [row(1, parties=f"王{NOBODY}生"), row(2)])
    assert f"没有字体能打出“{NOBODY}”，纸上留了空，请用笔写上" in done.warnings
    assert "王＿生" in pages[0]


def test_what_is_no_character_is_left_out_and_markup_stays_words(fonts: Fonts) -> None:
    _, pages = drawn(fonts, [row(1, parties="王\x07\ud800敏\u200b（<b>&amp;\\）")])
    assert "王敏（<b>&amp;\\）" in pages[0]


def test_no_rows_are_said_in_the_callers_words(fonts: Fonts) -> None:
    _, pages = drawn(fonts, [])
    assert len(pages) == 1
    assert f"{HEAD}本期零报告：没有新发现的矛盾纠纷。说明" in pages[0]
    assert "第1页共1页" in pages[0]


def test_empty_cells_keep_their_row(fonts: Fonts) -> None:
    _, pages = drawn(fonts, [("1", "", "", "", ""), ("", "", "", "", ""), row(3)])
    assert f"{HEAD}132026-11-03第3件" in pages[0]


def test_a_practice_office_is_named_on_every_page(fonts: Fonts) -> None:
    _, pages = drawn(fonts, [row(n) for n in range(1, 40)], replace(SHEET, practice=True))
    assert len(pages) > 1
    assert all("练习，不作凭据" in page for page in pages)
    _, real = drawn(fonts, [row(1)])
    assert "练习" not in real[0]


def test_progress_grows_from_nothing_to_all(fonts: Fonts) -> None:
    told: list[tuple[int, int]] = []
    write_ledger(
        fonts, SHEET, map(row, range(230)), 230, io.BytesIO(),
        progress=lambda done, total: told.append((done, total)),
    )  # fmt: skip
    assert told[0] == (0, 230) and told[-1] == (230, 230)
    assert sorted(set(told)) == told and len(told) > 4


@pytest.mark.parametrize("looks", [0, 2, 5])
def test_a_cancelled_ledger_leaves_nothing(fonts: Fonts, looks: int) -> None:
    """It is looked at before each fifty rows and once more before writing."""
    asked = iter(range(99))
    out = io.BytesIO()
    done = write_ledger(
        fonts, SHEET, map(row, range(230)), 230, out, cancelled=lambda: next(asked) == looks
    )
    assert done is None
    assert out.getvalue() == b""


def test_a_row_with_another_number_of_cells_is_our_mistake(fonts: Fonts) -> None:
    with pytest.raises(ValueError, match="4 cells for 5 columns"):
        write_ledger(fonts, SHEET, [row(1)[:4]], 1, io.BytesIO())


def test_no_character_touches_a_rule(fonts: Fonts) -> None:
    rows = [row(n, dispute="《甲乙》2026年11月3日，" * n, parties="A-1023-4456、马芳海")
            for n in range(1, 12)]  # fmt: skip
    paper = Paper(fonts, layouts.load().lying())
    sheet = paper.layout["sheet"]
    rooms = Table(paper, SHEET.columns, 0, 0).rooms
    rules = list(
        accumulate((room + 2 * sheet["pad_x"] for room in rooms), initial=sheet["left"] * MM)
    )
    assert rules[-1] == pytest.approx((297 - sheet["right"]) * MM)
    out = io.BytesIO()
    write_ledger(fonts, SHEET, rows, len(rows), out)
    with pypdfium2.PdfDocument(out.getvalue()) as document:
        page = document[1]
        words = page.get_textpage()
        text = words.get_text_range()
        assert "2026-11-03" in text and "2026-\r\n" not in text
        first, end = text.index("金额") + 2, text.index("说明") if "说明" in text else len(text)
        boxes = [words.get_charbox(at) for at in range(first, end) if not text[at].isspace()]
    inside = [box for box in boxes if box[1] > sheet["bottom"] * MM]
    assert len(inside) > 150
    for left, _, right, _ in inside:
        assert not any(left < rule < right for rule in rules)
        assert min(abs(edge - rule) for rule in rules for edge in (left, right)) > 2
