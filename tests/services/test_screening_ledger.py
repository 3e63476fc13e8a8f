"""The screening ledger as PDF and workbook, and the villages' form there and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest

from tests.conftest import DeskOf
from tests.factories import MovableClock
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.ledgers.return_form import NOTHING, SOMETHING
from xinfang_desktop.services import (
    dispute_work,
    disputes,
    importing,
    return_forms,
    returns,
    rounds,
    screening_ledger,
)
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.importing import ImportLedger


@pytest.fixture
def three(desk: Desk) -> Desk:
    """Three disputes of September, one of them in another village; a zero return."""
    for village, summary in (("柳溪村", "排水沟堵塞"), ("柳溪村", "=1+1"), ("双井村", "机井轮灌")):
        dispute_work.register_dispute(
            desk,
            {
                "village": village, "found_on": "2026-09-10", "category": "邻里",
                "summary": summary, "people": 3,
                "parties": [{"name": "王桂芳", "phone": "13907391827"}],
            },
        )  # fmt: skip
    return desk


def words(path: Path) -> str:
    document = pypdfium2.PdfDocument(path.read_bytes())
    said = "".join(page.get_textpage().get_text_bounded() for page in document)
    return "".join(said.split())


def test_the_pdf_lists_the_period_masked_with_who_reported_nothing(
    three: Desk, tmp_path: Path
) -> None:
    returns.file_return(three, "双井村", {"progress": [], "zero": True, "period": "2026-09"})
    made = screening_ledger.screening_ledger(three, "2026-09", tmp_path / "台账.pdf")
    assert made is not None and (made.rows, made.pages) == (3, 1)
    said = words(made.out)
    assert "排水沟堵塞" in said and "机井轮灌" in said and "第1页共1页" in said
    assert "王桂芳" not in said and "王**" in said and "13907391827" not in said
    assert "零报告：双井村" in said and "未报：柳溪村" in said


def test_the_workbook_keeps_numbers_numbers_and_formulas_text(three: Desk, tmp_path: Path) -> None:
    made = screening_ledger.screening_ledger(three, "2026-09", tmp_path / "台账.xlsx", "柳溪村")
    assert made is not None and made.rows == 2
    sheet = openpyxl.load_workbook(made.out).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any(cell.value == "=1+1" and cell.data_type == "s" for cell in cells)
    assert any(cell.value == 3 and cell.data_type == "n" for cell in cells)
    assert not any("双井" in str(cell.value) for cell in cells)


def test_an_empty_period_says_so(desk: Desk, tmp_path: Path) -> None:
    made = screening_ledger.screening_ledger(desk, "2026-02", tmp_path / "空.pdf")
    assert made is not None and "零报告" in words(made.out)


def test_a_cancelled_ledger_leaves_no_file(three: Desk, tmp_path: Path) -> None:
    for name in ("台账.pdf", "台账.xlsx"):
        out = tmp_path / name
        assert (
            screening_ledger.screening_ledger(three, "2026-09", out, cancelled=lambda: True) is None
        )
        assert list(tmp_path.glob("台账*")) == []


def test_another_ending_is_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(RuleViolation, match="PDF 或 xlsx"):
        screening_ledger.screening_ledger(desk, "2026-09", tmp_path / "台账.docx")


def test_a_liaisons_ledger_has_its_village_only(
    three: Desk, desk_of: DeskOf, tmp_path: Path
) -> None:
    made = screening_ledger.screening_ledger(desk_of("liaison"), "2026-09", tmp_path / "我.pdf")
    assert made is not None and made.rows == 2
    assert "双井" not in words(made.out) and "机井" not in words(made.out)


# --- the form ----------------------------------------------------------------------------------


def find(sheet: Any, text: str) -> Any:
    """The cell whose text begins so."""
    return next(
        cell for row in sheet.iter_rows() for cell in row if str(cell.value or "").startswith(text)
    )


def fill(path: Path, answer: str, *rows: dict[str, Any], reporter: str = "何秀英") -> None:
    """Fill the form as somebody with WPS would: by what the sheet says."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    asked = find(sheet, "本期有没有新发现的纠纷")
    _beside(sheet, asked).value = answer
    _beside(sheet, find(sheet, "填报人")).value = reporter
    head = find(sheet, "发现日期")
    columns = {str(c.value): c.column for c in sheet[head.row] if c.value}
    for number, row in enumerate(rows, 1):
        for title, value in row.items():
            place = next(at for name, at in columns.items() if name.startswith(title))
            sheet.cell(head.row + number, place).value = value
    book.save(path)


def _beside(sheet: Any, cell: Any) -> Any:
    """The cell right of a label, beyond its merged range."""
    for merged in sheet.merged_cells.ranges:
        if cell.coordinate in merged:
            return sheet.cell(cell.row, merged.max_col + 1)
    return sheet.cell(cell.row, cell.column + 1)


def test_a_form_that_lacks_something_names_the_cell_and_writes_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    rounds.open_round(desk, rounds.OpenRound("monthly", "2026-09"))
    path = return_forms.make_return_form(desk, tmp_path / "柳溪村.xlsx", "柳溪村")
    fill(
        path, SOMETHING,
        {"发现日期": "2026-09-18", "纠纷简述": "围墙占道", "涉及人数": 4,
         "当事人": "王桂芳、李大有"},
    )  # fmt: skip
    read = return_forms.read_form(desk, path)
    assert read is not None and read.blocking, "the type is still missing"
    with pytest.raises(RuleViolation) as caught:
        return_forms.file_form(desk, path)
    assert "类别" in caught.value.sentence and "行" in caught.value.sentence
    assert disputes.dispute_list(desk) == ()


def test_a_filled_form_is_known_by_the_import_and_filed(desk: Desk, tmp_path: Path) -> None:
    rounds.open_round(desk, rounds.OpenRound("monthly", "2026-09"))
    path = return_forms.make_return_form(desk, tmp_path / "柳溪村.xlsx", "柳溪村")
    fill(
        path, SOMETHING,
        {"发现日期": "2026-09-18", "纠纷简述": "围墙占道", "类别": "邻里", "涉及人数": 4,
         "当事人": "王桂芳、李大有"},
    )  # fmt: skip
    dry = importing.import_ledger(desk, ImportLedger(path, dry_run=True))
    assert (dry.kind, dry.rows) == ("return", 1)
    assert disputes.dispute_list(desk) == ()
    importing.import_ledger(desk, ImportLedger(path))
    (row,) = disputes.dispute_list(desk)
    assert (row.summary, row.village, row.people) == ("围墙占道", "柳溪村", 4)
    status = rounds.screening_status(desk, "2026-09")
    assert (status.returned, status.missing) == (("柳溪村",), ("双井村",))
    cell = rounds.screening_grid(desk, "monthly", 2026).rows[0][8]
    assert (cell.found, cell.reporter, cell.by) == (1, "何秀英", "周敏")


def test_a_zero_answer_is_a_zero_return(desk: Desk, tmp_path: Path) -> None:
    rounds.open_round(desk, rounds.OpenRound("monthly", "2026-09"))
    path = return_forms.make_return_form(desk, tmp_path / "双井村.xlsx", "双井村")
    fill(path, NOTHING)
    return_forms.file_form(desk, path)
    assert rounds.screening_status(desk, "2026-09").zero == ("双井村",)


def test_progress_on_a_carried_dispute_comes_back(
    three: Desk, clock: MovableClock, tmp_path: Path
) -> None:
    clock.go("2026-10-20")
    path = return_forms.make_return_form(three, tmp_path / "双井村.xlsx", "双井村")
    book = openpyxl.load_workbook(path)
    (sheet,) = (s for s in book.worksheets if s.sheet_state == "visible" and _has(s, "机井轮灌"))
    head, carried = find(sheet, "最新进展"), find(sheet, "机井轮灌")
    sheet.cell(carried.row, head.column).value = "排了轮灌表，都签了字"
    book.save(path)
    fill(path, NOTHING)
    return_forms.file_form(three, path)
    (row,) = disputes.dispute_page(three, disputes.DisputeQuery(village="双井村")).rows
    view = disputes.dispute_view(three, row.number)
    assert "排了轮灌表" in view.timeline[0].text


def _has(sheet: Any, text: str) -> bool:
    return any(str(c.value or "").startswith(text) for row in sheet.iter_rows() for c in row)


def test_a_plain_workbook_is_no_form(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "别的.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(RuleViolation):
        return_forms.file_form(desk, path)
