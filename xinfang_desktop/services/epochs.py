"""Epochs (期): noticing that a data folder was put back or copied, before a number is used twice.

A token outside the data folder, in the user's own state folder, says how far this site had written.
Where it is missing or ahead of the store, the store is an older copy: what is written from now on
belongs to the next epoch, with numbers of its own.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import platformdirs

from ..journal.chain import Chain, Head
from ..journal.feeds import travels
from ..store import meta, vector
from ..store.changelog import Transaction, new_id, note
from ..store.database import Connection

log = logging.getLogger(__name__)

OPENED: Final = "epoch_opened"
"""The first entry of each feed in a new epoch: from where it goes on, and why."""

MISSING, AHEAD, COPIED = "token_missing", "token_ahead", "copied"

APART: Final = 500
"""Two copies that learn of each other on the same day must not choose the same next epoch, and so
on for ever: each takes one of the next so many, by chance."""

_LOST: Final = "site.lost"  # what the token knew of and an older copy does not hold


@dataclass(frozen=True, slots=True)
class Mark:
    """How far this site has written: the last number in each feed that travels."""

    epoch: int
    feeds: Mapping[str, int] = field(default_factory=dict)

    def beyond(self, other: Mark) -> bool:
        """Whether this says more than ``other``."""
        if self.epoch != other.epoch:
            return self.epoch > other.epoch
        return any(seq > other.feeds.get(feed, 0) for feed, seq in self.feeds.items())


@dataclass(frozen=True, slots=True)
class Lost:
    """Numbers of an earlier epoch that were written once and that nobody has given back."""

    feed: str
    epoch: int
    first: int
    last: int

    @property
    def count(self) -> int:
        """How many."""
        return self.last - self.first + 1


def state_folder() -> Path:
    """``XINFANG_STATE``, else this user's state folder."""
    chosen = os.environ.get("XINFANG_STATE")
    return Path(chosen) if chosen else platformdirs.user_state_path("xinfang", appauthor=False)


@contextmanager
def tokens_in(folder: Path) -> Iterator[None]:
    """For offices that live for a trial only: nothing of them stays in the user's state folder."""
    before = os.environ.get("XINFANG_STATE")
    os.environ["XINFANG_STATE"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["XINFANG_STATE"]
        else:
            os.environ["XINFANG_STATE"] = before


def _path(site: str) -> Path:
    return state_folder() / f"{site}.json"


def written(conn: Connection, site: meta.Site) -> Mark:
    """How far the store says that this site has written."""
    feeds = {
        chain.feed: head.seq
        for chain, head in vector.heads(conn).items()
        if chain.site == site.id and chain.epoch == site.epoch and travels(chain.feed)
    }
    return Mark(site.epoch, feeds)


def leave(site: str, mark: Mark) -> None:
    """Leave the token. Where the state folder cannot be written, the store goes on without it."""
    path = _path(site)
    beside = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps({"epoch": mark.epoch, "feeds": dict(mark.feeds)}), "utf-8")
        beside.replace(path)
    except OSError as problem:
        log.warning("token not written: errno %s", problem.errno)


def left(site: str) -> Mark | None:
    """The token; None where there is none that can be read."""
    try:
        plain: Any = json.loads(_path(site).read_text("utf-8"))
        return Mark(int(plain["epoch"]), {str(f): int(n) for f, n in plain["feeds"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def why_next(site: meta.Site, mark: Mark) -> str:
    """Why this store must open the next epoch; "" where it may go on."""
    token = left(site.id)
    if token is None:
        return MISSING
    return AHEAD if token.beyond(mark) else ""


def open_next(tx: Transaction, why: str) -> meta.Site:
    """Begin the next epoch in this transaction; each feed's first entry says from where and why."""
    old = tx.site
    heads = {c: h for c, h in vector.heads(tx.conn).items() if c.site == old.id}
    token = left(old.id)
    if token is not None:
        _remember_lost(tx.conn, token)
    latest = max([old.epoch, token.epoch if token else 0, *(chain.epoch for chain in heads)])
    new = replace(old, epoch=latest + 1 + (secrets.randbelow(APART) if why == COPIED else 0))
    meta.write_site(tx.conn, new)
    tx.site = new
    feeds = sorted({chain.feed for chain in heads if travels(chain.feed)})
    tx.append(note(feed, OPENED, new_id(), _after(heads, feed, new, why)) for feed in feeds)
    return new


def _after(heads: dict[Chain, Head], feed: str, site: meta.Site, why: str) -> dict[str, object]:
    after = [[c.epoch, h.seq, h.digest] for c, h in sorted(heads.items()) if c.feed == feed]
    return {"epoch": site.epoch, "why": why, "after": after}


def _remember_lost(conn: Connection, token: Mark) -> None:
    known = _known_lost(conn)
    for feed, seq in token.feeds.items():
        known[feed, token.epoch] = max(seq, known.get((feed, token.epoch), 0))
    rows = [[feed, epoch, seq] for (feed, epoch), seq in sorted(known.items())]
    meta.put(conn, _LOST, json.dumps(rows).encode())


def _known_lost(conn: Connection) -> dict[tuple[str, int], int]:
    rows = json.loads(meta.get(conn, _LOST) or b"[]")
    return {(feed, epoch): seq for feed, epoch, seq in rows}


def lost(conn: Connection) -> tuple[Lost, ...]:
    """What only the lost disk had: written by this site once, held neither here nor by anybody
    whose bundles came since.
    """
    site = meta.read_site(conn).id
    heads = vector.heads(conn)
    found = []
    for (feed, epoch), last in sorted(_known_lost(conn).items()):
        held = heads.get(Chain(feed, site, epoch), Head(0, "")).seq
        if held < last:
            found.append(Lost(feed, epoch, held + 1, last))
    return tuple(found)
