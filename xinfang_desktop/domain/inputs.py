"""Reading what was typed (录入): raw values in, clean values and every problem out.

Works on any tuple of ``Field``; nothing is cut, guessed or cleared. Text becomes NFC without
outer blanks; dates and numbers may be full-width; a choice is named by its code or its word.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any

from .errors import RuleViolation
from .fields import Field
from .money import read_amount
from .vocabulary import Words

MAX_ROWS = 200
MAX_NUMBER = 1_000_000
MAX_UNKNOWN = 20  # keys that are told; nobody reads on
_HIDDEN = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_TRUE = frozenset({"true", "是", "1", "yes", "✓", "有"})
_FALSE = frozenset({"false", "否", "0", "no", "无"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood, and what was not. ``values`` is JSON-able; dates are ISO text."""

    values: Mapping[str, Any]
    problems: tuple[RuleViolation, ...]


class _BadValueError(Exception):
    """One value that cannot be read: a code and a sentence."""

    def __init__(self, code: str, sentence: str, mend: str = "") -> None:
        super().__init__(sentence)
        self.code, self.sentence, self.mend = code, sentence, mend


def choices_of(field: Field) -> Words:
    """The field's own list of values; empty for free lines and where a code table holds them."""
    return () if isinstance(field.choices, str) else field.choices


def read_fields(fields: Sequence[Field], data: Mapping[str, Any], where: str = "") -> Reading:
    """Read ``data`` by ``fields``; ``where`` is the path of an enclosing row (``answers.1``)."""
    known = {field.name: field for field in fields}
    strange = islice((key for key in data if key not in known), MAX_UNKNOWN)
    problems = [_unknown(key, fields, where) for key in strange]
    values: dict[str, Any] = {}
    for name, field in known.items():
        path = f"{where}.{name}" if where else name
        raw = data.get(name)
        if not _empty(raw):
            value, found = _read_one(field, raw, path)
            problems += found
            if not found and not _empty(value):
                values[name] = value
                continue
            if found:
                continue
        if field.required:
            problems.append(missing(field, path))
    return Reading(values, tuple(problems))


def missing(field: Field, path: str = "") -> RuleViolation:
    """The refusal for a required field without a value."""
    return RuleViolation(
        "field_missing",
        f"还缺：{field.label}。",
        mend=field.help or _how(field),
        article=field.article,
        field=path or field.name,
    )


def clean_text(raw: str, label: str, max_length: int, *, lines: bool, field: str = "") -> str:
    """NFC text without outer blanks. Raises RuleViolation for hidden characters or length."""
    try:
        return _text(raw, label, max_length, lines=lines)
    except _BadValueError as bad:
        raise RuleViolation(bad.code, bad.sentence, mend=bad.mend, field=field) from bad


def hidden(character: str) -> bool:
    """Whether a character is not to be seen: a control, half a pair, an override of direction."""
    return character in _HIDDEN or unicodedata.category(character) in {"Cc", "Cs"}


def shown_name(name: str, most: int = 80) -> str:
    """A name that somebody else gave (of a file, a key) as it fits into a sentence and a record.

    What is not to be seen, and bytes that are no text, become �; the end of a long one is left out.
    """
    clean = "".join("�" if hidden(c) else c for c in name)
    return clean if len(clean) <= most else clean[: most - 1] + "…"


def _empty(raw: Any) -> bool:
    return raw is None or (
        isinstance(raw, str | list | tuple)
        and not (raw if not isinstance(raw, str) else raw.strip())
    )


def _unknown(key: Any, fields: Sequence[Field], where: str) -> RuleViolation:
    shown = "".join(c for c in str(key) if c.isprintable())[:40]
    offered = "、".join(f"{field.name}（{field.label}）" for field in fields)
    return RuleViolation(
        "unknown_field",
        f"不认识的栏目：{shown}。",
        mend=f"可以填的栏目：{offered}。" if offered else "这一步不用填别的栏目。",
        field=f"{where}.{shown}" if where else shown,
    )


def _read_one(field: Field, raw: Any, path: str) -> tuple[Any, list[RuleViolation]]:
    if field.kind == "rows":
        return _rows(field, raw, path)
    try:
        return _READERS[field.kind](field, raw), []
    except _BadValueError as bad:
        mend = bad.mend or _how(field)
        return None, [
            RuleViolation(bad.code, bad.sentence, mend=mend, article=field.article, field=path)
        ]


def _how(field: Field) -> str:
    """What to do about a field that was left out or filled in wrongly; never empty."""
    return (f"例如：{field.sample}" if field.sample else field.help) or _HOW.get(
        field.kind, f"请填写{field.label}。"
    )


_HOW: Mapping[str, str] = {
    "int": f"请填 0 到 {MAX_NUMBER} 的整数。",
    "bool": "请填“是”或“否”，不知道就不填。",
    "many": "请一项写一行。",
    "rows": "请写成一行一行的内容，每行按栏目填写。",
}


def _rows(field: Field, raw: Any, path: str) -> tuple[Any, list[RuleViolation]]:
    if not isinstance(raw, list | tuple) or not all(isinstance(row, Mapping) for row in raw):
        return None, [
            RuleViolation(
                "not_rows", f"{field.label}要一行一行地填。", mend=_how(field), field=path
            )
        ]
    if len(raw) > MAX_ROWS:
        return None, [
            RuleViolation(
                "too_many",
                f"{field.label}最多 {MAX_ROWS} 行，现在是 {len(raw)} 行。",
                mend=f"请留下主要的，最多 {MAX_ROWS} 行；完整名单作附件。",
                field=path,
            )
        ]
    readings = [read_fields(field.columns, row, f"{path}.{no}") for no, row in enumerate(raw, 1)]
    return [dict(reading.values) for reading in readings], [
        problem for reading in readings for problem in reading.problems
    ]


def _text(raw: Any, label: str, max_length: int, *, lines: bool) -> str:
    if isinstance(raw, bool | float) or not isinstance(raw, str | int):
        raise _BadValueError("not_text", f"{label}要填文字。")
    text = str(raw).replace("\r\n", "\n")
    allowed = "\n\t" if lines else ""
    if any(c not in allowed and hidden(c) for c in text.strip()):
        raise _BadValueError(
            "control_character", f"{label}里有看不见的控制字符。", "请删掉这些字符，重新输入一遍。"
        )
    text = unicodedata.normalize("NFC", text).strip()
    if len(text) > max_length:
        raise _BadValueError(
            "too_long",
            f"{label}最多 {max_length} 个字，现在是 {len(text)} 个字。",
            "请写短一些，长材料作附件。",
        )
    return text


def _line(field: Field, raw: Any) -> str:
    return _text(raw, field.label, field.max_length, lines=False)


def _long(field: Field, raw: Any) -> str:
    return _text(raw, field.label, field.max_length, lines=True)


def _date(field: Field, raw: Any) -> str:
    if isinstance(raw, date):
        return date(raw.year, raw.month, raw.day).isoformat()
    text = unicodedata.normalize("NFKC", _text(raw, field.label, 40, lines=False))
    try:
        if len(text) != len("2026-03-10"):
            raise ValueError
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise _BadValueError(
            "bad_date", f"{field.label}不是一个日期。", "写成年-月-日，例如 2026-03-10。"
        ) from None


def _int(field: Field, raw: Any) -> int:
    digits = unicodedata.normalize("NFKC", raw).strip() if isinstance(raw, str) else raw
    if isinstance(digits, str) and digits.isdecimal() and len(digits) <= 7:
        digits = int(digits)
    if isinstance(digits, bool) or not isinstance(digits, int) or not 0 <= digits <= MAX_NUMBER:
        raise _BadValueError("not_number", f"{field.label}要填一个整数。")
    return digits


def _money(field: Field, raw: Any) -> int:
    good = isinstance(raw, str | int | float) and not isinstance(raw, bool)
    reading = read_amount(raw if good else "?")
    if reading.why:
        raise _BadValueError(
            "not_money", f"{field.label}：{reading.why}。", "写元，例如 12000 或 1.5万。"
        )
    return reading.cents or 0


def _bool(field: Field, raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    text = str(raw).strip().lower() if isinstance(raw, str | int) else ""
    if text not in _TRUE | _FALSE:
        raise _BadValueError("not_yes_no", f"{field.label}要填“是”或“否”。")
    return text in _TRUE


def _choice(field: Field, raw: Any) -> str:
    text = _text(raw, field.label, field.max_length, lines=False)
    if isinstance(field.choices, str):
        return text  # a code table: its words are known to the caller
    for code, name in choices_of(field):
        if text in {code, name}:
            return code
    offered = "、".join(f"{name}（{code}）" for code, name in choices_of(field))
    raise _BadValueError("unknown_choice", f"{field.label}没有这个选项。", f"可以选：{offered}。")


def _many(field: Field, raw: Any) -> list[str]:
    parts = raw.splitlines() if isinstance(raw, str) else raw
    if not isinstance(parts, list | tuple):
        raise _BadValueError("not_lines", f"{field.label}要一项一项地填。")
    if len(parts) > MAX_ROWS:
        raise _BadValueError(
            "too_many",
            f"{field.label}最多 {MAX_ROWS} 项，现在是 {len(parts)} 项。",
            "请留下主要的，其余写在正文或附件里。",
        )
    one = _choice if field.choices else _line
    single = replace(field, kind="choice")
    return list(dict.fromkeys(one(single, part) for part in parts if not _empty(part)))


_READERS: Mapping[str, Callable[[Field, Any], Any]] = {
    "text": _line, "person": _line, "matter": _line, "long": _long, "date": _date,
    "int": _int, "money": _money, "bool": _bool, "choice": _choice, "many": _many,
}  # fmt: skip
