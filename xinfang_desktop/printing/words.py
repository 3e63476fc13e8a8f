"""How facts become words on paper (措辞): dates, numbers, who is addressed, blanks to fill in.

These are the filters of the templates. Text of people is cleaned of what XML cannot hold and
escaped; a missing value becomes a blank for the pen, never ``None``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any, Final

from markupsafe import Markup, escape

from .facts import MatterFacts

CONFIDENTIAL: Final = "信访人（要求保密）"

_ANONYMOUS: Final = {"来信": "来信人", "来访": "来访人", "来电": "来电人", "网上信访": "网上信访人"}

_CHANNELS: Final = {
    "来信": "来信反映", "来访": "来访反映", "来电": "来电反映", "网上信访": "通过网上信访反映",
    "网上": "通过网上信访反映",
}  # fmt: skip

_HAN: Final = "〇一二三四五六七八九十"


def clean(text: str) -> str:
    """Drop control and format characters and what XML cannot hold; keep line ends.

    Unassigned code points stay: a rare name may be younger than Python's character table.
    """
    kept = (c for c in text.replace("\r\n", "\n").replace("\r", "\n")
            if c == "\n" or (unicodedata.category(c) not in ("Cc", "Cf", "Cs") and c not in "\ufffe\uffff"))  # fmt: skip
    return "".join(kept).replace("\u3000", " ").strip()


def shown(value: object) -> object:
    """What the template engine does to every value: Jinja's ``finalize``."""
    if value is None:
        return blank("")
    if isinstance(value, Markup):
        return value
    if isinstance(value, str):
        return Markup("<br/>").join(escape(line.strip()) for line in clean(value).split("\n"))
    return value


def blank(value: object, width: float = 6) -> Markup:
    """The value, or a line of ``width`` characters to be filled in by hand."""
    if value is None or (isinstance(value, str) and not clean(value)):
        return Markup('<blank w="{}"/>').format(width)
    if isinstance(value, date):
        return day(value)
    return Markup(escape(shown(value)))


def day(value: date | None) -> Markup:
    """2026年3月2日: Arabic, no leading zeros (GB/T 9704 7.3.5.4); empty: ____年__月__日."""
    if value is None:
        return Markup('<blank w="2.5"/>年<blank w="1.5"/>月<blank w="1.5"/>日')
    return Markup(f"{value.year}年{value.month}月{value.day}日")


def short_day(value: date | None) -> Markup:
    """9月21日, for tables; nothing where there is none."""
    return Markup(f"{value.month}月{value.day}日") if value else Markup("")


def paragraphs(text: str) -> list[str]:
    """The lines of a longer text without the empty ones."""
    return [line.strip() for line in clean(text).split("\n") if line.strip()]


def han(number: int) -> str:
    """一 二 … 十 十一 … 九十九, for headings; digits beyond."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_HAN[tens]}十"
    return head + (_HAN[ones] if ones else "")


def petitioner(matter: MatterFacts) -> str:
    """Who the matter is from, with respect for 要求保密 and 匿名."""
    if matter.confidential:
        return CONFIDENTIAL
    name = clean(matter.petitioner)
    if not name or matter.anonymous:
        return _ANONYMOUS.get(matter.channel, "来信（访）人")
    if matter.headcount > 1:
        return f"{name}等{matter.headcount}人"
    return name


def salutation(matter: MatterFacts) -> str:
    """How a letter begins: the name only, or the wording for those who gave none."""
    if matter.confidential or matter.anonymous or not clean(matter.petitioner):
        return petitioner(matter)
    return clean(matter.petitioner) + ("等" if matter.headcount > 1 else "")


def you(matter: MatterFacts) -> str:
    """您 for one, 你们 for several (您们 is no word)."""
    return "你们" if matter.headcount > 1 else "您"


def told(channel: str) -> str:
    """来访反映 / 通过网上信访反映."""
    return _CHANNELS.get(channel, "反映")


def ended(text: str) -> str:
    """The text with exactly one full stop."""
    return clean(text).rstrip("。．.；;，, \n") + "。"


def bare(text: str) -> str:
    """The text without its closing mark, to go inside a sentence."""
    return clean(text).rstrip("。．.；;，, \n")


def short(text: str, most: int) -> str:
    """At most so many characters, the rest shown as ……; for lists only, never in a letter."""
    line = " ".join(paragraphs(text))
    return line if len(line) <= most else line[: most - 2] + "……"


FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "day": day,
    "short_day": short_day,
    "blank": blank,
    "paragraphs": paragraphs,
    "han": han,
    "who": petitioner,
    "salutation": salutation,
    "you": you,
    "told": told,
    "ended": ended,
    "bare": bare,
    "short": short,
}
