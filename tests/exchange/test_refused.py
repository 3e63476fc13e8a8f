"""Whatever is wrong with a bundle: nothing of it is accepted, and a sentence says what to do."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.exchange import parcels
from tests.exchange.parcels import (
    NEIGHBOUR,
    TOWN,
    VILLAGE,
    ending,
    ident,
    manifest,
    opened,
    outer,
    read,
    sealed,
    told_by,
    wrapped,
)
from xinfang_desktop.domain.errors import DamagedInput, RuleViolation
from xinfang_desktop.exchange import container
from xinfang_desktop.exchange import manifest as manifests
from xinfang_desktop.exchange.layout import END, FRAME_HEAD, LOG, MANIFEST, MUST, SIGNATURE, Frame
from xinfang_desktop.exchange.refusals import REFUSALS


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A bundle of several sealed blocks that the village accepts."""
    data = wrapped(tmp_path_factory.mktemp("good") / "a.xfb")
    assert read(data)[0].sender == TOWN.id
    return data


def refusal(data: bytes, place: parcels.Place = VILLAGE, **with_: Any) -> str:
    with pytest.raises(DamagedInput) as caught:
        read(data, place, **with_)
    problem = caught.value
    assert (problem.sentence, problem.mend) == REFUSALS[problem.code]
    return problem.code


# --- before the seal ---------------------------------------------------------------------------


def test_every_bit_before_the_seal_matters(good: bytes) -> None:
    size = 8 + int.from_bytes(good[4:8], "big")
    codes = set()
    for at, bit in itertools.product(range(size), range(8)):
        data = bytearray(good)
        data[at] ^= 1 << bit
        codes.add(refusal(bytes(data)))
    assert codes >= {"not_a_bundle", "header_damaged", "header_changed", "bundle_too_new"}
    assert "suite_unknown" in codes


def with_head(good: bytes, json: bytes, length: int | None = None) -> bytes:
    rest = good[8 + int.from_bytes(good[4:8], "big") :]
    return b"XFB1" + (len(json) if length is None else length).to_bytes(4, "big") + json + rest


HEAD = outer().encoded()[8:]


@pytest.mark.parametrize(
    ("json", "code"),
    [
        (HEAD.replace(b'"fmt":1', b'"fmt":2'), "bundle_too_new"),
        (HEAD.replace(b'"fmt":1', b'"fmt":0'), "header_damaged"),
        (HEAD.replace(b'"fmt":1', b'"fmt":true'), "header_damaged"),
        (HEAD.replace(b"age-x25519", b"sm2-sm3-sm4"), "suite_unknown"),
        (HEAD.replace(b'"part":1', b'"part":2'), "header_damaged"),
        (HEAD.replace(b'"kind":"changes"', b'"kind":"poem"'), "header_damaged"),
        (HEAD.replace(b"+08:00", b""), "header_damaged"),
        (HEAD.replace(b":", b": "), "header_damaged"),
        (HEAD[:-1] + b',"zeal":1}', "header_changed"),
        (HEAD[:-1] + b',"zeal":' + b"[" * 31 + b"]" * 31 + b"}", "header_changed"),
        (HEAD[:-1] + b',"zeal":' + b"[" * 32 + b"]" * 32 + b"}", "header_damaged"),
        (b'{"fmt":1}', "header_damaged"),
        (b"[]", "header_damaged"),
        (b"\xff\xff", "header_damaged"),
        (b"[" * 60_000, "header_damaged"),
        (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, "header_damaged"),
        (b"9" * 60_000, "header_damaged"),
        (b"", "header_damaged"),
    ],
)
def test_an_outer_header_that_is_not_one(good: bytes, json: bytes, code: str) -> None:
    data = with_head(good, json)
    assert refusal(data) == code
    if code != "header_changed":
        with pytest.raises(DamagedInput) as caught:
            container.read_outer(io.BytesIO(data))
        assert caught.value.code == code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_a_bundle"),
        (b"XFB", "not_a_bundle"),
        (b"PK\3\4" + bytes(100), "not_a_bundle"),
        (b"XFB1\0\0", "bundle_cut"),
        (b"XFB1\0\0\1\0{}", "bundle_cut"),
        (b"XFB1\0\1\0\1" + bytes(70_000), "header_damaged"),
        (b"XFB1\xff\xff\xff\xff", "header_damaged"),
        (outer().encoded(), "bundle_damaged"),
        (outer().encoded() + b"age-encryption.org/v1\n", "bundle_damaged"),
    ],
)
def test_a_file_that_is_too_short_or_something_else(data: bytes, code: str) -> None:
    assert refusal(data) == code


def test_a_bundle_around_which_another_head_was_put(good: bytes) -> None:
    _, frames = opened(good)
    for changed in (outer(bundle=ident(8)), outer(kind="recovery"), outer(parts=2)):
        plain = b"".join(each.encoded() for each in frames)
        assert refusal(sealed(changed.encoded(), plain, [VILLAGE.address])) == "header_changed"


# --- who it is from and for --------------------------------------------------------------------


def test_a_bundle_for_somebody_else(good: bytes) -> None:
    assert refusal(good, NEIGHBOUR) == "not_for_us"


def test_a_bundle_that_a_recipient_sealed_again_for_a_third(good: bytes) -> None:
    head, frames = opened(good)
    again = sealed(head, b"".join(each.encoded() for each in frames), [NEIGHBOUR.address])
    assert refusal(again, NEIGHBOUR) == "not_addressed"


def test_a_recipient_cannot_address_it_to_a_third(good: bytes) -> None:
    head, frames = opened(good)
    told = manifests.decode(frames[0].payload)
    forged = manifests.encode(replace(told, to=(NEIGHBOUR.id,)))
    for signature in (frames[1].payload, VILLAGE.sign(forged)):
        inner = [Frame(MANIFEST, MUST, forged), Frame(SIGNATURE, MUST, signature), *frames[2:]]
        plain = b"".join(each.encoded() for each in ending(inner))
        assert refusal(sealed(head, plain, [NEIGHBOUR.address]), NEIGHBOUR) == "bundle_forged"


def test_a_wrong_signer(good: bytes, tmp_path: Path) -> None:
    forged = wrapped(tmp_path / "a.xfb", sign=NEIGHBOUR.sign)
    assert refusal(forged) == "bundle_forged"
    assert refusal(good, key_of=lambda _: NEIGHBOUR.public) == "bundle_forged"


def test_who_is_not_in_the_roster_is_refused_by_whoever_keeps_it(good: bytes) -> None:
    def key_of(sender: str) -> bytes:
        raise RuleViolation("signer_unknown", f"不认识站点 {sender}。")

    with pytest.raises(RuleViolation) as caught:
        read(good, key_of=key_of)
    assert caught.value.code == "signer_unknown"


# --- under the seal ----------------------------------------------------------------------------

Hand = Callable[[list[Frame]], list[Frame]]


def _but(at: int, **changes: Any) -> Hand:
    return lambda all: [*all[:at], all[at]._replace(**changes), *all[at + 1 :]]


INNER: dict[str, tuple[Hand, str]] = {
    "a frame left out": (lambda all: ending(all[:2] + all[3:]), "frame_differs"),
    "the last frame left out": (lambda all: ending(all[:-2]), "frame_differs"),
    "two frames exchanged": (
        lambda all: ending([*all[:2], all[3], all[2], *all[4:]]),
        "frame_differs",
    ),
    "a frame twice": (lambda all: ending(all[:3] + all[2:]), "frame_differs"),
    "a frame more": (lambda all: ending([*all[:-1], all[2]]), "frame_order"),
    "other bytes of the same length": (
        lambda all: ending(_but(2, payload=bytes(len(all[2].payload)))(all)),
        "frame_differs",
    ),
    "another length": (lambda all: ending(_but(2, payload=b"")(all)), "frame_differs"),
    "other flags": (lambda all: ending(_but(2, flags=0)(all)), "frame_differs"),
    "another type": (lambda all: ending(_but(2, type=4)(all)), "frame_differs"),
    "no end": (lambda all: all[:-1], "end_missing"),
    "nothing": (lambda all: [], "end_missing"),
    "only a manifest": (lambda all: all[:1], "end_missing"),
    "an end that miscounts": (_but(-1, payload=b'{"count":3,"sha256":"00"}'), "end_damaged"),
    "an end of another bundle": (
        lambda all: [*all[:-1], ending(all[:3])[-1]],
        "end_damaged",
    ),
    "an end with other flags": (_but(-1, flags=0), "frame_order"),
    "an end of nothing": (_but(-1, payload=b""), "frame_damaged"),
    "an end of megabytes": (_but(-1, payload=bytes(2**20)), "frame_damaged"),
    "two ends": (lambda all: [*all, all[-1]], "bundle_trailing"),
    "something after the end": (lambda all: [*all, all[2]], "bundle_trailing"),
    "the end at once": (lambda all: ending([]), "frame_order"),
    "the end after the signature": (lambda all: ending(all[:2]), "frame_differs"),
    "no manifest": (lambda all: ending(all[1:]), "frame_order"),
    "no signature": (lambda all: ending([all[0], *all[2:]]), "frame_order"),
    "two manifests": (lambda all: ending([all[0], *all]), "frame_order"),
    "two signatures": (lambda all: ending([*all[:2], *all[1:]]), "frame_differs"),
    "a signature of nothing": (lambda all: ending(_but(1, payload=b"")(all)), "frame_damaged"),
    "a signature of zeros": (lambda all: ending(_but(1, payload=bytes(64))(all)), "bundle_forged"),
    "a manifest that may be skipped": (lambda all: ending(_but(0, flags=0)(all)), "frame_order"),
    "a manifest of nothing": (lambda all: ending(_but(0, payload=b"")(all)), "frame_damaged"),
    "a manifest of brackets": (
        lambda all: ending(_but(0, payload=b"[" * 500_000)(all)),
        "manifest_damaged",
    ),
}


@pytest.mark.parametrize("case", INNER)
def test_a_recipient_who_meddles_with_what_is_inside(good: bytes, case: str) -> None:
    change, code = INNER[case]
    head, frames = opened(good)
    plain = b"".join(each.encoded() for each in change(frames))
    assert refusal(sealed(head, plain, [VILLAGE.address])) == code


def test_a_frame_that_announces_too_much(good: bytes) -> None:
    head, frames = opened(good)
    for length in (4 * 1024 * 1024 + 1, 2**32 - 1):
        announced = FRAME_HEAD.pack(MANIFEST, MUST, length)
        assert refusal(sealed(head, announced, [VILLAGE.address])) == "frame_damaged"
    start = b"".join(each.encoded() for each in frames[:2])
    later = start + FRAME_HEAD.pack(LOG, MUST, 2**32 - 1)
    assert refusal(sealed(head, later, [VILLAGE.address])) == "frame_differs"


def test_bytes_after_the_end_that_are_no_frame(good: bytes) -> None:
    head, frames = opened(good)
    plain = b"".join(each.encoded() for each in frames)
    assert refusal(sealed(head, plain + b"\0", [VILLAGE.address])) == "bundle_trailing"
    assert refusal(sealed(head, plain[:-1], [VILLAGE.address])) == "end_missing"


def test_nothing_is_handed_on_that_was_not_proved(good: bytes) -> None:
    head, frames = opened(good)
    frames[3] = frames[3]._replace(payload=bytes(len(frames[3].payload)))
    data = sealed(head, b"".join(each.encoded() for each in ending(frames)), [VILLAGE.address])
    kept = parcels.Kept()
    with pytest.raises(DamagedInput):
        container.read_bundle(io.BytesIO(data), VILLAGE.box, VILLAGE.id, parcels.town_key, kept)
    assert kept.frames == frames[2:3]


def test_what_the_sink_raises_comes_through(good: bytes) -> None:
    class Full(parcels.Kept):
        def frame(self, type: int, flags: int, payload: bytes) -> None:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError) as caught:
        container.read_bundle(io.BytesIO(good), VILLAGE.box, VILLAGE.id, parcels.town_key, Full())
    assert caught.value.errno == 28


# --- a sender in the roster who means harm ------------------------------------------------------


def told(**changes: Any) -> dict[str, Any]:
    """The JSON of a good manifest, but for ``changes``; hash and list of frames are filled in."""
    raw = manifests.parse(manifests.encode(manifest(outer="0" * 64)))
    return {key: raw[key] for key in raw if key not in ("outer", "frames")} | changes


def deep(levels: int) -> bytes:
    """A whole manifest with a key of a newer program that is nested so deep."""
    raw = manifests.canonical(told(outer=sha256(outer().encoded()).hexdigest(), frames=[]))
    return raw.replace(b',"want":', b',"wanda":' + b"[" * levels + b"]" * levels + b',"want":')


END_LISTED = [Frame(END, MUST, b"x")]
SIGNED: dict[str, tuple[dict[str, Any] | bytes, list[Frame], str]] = {
    "as it should be": (told(), [], ""),
    "keys of a newer program": (told(news=["x"]), [], ""),
    "another bundle": (told(bundle=ident(8)), [], "manifest_differs"),
    "another kind": (told(kind="recovery"), [], "manifest_differs"),
    "another part": (told(parts=3), [], "manifest_differs"),
    "another sender": (told(**{"from": NEIGHBOUR.id}), [], "manifest_differs"),
    "another moment": (told(created="2026-03-04T09:12:34+08:00"), [], "manifest_differs"),
    "for nobody": (told(to=[]), [], "manifest_damaged"),
    "for another": (told(to=[NEIGHBOUR.id]), [], "not_addressed"),
    "a newer manifest": (told(v=2), [], "bundle_too_new"),
    "a frame we must understand": (told(), [Frame(99, MUST, b"x")], "bundle_too_new"),
    "an end in the list": (told(), END_LISTED, "manifest_damaged"),
    "a second manifest": (told(), [Frame(MANIFEST, MUST, b"{}")], "manifest_damaged"),
    "deep JSON": (b'{"a":' * 90_000 + b"1" + b"}" * 90_000, [], "manifest_damaged"),
    "JSON as deep as may be": (deep(31), [], ""),
    "JSON a level deeper": (deep(32), [], "manifest_damaged"),
}


@pytest.mark.parametrize("case", SIGNED)
def test_a_signed_manifest_is_not_believed_either(case: str) -> None:
    raw, content, code = SIGNED[case]
    data = told_by(TOWN, raw, content, outer().encoded())
    if code:
        assert refusal(data) == code
    else:
        assert read(data)[0].sender == TOWN.id


# --- chance ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mutation:
    """What a bad stick or a bad hand does; ``where`` and ``other`` are millionths of it."""

    kind: str
    where: int
    other: int
    size: int
    byte: int


def flip(data: bytearray, at: int, to: int, by: Mutation) -> None:
    data[at] ^= by.byte


def cut(data: bytearray, at: int, to: int, by: Mutation) -> None:
    del data[at:]


def lose(data: bytearray, at: int, to: int, by: Mutation) -> None:
    del data[at : at + by.size]


def insert(data: bytearray, at: int, to: int, by: Mutation) -> None:
    data[at:at] = bytes([by.byte]) * by.size


def swap(data: bytearray, at: int, to: int, by: Mutation) -> None:
    size = min(by.size, abs(at - to))
    one, two = data[at : at + size], data[to : to + size]
    if len(one) == len(two):
        data[at : at + size], data[to : to + size] = two, one


def zero(data: bytearray, at: int, to: int, by: Mutation) -> None:
    size = len(data[at : at + by.size * 64])
    data[at : at + size] = bytes(size)


def trail(data: bytearray, at: int, to: int, by: Mutation) -> None:
    data += bytes([by.byte]) * by.size


def copy(data: bytearray, at: int, to: int, by: Mutation) -> None:
    size = min(by.size, len(data) - at, len(data) - to)
    data[at : at + size] = data[to : to + size]


KINDS: dict[str, Callable[[bytearray, int, int, Mutation], None]] = {
    each.__name__: each for each in (flip, cut, lose, insert, swap, zero, trail, copy)
}
# half of them near the beginning, where the headers are
places = st.integers(0, 999_999) | st.integers(0, 5_000)
mutations = st.builds(
    Mutation, st.sampled_from(sorted(KINDS)), places, places, st.integers(1, 300),
    st.integers(1, 255),
)  # fmt: skip


def _refused(good: bytes, some: list[Mutation]) -> None:
    data = bytearray(good)
    for each in some:
        at, to = (len(data) * place // 1_000_000 for place in (each.where, each.other))
        if data:
            KINDS[each.kind](data, at, to, each)
    assume(data != good)
    refusal(bytes(data))


@settings(max_examples=100)
@given(st.lists(mutations, min_size=1, max_size=3))
def test_a_bundle_that_was_changed_anywhere_is_refused(good: bytes, some: list[Mutation]) -> None:
    _refused(good, some)


@pytest.mark.deep
@settings(max_examples=1_000)
@given(st.lists(mutations, min_size=1, max_size=3))
def test_a_bundle_that_was_changed_anywhere_is_refused_a_thousand_times(
    good: bytes, some: list[Mutation]
) -> None:
    _refused(good, some)


@given(st.binary(max_size=2_000))
def test_any_bytes_under_a_good_head_and_seal_are_refused(plain: bytes) -> None:
    assert refusal(sealed(outer().encoded(), plain, [VILLAGE.address]))
