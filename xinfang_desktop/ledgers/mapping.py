"""Which column is which field (栏目对应): guessed from the words of the head, or told by a profile."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ..domain.errors import RuleViolation
from .sheets import place
from .tables import Head, Table
from .words import (
    KINDS,
    Kind,
    drop_rules,
    field_labels,
    field_scores,
    field_words,
    matches,
    normalise_header,
    ticked_field,
    value_patterns,
    why_dropped,
)

DROP = "drop"  # in a profile: leave this column out
KEEP = "keep"  # in a profile: keep as written, no field
OTHER_LABELS = {KEEP: "原样保存", DROP: "不导入"}
LEFT_OUT = "按您说的，不导入这一栏"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table. ``field`` is empty where nothing of ours is meant.

    ``dropped`` is the reason why nothing of the column is kept, not even as written.
    """

    index: int  # from 0
    header: str  # the cells of the head, joined by /
    field: str = ""
    dropped: str = ""
    tick: str = ""  # under 信访形式 one column each for 来信, 来访 …: what a tick in it says
    key: str = ""  # the header in its normal form; the second of the same name ends in @2

    @property
    def lowest(self) -> str:
        """The normal form of the lowest cell of the header."""
        return normalise_header(self.header.rpartition("/")[2])

    @property
    def letters(self) -> str:
        """What the spreadsheet calls the column."""
        return place(0, self.index).rstrip("0123456789")


@dataclass(frozen=True)
class MappingProfile:
    """What an office said once about its own ledger (导入方案), to be applied again.

    ``columns`` maps a normalised header (the ``key`` of a column) to a field name, ``keep`` or
    ``drop``. ``channel`` is the 信访形式 of rows that do not say it. What the profile does not
    know is guessed.
    """

    name: str
    kind: Kind | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    channel: str = ""
    year: int | None = None

    def choosing(self, columns: Mapping[str, str]) -> MappingProfile:
        """With these choices, in their order, on top of what was said before.

        A field of which a row has only one is taken away from the column that had it.
        """
        single = {f.name for f in field_words() if not f.many}
        merged = dict(self.columns)
        for key, name in columns.items():
            if name in single:
                merged = {k: KEEP if had == name else had for k, had in merged.items()}
            merged[key] = name
        return replace(self, columns=merged)

    def to_json(self) -> dict[str, Any]:
        """As plain values, for the store."""
        return {
            "name": self.name,
            "kind": self.kind,
            "columns": dict(self.columns),
            "channel": self.channel,
            "year": self.year,
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> MappingProfile:
        """Back from plain values; a field may be called by its label (姓名).

        Raises RuleViolation on an unknown field or kind.
        """
        names = {label: name for name, label in (field_labels() | OTHER_LABELS).items()}
        written = {h: str(f) for h, f in dict(told.get("columns", {})).items()}
        columns = {normalise_header(h): names.get(f, f) for h, f in written.items()}
        strange = sorted(set(columns.values()) - set(names.values()))
        kind = told.get("kind")
        if strange or (kind is not None and kind not in KINDS):
            wrong = "、".join(map(str, strange)) or str(kind)
            raise RuleViolation(
                "profile_unknown_field",
                f"列的对应里有认不得的栏目“{wrong}”",
                mend="栏目请写导入预览里“当作”一栏的词，例如 姓名、登记日期、原样保存、不导入",
            )
        year = told.get("year")
        return cls(
            name=str(told.get("name", "")),
            kind=kind,
            columns=columns,
            channel=str(told.get("channel", "")),
            year=int(year) if year else None,
        )


def column_keys(head: Head) -> dict[int, str]:
    """What each column of a head is called in a profile: its header, numbered where it repeats."""
    seen: Counter[str] = Counter()
    keys: dict[int, str] = {}
    for index, path in head.paths:
        name = normalise_header("".join(path))
        seen[name] += 1
        keys[index] = name if seen[name] == 1 else f"{name}@{seen[name]}"
    return keys


def head_signature(tables: Iterable[Table]) -> str:
    """What makes a ledger of the same layout known again: a hash of the headers of all its tables.

    Neither the order of columns nor the number of sheets with the same head changes it.
    """
    keys = {key for table in tables for key in column_keys(table.head).values()}
    return hashlib.blake2b("\x1f".join(sorted(keys)).encode(), digest_size=12).hexdigest()


def why_list(table: Table, *, file_title: str = "") -> str:
    """The reason why the whole table is left out (a list of people, 重点人员名单); else empty."""
    names = [*table.title.texts[:2], table.sheet.name, file_title]
    for rule in drop_rules("list"):
        if any(matches(rule.patterns, normalise_header(n)) for n in names):
            return rule.why
    return ""


def kind_scores(table: Table) -> dict[Kind, int]:
    """How much the title (threefold) and each header speak for matters and for disputes."""
    words = value_patterns("kinds")
    heads = [normalise_header("".join(path)) for _, path in table.head.paths]
    titles = [*table.title.texts[:1], table.sheet.name]
    scores: dict[Kind, int] = {}
    for kind in KINDS:
        scores[kind] = 3 * sum(matches(words[kind], t) for t in titles)
        scores[kind] += 2 * sum(matches(words[kind], h) for h in heads)
        scores[kind] += sum(bool(field_scores(path, kind)) for _, path in table.head.paths)
    return scores


def guess_kind(tables: Iterable[Table]) -> Kind:
    """The kind that most speaks for over all tables; registrations of matters on a draw."""
    totals: dict[Kind, int] = dict.fromkeys(KINDS, 0)
    for table in tables:
        for kind, score in kind_scores(table).items():
            totals[kind] += score
    return max(KINDS, key=lambda kind: totals[kind])


def map_columns(
    head: Head, kind: Kind, profile: MappingProfile | None = None
) -> tuple[Column, ...]:
    """Every column with its field: first what the profile says, then the best guesses.

    A field is given to one column only (the one whose header means it best), except those of
    which a row may have several (两栏当事人).
    """
    told = profile.columns if profile else {}
    keys = column_keys(head)
    fixed: dict[int, str] = {}
    dropped: dict[int, str] = {}
    for index, path in head.paths:
        lowest = normalise_header(path[-1]) if len(path) > 1 else ""
        said = told.get(keys[index]) or told.get(lowest)
        why = why_dropped(path, kind)
        if why or said == DROP:
            dropped[index] = why or LEFT_OUT
        elif said:
            fixed[index] = "" if said == KEEP else said
    ticks = {
        index: ticked_field(path, kind)
        for index, path in head.paths
        if index not in fixed and index not in dropped
    }
    fixed |= {index: name for index, name in ticks.items() if name}
    guessed = _guess(head.paths, kind, fixed, dropped)
    return tuple(
        Column(
            index,
            "/".join(path),
            fixed.get(index, guessed.get(index, "")),
            dropped.get(index, ""),
            path[-1] if ticks.get(index) else "",
            keys[index],
        )
        for index, path in head.paths
    )


def _guess(
    paths: Sequence[tuple[int, tuple[str, ...]]],
    kind: Kind,
    fixed: Mapping[int, str],
    dropped: Mapping[int, str],
) -> dict[int, str]:
    many = {f.name for f in field_words() if f.many}
    taken = set(fixed.values()) - many
    offers = sorted(
        (-score, index, name)
        for index, path in paths
        if index not in fixed and index not in dropped
        for name, score in field_scores(path, kind).items()
    )
    guessed: dict[int, str] = {}
    for _, index, name in offers:
        if index not in guessed and name not in taken:
            guessed[index] = name
            if name not in many:
                taken.add(name)
    return guessed
