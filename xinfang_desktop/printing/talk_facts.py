"""What the papers of meetings, hearings, help and follow-up say (会商、听证、帮扶、回访文书要素)."""

# ruff: noqa: RUF009 - fact() and its kin only make dataclass fields; nothing is shared

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from .facts import Facts, MatterPaper, TaskFacts, day, fact, given, lines, long, rows


@dataclass(frozen=True, kw_only=True, slots=True)
class HearingNotice(MatterPaper):
    """F23 听证通知书, one for each who is called."""

    party: str = fact("受通知人", "must")
    subject: str = long("听证事由", "must")
    held_on: date | None = day("听证日期", "must")
    time: str = fact("时间", "must")
    place: str = fact("地点", "must")
    host: str = fact("主持人", "must")
    hearers: tuple[str, ...] = lines("听证员")
    open: bool = fact("公开举行", kind="bool", default=True)
    closed_why: str = fact("不公开的理由")
    third_parties: tuple[str, ...] = lines("第三方")


@dataclass(frozen=True, kw_only=True, slots=True)
class HearingRecord(MatterPaper):
    """F24 听证笔录和听证报告, in one paper: what was said, what the hearers think."""

    subject: str = long("听证事由", "look")
    held_on: date | None = day("听证日期", "must")
    place: str = fact("地点")
    host: str = fact("主持人", "look")
    recorder: str = fact("记录人")
    attended: tuple[str, ...] = lines("参加人")
    statements: str = long("陈述", "look")
    questions: str = long("质证")
    opinion: str = long("评议意见")


@dataclass(frozen=True, kw_only=True, slots=True)
class Minutes(MatterPaper):
    """F32 会商（联席会议）纪要."""

    held_on: date | None = day("时间", "must")
    place: str = fact("地点")
    convenor: str = fact("召集人", "look")
    units: tuple[str, ...] = lines("到会单位")
    agenda: str = long("议题", "look")
    talk: str = long("讨论情况")
    opinion: str = long("议定意见", "look")
    tasks: tuple[TaskFacts, ...] = rows("分工")


@dataclass(frozen=True, kw_only=True, slots=True)
class FollowUpSheet(MatterPaper):
    """F34 回访记录和满意度评价表. Evaluation is voluntary; blanks are for the person's own pen."""

    visited_on: date | None = day("回访时间")
    how: str = fact("方式")
    present: str = fact("参加人")
    carried_out: str = fact("落实情况")
    solved: str = fact("本人说解决了没有")
    said: str = long("意见")
    attitude: str = fact("对态度")
    speed: str = fact("对效率")
    result: str = fact("对结果")
    anonymous: bool = fact("不记名", kind="bool", default=False)
    tasks: tuple[TaskFacts, ...] = rows("落实任务")


@dataclass(frozen=True, kw_only=True, slots=True)
class HelpReferral(MatterPaper):
    """F35 帮扶救助告知（转介）单: for the person and for who helps."""

    need: str = long("困难", "look")
    kind: str = fact("可以申请", "must")
    organ: str = fact("受理单位", "must")
    materials: str = long("要带的材料")
    person: str = fact("转介人", "look")
    consented_on: date | None = given("本人同意日期", None)


@dataclass(frozen=True, kw_only=True, slots=True)
class ClosingSheet(MatterPaper):
    """C01 办结审批表: signed by the head, the handler and, if he likes, the petitioner."""

    accepted_on: date | None = day("受理日期")
    answered_on: date | None = day("答复日期")
    served_on: date | None = day("送达日期")
    outcomes: tuple[str, ...] = lines("逐项结论")
    tasks: tuple[TaskFacts, ...] = rows("落实情况")
    closed_on: date | None = day("办结日期")
    note: str = long("备注")


FORMS: Final[Mapping[str, type[Facts]]] = MappingProxyType(
    {
        "F23": HearingNotice,
        "F24": HearingRecord,
        "F32": Minutes,
        "F34": FollowUpSheet,
        "F35": HelpReferral,
        "C01": ClosingSheet,
    }
)
"""Code of a paper → its facts."""
