"""Applying a proved bundle (落库): the second reading, inside one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any, Final

from ..exchange import layout, packing
from ..exchange.checking import Checked, Entries, check_piece
from ..exchange.container import read_bundle
from ..exchange.layout import Outer
from ..exchange.manifest import Manifest
from ..exchange.packing import unpack_piece
from ..exchange.refusals import refuse
from ..journal.chain import Chain, Head, origin
from ..journal.entry import Entry
from ..journal.ops import EventOp
from ..store import changelog, conflicts, outbox, peers, vector
from ..store.bulk import fewer_collections
from ..store.changelog import Transaction
from ..store.database import Connection, gate_of
from ..store.inbox import Arrival, Inbox, Taken, shelf
from ..store.peers import BundleRow, Peer
from ..store.pieces import Pieces
from . import epochs, rosters
from .bundle_report import NEW, WAITING, BundleReport, Counts
from .desk import Desk
from .directory import Directory
from .exchange_words import bundle_sentence, clock_warning, gap_sentence, lost_sentence

SAFE_LEAD_MS: Final = 10 * 60 * 1000
"""How far the other clock may run ahead before it is told."""

Cancelled = Callable[[], bool]


def sender_name(known: Directory, site: str) -> str:
    """What a site is called here; its id where nobody knows it."""
    if site == known.site.id:
        return "本机"
    peer = known.peers.get(site)
    return peer.name if peer else site


class Keys:
    """The public keys of sites: those we know, and those a roster in the same bundle names."""

    def __init__(self, known: Directory) -> None:
        self._known = known
        self._keys = {peer.site: bytes.fromhex(peer.sign) for peer in known.peers.values()}
        self._keys[known.site.id] = known.site.public

    def of_sender(self, site: str) -> bytes:
        """The key of the site that made the bundle. Raises DamagedInput for one we do not trust."""
        peer = self._known.peers.get(site)
        if peer is None:
            raise refuse("unknown_sender")
        if peer.status == "revoked":
            raise refuse("sender_revoked")
        return bytes.fromhex(peer.sign)

    def of(self, site: str) -> bytes | None:
        """The key of a site whose entries are passed on; None where nobody here knows it."""
        return self._keys.get(site)

    def learn(self, data: bytes) -> None:
        """Take the keys of a roster that came along, where a root we follow signed it."""
        roster = rosters.read(self._known, data)
        for member in roster.sites if roster else ():
            self._keys.setdefault(member.site, bytes.fromhex(member.sign))


class Receipt:
    """Applies a proved bundle inside one transaction."""

    def __init__(self, desk: Desk, file: str, digest: str, outer: Outer, checked: Checked) -> None:
        self._desk = desk
        self._file = file
        self._digest = digest
        self._outer = outer
        self._checked = checked
        self.keep_pieces = True
        self._pieces = Pieces(desk.home, desk.database.key, desk.blobs, packing.PIECE)
        self._named: dict[str, set[str]] = {}  # feed → contents that its new entries name
        self._opened: list[Entry] = []
        self._whole: set[str] = set()
        self._arrived = 0

    def apply(self, tx: Transaction, file: Any, cancelled: Cancelled) -> BundleReport:
        """Read the file once more and write what it brings; the transaction is the caller's.

        Raises DamagedInput where the file is not the one that was proved.
        """
        conn, manifest = tx.conn, self._checked.manifest
        with gate_of(conn), fewer_collections():
            open_before = conflicts.all_open(conn)
            for roster in self._checked.rosters:
                rosters.accept(tx, roster)
            known = Directory.read(conn)
            self._keep_signatures(conn, known)
            inbox = Inbox(conn, known, self._desk.setting, manifest.sender, self._desk.now())
            self._read_again(file, known, inbox, cancelled)
            taken = inbox.finish()
            tx.touched |= taken.touched
            self._missing(tx)
            alarms = self._alarms(tx, known, taken)
            peer = self._acknowledged(tx, manifest)
            report = self._report(tx, known, taken, open_before, alarms)
            self._note(tx, peer, report)
        return report

    def _keep_signatures(self, conn: Connection, known: Directory) -> None:
        """Under the name of the site; the inbox gives those of a branch the branch's name.

        One over our own chain counts only with what it signs: else something would seem lost.
        """
        came = {
            Chain(each.feed, origin(each.site), each.epoch): each.last
            for each in self._checked.manifest.ranges
        }
        for signed in self._checked.signed:
            chain = signed.chain._replace(site=origin(signed.chain.site))
            if chain.site != known.site.id or signed.head.seq <= came.get(chain, 0):
                changelog.keep_checkpoint(conn, chain, signed.head, signed.signature)

    def _read_again(self, file: Any, known: Directory, inbox: Inbox, cancelled: Cancelled) -> None:
        entries = Entries(self._checked)
        sink = _Second(self, entries, inbox)
        keys = Keys(known)
        read_bundle(file, known.site.box, known.site.id, keys.of_sender, sink, cancelled)
        entries.finish()
        self._arrived = sum(each.count for each in self._checked.manifest.ranges)

    def entry(self, entry: Entry, body: bytes) -> None:
        """What an entry names besides its records."""
        named = outbox.contents_named(body)
        if named:
            self._named.setdefault(entry.feed, set()).update(named)
        if any(isinstance(op, EventOp) and op.t == epochs.OPENED for op in entry.ops):
            self._opened.append(entry)

    def piece(self, payload: bytes) -> None:
        """A piece of an attachment that some record names."""
        check_piece(self._checked.manifest, payload)
        piece = unpack_piece(payload)
        blob = self._checked.manifest.blobs[piece.blob]
        if not self.keep_pieces or self._pieces.put(
            blob.sha256, blob.size, piece.number, piece.data
        ):
            self._whole.add(blob.sha256)

    def _missing(self, tx: Transaction) -> None:
        for feed, named in self._named.items():
            lacking = [s for s in sorted(named) if not self._desk.blobs.has(s)]
            peers.note_missing(tx.conn, lacking, feed)
        peers.arrived(tx.conn, self._whole)

    def _alarms(self, tx: Transaction, known: Directory, taken: Taken) -> tuple[str, ...]:
        said = [
            f"{sender_name(known, chain.site)}的同一个编号写了两条不同的记录：它的数据文件夹被复制到了另一台电脑。"
            "两边的内容都已保留，没有丢。请停用其中一台，并在那台上重新建立站点。"
            for chain in sorted(taken.forked)
            if chain.site != known.site.id
        ]
        heads = vector.heads(tx.conn)
        said += filter(None, (_restored(known, heads, entry) for entry in self._opened))
        own = (known.site.id, known.site.epoch)
        if own in taken.writers or any(c.site == known.site.id for c in taken.forked):
            epochs.open_next(tx, epochs.COPIED)
            said.append(
                "收到了用本站点的名义写下、本机却没有的记录：本机的数据文件夹被复制过。"
                "本机从现在起用新的编号段，两边都不会重号。请停用复制出去的那一份。"
            )
        return tuple(dict.fromkeys(said))

    def _acknowledged(self, tx: Transaction, manifest: Manifest) -> Peer:
        """What the sender holds and lacks, as it says in its newest bundle.

        An earlier number is an older bundle that comes late, or it is from a disk that was put back
        together with its token, or from a copy: then what is held there can only be less.
        """
        peer = peers.peers(tx.conn)[manifest.sender]
        now = tx.wall.isoformat(timespec="seconds")
        ack = {Chain(p.feed, p.site, p.epoch): Head(p.seq, p.hash) for p in manifest.vector}
        if (manifest.epoch, manifest.serial) >= (peer.ack_epoch, peer.ack_serial):
            peer = replace(
                peer, ack=ack, ack_epoch=manifest.epoch, ack_serial=manifest.serial,
                want=manifest.want, epoch=max(peer.epoch, manifest.epoch),
            )  # fmt: skip
        else:
            want = tuple(dict.fromkeys((*peer.want, *manifest.want)))
            peer = replace(peer, ack=_lower(peer.ack, ack), want=want)
        peer = replace(peer, last_in=now)
        peers.put(tx.conn, peer)
        return peer

    def _report(
        self,
        tx: Transaction,
        known: Directory,
        taken: Taken,
        open_before: set[tuple[str, str, str]],
        alarms: tuple[str, ...],
    ) -> BundleReport:
        manifest, conn = self._checked.manifest, tx.conn
        new_conflicts = conflicts.all_open(conn) - open_before
        created = {kind: len(ids) for kind, ids in sorted(taken.created.items())}
        updated = {
            kind: len(ids - taken.created.get(kind, set()))
            for kind, ids in sorted(taken.updated.items())
        }
        report = BundleReport(
            file=self._file, result=WAITING if taken.waiting else NEW, sender=manifest.sender,
            sender_name=sender_name(known, manifest.sender), bundle=manifest.bundle,
            serial=manifest.serial, part=manifest.part, parts=manifest.parts,
            created_at=manifest.created,
            entries=Counts(taken.new, taken.known, taken.waiting, taken.refused),
            created=created, updated={k: n for k, n in updated.items() if n},
            conflicts=len(new_conflicts), parallel=_parallel(tx, known, manifest, taken),
            attachments=len(self._whole), recovered=taken.recovered(known.site.id),
            lost=tuple(map(lost_sentence, epochs.lost(conn))),
            missing=len(peers.missing(conn, {each.feed for each in manifest.vector})),
            gaps=tuple(gap_sentence(gap, sender_name(known, gap.site)) for gap in shelf(conn)),
            alarms=alarms, warnings=_warnings(self._desk.now(), manifest, taken),
        )  # fmt: skip
        return replace(report, sentence=bundle_sentence(report))

    def _note(self, tx: Transaction, peer: Peer, report: BundleReport) -> None:
        plain = asdict(report) | {"arrived": self._arrived}
        peers.note_bundle(
            tx.conn,
            BundleRow(
                bundle=report.bundle, part=report.part, way="in", sha256=self._digest,
                peer=peer.site, at=tx.wall.isoformat(timespec="seconds"), by=tx.author.name,
                file=self._file, report=plain,
            ),
        )  # fmt: skip


class _Second:
    """The sink of the second reading."""

    def __init__(self, receipt: Receipt, entries: Entries, inbox: Inbox) -> None:
        self._receipt, self._entries, self._inbox = receipt, entries, inbox

    def manifest(self, manifest: Manifest) -> None:
        """Must be the one that was proved: the file may have changed under us."""
        if manifest != self._receipt._checked.manifest:
            raise refuse("bundle_damaged")

    def frame(self, type: int, flags: int, payload: bytes) -> None:
        """Entries into the inbox, pieces onto the disk; the rest was taken on the first reading."""
        if type == layout.LOG:
            for each in self._entries.take(payload):
                if self._inbox.take(Arrival(each.entry, each.hash, each.body, each.covered)):
                    self._receipt.entry(each.entry, each.body)
        elif type == layout.BLOB:
            self._receipt.piece(payload)


def _lower(ack: Mapping[Chain, Head], said: Mapping[Chain, Head]) -> dict[Chain, Head]:
    """The lesser of what a site said before and what it says now, chain by chain."""
    return {
        chain: head if head.seq <= ack[chain].seq else ack[chain]
        for chain, head in said.items()
        if chain in ack
    }


def _restored(known: Directory, heads: Mapping[Chain, Head], entry: Entry) -> str:
    """Whether a site went on from less than it had already given out."""
    after: Sequence[Any] = next(op.d["after"] for op in entry.ops if isinstance(op, EventOp))
    had = {int(epoch): int(seq) for epoch, seq, _ in after}
    lost = sum(
        max(0, head.seq - had.get(chain.epoch, 0))
        for chain, head in heads.items()
        if (chain.feed, chain.site) == (entry.feed, entry.site) and chain.epoch < entry.epoch
    )
    if not lost:
        return ""
    return (
        f"{sender_name(known, entry.site)}从旧的数据重新开始，或它的文件夹被复制过：它从前写下的 {lost} 条记录它自己没有了。"
        "本机都有，下一个数据包会还给它。"
    )


def _parallel(tx: Transaction, known: Directory, manifest: Manifest, taken: Taken) -> int:
    """Records that both sides changed unseen by each other, in fields that do not meet."""
    told = {Chain(p.feed, p.site, p.epoch): p.seq for p in manifest.vector}
    open_now = {id for _, id, _ in conflicts.all_open(tx.conn)}
    changed = {id for ids in taken.updated.values() for id in ids} - open_now
    return outbox.written_since(tx.conn, known.site.id, told, changed)


def _warnings(now: datetime, manifest: Manifest, taken: Taken) -> tuple[str, ...]:
    lead = int((datetime.fromisoformat(manifest.created) - now).total_seconds() * 1000)
    lead = max(lead, taken.ahead_ms)
    said = [clock_warning(lead)] if lead > SAFE_LEAD_MS else []
    if taken.unknown_content:
        said.append("里面有更新版本才认得的内容，已原样保留；升级本机的信访台后会自动补上。")
    return tuple(said)
