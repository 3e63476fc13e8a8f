"""The clock engine (期限计算): from a rule and a first day to the day something is due.

The first day is not counted (民法典 art. 201 by analogy). A calendar period that ends on a rest
day ends on the next working day (art. 203); the unrolled date stays visible as the target. The
条例 knows no suspension but the hearing in a 复核 (art. 36), and one extension of at most 30 days
in all (art. 34).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, NamedTuple

from .calendar import Calendar, check_day
from .errors import RuleViolation
from .rules import Rule

Urgency = Literal["rest", "soon", "near", "today", "late"]
Span = tuple[date, date]

ONE_DAY = timedelta(days=1)
SAFE_DAYS = 60
"""稳妥日 is receipt + 60: in time by every way of counting (R23)."""


class DueDates(NamedTuple):
    """``due_raw`` is the unrolled day, None for working-day rules. ``due`` is the last day."""

    due_raw: date | None
    due: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class DayStep:
    """One day of the arithmetic: its number in the period (None = not counted) and why."""

    date: date
    counted: int | None
    why: str
    tag: str  # 休 | 班 | ""


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """A due date with its day-by-day explanation (为什么是这一天)."""

    rule: Rule
    start: date
    due_raw: date | None
    due: date
    provisional: bool
    steps: tuple[DayStep, ...]
    extended: int = 0
    met: str = ""  # what the unrolled day is: 国庆节放假, 周六

    @property
    def rolled(self) -> bool:
        return self.due_raw is not None and self.due_raw != self.due

    @property
    def reason(self) -> str:
        """Short, for under a date: 第 15 天 · 10月2日遇国庆节，最迟10月8日 · 约定的日子."""
        if self.rule.unit == "given":
            return UNIT_REASONS["given"]
        if self.due == self.start:
            return "当日"
        if not self.rolled or self.due_raw is None:
            return UNIT_REASONS[self.rule.unit].format(self.rule.length + self.extended)
        met = self.met.removesuffix("放假")
        return f"{spoken(self.due_raw)}遇{met}，最迟{spoken(self.due)}"

    def limit(self, late_after: str = "rolled") -> date:
        """The day after which it is late: rolled, or raw where the office counts so.

        What runs against the citizen always ends on the later date (DOMAIN §3 item 1).
        """
        if late_after == "raw" and self.due_raw and self.rule.against == "office":
            return self.due_raw
        return self.due


UNIT_REASONS = {"calendar": "第 {} 天", "workday": "第 {} 个工作日", "given": "约定的日子"}


def due_dates(
    rule: Rule,
    start: date,
    calendar: Calendar,
    extended: int = 0,
    stopped: Sequence[Span] = (),
) -> DueDates:
    """The due date alone, quickly. ``extended`` days beyond the lawful ones do not count.

    ``stopped`` are the spans of a hearing, first and last day included; they count only where
    the rule says so (``hearing_excluded``).
    """
    if rule.unit == "given":
        raise _needs_a_day(rule)
    check_day(start)
    found = _own_dates(rule, start, calendar, extended, stopped)
    if rule.ceiling is None:
        return found
    national = _own_dates(rule.ceiling, start, calendar, extended, stopped)
    return min(found, national, key=lambda dates: dates.due)


def deadline(
    rule: Rule,
    start: date,
    calendar: Calendar,
    *,
    extended: int = 0,
    stopped: Sequence[Span] = (),
    explain: bool = True,
) -> Arithmetic:
    """The due date with every day explained. An unlawful extension raises ``RuleViolation``.

    ``explain=False`` leaves the days out, for lists that show only the short ``reason``.
    """
    check_extension(rule, extended)
    dates = due_dates(rule, start, calendar, extended, stopped)
    counting = rule
    if rule.ceiling and _own_dates(rule, start, calendar, extended, stopped) != dates:
        counting = rule.ceiling
    days = tuple(_explain(counting, start, dates, calendar, extended, stopped)) if explain else ()
    met = calendar.describe(dates.due_raw) if dates.due_raw else ""
    return Arithmetic(counting, start, *dates, steps=days, extended=extended, met=met)


def agreed(rule: Rule, start: date, due: date, calendar: Calendar) -> Arithmetic:
    """A duty whose day was agreed or ordered (约定、交办): that day itself, never rolled."""
    steps = (
        DayStep(start, None, f"{rule.start}当日", calendar.tag(start)),
        DayStep(due, None, f"{UNIT_REASONS['given']}，{calendar.describe(due)}", calendar.tag(due)),
    )
    return Arithmetic(replace(rule, unit="given"), start, due, due, False, steps)


def check_extension(rule: Rule, extended: int) -> None:
    """Refuses what art. 34 does not allow: more than 30 days in all, or for another rule."""
    if 0 <= extended <= rule.max_extension:
        return
    if rule.max_extension:
        sentence = f"“{rule.name}”延期合计最多 {rule.max_extension} 日，不能是 {extended} 日。"
        mend = f"请填 1 到 {rule.max_extension} 之间的天数；多次延期合并计算。"
    else:
        sentence, mend = f"“{rule.name}”的期限不能延长。", "请按原期限办理。"
    raise RuleViolation(
        "extension_too_long", sentence, mend=mend, article=rule.article, field="days"
    )


def acceptance_start(
    received: date, accepted: date | None, notice_due: date, counted_from: str = "notice"
) -> date:
    """受理之日, day 0 of the answer clock (R23; art. 34 does not define it).

    The day of the acceptance notice; late or without one, the last of the 15 days, so that
    lateness of ours never lengthens the period. ``counted_from="receipt"``: the receipt itself
    (setting 受理之日口径).
    """
    if counted_from == "receipt":
        return received
    return notice_due if accepted is None else min(accepted, notice_due)


def safe_day(received: date) -> date:
    """稳妥日: receipt + 60 days, unrolled."""
    return received + timedelta(days=SAFE_DAYS)


def urgency(started: date, due: date, today: date) -> Urgency:
    """How pressing, for the mark: late · today · ≤ 3 days near · ≤ 40 % left soon · rest."""
    left, whole = (due - today).days, (due - started).days
    if left < 0:
        return "late"
    if left == 0:
        return "today"
    if left <= 3:
        return "near"
    return "soon" if left * 10 <= whole * 4 else "rest"


def left_words(due: date, today: date) -> str:
    """The words beside the mark: 还有 23 天 · 明天 · 今天 · 逾期 3 天."""
    left = (due - today).days
    if left < 0:
        return f"逾期 {-left} 天"
    return {0: "今天", 1: "明天"}.get(left, f"还有 {left} 天")


def spoken(day: date) -> str:
    """The day as one says it: 10月8日."""
    return f"{day.month}月{day.day}日"


def _needs_a_day(rule: Rule) -> RuleViolation:
    return RuleViolation(
        "date_needed",
        f"“{rule.name}”的期限由约定或指定的日子决定，不能推算。",
        mend="请填写约定的日子。",
        article=rule.article,
    )


def _own_dates(
    rule: Rule, start: date, calendar: Calendar, extended: int, stopped: Sequence[Span]
) -> DueDates:
    length = rule.length + max(0, min(extended, rule.max_extension))
    if rule.unit == "workday":
        due = calendar.add_workdays(start, length)
        return DueDates(None, due, calendar.provisional(start, due))
    raw = start + timedelta(days=length)
    if stopped and rule.hearing_excluded:
        raw = _without(start, length, stopped)
    due = calendar.roll(raw)
    return DueDates(raw, due, calendar.provisional(raw, due))


def _without(start: date, length: int, stopped: Sequence[Span]) -> date:
    day, counted = start, 0
    while counted < length:
        day += ONE_DAY
        counted += not _stopped(day, stopped)
    return day


def _stopped(day: date, stopped: Sequence[Span]) -> bool:
    return any(first <= day <= last for first, last in stopped)


def _explain(
    rule: Rule,
    start: date,
    dates: DueDates,
    calendar: Calendar,
    extended: int,
    stopped: Sequence[Span],
) -> Iterator[DayStep]:
    yield DayStep(start, None, _first_day(rule, start, dates, calendar), calendar.tag(start))
    explain = _workday_step if rule.unit == "workday" else _calendar_step
    hearings = stopped if rule.hearing_excluded else ()
    counted, day = 0, start
    while day < dates.due:
        day += ONE_DAY
        number, why = explain(rule, day, counted, dates, calendar, hearings)
        counted = number or counted
        if number and number > rule.length and extended:
            why += f"（延期第 {number - rule.length} 天）"
        yield DayStep(day, number, why, calendar.tag(day))


def _first_day(rule: Rule, start: date, dates: DueDates, calendar: Calendar) -> str:
    if rule.length:
        return f"{rule.start}当日不计入"
    if dates.due == start:
        return f"{rule.start}当日到期"
    return f"{rule.start}当日到期，{calendar.describe(start)}，向后顺延"


def _workday_step(
    rule: Rule,
    day: date,
    counted: int,
    dates: DueDates,
    calendar: Calendar,
    hearings: Sequence[Span],
) -> tuple[int | None, str]:
    if calendar.is_rest(day):
        return None, f"{calendar.describe(day)}，不计入"
    if rule.length == 0:
        return None, f"{calendar.describe(day)}，顺延到这一天"
    number = counted + 1
    last = "，到期" if day == dates.due else ""
    return number, f"第 {number} 个工作日，{calendar.describe(day)}{last}"


def _calendar_step(
    rule: Rule,
    day: date,
    counted: int,
    dates: DueDates,
    calendar: Calendar,
    hearings: Sequence[Span],
) -> tuple[int | None, str]:
    what = calendar.describe(day)
    if dates.due_raw and day > dates.due_raw:
        return None, f"{what}，顺延到这一天" if day == dates.due else f"{what}，继续顺延"
    if _stopped(day, hearings):
        return None, "听证期间，不计入"
    number = counted + 1
    if day != dates.due_raw:
        return number, f"第 {number} 天，{what}"
    if dates.due != day:
        return number, f"第 {number} 天，{what}，向后顺延"
    stays = "，不顺延" if calendar.tag(day) == "班" else ""
    return number, f"第 {number} 天，{what}，到期{stays}"
