"""A year of rounds of thirty villages: who has reported, who late, who not, reckoned twice.

The second reckoning is the test's own: a plain list of (village, day) and the shipped calendar,
read here line by line. It is compared with what the service and the command say.
"""

from __future__ import annotations

import csv
import json
import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.factories import CHEAP, OFFICE, PASSWORD, MovableClock
from tests.screening import dispute
from xinfang_desktop.__main__ import main
from xinfang_desktop.places import RESOURCES
from xinfang_desktop.services import accounts
from xinfang_desktop.services.returns import file_return
from xinfang_desktop.services.rounds import OpenRound, open_round, screening_grid, screening_status
from xinfang_desktop.store.reference import Reference

VILLAGES = tuple(f"{name}村" for name in ["柳溪", "大塘", "石桥", "双井", "枫坳", "上湾", "下湾", "青龙", "白马", "松林", "竹园", "茶亭", "长岭", "高坪", "龙潭", "鹿角", "梅子", "桐木", "杉树", "栗坡", "月塘", "星火", "河洲", "渡口", "瓦窑", "砖桥", "新屋", "老屋", "横山", "东岭"])  # fmt: skip
MONTHS = [(2025, month) for month in range(3, 13)] + [(2026, 1), (2026, 2)]
WEEKS = ("2025-W23", "2025-W40", "2026-W07")
QUARTERS = {"2025-Q2": (date(2025, 4, 1), date(2025, 6, 30)),
            "2025-Q4": (date(2025, 10, 1), date(2025, 12, 31))}  # fmt: skip


# --- reckoned here ---------------------------------------------------------------------------------


def worked(day: date, notice: dict[str, str]) -> bool:
    """Whether it is a working day, by the notices as they are published."""
    return notice.get(day.isoformat(), "rest" if day.weekday() > 4 else "work") == "work"


def published() -> dict[str, str]:
    """Day → rest or work, where a notice says so."""
    with (RESOURCES / "calendars" / "national.csv").open(encoding="utf-8") as file:
        return {row["date"]: row["type"] for row in csv.DictReader(file)}


def due_by(last: date, notice: dict[str, str]) -> date:
    """The last working day up to ``last``."""
    while not worked(last, notice):
        last -= timedelta(days=1)
    return last


def periods() -> dict[str, tuple[date, date]]:
    """Period → its days."""
    found = dict(QUARTERS)
    for year, month in MONTHS:
        following = date(year + month // 12, month % 12 + 1, 1)
        found[f"{year}-{month:02d}"] = (date(year, month, 1), following - timedelta(days=1))
    for week in WEEKS:
        monday = date.fromisocalendar(int(week[:4]), int(week[6:]), 1)
        found[week] = (monday, monday + timedelta(days=6))
    return found


NOTICE = published()
PERIODS = periods()
DUE = {period: due_by(last, NOTICE) for period, (_, last) in PERIODS.items()}


@dataclass(frozen=True)
class Filed:
    """One line of the list: who, for what, when, with how many disputes."""

    day: date
    village: str
    period: str
    found: int


def happened(dice: random.Random) -> list[Filed]:
    """What the villages filed in that year, in the order of days."""
    told = []
    for period, due in DUE.items():
        for village in VILLAGES:
            fate = dice.choice(("in time", "in time", "in time", "on the day", "late", "never"))
            if fate == "never":
                continue
            days = {"in time": -dice.randint(1, 5), "on the day": 0, "late": dice.randint(1, 20)}
            day = due + timedelta(days=days[fate])
            told.append(Filed(day, village, period, dice.choice((0, 0, 0, 0, 1))))
            if dice.random() < 0.05:  # something was found afterwards
                told.append(Filed(day + timedelta(days=3), village, period, 1))
    return sorted(told, key=lambda each: each.day)


def reckoned(told: list[Filed], period: str) -> dict[str, list[str]]:
    """Who has returned, nothing to report, late, missing: by name, in the order of their codes."""
    mine = {v: [f for f in told if (f.village, f.period) == (v, period)] for v in VILLAGES}
    return {
        "returned": [v for v in VILLAGES if mine[v]],
        "zero": [v for v in VILLAGES if mine[v] and not any(f.found for f in mine[v])],
        "late": [v for v in VILLAGES if mine[v] and min(f.day for f in mine[v]) > DUE[period]],
        "missing": [v for v in VILLAGES if not mine[v]],
    }


def test_the_periods_meet_every_kind_of_last_day() -> None:
    ends = {period: last for period, (_, last) in PERIODS.items()}
    assert not worked(ends["2025-05"], NOTICE) and NOTICE["2025-05-31"] == "rest", "a holiday"
    assert ends["2025-08"].weekday() == 6, "a Sunday"
    assert ends["2026-02"].weekday() == 5 and worked(ends["2026-02"], NOTICE), "a worked Saturday"
    assert DUE["2025-W40"] == date(2025, 9, 30) and DUE["2026-W07"] == date(2026, 2, 14)


# --- lived through ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Year:
    """The office at the end of that year, and the list of what was filed."""

    home: Path
    told: list[Filed]


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory, reference: Reference) -> Year:
    home, clock = tmp_path_factory.mktemp("year") / "home", MovableClock(date(2025, 3, 1))
    accounts.create_office(home, OFFICE, clock, reference, cost=CHEAP)
    desk = accounts.sign_in(home, OFFICE.admin, PASSWORD, clock, reference)
    told = happened(random.Random(20250301))
    for no, village in enumerate(VILLAGES, 201):
        accounts.add_village(desk, f"430522101{no}", village)
    opening = [(first, period) for period, (first, _) in PERIODS.items() if not _assumed(period)]
    events = sorted([*opening, *((f.day, f) for f in told)], key=lambda event: event[0])
    for day, event in events:
        clock.go(max(day, clock.moment.date()))
        if isinstance(event, str):
            series = {"Q": "quarterly", "W": "weekly"}.get(event[5], "monthly")
            assert open_round(desk, OpenRound(series, event)).due == DUE[event]
        else:
            rows = [dispute(village=None, found_on=day.isoformat())] * event.found
            said = {"disputes": rows} if event.found else {"zero": True}
            filed = file_return(desk, event.village, {"period": event.period, **said})
            assert filed.filed_on == day
    desk.close()
    return Year(home, told)


def _assumed(period: str) -> bool:
    """Whether nobody opens it: every second month stands by itself."""
    return period[5].isdigit() and int(period[5:]) % 2 == 0


def test_status_names_who_reported_and_who_did_not(year: Year, reference: Reference) -> None:
    desk = accounts.sign_in(
        year.home, OFFICE.admin, PASSWORD, MovableClock(date(2026, 3, 31)), reference
    )
    try:
        for period in PERIODS:
            status, expected = screening_status(desk, period), reckoned(year.told, period)
            assert status.due == DUE[period]
            assert status.opened != _assumed(period)
            for name, villages in expected.items():
                assert list(getattr(status, name)) == villages, f"{period} {name}"
        grid = screening_grid(desk, "monthly", 2025)
    finally:
        desk.close()
    for column, month in zip(grid.columns, range(1, 13), strict=True):
        if month >= 3:
            expected = reckoned(year.told, f"2025-{month:02d}")
            assert (column.filed, column.asked) == (len(expected["returned"]), len(VILLAGES))
        else:
            assert (column.filed, column.asked) == (0, 0), "before the office began"
    words = {"missing": "missing", "late": "late"}
    for name, row in zip(grid.villages, grid.rows, strict=True):
        for cell in row[2:]:
            expected = reckoned(year.told, cell.key.period)
            said = next((w for w in words if name in expected[w]), None)
            assert cell.state == (said or ("zero" if name in expected["zero"] else "filed"))


def test_the_command_says_the_same(
    year: Year, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XINFANG_PASSWORD", PASSWORD)
    for period in PERIODS:
        capsys.readouterr()
        words = ["--data", str(year.home), "--user", OFFICE.admin, "--json", "screening", "status"]
        assert main([*words, period]) == 0
        said = json.loads(capsys.readouterr().out)
        assert said["due"] == DUE[period].isoformat()
        for name, villages in reckoned(year.told, period).items():
            assert said[name] == villages, f"{period} {name}"
