"""Making bundles (生成数据包): what the other side has not confirmed, sealed for it alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import zstandard

from .. import __version__
from ..domain.errors import RuleViolation
from ..exchange import layout, packing
from ..exchange.container import Frame, write_bundle
from ..exchange.layout import BLOB, CHECKPOINTS, LOG, MUST, ROSTER, Outer
from ..exchange.manifest import Blob, Manifest, Point, Range
from ..exchange.parting import Part, parts
from ..journal.canonical import canonical
from ..journal.chain import Chain, Head
from ..journal.signing import checkpoint_text
from ..store import changelog, meta, outbox, peers, vector
from ..store.atomic import disk_problems_in_words
from ..store.blobs import BlobStore, Parts
from ..store.changelog import Transaction, new_id
from ..store.database import Connection, gate_of
from ..store.outbox import Run, Signed
from ..store.peers import BundleRow, Peer
from ..store.schema import HEAD as SCHEMA
from . import rosters
from .desk import Desk, use_case
from .directory import Directory

UNIT: Final = 256 * 1024
"""Raw bytes of the log that are never cut apart when a shipment is parted."""

_FRAME_OF: Final = 5_000
"""Checkpoints in one frame."""

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """One file of a shipment."""

    path: Path
    bundle: str
    part: int
    size: int
    sha256: str
    entries: int


@dataclass(frozen=True, slots=True)
class Exported:
    """A shipment that stands whole on the disk: the stick may be pulled out."""

    to: str
    to_name: str
    serial: int
    files: tuple[ExportedFile, ...]
    entries: int
    attachments: int


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Entries of one run that go together; ``after`` is the head before them."""

    run: Run
    after: Head
    head: Head
    count: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """One piece of an attachment."""

    sha256: str
    size: int
    number: int


_Item = _Stretch | _Piece


@dataclass(slots=True)
class _Shipment:
    """What all parts of one shipment share."""

    desk: Desk
    conn: Connection
    site: meta.Site
    peer: Peer
    serial: int
    bundle: str
    kind: str
    created: str
    vector: tuple[Point, ...]
    want: tuple[str, ...]
    rosters: tuple[bytes, ...]
    runs: Sequence[Run]
    signed: dict[Chain, list[Signed]] = field(default_factory=dict)


@use_case("exchange_bundles")
def export_bundle(
    desk: Desk,
    to: str,
    out: Path,
    *,
    budget: int | None = None,
    recovery: bool = False,
    progress: Progress = lambda done, total: None,
    cancelled: Cancelled = lambda: False,
) -> Exported:
    """Write what ``to`` has not confirmed into the folder ``out``, in files of at most ``budget``.

    ``recovery`` sends all we hold, whatever was confirmed: the other side lost its disk. There is
    a file also when nothing is new: it says what we hold and lack. Raises RuleViolation for an
    unknown or revoked site, EnvironmentProblem of the disk, ``Cancelled``; then no file stays.
    """
    with disk_problems_in_words(out.name or str(out)):
        out.mkdir(parents=True, exist_ok=True)
    with desk.writing() as tx:
        peer, serial = _begin(tx, to)
    with desk.reading() as conn:
        shipment = _shipment(desk, conn, peer, serial, recovery)
        loads = list(parts(_items(shipment, budget, cancelled), budget))
        _sign_cuts(shipment, loads)
        files = _write_all(shipment, loads, out, progress, cancelled)
    entries = sum(file.entries for file in files)
    contents = {item.sha256 for load in loads for item in load.items if isinstance(item, _Piece)}
    with desk.writing() as tx:
        _note(tx, shipment, files, entries, len(contents))
    desk.look("bundle_out", site=peer.site, serial=serial, entries=entries)
    return Exported(peer.site, peer.name, serial, files, entries, len(contents))


def _begin(tx: Transaction, to: str) -> tuple[Peer, int]:
    """Sign what will go, and take the next number."""
    known = Directory.read(tx.conn)
    peer = known.find(to)
    if peer.status == "revoked":
        raise RuleViolation(
            "site_revoked", f"“{peer.name}”已经停用，不再给它数据。",
            mend="对方换了电脑的，请它交来新的站点名片，添加后再生成。", field="to",
        )  # fmt: skip
    rosters.renew(tx)
    serial = int(meta.get(tx.conn, "site.serial") or b"0") + 1
    meta.put(tx.conn, "site.serial", str(serial).encode())
    shared = known.shared_with(peer)
    with gate_of(tx.conn):
        changelog.sign_all(tx.conn, tx.site, shared)
    return peer, serial


def _shipment(desk: Desk, conn: Connection, peer: Peer, serial: int, recovery: bool) -> _Shipment:
    known = Directory.read(conn)
    feeds = known.shared_with(peer)
    found = outbox.runs(conn, feeds, {} if recovery else peer.ack)
    points = tuple(
        Point(**chain._asdict(), seq=head.seq, hash=head.digest)
        for chain, head in sorted(vector.heads(conn).items())
        if chain.feed in feeds
    )
    kept = peers.rosters(conn)
    return _Shipment(
        desk, conn, known.site, peer, serial, new_id(), "recovery" if recovery else "changes",
        desk.now().isoformat(), points, tuple(peers.missing(conn, feeds)),
        tuple(kept[feed][1] for feed in sorted({*feeds, known.site.feed}) if feed in kept), found,
        {run.chain: outbox.checkpoints(conn, run) for run in found},
    )  # fmt: skip


# --- what goes into which part -----------------------------------------------------------------


def _items(
    shipment: _Shipment, budget: int | None, cancelled: Cancelled
) -> Iterator[tuple[_Item, int]]:
    """Records first, then attachments: records never wait for a photograph."""
    named: dict[str, None] = {}
    for run in shipment.runs:
        yield from _stretches(shipment, run, budget is not None, named, cancelled)
    feeds = {point.feed for point in shipment.vector}
    wanted = outbox.shared_contents(shipment.conn, shipment.peer.want, feeds)
    for sha256 in dict.fromkeys([*named, *wanted]):
        size = shipment.desk.blobs.size(sha256)
        for number in range(-(-size // packing.PIECE)):
            yield _Piece(sha256, size, number), min(packing.PIECE, size - number * packing.PIECE)


def _stretches(
    shipment: _Shipment,
    run: Run,
    measured: bool,
    named: dict[str, None],
    cancelled: Cancelled,
) -> Iterator[tuple[_Stretch, int]]:
    packer = zstandard.ZstdCompressor(level=3)
    raw, after, at, count = bytearray(), run.after, run.after, 0
    for row in outbox.rows(shipment.conn, run.chain, run.after.seq + 1, run.head.seq):
        named.update(dict.fromkeys(outbox.contents_named(row.body)))
        if cancelled():
            raise layout.Cancelled
        if measured and raw and len(raw) + len(row.body) > UNIT:
            yield _Stretch(run, after, at, count), len(packer.compress(bytes(raw)))
            raw, after, count = bytearray(), at, 0
        if measured:
            raw += row.body
        at, count = Head(row.seq, row.hash), count + 1
    if count:
        yield _Stretch(run, after, at, count), len(packer.compress(bytes(raw))) if measured else 0


def _sign_cuts(shipment: _Shipment, loads: Sequence[Part[_Item]]) -> None:
    """Where a part ends inside our own chain, sign there, so that it stands by itself."""
    site = shipment.site
    for load in loads:
        for stretch in load.items:
            if isinstance(stretch, _Stretch) and stretch.run.chain.site == site.id:
                chain, head = stretch.run.chain, stretch.head
                text = checkpoint_text(chain.feed, chain.epoch, head.seq, head.digest)
                signed = Signed(chain, head.seq, head.digest, site.signing.sign(text))
                if all(each.seq != head.seq for each in shipment.signed[chain]):
                    shipment.signed[chain].append(signed)


# --- writing -----------------------------------------------------------------------------------


def _write_all(
    shipment: _Shipment,
    loads: Sequence[Part[_Item]],
    out: Path,
    progress: Progress,
    cancelled: Cancelled,
) -> tuple[ExportedFile, ...]:
    total = sum(load.size for load in loads) * 2
    done = 0
    files: list[ExportedFile] = []
    try:
        for number, load in enumerate(loads, 1):
            at = done

            def told(now: int, _: int, at: int = at) -> None:
                progress(min(at + now, total), total)

            files.append(_write(shipment, load, number, len(loads), out, told, cancelled))
            done += load.size * 2
    except BaseException:
        for file in files:
            with suppress(OSError):
                file.path.unlink()
        raise
    progress(total, total)
    return tuple(files)


def _write(
    shipment: _Shipment,
    load: Part[_Item],
    number: int,
    of: int,
    out: Path,
    progress: Progress,
    cancelled: Cancelled,
) -> ExportedFile:
    ranges = _ranges(load.items)
    pieces = [item for item in load.items if isinstance(item, _Piece)]
    blobs = tuple(
        Blob(sha256=s, size=n) for s, n in dict.fromkeys((p.sha256, p.size) for p in pieces)
    )
    entries = sum(each.count for each in ranges)
    site = shipment.site
    outer = Outer(
        bundle=shipment.bundle, kind=shipment.kind, sender=site.id, part=number, parts=of,
        created=shipment.created,
    )  # fmt: skip
    manifest = Manifest(
        bundle=shipment.bundle, kind=shipment.kind, serial=shipment.serial, epoch=site.epoch,
        part=number, parts=of, sender=site.id, to=(shipment.peer.site,), app=__version__,
        schema=SCHEMA, created=shipment.created, ranges=ranges,
        requires=tuple(
            Point(feed=r.feed, site=r.site, epoch=r.epoch, seq=r.first - 1, hash=r.prev)
            for r in ranges
            if r.first > 1
        ),
        vector=shipment.vector, want=shipment.want, blobs=blobs,
        counts={"entries": entries, "attachments": len(blobs)},
    )  # fmt: skip
    path = out / _file_name(shipment, number, of)

    def frames() -> Iterator[Frame]:
        for body in shipment.rosters:
            yield Frame(ROSTER, 0, body)
        yield from _signatures(shipment, ranges)
        for index, each in enumerate(ranges):
            chain = Chain(each.feed, each.site, each.epoch)
            bodies = (row.body for row in outbox.rows(shipment.conn, chain, each.first, each.last))
            for payload in packing.pack(index, bodies):
                yield Frame(LOG, MUST, payload)
        yield from _blob_frames(shipment.desk.blobs, blobs, pieces)

    with disk_problems_in_words(path.name):
        written = write_bundle(
            path, outer, manifest, frames, site.signing.sign, [shipment.peer.box], progress,
            cancelled,
        )  # fmt: skip
    return ExportedFile(path, shipment.bundle, number, written.size, written.sha256, entries)


def _ranges(items: Sequence[_Item]) -> tuple[Range, ...]:
    """Stretches that follow one another become one range."""
    joined: list[Range] = []
    for item in items:
        if not isinstance(item, _Stretch):
            continue
        chain, last = item.run.chain, joined[-1] if joined else None
        if last and (last.feed, last.site, last.epoch, last.last) == (*chain, item.after.seq):
            joined[-1] = replace(
                last, last=item.head.seq, hash=item.head.digest, count=last.count + item.count
            )
        else:
            joined.append(
                Range(
                    **chain._asdict(),
                    first=item.after.seq + 1,
                    last=item.head.seq,
                    prev=item.after.digest,
                    hash=item.head.digest,
                    count=item.count,
                )
            )
    return tuple(joined)


def _signatures(shipment: _Shipment, ranges: Sequence[Range]) -> Iterator[Frame]:
    rows = [
        [*signed.chain, signed.seq, signed.hash, signed.signature.hex()]
        for each in ranges
        for signed in shipment.signed[Chain(each.feed, each.site, each.epoch)]
        if each.first <= signed.seq
    ]
    for start in range(0, len(rows), _FRAME_OF):
        yield Frame(CHECKPOINTS, MUST, canonical(rows[start : start + _FRAME_OF]))


def _blob_frames(
    blobs: BlobStore, listed: Sequence[Blob], pieces: Sequence[_Piece]
) -> Iterator[Frame]:
    numbers: Mapping[str, set[int]] = {
        blob.sha256: {p.number for p in pieces if p.sha256 == blob.sha256} for blob in listed
    }
    for index, blob in enumerate(listed):
        source = Parts(blobs.stream(blob.sha256))
        for number, payload in enumerate(packing.pieces(index, source)):
            if number in numbers[blob.sha256]:
                yield Frame(BLOB, 0, payload)


_UNSAFE: Final = re.compile(r'[\\/:*?"<>|\s\x00-\x1f]+')


def _file_name(shipment: _Shipment, number: int, of: int) -> str:
    """青石镇信访办-柳溪村-20260921-第7包.xfb; names of offices only."""
    ours = rosters.site_name(shipment.desk.office.name, shipment.site.block)
    ends = (_UNSAFE.sub("", name)[:30] for name in (ours, shipment.peer.name))
    epoch = f"{shipment.site.epoch}期" if shipment.site.epoch > 1 else ""
    part = f"（共{of}个之{number}）" if of > 1 else ""
    day = shipment.created[:10].replace("-", "")
    return f"{'-'.join(ends)}-{day}-{epoch}第{shipment.serial}包{part}.xfb"


def _note(
    tx: Transaction,
    shipment: _Shipment,
    files: Sequence[ExportedFile],
    entries: int,
    attachments: int,
) -> None:
    now = tx.wall.isoformat(timespec="seconds")
    for file in files:
        peers.note_bundle(
            tx.conn,
            BundleRow(
                bundle=file.bundle, part=file.part, way="out", sha256=file.sha256,
                peer=shipment.peer.site, at=now, by=tx.author.name, file=file.path.name,
                report={
                    "serial": shipment.serial, "parts": len(files), "size": file.size,
                    "entries": entries, "attachments": attachments, "kind": shipment.kind,
                },
            ),
        )  # fmt: skip
    latest = peers.peers(tx.conn)[shipment.peer.site]
    peers.put(tx.conn, replace(latest, last_out=now))
