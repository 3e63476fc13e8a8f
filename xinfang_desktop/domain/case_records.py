"""The synced records of dispute screening and people's mediation (排查、人民调解).

Made as ``domain.records`` says. A record that a village filed, or that was handed to it, lies in
that village's feed; what the office keeps for itself in its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from .records import Json, Record


@dataclass(frozen=True, kw_only=True)
class Dispute(Record):
    """One dispute (矛盾纠纷) that a screening found. ``grade`` is of the dispute, never of a person.

    ``phones`` stand beside ``parties``, one each, empty where none was left; ``amount`` is in 分.
    """

    kind: ClassVar[str] = "dispute"
    number: str
    village: str
    found_on: date
    summary: str
    state: str  # found … closed of domain.dispute_states
    parties: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    category: str = ""  # code of table dispute_type; empty = not recognised
    category_text: str = ""  # the type as it was written
    detail: str = ""  # 简述
    place: str = ""
    occurred_on: date | None = None
    source: str = ""  # code of table dispute_source
    found_by: str = ""  # 排查人员
    people: int = 0  # 涉及人数, 0 = not said
    amount: int = 0  # 涉及金额, 分
    units: str = ""  # 涉及单位
    urgent: bool = False
    danger: bool = False  # 当事人安全有危险
    grade: str = ""  # 简单 一般 复杂 疑难, or as a ledger wrote it
    unit: str = ""
    leader: str = ""  # 包案领导
    person: str = ""  # 责任人, of the office or the village
    measures: str = ""
    due: date | None = None  # 化解时限
    method: str = ""  # code of table resolution
    result: str = ""  # 化解情况, as written
    settled_on: date | None = None
    matter: str = ""  # id of the matter it was handed over to
    mediation: str = ""  # id of the mediation it was handed over to
    filed_in: str = ""  # id of the return that brought it
    batch: str = ""  # id of the import batch; what lies before an import is history


@dataclass(frozen=True, kw_only=True)
class Round(Record):
    """One round of screening (排查轮次): what is asked of which villages until when."""

    kind: ClassVar[str] = "round"
    series: str  # monthly | quarterly | weekly | special
    period: str  # 2026-05, 2026-Q2, 2026-W20; of a special round any of them
    theme: str = ""  # code of table screening_theme, for a special round
    due: date
    opened_on: date
    by: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class RoundCall(Record):
    """What one round asks of one village (报送任务), in the village's own feed."""

    kind: ClassVar[str] = "round_call"
    round: str
    village: str
    series: str
    period: str
    theme: str = ""
    due: date
    opened_on: date
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ScreeningReturn(Record):
    """What a village filed for a period (排查报送). ``zero`` (零报告) is an act, not an absence."""

    kind: ClassVar[str] = "screening_return"
    village: str
    period: str
    zero: bool
    series: str = "monthly"
    theme: str = ""
    filed_on: date | None = None
    by: str = ""  # who wrote it down
    reporter: str = ""  # who reported, where somebody else wrote it down (代为填报)
    disputes: tuple[str, ...] = ()  # ids of what was found
    carried: tuple[str, ...] = ()  # ids of open disputes of earlier periods that were looked after
    note: str = ""
    batch: str = ""


@dataclass(frozen=True, kw_only=True)
class CaseStep(Record):
    """One thing done for a dispute, a mediation, a call for a return or a note (办理经过)."""

    kind: ClassVar[str] = "case_step"
    event: ClassVar[bool] = True
    case: str
    action: str
    on: date  # the day it counts for
    at: datetime  # when it was written down
    by: str
    from_state: str = ""
    to_state: str = ""
    data: Json = None


@dataclass(frozen=True, kw_only=True)
class Committee(Record):
    """A people's mediation committee (人民调解委员会)."""

    kind: ClassVar[str] = "committee"
    name: str
    village: str = ""  # id; empty: the township's own
    formed_on: date | None = None
    mark: str = ""  # what its file numbers begin with: 青石人调
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class Mediator(Record):
    """A member or mediator of a committee (调解员)."""

    kind: ClassVar[str] = "mediator"
    committee: str
    name: str
    post: str = "member"  # chair | deputy | member | hired
    woman: bool = False
    phone: str = ""
    left: bool = False


@dataclass(frozen=True, kw_only=True)
class Mediation(Record):
    """One people's mediation (人民调解) of one dispute between sides that agree to it."""

    kind: ClassVar[str] = "mediation"
    number: str
    file_no: str  # （2026）青石人调字第3号
    title: str
    state: str  # asked … filed of domain.mediation_states
    source: str  # application | proactive | referred
    applied_on: date
    committee: str = ""
    mediators: tuple[str, ...] = ()
    recorder: str = ""
    village: str = ""
    category: str = ""
    facts: str = ""  # 纠纷简要情况
    claims: tuple[str, ...] = ()  # 申请事项
    dispute: str = ""  # id of the dispute it came from
    matter: str = ""  # id of the petition matter it is about; its clocks run on


@dataclass(frozen=True, kw_only=True)
class MediationParty(Record):
    """A side of a mediation, with what the statutory file asks and no more; all may be empty."""

    kind: ClassVar[str] = "mediation_party"
    mediation: str
    no: int
    side: str  # applicant | respondent
    name: str
    sex: str = ""
    ethnicity: str = ""
    age: int = 0
    occupation: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class VillageNote(Record):
    """A page of the village diary or of a talk day (民情日记、恳谈日): problems and promises.

    ``promises`` are objects ``{what, due, by}``. Nothing is written about a person's mood or ways.
    """

    kind: ClassVar[str] = "village_note"
    village: str
    sort: str  # diary | talk
    on: date
    topic: str  # code of table note_topic
    text: str
    by: str
    place: str = ""
    headcount: int = 0  # 恳谈日到会人数
    promises: Json = None
    dispute: str = ""  # id of the dispute it became
