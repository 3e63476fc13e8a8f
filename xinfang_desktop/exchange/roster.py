"""Rosters (站点名册): which sites share a feed, with their keys, as the root of the feed signed it.

One roster for each feed, so that nobody reads of sites that are not in theirs. Versions rise; a
lower or equal one is ignored. A revoked site keeps its place with a cut: what counts of its past.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ..domain.errors import DamagedInput
from ..journal.canonical import canonical, check, parse
from .cards import KEYS_AND_OFFICE
from .layout import MAX_PAYLOAD
from .refusals import refuse
from .shapes import Columns, exactly, many, moment, number, one_of, row, signature, text
from .suite import SUITE, valid

VERSION: Final = 1
MAX_BYTES: Final = MAX_PAYLOAD
MAX_SITES: Final = 5_000
MAX_EPOCHS: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One site of a feed. ``cut`` is empty unless it is revoked."""

    site: str  # UUID
    name: str
    office_code: str
    office_name: str
    office_level: str
    sign: str  # public key, hexadecimal
    box: str  # public key, age1…
    block: str  # letters of its number block
    epoch: int
    status: str = "active"  # active | revoked
    cut: Mapping[int, int] = field(default_factory=dict)  # epoch → last number that counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """The sites of one feed, version by version."""

    feed: str
    version: int  # from 1
    suite: str = SUITE  # the least that is accepted
    made: str  # ISO 8601 with offset
    sites: tuple[Member, ...] = ()

    def member(self, site: str) -> Member | None:
        """The member with this id, revoked ones included."""
        return next((each for each in self.sites if each.site == site), None)


_PAIR: Final = many(number(), 2, least=2)


def _cut(value: Any) -> Mapping[int, int]:
    pairs = many(_PAIR, MAX_EPOCHS)(value)
    found = {number(1)(epoch): seq for epoch, seq in pairs}
    if len(found) != len(pairs):
        raise ValueError("an epoch cut twice")
    return found


_MEMBER: Final[Columns] = {
    **KEYS_AND_OFFICE,
    "block": text(10),
    "status": one_of("active", "revoked"),
    "cut": _cut,
}


def _member(value: Any) -> Member:
    found = row(Member, _MEMBER)(value)
    if found.cut and found.status == "active":
        raise ValueError("a cut of a site that is not revoked")
    return found


_COLUMNS: Final[Columns] = {
    "feed": text(100),
    "version": number(1),
    "suite": text(100),
    "made": moment,
    "sites": many(_member, MAX_SITES),
}


def encode(roster: Roster, sign: Callable[[bytes], bytes]) -> bytes:
    """The bytes of a roster that ``sign``, the root of its feed, answers for.

    Raises ValueError (a fault of ours) for a roster that no reader takes.
    """
    raw: dict[str, Any] = {name: getattr(roster, name) for name in _COLUMNS}
    raw["sites"] = [_member_json(each) for each in roster.sites]
    raw |= {"xinfang": "roster", "v": VERSION}
    data = canonical({**raw, "signature": sign(canonical(raw)).hex()})
    try:
        _decode(data)
    except DamagedInput as problem:
        raise ValueError("a roster that nobody would accept") from problem
    return data


def _member_json(member: Member) -> dict[str, Any]:
    raw = {name: getattr(member, name) for name in _MEMBER}
    return raw | {"cut": sorted(member.cut.items())}


def decode(data: bytes, root_public: bytes) -> Roster:
    """Read a roster that the owner of ``root_public`` (32 bytes) must have signed.

    Raises DamagedInput ``roster_damaged``, ``roster_forged`` or ``roster_too_new``.
    """
    roster, signed_with, signed = _decode(data)
    if not valid(root_public, signed_with, signed):
        raise refuse("roster_forged")
    return roster


def feed_of(data: bytes) -> str:
    """The feed a roster says it is of; whoever signed it. Raises DamagedInput as ``decode``."""
    return _decode(data)[0].feed


def _decode(data: bytes) -> tuple[Roster, bytes, bytes]:
    if len(data) > MAX_BYTES:
        raise refuse("roster_damaged")
    try:
        raw = exactly(parse(data), dict)
        check(raw)
        if raw["xinfang"] != "roster":
            raise ValueError("JSON that is no roster")
        if number(1)(raw["v"]) > VERSION:
            raise refuse("roster_too_new")
        signed_with = signature(raw.pop("signature"))
        roster = row(Roster, _COLUMNS)(raw)
        if len({each.site for each in roster.sites}) != len(roster.sites):
            raise ValueError("a site twice in a roster")
    except DamagedInput as problem:
        if problem.code != "not_canonical":
            raise
        raise refuse("roster_damaged") from problem
    except (KeyError, TypeError, ValueError) as problem:
        raise refuse("roster_damaged") from problem
    return roster, signed_with, canonical(raw)
