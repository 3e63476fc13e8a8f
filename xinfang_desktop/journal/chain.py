"""The hash chain: each entry names the digest of the one before it, per feed, site and epoch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from ..domain.errors import DamagedInput
from .entry import decode, digest


class Chain(NamedTuple):
    """One unbroken run of numbers: what one site wrote into one feed in one epoch."""

    feed: str
    site: str
    epoch: int


class Head(NamedTuple):
    """Where a chain stands: the number and digest of its last entry."""

    seq: int
    digest: str


class Stored(NamedTuple):
    """An entry as a store or a bundle holds it: where it says it belongs, and its bytes."""

    chain: Chain
    seq: int
    digest: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Break:
    """One fault of a chain; ``code`` is stable, ``sentence`` is for people."""

    chain: Chain
    seq: int
    code: str
    sentence: str


GENESIS: Final = Head(0, "")

_FORK: Final = "~"


def branch_name(site: str, first: str) -> str:
    """The name of a branch's chain after a fork: its site, and the hash of its first own entry."""
    return f"{origin(site)}{_FORK}{first[:16]}"


def origin(site: str) -> str:
    """The site that wrote a chain, whatever the chain is called here."""
    return site.partition(_FORK)[0]


_SENTENCES: Final = {
    "altered": "第{seq}条变更记录的内容与登记的指纹不符，已被改动或损坏。",
    "unreadable": "第{seq}条变更记录无法读取。",
    "misplaced": "第{seq}条变更记录自己写明的位置与存放的位置不同。",
    "gap": "第{seq}条变更记录之前缺少记录。",
    "fork": "第{seq}条变更记录接不上前一条：前一条后来被改动，或同一编号有两条记录。",
}


def stored(data: bytes) -> Stored:
    """Bytes of an entry with the place they name themselves. Raises DamagedInput."""
    entry = decode(data)
    return Stored(Chain(entry.feed, entry.site, entry.epoch), entry.seq, digest(data), data)


def check_chain(
    entries: Iterable[Stored], heads: Mapping[Chain, Head] | None = None
) -> Iterator[Break]:
    """Name every fault of ``entries``, which come in rising number within each chain.

    ``heads`` is where the chains stood before; a chain not named there begins at number 1 with no
    predecessor. After a fault the check goes on from the entry as it is stored, so one altered
    entry is named once, and its successor only if the altered entry was given a new digest.
    """
    at = dict(heads or {})
    for item in entries:
        before = at.get(item.chain, GENESIS)
        at[item.chain] = Head(item.seq, item.digest)
        code = _fault(item, before)
        if code:
            sentence = _SENTENCES[code].format(seq=item.seq)
            yield Break(item.chain, item.seq, code, sentence)


def _fault(item: Stored, before: Head) -> str:
    # a store that somebody meddled with may hold text where bytes were written
    if type(item.data) is not bytes or digest(item.data) != item.digest:
        return "altered"
    try:
        entry = decode(item.data)
    except DamagedInput:
        return "unreadable"
    place = item.chain._replace(site=origin(item.chain.site))
    if (Chain(entry.feed, entry.site, entry.epoch), entry.seq) != (place, item.seq):
        return "misplaced"
    if item.seq > before.seq + 1:
        return "gap"
    return "" if item.seq == before.seq + 1 and entry.prev == before.digest else "fork"
