"""A state machine of offices that work, pass files, lose them, lose disks and copy folders.

Beside the stores it keeps a plain account of who wrote which value while seeing which others. From
that account, not from any rule of the program, follows what must stand in the end.
"""

from __future__ import annotations

import itertools
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Final

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from sqlalchemy import select

from tests.exchange.network import (
    FEED,
    PC,
    TOWNSHIP,
    Network,
    change_seen,
    create,
    differences,
    heads,
    here,
    proofs,
    seen,
    void,
)
from xinfang_desktop.domain.case_records import Dispute
from xinfang_desktop.domain.field_words import SAME_NUMBER
from xinfang_desktop.journal.entry import decode
from xinfang_desktop.journal.ops import ResolveOp, SetOp
from xinfang_desktop.services import conflicts, safekeeping
from xinfang_desktop.store.tables import CONFLICT, FORK, LOG, TABLES

FIELDS: Final = ("unit", "measures")
TOWNS: Final = f"township:{TOWNSHIP}"
FEEDS: Final = {"V": (FEED,), "T": (FEED, TOWNS), "T2": (FEED, TOWNS)}
ROUTES: Final = (("V", "T"), ("T", "V"), ("T", "T2"), ("T2", "T"), ("V", "T2"), ("T2", "V"))
LETS_COPY: Final = ("V", "T2")
"""Whose folder may be copied: the township's first PC signs its roster and is only put back."""


@dataclass(frozen=True)
class Write:
    """A value, and those that its author had on the screen."""

    id: str
    field: str
    value: str
    saw: frozenset[str]


@dataclass
class Account:
    """What was done, in plain words."""

    writes: dict[str, Write] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)  # only a disk that is gone held them
    copied: bool = False


def values_in(pc: PC) -> set[str]:
    """Every value of these fields that the log of a PC holds."""
    found: set[str] = set()
    with pc.reading() as conn:
        bodies = list(conn.scalars(select(LOG.c.body).where(LOG.c.feed.in_((FEED, TOWNS)))))
    for body in bodies:
        for op in decode(body).ops:
            if isinstance(op, SetOp | ResolveOp) and op.t == "dispute":
                found |= {str(op.f[name].value) for name in FIELDS if name in op.f}
    return found - {""}


class Offices(RuleBasedStateMachine):
    """The village, two PCs of the township, and at times a copy of one of them."""

    template: ClassVar[Network]

    @initialize(copied=st.sampled_from(("", "", *LETS_COPY)))
    def begin(self, copied: str) -> None:
        self.to_be_copied = copied
        self.folder = Path(tempfile.mkdtemp(prefix="xinfang-machine-"))
        self.net = self.template.copied(self.folder / "net")
        self.account = Account()
        self.numbered = itertools.count(1)
        self.disputes: dict[str, str] = {}  # id → feed
        self.screens: dict[str, tuple[Dispute, dict[str, frozenset[str]]]] = {}
        self.files: list[tuple[str, Path]] = []
        self.copies: dict[str, Path] = {name: self.template[name].home for name in FEEDS}
        self.register("V", False)
        for sender, receiver in (("V", "T"), ("T", "T2")):
            self.net.carry(sender, receiver)

    def teardown(self) -> None:
        if not hasattr(self, "net"):
            return
        try:
            self.settle()
        finally:
            self.net.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    # --- working ---

    def fresh(self, name: str) -> str:
        return f"{name}写{next(self.numbered)}"

    def known(self, name: str) -> list[str]:
        return [id for id in self.disputes if here(self.net[name], id)]

    def seen_values(self, pc: PC, id: str, name: str) -> frozenset[str]:
        return frozenset(str(value) for value in heads(pc, id, name))

    def wrote(self, id: str, name: str, value: str, saw: frozenset[str]) -> None:
        self.account.writes[value] = Write(id, name, value, saw)

    @rule(who=st.sampled_from(("V", "T", "T2")), town=st.booleans())
    def register(self, who: str, town: bool) -> None:
        """A new dispute."""
        feed = FEEDS[who][-1 if town else 0]
        values = {name: self.fresh(who) for name in FIELDS}
        with self.net[who].desk() as desk:
            id = create(desk, feed, **values)
        self.disputes[id] = feed
        for name, value in values.items():
            self.wrote(id, name, value, frozenset())

    @precondition(lambda self: self.disputes)
    @rule(data=st.data(), names=st.sets(st.sampled_from(FIELDS), min_size=1, max_size=2))
    def change(self, data: Any, names: set[str]) -> None:
        """Some fields of a dispute, as it stands there."""
        who = data.draw(st.sampled_from(sorted(self.net.pcs)))
        known = self.known(who)
        if known:
            id = data.draw(st.sampled_from(known))
            self.save(who, self.look(who, id), names)

    @precondition(lambda self: self.disputes)
    @rule(data=st.data())
    def open_page(self, data: Any) -> None:
        """Somebody opens a dispute and goes to lunch."""
        who = data.draw(st.sampled_from(sorted(self.net.pcs)))
        known = self.known(who)
        if known:
            self.screens[who] = self.look(who, data.draw(st.sampled_from(known)))

    @precondition(lambda self: self.screens)
    @rule(data=st.data(), name=st.sampled_from(FIELDS))
    def save_page(self, data: Any, name: str) -> None:
        """… and saves what stood on the screen, whatever came meanwhile."""
        who = data.draw(st.sampled_from(sorted(self.screens)))
        self.save(who, self.screens.pop(who), {name})

    def look(self, who: str, id: str) -> tuple[Dispute, dict[str, frozenset[str]]]:
        pc = self.net[who]
        with pc.desk() as desk:
            record = seen(desk, id)
        return record, {name: self.seen_values(pc, id, name) for name in FIELDS}

    def save(
        self, who: str, screen: tuple[Dispute, dict[str, frozenset[str]]], names: set[str]
    ) -> None:
        record, saw = screen
        values = {name: self.fresh(who) for name in sorted(names)}
        with self.net[who].desk() as desk:
            change_seen(desk, record, **values)
        for name, value in values.items():
            self.wrote(record.id, name, value, saw[name])

    @precondition(lambda self: self.disputes)
    @rule(data=st.data())
    def void_one(self, data: Any) -> None:
        """作废."""
        who = data.draw(st.sampled_from(sorted(self.net.pcs)))
        known = self.known(who)
        if known:
            with self.net[who].desk() as desk:
                void(desk, data.draw(st.sampled_from(known)))

    @rule(data=st.data())
    def decide(self, data: Any) -> None:
        """One of the conflicts that are shown there."""
        who = data.draw(st.sampled_from(sorted(self.net.pcs)))
        with self.net[who].desk() as desk:
            rows = conflicts.conflict_list(desk)
        if not rows:
            return
        row = data.draw(st.sampled_from(rows))
        if row.sort != conflicts.FIELD:
            with self.net[who].desk() as desk:
                conflicts.resolve_conflict(desk, row.id, row.values[0].pick)
            return
        saw = self.seen_values(self.net[who], row.record, row.field)
        if row.field in FIELDS:
            value = self.fresh(who)
            with self.net[who].desk() as desk:
                conflicts.resolve_conflict(desk, row.id, conflicts.OTHER, value)
            self.wrote(row.record, row.field, value, saw)
        else:
            with self.net[who].desk() as desk:
                conflicts.resolve_conflict(desk, row.id, row.values[0].pick)

    @rule(who=st.sampled_from(("V", "T", "T2")), days=st.integers(-40, 400))
    def clock(self, who: str, days: int) -> None:
        """Somebody sets the clock."""
        self.net[who].clock.later(days=days)

    # --- passing files ---

    @rule(data=st.data())
    def export(self, data: Any) -> None:
        """A file for somebody, into the bag."""
        pairs = [
            (one, other)
            for one in sorted(self.net.pcs)
            for other in sorted(self.net.pcs)
            if self.net[one].site != self.net[other].site and self.net.knows(one, other)
        ]
        sender, receiver = data.draw(st.sampled_from(pairs))
        for path in self.net.export(sender, receiver):
            self.files.append((receiver, path))

    @rule(pair=st.sampled_from(ROUTES))
    def carry(self, pair: tuple[str, str]) -> None:
        """A file that arrives at once; it stays in the bag."""
        sender, receiver = pair
        for path in self.net.export(sender, receiver):
            self.files.append((receiver, path))
            self.arrive(receiver, path)

    @rule(pair=st.sampled_from(ROUTES))
    def answer(self, pair: tuple[str, str]) -> None:
        """Somebody writes, sends, and the receiver changes what has just come."""
        sender, receiver = pair
        known = self.known(sender)
        if not known:
            return
        self.save(sender, self.look(sender, known[-1]), {FIELDS[0]})
        self.carry(pair)
        if here(self.net[receiver], known[-1]):
            self.save(receiver, self.look(receiver, known[-1]), {FIELDS[0]})

    @precondition(lambda self: self.files)
    @rule(data=st.data())
    def take_in(self, data: Any) -> None:
        """Any file of the bag, also once more; a copied PC reads what is for the other, too."""
        receiver, path = data.draw(st.sampled_from(self.files))
        same = [n for n, pc in self.net.pcs.items() if pc.site == self.net[receiver].site]
        self.arrive(data.draw(st.sampled_from(sorted(same))), path)

    def arrive(self, who: str, path: Path) -> None:
        self.net.take(who, path)
        with self.net[who].desk() as desk:
            proof = safekeeping.verify_log(desk)
        assert proof.ok, proof.first_bad

    # --- bad luck ---

    @rule(who=st.sampled_from(("V", "T", "T2")))
    def back_up(self, who: str) -> None:
        """Somebody copies the data folder to a safe place."""
        where = self.folder / f"copy-{len(self.copies)}-{next(self.numbered)}"
        self.copies[who] = self.net.keep_copy(who, where)

    @rule(who=st.sampled_from(("V", "T", "T2")))
    def lose_disk(self, who: str) -> None:
        """The disk is gone; the older copy goes on."""
        before = values_in(self.net[who])
        self.net.put_back(who, self.copies[who])
        self.screens.pop(who, None)
        kept = set().union(*(values_in(pc) for pc in self.net.pcs.values()))
        self.account.lost |= before - kept

    @precondition(lambda self: self.to_be_copied)
    @rule()
    def copy_folder(self) -> None:
        """The folder and its token are copied to another PC, and both go on."""
        who, self.to_be_copied = self.to_be_copied, ""
        self.net.clone(who, f"{who}'")
        self.account.copied = True

    # --- the end ---

    def settle(self) -> None:
        """Everybody exchanges until nothing is new; then all of it must be right."""
        for name in [name for name in self.net.pcs if name.endswith("'")]:
            self.net.exchange()
            self.net.renew(name, "T")
        self.net.exchange()
        names = list(self.net.pcs)
        for name in names:
            wrong = proofs(self.net[name])
            assert not wrong, f"{name} is not what its log says: {wrong}"
        for one, other in itertools.combinations(names, 2):
            apart = differences(self.net[one], self.net[other])
            assert not apart, f"{one} and {other} disagree: {apart}"
        self.nothing_is_lost()
        self.numbers_are_told()
        self.only_copies_fork()

    def nothing_is_lost(self) -> None:
        """Each value was replaced by somebody who had seen it, or is shown, or is in a conflict."""
        town = self.net["T"]
        there = values_in(town)
        missing = self.account.writes.keys() - there - self.account.lost
        assert not missing, f"the township's log lacks {sorted(missing)}"
        writes = [write for write in self.account.writes.values() if write.value in there]
        replaced: dict[tuple[str, str], set[str]] = {}
        for write in writes:
            replaced.setdefault((write.id, write.field), set()).update(write.saw)
        with town.reading() as conn:
            open_ones = {(row.id, row.field) for row in conn.execute(select(CONFLICT))}
        for id, name in sorted({(write.id, write.field) for write in writes}):
            mine = {write.value for write in writes if (write.id, write.field) == (id, name)}
            standing = mine - replaced[id, name]
            shown = self.seen_values(town, id, name)
            assert standing <= shown, f"{name}: {sorted(standing - shown)} vanished unseen"
            if not self.account.copied:
                assert shown == standing, f"{name}: {sorted(shown - standing)} came back"
            assert ((id, name) in open_ones) == (len(shown) > 1), f"{name}: conflict row"

    def numbers_are_told(self) -> None:
        """A number that two disputes carry is shown; without a copied folder there is none."""
        table = TABLES["dispute"]
        with self.net["T"].reading() as conn:
            rows = conn.execute(select(table.c.id, table.c.number).where(table.c.voided == 0)).all()
            told = set(
                conn.scalars(
                    select(CONFLICT.c.id).where(CONFLICT.c.field == f"{SAME_NUMBER}number")
                )
            )
        carrying: dict[str, list[str]] = {}
        for row in rows:
            carrying.setdefault(row.number, []).append(row.id)
        twice = {id for ids in carrying.values() if len(ids) > 1 for id in ids}
        assert told == twice, "a number stands twice and nobody is told"
        assert self.account.copied or not twice, "a number was issued twice"

    def only_copies_fork(self) -> None:
        """A disk that was put back goes on in another epoch; no number of the log comes twice."""
        with self.net["T"].reading() as conn:
            forks = conn.execute(select(FORK)).all()
        assert self.account.copied or not forks, "forked without a copy"
