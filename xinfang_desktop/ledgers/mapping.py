"""Which column is which field (栏目对应): guessed from the words of the head, or told by a profile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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

    @property
    def letters(self) -> str:
        """What the spreadsheet calls the column."""
        return place(0, self.index).rstrip("0123456789")


@dataclass(frozen=True)
class MappingProfile:
    """What an office said once about its own ledger (导入方案), to be applied by name.

    ``columns`` maps a normalised header to a field name, ``keep`` or ``drop``. ``channel`` is
    the 信访形式 of rows that do not say it. What the profile does not know is guessed.
    """

    name: str
    kind: Kind | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    channel: str = ""
    year: int | None = None

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
        """Back from plain values. Raises RuleViolation on an unknown field or kind."""
        columns = {normalise_header(h): f for h, f in dict(told.get("columns", {})).items()}
        strange = sorted(set(columns.values()) - field_labels().keys() - {DROP, KEEP})
        kind = told.get("kind")
        if strange or (kind is not None and kind not in KINDS):
            wrong = "、".join(map(str, strange)) or str(kind)
            raise RuleViolation(
                "profile_unknown_field",
                f"导入方案里有认不得的栏目“{wrong}”",
                mend="请在导入预览里重新对应栏目后再保存方案",
            )
        year = told.get("year")
        return cls(
            name=str(told.get("name", "")),
            kind=kind,
            columns=columns,
            channel=str(told.get("channel", "")),
            year=int(year) if year else None,
        )


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
    fixed: dict[int, str] = {}
    dropped: dict[int, str] = {}
    for index, path in head.paths:
        said = told.get(normalise_header("".join(path))) or told.get(normalise_header(path[-1]))
        why = why_dropped(path, kind)
        if why or said == DROP:
            dropped[index] = why or "按导入方案不要这一栏"
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
