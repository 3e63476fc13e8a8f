"""Feeds (受众): who the records of one kind of business are for, and how writes of two feeds meet.

``township:<9>`` its PCs · ``village:<12>`` the village and its township · ``county:<6>/<9>`` county
and township · ``county:<6>`` the county's own PCs · ``local:<site>`` never travels. A record may be
handed over from its office's own feed into a shared one; from then on it lives there, under the
same id. Inside an entry a base names a write of the entry's own feed; one of another feed is
written ``site@feed``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from ..domain.records import Stamp

_SHAPES: Final = tuple(
    re.compile(shape)
    for shape in (r"local:.+", r"(township:[0-9]{9}|county:[0-9]{6})", r"village:[0-9]{12}", r"county:[0-9]{6}/[0-9]{9}")
)  # fmt: skip
_AT: Final = "@"


WIDEST: Final = 3
"""The reach of a feed that a county and a township share."""


def reach(feed: str) -> int:
    """How far a feed carries, 0 (this PC) to 3 (county and township); -1 where it is no feed.

    A record that stands in two feeds lives in the one that carries further.
    """
    return next((n for n, shape in enumerate(_SHAPES) if shape.fullmatch(feed)), -1)


def travels(feed: str) -> bool:
    """Whether entries of this feed go into bundles."""
    return reach(feed) > 0


def own_feed(level: str, code: str) -> str:
    """The feed of an office's own PCs."""
    return f"{level}:{code}"


def shared_feed(level: str, code: str, other_level: str, other_code: str) -> str:
    """The feed that two offices share: "" where neither is directly above the other.

    Two PCs of one office share its own feed.
    """
    if (level, code) == (other_level, other_code):
        return own_feed(level, code)
    lower, upper = sorted(((level, code), (other_level, other_code)), key=lambda o: -len(o[1]))
    if not lower[1].startswith(upper[1]):
        return ""
    pair = (lower[0], upper[0])
    if pair == ("village", "township"):
        return f"village:{lower[1]}"
    return f"county:{upper[1]}/{lower[1]}" if pair == ("township", "county") else ""


def upper_office(feed: str) -> tuple[str, str]:
    """Level and code of the upper of the offices that share a feed: the root of its exchange."""
    kind, _, code = feed.partition(":")
    if kind == "village":
        return "township", code[:9]
    return kind, code.partition("/")[0]


def feed_of_township(code: str) -> str:
    """The feed that a township shares with its county."""
    return f"county:{code[:6]}/{code}"


def named_in(stamp: Stamp, feed: str) -> tuple[str, Stamp]:
    """The feed and the plain stamp that ``stamp`` means inside an entry or record of ``feed``."""
    site, at, other = stamp.site.partition(_AT)
    return (other, stamp._replace(site=site)) if at else (feed, stamp)


def name_in(feed: str, stamp: Stamp, home: str) -> Stamp:
    """How the write ``stamp`` of ``feed`` is called inside ``home``."""
    return stamp if feed == home else stamp._replace(site=f"{stamp.site}{_AT}{feed}")


def renamed(old: str, new: str) -> Callable[[Stamp], Stamp]:
    """What turns stamps as ``old`` calls them into what ``new`` calls them."""
    return lambda stamp: name_in(*named_in(stamp, old), new)
