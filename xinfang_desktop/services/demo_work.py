"""The practice town's own registers: lines told in ``resources/demo/work.toml``, step by step."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from .demo_town import Course, Town
from .handling import MatterQuery, matter_list
from .register_work import take_item_step, write_item


@dataclass(slots=True)
class WorkLife:
    """One line and what becomes of it. ``told`` is its table: days count from today."""

    town: Town
    told: Mapping[str, Any]
    number: str = ""
    taken: int = 0
    matters: tuple[str, ...] = ()
    gone: bool = False  # the town had too few matters for it

    def next_day(self) -> date | None:
        """The day it is written down, then that of its next step."""
        steps = self.told.get("steps", ())
        if self.gone:
            return None
        if not self.number:
            return self._day(self.told["days"])
        return self._day(steps[self.taken]["days"]) if self.taken < len(steps) else None

    def _day(self, days: int) -> date:
        return self.town.today + timedelta(days=days)

    def _workday(self, days: int) -> date:
        """That day, or the nearest one of the week further from today: nobody receives on Sunday."""
        day, onward = self._day(days), timedelta(days=1 if days > 0 else -1)
        while day.weekday() > 4:
            day += onward
        return day

    def happen(self, day: date) -> Iterable[Course]:
        """Write it down, or take its next step."""
        self.town.sit(self.town.officer)
        desk = self.town.desk
        if not self.number:
            self.matters = self._some_matters()
            self.gone = len(self.matters) < self.told.get("needs", 0)
            if self.gone:
                return ()
            data = self._filled(self.told["data"])
            self.number = write_item(desk, self.told["sort"], data).number
        else:
            step = self.told["steps"][self.taken]
            self.taken += 1
            take_item_step(desk, self.number, step["action"], self._filled(step.get("data", {})))
        return ()

    def _filled(self, value: Any) -> Any:
        """The text with ``{+7}`` as that day, ``{matter 1}`` as a matter of the town."""
        if isinstance(value, Mapping):
            return {name: self._filled(each) for name, each in value.items()}
        if isinstance(value, list):
            return [self._filled(each) for each in value]
        if not isinstance(value, str):
            return value
        told = re.sub(r"\{([+-]\d+)\}", lambda m: self._workday(int(m[1])).isoformat(), value)
        return re.sub(r"\{matter (\d)\}", lambda m: self.matters[int(m[1])], told)

    def _some_matters(self) -> tuple[str, ...]:
        """Numbers of matters of the town as it is on that day, the newest first."""
        rows = matter_list(self.town.desk, MatterQuery()).matters
        about = self.told.get("about", "")
        return tuple(
            row.number
            for row in rows
            if about in row.title and not (row.sealed or row.confidential)
        )


def work_of(town: Town) -> Iterator[WorkLife]:
    """All lines of the town's registers."""
    return (WorkLife(town, told) for told in town.words["work"])
