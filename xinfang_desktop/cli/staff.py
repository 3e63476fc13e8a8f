"""``xinfang staff``: the office's list of people (单位人员), with or without an account."""

from __future__ import annotations

from typing import Any

from ..domain.records import Person
from ..services.accounts import NewPerson, add_person, people
from .answers import table
from .words import Answer, Call, Verb, argument


def add(call: Call) -> Answer:
    """Put somebody on the list."""
    given = call.options
    asked = NewPerson(
        name=given.name,
        title=given.title,
        unit=given.unit,
        phone=given.phone,
        may_sign=given.may_sign,
        interests=given.interests,
    )
    with call.desk() as desk:
        person = add_person(desk, asked)
    return Answer(_row(person), _lines([person]))


def show(call: Call) -> Answer:
    """Everybody on the list."""
    with call.desk() as desk:
        rows = people(desk)
    return Answer({"staff": [_row(row) for row in rows]}, _lines(rows))


def _row(person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "title": person.title,
        "unit": person.unit,
        "phone": person.phone,
        "may_sign": person.may_sign,
    }


def _lines(rows: tuple[Person, ...] | list[Person]) -> list[str]:
    return table(
        ("姓名", "职务", "单位", "电话", "可签发"),
        [(row.name, row.title, row.unit, row.phone, row.may_sign) for row in rows],
    )


VERBS = (
    Verb(
        "add",
        "添加人员",
        add,
        (
            argument("name", metavar="NAME", help="姓名"),
            argument("--title", default="", help="职务"),
            argument("--unit", default="", help="单位，默认本单位"),
            argument("--phone", default="", help="办公电话"),
            argument("--may-sign", action="store_true", help="可以签发文书"),
            argument("--interests", default="", help="本人申报的回避事项（第二十八条）"),
        ),
    ),
    Verb("list", "全部人员", show),
)
