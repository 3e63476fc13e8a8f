"""The guards (条件) that many steps share: people, units, days, consent.

A guard looks at the file, the office and what was typed, and answers with a Chinese sentence
when its condition does not hold.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from . import course
from .articles import article
from .matter import MatterFile
from .records import Person

Asked = course.Asked[MatterFile]
"""A step of a matter as it is asked for."""

Guard = course.Guard[MatterFile]
"""A condition of a matter's step."""

Action = course.Action[MatterFile]
"""One lawful step of a matter."""

AnyAsked = course.Asked[Any]
AnyGuard = course.Guard[Any]
"""A condition that looks at the people and the data only, whatever kind of case it is."""


def confirmed(key: str, sentence: str, *, article: str = "", mend: str = "") -> AnyGuard:
    """The yes/no field ``key`` must be answered with yes."""
    return AnyGuard(
        f"not_{key}",
        lambda asked: sentence if asked.data.get(key) is False else None,
        article=article, mend=mend, field=key,
    )  # fmt: skip


def _decided(asked: AnyAsked) -> str | None:
    undecided = asked.file.conflicts
    return f"还有没判断的冲突：{'；'.join(undecided)}。" if undecided else None


DECIDED = AnyGuard(
    "open_conflict", _decided, standing=True, mend="请先在“数据交换”里判断冲突，再做这一步。"
)
"""What two sides wrote differently is decided before a case is closed."""


def same_name(left: str, right: str) -> bool:
    """Whether two written names are the same, blanks and width aside."""
    return bool(_key(left)) and _key(left) == _key(right)


def _key(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def listed(asked: AnyAsked, name: str) -> Person | None:
    """The person of the office's list (单位人员) with this name."""
    return next((p for p in asked.around.people if not p.voided and same_name(p.name, name)), None)


def on_the_list(key: str, article: str = "") -> AnyGuard:
    """Field ``key`` names a person of the office's list."""

    def check(asked: AnyAsked) -> str | None:
        name = asked.data.get(key)
        return f"单位人员名单里没有{name}。" if name and not listed(asked, name) else None

    return AnyGuard(
        "person_not_listed", check, article=article, field=key,
        mend="请核对姓名，或先在“设置—人员”里加上。",
    )  # fmt: skip


def head_of_office(key: str, article: str = "") -> tuple[AnyGuard, ...]:
    """Field ``key`` names a listed person who may sign (负责人)."""

    def check(asked: AnyAsked) -> str | None:
        person = listed(asked, asked.data.get(key, ""))
        return (
            f"{person.name}不是可以签发、批准的负责人。" if person and not person.may_sign else None
        )

    return (
        on_the_list(key, article),
        AnyGuard(
            "may_not_sign", check, article=article, field=key,
            mend="请填本单位负责人；确实有权的，先在“设置—人员”里勾选“可以签发”。",
        ),
    )  # fmt: skip


def _declared(asked: Asked, key: str) -> str | None:
    """What the named person declared about itself touches a party of this matter."""
    name = asked.data.get(key)
    person = listed(asked, name) if name else None
    if person is None:
        return None
    if any(
        same_name(str((s.data or {}).get("who", "")), person.name) for s in asked.file.all("recuse")
    ):
        return f"{person.name}已经在这件事上回避，不能再承办。"
    touched = (p.name for p in asked.file.parties if not p.voided and len(_key(p.name)) > 1)
    if any(
        _key(party) in _key(person.interests) or same_name(party, person.name) for party in touched
    ):
        return f"{person.name}申报过与本事项当事人的利害关系，应当回避。"
    return None


def no_interest(key: str) -> Guard:
    """The named person declared no interest that touches the matter (回避, art. 28)."""
    return Guard(
        "recusal", lambda asked: _declared(asked, key), article=article(28, 3), field=key,
        mend="请另派人承办。",
    )  # fmt: skip


def _texts(asked: Asked) -> Iterator[str]:
    yield asked.file.matter.title
    yield from (text for c in asked.file.claims if not c.voided for text in (c.text, c.facts))
    yield from (intake.summary for intake in asked.file.intakes if not intake.voided)


def _mentioned(asked: Asked) -> str | None:
    """The target unit is named in the petition itself and nobody has said it is not reported."""
    unit = asked.data.get("unit", "")
    if not unit or "not_reported" in asked.data:
        return None
    if any(_key(unit) in _key(text) for text in _texts(asked)):
        return f"诉求里提到了“{unit}”，请核对它是不是被反映的单位。"
    return None


NOT_THE_REPORTED: tuple[Guard, ...] = (
    confirmed(
        "not_reported", "不能把材料转给被反映、被检举的单位或个人。", article=article(30),
        mend="请改送有权处理的上级机关或其他部门。",
    ),
    Guard(
        "maybe_reported", _mentioned, article=article(30), field="not_reported",
        mend="不是被反映的单位，就选“是”；是的话，请改送上级机关或其他部门。",
    ),
)  # fmt: skip
"""The target of a transfer is not whom the petition is about (art. 30)."""


def not_before_the_day(key: str, what: str) -> AnyGuard:
    """A date that lies ahead: field ``key`` is not before the day of the step."""

    def check(asked: AnyAsked) -> str | None:
        day = asked.day(key)
        return f"{what}不能早于这一步的日期。" if day and day < asked.on else None

    return AnyGuard("due_before_start", check, field=key, mend="请核对两个日期。")


def not_ahead(key: str, what: str) -> AnyGuard:
    """A date that has passed: field ``key`` is not after the day of the step."""

    def check(asked: AnyAsked) -> str | None:
        day = asked.day(key)
        return f"{what}不能晚于这一步的日期。" if day and day > asked.on else None

    return AnyGuard("date_in_future", check, field=key, mend="请核对两个日期。")


def reachable(asked: Asked) -> bool:
    """Whether there is somebody who can be told: a name, and an address or a telephone."""
    matter, who = asked.file.matter, asked.file.petitioner
    if matter.anonymous or matter.unreachable:
        return False
    return who is not None and bool(who.name) and bool(who.address or who.phone)


def claim_numbers(asked: Asked) -> list[int]:
    """The numbers of the matter's requests (诉求), in order."""
    return sorted(claim.no for claim in asked.file.claims if not claim.voided)
