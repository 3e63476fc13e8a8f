"""Site cards (站点名片): what one site hands another, so that people can compare fingerprints.

A small JSON file, signed with the key it names; that proves the file whole, not who made it. Who
made it is what the two people settle by telephone, with the fingerprint.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from ..domain.errors import DamagedInput
from ..journal.canonical import canonical, check, normalised
from ..journal.signing import fingerprint
from .refusals import refuse
from .shapes import Columns, digest, exactly, ident, moment, number, one_of, row, signature, text
from .suite import is_box, valid

VERSION: Final = 1
MAX_BYTES: Final = 16 * 1024
LEVELS: Final = ("county", "township", "village")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One site's card. Keys are text: ``sign`` and ``root`` hexadecimal, ``box`` is ``age1…``."""

    site: str  # UUID
    name: str
    office_code: str
    office_name: str
    office_level: str  # of LEVELS
    sign: str  # the public key this site signs with
    box: str  # the public key others seal for
    root: str  # the public key whose roster this site follows; its own where it is the root
    epoch: int
    made: str  # ISO 8601 with offset

    @property
    def fingerprint(self) -> str:
        """Eight groups of five digits, to be compared by telephone or on paper."""
        return fingerprint(bytes.fromhex(self.sign))


def a_box(value: Any) -> str:
    """The public half of a receiving key, as a shape."""
    if not is_box(text(100)(value)):
        raise ValueError("no receiving key")
    return str(value)


KEYS_AND_OFFICE: Final[Columns] = {
    "site": ident,
    "name": text(100),
    "office_code": text(20),
    "office_name": text(100),
    "office_level": one_of(*LEVELS),
    "sign": digest,
    "box": a_box,
    "epoch": number(1),
}
"""What a card and a member of a roster both say of a site."""

_COLUMNS: Final[Columns] = {**KEYS_AND_OFFICE, "root": digest, "made": moment}


def encode(card: Card, sign: Callable[[bytes], bytes]) -> bytes:
    """The file of a card. ``sign`` signs with the key that ``card.sign`` names.

    Raises ValueError (a fault of ours) for a card that no reader takes.
    """
    raw: dict[str, Any] = {name: getattr(card, name) for name in _COLUMNS}
    raw |= {"xinfang": "card", "v": VERSION}
    data = canonical({**raw, "signature": sign(canonical(raw)).hex()})
    try:
        decode(data)
    except DamagedInput as problem:
        raise ValueError("a card that nobody would accept") from problem
    return data


def decode(data: bytes) -> Card:
    """Read a card, also one that an editor saved with a BOM or other white space.

    Raises DamagedInput ``card_damaged``, ``card_forged`` or ``card_too_new``.
    """
    if len(data) > MAX_BYTES:
        raise refuse("card_damaged")
    try:
        raw = exactly(_DECODER.decode(data.decode("utf-8-sig")), dict)
        check(raw)
        if raw["xinfang"] != "card":
            raise ValueError("JSON that is no card")
        if number(1)(raw["v"]) > VERSION:
            raise refuse("card_too_new")
        signed_with = signature(raw.pop("signature"))
        card = row(Card, _COLUMNS)(normalised(raw))
        signed = canonical(raw)
    except (KeyError, TypeError, ValueError, RecursionError) as problem:
        raise refuse("card_damaged") from problem
    if not valid(bytes.fromhex(card.sign), signed_with, signed):
        raise refuse("card_forged")
    return card


def _no_float(_: str) -> NoReturn:
    raise ValueError("a float in a card")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice in a card")
    return found


_DECODER: Final = json.JSONDecoder(
    parse_float=_no_float, parse_constant=_no_float, object_pairs_hook=_once
)
