"""The practice town while it lives: its desk, its people, one queue of days, a clock that only goes on."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any, Protocol

from ..domain.records import Account
from ..store.files import fetch
from .desk import Desk


class TownClock:
    """What time it is in the town; it never runs back."""

    def __init__(self, first: date, zone: tzinfo | None) -> None:
        self._moment = datetime.combine(first, time(8, 30), zone)

    def __call__(self) -> datetime:
        return self._moment

    def go(self, day: date) -> None:
        """On to that morning, or half a minute further where it has come already."""
        morning = datetime.combine(day, time(8, 30), self._moment.tzinfo)
        self._moment = max(self._moment + timedelta(seconds=30), morning)


class Course(Protocol):
    """Something that happens in the town over several days."""

    def next_day(self) -> date | None:
        """When something happens next; None at its end."""

    def happen(self, day: date) -> Iterable[Course]:
        """Let it happen; what begins by it."""


@dataclass(slots=True)
class Once:
    """One thing on one day. ``do`` gives what begins by it."""

    day: date | None
    do: Callable[[date], Iterable[Course]]

    def next_day(self) -> date | None:
        """Its day, until it was done."""
        return self.day

    def happen(self, day: date) -> Iterable[Course]:
        """Do it."""
        self.day = None
        return self.do(day)


@dataclass(order=True, slots=True)
class _Event:
    day: date
    order: int
    course: Course = field(compare=False)


class Town:
    """The desk of the practice office and who sits at it. ``words`` are the texts of the town."""

    def __init__(
        self, desk: Desk, clock: TownClock, words: Mapping[str, Any], first: date, today: date
    ) -> None:
        self.desk = desk
        self.words = words
        self.first = first
        self.today = today
        self._clock = clock
        with desk.reading() as conn:
            self._accounts = {account.name: account for account in fetch(conn, Account)}

    def who(self, role: str) -> str:
        """The name of the account with this role in the texts of the town."""
        return str(next(a["name"] for a in self.words["account"] if a["role"] == role))

    @property
    def officer(self) -> str:
        """信访专干."""
        return self.who("officer")

    def sit(self, name: str) -> None:
        """Let this account do what comes next."""
        self.desk.account = self._accounts[name]

    def sit_for(self, village: str) -> None:
        """Let who writes for this village: its liaison where it has an account, else 信访专干."""
        own = {a["village"]: a["name"] for a in self.words["account"] if a.get("village")}
        self.sit(own.get(village, self.officer))

    def clerk(self, village: str) -> str:
        """Who reports for this village, with or without an account."""
        return str(self.words["clerks"][village])

    def day(self, days: int, start: date) -> date:
        """So many days after ``start``, or, below zero, before today."""
        return (start if days >= 0 else self.today) + timedelta(days=days)

    def live(self, courses: Iterable[Course]) -> None:
        """Run all courses side by side, day by day, as an office would have met them."""
        queue: list[_Event] = []
        order = 0

        def wait(course: Course, earliest: date) -> None:
            nonlocal order
            day = course.next_day()
            if day is not None:
                heapq.heappush(queue, _Event(max(day, earliest), order, course))
                order += 1

        for course in courses:
            wait(course, self.first)
        while queue and queue[0].day <= self.today:
            event = heapq.heappop(queue)
            self._clock.go(event.day)
            begun = event.course.happen(event.day)
            for course in (*begun, event.course):
                wait(course, event.day)
        self._clock.go(self.today)
