"""The village's reporting form: empty as it is sent out, filled in as WPS saves it, read back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import IllegalCharacterError
from openpyxl.worksheet.worksheet import Worksheet

from xinfang_desktop.domain.errors import DamagedInput, RuleViolation, XinfangError
from xinfang_desktop.ledgers.return_form import CARRIED, NEW, CarriedDispute, ReturnForm
from xinfang_desktop.ledgers.return_form_reading import FilledReturn, read_return_form
from xinfang_desktop.ledgers.return_form_writing import write_return_form

TODAY = date(2026, 10, 9)
FORM = ReturnForm(
    office="青石镇信访办", village="柳溪村", village_code="430522101203", series="monthly",
    period="2026-09", words="2026年9月 每月小排查", due=date(2026, 9, 30),
    types=("婚姻家庭", "邻里", "山林土地", "劳动争议", "其他"),
    sources=("村（社区）上报", "网格走访", "其他"), methods=("人民调解", "协商和解", "其他"),
    carried=(
        CarriedDispute("QS-JF-20260817-A0003", date(2026, 8, 17), "水渠清淤与护坡加固", "邻里", "化解中"),
        CarriedDispute("QS-JF-20260801-A0001", date(2026, 8, 1), "合作社农资款未结清", "合同", "会商"),
    ),
)  # fmt: skip
SHEET, OPEN = "排查报送表", "上期未了的纠纷"
NEW_AT = {column.name: index for index, column in enumerate(NEW, 1)}
OPEN_AT = {column.name: index for index, column in enumerate(CARRIED, 1)}
FIRST = 7  # row of the first dispute

Fill = Callable[[Any], object]


def fill_row(sheet: Worksheet, row: int, **values: object) -> None:
    for name, value in values.items():
        sheet.cell(row, NEW_AT[name]).value = value


def answer(book: Workbook, zero: str = "有", by: str = "李和平", on: object = "9.29") -> None:
    sheet = book[SHEET]
    sheet["D3"], sheet["F3"], sheet["I3"] = zero, by, on


def empty(path: Path, form: ReturnForm = FORM) -> Path:
    with path.open("wb") as file:
        write_return_form(file, form)
    return path


def filled(tmp_path: Path, *fills: Fill, form: ReturnForm = FORM) -> FilledReturn:
    path = empty(tmp_path / "报送表.xlsx", form)
    book = load_workbook(path)
    answer(book)
    for fill in fills:
        fill(book)
    book.save(path)
    found = read_return_form(path, today=TODAY)
    assert found is not None
    return found


def codes(found: FilledReturn) -> list[str]:
    return [problem.code for problem in found.problems]


def dispute(book: Workbook, row: int = FIRST, **over: object) -> None:
    plain = {
        "received_on": datetime(2026, 9, 21), "address": "3-2 号门口",  # noqa: DTZ001 - as cells are
        "detail": "周敏与何建平争水", "category": "邻里",
        "headcount": 3, "parties": "周敏、何建平", "phone": "13900001111", "amount": 15000,
        "urgent": "否", "danger": "没有", "source": "网格走访", "settled": "否",
        "unit": "柳溪村委会", "responsible": "李和平", "due": datetime(2026, 10, 21),  # noqa: DTZ001
    }  # fmt: skip
    fill_row(book[SHEET], row, **{**plain, **over})


def progressed(book: Workbook) -> None:
    sheet = book[OPEN]
    sheet.cell(4, OPEN_AT["result"]).value = "护坡已加固，等验收"
    sheet.cell(4, OPEN_AT["settled"]).value = "否"
    sheet.cell(5, OPEN_AT["result"]).value = "双方签了协议"
    sheet.cell(5, OPEN_AT["settled"]).value = "是"
    sheet.cell(5, OPEN_AT["method"]).value = "人民调解"


# --- the empty form ---


def test_the_empty_form_can_only_be_filled_in_where_it_should() -> None:
    out = BytesIO()
    write_return_form(out, FORM)
    book = load_workbook(out)
    states = {sheet.title: sheet.sheet_state for sheet in book.worksheets}
    assert states == {
        SHEET: "visible",
        OPEN: "visible",
        "选项": "hidden",
        "报送表信息": "veryHidden",
    }
    sheet = book[SHEET]
    assert sheet.protection.sheet and sheet.protection.password is None
    assert not sheet.protection.insertRows, "a row may be put in"
    free = {c.coordinate for row in sheet.iter_rows() for c in row if not c.protection.locked}
    table = {f"{c.column_letter}{c.row}" for row in sheet["B7:Q36"] for c in row}
    assert free - table == {
        "D3",
        "F3",
        "G3",
        "I3",
        "J3",
        "K3",
        *(f"{c}4" for c in "CDEFGHIJKLMNOPQ"),
    }
    assert table <= free
    assert [sheet.cell(7, NEW_AT[n]).number_format for n in ("phone", "address", "received_on")] == [
        "@", "@", "yyyy-mm-dd",
    ]  # fmt: skip
    assert sheet["F2"].value == "430522101203" and sheet["F2"].data_type == "s"
    for each, head in ((sheet, 6), (book[OPEN], 3)):
        assert each.freeze_panes == f"A{head + 1}"
        assert each.print_title_rows == f"${head}:${head}"
        assert (each.page_setup.orientation, each.page_setup.fitToWidth) == ("landscape", 1)


def test_every_check_has_a_chinese_title_and_sentence_and_stands_on_its_cells() -> None:
    out = BytesIO()
    write_return_form(out, FORM)
    book = load_workbook(out)
    lists = book["选项"]
    for sheet in (book[SHEET], book[OPEN]):
        assert sheet.data_validations.dataValidation
        for check in sheet.data_validations.dataValidation:
            assert check.showErrorMessage and check.errorTitle and check.error.endswith("。")
            if check.type == "list":
                place = check.formula1.rpartition("!")[2].replace("$", "")
                assert all(row[0].value for row in lists[place])
    checked = {str(check.sqref): check for check in book[SHEET].data_validations.dataValidation}
    words = {cells: check.formula1 for cells, check in checked.items() if check.type == "list"}
    assert [c.value for (c,) in lists[words["E7:E36"].rpartition("!")[2].replace("$", "")]] == list(
        FORM.types
    )
    assert [c.value for (c,) in lists[words["D3"].rpartition("!")[2].replace("$", "")]] == [
        "有",
        "没有（零报告）",
    ]
    kinds = {cells: check.type for cells, check in checked.items()}
    assert (kinds["B7:B36"], kinds["F7:F36"], kinds["I7:I36"]) == ("date", "whole", "decimal")


def test_without_open_disputes_there_is_one_sheet_to_fill_in() -> None:
    out = BytesIO()
    write_return_form(out, replace(FORM, carried=(), theme="wages", theme_word="欠薪"))
    book = load_workbook(out)
    assert [s.title for s in book.worksheets if s.sheet_state == "visible"] == [SHEET]
    assert book[SHEET]["I2"].value == "2026年9月 每月小排查（欠薪）"


def test_words_like_formulas_stay_words() -> None:
    out = BytesIO()
    wicked = "=HYPERLINK(1)"
    carried = CarriedDispute(wicked, date(2026, 8, 1), wicked, wicked, wicked)
    write_return_form(
        out, replace(FORM, office=wicked, village=wicked, types=(wicked,), carried=(carried,))
    )
    cells = [c for s in load_workbook(out).worksheets for row in s.iter_rows() for c in row]
    assert not [c.coordinate for c in cells if c.data_type == "f"]
    assert sum(wicked in str(c.value) for c in cells) > 6


# --- filled in and read back ---


def test_a_filled_form_comes_back_exactly(tmp_path: Path) -> None:
    found = filled(
        tmp_path, dispute, progressed,
        lambda book: dispute(book, FIRST + 1, amount=None, phone=None, danger="有", urgent="是",
                             settled="是", method="协商和解", due=None, headcount=None),
        lambda book: book[SHEET].__setitem__("C4", "村里开了两次会\n还要镇里帮忙"),
    )  # fmt: skip
    assert found.problems == () and found.dropped == ()
    assert (found.village_code, found.village) == ("430522101203", "柳溪村")
    assert (found.series, found.theme, found.period, found.zero) == (
        "monthly",
        "",
        "2026-09",
        False,
    )
    assert (found.reporter, found.filled_on) == ("李和平", date(2026, 9, 29))
    assert found.note == "村里开了两次会\n还要镇里帮忙"
    one, other = found.disputes
    assert (one.sheet, one.row, one.found_on) == (SHEET, FIRST, date(2026, 9, 21))
    assert (one.place, one.summary, one.category) == ("3-2 号门口", "周敏与何建平争水", "邻里")
    assert (one.people, one.parties, one.phones) == (3, ("周敏", "何建平"), ("13900001111",))
    assert (one.amount, one.urgent, one.danger, one.settled) == (1_500_000, False, False, False)
    assert (one.source, one.unit, one.person) == ("网格走访", "柳溪村委会", "李和平")
    assert one.due == date(2026, 10, 21)
    assert (other.row, other.amount, other.phones, other.due) == (FIRST + 1, None, (), None)
    assert (other.urgent, other.danger, other.settled, other.method) == (
        True,
        True,
        True,
        "协商和解",
    )
    assert other.people == 2, "as many as are named"
    assert [(p.number, p.text, p.settled, p.method) for p in found.progress] == [
        ("QS-JF-20260817-A0003", "护坡已加固，等验收", False, ""),
        ("QS-JF-20260801-A0001", "双方签了协议", True, "人民调解"),
    ]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("9.21", date(2026, 9, 21)),
        (9.21, date(2026, 9, 21)),
        ("2026年9月21日", date(2026, 9, 21)),
        ("9月21日", date(2026, 9, 21)),
        ("21日", date(2026, 9, 21)),
        (date(2026, 9, 21), date(2026, 9, 21)),
        ("２０２６-９-２１", date(2026, 9, 21)),
    ],
)
def test_days_as_people_write_them(tmp_path: Path, written: object, day: date) -> None:
    found = filled(tmp_path, lambda book: dispute(book, received_on=written), progressed)
    assert found.problems == () and found.disputes[0].found_on == day


def test_people_and_money_as_people_write_them(tmp_path: Path) -> None:
    found = filled(
        tmp_path, progressed,
        lambda book: dispute(book, headcount="3人", amount="1.5万元", phone=13900001111, due="10.21"),
        lambda book: dispute(book, FIRST + 1, headcount="约十二人", amount="三千元", parties="周敏等12人", phone="0739-6201234、13900002222"),
        lambda book: dispute(book, FIRST + 2, headcount=None, amount=0.1 + 0.2, parties=None),
    )  # fmt: skip
    assert found.problems == ()
    assert [(d.people, d.amount) for d in found.disputes] == [
        (3, 1_500_000),
        (12, 300_000),
        (1, 30),
    ]
    assert found.disputes[0].phones == ("13900001111",) and found.disputes[0].due == date(
        2026, 10, 21
    )
    assert found.disputes[1].phones == ("07396201234", "13900002222")


def test_a_zero_return_needs_one_line(tmp_path: Path) -> None:
    found = filled(tmp_path, lambda book: answer(book, "没有（零报告）"), progressed)
    assert (found.zero, found.disputes, found.problems) == (True, (), ())
    without = replace(FORM, carried=())
    found = filled(tmp_path, lambda book: answer(book, "没有（零报告）"), form=without)
    assert (found.zero, found.progress, found.problems) == (True, (), ())


def test_every_bad_cell_is_told_with_its_place(tmp_path: Path) -> None:
    found = filled(
        tmp_path, progressed,
        lambda book: dispute(book, received_on="2026-2-30", headcount="几个", phone="1390000", amount="很多"),
        lambda book: dispute(book, FIRST + 1, received_on=date(2026, 11, 1), detail=None, urgent="看情况"),
        lambda book: dispute(book, FIRST + 2, due=date(2026, 9, 1), parties="甲" * 61),
        lambda book: dispute(book, FIRST + 3, due=date(2026, 9, 1), received_on=None),
        lambda book: dispute(book, FIRST + 4, due=date(2026, 9, 1)),
    )  # fmt: skip
    told = [(p.sheet, p.row, p.column, p.field, p.code) for p in found.problems]
    assert told == [
        (SHEET, 7, "B", "received_on", "date_unclear"),
        (SHEET, 7, "F", "headcount", "headcount_unclear"),
        (SHEET, 7, "I", "amount", "amount_unclear"),
        (SHEET, 7, "H", "phone", "phone_unclear"),
        (SHEET, 8, "B", "received_on", "date_future"),
        (SHEET, 8, "D", "detail", "content_missing"),
        (SHEET, 8, "J", "urgent", "answer_unclear"),
        (SHEET, 9, "G", "parties", "text_too_long"),
        (SHEET, 10, "B", "received_on", "date_unclear"),
        (SHEET, 11, "Q", "due", "date_order"),
    ]
    assert all(p.why for p in found.problems)
    assert [d.row for d in found.disputes] == [7, 8, 10, 11], "a bad cell does not lose its row"


@pytest.mark.parametrize(
    ("zero", "rows", "code"),
    [
        ("没有（零报告）", 1, "zero_with_rows"),
        ("有", 0, "rows_missing"),
        (None, 0, "answer_missing"),
        (None, 1, "answer_missing"),
        ("不清楚", 1, "answer_unclear"),
    ],
)
def test_answers_that_contradict_the_rows(tmp_path: Path, zero: str, rows: int, code: str) -> None:
    fills = [lambda book: dispute(book)] * rows
    found = filled(tmp_path, lambda book: answer(book, zero), progressed, *fills)
    assert [(p.code, p.row, p.header) for p in found.problems] == [
        (code, 3, "本期有没有新发现的纠纷？")
    ]
    assert len(found.disputes) == rows


def test_nothing_said_in_the_table_is_a_zero_return_unless_answered_otherwise(
    tmp_path: Path,
) -> None:
    def said(book: Workbook) -> None:
        fill_row(book[SHEET], FIRST, detail="本月无新增矛盾纠纷")

    found = filled(tmp_path, lambda book: answer(book, ""), said, progressed)
    assert (found.zero, found.disputes, found.problems) == (True, (), ())
    assert codes(filled(tmp_path, said, progressed)) == ["rows_missing"]
    real = filled(
        tmp_path, progressed,
        lambda book: fill_row(book[SHEET], FIRST, received_on="9.2", detail="本村路无灯，三户为出钱争吵，要村里主持"),
    )  # fmt: skip
    assert (len(real.disputes), real.problems) == (1, ())


def test_who_and_when_and_progress_are_asked_for(tmp_path: Path) -> None:
    found = filled(tmp_path, dispute, lambda book: answer(book, by="", on=None))
    assert codes(found) == [
        "reporter_missing", "filled_on_missing", "progress_missing", "progress_missing",
    ]  # fmt: skip
    found = filled(tmp_path, dispute, progressed, lambda book: answer(book, on="昨天"))
    assert codes(found) == ["date_unclear"] and found.filled_on is None
    found = filled(tmp_path, dispute, progressed, lambda book: answer(book, on=date(2026, 12, 1)))
    assert codes(found) == ["date_future"] and found.filled_on is None


# --- changed on the way ---


def test_a_form_copied_from_another_village_or_month_is_noticed(tmp_path: Path) -> None:
    def retyped(book: Workbook) -> None:
        book[SHEET]["C2"], book[SHEET]["I2"] = "大塘村", "2026年10月 每月小排查"

    found = filled(tmp_path, dispute, progressed, retyped)
    assert (found.village, found.period) == ("柳溪村", "2026-09")
    assert [(p.code, p.value) for p in found.problems] == [
        ("given_changed", "大塘村"), ("given_changed", "2026年10月 每月小排查"),
    ]  # fmt: skip


def test_rows_put_in_sheets_renamed_and_merges_broken(tmp_path: Path) -> None:
    def mauled(book: Workbook) -> None:
        sheet = book[SHEET]
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
        sheet.insert_rows(FIRST + 1, 2)
        dispute(book, FIRST + 1, detail="后插的一行")
        sheet.insert_rows(1, 2)
        sheet.title, book[OPEN].title = "Sheet1", "Sheet2"

    found = filled(tmp_path, dispute, progressed, mauled)
    assert found.problems == ()
    assert [(d.sheet, d.row, d.summary) for d in found.disputes] == [
        ("Sheet1", FIRST + 2, "周敏与何建平争水"), ("Sheet1", FIRST + 3, "后插的一行"),
    ]  # fmt: skip
    assert (found.zero, found.reporter, len(found.progress)) == (False, "李和平", 2)


def test_columns_in_another_order_are_read_by_their_heads(tmp_path: Path) -> None:
    def moved(book: Workbook) -> None:
        sheet = book[SHEET]
        for row in range(6, 37):
            cells = [sheet.cell(row, c).value for c in range(2, 18)]
            for c, value in enumerate(reversed(cells), 2):
                sheet.cell(row, c).value = value

    found = filled(tmp_path, dispute, progressed, moved)
    plain = filled(tmp_path, dispute, progressed)
    assert found == plain


def test_columns_that_somebody_added_are_dropped_and_named(tmp_path: Path) -> None:
    def added(book: Workbook) -> None:
        sheet = book[SHEET]
        for column, (head, value) in enumerate(
            [("稳控责任人", "张某"), ("是否扬言", "是"), ("天气", "晴"), (None, "没有栏名")], 18
        ):
            sheet.cell(6, column).value, sheet.cell(FIRST, column).value = head, value

    found = filled(tmp_path, dispute, progressed, added)
    assert [(c.header, c.dropped) for c in found.dropped] == [
        ("稳控责任人", "对人的管控标签，不登记"),
        ("是否扬言", "对人的评价，不登记"),
        ("天气", "报送表里没有这一栏"),
        ("U 列（没有栏名）", "报送表里没有这一栏"),
    ]
    assert "张某" not in repr(found) and "没有栏名" not in repr(found.disputes)


def test_formulas_are_not_obeyed(tmp_path: Path) -> None:
    found = filled(
        tmp_path, progressed,
        lambda book: dispute(book, detail='=HYPERLINK("http://例.invalid")', amount="=1+1"),
        lambda book: dispute(book, FIRST + 1, received_on="=TODAY()"),
    )  # fmt: skip
    assert codes(found) == ["content_missing", "date_unclear"], "without a result it is empty"
    assert found.disputes[0].summary == "" and found.disputes[0].amount is None


def test_a_total_at_the_foot_and_both_tables_on_one_sheet(tmp_path: Path) -> None:
    def pasted(book: Workbook) -> None:
        sheet, other = book[SHEET], book[OPEN]
        for row in range(1, 6):
            for column in range(1, 9):
                sheet.cell(40 + row, column).value = other.cell(row, column).value
        book.remove(other)
        sheet.cell(30, 2).value = "合计"
        sheet.cell(30, 6).value = 3

    found = filled(tmp_path, dispute, progressed, pasted)
    assert len(found.disputes) == 1 and len(found.progress) == 2
    assert [(p.code, p.row) for p in found.problems] == [("row_skipped", 30)]


def test_an_open_dispute_written_twice_or_without_number(tmp_path: Path) -> None:
    def wrong(book: Workbook) -> None:
        sheet = book[OPEN]
        sheet["A5"] = sheet["A4"].value
        sheet.cell(6, OPEN_AT["result"]).value = "说的是哪一起？"
        sheet.cell(6, OPEN_AT["settled"]).value = "否"

    found = filled(tmp_path, dispute, progressed, wrong)
    assert codes(found) == ["number_twice", "number_missing"]
    assert [p.text for p in found.progress] == ["护坡已加固，等验收"]


# --- what is not this form ---


def test_other_workbooks_are_not_this_form(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["序号", "发现日期", "纠纷简述"])  # type: ignore[union-attr]
    book.save(tmp_path / "台账.xlsx")
    assert read_return_form(tmp_path / "台账.xlsx", today=TODAY) is None
    (tmp_path / "台账.csv").write_text("xinfang,return\n1,2\n", "utf-8")
    assert read_return_form(tmp_path / "台账.csv", today=TODAY) is None
    (tmp_path / "空.xlsx").write_bytes(b"")
    with pytest.raises(DamagedInput):
        read_return_form(tmp_path / "空.xlsx", today=TODAY)


@pytest.mark.parametrize(
    ("fill", "code"),
    [
        (lambda book: book["报送表信息"].__setitem__("A1", "xinfang-return 99"), "return_form_version"),
        (lambda book: book[SHEET].delete_rows(6), "return_form_broken"),
        (lambda book: book[SHEET].cell(6000, 2, "远"), "return_form_too_long"),
        (lambda book: book[SHEET].cell(7, 400, "远"), "return_form_too_long"),
    ],
)  # fmt: skip
def test_a_broken_form_is_refused_in_words(tmp_path: Path, fill: Fill, code: str) -> None:
    without = replace(FORM, carried=())
    with pytest.raises(RuleViolation) as refused:
        filled(tmp_path, dispute, fill, form=without)
    assert refused.value.code == code and refused.value.mend


CELL = st.text(max_size=12) | st.integers() | st.floats() | st.sampled_from(
    ["发现日期", "纠纷简述", "最新进展", "合计", "9.21", "是", "零报告", "=1+1", "填报人", "1e999"]
)  # fmt: skip


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(cells=st.dictionaries(st.tuples(st.integers(1, 12), st.integers(1, 19)), CELL, max_size=12))
def test_no_cell_whatever_makes_it_fail(
    tmp_path: Path, cells: dict[tuple[int, int], object]
) -> None:
    path = empty(tmp_path / "报送表.xlsx")
    book = load_workbook(path)
    sheet = book[SHEET]
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    for (row, column), value in cells.items():
        try:
            sheet.cell(row, column).value = value
        except (ValueError, IllegalCharacterError):  # what no spreadsheet can hold
            continue
    book.save(path)
    try:
        found = read_return_form(path, today=TODAY)
    except XinfangError as error:
        assert error.sentence and error.mend
    else:
        assert found is not None and all(p.why and p.row for p in found.problems)
