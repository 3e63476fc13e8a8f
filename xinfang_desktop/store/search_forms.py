"""The forms in which text, numbers and phones stand in the search index, and are asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from operator import add
from typing import Final
from unicodedata import normalize

# Letters and digits of any script, and the planes of rare characters whatever this Python knows.
_RUN: Final = re.compile(r"(?:[^\W_]|[\U00020000-\U0003ffff\ue000-\uf8ff])+")
_PHONE: Final = re.compile(r"\d(?:[\d\- ]*\d)?")
_DASHES: Final = str.maketrans("‐‑‒–—―−", "-------")


def folded(text: str) -> str:
    """One form for full and half width, capital and small letters, and the dashes."""
    return normalize("NFKC", text).casefold().translate(_DASHES)


def runs(text: str) -> list[str]:
    """The unbroken runs of characters in a folded text; punctuation ends a run."""
    return _RUN.findall(text)


def bigrams(parts: Iterable[str]) -> str:
    """Every two neighbours of each run, as tokens; nothing reaches over the end of a run."""
    return " ".join(pair for run in parts for pair in map(add, run, run[1:]))


def code(text: str) -> str:
    """A query code without its dashes."""
    return "".join(runs(folded(text)))


def number_values(number: str) -> Iterator[str]:
    """A number and each of its ends: …-XF-20260304-A0001 is also found by 20260304 and by 0001."""
    parts = folded(number).strip().split("-")
    for at in range(len(parts)):
        yield "-".join(parts[at:])
    yield parts[-1].lstrip("abcdefghijklmnopqrstuvwxyz")


def phones(text: str) -> list[str]:
    """Each phone number in a field that may hold several."""
    return _PHONE.findall(folded(text))


def phone_tail(digits: str) -> str:
    """Digits backwards, so that the last ones are a prefix; without the country's 86."""
    bare = re.sub(r"\D", "", digits)
    if len(bare) > 11:
        bare = bare.removeprefix("0086").removeprefix("86")
    return bare[::-1]
