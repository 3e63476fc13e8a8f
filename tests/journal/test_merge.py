"""Merge by bases: any order of arrival converges, no write is lost, conflicts are seen."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from xinfang_desktop.domain.records import Stamp
from xinfang_desktop.journal.clock import START, Hlc, follow, tick
from xinfang_desktop.journal.merge import RecordHeads
from xinfang_desktop.journal.ops import FieldWrite

FIELDS = ("title", "owner", "village")


@dataclass(frozen=True)
class Write:
    stamp: Stamp
    hlc: Hlc
    fields: dict[str, FieldWrite]


@dataclass
class Site:
    """One PC: what arrived, in which order, and what it made of it."""

    name: str
    clock: Hlc = START
    heads: RecordHeads = field(default_factory=RecordHeads)
    row: dict[str, Any] = field(default_factory=dict)
    log: dict[Stamp, Write] = field(default_factory=dict)

    def take(self, write: Write) -> None:
        if write.stamp in self.log:
            return
        self.heads, shown = self.heads.write(
            write.fields, write.stamp, write.hlc, self.row, self.log.__contains__
        )
        self.heads = RecordHeads.load(self.heads.dump())
        self.row |= shown
        self.log[write.stamp] = write
        self.clock = follow(self.clock, write.hlc, write.hlc.ms)

    def edit(self, values: dict[str, Any], wall: int) -> Write:
        self.clock = tick(self.clock, wall)
        bases = self.heads.bases(values)
        number = sum(stamp.site == self.name for stamp in self.log) + 1
        fields = {name: FieldWrite(value, bases[name]) for name, value in values.items()}
        write = Write(Stamp(self.name, 1, number), self.clock, fields)
        self.take(write)
        return write

    def state(self) -> tuple[str, dict[str, Any]]:
        return self.heads.dump(), self.row


def replay(writes: list[Write]) -> Site:
    site = Site("replay")
    for write in writes:
        site.take(write)
    return site


action = st.tuples(
    st.integers(0, 2),  # who
    st.sampled_from([*FIELDS, "pull"]),
    st.sampled_from("甲乙丙"),
    st.integers(0, 2),  # from whom to pull
    st.integers(0, 50),  # a wall clock that runs as it likes
)


def history(actions: list[tuple[int, str, str, int, int]]) -> list[Site]:
    sites = [Site(name) for name in "abc"]
    created = sites[0].edit(dict.fromkeys(FIELDS, "初"), 10)
    for other in sites[1:]:
        other.take(created)
    for who, what, value, source, wall in actions:
        if what == "pull":
            for write in list(sites[source].log.values()):
                sites[who].take(write)
        else:
            sites[who].edit({what: value}, wall)
    return sites


def everything(sites: list[Site]) -> list[Write]:
    return list({stamp: w for site in sites for stamp, w in site.log.items()}.values())


@given(st.lists(action, max_size=25), st.randoms(use_true_random=False))
def test_any_order_of_arrival_ends_the_same(actions: Any, chance: random.Random) -> None:
    writes = everything(history(actions))
    expected = replay(writes).state()
    for _ in range(3):
        chance.shuffle(writes)
        assert replay(writes).state() == expected


@given(st.lists(action, max_size=25))
def test_sites_that_have_everything_agree(actions: Any) -> None:
    sites = history(actions)
    writes = everything(sites)
    for site in sites:
        for write in writes:
            site.take(write)
    assert len({repr(site.heads.dump()) + repr(sorted(site.row.items())) for site in sites}) == 1


@given(st.lists(action, max_size=25), st.randoms(use_true_random=False))
def test_no_write_is_lost(actions: Any, chance: random.Random) -> None:
    """Every write is shown, a head, or named as base by another: nothing else makes it go."""
    writes = everything(history(actions))
    chance.shuffle(writes)
    merged = replay(writes)
    for name in FIELDS:
        mine = [w for w in writes if name in w.fields]
        replaced = {stamp for w in mine for stamp in w.fields[name].bases}
        standing = {w.stamp: w for w in mine if w.stamp not in replaced}
        assert set(merged.heads.bases([name])[name]) == standing.keys()
        values = {w.fields[name].value for w in standing.values()}
        assert merged.row[name] in values
        assert (name in merged.heads.conflicts()) == (len(values) > 1)
        latest = max(standing.values(), key=lambda w: (w.hlc, w.stamp))
        assert merged.row[name] == latest.fields[name].value


def test_without_knowing_what_arrived_heads_still_converge() -> None:
    writes = everything(history([(1, "title", "甲", 0, 1), (2, "title", "乙", 0, 2)]))
    states = set()
    for order in (writes, writes[::-1], [writes[1], writes[0], writes[2]]):
        heads, row = RecordHeads(), dict.fromkeys(FIELDS, "初")
        for w in order:
            heads, shown = heads.write(w.fields, w.stamp, w.hlc, row)
            row |= shown
        states.add((heads.bases(["title"])["title"], row["title"]))
    assert len(states) == 1


def two_offices() -> tuple[Site, Site]:
    one, two = Site("a"), Site("b")
    two.take(one.edit({"title": "水渠", "owner": ""}, 1000))
    return one, two


def test_two_values_are_a_conflict_until_somebody_who_saw_both_decides() -> None:
    one, two = two_offices()
    mine, yours = one.edit({"title": "水渠漏水"}, 2000), two.edit({"title": "水渠断流"}, 3000)
    one.take(yours)
    two.take(mine)
    assert one.state() == two.state()
    assert one.row["title"] == "水渠断流"
    assert {head.value for head in one.heads.conflicts()["title"]} == {"水渠漏水", "水渠断流"}
    two.take(one.edit({"title": "水渠漏水"}, 2500))
    assert not one.heads.conflicts()
    assert one.state() == two.state()
    assert two.row["title"] == "水渠漏水"


def test_a_write_that_arrives_after_the_decision_stays_open() -> None:
    one, two = two_offices()
    three = Site("c")
    for write in one.log.values():
        three.take(write)
    late = three.edit({"title": "水渠垮塌"}, 1500)
    one.edit({"title": "水渠漏水"}, 2000)
    one.take(two.edit({"title": "水渠断流"}, 3000))
    one.edit({"title": "水渠漏水"}, 4000)
    one.take(late)
    assert len(one.heads.conflicts()["title"]) == 2


def test_equal_values_are_shown_once_and_false_is_not_zero() -> None:
    one, two = two_offices()
    one.edit({"title": "水渠漏水", "owner": 0}, 2000)
    one.take(two.edit({"title": "水渠漏水", "owner": False}, 3000))
    assert set(one.heads.agreements()) == {"title"}
    assert set(one.heads.conflicts()) == {"owner"}


def test_different_fields_merge() -> None:
    one, two = two_offices()
    one.edit({"title": "水渠漏水"}, 2000)
    one.take(two.edit({"owner": "周敏"}, 3000))
    assert one.row == {"title": "水渠漏水", "owner": "周敏"}
    assert not one.heads.conflicts()


def test_the_compact_form_of_a_new_record_is_one_stamp() -> None:
    one, _ = two_offices()
    assert one.heads.dump() == '{"*":["a",1,1,1000,0]}'
    one.edit({"title": "新"}, 2000)
    assert one.heads.dump() == '{"*":["a",1,1,1000,0],"title":[["a",1,2,2000,0]]}'
    assert one.heads.stamps() == (Stamp("a", 1, 1), Stamp("a", 1, 2))
    assert RecordHeads.load("") == RecordHeads()


def test_a_change_unseen_by_the_voiding_is_shown_and_a_seen_one_is_not() -> None:
    one, two = two_offices()
    seen = one.edit({"title": "水渠漏水"}, 2000)
    voided = one.heads.void(Stamp("a", 1, 3), one.heads.stamps())
    assert voided.written_after_void() == ()
    assert RecordHeads.load(voided.dump()) == voided
    one.heads = voided
    one.take(two.edit({"owner": "周敏"}, 3000))
    assert one.heads.written_after_void() == ("owner",)
    assert seen.stamp in one.heads.voids[0].bases


def test_a_change_that_arrives_before_the_creation_waits_for_it() -> None:
    one, _ = two_offices()
    one.edit({"title": "水渠漏水"}, 2000)
    created, changed = one.log.values()
    late = Site("z")
    late.take(changed)
    late.take(created)
    assert late.state() == one.state()
