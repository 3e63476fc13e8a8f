"""Pinyin for searching: syllables without tones, and initials, of names and texts.

Surnames first go by ``resources/names/surnames.csv``: the library reads 单 仇 查 翟 区 尉迟 as the
words they also are. ü is written v, as input methods do. A character has its commonest reading.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple

from ..domain.names import COMPOUND_SURNAMES
from ..places import RESOURCES

SURNAMES: Final = RESOURCES / "names" / "surnames.csv"


class NameKeys(NamedTuple):
    """What a name is found by; several where the surname has several readings."""

    pinyin: tuple[str, ...]  # wangguifang, and wanggf: surname in full, then initials
    initials: tuple[str, ...]  # wgf


Syllables = tuple[str, ...]

_known: dict[str, str] = {}


@cache
def _library() -> Mapping[int, str]:
    from pypinyin.constants import PINYIN_DICT  # here: 0.3 s that the first window does not need

    table: Mapping[int, str] = PINYIN_DICT
    return table


@cache
def _surnames() -> Mapping[str, tuple[Syllables, ...]]:
    with SURNAMES.open(encoding="utf-8", newline="") as file:
        return {
            row["surname"]: (
                tuple(row["pinyin"].split()),
                *((other,) for other in row["also"].split()),
            )
            for row in csv.DictReader(file)
        }


def _toneless(reading: str) -> str:
    bare = unicodedata.normalize("NFD", reading.replace("ü", "v"))
    bare = bare.replace("u\u0308", "v")
    return "".join(c for c in bare if not unicodedata.combining(c)).replace("ɡ", "g")


def _look_up(character: str) -> str:
    if character.isascii():
        found = character.lower() if character.isalnum() else ""
    else:
        found = _toneless(_library().get(ord(character), "").partition(",")[0])
    _known[character] = found
    return found


def syllables(text: str) -> Syllables:
    """A syllable for each Chinese character; Latin letters and digits stand for themselves.

    Anything else (punctuation, characters without a reading) is left out.
    """
    known = _known
    found = [known[c] if c in known else _look_up(c) for c in text]
    return tuple(filter(None, found))


def full(text: str) -> str:
    """All syllables in one piece: 柳溪 → liuxi."""
    return "".join(syllables(text))


def initials(text: str) -> str:
    """The first letter of each syllable: 柳溪 → lx."""
    return "".join(syllable[0] for syllable in syllables(text))


def name_keys(name: str) -> NameKeys:
    """Keys of a person's name; the surname by its own table, a compound one as a whole."""
    length = 2 if name[:2] in COMPOUND_SURNAMES or name[:2] in _surnames() else 1
    surname, given = name[:length], syllables(name[length:])
    pinyin: dict[str, None] = {}
    first: dict[str, None] = {}
    rest, rest_initials = "".join(given), "".join(syllable[0] for syllable in given)
    for reading in _surnames().get(surname) or (syllables(surname),):
        head = "".join(reading)
        pinyin[head + rest] = pinyin[head + rest_initials] = None
        first["".join(syllable[0] for syllable in reading) + rest_initials] = None
    return NameKeys(tuple(filter(None, pinyin)), tuple(filter(None, first)))
