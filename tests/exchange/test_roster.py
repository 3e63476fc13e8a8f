"""The roster of a feed: signed by its root, rising in version, with the past of revoked sites."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.parcels import FEED, NEIGHBOUR, NOW, TOWN, VILLAGE, Place
from xinfang_desktop.domain.errors import DamagedInput
from xinfang_desktop.exchange.roster import (
    Member,
    Roster,
    decode,
    encode,
)
from xinfang_desktop.journal.canonical import canonical


def member(place: Place, **changes: Any) -> Member:
    made = Member(
        site=place.id, name="柳溪村电脑", office_code="511024100201", office_name="柳溪村",
        office_level="village", sign=place.public.hex(), box=place.address, block="B", epoch=1,
    )  # fmt: skip
    return replace(made, **changes)


ROSTER = Roster(
    feed=FEED,
    version=3,
    made=NOW,
    sites=(
        member(TOWN, office_level="township", block="A"),
        member(VILLAGE),
        member(NEIGHBOUR, status="revoked", cut={1: 40, 2: 0}, epoch=2),
    ),
)
DATA = encode(ROSTER, TOWN.sign)


def code_of(data: bytes, root: bytes = TOWN.public) -> str:
    with pytest.raises(DamagedInput) as caught:
        decode(data, root)
    assert caught.value.sentence and caught.value.mend
    return caught.value.code


def signed(raw: dict[str, Any]) -> bytes:
    rest = {key: value for key, value in raw.items() if key != "signature"}
    return canonical({**rest, "signature": TOWN.sign(canonical(rest)).hex()})


def test_a_roster_comes_back_as_it_was() -> None:
    assert decode(DATA, TOWN.public) == ROSTER
    assert ROSTER.member(VILLAGE.id) == member(VILLAGE)
    assert ROSTER.member("nobody") is None


def test_only_the_root_of_the_feed_signs_it() -> None:
    assert code_of(DATA, VILLAGE.public) == "roster_forged"
    assert code_of(encode(ROSTER, VILLAGE.sign)) == "roster_forged"
    raw = json.loads(DATA)
    assert code_of(canonical(raw | {"version": 4})) == "roster_forged"
    raw["sites"][1]["sign"] = NEIGHBOUR.public.hex()
    assert code_of(canonical(raw)) == "roster_forged"


@given(st.integers(0, len(DATA) - 1), st.integers(1, 255))
def test_no_changed_byte_is_accepted(at: int, by: int) -> None:
    changed = bytearray(DATA)
    changed[at] ^= by
    assert code_of(bytes(changed)).startswith("roster_")


def test_keys_of_a_newer_program_are_left_and_a_newer_roster_says_so() -> None:
    raw = json.loads(DATA) | {"motto": "为民"}
    raw["sites"][0]["phone"] = "123"
    assert decode(signed(raw), TOWN.public) == ROSTER
    assert code_of(signed(raw | {"v": 2})) == "roster_too_new"


def site(**changes: Any) -> dict[str, Any]:
    raw = json.loads(DATA)
    raw["sites"][1] |= changes
    return raw


WRONG: dict[str, dict[str, Any]] = {
    "a site twice": site(site=TOWN.id),
    "a state nobody knows": site(status="asleep"),
    "a cut of an active site": site(cut=[[1, 4]]),
    "an epoch cut twice": site(status="revoked", cut=[[1, 4], [1, 5]]),
    "epoch nought": site(status="revoked", cut=[[0, 4]]),
    "half a cut": site(status="revoked", cut=[[1]]),
    "no cut at all": site(cut=None),
    "a key that is none": site(sign="00"),
    "a receiving key that is none": site(box="age1x"),
    "a level nobody knows": site(office_level="moon"),
    "a name of two lines": site(name="a\nb"),
    "version nought": json.loads(DATA) | {"version": 0},
    "no roster": json.loads(DATA) | {"xinfang": "card"},
    "too many sites": json.loads(DATA) | {"sites": [json.loads(DATA)["sites"][0]] * 5_001},
    "no sites": {key: each for key, each in json.loads(DATA).items() if key != "sites"},
}


@pytest.mark.parametrize("case", WRONG)
def test_a_roster_that_does_not_add_up_is_refused(case: str) -> None:
    assert code_of(signed(WRONG[case])) == "roster_damaged"


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[" * 100_000, DATA + b"\n", b" " * (4 * 1024 * 1024 + 1)]
)
def test_other_bytes_are_no_roster(data: bytes) -> None:
    assert code_of(data) == "roster_damaged"


def test_a_roster_fits_a_frame() -> None:
    pad = 4 * 1024 * 1024 - len(DATA) - len('"pad":"",')
    assert decode(signed(json.loads(DATA) | {"pad": "x" * pad}), TOWN.public) == ROSTER
    assert code_of(signed(json.loads(DATA) | {"pad": "x" * (pad + 1)})) == "roster_damaged"


def test_a_signature_is_written_in_one_way() -> None:
    raw = json.loads(DATA)
    for spelling in (raw["signature"].upper(), raw["signature"] + " ", "00"):
        assert code_of(canonical(raw | {"signature": spelling})) == "roster_damaged"


def test_what_is_not_read_is_bounded_in_depth() -> None:
    most = signed(json.loads(DATA) | {"deep": json.loads("[" * 31 + "]" * 31)})
    assert decode(most, TOWN.public) == ROSTER
    deeper = most.replace(b"[" * 31 + b"]" * 31, b"[" * 32 + b"]" * 32)
    assert code_of(deeper) == "roster_damaged"


def test_a_revoked_site_keeps_its_place_and_its_cut() -> None:
    gone = member(VILLAGE, status="revoked", cut={1: 12})
    others = tuple(each for each in ROSTER.sites if each.site != VILLAGE.id)
    after = replace(ROSTER, version=4, sites=(*others, gone))
    read = decode(encode(after, TOWN.sign), TOWN.public)
    assert read == after and read.member(VILLAGE.id) == gone


def test_what_nobody_would_accept_is_never_written() -> None:
    with pytest.raises(ValueError, match="nobody would accept"):
        encode(replace(ROSTER, version=0), TOWN.sign)
