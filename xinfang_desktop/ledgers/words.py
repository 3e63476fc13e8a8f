"""The words of ledgers (表头写法): which header means which field, what is left out, kept as data."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal

from ..places import RESOURCES

Kind = Literal["matters", "disputes"]
KINDS: tuple[Kind, ...] = ("matters", "disputes")

TICKED = {"channel": "channels", "first_or_repeat": "repeat"}
"""Fields whose values may be columns to tick (信访形式 over 来信, 来访), and their value tables."""

_FOLDER = RESOURCES / "ledgers"
_MARKS = re.compile(r"[\s*＊☆★:：,，、;；/\\|\-—_.。·“”\"'‘’?？!！#№]+")
_BRACKETS = str.maketrans("", "", "()（）[]【】〔〕<>《》{}")
_BRACKETED = re.compile(r"[(（\[【〔][^()（）\[\]【】〔〕]*[)）\]】〕]")
_LONGEST_HEADER = 40


@dataclass(frozen=True, slots=True)
class FieldWords:
    """One field of a ledger row and the headers that mean it; earlier names are preferred."""

    name: str
    label: str
    names: dict[str, int]
    like: tuple[re.Pattern[str], ...]
    kinds: tuple[str, ...]
    many: bool
    order: int


@dataclass(frozen=True, slots=True)
class DropRule:
    """Columns (or whole lists) that never enter the store, and the reason that is told."""

    why: str
    patterns: tuple[re.Pattern[str], ...]
    kinds: tuple[str, ...]


@lru_cache(maxsize=8192)
def normalise_header(text: str) -> str:
    """A header without spaces, marks and brackets, half width, lower case."""
    folded = unicodedata.normalize("NFKC", text)[:200]
    return _MARKS.sub("", folded).translate(_BRACKETS).lower()


def header_forms(text: str) -> tuple[str, ...]:
    """The normal forms to look up: as a whole, and without what stands in brackets."""
    whole = normalise_header(text)
    short = normalise_header(_BRACKETED.sub("", unicodedata.normalize("NFKC", text)[:200]))
    return (whole, short) if short and short != whole else (whole,)


def _load(name: str) -> dict[str, Any]:
    with (_FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def _patterns(texts: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(t, re.IGNORECASE) for t in texts)


@cache
def field_words() -> tuple[FieldWords, ...]:
    """Every field with its headers, in the order of the file."""
    return tuple(
        FieldWords(
            name=told["name"],
            label=told["label"],
            names={normalise_header(n): i for i, n in reversed(list(enumerate(told["names"])))},
            like=_patterns(told.get("like", ())),
            kinds=tuple(told.get("kinds", KINDS)),
            many=told.get("many", False),
            order=order,
        )
        for order, told in enumerate(_load("headers")["field"])
    )


@cache
def field_labels() -> dict[str, str]:
    """Field name → what people call it."""
    return {f.name: f.label for f in field_words()}


@cache
def drop_rules(table: Literal["drop", "list"] = "drop") -> tuple[DropRule, ...]:
    """What is left out: single columns (``drop``) or whole sheets (``list``)."""
    return tuple(
        DropRule(told["why"], _patterns(told["patterns"]), tuple(told.get("kinds", KINDS)))
        for told in _load("dropped")[table]
    )


@cache
def value_patterns(table: str) -> dict[str, tuple[re.Pattern[str], ...]]:
    """One table of ``values.toml`` as name → patterns, in the order of the file."""
    return {name: _patterns(texts) for name, texts in _load("values")[table].items()}


@cache
def _header_rules() -> tuple[re.Pattern[str], frozenset[str]]:
    told = _load("headers")
    return re.compile(told["staff"]), frozenset(told["generic"])


def matches(patterns: Sequence[re.Pattern[str]], text: str) -> bool:
    """Whether one of the patterns occurs in the text."""
    return any(p.search(text) for p in patterns)


@lru_cache(maxsize=8192)
def first_match(table: str, text: str) -> str:
    """The first name of a value table with a pattern that occurs in the text; else empty."""
    for name, patterns in value_patterns(table).items():
        if matches(patterns, text):
            return name
    return ""


def why_dropped(path: Sequence[str], kind: str | None) -> str:
    """The reason why a column with this header must not be kept; empty when it may."""
    forms = [normalise_header(path[-1]), normalise_header("".join(path))] if path else []
    for rule in drop_rules():
        if (kind is None and len(rule.kinds) == len(KINDS)) or kind in rule.kinds:
            for form in forms:
                if matches(rule.patterns, form):
                    return rule.why
    return ""


@cache
def field_scores(path: tuple[str, ...], kind: str | None) -> dict[str, int]:
    """How well a header (its cells from the top to the bottom row) means each field.

    An exact name of the whole path counts most, then one of the last cell, then the patterns.
    """
    if not path or len(path[-1]) > 4 * _LONGEST_HEADER:
        return {}
    staff, generic = _header_rules()
    if len(path) > 1 and staff.search(path[-2]):
        if normalise_header(path[-1]) in ("姓名", "名字"):
            path = path[:-1]
        elif re.search("电话|职务|联系方式|手机", path[-1]):
            return {}
    leaf = header_forms(path[-1])
    joined = header_forms("".join(path)) if len(path) > 1 else ()
    plain = len(path) > 1 and leaf[0] in generic
    scores: dict[str, int] = {}
    for field in field_words():
        if kind is not None and kind not in field.kinds:
            continue
        best = max(
            _exact(field, joined, 2000),
            _exact(field, leaf, 550 if plain else 1000),
            _like(field, joined, 600) if plain else _like(field, joined, 400),
            _like(field, leaf, 500),
        )
        if best:
            scores[field.name] = best
    return scores


def ticked_field(path: Sequence[str], kind: str | None) -> str:
    """The field that the head above gives, where the lowest cell is one of its values."""
    if len(path) < 2:
        return ""
    above = field_scores(tuple(path[:-1]), kind)
    best = max(above, key=lambda name: above[name], default="")
    return best if best in TICKED and first_match(TICKED[best], path[-1]) else ""


def _exact(field: FieldWords, forms: Sequence[str], worth: int) -> int:
    found = [worth - field.names[f] - 100 * i for i, f in enumerate(forms) if f in field.names]
    return max(found, default=0)


def _like(field: FieldWords, forms: Sequence[str], worth: int) -> int:
    if any(matches(field.like, f) for f in forms if len(f) <= _LONGEST_HEADER):
        return worth - field.order
    return 0


@cache
def exact_names() -> frozenset[str]:
    """Every header that is some field's exact name: a cheap test whether a row repeats a head."""
    return frozenset(name for field in field_words() for name in field.names)
