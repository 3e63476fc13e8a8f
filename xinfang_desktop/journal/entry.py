"""Log entries (变更记录): what one transaction wrote into one feed.

The JSON shape is that of EXCHANGE.md. The stored bytes are what is hashed, signed and passed on;
an ``Entry`` is only a way to read them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Final

from ..domain.errors import DamagedInput
from ..domain.records import Json, Stamp
from .canonical import canonical_of_checked, check, parse_unchecked
from .clock import Hlc
from .ops import Op, count, exactly, from_json, text, to_json, written_twice

VERSION: Final = 1
MAX_ENTRY_BYTES: Final = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it: account id and the name as it was then."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry. Its identity is ``(feed, site, epoch, seq)``; ``prev`` is the digest of seq - 1."""

    v: int = VERSION
    feed: str
    site: str
    epoch: int  # from 1; the next one after a restore or a copied disk
    seq: int  # from 1 in each epoch
    prev: str  # "" for seq 1
    hlc: Hlc
    wall: str  # ISO 8601 with offset
    actor: Actor
    app: str
    schema: int
    tx: str
    ops: tuple[Op, ...]
    extra: Mapping[str, Json] = field(default_factory=dict)  # keys of a newer program

    @property
    def stamp(self) -> Stamp:
        """Identity inside the feed, as bases name it."""
        return Stamp(self.site, self.epoch, self.seq)


def digest(data: bytes) -> str:
    """SHA-256 of an entry's stored bytes, in hexadecimal."""
    return sha256(data).hexdigest()


def encode(entry: Entry) -> bytes:
    """The canonical bytes of an entry.

    Raises TypeError or ValueError (a fault of ours) for floats, foreign types, too deep or too
    large values, and for a field written twice in one entry (see ``coalesce``).
    """
    if written_twice(entry.ops):
        raise ValueError("one entry writes a field twice; coalesce its operations first")
    check(entry.extra)
    data = canonical_of_checked(
        {
            **entry.extra,
            "v": entry.v,
            "feed": entry.feed,
            "site": entry.site,
            "epoch": entry.epoch,
            "seq": entry.seq,
            "prev": entry.prev,
            "hlc": entry.hlc,
            "wall": entry.wall,
            "actor": {"id": entry.actor.id, "name": entry.actor.name},
            "app": entry.app,
            "schema": entry.schema,
            "tx": entry.tx,
            "ops": [to_json(op) for op in entry.ops],
        }
    )
    if len(data) > MAX_ENTRY_BYTES:
        raise ValueError("a log entry of more than 64 MiB")
    return data


_KEYS: Final = frozenset(
    ["v", "feed", "site", "epoch", "seq", "prev", "hlc", "wall", "actor", "app", "schema", "tx", "ops"]
)  # fmt: skip


def decode(data: bytes) -> Entry:
    """Read an entry strictly. Raises DamagedInput with a code for each way to be wrong.

    ``entry_too_new`` means another format; ``entry_damaged`` a wrong shape or type;
    ``not_canonical`` bytes that are not canonical JSON. Operations, keys of operations and keys of
    the entry that this program does not know are kept raw.
    """
    if len(data) > MAX_ENTRY_BYTES:
        raise _damaged("entry_damaged")
    raw = parse_unchecked(data)
    try:
        if exactly(exactly(raw, dict)["v"], int) != VERSION:
            raise _damaged("entry_too_new")
        actor = exactly(raw["actor"], dict)
        ms, counter = exactly(raw["hlc"], list)
        wall = exactly(raw["wall"], str)
        if datetime.fromisoformat(wall).tzinfo is None:
            raise ValueError("wall time without offset")
        ops = tuple(from_json(op) for op in exactly(raw["ops"], list))
        if written_twice(ops):
            raise ValueError("one entry writes a field twice")
        extra = {}
        if len(raw) > len(_KEYS):
            extra = {key: raw[key] for key in raw.keys() - _KEYS}
            check(extra)
        return Entry(
            v=VERSION,
            feed=text(raw["feed"]),
            site=text(raw["site"]),
            epoch=count(raw["epoch"], 1),
            seq=count(raw["seq"], 1),
            prev=exactly(raw["prev"], str),
            hlc=Hlc(count(ms, 0), count(counter, 0)),
            wall=wall,
            actor=Actor(exactly(actor["id"], str), exactly(actor["name"], str)),
            app=exactly(raw["app"], str),
            schema=count(raw["schema"], 0),
            tx=text(raw["tx"]),
            ops=ops,
            extra=extra,
        )
    except (KeyError, TypeError, ValueError) as problem:
        raise _damaged("entry_damaged") from problem


_SENTENCES: Final = {
    "entry_damaged": (
        "这条变更记录的格式不对，可能已经损坏。",
        "请让对方重新导出一次，或从备份恢复。",
    ),
    "entry_too_new": ("这条变更记录来自更新版本的信访台。", "请先升级本机的信访台，再重新导入。"),
}


def _damaged(code: str) -> DamagedInput:
    sentence, mend = _SENTENCES[code]
    return DamagedInput(code, sentence, mend=mend)
