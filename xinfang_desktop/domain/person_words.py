"""What a village note does not say of people (不写的话): moods, movements, opinions, health, labels.

The ways of saying it are data (``resources/rules/note_words.toml``), and each is of a person, not
a single word: 外出务工人员的医保怎么缴 is a problem and passes. What is found is quoted, with what
to write instead.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from .errors import RuleViolation

ARTICLE = "《个人信息保护法》第六条"

_STOP = "|"
_SEPARATES = frozenset(",.;:!?。、\n")


@dataclass(frozen=True, slots=True)
class About:
    """One thing that is not written of people. ``what`` completes 写的是….

    ``patterns`` are compiled when a note is first checked: a start without notes does without.
    """

    what: str
    instead: str
    patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """``words`` as they stand in the text, and what they are about."""

    words: str
    about: About


@dataclass(frozen=True, slots=True)
class PersonWords:
    """All that is not written of people. Made by ``read_person_words``."""

    abouts: tuple[About, ...]

    def find(self, text: str) -> Found | None:
        """The first place where ``text`` says such a thing, if any."""
        compared, places = _compared(text)
        found = [
            (match.start(), match.end(), about)
            for about in self.abouts
            for pattern in about.patterns
            if (match := re.search(pattern, compared))
        ]
        if not found:
            return None
        start, end, about = min(found, key=lambda each: (each[0], -each[1]))
        return Found(text[places[start] : places[end - 1] + 1], about)

    def problem(self, text: str, field: str) -> RuleViolation | None:
        """The refusal of a text that is about people instead of problems."""
        found = self.find(text)
        if found is None:
            return None
        return RuleViolation(
            "about_persons",
            f"“{found.words}”写的是{found.about.what}，这里只写问题、事实和承诺。",
            mend=found.about.instead,
            article=ARTICLE,
            field=field,
        )


def _compared(text: str) -> tuple[str, list[int]]:
    """The text without blanks and marks, and where each of its characters came from.

    情·绪 不 稳 reads as what it is; what separates phrases becomes ``|``.
    """
    kept: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for plain in unicodedata.normalize("NFKC", char):
            stop = plain in _SEPARATES
            if plain.isalnum() or (stop and kept and kept[-1] != _STOP):
                kept.append(_STOP if stop else plain)
                places.append(place)
    return "".join(kept), places


def read_person_words(text: str) -> PersonWords:
    """The rule file. Raises ValueError or KeyError for a damaged one, which is our bug."""
    data = tomllib.loads(text)
    shorthand: dict[str, str] = {}
    for name, written in data["shorthand"].items():
        shorthand[name] = _filled(written, shorthand)
    return PersonWords(
        tuple(
            About(
                row["what"],
                row["instead"],
                tuple(_filled(pattern, shorthand) for pattern in row["patterns"]),
            )
            for row in data["about"]
        )
    )


def _filled(pattern: str, shorthand: Mapping[str, str]) -> str:
    """The pattern with what stands for {人} and the like; a repetition {0,4} is left alone."""
    return re.sub(r"\{(\D[^{}]*)\}", lambda found: shorthand[found[1]], pattern)
