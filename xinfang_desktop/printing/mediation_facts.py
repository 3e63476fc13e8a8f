"""What the papers of people's mediation (人民调解文书) say: one frozen dataclass a form.

The set and its order follow the file of 司法部's 2010 formats; articles are those of 《人民调解法》.
The papers carry the committee's own number (编号), never the office's 文号. Everything may stay
empty: a paper without facts prints as a blank for the pen.
"""

# ruff: noqa: RUF009 - fact() and its kin only make dataclass fields; nothing is shared

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import ClassVar, Final

from .contents import ContentsRow
from .facts import Facts, day, fact, given, lines, long, rows

APPLIED: Final = "当事人申请"
PROACTIVE: Final = "主动调解"
ENTRUSTED: Final = "委托移送"
SOURCES: Final = (APPLIED, PROACTIVE, ENTRUSTED)
"""纠纷来源 (art. 17)."""

SCOPES: Final = (
    "申请、参加、终止调解", "陈述事实、提供证据", "选择人民调解员", "承认、变更、放弃请求", "达成并签署调解协议",
    "签收、领取文书",
)  # fmt: skip
"""委托权限: what a person may let somebody else do for him."""

WRITTEN: Final = "达成书面协议"
ORAL: Final = "达成口头协议"
FAILED: Final = "未达成协议，终止调解"
REFUSED: Final = "一方拒绝，终止调解"
LATER: Final = "另行择日调解"
RESULTS: Final = (WRITTEN, ORAL, FAILED, REFUSED, LATER)
"""调解结果 (art. 17, 26, 28)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MediationParty:
    """A party (当事人). An organisation has neither sex nor age."""

    side: str = fact("当事人身份")  # 申请人 被申请人
    name: str = fact("姓名或名称", "must")
    sex: str = fact("性别")
    ethnicity: str = fact("民族")
    age: int = fact("年龄", kind="int", default=0)
    occupation: str = fact("职业或职务")
    phone: str = fact("联系方式")
    address: str = fact("单位或住址")


@dataclass(frozen=True, kw_only=True, slots=True)
class MediationFacts:
    """The mediation a paper is about. ``number`` is the committee's: （2026）青石人调字第3号."""

    committee: str = fact("人民调解委员会", "must")
    committee_phone: str = fact("调委会电话")
    number: str = fact("编号", "look")
    file_number: str = fact("卷号")
    title: str = fact("纠纷名称", "must")
    kind: str = fact("纠纷类型", "look")
    source: str = fact("案件来源", "look")  # one of SOURCES
    entrusted_by: str = fact("委托移送单位")
    came_from: str = fact("转来的信访事项或排查纠纷编号")
    parties: tuple[MediationParty, ...] = rows("当事人", "must")
    mediators: tuple[str, ...] = lines("人民调解员", "look")
    recorder: str = fact("记录人", "look")
    applied_on: date | None = day("申请日期")
    accepted_on: date | None = day("受理日期")
    agreed_on: date | None = day("达成协议日期")


@dataclass(frozen=True, kw_only=True, slots=True)
class MediationPaper(Facts):
    """A paper about one mediation."""

    mediation: MediationFacts


@dataclass(frozen=True, kw_only=True, slots=True)
class FileCover(MediationPaper):
    """M00 卷宗封面和卷内目录. ``missing``: required papers that are not in the file yet."""

    mediated_on: date | None = day("调解日期")
    filed_by: str = fact("立卷人", "look")
    filed_on: date | None = day("立卷日期", "look")
    retention: str = fact("保管期限", "look")
    note: str = fact("备注")
    contents: tuple[ContentsRow, ...] = rows("卷内文书")
    missing: tuple[str, ...] = given("还缺的文书", default=())


@dataclass(frozen=True, kw_only=True, slots=True)
class Application(MediationPaper):
    """M01 人民调解申请书; 受理登记表 where the committee came forward itself, was entrusted, or
    wrote down an oral application (art. 17)."""

    sources: ClassVar[tuple[str, ...]] = SOURCES

    oral: bool = fact("口头申请", kind="bool", default=False)
    consented: bool = fact("各方自愿接受调解", kind="bool", default=False)
    summary: str = long("纠纷简要情况", "look")
    requests: tuple[str, ...] = lines("申请事项")
    registrar: str = fact("登记人")
    note: str = fact("备注")

    @property
    def registered(self) -> bool:
        """Whether this is the committee's register and not the party's own application."""
        return self.oral or self.mediation.source in (PROACTIVE, ENTRUSTED)

    @property
    def title(self) -> str:
        """As the paper is headed."""
        return "人民调解受理登记表" if self.registered else "人民调解申请书"


@dataclass(frozen=True, kw_only=True, slots=True)
class RightsNotice(MediationPaper):
    """M02 当事人权利义务告知书 (art. 23, 24; free of charge art. 4)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class IdentityRow:
    """One person whose document was looked at; the number is not written down."""

    name: str = fact("姓名或名称", "must")
    side: str = fact("当事人身份")
    document: str = fact("查验的证件")  # 居民身份证 户口簿 营业执照 …
    checked_on: date | None = day("核验日期")
    checked_by: str = fact("核验人")
    copy_reason: str = fact("留存复印件的理由")


@dataclass(frozen=True, kw_only=True, slots=True)
class IdentityRecord(MediationPaper):
    """M03 当事人身份核验记录: that it was checked. No copy is kept unless somebody says why."""

    checks: tuple[IdentityRow, ...] = rows("核验情况", "look")
    note: str = long("备注")


@dataclass(frozen=True, kw_only=True, slots=True)
class AgentFacts:
    """Who acts for a party (受托人)."""

    name: str = fact("姓名", "must")
    sex: str = fact("性别")
    age: int = fact("年龄", kind="int", default=0)
    relation: str = fact("与委托人的关系")
    occupation: str = fact("职业或职务")
    phone: str = fact("联系方式")
    address: str = fact("单位或住址")


@dataclass(frozen=True, kw_only=True, slots=True)
class Mandate(MediationPaper):
    """M04 授权委托书. ``scope`` are words of SCOPES; what is not ticked is not entrusted."""

    scopes: ClassVar[tuple[str, ...]] = SCOPES

    principal: MediationParty | None = fact("委托人", kind="given", default=None)
    agents: tuple[AgentFacts, ...] = rows("受托人", "look")
    scope: tuple[str, ...] = lines("委托权限", "look")
    other_scope: str = fact("其他权限")
    from_on: date | None = day("委托起始日期")
    until_on: date | None = day("委托终止日期")


@dataclass(frozen=True, kw_only=True, slots=True)
class Inquiry(MediationPaper):
    """M05 人民调解调查记录."""

    held_on: date | None = day("调查日期", "look")
    from_time: str = fact("开始时间")
    to_time: str = fact("结束时间")
    place: str = fact("地点", "look")
    attendants: str = fact("参加人")
    person: str = fact("被调查人", "look")
    person_sex: str = fact("被调查人性别")
    person_age: int = fact("被调查人年龄", kind="int", default=0)
    person_phone: str = fact("被调查人联系方式")
    person_address: str = fact("被调查人单位或住址")
    relation: str = fact("与当事人的关系")
    record: str = long("调查记录", "look")
    investigators: tuple[str, ...] = lines("调查人", "look")


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceRow:
    """One piece of evidence."""

    title: str = fact("证据名称", "must")
    form: str = fact("原件或复印件")
    copies: int = fact("份数", kind="int", default=0)
    pages: int = fact("页数", kind="int", default=0)
    proves: str = fact("证明的事实")
    by: str = fact("提交人")


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceList(MediationPaper):
    """M06 证据材料清单."""

    items: tuple[EvidenceRow, ...] = rows("证据材料", "look")
    receiver: str = fact("接收人")
    note: str = long("备注")


@dataclass(frozen=True, kw_only=True, slots=True)
class StatementFacts:
    """What one side said."""

    who: str = fact("陈述人", "must")
    text: str = long("陈述")


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionRecord(MediationPaper):
    """M07 人民调解记录 (art. 27): one session, its course and its result."""

    results: ClassVar[tuple[str, ...]] = RESULTS

    session: int = fact("第几次调解", kind="int", default=0)
    held_on: date | None = day("调解日期", "look")
    from_time: str = fact("开始时间")
    to_time: str = fact("结束时间")
    place: str = fact("地点", "look")
    openness: str = fact("是否公开")  # 公开 不公开
    invited: tuple[str, ...] = lines("受邀参加人")
    consented: bool = fact("当事人同意邀请", kind="bool", default=False)
    told: bool = fact("已告知权利义务", kind="bool", default=False)
    statements: tuple[StatementFacts, ...] = rows("当事人陈述")
    findings: str = long("核实情况")
    course: str = long("调解经过", "look")
    result: str = fact("调解结果", "look")  # one of RESULTS
    result_words: str = long("调解结果的说明")
    routes: str = long("告知的其他途径")


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement(MediationPaper):
    """M08 人民调解协议书, or 人民调解口头协议登记表 (art. 28–31). Never holds a waiver of the right
    to petition. ``on``: the date under the committee's seal."""

    oral: bool = fact("口头协议", kind="bool", default=False)
    facts: str = long("主要事实和争议事项", "must")
    responsibility: str = long("各方责任")
    items: tuple[str, ...] = fact("协议内容", "must", kind="many", default=())
    performance: str = long("履行方式和时限", "look")
    copies: int = fact("份数", kind="int", default=0)
    note: str = long("备注")

    @property
    def title(self) -> str:
        """As the paper is headed."""
        return "人民调解口头协议登记表" if self.oral else "人民调解协议书"


@dataclass(frozen=True, kw_only=True, slots=True)
class PerformanceRow:
    """One promise of the agreement and what came of it."""

    what: str = fact("约定的事项", "must")
    due: date | None = day("约定期限")
    done_on: date | None = day("履行日期")
    state: str = fact("履行情况")
    voucher: str = fact("履行凭证")  # 收条 转账回单 …
    by: str = fact("记录人")


@dataclass(frozen=True, kw_only=True, slots=True)
class Performance(MediationPaper):
    """M09 履行情况记录（履行凭证） (art. 31 para 2)."""

    promises: tuple[PerformanceRow, ...] = rows("履行情况", "look")
    note: str = long("督促履行的情况")


@dataclass(frozen=True, kw_only=True, slots=True)
class FollowUp(MediationPaper):
    """M10 人民调解回访记录. Whether somebody is content is his to say or not."""

    ways: ClassVar[tuple[str, ...]] = ("上门", "当面", "电话")
    performances: ClassVar[tuple[str, ...]] = ("已履行", "部分履行", "未履行", "未到期限")
    answers: ClassVar[tuple[str, ...]] = ("满意", "基本满意", "不满意", "不作评价")

    reason: str = fact("回访事由")
    visited_on: date | None = day("回访日期", "look")
    way: str = fact("回访方式")
    visited: str = fact("回访对象")
    performed: str = fact("协议履行")
    satisfied: str = fact("是否满意")
    content: str = long("回访情况", "look")
    recurrence: str = long("新的问题和需要帮助的事")
    visitor: str = fact("回访人", "look")


@dataclass(frozen=True, kw_only=True, slots=True)
class Confirmation(MediationPaper):
    """M11 司法确认申请书: both parties to the court within 30 days from effect (art. 33; 《民事诉讼法》
    art. 205). ``deadline`` is the last day, rolled over holidays by the court's rule."""

    court: str = fact("人民法院", "look")
    effective_on: date | None = day("协议生效日期", "must")
    deadline: date | None = day("申请的最后日期", "look")
    content: str = long("协议主要内容")
    materials: tuple[str, ...] = lines("附件")


@dataclass(frozen=True, kw_only=True, slots=True)
class FileNote(MediationPaper):
    """M12 卷宗情况说明."""

    text: str = long("情况说明", "look")
    by: str = fact("说明人")


@dataclass(frozen=True, kw_only=True, slots=True)
class BackCover(MediationPaper):
    """M13 封底（备考表）. ``pages``: numbered pages of the file, 0 where they are counted by hand."""

    pages: int = fact("本卷页数", kind="int", default=0)
    text: str = long("备考")
    filed_by: str = fact("立卷人", "look")
    checked_by: str = fact("检查人", "look")
    filed_on: date | None = day("立卷日期", "look")


FORMS: Final[Mapping[str, type[Facts]]] = MappingProxyType(
    {
        "M00": FileCover,
        "M01": Application,
        "M02": RightsNotice,
        "M03": IdentityRecord,
        "M04": Mandate,
        "M05": Inquiry,
        "M06": EvidenceList,
        "M07": SessionRecord,
        "M08": Agreement,
        "M09": Performance,
        "M10": FollowUp,
        "M11": Confirmation,
        "M12": FileNote,
        "M13": BackCover,
    }
)
"""Code of a paper → its facts."""
