"""From the lines of a table to ledger rows, with every problem named and nothing guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from ..domain.date_column import AFTER_TODAY, complete_column
from ..domain.dates import DateReading, first_from, read_date
from ..domain.identity import (
    normalise_name,
)
from .addresses import split_village
from .lines import Line, several_lines
from .mapping import Column, MappingProfile
from .rows import LedgerRow, Problem, ZeroReport
from .sheets import written
from .tables import Table
from .values import (
    MOBILE,
    Notes,
    amount_words,
    demand,
    first_contact,
    id_number,
    is_settled,
    people,
    phones,
    running_number,
    source_number,
    too_long,
)
from .words import Kind, first_match, matches, normalise_header, value_patterns

KnownCategory = Callable[[str], str | None]

OTHER = "其他"
_LATER = ("notice_on", "answered_on", "settled_on", "due")
_CHANNEL_FIELDS = frozenset(
    [
        "name",
        "sender",
        "received_on",
        "phone",
        "detail",
        "title",
        "claims",
        "source_number",
        "headcount",
    ]
)


@dataclass(frozen=True)
class Setting:
    """What the rows of one table are read with."""

    table: Table
    columns: Sequence[Column]
    kind: Kind
    today: date
    known_category: KnownCategory
    profile: MappingProfile | None = None
    villages: Sequence[str] = ()
    file_title: str = ""


@dataclass
class Findings:
    """The rows that can be registered, and everything to be told about the table."""

    rows: list[LedgerRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    zero_reports: list[ZeroReport] = field(default_factory=list)


def interpret(lines: Sequence[Line], setting: Setting) -> Findings:
    """Read all lines of one table; a line without a clear date stays among the problems."""
    findings = Findings()
    dates = _received(lines, setting)
    channel = _channel_of_table(setting)
    village = _village_of_table(setting)
    carries = setting.kind == "disputes" and not _has_merged_villages(setting)
    for line, reading in zip(lines, dates, strict=True):
        if line.zero:
            zero = _zero(line, reading, village, setting)
            findings.zero_reports.append(zero)
            village = zero.village if carries else village
            continue
        notes = Notes(setting.table.sheet.name, line, running_number(line))
        if carries:
            village = _carried_village(line, village, setting, notes)
        row = _row(line, reading, channel, village, setting, notes)
        findings.problems += notes.found
        if row is not None:
            findings.rows.append(row)
    return findings


def _received(lines: Sequence[Line], setting: Setting) -> list[DateReading]:
    """The day of each line, the year found where it is not written."""
    title = setting.table.title
    readings = [read_date(line.values.get("received_on")) for line in lines]
    if title.day is not None:
        readings = [DateReading(title.day) if r.empty else r for r in readings]
    years: Sequence[int] = title.years
    if setting.profile and setting.profile.year:
        years = (setting.profile.year,)
    limits = [_later_in_row(line) or (None if years else title.filled_on) for line in lines]
    return complete_column(
        readings, today=setting.today, years=years, month=title.month, not_after=limits
    )


def _later_in_row(line: Line) -> date | None:
    written_days = (read_date(line.values.get(f)).value for f in _LATER)
    return min((d for d in written_days if d), default=None)


def _row(
    line: Line,
    reading: DateReading,
    channel: str,
    village: str,
    setting: Setting,
    notes: Notes,
) -> LedgerRow | None:
    if too_long(line, notes):
        return None
    day = _clear_day(line, reading, setting, notes)
    title, claims, detail = demand(line)
    if not title:
        notes.add("detail", "content_missing", "没有写反映的问题，这一行没有导入")
    name, parties, headcount, anonymous = people(line, setting.kind, notes)
    numbers = phones(line, notes)
    card = id_number(line, setting.today, notes)
    category_text = line.text("category")
    category = setting.known_category(category_text) if category_text else ""
    if category is None:
        notes.add(
            "category", "category_unknown", f"类别“{category_text}”不在本单位的代码表里，照原文保留"
        )
    spoken, source = _channel(line, channel, setting, notes)
    where, place = _village(line, village, setting)
    if day is None or not title:
        return None
    notice = _later(line, "notice_on", day, setting.today, notes)
    answered = _later(line, "answered_on", day, setting.today, notes)
    settled_on = _later(line, "settled_on", day, setting.today, notes)
    due = _later(line, "due", day, None, notes)
    return LedgerRow(
        kind=setting.kind,
        sheet=setting.table.sheet.name,
        row=line.row + 1,
        no=notes.no,
        received_on=day,
        source_number=source_number(line),
        name=name,
        parties=parties,
        anonymous=anonymous,
        headcount=headcount,
        phone=numbers[0] if numbers else "",
        phones=numbers,
        id_number=card,
        village=where,
        place=place,
        address=line.text("address"),
        channel=spoken,
        source=source,
        first=first_contact(line),
        category_text=category_text,
        category=category or "",
        title=title,
        claims=claims,
        detail=detail,
        unit=line.text("unit"),
        leader=line.text("leader"),
        responsible=line.text("responsible"),
        notice_on=notice,
        answered_on=answered,
        answer_text=several_lines(written(line.values.get("answer_text"))),
        result=several_lines(written(line.values.get("result"))),
        due=due,
        settled=setting.kind == "disputes" and (settled_on is not None or is_settled(line)),
        settled_on=settled_on,
        grade=line.text("grade"),
        amount=amount_words(line),
        method=line.text("method"),
        measures=several_lines(written(line.values.get("measures"))),
        remark=several_lines(written(line.values.get("remark"))),
        cells=line.cells,
        problems=tuple(notes.found),
    )


def _clear_day(line: Line, reading: DateReading, setting: Setting, notes: Notes) -> date | None:
    if reading.value is None:
        missing = "没有写日期" if "received_on" in line.columns else "表里没有登记日期这一栏"
        why = reading.why or missing
        notes.add("received_on", "date_unclear", f"{why}，这一行没有导入")
    elif reading.value > setting.today:
        notes.add("received_on", "date_future", f"{AFTER_TODAY}，这一行没有导入")
    else:
        return reading.value
    return None


def _later(line: Line, name: str, received: date, today: date | None, notes: Notes) -> date | None:
    """A date of the same row after receipt; without a year the first such day. ``today`` bounds."""
    reading = read_date(line.values.get(name))
    if reading.partial:
        reading = first_from(reading, received)
    if reading.why:
        text = line.written(name)
        if re.search(r"\d", text) or matches(value_patterns("settled")["yes"], text):
            notes.add(name, "date_unclear", f"{reading.why}，按没有日期处理")
        return None
    day = reading.value
    if day is None or (day >= received and (today is None or day <= today)):
        return day
    if day < received:
        notes.add(name, "date_order", f"早于登记日期 {received.isoformat()}，按没有日期处理")
    else:
        notes.add(name, "date_future", f"{AFTER_TODAY}，按没有日期处理")
    return None


def _channel_of_table(setting: Setting) -> str:
    """What the head (来电人, 来访日期, 留言), the sheet's name or the title say of all rows."""
    heads = [c.header for c in setting.columns if c.field in _CHANNEL_FIELDS]
    table = setting.table
    for texts in (heads, [table.sheet.name], list(table.title.texts[:1]), [setting.file_title]):
        found = {
            name
            for name, patterns in value_patterns("channel_words").items()
            if any(matches(patterns, normalise_header(t)) for t in texts)
        }
        if len(found) == 1:
            return found.pop()
    return setting.profile.channel if setting.profile else ""


def _channel(line: Line, common: str, setting: Setting, notes: Notes) -> tuple[str, str]:
    """Channel and source of one row; 其他 with a problem where nothing tells the channel."""
    source = line.text("source")
    if setting.kind == "disputes":
        return "", source
    text = line.text("channel")
    if text:
        source = source or first_match("sources", text)
        found = first_match("channels", text) or (OTHER if text in ("其他", "其它") else "")
        if found and not ("来信" in text and "来访" in text):
            return found, source
    if not text and (common := common or first_match("channels", source)):
        return common, source
    why = f"没有认出信访形式“{text}”" if text else "没有写信访形式，表头和表名里也看不出"
    notes.add("channel", "channel_unknown", f"{why}，按“其他”登记")
    return OTHER, source


def _village_of_table(setting: Setting) -> str:
    """A sheet of one village: its name is the sheet's, or stands after 填报单位."""
    for text in (setting.table.sheet.name, setting.table.title.filled_by, setting.file_title):
        village, _ = split_village(text, known=setting.villages)
        if village and re.search("村|社区", village):
            return village
    return ""


def _has_merged_villages(setting: Setting) -> bool:
    columns = [c.index for c in setting.columns if c.field == "village"]
    return any(left in columns and bottom > top for top, left, bottom, _ in setting.table.sheet.merges)  # fmt: skip


def _carried_village(line: Line, above: str, setting: Setting, notes: Notes) -> str:
    """The village for a row that leaves it empty where nothing is merged (csv): the one above.

    A merged column saved as text looks so; each such row is told as a problem.
    """
    if "village" not in line.columns:
        return above
    village, _ = _village(line, "", setting)
    if not village and above:
        notes.add("village", "village_carried", f"村（社区）空着，按上一行的“{above}”登记")
    return village or above


def _village(line: Line, common: str, setting: Setting) -> tuple[str, str]:
    village, place = split_village(line.text("village"), known=setting.villages, whole=True)
    address = MOBILE.sub("", line.text("address"))
    around, rest = split_village(address, known=setting.villages)
    if not village:
        village = around or common
        place = rest or place
    return village, place or rest


def _zero(line: Line, reading: DateReading, common: str, setting: Setting) -> ZeroReport:
    village, _ = _village(line, common, setting)
    title = setting.table.title
    day = reading.value
    year = day.year if day else (title.years[0] if len(title.years) == 1 else 0)
    if not year:
        period = ""
    elif title.quarter and not title.month:
        period = f"{year}-Q{title.quarter}"
    elif title.month or day:
        period = f"{year}-{title.month or (day.month if day else 0):02}"
    else:
        period = str(year)
    return ZeroReport(setting.table.sheet.name, line.row + 1, normalise_name(village), period, day)
