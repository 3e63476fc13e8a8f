"""Several offices that pass files to each other: real encrypted stores, real bundles, bad luck.

A ``Network`` is made once and copied for each test. Files lie in one bag, where they may be taken
in late, twice, in any order or never; a PC may be put back to an older copy or copied to another.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from tests.factories import CHEAP, PASSWORD, MovableClock
from xinfang_desktop.domain.case_records import Dispute
from xinfang_desktop.journal.feeds import travels
from xinfang_desktop.journal.merge import RecordHeads
from xinfang_desktop.services import accounts, receiving, safekeeping, sending, sites
from xinfang_desktop.services.accounts import CreateOffice
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.directory import Directory
from xinfang_desktop.services.receiving import BundleReport
from xinfang_desktop.store import changelog
from xinfang_desktop.store.files import get
from xinfang_desktop.store.reference import Reference
from xinfang_desktop.store.tables import (
    CONFLICT,
    FORK,
    HEAD,
    LOG,
    TABLES,
    VECTOR,
    metadata,
)
from xinfang_desktop.store.villages import id_of_code

TOWNSHIP = "430522101"
VILLAGE = f"{TOWNSHIP}203"
NEIGHBOUR = f"{TOWNSHIP}205"
COUNTY = "430522"
FEED = f"village:{VILLAGE}"

OFFICES: Mapping[str, tuple[str, str, str, str]] = {
    # PC → level, code, name of the office, its first account
    "T": ("township", TOWNSHIP, "青石镇信访办", "周敏"),
    "V": ("village", VILLAGE, "柳溪村民委员会", "何春生"),
    "T2": ("township", TOWNSHIP, "青石镇信访办", "刘志远"),
    "T3": ("township", TOWNSHIP, "青石镇信访办", "何建平"),
    "W": ("village", NEIGHBOUR, "双井村民委员会", "屈二全"),
    "C": ("county", COUNTY, "云岭县信访局", "谭玉珍"),
}

FRIENDS = (("T", "V"), ("T", "T2"), ("T", "T3"), ("T", "W"), ("T", "C"))
"""Who gave each other a card; the rest is told by the township's roster."""


@dataclass
class PC:
    """One installation: its data folder, its user's state folder, its clock."""

    name: str
    home: Path
    state: Path
    account: str
    reference: Reference
    clock: MovableClock = field(default_factory=MovableClock)
    opened: Desk | None = None

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """The desk of the first account, with the tokens of this PC's own user."""
        with self.user():
            if self.opened is None:
                self.opened = accounts.sign_in(
                    self.home, self.account, PASSWORD, self.clock, self.reference
                )
            yield self.opened

    @contextmanager
    def user(self) -> Iterator[None]:
        """The state folder is this PC's."""
        before = os.environ["XINFANG_STATE"]
        os.environ["XINFANG_STATE"] = str(self.state)
        try:
            yield
        finally:
            os.environ["XINFANG_STATE"] = before

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent view of its store."""
        with self.desk() as desk, desk.reading() as conn:
            yield conn

    def close(self) -> None:
        """Everybody goes home."""
        with self.user():
            if self.opened is not None:
                self.opened.close()
                self.opened = None

    @property
    def site(self) -> str:
        """The id of this site."""
        with self.desk() as desk:
            return desk.site.id

    @property
    def epoch(self) -> int:
        """The epoch it writes in."""
        with self.desk() as desk:
            return desk.site.epoch


class Network:
    """PCs and the bag of files between them."""

    def __init__(self, folder: Path, reference: Reference) -> None:
        self.folder = folder
        self.reference = reference
        self.pcs: dict[str, PC] = {}
        self.bag = folder / "bag"

    def __getitem__(self, name: str) -> PC:
        return self.pcs[name]

    # --- making and copying ---

    def make(self, *names: str) -> None:
        """Create these offices and let those that have to do with one another exchange cards."""
        for name in names:
            level, code, office, admin = OFFICES[name]
            pc = self._add(name, admin)
            asked = CreateOffice(code=code, name=office, kind=level, admin=admin, password=PASSWORD)
            with pc.user():
                accounts.create_office(pc.home, asked, pc.clock, self.reference, cost=CHEAP)
        for one, other in FRIENDS:
            if one in names and other in names:
                self.befriend(one, other)
        self.exchange()

    def _add(self, name: str, account: str) -> PC:
        pc = PC(name, self.folder / name, self.folder / f"state-{name}", account, self.reference)
        self.pcs[name] = pc
        return pc

    def copied(self, folder: Path) -> Network:
        """The same network in another folder; nobody is at work in this one meanwhile."""
        self.close()
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        copy = Network(folder, self.reference)
        for pc in self.pcs.values():
            copy._add(pc.name, pc.account).clock.moment = pc.clock.moment
        return copy

    def close(self) -> None:
        """Every PC is shut down."""
        for pc in self.pcs.values():
            pc.close()

    def befriend(self, one: str, other: str) -> None:
        """Both add the other's card."""
        for giver, taker in ((one, other), (other, one)):
            with self[giver].desk() as desk:
                card = sites.own_card(desk).data
            with self[taker].desk() as desk:
                sites.add_site(desk, card)

    def renew(self, name: str, *friends: str) -> None:
        """This PC becomes a new site, whose card the friends add."""
        with self[name].desk() as desk:
            sites.renew_site(desk)
            card = sites.own_card(desk).data
        for friend in friends:
            with self[friend].desk() as desk:
                sites.add_site(desk, card)

    # --- passing files ---

    def knows(self, sender: str, receiver: str) -> bool:
        """Whether the sender could address a bundle to the receiver."""
        with self[sender].reading() as conn:
            peer = Directory.read(conn).peers.get(self[receiver].site)
        return peer is not None and peer.status == "active"

    def export(self, sender: str, receiver: str, **how: Any) -> list[Path]:
        """What the sender's files are called; they lie in the bag."""
        number = sum(1 for _ in self.bag.iterdir()) if self.bag.exists() else 0
        with self[sender].desk() as desk:
            out = self.bag / f"{number:04d}-{sender}-{receiver}"
            made = sending.export_bundle(desk, self[receiver].site, out, **how)
        return [file.path for file in made.files]

    def take(self, receiver: str, path: Path) -> BundleReport:
        """Take one file in."""
        with self[receiver].desk() as desk:
            return receiving.import_bundle(desk, path)

    def carry(self, sender: str, receiver: str, **how: Any) -> BundleReport:
        """One bundle there, in one file."""
        (path,) = self.export(sender, receiver, **how)
        return self.take(receiver, path)

    def exchange(self, *names: str, rounds: int = 12) -> int:
        """Everybody with everybody he knows until nothing is new; says after how many rounds.

        Raises AssertionError where it does not come to rest.
        """
        members = names or tuple(self.pcs)
        for number in range(1, rounds + 1):
            moved = 0
            for sender in members:
                for receiver in members:
                    if sender == receiver or not self.knows(sender, receiver):
                        continue
                    if not self.knows(receiver, sender):
                        continue
                    moved += self.carry(sender, receiver).entries.new
            if not moved:
                return number
        raise AssertionError(f"still moving after {rounds} rounds")

    # --- bad luck ---

    def keep_copy(self, name: str, where: Path, *, token: bool = False) -> Path:
        """A copy of the data folder (and of the user's state folder)."""
        self[name].close()
        shutil.copytree(self[name].home, where)
        if token:
            shutil.copytree(self[name].state, where.with_name(f"{where.name}-state"))
        return where

    def put_back(self, name: str, copy: Path) -> None:
        """The disk is lost; an older copy takes its place. The token is as it was in the copy."""
        pc = self[name]
        pc.close()
        shutil.rmtree(pc.home)
        shutil.copytree(copy, pc.home)
        token = copy.with_name(f"{copy.name}-state")
        if token.exists():
            shutil.rmtree(pc.state)
            shutil.copytree(token, pc.state)

    def clone(self, name: str, other: str, *, token: bool = True) -> PC:
        """The data folder is copied to a second PC; with its user's state folder, nobody notices."""
        pc = self[name]
        pc.close()
        twin = self._add(other, pc.account)
        twin.clock.moment = pc.clock.moment
        shutil.copytree(pc.home, twin.home)
        if token:
            shutil.copytree(pc.state, twin.state)
        return twin


# --- what people do ----------------------------------------------------------------------------


def create(desk: Desk, feed: str = FEED, **over: Any) -> str:
    """A dispute as it is first written down, into this feed; its id."""
    from xinfang_desktop.services.numbers import Numbers

    with desk.writing() as tx:
        values: dict[str, Any] = {
            "village": id_of_code(VILLAGE), "found_on": date(2026, 9, 17), "state": "open",
            "summary": "村道排水沟堵塞", **over,
        }  # fmt: skip
        values.setdefault("number", Numbers(desk, tx.conn).next(desk.today, "JF"))
        record = Dispute(id=changelog.new_id(), feed=feed, **values)
        tx.append([changelog.new(record)])
    return record.id


def seen(desk: Desk, id: str) -> Dispute:
    """The dispute as it stands on this PC, ready to be changed later."""
    with desk.reading() as conn:
        found = get(conn, Dispute, id)
    assert found is not None, "the dispute has not come here"
    return found


def here(pc: PC, id: str) -> bool:
    """Whether a dispute has come to this PC."""
    with pc.reading() as conn:
        return get(conn, Dispute, id) is not None


def edit(desk: Desk, id: str, **fields: Any) -> None:
    """Change fields of a dispute as it stands here."""
    change_seen(desk, seen(desk, id), **fields)


def change_seen(desk: Desk, record: Dispute, **fields: Any) -> None:
    """Change fields of a dispute as somebody had it on the screen."""
    with desk.writing() as tx:
        tx.append([changelog.change(record, **fields)])


def void(desk: Desk, id: str, reason: str = "重复登记") -> None:
    """作废."""
    with desk.writing() as tx:
        record = get(tx.conn, Dispute, id)
        assert record is not None
        tx.append([changelog.void(record, reason)])


# --- what holds --------------------------------------------------------------------------------


def proofs(pc: PC) -> list[str]:
    """What is wrong with a store: nothing, if all is well."""
    with pc.desk() as desk:
        log, tables = safekeeping.verify_log(desk), safekeeping.rebuild_check(desk)
    return [*([] if log.ok else [log.first_bad]), *tables.differences]


Rows = dict[str, list[tuple[Any, ...]]]


def contents(pc: PC, feeds: Iterable[str]) -> Rows:
    """Everything that sites sharing these feeds must agree on."""
    wanted = set(feeds)
    found: Rows = {}
    with pc.reading() as conn:
        here: set[tuple[str, str]] = set()
        for kind, table in TABLES.items():
            rows = conn.execute(select(table).where(table.c.feed.in_(wanted))).all()
            here |= {(kind, row.id) for row in rows}
            found[kind] = sorted(map(tuple, rows), key=repr)
        for table in (HEAD, CONFLICT):
            rows = [row for row in conn.execute(select(table)) if (row.kind, row.id) in here]
            found[table.name] = sorted(
                (tuple(row)[:3] for row in rows if "same_number" not in str(row)), key=repr
            )
        for table in (LOG, VECTOR):
            rows = conn.execute(select(table).where(table.c.feed.in_(wanted))).all()
            found[table.name] = sorted(map(tuple, rows), key=repr)
        rows = conn.execute(select(FORK).where(FORK.c.feed.in_(wanted))).all()
        found[FORK.name] = sorted((tuple(row)[:-1] for row in rows), key=repr)
    return found


def shared(one: PC, other: PC) -> set[str]:
    """The feeds that both hold and that travel."""
    with one.reading() as conn:
        mine = set(conn.scalars(select(VECTOR.c.feed).distinct()))
    with other.reading() as conn:
        theirs = set(conn.scalars(select(VECTOR.c.feed).distinct()))
    return {feed for feed in mine & theirs if travels(feed)}


def differences(one: PC, other: PC) -> list[str]:
    """Where two sites do not agree about the feeds they share."""
    feeds = shared(one, other)
    mine, theirs = contents(one, feeds), contents(other, feeds)
    said = []
    for name in mine:
        here, there = set(mine[name]), set(theirs[name])
        said += [f"{name} only on {one.name}: {row}" for row in sorted(here - there, key=repr)]
        said += [f"{name} only on {other.name}: {row}" for row in sorted(there - here, key=repr)]
    return said


def dump(pc: PC, *, but: Iterable[str] = ()) -> Rows:
    """The whole database, table by table."""
    left = set(but)
    with pc.reading() as conn:
        return {
            name: sorted(map(tuple, conn.execute(select(table)).all()), key=repr)
            for name, table in metadata.tables.items()
            if name not in left
        }


def heads(pc: PC, id: str, name: str) -> list[Any]:
    """The values of a dispute's field that stand on this PC."""
    with pc.reading() as conn:
        text = conn.scalar(select(HEAD.c.heads).where(HEAD.c.kind == "dispute", HEAD.c.id == id))
        shown = conn.execute(
            select(TABLES["dispute"].c[name]).where(TABLES["dispute"].c.id == id)
        ).scalar_one()
    found = RecordHeads.load(text or "").of(name).heads
    return [shown] if len(found) == 1 else [head.value for head in found]


def shuffled(paths: Iterable[Path], seed: int) -> list[Path]:
    """The same files in another order."""
    order = list(paths)
    random.Random(seed).shuffle(order)
    return order
