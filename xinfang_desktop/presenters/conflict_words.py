"""What is said about open conflicts where a case is shown: in a list, and on its own page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.exchange_door import offered

JUDGE = "去判断"
_MOST = 3


class Row(Protocol):
    """A row of a list that knows how many conflicts are open about it."""

    @property
    def conflicts(self) -> int: ...


def flag_words(row: Row) -> str:
    """冲突, or nothing."""
    return "冲突" if row.conflicts else ""


def notice(desk: Desk, conflicts: Sequence[str]) -> tuple[str, str]:
    """The sentence at the top of a case's page, and the word of the link; both may be empty."""
    if not conflicts:
        return "", ""
    told = "；".join(conflicts[:_MOST]) + ("等" if len(conflicts) > _MOST else "")
    may = offered(desk)
    who = "" if may else "请信访专干在“数据交换”里判断。"
    return f"这一件有 {len(conflicts)} 处冲突待判断：{told}。判断以前不能办结、销号。{who}", (
        JUDGE if may else ""
    )
