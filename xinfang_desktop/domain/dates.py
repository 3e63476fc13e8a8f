"""Dates as people write them: ``1122``, ``1月10日``, ``昨天``, ``2026.1.18``, Excel serials.

Reading is split from completing: :func:`read_date` says what is written, maybe without a year;
:func:`complete` adds one. A whole column of a ledger is completed in ``date_column``.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from .names import parse_number

FIRST_YEAR, LAST_YEAR = 1949, 2099
_EXCEL_ZERO = datetime(1899, 12, 31)  # noqa: DTZ001 - cells have no zone

_RELATIVE = {"今天": 0, "今日": 0, "当天": 0, "昨天": -1, "昨日": -1, "前天": -2, "前日": -2, "大前天": -3, "明天": 1, "明日": 1, "后天": 2, "后日": 2}  # fmt: skip
_HAN_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_TIME = r"(?:[T\s日号]*(?:上午|下午|早上|早晨|晚上|晚|中午|凌晨|AM|PM)?\s*\d{1,2}(?::|时|点)(?:\d{1,2}(?::|分)?)?(?:\d{1,2}(?:\.\d+)?秒?)?\s*(?:AM|PM|Z|左右|许|半)?)?"
_TAIL = rf"\s*(?:日|号)?\s*[（(]?(?:(?:星期|周|礼拜)[一二三四五六日天])?[）)]?\s*(?:上午|下午|早上|早晨|晚上|晚|中午|凌晨)?{_TIME}\s*$"
_SEP = r"\s*[-/.．。、_\\]\s*"

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (order, re.compile(pattern, re.IGNORECASE))
    for order, pattern in (
        ("ymd", rf"^(\d{{4}}|\d{{2}})\s*年\s*(\d{{1,2}})\s*月\s*(\d{{1,2}}){_TAIL}"),
        ("ymd", rf"^(\d{{4}}){_SEP}(\d{{1,2}}){_SEP}(\d{{1,2}}){_TAIL}"),
        ("ymd", rf"^(\d{{4}})\s+(\d{{1,2}})\s+(\d{{1,2}}){_TAIL}"),
        ("ymd", rf"^(\d{{4}})(\d{{2}})(\d{{2}})(?:\d{{4}}(?:\d{{2}})?|{_TAIL})$"),
        ("dmy", rf"^(\d{{1,2}})/(\d{{1,2}})/(\d{{4}}){_TAIL}"),
        ("ymd", rf"^(\d{{2}})[.\-](\d{{1,2}})[.\-](\d{{1,2}}){_TAIL}"),
        ("ym", r"^(\d{4})\s*(?:年|[-/.])\s*(\d{1,2})\s*月?(?:份|上旬|中旬|下旬|初|底)?$"),
        ("md", rf"^(\d{{1,2}})\s*月\s*(\d{{1,2}}){_TAIL}"),
        ("md", rf"^(\d{{1,2}}){_SEP}(\d{{1,2}}){_TAIL}"),
        ("d", r"^(\d{1,2})\s*(?:日|号)$"),
    )
)
_HAN_NUMBER = re.compile("[〇○零一二三四五六七八九十]+(?=[年月日号])")


@dataclass(frozen=True, slots=True)
class DateReading:
    """What one cell says: a whole date, a part of one (no year), nothing, or a problem.

    ``why`` is the problem as a sentence; then no date is given. ``month`` 0 means that only the
    day of the month is written.
    """

    value: date | None = None
    month: int = 0
    day: int = 0
    why: str = ""

    @property
    def partial(self) -> bool:
        """A day without its year."""
        return self.value is None and self.day > 0 and not self.why

    @property
    def empty(self) -> bool:
        """Nothing is written."""
        return self.value is None and not self.day and not self.why

    def in_year(self, year: int, month: int = 0) -> date | None:
        """The date in ``year`` (``month`` where only a day is written); ``None`` if impossible."""
        try:
            return date(year, self.month or month, self.day)
        except ValueError:
            return None


EMPTY = DateReading()


def parse_date(
    value: object, *, today: date, default_year: int | None = None, past: bool = True
) -> DateReading:
    """Read ``value`` and, where the year is missing, complete it.

    The year is ``default_year``, else the latest that does not lie after ``today`` (``past``),
    else the year of ``today``. For a clerk's own typing; a ledger uses ``date_column``.
    """
    reading = read_date(value, today=today)
    if not reading.partial:
        return reading
    if default_year is not None:
        return complete(reading, default_year)
    if not past:
        return complete(reading, today.year, today.month)
    for back in range(13 if not reading.month else 9):
        year, month = today.year - back, 0
        if not reading.month:
            index = today.year * 12 + today.month - 1 - back
            year, month = divmod(index, 12)
            month += 1
        found = reading.in_year(year, month)
        if found and found <= today:
            return DateReading(found)
    return replace(reading, why=_impossible(today.year, reading.month, reading.day))


def read_date(value: object, *, today: date | None = None) -> DateReading:
    """What a cell or a typed text says. ``today`` gives 今天 and 昨天 their meaning. Never raises.

    Numbers: ``20260106``, Excel serials (20000 to 73050, days from 1899-12-30), ``1122``
    (month and day), ``5.16``; ``5.1`` in a number cell may be the 1st or the 10th and is refused.
    A cell made for dates shows a typed ``9.21`` as a moment of January 1900; it is read as typed.
    """
    if isinstance(value, datetime) and value.year == 1900 and value.time() != time():
        return _number(round((value.replace(tzinfo=None) - _EXCEL_ZERO) / timedelta(days=1), 2))
    if isinstance(value, datetime):
        return _whole(value.year, value.month, value.day)
    if isinstance(value, date):
        return _whole(value.year, value.month, value.day)
    if isinstance(value, bool) or value is None:
        return EMPTY
    if isinstance(value, int | float):
        return _number(float(value))
    return _text(str(value), today)


def _whole(year: int, month: int, day: int) -> DateReading:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return DateReading(why=f"年份 {year} 不对")
    try:
        return DateReading(date(year, month, day))
    except ValueError:
        return DateReading(why=_impossible(year, month, day))


def _part(month: int, day: int) -> DateReading:
    try:
        date(2000, month, day)  # a leap year: 2月29日 may exist
    except ValueError:
        return DateReading(why=_impossible(2000, month, day).replace("只有", "最多"))
    return DateReading(month=month, day=day)


def _impossible(year: int, month: int, day: int) -> str:
    if not 1 <= month <= 12:
        return f"没有 {month} 月"
    length = calendar.monthrange(year, month)[1]
    if month == 2 and day == 29:
        return f"{year} 年 2 月只有 {length} 天"
    return f"{month} 月没有 {day} 日（只有 {length} 天）"


def _number(value: float) -> DateReading:
    if not 0 <= value <= 10**9:  # also NaN
        return DateReading(why="没有认出日期")
    if value.is_integer():
        return _whole_number(int(value))
    if 20000 <= value <= 73050:  # a serial with a time of day
        return _whole_number(int(value))
    month, day = divmod(round(value * 100), 100)
    if 1 <= month <= 12 and abs(value * 100 - round(value * 100)) < 1e-6:
        if day in (10, 20, 30):
            short = f"{month} 月 {day // 10} 日"
            return DateReading(why=f"数字 {value:g} 可能是 {short}，也可能是 {month} 月 {day} 日")
        return _part(month, day // 10 if day % 10 == 0 else day)
    return DateReading(why="没有认出日期")


def _whole_number(number: int) -> DateReading:
    if 19000101 <= number <= 20991231:
        return _whole(number // 10000, number // 100 % 100, number % 100)
    if 20000 <= number <= 73050:
        return DateReading(date(1899, 12, 30) + timedelta(days=number))
    if 101 <= number <= 1231:
        return _part(*divmod(number, 100))
    if number == 0:
        return EMPTY
    return _six_digits(f"{number:06d}") if number < 10**6 else DateReading(why="没有认出日期")


def _six_digits(text: str) -> DateReading:
    if FIRST_YEAR <= int(text[:4]) <= LAST_YEAR and 1 <= int(text[4:]) <= 12:
        return DateReading(why="只有年月，没有日")
    return _whole(2000 + int(text[:2]), int(text[2:4]), int(text[4:]))


def _text(raw: str, today: date | None) -> DateReading:
    text = unicodedata.normalize("NFKC", raw).strip().strip("'’‘")
    if not re.sub(r"[\s\-—/.无\\]", "", text):
        return EMPTY
    text = _arabic(text)
    if text in _RELATIVE:
        if today is None:
            return DateReading(why=f"“{text}”说不清是哪一天")
        return DateReading(today + timedelta(days=_RELATIVE[text]))
    if re.fullmatch(r"\d{3,6}(?:\.0+)?|\d{5}\.\d+|\d{8}\.0+", text):
        return _number(float(text))
    for order, pattern in _PATTERNS:
        found = pattern.match(text)
        if found:
            return _ordered(order, found.groups())
    return DateReading(why="没有认出日期")


def _arabic(text: str) -> str:
    """二〇二六年一月十日 → 2026年1月10日; 元月 → 1月."""
    return _HAN_NUMBER.sub(_han_number, text.replace("元月", "1月"))


def _han_number(found: re.Match[str]) -> str:
    written = found[0]
    if "十" in written:
        return str(parse_number(written.replace("○", "〇")))
    return str(int(written.translate(_HAN_DIGITS)))


def _year(written: str) -> int:
    """26 is 2026; 0026 is no year of ours and is not guessed."""
    return 2000 + int(written) if len(written) <= 2 else int(written)


def _ordered(order: str, parts: Sequence[str]) -> DateReading:
    numbers = [int(part) for part in parts]
    match order:
        case "ymd":
            return _whole(_year(parts[0]), *numbers[1:])
        case "md":
            return _part(*numbers)
        case "ym":
            return DateReading(why="只有年月，没有日")
        case "dmy":
            first, second = numbers[:2]
            year = _year(parts[2])
            if first > 12:
                return _whole(year, second, first)
            if second > 12 or first == second:
                return _whole(year, first, second)
            return DateReading(why="分不清哪个是月、哪个是日")
        case _:
            ok = 1 <= numbers[0] <= 31
            return DateReading(day=numbers[0]) if ok else DateReading(why="没有这一天")


def complete(reading: DateReading, year: int, month: int = 0) -> DateReading:
    """A partial reading in ``year``; a problem where that day does not exist."""
    if not reading.partial:
        return reading
    found = reading.in_year(year, month)
    if found:
        return DateReading(found)
    return DateReading(why=_impossible(year, reading.month or month or 1, reading.day))


def first_from(reading: DateReading, day: date) -> DateReading:
    """A partial reading as its first day on or after ``day`` (a deadline, an answer)."""
    following = (day.year + day.month // 12, day.month % 12 + 1)
    ahead = ((day.year + 1, 0),) if reading.month else (following,)
    tries = [complete(reading, *when) for when in ((day.year, day.month), *ahead)]
    return next((t for t in tries if t.value and t.value >= day), tries[0])
