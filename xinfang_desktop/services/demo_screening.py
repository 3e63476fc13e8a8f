"""Screening in the practice town: rounds, the villages' returns and the disputes in them, notes."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import Any

from ..domain.periods import Period, month_of, parse_period, quarter_of
from ..domain.screening import RoundKey, due_day
from .demo_disputes import DisputeLife, disputes_of
from .demo_matters import MatterLife
from .demo_town import Course, Once, Town
from .returns import file_return
from .rounds import OpenRound, open_round, remind_village
from .village_notes import keep_promise, write_note


@dataclass(slots=True)
class Screened:
    """All screening of the town: what is to happen, and how many disputes came of it."""

    town: Town
    count: int
    chance: random.Random
    matters: Sequence[MatterLife]
    lives: list[DisputeLife] = field(default_factory=list)

    @property
    def registered(self) -> int:
        """How many disputes have a number."""
        return sum(1 for life in self.lives if life.number)

    def courses(self) -> Iterator[Course]:
        """Everything that happens, in no particular order."""
        rounds = list(self._rounds())
        self.lives += disputes_of(self.town, self.count, self.chance, self.matters)
        for life in self.lives:
            life.alone = not any(each.brings(life) for each in rounds)
        yield from (each.opening() for each in rounds)
        yield from (life for life in self.lives if life.alone)
        yield from self._notes()

    # --- rounds ---

    def _rounds(self) -> Iterator[RoundLife]:
        """Monthly rounds of the two years; the last quarters; 欠薪 and 汛期 of the last year."""
        town = self.town
        month = month_of(town.first).shift(1)
        while month.first <= town.today:
            yield self._round(RoundKey(month.text), month, month.first)
            month = month.shift(1)
        for back in (3, 2, 1):
            quarter = quarter_of(town.today).shift(-back)
            yield self._round(
                RoundKey(quarter.text, "quarterly"), quarter, quarter.last - timedelta(days=25)
            )
        for theme, number in (("欠薪", 1), ("汛期", 6)):
            year = town.today.year - (town.today < date(town.today.year, number, 20))
            period = parse_period(f"{year}-{number:02d}")
            yield self._round(
                RoundKey(period.text, "special", theme), period,
                period.first + timedelta(days=3), due=period.first + timedelta(days=14),
            )  # fmt: skip

    def _round(
        self, key: RoundKey, period: Period, opens: date, due: date | None = None
    ) -> RoundLife:
        with self.town.desk.reading() as conn:
            calendar = self.town.desk.setting(conn).book.calendar
        due = due or due_day(period, calendar)
        own = {account.get("village") for account in self.town.words["account"]}
        villages = [str(village["name"]) for village in self.town.words["village"]]
        villages.sort(key=own.__contains__)  # a learner who is a liaison finds a round to answer
        days = {village: self._filing(no, period, due) for no, village in enumerate(villages)}
        return RoundLife(self, key, period, opens, due, days)

    def _filing(self, no: int, period: Period, due: date) -> date | None:
        """The day on which a village files: mostly in time, now and then late.

        Of the month that runs the last two villages have not reported yet.
        """
        if self.town.today in period:
            days = (self.town.today - period.first).days
            return period.first + timedelta(days=days * (no + 1) // 5) if no < 4 else None
        late = self.chance.random() < 0.07
        days = self.chance.randint(1, 6) if late else -self.chance.randint(0, 4)
        return min(due + timedelta(days=days), self.town.today)

    # --- notes ---

    def _notes(self) -> Iterator[Course]:
        """A page every few weeks; the last ones still have promises to keep."""
        villages = [str(village["name"]) for village in self.town.words["village"]]
        pages = self.town.words["note"]
        for no, page in enumerate(pages):
            days = 6 + (len(pages) - 1 - no) ** 2 * 6
            day = self.town.today - timedelta(days=days)
            yield Once(day, partial(self._write, page, villages[(no * 5 + 2) % len(villages)]))

    def _write(self, page: Mapping[str, Any], village: str, day: date) -> Iterable[Course]:
        clerk = self.town.clerk(village)
        said = {name: page[name] for name in ("sort", "topic", "text", "headcount") if name in page}
        promises = [
            {"what": each["what"], "by": clerk,
             "due": max(day, self.town.day(each["due"], day)).isoformat()}
            for each in page["promises"]
        ]  # fmt: skip
        self.town.sit_for(village)
        made = write_note(self.town.desk, {**said, "village": village, "promises": promises})
        for no, each in enumerate(page["promises"], 1):
            if "kept" in each:
                kept = partial(self._keep, made.note, village, no, each["how"])
                yield Once(day + timedelta(days=each["kept"]), kept)

    def _keep(self, note: str, village: str, no: int, how: str, day: date) -> Iterable[Course]:
        self.town.sit_for(village)
        keep_promise(self.town.desk, note, no, {"content": how})
        return ()


@dataclass(slots=True)
class RoundLife:
    """One round: opened, answered by each village on its day, the late ones reminded."""

    screened: Screened
    key: RoundKey
    period: Period
    opens: date
    due: date
    days: Mapping[str, date | None]

    def brings(self, life: DisputeLife) -> bool:
        """Whether the return of its village for this round reports a dispute."""
        day = self.days[life.village]
        monthly = self.key.series == "monthly"
        return monthly and day is not None and life.found in self.period and life.found <= day

    def opening(self) -> Course:
        """What begins it."""
        return Once(max(self.opens, self.screened.town.first), self._open)

    def _open(self, _: date) -> Iterable[Course]:
        town = self.screened.town
        town.sit(town.officer)
        asked = OpenRound(self.key.series, self.key.period, self.key.theme, due=self.due)
        key = open_round(town.desk, asked).key
        for village, day in self.days.items():
            if day is not None:
                yield Once(day, partial(self._file, key, village))
            if day is None or day > self.due:
                yield Once(self.due + timedelta(days=1), partial(self._remind, key, village))

    def _file(self, key: RoundKey, village: str, day: date) -> Iterable[Course]:
        screened = self.screened
        mine = [life for life in screened.lives if life.village == village]
        found = [life for life in mine if not life.number and self.brings(life)]
        told: dict[str, Any] = {"period": key.period, "kind": key.series, "theme": key.theme}
        going = [life for life in mine if life.state in ("assigned", "open")
                 and life.end in ("closed", "settled", "followed")]  # fmt: skip
        if found:
            told["disputes"] = [life.data for life in found]
        elif going and key.series == "monthly":
            life = going[0]
            told["progress"] = [{"number": life.number, "text": life.topic["progress"]}]
            life.state = "open"
        else:
            told["zero"] = True
        screened.town.sit_for(village)
        if screened.town.desk.village is None:
            told["reporter"] = screened.town.clerk(village)
        filed = file_return(screened.town.desk, village, told)
        for life, number in zip(found, filed.numbers, strict=False):
            life.registered(number, day)
        return found

    def _remind(self, key: RoundKey, village: str, _: date) -> Iterable[Course]:
        town = self.screened.town
        town.sit(town.officer)
        remind_village(town.desk, village, key, {"how": "phone", "note": "答应明天报。"})
        return ()
