"""Log entries: exact bytes, strict reading, what a newer program sends, and the chain."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang_desktop.domain.errors import DamagedInput
from xinfang_desktop.domain.records import Stamp
from xinfang_desktop.journal.canonical import MAX_DEPTH, canonical, normalised
from xinfang_desktop.journal.chain import Chain, Head, check_chain, stored
from xinfang_desktop.journal.clock import MAX_AHEAD_MS, Hlc, follow, tick
from xinfang_desktop.journal.entry import Actor, Entry, decode, digest, encode
from xinfang_desktop.journal.ops import (
    AddOp,
    EventOp,
    FieldWrite,
    Op,
    RawOp,
    ResolveOp,
    RmOp,
    SetOp,
    VoidOp,
    coalesce,
)

A = Stamp("site-a", 1, 4)
OPS: tuple[Op, ...] = (
    SetOp(
        "matter", "m1", {"title": FieldWrite("柳溪村水渠漏水", (A,)), "urgent": FieldWrite(True)}
    ),
    ResolveOp("matter", "m2", {"owner": FieldWrite("周敏", (A, Stamp("site-b", 2, 9)))}),
    EventOp("step", "s1", {"action": "note", "data": {"n": [1, None, "甲"]}}),
    AddOp("matter", "m1", "tags", "水利"),
    RmOp("matter", "m1", "tags", "旧", (A,)),
    VoidOp("matter", "m3", "重复登记", (A,)),
)


def entry(seq: int = 1, prev: str = "", **changes: Any) -> Entry:
    base = Entry(
        feed="township:511024100", site="site-a", epoch=1, seq=seq, prev=prev,
        hlc=Hlc(1772586753000, 0), wall="2026-03-04T09:12:33+08:00", actor=Actor("u1", "周敏"),
        app="0.1.0", schema=1, tx="t1", ops=OPS,
    )  # fmt: skip
    return replace(base, **changes)


def tampered(change: Any) -> bytes:
    raw = json.loads(encode(entry()))
    change(raw)
    return canonical(raw)


def test_the_bytes_are_the_documented_shape() -> None:
    op = SetOp("matter", "m1", {"title": FieldWrite("漏水", (A,))})
    assert encode(entry(ops=(op,))).decode() == (
        '{"actor":{"id":"u1","name":"周敏"},"app":"0.1.0","epoch":1,"feed":"township:511024100",'
        '"hlc":[1772586753000,0],"ops":[{"f":{"title":{"b":[["site-a",1,4]],"v":"漏水"}},'
        '"id":"m1","k":"set","t":"matter"}],"prev":"","schema":1,"seq":1,"site":"site-a",'
        '"tx":"t1","v":1,"wall":"2026-03-04T09:12:33+08:00"}'
    )


def test_every_operation_comes_back_as_it_went() -> None:
    assert decode(encode(entry())) == entry()


@pytest.mark.parametrize(
    "value", [1.0, float("nan"), {"a": [2.5]}, {1: "a"}, b"x", 2**63, object()]
)
def test_what_is_not_canonical_is_never_written(value: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        encode(entry(ops=(SetOp("matter", "m", {"title": FieldWrite(value)}),)))


def test_nesting_is_capped_in_writing_and_in_reading() -> None:
    deep: Any = "x"
    for _ in range(MAX_DEPTH + 1):
        deep = [deep]
    with pytest.raises(ValueError, match="deeper"):
        encode(entry(ops=(EventOp("step", "s", {"data": deep}),)))
    text = encode(entry(ops=(EventOp("step", "s", {"data": "x"}),))).decode()
    bomb = text.replace('"data":"x"', '"data":' + "[" * 40 + '"x"' + "]" * 40)
    abyss = text.replace('"data":"x"', '"data":' + "[" * 90_000 + "]" * 90_000)
    for data in (bomb, abyss):
        with pytest.raises(DamagedInput):
            decode(data.encode())


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=12,
)


@given(json_values)
def test_reading_gives_what_was_written_in_nfc(value: Any) -> None:
    data = encode(entry(ops=(EventOp("step", "s", {"data": value}),)))
    (op,) = decode(data).ops
    assert isinstance(op, EventOp)
    assert op.d["data"] == normalised(value)
    assert encode(decode(data)) == data


def test_text_is_nfc_even_where_an_escape_stands_before_a_combining_mark() -> None:
    assert canonical("e\u0301") == '"é"'.encode()
    assert json.loads(canonical("\n\u0303")) == "\n\u0303"
    assert unicodedata.is_normalized("NFC", json.loads(canonical("\n\u0303e\u0301")))


def test_a_lone_surrogate_is_refused() -> None:
    with pytest.raises((TypeError, ValueError), match="surrogate"):
        canonical("\ud800")


@pytest.mark.parametrize(
    "mangle",
    [
        lambda b: b.replace(b'"epoch":1', b'"epoch": 1'),
        lambda b: b.replace(b'"epoch":1', b'"epoch":1.0'),
        lambda b: b.replace(b'"app":"0.1.0",', b'"app":"9","app":"0.1.0",'),
        lambda b: b[:-1],
        lambda b: b + b" ",
        lambda b: b"",
        lambda b: b"\xff" + b,
        lambda b: b"[]",
        lambda b: b"9" * 5000,
    ],
)
def test_bytes_that_are_not_canonical_are_damaged(mangle: Any) -> None:
    with pytest.raises(DamagedInput):
        decode(mangle(encode(entry())))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda r: r.update(v=2), "entry_too_new"),
        (lambda r: r.update(v=True), "entry_damaged"),
        (lambda r: r.update(seq=0), "entry_damaged"),
        (lambda r: r.update(feed=""), "entry_damaged"),
        (lambda r: r.pop("prev"), "entry_damaged"),
        (lambda r: r.update(hlc=[1]), "entry_damaged"),
        (lambda r: r.update(wall="2026-03-04T09:12:33"), "entry_damaged"),
        (lambda r: r.update(wall="昨天"), "entry_damaged"),
        (lambda r: r.update(actor=[]), "entry_damaged"),
        (lambda r: r.update(ops={}), "entry_damaged"),
        (lambda r: r["ops"][0].pop("id"), "entry_damaged"),
        (lambda r: r["ops"][0].update(f=[]), "entry_damaged"),
        (lambda r: r["ops"][0]["f"]["title"].update(b=[["site-a", 1]]), "entry_damaged"),
        (lambda r: r["ops"][0]["f"]["title"].update(b=[["site-a", 1, True]]), "entry_damaged"),
        (lambda r: r["ops"].append(r["ops"][0]), "entry_damaged"),
    ],
)
def test_a_wrong_shape_is_named(change: Any, code: str) -> None:
    with pytest.raises(DamagedInput) as caught:
        decode(tampered(change))
    assert caught.value.code == code


@pytest.mark.parametrize(
    "change",
    [
        lambda r: r["ops"].append({"k": "move", "to": "village:511024100201"}),
        lambda r: r["ops"].append({**r["ops"][2], "id": "s9", "why": "新"}),
        lambda r: r["ops"][0]["f"]["title"].update(tone="新"),
        lambda r: r.update(place={"x": 1}),
    ],
)
def test_what_a_newer_program_added_is_kept_and_passed_on(change: Any) -> None:
    data = tampered(change)
    read = decode(data)
    assert any(isinstance(op, RawOp) for op in read.ops) or read.extra
    assert encode(read) == data


def test_a_field_is_written_once_an_entry() -> None:
    steps = (
        SetOp("matter", "m", {"state": FieldWrite("S10"), "title": FieldWrite("水")}),
        EventOp("step", "s", {}),
        SetOp("matter", "m", {"state": FieldWrite("S20", (A,))}),
    )
    with pytest.raises(ValueError, match="twice"):
        encode(entry(ops=steps))
    joined = coalesce(steps)
    assert joined == (
        SetOp("matter", "m", {"state": FieldWrite("S20", (A,)), "title": FieldWrite("水")}),
        steps[1],
    )
    assert decode(encode(entry(ops=joined))).ops == joined


def chain(length: int) -> list[bytes]:
    made: list[bytes] = []
    for seq in range(1, length + 1):
        made.append(encode(entry(seq, digest(made[-1]) if made else "")))
    return made


def test_an_unbroken_chain_has_no_fault_and_can_be_taken_up_in_the_middle() -> None:
    items = [stored(data) for data in chain(5)]
    assert not list(check_chain(items))
    heads = {items[1].chain: Head(2, items[1].digest)}
    assert not list(check_chain(items[2:], heads))


def test_each_altered_byte_is_named_by_its_entry() -> None:
    items = [stored(data) for data in chain(3)]
    data = items[1].data
    for at in range(0, len(data), 7):
        changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        faults = list(check_chain([items[0], items[1]._replace(data=changed), items[2]]))
        assert [(fault.seq, fault.code) for fault in faults] == [(2, "altered")]
        assert "第2条" in faults[0].sentence


def test_a_forged_entry_with_its_own_digest_breaks_the_next_link() -> None:
    items = [stored(data) for data in chain(3)]
    forged = stored(encode(entry(2, items[0].digest, actor=Actor("u2", "何建平"))))
    assert [(f.seq, f.code) for f in check_chain([items[0], forged, items[2]])] == [(3, "fork")]


def test_gaps_forks_and_misplaced_entries_are_told_apart() -> None:
    one, two, three = (stored(data) for data in chain(3))
    assert [f.code for f in check_chain([one, three])] == ["gap"]
    assert [f.code for f in check_chain([two])] == ["gap"]
    assert [f.code for f in check_chain([one, two, two])] == ["fork"]
    elsewhere = two._replace(chain=Chain("township:511024100", "site-b", 1), seq=1)
    assert [f.code for f in check_chain([elsewhere])] == ["misplaced"]


def test_the_clock_never_runs_back_and_follows_what_came_in() -> None:
    assert tick(Hlc(1000, 3), 999) == Hlc(1000, 4)
    assert tick(Hlc(1000, 3), 1001) == Hlc(1001, 0)
    after = follow(Hlc(1000, 3), Hlc(5000, 7), 1001)
    assert tick(after, 1002) > Hlc(5000, 7)
    assert follow(Hlc(1000, 3), Hlc(MAX_AHEAD_MS + 2000, 0), 1001) == Hlc(1000, 3)
