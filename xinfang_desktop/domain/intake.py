"""What is asked when an item (信访件) is registered, and how it is checked.

Required of a citizen: a request, a date, a channel. Everything else may stay empty, and nothing
that is merely doubtful stops a registration: it is a warning, to be mended later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from . import four_haves
from .errors import RuleViolation
from .fields import Field
from .identity import check_id, normalise_phone, phone_problem
from .inputs import read_fields
from .names import normalise_name
from .reported import FIELD as REPORTED

PARTY_ROLES = (
    ("petitioner", "信访人"), ("representative", "代表"), ("agent", "代理人"), ("joint", "联名人"),
)  # fmt: skip
ORIGINS = (("self", "信访人直接提出"), ("forwarded", "上级转送"), ("assigned", "上级交办"))

MOST_REPRESENTATIVES = 5
"""《信访工作条例》 art. 20 para 3; said on the screen, never a reason to refuse a registration."""

_NAME = Field(
    "name", "姓名", max_length=60,
    help="可以不填；不填就是匿名登记，照样办理。", sample="王桂芳",
)  # fmt: skip
_PHONE = Field("phone", "联系电话", max_length=40, help="用来告知和答复，可以以后再补。")
_ID_NUMBER = Field(
    "id_number", "证件号码", max_length=40, help="从来不是必填；只有核对身份确有必要时才问。"
)
_ADDRESS = Field("address", "住址", max_length=200, help="寄送告知书、答复意见书用。")

PARTY_COLUMNS: tuple[Field, ...] = (
    _NAME,
    _PHONE,
    Field("id_type", "证件类型", "text", max_length=40),
    _ID_NUMBER,
    _ADDRESS,
    Field("role", "身份", "choice", choices=PARTY_ROLES),
)

FIELDS: tuple[Field, ...] = (
    Field(
        "channel", "信访形式", "text", required=True, max_length=40,
        help="来访人是怎么来反映的：来访、来信、来电、网上等，可打拼音首字母选。",
        sample="来访", article="《信访工作条例》第十七条",
    ),
    Field(
        "received_on", "收到日期", "date", required=True,
        help="信访人来访、来电或信件收到的那一天；期限从第二天起算。",
        sample="今天、1122、2026.11.22", article="《信访工作条例》第二十三条",
    ),
    Field(
        "claims", "诉求", "rows", required=True,
        help="信访人要求什么，一行一项，以后逐项答复。",
        sample="尽快清理后山路塌方，恢复通车", article="《信访工作条例》第三十二条",
        columns=(
            Field("text", "诉求", required=True, max_length=500, help="一句话写清要求什么。"),
            Field("facts", "事实", "long", max_length=5000),
        ),
    ),
    Field("title", "事项名称", max_length=80, help="不填就取第一项诉求。"),
    Field(
        "parties", "来访人", "rows", columns=PARTY_COLUMNS,
        help="来的人、代表和代理人。可以一个也不填。", article="《信访工作条例》第二十条",
    ),
    Field("headcount", "同来人数", "int", help="一共来了几个人；来信填联名人数。", sample="1"),
    Field("village", "问题发生地", "text", max_length=60, help="问题发生在哪个村（社区）。"),
    Field("place", "组、地名", max_length=120, sample="五组 · 后山路"),
    Field(
        "summary", "事实和理由", "long", max_length=20000,
        help="时间、地点、经过、涉及单位，照信访人说的写。口头反映的要如实记录。",
        article="《信访工作条例》第十九条",
    ),
    Field("category", "内容分类", max_length=80, help="打几个字或拼音首字母来选，拿不准可不选。"),
    Field("purpose", "目的", max_length=40, help="意见建议、咨询、求决、申诉、检举控告等。"),
    Field("materials", "收到材料", max_length=300, sample="照片4张（复印件）"),
    Field("source", "来源", max_length=40, help="谁转来的；信访人自己来的不填。"),
    Field("source_ref", "来文号", max_length=80, sample="云信转〔2026〕58号"),
    Field("origin", "提出方式", "choice", choices=ORIGINS),
    Field("report_due", "交办反馈期限", "date", help="交办件要求哪天报办结报告。"),
    Field("anonymous", "匿名", "bool", help="信访人不愿留姓名。照常登记和办理。"),
    Field("confidential", "要求保密", "bool", help="姓名只有承办人看得到，转送时不写姓名。"),
    Field("urgent", "紧急", "bool", help="指事情紧急，不是指人。", article="《信访工作条例》第二十五条"),
    Field(
        "sealed", "检举控告密件", "bool", help="只有专办员能看到内容。",
        article="《信访工作条例》第三十条",
    ),
    Field(
        "reprisal", "反映打击报复", "bool",
        help="因信访受到打击报复的，勾这一项：进密件库，送上级或纪检，不经过本单位领导。",
        article="《信访工作条例》第十八条",
    ),
    REPORTED,
    Field("large_print", "需要大字文书", "bool"),
    Field("may_publish", "同意公开", "bool", help="同意公开办理情况，可以以后再问。"),
    Field("matter", "原事项编号", "matter", help="再次反映同一件事时，填原来的编号。"),
    Field("late_reason", "补录原因", max_length=200, help="事后补登时写明为什么晚。"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Warning:
    """Something doubtful about a field: said, never in the way."""

    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class IntakeCheck:
    """What was understood of the input, what must be mended, what should be looked at."""

    values: Mapping[str, Any]
    haves: Mapping[str, Mapping[str, Any]]
    problems: tuple[RuleViolation, ...] = ()
    warnings: tuple[Warning, ...] = ()


def read(data: Mapping[str, Any], *, today: date) -> IntakeCheck:
    """Read and check the input for one item. Row paths count from 1: ``claims.2.text``."""
    if not isinstance(data, Mapping):
        return IntakeCheck({}, {}, (_not_fields(),))
    given = dict(data)
    haves = given.pop("haves", None) or {}
    claims = given.get("claims")
    if isinstance(claims, str):
        claims = [claims]
    if isinstance(claims, list | tuple):
        given["claims"] = [{"text": c} if isinstance(c, str) else c for c in claims]
    reading = read_fields(FIELDS, given)
    values = _normalised(reading.values)
    received = _day(values.get("received_on"))
    problems = [*reading.problems, *_date_problems(values, received, today)]
    evidence: dict[str, Mapping[str, Any]] = {}
    if not isinstance(haves, Mapping):
        problems.append(_haves_shape())
        haves = {}
    for kind, said in haves.items():
        found = four_haves.read_evidence(kind, said, today=today, received_on=received or today)
        problems += found.problems
        evidence[kind] = found.values
    if values.get("headcount", 1) < 1:
        problems.append(
            RuleViolation(
                "headcount", "人数至少是 1。", mend="来了几个人就填几。", field="headcount"
            )
        )
    return IntakeCheck(values, evidence, tuple(problems), tuple(_warnings(values, today)))


def title_of(values: Mapping[str, Any]) -> str:
    """The matter's name: as given, or the first claim, cut at its first full stop."""
    text: str = values.get("title") or values["claims"][0]["text"]
    first = text.replace("\n", " ").split("。")[0].strip() or text.strip()
    return first if len(first) <= 40 else first[:39] + "…"


def _normalised(values: Mapping[str, Any]) -> dict[str, Any]:
    clean = dict(values)
    parties = []
    for raw in clean.get("parties", ()):
        party = dict(raw)
        if party.get("name"):
            party["name"] = normalise_name(party["name"])
        if party.get("phone"):
            party["phone"] = normalise_phone(party["phone"]) or party["phone"]
        if party.get("id_number"):
            party["id_number"] = check_id(party["id_number"]).number or party["id_number"]
        if any(v for k, v in party.items() if k != "role"):
            parties.append(party)
    if clean.get("reprisal"):
        clean["sealed"] = True
    if "parties" in clean:
        clean["parties"] = parties
    return clean


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _date_problems(
    values: Mapping[str, Any], received: date | None, today: date
) -> list[RuleViolation]:
    found = []
    if received and received > today:
        found.append(
            RuleViolation(
                "future_date", f"收到日期 {received.isoformat()} 还没有到。",
                mend="请填今天或以前的日期。", field="received_on",
            )
        )  # fmt: skip
    if received and received < date(1949, 10, 1):
        found.append(
            RuleViolation(
                "date_too_early", f"收到日期 {received.isoformat()} 太早了。",
                mend="请核对年份。", field="received_on",
            )
        )  # fmt: skip
    report = _day(values.get("report_due"))
    if report and received and report < received:
        found.append(
            RuleViolation(
                "dates_contradict", "交办反馈期限早于收到日期。", mend="请核对两个日期。",
                field="report_due",
            )
        )  # fmt: skip
    return found


def _not_fields() -> RuleViolation:
    return RuleViolation(
        "not_an_object", "要登记的内容应当是“栏目: 内容”的形式。",
        mend="至少要有 channel（信访形式）、received_on（收到日期）、claims（诉求）。",
    )  # fmt: skip


def _haves_shape() -> RuleViolation:
    return RuleViolation(
        "haves_shape", "“四有”要按 接、答、释、困 分别填写。", mend="请核对格式。", field="haves"
    )


def _warnings(values: Mapping[str, Any], today: date) -> list[Warning]:
    found = []
    parties = values.get("parties", ())
    for no, party in enumerate(parties, 1):
        problem = phone_problem(party.get("phone"))
        if problem:
            found.append(Warning(f"parties.{no}.phone", f"{problem}。可先留着，稍后再补。"))
        checked = check_id(party.get("id_number"), today=today)
        if not checked.ok:
            found.append(Warning(f"parties.{no}.id_number", f"{checked.why}。可先留着，稍后再补。"))
    representatives = sum(1 for p in parties if p.get("role") == "representative")
    if representatives > MOST_REPRESENTATIVES:
        found.append(
            Warning(
                "parties",
                f"代表 {representatives} 人，超过 {MOST_REPRESENTATIVES} 人。照常登记，"
                "请按《信访工作条例》第二十条提示推选代表。",
            )
        )
    if values.get("reported") and not values.get("sealed") and not values.get("matter"):
        sentence = (
            "被反映的人和单位只在密件里登记。是检举控告的，请勾“检举控告密件”；不勾就不保存这一栏。"
        )
        found.append(Warning("reported", sentence))
    headcount = values.get("headcount")
    if headcount and headcount < sum(1 for p in parties if p.get("role") != "agent"):
        found.append(Warning("headcount", "人数少于填写的来访人数，请核对。"))
    received = _day(values.get("received_on"))
    if received and received < today and not values.get("late_reason"):
        found.append(Warning("received_on", "不是当天登记，将标为“补录”。"))
    return found
