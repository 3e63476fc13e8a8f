"""What each paper says (文书要素): one frozen dataclass a form, plain values only.

Services fill them from a matter; a template prints them; the screen shows the editable ones as
fields; the store keeps them as JSON beside the PDF. Everything optional may stay empty and is
then printed as a blank to fill in by hand. ``must``: the paper is unlawful or pointless without
it; ``look``: it may be left for the pen, but the officer should know.
"""

# ruff: noqa: RUF009 - fact() and its kin only make dataclass fields; nothing is shared

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, Final, Literal

Need = Literal["must", "look", ""]


def fact(
    label: str, need: Need = "", *, kind: str = "text", default: Any = "", help: str = ""
) -> Any:
    """A field of a paper: its Chinese label, whether it may be empty, how a screen edits it."""
    return field(
        default=default, metadata={"label": label, "need": need, "kind": kind, "help": help}
    )


def day(label: str, need: Need = "", *, help: str = "") -> Any:
    """A date, empty by default."""
    return fact(label, need, kind="date", default=None, help=help)


def long(label: str, need: Need = "", *, help: str = "") -> Any:
    """Several lines."""
    return fact(label, need, kind="long", help=help)


def lines(label: str, need: Need = "") -> Any:
    """A list of short texts."""
    return fact(label, need, kind="many", default=())


def rows(label: str, need: Need = "") -> Any:
    """A list of objects."""
    return fact(label, need, kind="rows", default=())


def given(label: str, default: Any = "") -> Any:
    """Known by the program and not edited on the paper."""
    return fact(label, kind="given", default=default)


@dataclass(frozen=True, kw_only=True, slots=True)
class OfficeFacts:
    """Who writes: ``organ`` signs and seals (青石镇人民政府), ``office`` is the desk (信访办)."""

    organ: str = fact("落款机关", "must")
    office: str = fact("信访工作机构")
    address: str = fact("地址", "look")
    phone: str = fact("电话", "look")
    hours: str = fact("接待时间")
    review_organ: str = fact("复查机关", "must")
    review_address: str = fact("复查机关地址")


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimFacts:
    """One numbered request (诉求) as registered."""

    no: int = fact("序号", default=0)
    text: str = fact("诉求", "must")
    facts: str = fact("事实和理由")


@dataclass(frozen=True, kw_only=True, slots=True)
class MatterFacts:
    """The matter a paper is about. ``petitioner`` is empty where nobody gave a name."""

    number: str = fact("信访编号", "must")
    query_code: str = fact("查询码")
    title: str = fact("信访事项", "must")
    received_on: date | None = day("收到日期", "must")
    channel: str = fact("信访形式")  # 来访 来信 来电 网上信访
    source: str = fact("来源机关")  # who forwarded it; empty = the citizen
    source_ref: str = fact("来文号")
    petitioner: str = fact("信访人")
    petitioner_phone: str = fact("信访人电话")
    petitioner_address: str = fact("信访人住址")
    headcount: int = fact("人数", default=1)
    anonymous: bool = fact("匿名", kind="bool", default=False)
    confidential: bool = fact("要求保密", kind="bool", default=False)
    village: str = fact("问题属地")
    claims: tuple[ClaimFacts, ...] = fact("诉求", kind="rows", default=())


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """Common to all papers: ``number`` is the 文号, ``on`` the date under the signature."""

    office: OfficeFacts
    number: str = fact("文号")
    on: date | None = day("落款日期", "look")


@dataclass(frozen=True, kw_only=True, slots=True)
class MatterPaper(Facts):
    """A paper about one matter. ``handler`` is whom the reader may ask."""

    matter: MatterFacts
    handler: str = fact("承办人", "look")
    handler_phone: str = fact("联系电话", "look")


@dataclass(frozen=True, kw_only=True, slots=True)
class PartyFacts:
    """Somebody who came. Everything may be empty (匿名)."""

    role: str = fact("身份")  # 信访人 代表 代理人 同行
    name: str = fact("姓名")
    phone: str = fact("电话")
    id_number: str = fact("证件号码")
    address: str = fact("住址")


@dataclass(frozen=True, kw_only=True, slots=True)
class Registration(MatterPaper):
    """F01 信访登记表."""

    parties: tuple[PartyFacts, ...] = rows("来访（信）人")
    repeat: str = fact("初次或重复")  # 初次 重复
    summary: str = long("反映问题和事实理由")
    materials: str = long("收到材料")
    place: str = fact("具体地点")
    category: str = fact("内容分类")
    purpose: str = fact("信访目的")
    may_publish: bool = fact("同意公开", kind="bool", default=False)
    urgent: bool = fact("紧急", kind="bool", default=False)
    late_entry: bool = fact("补录", kind="bool", default=False)
    registered_on: date | None = day("登记日期")
    registrar: str = fact("登记人", "look")
    proposal: str = long("拟办意见")
    instruction: str = long("领导批示")
    result: str = long("办理结果")


@dataclass(frozen=True, kw_only=True, slots=True)
class OwedFacts:
    """One thing the office now owes, as told to the citizen."""

    what: str = fact("事项", "must")
    by: date | None = day("最迟日期")
    article: str = fact("依据")


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipt(MatterPaper):
    """F02 信访登记回执: upper part for the citizen, lower part (存根) for the file."""

    materials: str = fact("收到材料")
    receiver: str = fact("收件人", "look")
    owed: tuple[OwedFacts, ...] = rows("应当告知和答复的日期", "must")
    provisional: bool = fact("日期暂定", kind="bool", default=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingFacts:
    """四见面两点头: petitioner, receiver, handler, supervisor meet; two assents."""

    petitioner_present: bool = fact("信访人到场", kind="bool", default=False)
    receiver: str = fact("接访人")
    handler: str = fact("办访人")
    supervisor: str = fact("督查人")
    petitioner_assents: bool = fact("信访人点头", kind="bool", default=False)
    unit_assents: bool = fact("办访单位点头", kind="bool", default=False)
    refusal_reason: str = long("不同意的理由")


@dataclass(frozen=True, kw_only=True, slots=True)
class ReceptionRecord(MatterPaper):
    """F03 接访（约谈）记录, with the meeting of four where there was one."""

    held_on: date | None = day("接访日期", "look")
    from_time: str = fact("开始时间")
    to_time: str = fact("结束时间")
    place: str = fact("地点", "look")
    receiver: str = fact("接访人", "look")
    companions: str = fact("陪同单位和人员")
    recorder: str = fact("记录人", "look")
    statement: str = long("陈述的事实和理由", "look")
    answer: str = long("当场答复", "look")
    unit: str = fact("责任单位")
    due: date | None = day("办理时限")
    meeting: MeetingFacts | None = fact("四见面两点头", kind="given", default=None)
    note: str = long("备注")


@dataclass(frozen=True, kw_only=True, slots=True)
class RightsNotice(MatterPaper):
    """F05 权利义务告知."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Destination(MatterPaper):
    """F06 转送去向告知 (art. 23 para 2)."""

    assigned: bool = fact("交办", kind="bool", default=False)
    forwarded_on: date | None = day("转送日期", "must")
    unit: str = fact("转送到的机关、单位", "must")
    unit_address: str = fact("该单位地址")
    unit_phone: str = fact("该单位电话", "look")


@dataclass(frozen=True, kw_only=True, slots=True)
class Acceptance(MatterPaper):
    """F07 受理告知书 (art. 23). ``due``: by when the answer is owed (art. 34)."""

    accepted_on: date | None = day("受理日期", "must")
    due: date | None = day("办结期限", "must")
    unit: str = fact("承办单位", "look")
    simple: bool = fact("简易办理", kind="bool", default=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal(MatterPaper):
    """F08 不予受理告知书. ``ground``: organ 不属职权 | legal_route 法定途径 | judicial 涉法涉诉 |
    pending 正在受理办理期限内."""

    ground: str = fact("不予受理的情形", "must")
    decided_on: date | None = day("决定日期")
    organ: str = fact("应去的机关、单位", "must")
    organ_address: str = fact("地址", "look")
    organ_phone: str = fact("电话")
    route: str = fact("法定途径")  # 行政复议 诉讼 仲裁 …
    basis: str = long("依据", "must", help="写明法律、法规的名称和条款")
    reason: str = long("理由", "must")


@dataclass(frozen=True, kw_only=True, slots=True)
class ForwardingLetter(MatterPaper):
    """F11 转送函, to the organ that has the power to handle."""

    unit: str = fact("主送单位", "must")
    summary: str = long("主要内容")
    attachments: tuple[str, ...] = lines("附件")
    own_level: bool = fact("同级或不相隶属", kind="bool", default=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class InternalOrder(MatterPaper):
    """F13 转办单, to a station or village, with the receiver's signature and reply."""

    unit: str = fact("承办单位", "must")
    person: str = fact("责任人")
    summary: str = long("事项摘要")
    requirement: str = long("办理要求", "look")
    due: date | None = day("反馈期限", "must")
    approver: str = fact("批办人")


@dataclass(frozen=True, kw_only=True, slots=True)
class Extension(MatterPaper):
    """F16 延期告知书 (art. 34: at most 30 days, the reason is told)."""

    accepted_on: date | None = day("受理日期", "must")
    original_due: date | None = day("原办结期限", "must")
    extended_due: date | None = day("延长后的期限", "must")
    days: int = fact("延长天数", "must", kind="int", default=0)
    reason: str = long("延期理由", "must")
    approved_by: str = fact("批准人", "must")
    approved_on: date | None = day("批准日期")


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerFacts:
    """The answer to one claim: what was found, on which law, with which outcome (art. 32)."""

    no: int = fact("序号", default=0)
    claim: str = fact("诉求", "must")
    facts: str = long("查明的事实", "must")
    basis: str = long("依据", "must", help="法律、法规、规章、政策的名称和条款")
    outcome: str = fact("处理结果", "must")  # 支持 部分支持 解释说明 不予支持
    opinion: str = long("处理意见", "must")


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskFacts:
    """What is carried out after the opinion (落实安排)."""

    what: str = fact("事项", "must")
    unit: str = fact("责任单位")
    due: date | None = day("期限")


@dataclass(frozen=True, kw_only=True, slots=True)
class Opinion(MatterPaper):
    """F19 信访处理（答复）意见书 (art. 31(6), 32; review route of art. 35)."""

    accepted_on: date | None = day("受理日期", "must")
    hearing: str = long("听取陈述和调查经过", "look")
    answers: tuple[AnswerFacts, ...] = rows("逐项答复", "must")
    tasks: tuple[TaskFacts, ...] = rows("落实安排")
    materials: str = long("申请复查应交的材料")


@dataclass(frozen=True, kw_only=True, slots=True)
class ServedPaper:
    """One paper that is served."""

    title: str = fact("文书名称", "must")
    number: str = fact("文号")


@dataclass(frozen=True, kw_only=True, slots=True)
class ProofOfService(MatterPaper):
    """F25 送达回证."""

    papers: tuple[ServedPaper, ...] = rows("送达文书", "must")
    recipient: str = fact("受送达人")
    place: str = fact("送达地点", "look")
    method: str = fact("送达方式")  # 直接送达 邮寄送达 留置送达 委托送达 电子送达
    tracking: str = fact("邮寄单号")
    served_on: date | None = day("送达日期")
    signer: str = fact("签收人")
    relation: str = fact("代收人与受送达人的关系")
    servers: tuple[str, ...] = lines("送达人")
    refusal: str = long("拒收事由")
    witnesses: tuple[str, ...] = lines("见证人")
    note: str = long("备注")


@dataclass(frozen=True, kw_only=True, slots=True)
class HaveFacts:
    """One of the four 有 of a visit: ``kind`` 接 答 释 困; ``state`` in words."""

    kind: str = fact("项目", "must")
    state: str = fact("状态")
    done: bool = fact("已办", kind="bool", default=False)
    due: date | None = day("期限")
    done_on: date | None = day("办结日期")
    by: str = fact("办理人")
    content: str = long("办理情况")
    article: str = fact("依据")


@dataclass(frozen=True, kw_only=True, slots=True)
class FourHaves(MatterPaper):
    """V01 四有处访单 of a first visit."""

    haves: tuple[HaveFacts, ...] = rows("四有", "must")
    receiver: str = fact("首接责任人", "look")


@dataclass(frozen=True, kw_only=True, slots=True)
class ToldFacts:
    """One cell of the 三级四线 matrix. ``level`` 村（社区） 乡镇（街道） 县级主管部门;
    ``line`` 信访人 办理人 帮扶联系人 督查人."""

    level: str = fact("层级", "must")
    line: str = fact("线", "must")
    who: str = fact("姓名、单位")
    told_on: date | None = day("告知日期")
    how: str = fact("方式")


@dataclass(frozen=True, kw_only=True, slots=True)
class ThreeLevels(MatterPaper):
    """V02 三级四线告知单. For a confidential matter only the competent line is told."""

    told: tuple[ToldFacts, ...] = rows("告知对象")
    content: str = long("告知内容", "look")
    restricted: bool = fact("只告知办理线", kind="bool", default=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class DayRow:
    """One duty of the day sheet."""

    state: str = fact("状态")
    what: str = fact("要办的事", "must")
    matter: str = fact("事项")
    who: str = fact("信访人")
    owner: str = fact("责任人")
    due: date | None = day("最迟")
    why: str = fact("说明")


@dataclass(frozen=True, kw_only=True, slots=True)
class DayGroup:
    """A group of the day sheet: 已逾期 今天到期 3 天内 以后."""

    title: str = fact("分组", "must")
    rows: tuple[DayRow, ...] = fact("事项", kind="rows", default=())


@dataclass(frozen=True, kw_only=True, slots=True)
class DaySheet(Facts):
    """D01 今日日单. ``printed_at`` is a local time already in words (2026年9月21日 9:41)."""

    groups: tuple[DayGroup, ...] = rows("到期事项")
    printed_at: str = given("打印时间")
    printed_by: str = given("打印人")


FORMS: Final[Mapping[str, type[Facts]]] = MappingProxyType(
    {
        "F01": Registration,
        "F02": Receipt,
        "F03": ReceptionRecord,
        "F05": RightsNotice,
        "F06": Destination,
        "F07": Acceptance,
        "F08": Refusal,
        "F11": ForwardingLetter,
        "F13": InternalOrder,
        "F16": Extension,
        "F19": Opinion,
        "F25": ProofOfService,
        "V01": FourHaves,
        "V02": ThreeLevels,
        "D01": DaySheet,
    }
)
"""Code of a paper → its facts."""
