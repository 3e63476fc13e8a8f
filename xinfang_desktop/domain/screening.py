"""Screening rounds (矛盾纠纷排查): who must report by when, who has, and what a return may say.

A monthly round is a standing one: where none was opened, one due on the last working day of the
month is assumed. Rounds ask for problems by theme (欠薪、汛期…), never for people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from .calendar import Calendar
from .case_records import RoundCall, ScreeningReturn
from .duty import Duty, Rulebook
from .errors import RuleViolation
from .fields import Field
from .periods import Period, Span, month_of, parse_period
from .vocabulary import Words

SERIES: Words = (
    ("monthly", "每月小排查"), ("quarterly", "季度大排查"), ("weekly", "每周排查"),
    ("special", "专项排查"),
)  # fmt: skip
SERIES_WORDS: Mapping[str, str] = dict(SERIES)

_SPANS: Mapping[str, Span] = {"monthly": "month", "quarterly": "quarter", "weekly": "week"}
_SPAN_WORDS: Mapping[str, str] = {
    "monthly": "每月小排查按月开，写成 2026-05。",
    "quarterly": "季度大排查按季度开，写成 2026-Q2。",
    "weekly": "每周排查按周开，写成 2026-W20。",
}
REMIND_HOW: Words = (
    ("phone", "电话"), ("message", "短信、微信"), ("visit", "上门"), ("meeting", "会上"),
)  # fmt: skip

REMIND: tuple[Field, ...] = (
    Field("on", "提醒日期", "date", help="不填就是今天。"),
    Field("how", "怎样提醒的", "choice", required=True, choices=REMIND_HOW),
    Field("note", "对方怎么说", max_length=200, sample="答应明天报"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class RoundKey:
    """Which round: its series, its period as written, its theme."""

    period: str
    series: str = "monthly"
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """What one round asks of one village. ``id`` is empty where the round was never opened."""

    village: str
    key: RoundKey
    due: date
    opened_on: date
    id: str = ""
    note: str = ""


def check_round(series: str, period: Period) -> None:
    """Refuse a series that is unknown or does not fit its period, e.g. a monthly one of a year."""
    if series not in SERIES_WORDS:
        raise RuleViolation(
            "unknown_series", f"没有“{series}”这种排查。",
            mend="可以用：" + "、".join(f"{name}（{code}）" for code, name in SERIES) + "。",
            field="kind",
        )  # fmt: skip
    wanted = _SPANS.get(series)
    if wanted and period.span != wanted:
        raise RuleViolation(
            "period_of_series", f"{SERIES_WORDS[series]}不能用“{period.words}”这个期间。",
            mend=_SPAN_WORDS[series], field="period",
        )  # fmt: skip


def due_day(period: Period, calendar: Calendar) -> date:
    """Until when a round is due where nobody said another day: the period's last working day."""
    return calendar.last_workday(period.last)


def call_of(record: RoundCall) -> Call:
    """A call as it was written down."""
    key = RoundKey(record.period, record.series, record.theme)
    return Call(record.village, key, record.due, record.opened_on, record.id, record.note)


def key_of(record: ScreeningReturn) -> RoundKey:
    """The round that a return answers."""
    return RoundKey(record.period, record.series, record.theme)


def answers_a_round(record: ScreeningReturn) -> bool:
    """Whether a return names a round at all; a zero line of a year's ledger may not."""
    wanted = _SPANS.get(record.series)
    try:
        period = parse_period(record.period)
    except RuleViolation:
        return False
    return wanted is None or period.span == wanted


def assumed(village: str, period: Period, calendar: Calendar) -> Call:
    """The monthly call of a month for which no round was opened."""
    return Call(village, RoundKey(period.text), due_day(period, calendar), period.first)


def calls_in_force(
    opened: Sequence[Call],
    returns: Sequence[ScreeningReturn],
    villages: Iterable[str],
    calendar: Calendar,
    today: date,
) -> tuple[Call, ...]:
    """Every call up to ``today``: the opened ones, and the assumed monthly ones between.

    Months are assumed from the first one that was opened or reported by a person (an imported
    ledger of old years begins nothing), so an office that does not screen yet owes nothing.
    """
    months = [parse_period(call.key.period) for call in opened if call.key.series == "monthly"]
    months += [
        parse_period(r.period) for r in returns if r.series == "monthly" and not r.batch
    ]  # fmt: skip
    found = list(opened)
    known = {(call.village, call.key) for call in opened}
    asked_of_month = {call.key for call in opened}
    month = min(months, default=None)
    while month is not None and month.first <= today:
        key = RoundKey(month.text)
        if key not in asked_of_month:  # an opened round says itself whom it asks
            found += (
                assumed(village, month, calendar)
                for village in villages
                if (village, key) not in known
            )
        month = month.shift(1)
    return tuple(found)


# --- what came of a call -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answered:
    """One call and what the village filed for it, the first return first."""

    call: Call
    returns: tuple[ScreeningReturn, ...] = ()

    @property
    def filed_on(self) -> date | None:
        """The day of the first return; a later one adds to it and makes nothing late."""
        return min((r.filed_on for r in self.returns if r.filed_on), default=None)

    @property
    def filed(self) -> bool:
        """Whether anything was filed at all."""
        return bool(self.returns)

    @property
    def zero(self) -> bool:
        """零报告: filed, and nothing found."""
        return self.filed and all(r.zero for r in self.returns)

    @property
    def late_days(self) -> int:
        """Days by which the return came late; 0 in time, or where no day is known."""
        filed = self.filed_on
        return max(0, (filed - self.call.due).days) if filed else 0

    @property
    def found(self) -> int:
        """How many disputes were filed."""
        return sum(len(r.disputes) for r in self.returns)

    def state(self, today: date) -> str:
        """``filed zero late`` once filed; else ``later waiting missing`` by the day."""
        if self.filed:
            return "late" if self.late_days else "zero" if self.zero else "filed"
        if today > self.call.due:
            return "missing"
        return "waiting" if today >= self.call.opened_on else "later"


def answered(calls: Iterable[Call], returns: Iterable[ScreeningReturn]) -> tuple[Answered, ...]:
    """Every call with its returns, in the order of the calls."""
    by_call: dict[tuple[str, RoundKey], list[ScreeningReturn]] = {}
    for each in returns:
        by_call.setdefault((each.village, key_of(each)), []).append(each)
    return tuple(
        Answered(call, tuple(sorted(by_call.get((call.village, call.key), ()), key=_filed)))
        for call in calls
    )


def _filed(each: ScreeningReturn) -> tuple[date, str]:
    return (each.filed_on or date.min, each.id)


def duty_of(each: Answered, name: str, words: str, book: Rulebook) -> Duty:
    """The village's duty to report, done by its first return. ``name`` is the village's."""
    call = each.call
    start = min(call.opened_on, call.due)
    key = ":".join(("return", call.key.series, call.key.period, call.key.theme)).rstrip(":")
    duty = book.agreed(
        "screening_return", start, call.due, name, key=key, title=f"报送{words}（没有新增也要报）"
    )
    if not each.filed:
        return duty
    return replace(duty, done_on=each.filed_on) if each.filed_on else replace(
        duty, settled="unknown", note="台账里没有报送日期"
    )  # fmt: skip


_AFTER_PERIOD: Mapping[str, str] = {"quarterly": "大排查", "weekly": "排查"}
"""What follows a period that has said its length already."""


def round_words(key: RoundKey, theme: str = "") -> str:
    """A round in words: 2026年9月每月小排查, 2026年第三季度大排查, 2026年9月专项排查（欠薪）."""
    series = _AFTER_PERIOD.get(key.series) or SERIES_WORDS.get(key.series, key.series)
    words = f"{parse_period(key.period).words}{series}"
    return f"{words}（{theme}）" if theme else words


# --- what a return may say ---------------------------------------------------------------------


def check_return(
    *, zero: bool, found: int, looked_after: int, before: Answered, filed_on: date, today: date
) -> None:
    """Refuse a return that contradicts itself or what was filed before."""
    problem: tuple[str, str, str, str] | None = None
    if filed_on > today:
        problem = ("date_in_future", "报送日期不能晚于今天。", "请核对日期。", "filed_on")
    elif zero and found:
        problem = (
            "zero_with_disputes",
            f"报了零报告，又填了 {found} 件纠纷。",
            "有新发现的，把零报告去掉；没有的，把纠纷删掉。",
            "zero",
        )
    elif not zero and not found and not looked_after:
        problem = (
            "empty_return",
            "还没有填一件纠纷，也没有报零报告。",
            "本期没有新发现的，请报零报告；有的，请把纠纷填上。",
            "zero",
        )
    elif zero and before.found:
        problem = (
            "zero_after_disputes",
            f"这一期已经报过 {before.found} 件，不能再报零报告。",
            "报错了的纠纷，请逐件作废并写明理由。",
            "zero",
        )
    elif zero and before.zero:
        problem = (
            "already_filed",
            "这一期的零报告已经报过了。",
            "不用再报；有新发现的可以补报。",
            "zero",
        )
    if problem:
        code, sentence, mend, field = problem
        raise RuleViolation(code, sentence, mend=mend, field=field)


def current_month(today: date) -> RoundKey:
    """The standing round of the month."""
    return RoundKey(month_of(today).text)


def round_to_answer(open_calls: Sequence[Answered], today: date) -> RoundKey:
    """The round a return is for where it does not say so.

    Of those opened and not answered yet: the one whose period is now, else the newest; where none
    waits, this month's.
    """
    waiting = [each.call for each in open_calls if each.call.id and not each.filed]
    running = [call for call in waiting if today in parse_period(call.key.period)]
    chosen = running or waiting
    if not chosen:
        return current_month(today)
    return max(chosen, key=lambda call: (parse_period(call.key.period).first, call.opened_on)).key
