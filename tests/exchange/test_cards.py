"""Site cards: what people hand each other comes through editors, and nothing changed comes through."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.parcels import NOW, TOWN, VILLAGE
from xinfang_desktop.domain.errors import DamagedInput
from xinfang_desktop.exchange.cards import MAX_BYTES, Card, decode, encode
from xinfang_desktop.journal.canonical import canonical
from xinfang_desktop.journal.signing import fingerprint

CARD = Card(
    site=VILLAGE.id, name="柳溪村电脑", office_code="511024100201", office_name="柳溪村",
    office_level="village", sign=VILLAGE.public.hex(), box=VILLAGE.address,
    root=TOWN.public.hex(), epoch=1, made=NOW,
)  # fmt: skip
DATA = encode(CARD, VILLAGE.sign)


def code_of(data: bytes) -> str:
    with pytest.raises(DamagedInput) as caught:
        decode(data)
    assert caught.value.sentence and caught.value.mend
    return caught.value.code


def signed(raw: dict[str, Any]) -> bytes:
    """Any JSON as its owner would sign it."""
    rest = {key: value for key, value in raw.items() if key != "signature"}
    return canonical({**rest, "signature": VILLAGE.sign(canonical(rest)).hex()})


def test_a_card_comes_back_with_the_fingerprint_of_its_key() -> None:
    assert decode(DATA) == CARD
    assert CARD.fingerprint == fingerprint(VILLAGE.public)
    assert json.loads(DATA)["xinfang"] == "card"
    assert b"AGE-SECRET" not in DATA


@pytest.mark.parametrize(
    "saved",
    [
        b"\xef\xbb\xbf" + DATA,
        json.dumps(json.loads(DATA), ensure_ascii=True, indent=4).encode(),
        json.dumps(json.loads(DATA), ensure_ascii=False, indent=1).replace("\n", "\r\n").encode(),
        b"\n\n" + DATA + b"\r\n",
        json.dumps(dict(reversed(json.loads(DATA).items()))).encode(),
    ],
    ids=["BOM", "escaped", "Windows lines", "blank lines", "another order"],
)
def test_what_an_editor_does_to_it_does_not_matter(saved: bytes) -> None:
    assert decode(saved) == CARD


def test_a_card_of_a_newer_program_may_say_more() -> None:
    assert decode(signed(json.loads(DATA) | {"motto": "为民"})) == CARD
    assert code_of(signed(json.loads(DATA) | {"v": 2})) == "card_too_new"
    assert code_of(signed({"xinfang": "card", "v": 2})) == "card_too_new"


@pytest.mark.parametrize("key", sorted(json.loads(DATA)))
def test_every_key_is_needed_and_covered_by_the_signature(key: str) -> None:
    raw = json.loads(DATA)
    lacking = {each: raw[each] for each in raw if each != key}
    assert code_of(canonical(lacking)) == "card_damaged"
    for value in (None, "", 0, -1, [], {}, "a\nb", "x" * 300, True):
        changed = canonical(raw | {key: value})
        assert code_of(changed) == "card_damaged"


CHANGED = {
    "site": TOWN.id, "name": "另一台", "office_code": "1", "office_name": "青石镇",
    "office_level": "county", "sign": TOWN.public.hex(), "box": TOWN.address,
    "root": VILLAGE.public.hex(), "epoch": 2, "made": "2026-03-04T09:12:34+08:00",
    "signature": "00" * 64, "motto": "x",
}  # fmt: skip


@pytest.mark.parametrize("key", sorted(CHANGED))
def test_a_card_that_was_changed_is_forged(key: str) -> None:
    assert code_of(canonical(json.loads(DATA) | {key: CHANGED[key]})) == "card_forged"


def test_a_card_signed_by_another_is_forged() -> None:
    with pytest.raises(ValueError, match="nobody would accept"):
        encode(CARD, TOWN.sign)
    rest = {key: value for key, value in json.loads(DATA).items() if key != "signature"}
    other = canonical({**rest, "signature": TOWN.sign(canonical(rest)).hex()})
    assert code_of(other) == "card_forged"


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{}", b"[]", b"null", b"\xff\xfe{\0}\0", b'{"a":1.5}', b'{"a":NaN}', b"9" * 9_000,
        b"[" * 16_000, DATA + b" " * (MAX_BYTES + 1 - len(DATA)),
        DATA.replace(b'"v":1', b'"v":1,"v":1'), DATA.replace(b'"card"', b'"roster"'),
        DATA.replace(b'"epoch":1', b'"epoch":1.0'), DATA[:-1],
        DATA.replace(b'"name":"', b'"name":"\\ud800'),
        signed(json.loads(DATA) | {"x": {"a": {}}} | {"box": VILLAGE.address.upper()}),
        signed(json.loads(DATA) | {"sign": "00" * 31}),
    ],
)  # fmt: skip
def test_what_is_no_card_is_said(data: bytes) -> None:
    assert code_of(data) == "card_damaged"


@given(st.integers(0, len(DATA) - 1), st.integers(1, 255))
def test_no_changed_byte_gives_another_card(at: int, by: int) -> None:
    changed = bytearray(DATA)
    changed[at] ^= by
    try:
        found = decode(bytes(changed))
    except DamagedInput as problem:
        assert problem.code in ("card_damaged", "card_forged", "card_too_new")
    else:
        assert found == CARD, "only white space or the spelling of a letter"


def test_what_nobody_would_accept_is_never_written() -> None:
    with pytest.raises(ValueError, match="nobody would accept"):
        encode(replace(CARD, name="两\n行"), VILLAGE.sign)
