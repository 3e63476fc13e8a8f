"""A data folder as the first release left it: schema 0001, its rows, its log.

Written past today's program on purpose. Fields, feeds and projections are those the first release
wrote; only keys, journal and hashes come from the program, which has not changed them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, MetaData, Table, insert

from tests.factories import CHEAP, CHINA, OFFICE, PASSWORD
from xinfang_desktop.journal.clock import START, tick
from xinfang_desktop.journal.entry import Actor, Entry, digest, encode
from xinfang_desktop.journal.merge import RecordHeads
from xinfang_desktop.journal.ops import EventOp, FieldWrite, Op, SetOp
from xinfang_desktop.store import keys, meta, schema
from xinfang_desktop.store.blobs import BlobStore
from xinfang_desktop.store.database import Database
from xinfang_desktop.store.tables import META

FEED = f"township:{OFFICE.code}"
EVENTS = frozenset({"step", "document", "attachment", "import_row"})
PAPER = b"%PDF-1.7 a paper of the first release"

Records = list[tuple[str, str, dict[str, Any]]]
"""Kind, id and fields; what is left out is what the first release wrote by default."""

DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "office": {
        "review_address": "", "address": "", "reception_hours": "", "acceptance_from": "notice",
        "late_after": "rolled", "local_rules": "", "simple_procedure": False, "practice": False,
    },
    "account": {"village": "", "disabled": False},
    "person": {"title": "", "unit": "", "phone": "", "may_sign": False, "interests": ""},
    "village": {},
    "intake": {
        "source": "", "source_ref": "", "headcount": 1, "place": "", "materials": "",
        "anonymous": False, "confidential": False, "urgent": False, "sealed": False,
        "large_print": False, "may_publish": False, "first": True, "late_entry": False,
        "history": False, "batch": "",
    },
    "matter": {
        "origin": "self", "report_due": None, "nature": "", "purpose": "", "category": "",
        "category_text": "", "place": "", "unit": "", "unreachable": False, "anonymous": False,
        "confidential": False, "urgent": False, "sealed": False, "large_print": False,
        "late_entry": False, "history": False, "batch": "",
    },
    "claim": {"facts": ""},
    "party": {"role": "petitioner", "id_type": "", "id_number": "", "address": ""},
    "step": {"from_state": "", "intake": "", "data": None},
    "document": {
        "intake": "", "large_print": False, "reprint_of": "", "facts": None, "warnings": [],
    },
    "attachment": {"intake": ""},
    "import_batch": {"sheet": "", "profile": "", "undone": False},
    "import_row": {"matter": "", "intake": "", "dispute": "", "cells": None, "problems": None},
    "dispute": {
        "parties": [], "category": "", "category_text": "", "place": "", "people": 0, "grade": "",
        "unit": "", "leader": "", "person": "", "due": None, "result": "", "batch": "",
    },
    "screening_return": {"filed_on": None, "by": "", "note": "", "batch": ""},
}  # fmt: skip


def lay_out(database: Database) -> None:
    """The tables of the first release, by its own migration."""
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    with database.exclusive() as conn:
        config.attributes["connection"] = conn
        command.upgrade(config, "0001")
        meta.put(conn, "schema", b"1")
        meta.put(conn, "derived", b"0.1.0 1")


class FirstRelease:
    """Writes as the first release did: one entry for each write, rows and heads beside it."""

    def __init__(self, database: Database, account: str) -> None:
        self.database = database
        self.site = meta.Site("site-1", 1, "A", Ed25519PrivateKey.generate(), FEED)
        self.author = Actor(account, OFFICE.admin)
        self.moment = datetime(2026, 5, 6, 9, tzinfo=CHINA)
        self._hlc = START
        self._last: dict[str, tuple[int, str]] = defaultdict(lambda: (0, ""))
        with database.exclusive() as conn:
            meta.write_site(conn, self.site)
            for later in (
                "site.feed",
                "site.box",
                "site.root",
            ):  # the first release knew none of them
                conn.execute(META.delete().where(META.c.key == later))
            self._tables = MetaData()
            self._tables.reflect(conn)

    def write(self, records: Records, feed: str = FEED) -> None:
        """New records, in one entry."""
        full = [(kind, id, {**DEFAULTS[kind], **fields}) for kind, id, fields in records]
        self._append([_op(*record) for record in full], feed, full)

    def change(self, kind: str, id: str, **fields: Any) -> None:
        """New values for fields of a record that is there."""
        with self.database.exclusive() as conn:
            head = self._tables.tables["head"]
            found = conn.execute(head.select().where(head.c.id == id)).mappings().one()
            bases = RecordHeads.load(found["heads"]).bases(fields)
        writes = {name: FieldWrite(value, bases[name]) for name, value in fields.items()}
        self._append([SetOp(kind, id, writes)], FEED, [])
        with self.database.exclusive() as conn:
            table = self._tables.tables[kind]
            conn.execute(table.update().where(table.c.id == id).values(**_columns(fields)))

    def leave_unfinished(self, key: str, title: str) -> None:
        """A draft of the account, which is in no log."""
        with self.database.exclusive() as conn:
            self._insert(conn, "draft", key=key, account=self.author.id, screen="register",
                         title=title, place_in_form="", saved_at=self.moment.isoformat(),
                         body='{"claims": ["修路"]}')  # fmt: skip

    def _append(self, ops: list[Op], feed: str, records: Records) -> None:
        self.moment += timedelta(minutes=1)
        seq, before = self._last[feed]
        self._hlc = tick(self._hlc, int(self.moment.timestamp() * 1000))
        entry = Entry(
            feed=feed, site=self.site.id, epoch=1, seq=seq + 1, prev=before, hlc=self._hlc,
            wall=self.moment.isoformat(timespec="seconds"), actor=self.author, app="0.1.0",
            schema=1, tx=f"tx-{feed}-{seq + 1}", ops=tuple(ops),
        )  # fmt: skip
        body = encode(entry)
        self._last[feed] = (entry.seq, digest(body))
        with self.database.exclusive() as conn:
            self._insert(conn, "log_entry", feed=feed, site=entry.site, epoch=1, seq=entry.seq,
                         hash=digest(body), prev=before, body=body)  # fmt: skip
            for kind, id, fields in records:
                row = {"id": id, "feed": feed, "voided": 0, **_columns(fields)}
                self._insert(conn, kind, **row)
            for op in ops:
                if isinstance(op, SetOp):
                    self._keep_heads(conn, op, entry)
            for matter in sorted(_matters(ops)):
                self._insert(conn, "log_record", matter=matter, feed=feed, site=entry.site,
                             epoch=1, seq=entry.seq)  # fmt: skip
            meta.put(conn, "hlc", f"{entry.hlc.ms} {entry.hlc.counter}".encode())

    def _insert(self, conn: Connection, table: str, **row: Any) -> None:
        found: Table = self._tables.tables[table]
        conn.execute(insert(found).values(**row))

    def _keep_heads(self, conn: Connection, op: SetOp, entry: Entry) -> None:
        head = self._tables.tables["head"]
        here = (head.c.kind == op.t) & (head.c.id == op.id)
        found = conn.execute(head.select().where(here)).mappings().first()
        before = RecordHeads.load(found["heads"]) if found else RecordHeads()
        after, _ = before.write(op.f, entry.stamp, entry.hlc, {})
        conn.execute(head.delete().where(here))
        self._insert(conn, "head", kind=op.t, id=op.id, heads=after.dump())


def _op(kind: str, id: str, fields: Mapping[str, Any]) -> Op:
    if kind in EVENTS:
        return EventOp(kind, id, fields)
    return SetOp(kind, id, {name: FieldWrite(value) for name, value in fields.items()})


def _matters(ops: list[Op]) -> set[str]:
    """The matters that an entry speaks of; the first release indexed nothing else."""
    found = {op.id for op in ops if isinstance(op, SetOp) and op.t == "matter"}
    found |= {str(op.f["matter"].value) for op in ops if isinstance(op, SetOp) and "matter" in op.f}
    found |= {str(op.d["matter"]) for op in ops if isinstance(op, EventOp) and op.d.get("matter")}
    return found


def _columns(fields: Mapping[str, Any]) -> dict[str, Any]:
    def lies(value: Any) -> Any:
        if isinstance(value, bool):
            return int(value)
        if isinstance(value, list | dict):
            return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return value

    return {name: lies(value) for name, value in fields.items()}


# --- what stands in it -------------------------------------------------------------------------

MATTER_NUMBER = f"{OFFICE.code}-XF-20260506-A0001"
OPEN_DISPUTE = f"{OFFICE.code}-JF-20260504-A0001"
SETTLED_DISPUTE = f"{OFFICE.code}-JF-20260504-A0002"


def make(home: Path) -> bytes:
    """The data folder of an office that worked with the first release; the key of its store."""
    home.mkdir()
    _, key, _ = keys.create(home, "account-1", OFFICE.admin, PASSWORD, cost=CHEAP)
    database = Database(home / "xinfang.db", key)
    lay_out(database)
    paper = BlobStore(home, key).put_bytes(PAPER)
    first = FirstRelease(database, "account-1")
    first.write([
        ("office", "office-1", {
            "code": OFFICE.code, "name": OFFICE.name, "level": "township", "organ": OFFICE.organ,
            "doc_prefix": OFFICE.doc_prefix, "review_organ": OFFICE.review_organ,
            "phone": OFFICE.phone,
        }),
        ("account", "account-1", {"name": OFFICE.admin, "roles": ["admin", "officer"]}),
        ("person", "person-1", {"name": OFFICE.admin, "unit": OFFICE.name}),
    ])  # fmt: skip
    first.write([("village", "village-1", {"name": "柳溪村", "code": "430522101203"})])
    first.write(_matter(paper.sha256))
    first.write(_ledger())
    first.change("dispute", "dispute-1", due="2026-09-30")
    first.leave_unfinished("draft-1", "没有写完的登记")
    database.close()
    return key


def _matter(paper: str) -> Records:
    at = "2026-05-06T09:10:00+08:00"
    common = {"number": MATTER_NUMBER, "channel": "visit", "received_on": "2026-05-06"}
    return [
        ("matter", "matter-1", {
            **common, "query_code": "12345678", "title": "后山路塌方", "state": "S10",
            "village": "village-1", "owner": OFFICE.admin,
        }),
        ("intake", "intake-1", {
            **common, "matter": "matter-1", "registered_at": at, "registered_by": OFFICE.admin,
            "village": "village-1", "summary": "夜里下雨，后山路塌方。",
        }),
        ("claim", "claim-1", {"matter": "matter-1", "no": 1, "text": "尽快清理塌方"}),
        ("party", "party-1", {
            "intake": "intake-1", "matter": "matter-1", "no": 1, "name": "王桂芳",
            "phone": "13907391827",
        }),
        ("step", "step-1", {
            "matter": "matter-1", "action": "register", "on": "2026-05-06", "at": at,
            "by": OFFICE.admin, "to_state": "S10", "data": {"number": MATTER_NUMBER},
        }),
        ("document", "document-1", {
            "matter": "matter-1", "form": "F01", "number": "", "title": "来访登记表",
            "sha256": paper, "pages": 1, "at": at, "by": OFFICE.admin, "facts": {"no": 1},
        }),
        ("attachment", "attachment-1", {
            "matter": "matter-1", "name": "照片.jpg", "media": "image/jpeg", "size": len(PAPER),
            "sha256": paper, "at": at, "by": OFFICE.admin,
        }),
    ]  # fmt: skip


def _ledger() -> Records:
    """A screening ledger of May as the first release imported it."""
    at = "2026-05-06T09:20:00+08:00"
    common = {"village": "village-1", "found_on": "2026-05-04", "batch": "batch-1"}
    rows = [("dispute-1", OPEN_DISPUTE), ("dispute-2", SETTLED_DISPUTE)]
    return [
        ("import_batch", "batch-1", {
            "file": "五月台账.xlsx", "sha256": "00", "rows": 3, "imported": 2, "at": at,
            "by": OFFICE.admin,
        }),
        ("dispute", "dispute-1", {
            **common, "number": OPEN_DISPUTE, "summary": "村道排水沟堵塞", "state": "open",
            "parties": ["罗春生", "何海燕"], "category": "02", "grade": "一般",
            "person": "何建平", "due": "2026-06-30", "people": 4,
        }),
        ("dispute", "dispute-2", {
            **common, "number": SETTLED_DISPUTE, "summary": "果树遮挡采光", "state": "settled",
            "result": "修剪了树枝", "due": "2026-05-20",
        }),
        ("screening_return", "return-1", {
            "village": "village-1", "period": "2026-05", "zero": True,
            "filed_on": "2026-05-29", "by": OFFICE.admin, "batch": "batch-1",
        }),
        *(
            ("import_row", f"row-{no}", {
                "batch": "batch-1", "row": no + 2, "key": f"key-{no}", "dispute": id,
                "cells": ["五月", ["柳溪村", number]], "problems": [],
            })
            for no, (id, number) in enumerate(rows, 1)
        ),
    ]  # fmt: skip
