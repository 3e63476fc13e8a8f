"""Values of records in words (值的说法), where two of them stand side by side for a person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final

from ..domain import dispute_states, mediation_states, register_states, states
from ..domain.money import yuan
from ..domain.permissions import ROLE_NAMES
from ..domain.records import Json
from ..domain.registers import REGISTERS, columns_in_words
from ..domain.screening import SERIES_WORDS
from ..domain.vocabulary import VOCABULARIES
from ..store.database import Connection
from ..store.subjects import Setting
from ..store.tables import TABLES

_STATES: Final[Mapping[str, Callable[[str], str]]] = {
    "matter": states.state_name,
    "dispute": dispute_states.state_name,
    "mediation": mediation_states.state_name,
    "work_item": register_states.state_name,
}
_CODES: Final[Mapping[tuple[str, str], str]] = {
    ("matter", "channel"): "channel", ("intake", "channel"): "channel",
    ("matter", "category"): "category", ("dispute", "category"): "dispute_type",
    ("dispute", "method"): "resolution", ("dispute", "source"): "dispute_source",
    ("intake", "source"): "source", ("village_note", "topic"): "note_topic",
    ("round", "theme"): "screening_theme", ("round_call", "theme"): "screening_theme",
    ("screening_return", "theme"): "screening_theme",
}  # fmt: skip
_NUMBERED: Final = frozenset({"matter", "dispute", "mediation"})


def words(conn: Connection, now: Setting, kind: str, field: str, value: Json) -> str:
    """What a clerk reads for a value; empty values are said to be empty."""
    if value is None or value == "" or value == []:
        return "（空）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(words(conn, now, kind, field, each) for each in value)
    if isinstance(value, dict) and (kind, field) == ("work_item", "data"):
        return "；".join(f"{label}：{said}" for label, said in columns_in_words(value))
    if isinstance(value, dict):
        return "，".join(str(each) for each in value.values() if each)
    if (kind, field) == ("dispute", "amount"):
        return f"{yuan(int(value))} 元"
    if not isinstance(value, str):
        return str(value)
    return _text(conn, now, kind, field, value)


def _text(conn: Connection, now: Setting, kind: str, field: str, value: str) -> str:
    if field == "state" and kind in _STATES:
        return _STATES[kind](value)
    if field == "village":
        return now.villages.get(value, value)
    if (kind, field) in _CODES:
        table = now.codes[_CODES[kind, field]]
        return table.full_name(value) or value
    if (kind, field) == ("work_item", "sort"):
        return REGISTERS[value].name if value in REGISTERS else value
    if (kind, field) == ("work_item", "matters"):
        return _number(conn, "matter", value) or value
    if field in _NUMBERED:
        found = _number(conn, field, value)
        return found or value
    fixed: Mapping[str, str] = {**dict(VOCABULARIES.get(field, ())), **_FIXED.get(field, {})}
    return fixed.get(value) or _moment(value)


_FIXED: Final[Mapping[str, Mapping[str, str]]] = {
    "roles": ROLE_NAMES,
    "series": SERIES_WORDS,
    "acceptance_from": {"notice": "受理告知书日期", "receipt": "收到之日"},
    "late_after": {"rolled": "顺延后的日期", "raw": "原始日期"},
}


def _number(conn: Connection, kind: str, id: str) -> str:
    table = TABLES[kind]
    row = conn.execute(table.select().where(table.c.id == id)).mappings().first()
    return str(row["number"]) if row else ""


def _moment(value: str) -> str:
    """An ISO date or moment as people write it; anything else as it is."""
    for read in (date.fromisoformat, datetime.fromisoformat):
        try:
            found: Any = read(value)
        except ValueError:
            continue
        day = f"{found.year}年{found.month}月{found.day}日"
        return day if not isinstance(found, datetime) else f"{day} {found:%H:%M}"
    return value
