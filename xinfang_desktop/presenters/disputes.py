"""纠纷清单: the list of disputes, its saved views with counts, what each cell says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from xinfang_desktop.domain.dispute_states import SETTLED
from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.services import disputes
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.dispute_views import DisputeRow
from xinfang_desktop.services.disputes import (
    ALL,
    FOLLOW,
    LATE,
    NEW,
    OPEN,
    STALLED,
    DisputePage,
    DisputeQuery,
)

from .case_words import plain_day
from .running import Run

ONLY_THE_DISPUTE = "级别只评纠纷，不评人"


@dataclass(frozen=True, slots=True)
class _View:
    key: str
    word: str
    none: str


_VIEWS = (
    _View(OPEN, "未销号", "没有未销号的纠纷。"),
    _View(NEW, "本月新增", "这个月没有新发现的纠纷。"),
    _View(LATE, "逾期", "没有逾期的纠纷。"),
    _View(FOLLOW, "待回访", "没有等着回访的纠纷。"),
    _View(STALLED, "停滞", "没有停下来的纠纷。"),
    _View(ALL, "全部", "还没有登记过纠纷。"),
)

_WAITS_FOR = {"settled": "待回访", "followed": "待销号"}
"""States of which one says what comes next, not what was done."""


class DisputesPresenter:
    """Knows which view is open; the page shows ``rows``."""

    def __init__(self, desk: Desk, run: Run) -> None:
        self.desk, self._run = desk, run
        self.view = OPEN
        self.rows: tuple[DisputeRow, ...] = ()
        self._counts: Mapping[str, int] = {}
        self._asked = 0

    def load(
        self, done: Callable[[], None], failed: Callable[[XinfangError], None] | None = None
    ) -> None:
        """Ask for the rows of this view; an older answer that comes late is dropped."""
        self._asked += 1
        asked, wanted = self._asked, DisputeQuery(view=self.view)

        def came(page: DisputePage) -> None:
            if asked == self._asked:
                self.rows, self._counts = page.rows, page.counts
                done()

        self._run(
            lambda: disputes.dispute_page(self.desk, wanted), came, failed, label="正在找纠纷"
        )

    def choose(self, view: str, done: Callable[[], None]) -> None:
        """Another saved view."""
        self.view = view
        self.load(done)

    def views(self) -> tuple[tuple[str, str], ...]:
        """Keys and words of the saved views with their counts (未销号 19)."""
        return tuple(
            (each.key, f"{each.word} {self._counts[each.key]}" if self._counts else each.word)
            for each in _VIEWS
        )

    def none(self) -> str:
        """What is said where this view has nothing to show."""
        return next(each.none for each in _VIEWS if each.key == self.view)

    def found_words(self, row: DisputeRow) -> str:
        """9月17日, with the year where it is another one."""
        return plain_day(row.found_on, self.desk.today)


def progress_words(row: DisputeRow) -> str:
    """Where it stands: 化解中, 待回访."""
    return _WAITS_FOR.get(row.state, row.state_name)


def responsible_words(row: DisputeRow) -> str:
    """Whose it is: the unit, else the person."""
    return row.unit or row.person


def due_words(row: DisputeRow) -> str:
    """The words of the chip: how long there is, or that it was settled."""
    if row.state == "closed":
        return "已销号"
    if row.state in SETTLED and row.due_state != "late":
        return "已化解"
    return row.due_words


def due_state(row: DisputeRow) -> str:
    """The state of the chip."""
    done = row.state == "closed" or (row.state in SETTLED and row.due_state != "late")
    return "done" if done else row.due_state
