"""村级报送表: the spreadsheet that a village fills in without this program, written and taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from ..domain.errors import RuleViolation
from ..domain.periods import parse_period
from ..domain.screening import SERIES_WORDS, RoundKey
from ..ledgers.return_form import CarriedDispute, ReturnForm
from ..ledgers.return_form_reading import FilledReturn, read_return_form
from ..ledgers.return_form_tables import FilledDispute
from ..ledgers.return_form_writing import write_return_form
from ..ledgers.rows import Problem
from ..store.atomic import disk_problems_in_words, replacing
from .desk import Desk, use_case
from .outputs import check_output
from .returns import ReturnFiled, ReturnSheet, file_return, return_problems, return_sheet


@dataclass(frozen=True, slots=True)
class FormRead:
    """A filled form and what would be filed of it; ``problems`` name the cells to mend."""

    form: FilledReturn
    data: Mapping[str, Any]
    problems: tuple[Problem, ...]
    blocking: tuple[Problem, ...]
    """Those that must be mended before it can be filed."""


@use_case("read_screening")
def make_return_form(desk: Desk, out: Path, village: str = "", key: RoundKey | None = None) -> Path:
    """Write the form of one village for one round, its open disputes filled in."""
    check_output(desk.home, out)
    sheet = return_sheet(desk, village, key)
    with desk.reading() as conn:
        codes = desk.setting(conn).codes
    types, sources, methods = (
        tuple(entry.name for entry in codes[name].children(""))
        for name in ("dispute_type", "dispute_source", "resolution")
    )
    theme = sheet.key.theme
    form = ReturnForm(
        office=desk.office.name, village=sheet.village, village_code=sheet.village_code,
        series=sheet.key.series,  # type: ignore[arg-type]
        period=sheet.key.period,
        words=f"{parse_period(sheet.key.period).words}{SERIES_WORDS[sheet.key.series]}",
        due=sheet.due, types=types, sources=sources, methods=methods, theme=theme,
        theme_word=codes["screening_theme"].name_of(theme) if theme else "",
        carried=_carried(sheet),
    )  # fmt: skip
    with disk_problems_in_words(out.name):
        out.parent.mkdir(parents=True, exist_ok=True)
        with replacing(out) as file:
            write_return_form(file, form)
    return out


def _carried(sheet: ReturnSheet) -> tuple[CarriedDispute, ...]:
    return tuple(
        CarriedDispute(row.number, row.found_on, row.summary, row.category_name, row.state_name)
        for row in sheet.carried
    )


@use_case("file_return")
def read_form(desk: Desk, path: Path) -> FormRead | None:
    """What a filled form says and what is wrong in it; None where the file is no such form."""
    form = read_return_form(path, today=desk.today)
    if form is None:
        return None
    data = _as_return(form)
    village = form.village_code or form.village
    refusals = return_problems(desk, village, data)
    sheet = next((row.sheet for row in form.disputes), "")
    told = {(p.row, FIELDS.get(p.field, p.field)): p for p in form.problems}
    blocking = []
    for refusal in refusals:
        problem = _problem(refusal, form, sheet)
        blocking.append(told.get((problem.row, problem.field), problem))
    unsaid = [problem for problem in blocking if problem not in form.problems]
    return FormRead(form, data, (*form.problems, *unsaid), tuple(blocking))


FIELDS = {
    "received_on": "found_on",
    "address": "place",
    "detail": "summary",
    "responsible": "person",
}
"""Columns of the form by the field of a dispute that they fill, where the names differ."""


@use_case("file_return")
def file_form(desk: Desk, path: Path) -> ReturnFiled:
    """File what a form says; refused with the first cell to mend."""
    read = read_form(desk, path)
    if read is None:
        raise RuleViolation(
            "no_return_form", "这不是村级报送表。", mend="请选村里填好的报送表；台账请用“导入台账”。",
            field="file",
        )  # fmt: skip
    if read.blocking:
        first = read.blocking[0]
        column = f" {first.column} 列" if first.column else ""
        where = f"第 {first.row} 行{column}：" if first.row else ""
        raise RuleViolation(
            "return_form_wrong", f"{where}{first.why}。".replace("。。", "。"),
            mend="请在表里改好，或请村里改好，再导入一次；什么也没有写入。", field="file",
        )  # fmt: skip
    return file_return(desk, read.form.village_code or read.form.village, read.data)


def _as_return(form: FilledReturn) -> dict[str, Any]:
    """The form in the words of a return."""
    said: dict[str, Any] = {
        "zero": form.zero is True and not form.disputes,
        "disputes": [_as_dispute(row) for row in form.disputes],
        "progress": [
            {
                "number": row.number, "text": row.text, "settled": bool(row.settled),
                "method": row.method,
            }
            for row in form.progress
        ],
        "period": form.period, "kind": form.series, "theme": form.theme,
        "reporter": form.reporter, "note": form.note,
    }  # fmt: skip
    if form.filled_on:
        said["filed_on"] = form.filled_on.isoformat()
    return {name: value for name, value in said.items() if value not in ("", None)}


def _as_dispute(row: FilledDispute) -> dict[str, Any]:
    phones = (*row.phones, *("",) * len(row.parties))
    said: dict[str, Any] = {
        "found_on": row.found_on and row.found_on.isoformat(), "place": row.place,
        "summary": row.summary, "category": row.category, "people": row.people,
        "parties": [
            {"name": name, "phone": phone}
            for name, phone in zip(row.parties, phones, strict=False)
        ],
        "amount": f"{Decimal(row.amount) / 100}" if row.amount else None,
        "urgent": row.urgent, "danger": row.danger, "source": row.source,
        "settled": row.settled, "method": row.method if row.settled else "",
        "unit": row.unit, "person": row.person, "due": row.due and row.due.isoformat(),
    }  # fmt: skip
    return {name: value for name, value in said.items() if value not in ("", None)}


def _problem(refusal: RuleViolation, form: FilledReturn, sheet: str) -> Problem:
    """A refusal as a problem of the sheet: ``disputes.2.summary`` stands in the second row."""
    parts = refusal.field.split(".")
    row = 0
    if parts[0] == "disputes" and len(parts) > 1 and parts[1].isdecimal():
        row = form.disputes[int(parts[1]) - 1].row
    if parts[0] == "progress" and len(parts) > 1 and parts[1].isdecimal():
        row = form.progress[int(parts[1]) - 1].row
    return Problem(
        sheet=sheet, row=row, no=None, column="", header="", field=parts[-1], value="",
        code=refusal.code, why=refusal.sentence.rstrip("。"),
    )  # fmt: skip
