"""排查轮次: opening a round, who has reported, the grid of villages and periods, reminders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..domain import screening
from ..domain.case_records import CaseStep, Round, RoundCall, ScreeningReturn
from ..domain.errors import RuleViolation
from ..domain.inputs import clean_text, read_fields
from ..domain.periods import Period, parse_period
from ..domain.records import Village
from ..domain.screening import Answered, Call, RoundKey
from ..store.changelog import new, new_id
from ..store.database import Connection
from ..store.files import fetch, in_order
from ..store.subjects import Setting
from ..store.tables import TABLES
from .desk import Changes, Desk, use_case
from .dispute_work import feed_of
from .round_duties import returns_in_sight, village_in_sight, villages_in_sight

DEFAULT_SERIES: Mapping[str, str] = {"month": "monthly", "quarter": "quarterly", "week": "weekly"}


@dataclass(frozen=True, slots=True)
class OpenRound:
    """A round to open. Words or codes; ``villages`` empty: all; ``due`` None: the last working
    day of the period."""

    series: str
    period: str
    theme: str = ""
    due: date | None = None
    villages: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class RoundOpened:
    """What was opened: the round in words, until when, for which villages."""

    key: RoundKey
    words: str
    due: date
    villages: tuple[str, ...]
    changes: Changes


@dataclass(frozen=True, slots=True)
class RoundStatus:
    """Who has reported for one round. ``returned`` includes ``zero`` and ``late``; by name."""

    key: RoundKey
    words: str
    due: date
    opened: bool
    returned: tuple[str, ...]
    zero: tuple[str, ...]
    late: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One village and one round. ``state``: filed zero late waiting missing later none."""

    village: str
    village_name: str
    key: RoundKey
    state: str
    due: date
    found: int = 0
    late_days: int = 0
    filed_on: date | None = None
    by: str = ""
    reporter: str = ""
    note: str = ""
    reminded: tuple[str, ...] = ()  # 9月18日 电话：答应明天报


@dataclass(frozen=True, slots=True)
class GridColumn:
    """One round as a column: its words, and how many of the asked have reported."""

    key: RoundKey
    words: str
    due: date
    filed: int
    asked: int


@dataclass(frozen=True, slots=True)
class RoundGrid:
    """The grid of one series and year: rows are villages in the order of their codes."""

    series: str
    year: int
    columns: tuple[GridColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    villages: tuple[str, ...]


# --- opening -----------------------------------------------------------------------------------


@use_case("open_round")
def open_round(desk: Desk, asked: OpenRound) -> RoundOpened:
    """Open a round: each village that is asked owes a return by its day."""
    series = _series(asked.series)
    period = parse_period(asked.period)
    screening.check_round(series, period)
    note = clean_text(asked.note, "说明", 200, lines=False, field="note")
    with desk.writing() as tx:
        now = desk.setting(tx.conn)
        theme = _theme(now, series, asked.theme)
        key = RoundKey(period.text, series, theme)
        table = TABLES["round"]
        same = (table.c.period == key.period, table.c.series == series, table.c.theme == theme)
        words = round_words(now, key)
        if fetch(tx.conn, Round, *same):
            raise RuleViolation(
                "round_exists", f"{words}已经开过。", mend="不用再开；要改到期日，请另开专项排查。",
                field="period",
            )  # fmt: skip
        due = asked.due or screening.due_day(period, now.book.calendar)
        villages = _asked(desk, tx.conn, asked.villages)
        record = Round(
            id=new_id(), feed=desk.feed, series=series, period=key.period, theme=theme, due=due,
            opened_on=desk.today, by=desk.account.name, note=note,
        )  # fmt: skip
        calls = [
            RoundCall(
                id=new_id(), feed=feed_of(desk, village), round=record.id, village=village.id,
                series=series, period=key.period, theme=theme, due=due, opened_on=desk.today,
                note=note,
            )
            for village in villages
        ]  # fmt: skip
        tx.append([new(record), *map(new, calls)])
    return RoundOpened(
        key, words, due, tuple(village.name for village in villages),
        Changes(frozenset({"round", "round_call"})),
    )  # fmt: skip


def _series(written: str) -> str:
    """A series by its code or its Chinese name."""
    names = {name: code for code, name in screening.SERIES}
    return names.get(written.strip(), written.strip())


def _theme(now: Setting, series: str, written: str) -> str:
    table = now.codes["screening_theme"]
    if series != "special":
        if written:
            raise RuleViolation(
                "theme_not_asked", "只有专项排查才有主题。", mend="请去掉主题，或改成专项排查。",
                field="theme",
            )  # fmt: skip
        return ""
    if not written:
        raise RuleViolation(
            "theme_missing", "专项排查要有主题。",
            mend="可用的有：" + "、".join(entry.name for entry in table), field="theme",
        )  # fmt: skip
    return table.require(written, label="专项主题", field="theme").code


def _asked(desk: Desk, conn: Connection, named: Iterable[str]) -> list[Village]:
    wanted = [village_in_sight(desk, conn, name) for name in named]
    found = wanted or villages_in_sight(desk, conn)
    if not found:
        raise RuleViolation(
            "no_villages", "还没有村（社区），不知道让谁报。",
            mend="请先在“设置—村（社区）”里添加。", field="villages",
        )  # fmt: skip
    return found


def round_words(now: Setting, key: RoundKey) -> str:
    """A round in words, its theme by name."""
    theme = now.codes["screening_theme"].name_of(key.theme) if key.theme else ""
    return screening.round_words(key, theme)


# --- who has reported --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Seen:
    """What this account sees: villages, calls that were opened, returns."""

    villages: tuple[Village, ...]
    opened: tuple[Call, ...]
    returns: tuple[ScreeningReturn, ...]

    def names(self) -> Mapping[str, str]:
        return {village.id: village.name for village in self.villages}


def _seen(desk: Desk, conn: Connection) -> _Seen:
    villages = tuple(villages_in_sight(desk, conn))
    ids = {village.id for village in villages}
    return _Seen(
        villages,
        tuple(screening.call_of(r) for r in fetch(conn, RoundCall) if r.village in ids),
        tuple(returns_in_sight(conn, ids)),
    )


def calls_of(
    desk: Desk, conn: Connection, now: Setting, key: RoundKey, seen: _Seen | None = None
) -> tuple[Answered, ...]:
    """One round: every village's call with what it filed; not opened, it is assumed for all."""
    seen = seen or _seen(desk, conn)
    calls = [call for call in seen.opened if call.key == key]
    if not calls:
        period = parse_period(key.period)
        due = screening.due_day(period, now.book.calendar)
        calls = [Call(village.id, key, due, period.first) for village in seen.villages]
    place = {village.id: number for number, village in enumerate(seen.villages)}
    calls.sort(key=lambda call: place[call.village])
    return screening.answered(calls, seen.returns)


def key_for(now: Setting, period: Period, series: str = "", theme: str = "") -> RoundKey:
    """The round that a period means: the one of its own length, unless a series or a theme is
    named."""
    usual = "special" if theme else DEFAULT_SERIES.get(period.span, "")
    series = _series(series) if series else usual
    if not series:
        raise RuleViolation(
            "period_of_series", f"{period.words}不是一轮排查的期间。",
            mend="写到月（2026-05）、季度（2026-Q2）或周（2026-W20）。", field="period",
        )  # fmt: skip
    screening.check_round(series, period)
    return RoundKey(period.text, series, _theme(now, series, theme))


@use_case("read_screening")
def round_key(desk: Desk, period: str, series: str = "", theme: str = "") -> RoundKey:
    """The round that these words mean."""
    with desk.reading() as conn:
        return key_for(desk.setting(conn), parse_period(period), series, theme)


@use_case("read_screening")
def screening_status(desk: Desk, period: str, series: str = "", theme: str = "") -> RoundStatus:
    """Who has reported for a period, and who has not."""
    with desk.reading() as conn:
        now, seen = desk.setting(conn), _seen(desk, conn)
        key = key_for(now, parse_period(period), series, theme)
        found = calls_of(desk, conn, now, key, seen)
        words = round_words(now, key)
    names = seen.names()

    def named(each: Iterable[Answered]) -> tuple[str, ...]:
        return tuple(names[one.call.village] for one in each)

    due = found[0].call.due if found else screening.due_day(
        parse_period(key.period), now.book.calendar
    )  # fmt: skip
    return RoundStatus(
        key=key, words=words, due=due, opened=any(each.call.id for each in found),
        returned=named(each for each in found if each.filed),
        zero=named(each for each in found if each.zero),
        late=named(each for each in found if each.late_days),
        missing=named(each for each in found if not each.filed),
    )  # fmt: skip


@use_case("read_screening")
def screening_grid(desk: Desk, series: str, year: int) -> RoundGrid:
    """All villages and all rounds of one series in one year, up to now.

    Months before the office began to screen ask nothing of anybody (``none``).
    """
    today = desk.today
    with desk.reading() as conn:
        now, seen = desk.setting(conn), _seen(desk, conn)
        in_force = screening.calls_in_force(
            seen.opened, seen.returns, [v.id for v in seen.villages], now.book.calendar, today
        )
        asked = {(call.village, call.key): call for call in in_force}
        keys = _columns(series, year, seen, in_force)
        reminders = _reminders(conn, now)
        columns, by_key = [], {}
        for key in keys:
            found = {each.call.village: each for each in calls_of(desk, conn, now, key, seen)}
            by_key[key] = found
            due = next(iter(found.values())).call.due if found else today
            real = [each for v, each in found.items() if each.filed or (v, key) in asked]
            columns.append(
                GridColumn(key, column_words(now, key), due, sum(e.filed for e in real), len(real))
            )
    rows = tuple(
        tuple(
            _cell(by_key[key].get(village.id), village, key, asked, reminders, today)
            for key in keys
        )
        for village in seen.villages
    )
    return RoundGrid(series, year, tuple(columns), rows, tuple(v.name for v in seen.villages))


def _columns(series: str, year: int, seen: _Seen, in_force: Iterable[Call]) -> list[RoundKey]:
    """The rounds of a series that fall into a year, oldest first."""
    named = {call.key for call in in_force} | {screening.key_of(r) for r in seen.returns}
    keys = {key for key in named if key.series == series}
    if series == "monthly":
        keys |= {RoundKey(f"{year:04d}-{month:02d}") for month in range(1, 13)}
    return sorted(
        (key for key in keys if parse_period(key.period).year == year),
        key=lambda key: (parse_period(key.period).first, key.theme),
    )


def column_words(now: Setting, key: RoundKey) -> str:
    """The head of a column: 9月, 第3季度, 第38周, 汛期 9月."""
    period = parse_period(key.period)
    words = period.words.partition("年")[2] or period.words
    theme = now.codes["screening_theme"].name_of(key.theme) if key.theme else ""
    return f"{theme} {words}".strip()


def _cell(
    each: Answered | None,
    village: Village,
    key: RoundKey,
    asked: Mapping[tuple[str, RoundKey], Call],
    reminders: Mapping[tuple[str, RoundKey], tuple[str, ...]],
    today: date,
) -> Cell:
    place = (village.id, key)
    if each is None:
        return Cell(village.id, village.name, key, "none", today)
    first = each.returns[0] if each.returns else None
    state = each.state(today) if each.filed or place in asked else "later"
    if state == "later" and each.call.due < today:
        state = "none"  # before the office began, or a round that did not ask this village
    return Cell(
        village=village.id, village_name=village.name, key=key, state=state, due=each.call.due,
        found=each.found, late_days=each.late_days, filed_on=each.filed_on,
        by=first.by if first else "", reporter=first.reporter if first else "",
        note="；".join(r.note for r in each.returns if r.note),
        reminded=reminders.get(place, ()),
    )  # fmt: skip


# --- reminding ---------------------------------------------------------------------------------


@use_case("remind_village")
def remind_village(desk: Desk, village: str, key: RoundKey, data: Mapping[str, Any]) -> Changes:
    """Write down that a village was reminded of its return: when, how, what was said."""
    reading = read_fields(screening.REMIND, data)
    if reading.problems:
        raise reading.problems[0]
    values = dict(reading.values)
    on = date.fromisoformat(values.pop("on", desk.today.isoformat()))
    if on > desk.today:
        raise RuleViolation(
            "date_in_future", "提醒日期不能晚于今天。", mend="请核对日期。", field="on"
        )
    with desk.writing() as tx:
        found = village_in_sight(desk, tx.conn, village)
        step = CaseStep(
            id=new_id(), feed=feed_of(desk, found), case=found.id, action="remind", on=on,
            at=desk.now(), by=desk.account.name,
            data={**values, "period": key.period, "series": key.series, "theme": key.theme},
        )  # fmt: skip
        tx.append([new(step)])
    return Changes(frozenset({"case_step", "round"}), frozenset({found.id}))


def _reminders(conn: Connection, now: Setting) -> Mapping[tuple[str, RoundKey], tuple[str, ...]]:
    """Reminders in words by village and round, oldest first."""
    how = dict(screening.REMIND_HOW)
    found: dict[tuple[str, RoundKey], list[str]] = {}
    for step in in_order(fetch(conn, CaseStep, TABLES["case_step"].c.action == "remind")):
        data = step.data or {}
        key = RoundKey(data["period"], data["series"], data.get("theme", ""))
        said = f"：{data['note']}" if data.get("note") else ""
        words = f"{step.on.month}月{step.on.day}日{how.get(data['how'], data['how'])}提醒{said}"
        found.setdefault((step.case, key), []).append(words)
    return {place: tuple(words) for place, words in found.items()}
