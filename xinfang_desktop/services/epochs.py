"""Epochs (期): noticing that a data folder was put back or copied, before a number is used twice.

A token outside the data folder, in the user's own state folder, says how far this site had written.
Where it is missing or ahead of the store, the store is an older copy: what is written from now on
belongs to the next epoch, with numbers of its own.
"""

from __future__ import annotations

import json
import logging
import os
from dataclasses import replace
from pathlib import Path

import platformdirs

from ..journal.chain import Chain, Head
from ..journal.feeds import travels
from ..store import meta, vector
from ..store.changelog import Transaction, new_id, note
from ..store.database import Connection

log = logging.getLogger(__name__)

OPENED = "epoch_opened"
"""The first entry of each feed in a new epoch: from where it goes on, and why."""

MISSING, AHEAD, COPIED = "token_missing", "token_ahead", "copied"


def state_folder() -> Path:
    """``XINFANG_STATE``, else this user's state folder."""
    chosen = os.environ.get("XINFANG_STATE")
    return Path(chosen) if chosen else platformdirs.user_state_path("xinfang", appauthor=False)


def written(conn: Connection, site: meta.Site) -> int:
    """How many entries that travel this site has written in its epoch."""
    return sum(
        head.seq
        for chain, head in vector.heads(conn).items()
        if chain.site == site.id and chain.epoch == site.epoch and travels(chain.feed)
    )


def mark(site: meta.Site, count: int) -> None:
    """Leave the token. Where the state folder cannot be written, the store goes on without it."""
    path = _path(site.id)
    beside = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps({"epoch": site.epoch, "count": count}), "utf-8")
        beside.replace(path)
    except OSError as problem:
        log.warning("token not written: errno %s", problem.errno)


def why_next(site: meta.Site, count: int) -> str:
    """Why this store must open the next epoch; "" where it may go on."""
    try:
        plain = json.loads(_path(site.id).read_text("utf-8"))
        epoch, last = int(plain["epoch"]), int(plain["count"])
    except (OSError, ValueError, KeyError, TypeError):
        return MISSING
    return AHEAD if (epoch, last) > (site.epoch, count) else ""


def _path(site: str) -> Path:
    return state_folder() / f"{site}.json"


def known_epoch(site: str) -> int:
    """The epoch that the token names; 0 where there is none."""
    try:
        return int(json.loads(_path(site).read_text("utf-8"))["epoch"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def open_next(tx: Transaction, why: str) -> meta.Site:
    """Begin the next epoch in this transaction; each feed's first entry says from where and why."""
    old = tx.site
    heads = {c: h for c, h in vector.heads(tx.conn).items() if c.site == old.id}
    latest = max([old.epoch, known_epoch(old.id), *(c.epoch for c in heads)])
    new = replace(old, epoch=latest + 1)
    meta.write_site(tx.conn, new)
    tx.site = new
    feeds = sorted({chain.feed for chain in heads if travels(chain.feed)})
    tx.append(note(feed, OPENED, new_id(), _after(heads, feed, new, why)) for feed in feeds)
    return new


def _after(heads: dict[Chain, Head], feed: str, site: meta.Site, why: str) -> dict[str, object]:
    after = [[c.epoch, h.seq, h.digest] for c, h in sorted(heads.items()) if c.feed == feed]
    return {"epoch": site.epoch, "why": why, "after": after}
