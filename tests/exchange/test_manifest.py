"""The manifest: its exact bytes, strict reading, caps, and keys of a newer program."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.parcels import FEED, NOW, TOWN, VILLAGE, ident, manifest
from xinfang_desktop.domain.errors import DamagedInput
from xinfang_desktop.exchange.layout import LOG, MUST
from xinfang_desktop.exchange.manifest import Blob, Listed, Manifest, Point, Range, decode, encode
from xinfang_desktop.journal.canonical import canonical

FULL = manifest(outer="0" * 64, frames=(Listed(type=LOG, flags=MUST, length=12, sha256="c" * 64),))


def raw() -> dict[str, Any]:
    return json.loads(encode(FULL))


def code_of(data: bytes) -> str:
    with pytest.raises(DamagedInput) as caught:
        decode(data)
    assert caught.value.sentence and caught.value.mend
    return caught.value.code


def test_the_bytes_are_the_documented_shape() -> None:
    small = Manifest(
        bundle=ident(9), kind="changes", serial=1, epoch=1, sender=TOWN.id, to=(VILLAGE.id,),
        app="1.4.2", schema=17, created=NOW, outer="0" * 64,
        vector=(Point(feed=FEED, site=TOWN.id, epoch=1, seq=6, hash="a" * 64),),
    )  # fmt: skip
    assert encode(small).decode() == (
        f'{{"app":"1.4.2","blobs":[],"bundle":"{ident(9)}","counts":{{}},"created":"{NOW}",'
        f'"epoch":1,"frames":[],"from":"{TOWN.id}","kind":"changes","outer":"{"0" * 64}",'
        '"part":1,"parts":1,"ranges":[],"requires":[],"schema":17,"serial":1,'
        f'"to":["{VILLAGE.id}"],"v":1,"vector":[{{"epoch":1,"feed":"{FEED}",'
        f'"hash":"{"a" * 64}","seq":6,"site":"{TOWN.id}"}}],"want":[]}}'
    )


hashes = st.integers(0, 2**256 - 1).map(lambda n: f"{n:064x}")
idents = st.integers(0, 2**128 - 1).map(ident)
numbers = st.integers(1, 2**40)
chains = {"feed": st.sampled_from([FEED, "township:511024100"]), "site": idents, "epoch": numbers}
points = st.builds(Point, **chains, seq=numbers, hash=hashes)


@st.composite
def runs(draw: st.DrawFn) -> Range:
    first, count = draw(numbers), draw(numbers)
    prev = draw(hashes) if first > 1 else ""
    place = {name: draw(each) for name, each in chains.items()}
    return Range(
        **place, first=first, last=first + count - 1, prev=prev, hash=draw(hashes), count=count
    )


@given(
    st.lists(runs(), max_size=4), st.lists(points, max_size=4), st.lists(points, max_size=4),
    st.lists(hashes, max_size=4, unique=True), st.lists(idents, min_size=1, unique=True),
    st.dictionaries(st.sampled_from(["entries", "事项"]), numbers),
)  # fmt: skip
def test_a_manifest_comes_back_as_it_was(
    ranges: list[Range], requires: list[Point], vector: list[Point], want: list[str],
    to: list[str], counts: dict[str, int],
) -> None:  # fmt: skip
    made = manifest(
        outer="0" * 64, ranges=tuple(ranges), requires=tuple(requires), vector=tuple(vector),
        want=tuple(want), to=tuple(to), counts=counts,
        blobs=tuple(Blob(sha256=each, size=no) for no, each in enumerate(want)),
    )  # fmt: skip
    assert decode(encode(made)) == made


def test_keys_of_a_newer_program_are_left() -> None:
    newer = raw() | {"mood": {"a": [1]}, "sender": "somebody else"}
    newer["ranges"][0]["colour"] = "red"
    newer["frames"][0]["zeal"] = 3
    assert decode(canonical(newer)) == FULL


def test_a_newer_manifest_says_so_before_anything_else() -> None:
    assert code_of(canonical({"v": 2})) == "bundle_too_new"
    assert code_of(canonical({"v": 0})) == "manifest_damaged"


@pytest.mark.parametrize("key", sorted(raw()))
@pytest.mark.parametrize("value", [None, True, "", -1, [], {}, ["x"], [{}], "x" * 5_000, 2**60])
def test_every_key_is_needed_and_of_its_own_kind(key: str, value: object) -> None:
    lacking = raw()
    del lacking[key]
    assert code_of(canonical(lacking)) == "manifest_damaged"
    may_be_empty = {"ranges", "requires", "vector", "want", "blobs", "frames"}
    if (key in may_be_empty and value == []) or (key == "counts" and value == {}):
        decode(canonical(raw() | {key: value}))
    else:
        expected = "bundle_too_new" if key == "v" and value == 2**60 else "manifest_damaged"
        assert code_of(canonical(raw() | {key: value})) == expected


def put(*place: str | int, value: object) -> Callable[[dict[str, Any]], None]:
    def change(into: Any) -> None:
        for step in place[:-1]:
            into = into[step]
        into[place[-1]] = value

    return change


WRONG = {
    "an id in capitals": put("bundle", value=ident(0xABC).upper()),
    "an id without lines": put("bundle", value="0" * 32),
    "a kind nobody knows": put("kind", value="poem"),
    "a part beyond the last": put("part", value=2),
    "parts without end": put("parts", value=10_001),
    "a site twice": put("to", value=[VILLAGE.id, VILLAGE.id]),
    "a moment without offset": put("created", value="2026-03-04T09:12:33"),
    "a day that is none": put("created", value="2026-02-30T09:12:33+08:00"),
    "a hash in capitals": put("outer", value="A" * 64),
    "a hash with a line end": put("outer", value="a" * 64 + "\n"),
    "a range that miscounts": put("ranges", 0, "count", value=2),
    "a range that runs backwards": put("ranges", 0, "last", value=3),
    "a beginning with something before it": put("ranges", 0, "first", value=1),
    "a later range with nothing before it": put("ranges", 0, "prev", value=""),
    "number nought": put("vector", 0, "seq", value=0),
    "epoch nought": put("requires", 0, "epoch", value=0),
    "a number beyond counting": put("vector", 0, "seq", value=2**53 + 1),
    "a feed of two lines": put("vector", 0, "feed", value="a\nb"),
    "a feed with a hidden sign": put("vector", 0, "feed", value="a\u202eb"),
    "a feed as long as a book": put("vector", 0, "feed", value="a" * 101),
    "an attachment of petabytes": put("blobs", 0, "size", value=2**40 + 1),
    "an attachment twice": put("blobs", value=[{"sha256": "a" * 64, "size": 1}] * 2),
    "wanted twice": put("want", value=["a" * 64] * 2),
    "a frame that is too long": put("frames", 0, "length", value=4 * 1024 * 1024 + 1),
    "a type beyond a byte": put("frames", 0, "type", value=256),
    "a count below nought": put("counts", "entries", value=-1),
    "a count of half": put("counts", "entries", value="1.5"),
    "too many counts": put("counts", value={f"n{no}": 1 for no in range(101)}),
    "too many ranges": put("ranges", value=[raw()["ranges"][0]] * 65_537),
    "too many wanted": put("want", value=[f"{no:064x}" for no in range(100_001)]),
    "too many sites": put("to", value=[ident(no) for no in range(1_001)]),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_does_not_add_up_is_refused(case: str) -> None:
    changed = raw()
    WRONG[case](changed)
    assert code_of(canonical(changed)) == "manifest_damaged"


@given(st.binary(max_size=60))
def test_other_bytes_are_no_manifest(data: bytes) -> None:
    assert code_of(data) == code_of(encode(FULL)[:-1] + data + b" ") == "manifest_damaged"


def test_what_nobody_would_accept_is_never_written() -> None:
    with pytest.raises(ValueError, match="nobody would accept"):
        encode(manifest(outer=""))
