"""Code tables (代码表): the values a field may take. Data with dates of validity, never deleted.

A value is named by its code, its Chinese name or a synonym of older ledgers; while typing it is
found by Chinese, pinyin or initials, which come precomputed with the table.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from .errors import RuleViolation

COLUMNS = (
    "code", "name", "parent", "valid_from", "valid_to", "source", "map_to_national",
    "synonyms", "pinyin", "initials",
)  # fmt: skip
SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Code:
    """One value. ``parent`` is the code above it; open validity dates are None."""

    code: str
    name: str
    parent: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    map_to_national: str = ""
    synonyms: tuple[str, ...] = ()
    pinyin: str = ""
    initials: str = ""

    def valid(self, day: date | None) -> bool:
        """Whether it may be chosen on ``day`` (None: at any time)."""
        if day is None:
            return True
        return (self.valid_from or day) <= day <= (self.valid_to or day)


class CodeTable:
    """The values of one table in their order. Immutable.

    What only typing and importing need is worked out when first asked for.
    """

    def __init__(self, name: str, entries: Iterable[Code]) -> None:
        self.name = name
        self.entries = tuple(entries)
        self._by_code = {entry.code: entry for entry in self.entries}
        children: dict[str, list[Code]] = defaultdict(list)
        for entry in self.entries:
            children[entry.parent].append(entry)
        self._children = {parent: tuple(under) for parent, under in children.items()}

    @cached_property
    def _levels(self) -> dict[str, int]:
        return {entry.code: len(self.path(entry.code)) for entry in self.entries}

    @cached_property
    def _keys(self) -> tuple[_Keys, ...]:
        return tuple(
            _Keys(
                normal(entry.name),
                tuple(normal(synonym) for synonym in entry.synonyms),
                entry,
                self._levels[entry.code],
            )
            for entry in self.entries
        )

    @cached_property
    def _by_name(self) -> dict[str, Code]:
        """Name or synonym → the one value it means; the higher level wins, ties mean nobody."""
        found: dict[str, list[tuple[int, Code]]] = defaultdict(list)
        for entry in self.entries:
            level = self._levels[entry.code]
            found[normal(entry.name)].append((level, entry))
            if entry.parent:
                found[normal(self.full_name(entry.code))].append((0, entry))
            for synonym in entry.synonyms:
                found[normal(synonym)].append((0, entry))
        unique = {}
        for name, candidates in found.items():
            best = min(level for level, _ in candidates)
            meant = {entry.code: entry for level, entry in candidates if level == best}
            if len(meant) == 1:
                unique[name] = next(iter(meant.values()))
        return unique

    def __iter__(self) -> Iterator[Code]:
        return iter(self.entries)

    def __contains__(self, code: str) -> bool:
        return code in self._by_code

    def __getitem__(self, code: str) -> Code:
        return self._by_code[code]

    def name_of(self, code: str) -> str:
        """The Chinese name; a code no table knows is shown as it is, so that nothing is lost."""
        entry = self._by_code.get(code)
        return entry.name if entry else code

    def find(self, written: str, day: date | None = None) -> Code | None:
        """What was meant by a code, name, synonym or 上级/下级 path; None if unknown or unclear."""
        entry = self._by_code.get(written.strip()) or self._by_name.get(normal(written))
        return entry if entry and entry.valid(day) else None

    def require(self, written: str, *, label: str, field: str, day: date | None = None) -> Code:
        """As ``find``; an unknown value raises ``RuleViolation`` for ``field``."""
        entry = self.find(written, day)
        if entry is None:
            names = [each.name for each in self.children("") if each.valid(day)]
            raise RuleViolation(
                "unknown_code",
                f"{label}里没有“{written}”。",
                mend="可用的有：" + "、".join(names),
                field=field,
            )
        return entry

    def children(self, parent: str) -> tuple[Code, ...]:
        """The values right below ``parent``; those of the first level for ""."""
        return self._children.get(parent, ())

    def level(self, code: str) -> int:
        """1 for the top level. An unknown code raises ``KeyError``."""
        return self._levels[code]

    def path(self, code: str) -> tuple[Code, ...]:
        """From the top level down to ``code``; empty if it is unknown."""
        steps: list[Code] = []
        entry = self._by_code.get(code)
        while entry and entry not in steps:
            steps.append(entry)
            entry = self._by_code.get(entry.parent)
        return tuple(reversed(steps))

    def full_name(self, code: str) -> str:
        """The names down to it: 城乡建设/安全生产/事故处理. An unknown code as it is."""
        return "/".join(entry.name for entry in self.path(code)) or code

    def choices(self, day: date | None = None) -> tuple[tuple[str, str], ...]:
        """``(code, name)`` of every value of this day, for a list to choose from."""
        return tuple((entry.code, entry.name) for entry in self.entries if entry.valid(day))

    def search(self, typed: str, day: date | None = None, limit: int = 20) -> tuple[Code, ...]:
        """Values that match what was typed so far, best first, at most ``limit``.

        A name that begins so comes before one that contains it, then pinyin and initials; the
        higher level first. Nothing typed: the first level.
        """
        wanted = normal(typed)
        if not wanted:
            return tuple(entry for entry in self.children("") if entry.valid(day))[:limit]
        ranked = sorted(
            (rank, keys.level, at, keys.entry)
            for at, keys in enumerate(self._keys)
            if keys.entry.valid(day) and (rank := _rank(keys, wanted)) is not None
        )
        return tuple(entry for *_, entry in ranked[:limit])


def normal(text: str) -> str:
    """How names are compared: NFKC, lower case, without blanks; 、 ／ and / are the same."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return "".join("/" if letter in "/、·>" else letter for letter in folded if letter.strip())


def parse_table(name: str, text: str) -> CodeTable:
    """A table from its CSV (columns ``COLUMNS``). A code given twice is our bug: ``ValueError``."""
    rows = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    entries = [_entry(row) for row in rows]
    if len({entry.code for entry in entries}) != len(entries):
        raise ValueError(f"code table {name}: a code occurs twice")
    return CodeTable(name, entries)


def _entry(row: Mapping[str, str]) -> Code:
    synonyms = row["synonyms"]
    return Code(
        code=row["code"],
        name=row["name"],
        parent=row["parent"],
        valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        source=row["source"],
        map_to_national=row["map_to_national"],
        synonyms=tuple(synonyms.split(SEPARATOR)) if synonyms else (),
        pinyin=row["pinyin"],
        initials=row["initials"],
    )


class _Keys(NamedTuple):
    """What typing is compared with, one value a row."""

    name: str
    synonyms: tuple[str, ...]
    entry: Code
    level: int


def _rank(keys: _Keys, wanted: str) -> int | None:
    """0 for the very name, more for weaker likeness, None for none."""
    entry = keys.entry
    tests = (
        keys.name == wanted or entry.code == wanted,
        keys.name.startswith(wanted),
        any(synonym.startswith(wanted) for synonym in keys.synonyms),
        wanted in keys.name,
        entry.initials.startswith(wanted),
        entry.pinyin.startswith(wanted),
        wanted in entry.initials,
        wanted in entry.pinyin,
        entry.code.startswith(wanted),
    )
    return next((rank for rank, hit in enumerate(tests) if hit), None)
