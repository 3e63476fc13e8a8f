"""密件投递: what is dropped for the sealed store, taken in there, and left of it in the open one.

Anybody at the desk can drop, nobody but a holder of the grant can read: what is dropped is sealed
for the sealed store's public key. A drop is one transaction with the stub it leaves. Taking in is
done again where it was interrupted: records that are there already are left alone.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from typing import Any, Final

from ..domain.errors import DamagedInput
from ..domain.kinds import KINDS
from ..domain.matter import MatterFile
from ..domain.records import Claim, Intake, Matter, Party, Record, Stamp
from ..domain.sealing import is_stub, stub_of, stub_of_item
from ..exchange.suite import box_public, new_box, open_sealed, seal
from ..journal.feeds import name_in, named_in
from ..journal.ops import EventOp, FieldWrite, SetOp, VoidOp
from ..journal.plain import from_plain, to_plain
from ..store import drops
from ..store.changelog import Change, Transaction, change, new, new_id
from ..store.database import Connection
from ..store.drops import Drop
from ..store.files import fetch, get, load_file, with_bases
from ..store.tables import TABLES
from .desk import Desk

log = logging.getLogger(__name__)

RECORDS: Final = "records"
FILE: Final = "file"

_REASON = "已移入密件库"


# --- dropping ----------------------------------------------------------------------------------


def _box(conn: Connection) -> str:
    """The key to seal for; before anybody holds the grant one is made here, so that no
    registration has to wait for it."""
    public = drops.box(conn)
    if not public:
        secret = new_box()
        public = box_public(secret)
        drops.set_box(conn, public, secret)
    return public


def _drop(desk: Desk, conn: Connection, matter: str, sort: str, body: bytes) -> None:
    sealed = BytesIO()
    seal(BytesIO(body), sealed, [_box(conn)])
    drops.put(conn, Drop(new_id(), matter, sort, desk.now().isoformat(), sealed.getvalue()))


def _drop_records(
    desk: Desk, conn: Connection, matter: str, records: Iterable[Mapping[str, Any]]
) -> None:
    plain = {"records": list(records)}
    _drop(desk, conn, matter, RECORDS, json.dumps(plain, ensure_ascii=False).encode())


def drop_file(desk: Desk, conn: Connection, matter: str, content: bytes) -> None:
    """The bytes of a paper or attachment of a sealed matter; its record goes by itself."""
    _drop(desk, conn, matter, FILE, content)


def drop_changes(
    desk: Desk, tx: Transaction, matter: Matter, intake: Intake, written: Iterable[Change]
) -> None:
    """A registration about a sealed matter: all that would be written goes into the slot.

    What stays in the open store are stubs: of the matter where the item opens it, of the item.
    """
    feed = desk.local_feed
    if intake.first:
        tx.append([new(stub_of(matter, feed))])
    tx.append([new(stub_of_item(intake, feed))])
    _drop_records(desk, tx.conn, matter.id, _plain_of(written))


def file_of(matter: Matter, written: Iterable[Change]) -> MatterFile:
    """What was dropped as a file, for the receipt that the citizen is given at the counter."""
    parts: dict[str, list[Any]] = {}
    for each in _plain_of(written):
        record = from_plain(KINDS[each["kind"]], each["id"], matter.feed, each["values"])
        parts.setdefault(record.kind, []).append(record)
    return MatterFile(
        matter=matter, claims=tuple(parts.get("claim", ())),
        intakes=tuple(parts.get("intake", ())), parties=tuple(parts.get("party", ())),
        steps=tuple(parts.get("step", ())),
    )  # fmt: skip


def drop_record(desk: Desk, tx: Transaction, record: Record, matter: str) -> None:
    """One more record of a sealed matter (an attachment) into the slot."""
    _drop_records(desk, tx.conn, matter, [_plain(record)])


def _plain(record: Record) -> dict[str, Any]:
    return {"kind": record.kind, "id": record.id, "values": to_plain(record)}


def _plain_of(written: Iterable[Change]) -> Iterator[dict[str, Any]]:
    """First writings as plain records; changes of records that exist are not among them."""
    for _, op in written:
        if isinstance(op, EventOp):
            yield {"kind": op.t, "id": op.id, "values": dict(op.d)}
        elif isinstance(op, SetOp):
            values = {name: write.value for name, write in op.f.items()}
            yield {"kind": op.t, "id": op.id, "values": values}


# --- what turned out to be an accusation, or came as one ------------------------------------------


def sweep(desk: Desk, tx: Transaction) -> int:
    """Move every sealed matter whose content lies in the open store into the slot.

    One that was sorted as an accusation later, one of an earlier version of the program, one that
    another PC of the office or the county sorted. Its whole file is dropped, what lies in the
    tables is blanked by entries that never leave this PC: each PC, and each office that holds the
    matter by right, moves its own copy. Returns how many.
    """
    table = TABLES["matter"]
    found = fetch(tx.conn, Matter, table.c.sealed == 1, table.c.query_code != "", with_voided=True)
    for matter in found:
        file = load_file(tx.conn, matter.id)
        assert file is not None
        _drop_records(desk, tx.conn, matter.id, map(_plain, _parts(file)))
        papers = {paper.sha256 for paper in file.documents}
        for sha256 in sorted(papers.union(given.sha256 for given in file.attachments)):
            if desk.blobs.has(sha256):
                drop_file(desk, tx.conn, matter.id, desk.blobs.read(sha256))
        tx.append(_blanked(desk, tx.conn, file))
    return len(found)


def _parts(file: MatterFile) -> tuple[Record, ...]:
    matter = replace(file.matter, sealed=True, nature="accusation")
    return (
        matter, *file.intakes, *file.claims, *file.parties, *file.steps, *file.documents,
        *file.attachments,
    )  # fmt: skip


def _blanked(desk: Desk, conn: Connection, file: MatterFile) -> Iterator[Change]:
    feed = desk.local_feed
    yield here(desk, conn, file.matter, **_differences(file.matter, stub_of(file.matter, feed)))
    for intake in file.intakes:
        yield here(desk, conn, intake, **_differences(intake, stub_of_item(intake, feed)))
    for claim in file.claims:
        yield here(desk, conn, claim, text="", facts="")
    for party in file.parties:
        nothing = Party(id=party.id, feed=feed, intake="", matter="", no=party.no)
        kept = {"intake", "matter", "no"}
        gone = {n: v for n, v in _differences(party, nothing).items() if n not in kept}
        if gone:
            yield here(desk, conn, party, **gone)
    for event in (*file.steps, *file.documents, *file.attachments):
        yield Change(feed, VoidOp(event.kind, event.id, _REASON))


def _differences(record: Record, wanted: Record) -> dict[str, Any]:
    now, then = to_plain(record), to_plain(wanted)
    return {name: getattr(wanted, name) for name, value in then.items() if now[name] != value}


def here(desk: Desk, conn: Connection, record: Record, **fields: Any) -> Change:
    """A change that stays on this PC, of a record that may live in a feed that travels."""
    current = with_bases(conn, record)
    feed, op = change(current, **fields)
    if feed == desk.local_feed:
        return Change(feed, op)
    assert isinstance(op, SetOp)
    writes = {
        name: FieldWrite(
            write.value, tuple(_named_here(desk, stamp, feed) for stamp in write.bases)
        )
        for name, write in op.f.items()
    }
    return Change(desk.local_feed, SetOp(op.t, op.id, writes))


def _named_here(desk: Desk, stamp: Stamp, home: str) -> Stamp:
    return name_in(*named_in(stamp, home), desk.local_feed)


# --- taking in -----------------------------------------------------------------------------------


def take_in(desk: Desk) -> int:
    """Everything that waits in the slot, into the sealed store; returns how much was taken.

    What cannot be opened stays where it is: another key may open it.
    """
    vault = desk.vault
    assert vault is not None, "only a holder of the grant takes in"
    with desk.reading() as conn:
        waiting, interim = drops.waiting(conn), drops.interim(conn)
    taken = 0
    for id in waiting:
        with desk.reading() as conn:
            drop = drops.get(conn, id)
        if drop is None or not _taken(vault, drop, [vault.site.box, *filter(None, [interim])]):
            continue
        with desk.database.write() as conn:
            drops.forget(conn, id)
        taken += 1
    if interim:
        with desk.database.write() as conn:
            if drops.box(conn) == box_public(vault.site.box) and not drops.waiting(conn):
                drops.forget_interim(conn)
    return taken


def _taken(vault: Desk, drop: Drop, secrets: Iterable[str]) -> bool:
    body = _opened(drop.body, secrets)
    if body is None:
        log.warning("a drop that this store's key does not open: %s", drop.id)
        return False
    if drop.sort == FILE:
        vault.blobs.put_bytes(body)
        return True
    with vault.writing() as tx:
        tx.append(_missing(vault, tx.conn, json.loads(body)["records"]))
    return True


def _opened(body: bytes, secrets: Iterable[str]) -> bytes | None:
    for secret in secrets:
        plain = BytesIO()
        try:
            open_sealed(BytesIO(body), plain, secret)
        except DamagedInput:
            continue
        return plain.getvalue()
    return None


def _missing(vault: Desk, conn: Connection, plain: list[Mapping[str, Any]]) -> list[Change]:
    """What the sealed store does not hold yet of these records."""
    records = [
        from_plain(KINDS[each["kind"]], each["id"], vault.local_feed, each["values"])
        for each in plain
    ]
    fresh = [record for record in records if get(conn, type(record), record.id) is None]
    known = {
        r.matter for r in fresh if isinstance(r, Claim | Intake) and get(conn, Matter, r.matter)
    }
    changes: list[Change] = []
    for record in fresh:
        if isinstance(record, Matter):
            record = replace(record, sealed=True, nature=record.nature or "accusation")
        if isinstance(record, Claim) and record.matter in known:
            continue
        changes.append(new(record))
    for matter in sorted(known):
        changes += _more_claims(conn, matter, fresh)
        changes += _more_wishes(conn, matter, fresh)
    return changes


def _more_claims(conn: Connection, matter: str, fresh: Iterable[Record]) -> Iterator[Change]:
    """A further contact adds only the requests that are not on file yet, numbered on."""
    on_file = fetch(conn, Claim, TABLES["claim"].c.matter == matter)
    said = {claim.text for claim in on_file}
    last = max((claim.no for claim in on_file), default=0)
    for record in fresh:
        if isinstance(record, Claim) and record.matter == matter and record.text not in said:
            last += 1
            said.add(record.text)
            yield new(replace(record, no=last))


WISHES = ("confidential", "urgent", "large_print")
"""Flags that a later contact raises for the whole matter; none is ever lowered by one."""


def _more_wishes(conn: Connection, matter: str, fresh: Iterable[Record]) -> Iterator[Change]:
    known = get(conn, Matter, matter)
    items = [r for r in fresh if isinstance(r, Intake) and r.matter == matter]
    assert known is not None
    raised = {
        n: True for n in WISHES if not getattr(known, n) and any(getattr(i, n) for i in items)
    }
    if raised:
        yield change(known, **raised)


# --- the stubs follow ----------------------------------------------------------------------------


def settle_stubs(desk: Desk) -> None:
    """Let the stubs in the open store say where their matters stand, split-off ones included."""
    assert desk.vault is not None
    with desk.vault.reading() as conn:
        sealed = fetch(conn, Matter, with_voided=True)
    with desk.reading() as conn:
        behind = [matter for matter in sealed if list(_following(desk, conn, matter))]
    if behind:
        with desk.writing() as tx:
            tx.append([each for matter in behind for each in _following(desk, tx.conn, matter)])


def _following(desk: Desk, conn: Connection, matter: Matter) -> Iterator[Change]:
    wanted = stub_of(matter, desk.local_feed)
    stub = get(conn, Matter, matter.id)
    if stub is None:
        yield new(wanted)
    elif is_stub(stub):
        said = _differences(stub, wanted)
        if said:
            yield here(desk, conn, stub, **said)
