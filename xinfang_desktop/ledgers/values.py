"""What single cells of a line mean: people, phones, ID, demand (values of a row, one by one)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from ..domain.identity import (
    check_id,
    is_anonymous,
    normalise_phones,
    parse_headcount,
    phone_problem,
    plain_text,
    split_group,
    split_parties,
)
from .lines import Line, one_line, several_lines
from .rows import Problem
from .sheets import written
from .words import Kind, first_match, matches, value_patterns

_MOST_PEOPLE = 100_000
_TITLE_LENGTH = 60
_LONGEST = 32_767  # characters that a cell of a spreadsheet can hold; more comes from no office
_LONGEST_NAME = 60
_SHOWN = 80
_NUMBERED = re.compile(
    r"(?:^|(?<=[\s;；。，,、]))[(（]?(\d{1,2})(?:[)）][、.．]?|[、.．:：](?!\d))\s*"
)
_NOT_SERIAL = re.compile(r"[A-Za-z〔\[(（\-/]|\d{6}")
MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_YES = frozenset({"是", "√", "✓", "☑", "1", "有", "y", "Y"})
_NO = frozenset({"否", "×", "0", "无", "没有", "n", "N"})


@dataclass
class Notes:
    """Collects the problems of one line, each with its place."""

    sheet: str
    line: Line
    no: int | None
    found: list[Problem] = field(default_factory=list)

    def add(self, name: str, code: str, why: str, value: str | None = None) -> None:
        column = self.line.columns.get(name)
        self.found.append(
            Problem(
                sheet=self.sheet,
                row=self.line.row + 1,
                no=self.no,
                column=column.letters if column else "",
                header=column.header if column else "",
                field=name,
                value=self.line.written(name) if value is None else value,
                code=code,
                why=why,
            )
        )


def running_number(line: Line) -> int | None:
    """The running number, from 序号 or the digits of a short 编号 (D001 → 1)."""
    for name in ("no", "source_number"):
        found = re.fullmatch(r"[A-Za-z]{0,3}0*(\d{1,7})", plain_text(line.values.get(name)))
        if found:
            return int(found[1])
    return None


def source_number(line: Line) -> str:
    """The number that the source gave this row; a running 1, 2, 3 is none.

    Under 编号 anything but up to three digits; under 序号 only what is clearly the number of a
    document (letters, brackets, a hyphen, or six digits and more).
    """
    number = plain_text(line.values.get("source_number"))
    if number and not re.fullmatch(r"\d{1,3}", number):
        return number
    number = plain_text(line.values.get("no"))
    return number if _NOT_SERIAL.search(number) else ""


def demand(line: Line) -> tuple[str, tuple[str, ...], str]:
    """Title, claims and detail: one claim at least where any of the three columns says something."""
    title = line.text("title")
    detail = several_lines(written(line.values.get("detail")))
    claimed = several_lines(written(line.values.get("claims")))
    claims = split_numbered(claimed) if claimed else ()
    if not title:
        source = one_line(detail) or (claims[0] if claims else "")
        title = short_title(source)
        if one_line(detail) == title:
            detail = ""
    return title, claims or ((title,) if title else ()), detail


def short_title(text: str) -> str:
    """The text itself up to 60 characters, else its first sentence, else its beginning and …."""
    if len(text) <= _TITLE_LENGTH:
        return text
    sentence = re.split(r"(?<=[。！？!?；;])", text)[0].rstrip("。；;")
    return sentence if 6 <= len(sentence) <= _TITLE_LENGTH else text[: _TITLE_LENGTH - 1] + "…"


def split_numbered(text: str) -> tuple[str, ...]:
    """``1、… 2、…`` cut at its numbers where they run 1, 2, 3 from the start; else one claim."""
    marks = list(_NUMBERED.finditer(text))
    if len(marks) < 2 or marks[0].start() or [int(m[1]) for m in marks] != [*range(1, len(marks) + 1)]:  # fmt: skip
        return (one_line(text),)
    ends = [m.start() for m in marks[1:]] + [len(text)]
    parts = (text[m.end() : end] for m, end in zip(marks, ends, strict=True))
    return tuple(one_line(p).strip("；;，, ") for p in parts if p.strip("；;，, \n"))


def too_long(line: Line, notes: Notes) -> bool:
    """Whether a cell holds more than can be registered; the reason stands among the problems."""
    found = False
    for name, value in line.values.items():
        if not isinstance(value, str) or len(value) <= _LONGEST_NAME:
            continue
        text = written(value)
        most = _LONGEST_NAME if name in ("name", "parties") else _LONGEST
        longest = max(map(len, split_parties(text)), default=0) if most < _LONGEST else len(text)
        if longest > most:
            why = f"有 {longest} 个字，最多 {most} 个，这一行没有导入"
            notes.add(name, "text_too_long", why, one_line(text)[:_SHOWN] + "…")
            found = True
    return found


def people(line: Line, kind: Kind, notes: Notes) -> tuple[str, tuple[str, ...], int, bool]:
    """First name, all names, how many people, and whether no name was left (匿名)."""
    cell = line.text("parties" if kind == "disputes" else "name")
    anonymous = is_anonymous(cell)
    _, group = split_group(cell)
    parties = () if anonymous else split_parties(cell)
    told = plain_text(line.values.get("headcount"))
    count = parse_headcount(line.values.get("headcount"))
    if told and count is None and line.text("headcount"):
        notes.add("headcount", "headcount_unclear", "没有认出人数")
    headcount = count or group or len(parties) or 1
    if headcount > _MOST_PEOPLE:
        notes.add("headcount" if count else "name", "headcount_unclear", f"人数 {headcount} 太大")
        headcount = len(parties) or 1
    return (parties[0] if parties else ""), parties, headcount, anonymous


def phones(line: Line, notes: Notes) -> tuple[str, ...]:
    """The phones of the phone column, else mobile numbers beside the name or the address."""
    if not line.text("phone"):
        elsewhere = (line.written(f) for f in ("name", "parties", "address"))  # 住址及电话
        return tuple(m for text in elsewhere for m in MOBILE.findall(text))
    value = line.values.get("phone")
    problem = phone_problem(value)
    if problem:
        notes.add("phone", "phone_unclear", problem)
    return normalise_phones(value)


def id_number(line: Line, today: date, notes: Notes) -> str:
    """The ID number where it is beyond doubt; else empty, and the reason among the problems."""
    if not line.text("id_number"):
        return ""
    value = line.values.get("id_number")
    if isinstance(value, str):
        value = next((p for p in re.split(r"[、,，;；/\n]", value) if p.strip()), value)
    check = check_id(value, today=today)
    if not check.ok:
        notes.add("id_number", check.code, check.why)
    return check.number


def first_contact(line: Line) -> bool | None:
    """Whether it is the first contact (初) or a repeat (重); ``None`` when not said."""
    text = line.text("first_or_repeat") or (line.written("first_or_repeat") if "first_or_repeat" in line.values else "")  # fmt: skip
    if not text:
        text = line.text("channel")
        return True if "初" in text else (False if "重" in text else None)
    header = line.columns["first_or_repeat"].header
    asks_first = "初" in header and "重" not in header
    answered = yes_or_no(text)
    if answered is not None:
        return answered == asks_first
    said = first_match("repeat", text)
    return None if not said else said == "first"


def amount_words(line: Line) -> str:
    """The amount as written, with its unit where only the header says 万元."""
    text = line.text("amount")
    header = line.columns["amount"].header if text else ""
    bare = re.fullmatch(r"[\d.,，]+", text)
    return f"{text}万元" if bare and "万元" in header else text


def yes_or_no(text: str) -> bool | None:
    """What a cell for 是 or 否 (有 or 没有, √ or ×) says; ``None`` where it is neither."""
    return True if text in _YES else False if text in _NO else None


def is_settled(line: Line) -> bool:
    """Whether 是否化解 or 化解情况 says that it is settled; a plan or a failure does not."""
    words = value_patterns("settled")
    for name in ("settled", "result"):
        text = re.sub(r"\s", "", line.written(name))
        if text:
            no = words["no"] if len(text) <= 10 else words["no_long"]
            return not matches(no, text) and matches(words["yes"], text)
    return False
