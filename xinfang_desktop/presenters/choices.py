"""What may be chosen: code tables with their pinyin, villages, the office's people."""

from __future__ import annotations

from dataclasses import dataclass

from xinfang_desktop.services import accounts
from xinfang_desktop.services.desk import Desk

LEVELS_SHOWN = " › "


@dataclass(frozen=True, slots=True)
class Option:
    """One entry: the value stored, the words shown, other ways to type it."""

    value: str
    label: str
    keys: tuple[str, ...] = ()


def spellings(words: str) -> tuple[str, ...]:
    """Whole pinyin and initials of some words, to filter by."""
    from pypinyin import Style, lazy_pinyin  # a third of a second the first window does without

    return (
        "".join(lazy_pinyin(words)),
        "".join(lazy_pinyin(words, style=Style.FIRST_LETTER)),
    )


def table(desk: Desk, name: str) -> tuple[Option, ...]:
    """A code table as it is valid today; lower levels show their path (城乡建设 › 基础设施)."""
    codes = desk.shipped.codes[name]
    found = []
    for code in codes:
        if not code.valid(desk.today):
            continue
        path = [step.name for step in codes.path(code.code)]
        keys = (code.pinyin, code.initials, *code.synonyms)
        found.append(Option(code.code, LEVELS_SHOWN.join(path), tuple(k for k in keys if k)))
    return tuple(found)


def villages(desk: Desk) -> tuple[Option, ...]:
    """The villages and communities, by name."""
    return tuple(
        Option(village.name, village.name, spellings(village.name))
        for village in accounts.villages(desk)
    )


def people(desk: Desk) -> tuple[Option, ...]:
    """The office's people, by name."""
    return tuple(
        Option(person.name, person.name, spellings(person.name)) for person in accounts.people(desk)
    )
