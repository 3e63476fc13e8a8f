"""What one row of a ledger says (台账的一行), and what is wrong with it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from .words import Kind

_NOT_A_LETTER = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a clerk should look at. ``column`` is its letter, empty where there is none.

    ``row`` counts from 1; ``value`` is the cell as written; ``why`` is a sentence.
    """

    sheet: str
    row: int
    no: int | None
    column: str
    header: str
    field: str
    value: str
    code: str
    why: str


@dataclass(frozen=True, slots=True)
class ZeroReport:
    """A village says that it has nothing to report (零报告). ``period`` is 2026-05 or 2026-Q2."""

    sheet: str
    row: int
    village: str
    period: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that is no data (合计, 签字行, 页眉): told, not imported."""

    sheet: str
    row: int
    why: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LedgerRow:
    """One row, read. Empty text and ``None`` mean that the ledger does not say it.

    ``key`` makes the row known again (see :func:`with_keys`); ``cells`` are header and text as
    written, without the columns that are left out. For disputes ``received_on`` is the day the
    dispute was found, ``result`` its 化解情况. ``channel`` is the name of a channel (来访 …).
    ``category`` is a code, empty where ``category_text`` is not known.
    """

    kind: Kind
    sheet: str
    row: int
    received_on: date
    no: int | None = None
    key: str = ""
    source_number: str = ""
    name: str = ""
    parties: tuple[str, ...] = ()
    anonymous: bool = False
    headcount: int = 1
    phone: str = ""
    phones: tuple[str, ...] = ()
    id_number: str = ""
    village: str = ""
    place: str = ""
    address: str = ""
    channel: str = ""
    source: str = ""
    first: bool | None = None
    category_text: str = ""
    category: str = ""
    title: str = ""
    claims: tuple[str, ...] = ()
    detail: str = ""
    unit: str = ""
    leader: str = ""
    responsible: str = ""
    notice_on: date | None = None
    answered_on: date | None = None
    answer_text: str = ""
    result: str = ""
    due: date | None = None
    settled: bool = False
    settled_on: date | None = None
    grade: str = ""
    amount: str = ""
    method: str = ""
    measures: str = ""
    remark: str = ""
    period: str = ""  # that the ledger's title names: 2026-05 or 2026-Q2
    cells: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()


def content_key(row: LedgerRow) -> str:
    """What makes a row itself, whatever the layout of the file: a hash of normalised contents.

    With a number of its own in the source (编号, not a running 序号): that number, the year, and
    the name or else the day, so that two ledgers which both count from D001 stay apart. Without
    one: what was registered (day, people, phone, place, demand). Never what changes while the
    matter is handled (unit, notice, answer, remark), so a row is known after it was answered.
    """
    if row.source_number:
        who = row.name or row.received_on.isoformat()
        parts = ["number", row.source_number, str(row.received_on.year), who]
    else:
        parts = [
            "cells",
            row.received_on.isoformat(),
            *row.parties,
            "|",
            *row.phones,
            "|",
            row.address or row.village + row.place,
            row.title,
            *row.claims,
            row.detail,
        ]
    text = "\x1f".join([row.kind, *map(_normal, parts)])
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _normal(text: str) -> str:
    return _NOT_A_LETTER.sub("", unicodedata.normalize("NFKC", text)).casefold()


def with_keys(rows: Iterable[LedgerRow]) -> tuple[LedgerRow, ...]:
    """The rows with their keys; of two equal rows of one file the second ends in ``#2``."""
    seen: Counter[str] = Counter()
    done: list[LedgerRow] = []
    for row in rows:
        key = content_key(row)
        seen[key] += 1
        done.append(replace(row, key=key if seen[key] == 1 else f"{key}#{seen[key]}"))
    return tuple(done)
