"""A matter of the practice town that tests take through its course, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from xinfang_desktop.domain import workflow
from xinfang_desktop.domain.matter import MatterFile, Surroundings
from xinfang_desktop.domain.records import Claim, Intake, Matter, Office, Party, Person, Step
from xinfang_desktop.domain.workflow import Decision, Offer

RECEIVED = date(2026, 7, 24)
TODAY = date(2026, 9, 21)
WRITTEN = datetime(2026, 9, 21, 9, tzinfo=UTC)
FEED = "township:330327104"

OFFICE = Office(
    id="o", feed=FEED, code="330327104", name="青石镇信访办", level="township",
    review_organ="云岭县人民政府", simple_procedure=True,
)  # fmt: skip
PEOPLE = (
    Person(id="p1", feed=FEED, name="周敏", title="信访专干"),
    Person(id="p2", feed=FEED, name="刘志远", title="副镇长", may_sign=True),
    Person(id="p3", feed=FEED, name="何建平", title="调解员", interests="妻子王桂芳，石桥村人"),
)
ANSWER = {
    "outcome": "supported",
    "facts": "2026年6月排水沟被填平 12 米",
    "basis": "《民法典》第290条",
    "opinion": "由石桥村恢复排水沟",
}
ANSWERS = {"answers": [{"no": 1, **ANSWER}, {"no": 2, **ANSWER, "outcome": "refused"}]}


def around(**changes: Any) -> Surroundings:
    """The desk of 周敏, an officer, on TODAY."""
    plain = Surroundings(TODAY, OFFICE, PEOPLE, "周敏", frozenset({"officer"}))
    return replace(plain, **changes)


def matter_file(state: str = "S10", **changes: Any) -> MatterFile:
    """A visit about a ditch, two requests, in ``state``; ``changes`` are the matter's fields."""
    matter = Matter(
        id="m", feed=FEED, number="20260724-A0003", query_code="48210377",
        title="石桥村宅基地相邻排水", state=state, received_on=RECEIVED, channel="visit",
    )  # fmt: skip
    intake = Intake(
        id="i", feed=FEED, number="20260724-A0003", matter="m", channel="visit",
        received_on=RECEIVED, registered_at=WRITTEN, registered_by="周敏",
        summary="邻居建房填平了排水沟",
    )  # fmt: skip
    claims = tuple(
        Claim(id=f"c{no}", feed=FEED, matter="m", no=no, text=text)
        for no, text in ((1, "恢复原排水沟"), (2, "赔偿墙体渗水损失"))
    )
    who = Party(
        id="w", feed=FEED, intake="i", matter="m", no=1, name="赵秀兰", phone="13900006620",
        address="石桥村 3 组",
    )  # fmt: skip
    return MatterFile(replace(matter, **changes), claims, (intake,), (who,))


class Course:
    """A matter on its way: each lawful step is recorded as the services would record it."""

    def __init__(self, file: MatterFile, at: Surroundings | None = None) -> None:
        self.file = file
        self.around = at or around()

    @property
    def state(self) -> str:
        return self.file.matter.state

    def take(self, action: str, data: Mapping[str, Any] | None = None, **more: Any) -> Decision:
        """Decide the step and write it down."""
        decision = workflow.decide(self.file, action, {**(data or {}), **more}, self.around)
        number = len(self.file.steps)
        step = Step(
            id=f"s{number:04}", feed=FEED, matter="m", action=action, on=decision.on,
            at=WRITTEN + timedelta(minutes=number), by=self.around.actor,
            from_state=decision.from_state, to_state=decision.to_state, data=decision.data,
        )  # fmt: skip
        self.file = replace(
            self.file,
            matter=replace(self.file.matter, **decision.changes),
            steps=(*self.file.steps, step),
        )
        return decision

    def offer(self, action: str) -> Offer:
        """How the step is offered now."""
        return next(o for o in workflow.offers(self.file, self.around) if o.action == action)

    def codes(self, action: str, data: Mapping[str, Any] | None = None, **more: Any) -> set[str]:
        """The codes of everything wrong with the step."""
        found = workflow.problems(self.file, action, {**(data or {}), **more}, self.around)
        return {problem.code for problem in found}


LAWFUL: Mapping[str, Mapping[str, Any]] = {
    "claim": {"no_interest": True},
    "sort": {"nature": "appeal"},
    "supplement": {"missing": ["土地承包合同复印件"]},
    "supplied": {"received": "合同复印件 1 份"},
    "accept": {"unit": "青石镇人民政府"},
    "simple": {"suitable": ["clear"], "told_how": "电话告知本人"},
    "convert": {"approved_by": "刘志远", "reason": "涉及三户"},
    "forward": {"mode": "transfer", "unit": "云岭县自然资源局", "power_confirmed": True},
    "return": {"reason": "对方提出异议"},
    "redirect": {"kind": "organ", "organ": "云岭县人民法院", "basis": "《民事诉讼法》第122条"},
    "object": {"reason": "排水沟属县水利局管理"},
    "objection_upheld": {"confirmed_by": "县信访局 陈科长"},
    "objection_refused": {"reason": "属地管理"},
    "seal": {"unit": "县纪委监委信访室", "not_reported": True},
    "reply": {"adopted": "full", "answer": "已列入明年计划", "reason": "建议合理", "no_paper": True},
    "final": {
        "review_number": "云府复核〔2025〕3号", "review_organ": "市人民政府",
        "review_date": "2025-11-03", "confirmed_by": "刘志远",
    },
    "keep": {"result": "已现场清理"},
    "start": {"how": "电话", "content": "约定 8 月 12 日见面"},
    "assign": {"unit": "双井村", "due": "2026-09-30"},
    "note": {"record": "other", "content": "查阅规划图"},
    "hearing": {"host": "刘志远", "content": "双方到场陈述"},
    "mediate": {"petitioner_consents": True, "other_consents": True, "content": "谈赔偿"},
    "meeting": {
        "kind": "joint", "petitioner_present": True, "petitioner_assents": True,
        "unit_assents": True, "content": "商定修沟办法",
    },
    "promise": {"what": "回电话", "due": "2026-09-25"},
    "notify": {"form": "progress", "method": "电话", "recipient": "赵秀兰"},
    "extend": {"days": 15, "reason": "等鉴定", "approved_by": "刘志远"},
    "draft": ANSWERS,
    "return_draft": {"reviewer": "刘志远", "reason": "补充依据"},
    "sign": {"signer": "刘志远", "number": "青信答〔2026〕5号"},
    "send": {"method": "mail", "tracking": "EMS1001"},
    "serve": {"method": "direct", "recipient": "赵秀兰", "proof": "送达回证签名"},
    "follow": {"tasks": [{"what": "修沟", "unit": "石桥村", "due": "2026-10-20"}]},
    "fulfil": {"task": "fulfil:1", "content": "已修好"},
    "close": {"checked": True},
    "review": {},
    "review_result": {"result": "upheld", "number": "云府复查〔2026〕8号", "organ": "云岭县人民政府"},
    "reopen": {"leader": "刘志远", "reason": "修沟没有兑现"},
    "archive": {"retention": "30", "catalogue_complete": True,
                "missing_reason": "纸质材料都在卷里，没有扫描"},
    "merge": {"into": "20260601-A0001", "told_how": "电话告知"},
    "unmerge": {"reason": "不是同一事项"},
    "split": {"claims": [2]},
    "withdraw": {"statement": "问题解决了，我撤回", "recorded_by": "刘志远", "voluntary": True},
    "redate": {"received_on": "2026-07-24", "reason": "邮戳日期看错", "approved_by": "刘志远"},
    "interview": {
        "whom": "other", "person": "王桂芳", "investigators": ["周敏", "刘志远"],
        "content": "排水沟6月被填平",
    },
    "inquiry_report": {"found": "排水沟被填平12米", "conclusion": "属实", "proposal": "恢复排水沟"},
    "void": {"reason": "重复录入"},
    "lead": {
        "leader": "刘志远", "unit": "石桥村", "person": "村主任", "measures": "量沟、开挖",
        "due": "2026-10-20",
    },
    "lead_progress": {"part": "contact", "content": "当面听取诉求"},
    "supervise": {
        "kind": "letter", "ground": "evasion", "unit": "石桥村", "situation": "到期没有报回",
        "requirement": "三日内书面报回", "due": "2026-09-28",
    },
    "supervise_reply": {"content": "已开挖"},
    "plan": {"tasks": [{"what": "量沟", "unit": "石桥村", "due": "2026-09-30"}]},
    "crossing": {"kinds": ["departments"], "units": ["水利站"], "coordinator": "联席会议"},
    "stakeholders": {"units": [{"unit": "石桥村", "duty": "恢复排水沟"}], "answer": "月底前恢复"},
    "fresh_look": {
        "leader": "刘志远", "own_fault": "当初没有量沟", "claim": "排水确有困难", "left": "恢复排水沟",
        "result": "correct",
    },
    "cause": {"what": "告知晚两天", "cause": "forgot", "unit": "信访办", "mended": "每天看今日页"},
    "hearing_notice": {
        "subject": "排水沟怎样恢复", "asked_by": "petitioner", "held_on": "2026-10-12",
        "time": "上午9时", "place": "镇政府会议室", "host": "刘志远", "open": True,
        "parties": ["赵秀兰", "石桥村村委会"],
    },
    "help": {
        "need": "院墙渗水，一时无力修", "kind": "relief", "organ": "镇民政办", "consented": True,
        "form": "signed", "due": "2026-10-20",
    },
    "help_result": {"content": "临时救助已批"},
    "revisit": {"how": "phone", "carried_out": "yes"},
    "rate": {"attitude": "satisfied", "result": "basic"},
    "appoint": {
        "kind": "home", "visit_on": "2026-09-28", "place": "石桥村 3 组", "who": ["周敏"],
        "consented": True, "purpose": "看排水沟",
    },
    "visited": {"content": "沟已开挖"},
    "comment": {"leader": "刘志远", "words": "三日内到现场"},
    "sign_for": {"who": "石桥村 村主任"},
    "feedback": {"answer": "沟长12米，已量清"},
    "recuse": {
        "who": "周敏", "asked_by": "self", "reason": "与信访人是亲属", "decided_by": "刘志远",
        "handler": "刘志远",
    },
    "publish": {
        "kind": "acceptance", "consented": True, "form": "signed", "no_minor": True,
        "where": "石桥村公开栏",
    },
    "unpublish": {"kind": "acceptance", "reason": "本人改变主意"},
    "name_reported": {"reported": [{"name": "徐大明", "unit": "双井村村委会"}]},
    "confirm_namesake": {"name": "徐大明", "same": False, "basis": "单位、职务不同"},
}  # fmt: skip
"""One lawful filling of every step, where the matter's file allows the step."""
