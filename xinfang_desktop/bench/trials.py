"""What is measured: the waits a clerk feels, each against the longest that was agreed."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from ..services.accounts import CreateOffice, create_office, sign_in
from ..services.desk import Desk
from ..services.duties import DutyQuery, duties, today_board
from ..services.epochs import tokens_in
from ..services.handling import MatterQuery, matter_list, matter_view, take_step
from ..services.paperwork import draft_form, preview
from ..services.registration import register_intake
from ..services.safekeeping import verify_log
from ..services.searching import search_matters
from ..store.reference import Reference
from . import exchange, ledgers

SUBJECTS = (
    "后山路塌方要求清理",
    "低保申请没有答复",
    "征地补偿款未到账",
    "自来水经常停水",
    "邻里宅基地纠纷",
)
VILLAGES = ("柳溪村", "大塘村", "石桥村", "双井村", "枫树坳村", "河口社区")
SURNAMES, GIVEN = "王李张刘陈杨黄赵吴周", "敏芳伟军丽娟强磊洋艳"


@dataclass(frozen=True, slots=True)
class Result:
    """One row. ``yardstick``, in seconds, is the wait that was agreed, or what another way of doing
    the same took in this run; ``ratio`` is ours ÷ it and at most ``target``."""

    name: str
    size: int
    seconds: float
    yardstick: float
    ratio: float
    target: float
    ok: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """A measured use case: its name, the wait allowed (seconds), how often it is repeated."""

    name: str
    allowed: float
    times: int
    run: Callable[[Desk, str, int], object]

    def measured(self, desk: Desk, number: str, size: int) -> Result:
        """The median of its turns."""
        took = []
        for turn in range(self.times):
            started = time.perf_counter()
            self.run(desk, number, size + turn)
            took.append(time.perf_counter() - started)
        return _result(self.name, size, statistics.median(took), self.allowed, 1.0)


@dataclass(frozen=True, slots=True)
class Contest:
    """Our way against another: ``run`` takes a desk, for what is shipped, and a size, and answers
    seconds of ours and of theirs.
    """

    name: str
    size: int
    bound: float
    run: Callable[[Desk, int], tuple[float, float]]

    def measured(self, desk: Desk, number: str, size: int) -> Result:
        """One turn; the office's records play no part."""
        return _result(self.name, self.size, *self.run(desk, self.size), self.bound)


def _result(name: str, size: int, seconds: float, yardstick: float, target: float) -> Result:
    ratio = seconds / yardstick
    return Result(
        name, size, round(seconds, 4), round(yardstick, 4), round(ratio, 3), target, ratio <= target
    )


def _register(desk: Desk, _number: str, turn: int) -> object:
    return register_intake(desk, intake(turn, desk.today))


def _with(
    race: Callable[[Reference, int], tuple[float, float]],
) -> Callable[[Desk, int], tuple[float, float]]:
    return lambda desk, size: race(desk.shipped, size)


TRIALS: tuple[Trial | Contest, ...] = (
    Trial("register", 0.5, 10, _register),
    Trial("today", 0.5, 5, lambda desk, _n, _t: today_board(desk)),
    Trial("duties", 1.0, 3, lambda desk, _n, _t: duties(desk, DutyQuery(open_only=True))),
    Trial("list", 0.5, 5, lambda desk, _n, _t: matter_list(desk, MatterQuery(limit=100))),
    Trial("page", 0.2, 10, lambda desk, number, _t: matter_view(desk, number)),
    Trial("search.han", 0.1, 20, lambda desk, _n, _t: search_matters(desk, "塌方")),
    Trial("search.one", 0.1, 20, lambda desk, _n, _t: search_matters(desk, "路")),
    Trial("search.pinyin", 0.1, 20, lambda desk, _n, _t: search_matters(desk, "wangfang")),
    Trial("notice.first", 2.0, 1, lambda desk, number, _t: preview(desk, "F07", number)),
    Trial("notice", 0.06, 20, lambda desk, number, _t: preview(desk, "F07", number)),
    Trial("paper.check", 0.05, 20, lambda desk, number, _t: draft_form(desk, "F07", number)),
    Trial("log.verify", 60.0, 1, lambda desk, _n, _t: verify_log(desk)),
    Contest("ledger_pdf", ledgers.ROWS, 0.25, lambda _, rows: ledgers.against_long_table(rows)),
    Contest("exchange.import", exchange.RECORDS, 15, _with(exchange.taken_in)),
    Contest("exchange.export", exchange.RECORDS, 8, _with(exchange.sent_out)),
    Contest("exchange.known", exchange.RECORDS, 1, _with(exchange.known_again)),
)
"""In this order: the first paper reads the fonts, the next ones do not."""


def intake(turn: int, today: date) -> dict[str, object]:
    """An invented visit, different for each ``turn``."""
    name = SURNAMES[turn % 10] + GIVEN[turn // 10 % 10] + GIVEN[turn // 100 % 10]
    return {
        "channel": "来访",
        "received_on": (today - timedelta(days=turn % 90)).isoformat(),
        "claims": [f"{SUBJECTS[turn % 5]}（第{turn}号）", "书面说明什么时候能办好"],
        "parties": [{"name": name, "phone": f"139{turn % 10**8:08d}"}],
        "village": VILLAGES[turn % 6],
        "place": f"{turn % 9 + 1}组",
    }


def measure(
    home: Path,
    size: int,
    shipped: Reference,
    clock: Callable[[], datetime],
    trials: Sequence[Trial | Contest] = TRIALS,
) -> Iterator[Result]:
    """Fill an office with ``size`` matters and measure the trials one after the other."""
    with tokens_in(home.with_name(f"{home.name}-state")):
        desk = _office(home, shipped, clock)
        try:
            made = [register_intake(desk, intake(n, desk.today)).number for n in range(size)]
            number = made[0]
            take_step(desk, number, "claim", {"handler": "周敏", "no_interest": True})
            take_step(desk, number, "accept", {"handler": "周敏"})
            for trial in trials:
                yield trial.measured(desk, number, size)
        finally:
            desk.close()


def _office(home: Path, shipped: Reference, clock: Callable[[], datetime]) -> Desk:
    password = "bench-office-7"
    asked = CreateOffice("330100101", "青石镇信访办", "township", "周敏", password)
    create_office(home, asked, clock, shipped)
    return sign_in(home, "周敏", password, clock, shipped)
