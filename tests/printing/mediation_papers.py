"""Papers of an invented mediation for the tests: every form full, with the least, and endless."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from xinfang_desktop.printing import mediation_facts as M
from xinfang_desktop.printing.catalogue import FORMS
from xinfang_desktop.printing.contents import ContentsRow
from xinfang_desktop.printing.facts import OfficeFacts

OFFICE = OfficeFacts(organ="云岭县青石镇人民政府", office="青石镇信访办")
APPLICANT = M.MediationParty(
    side="申请人", name="李䶮生", sex="男", ethnicity="汉族", age=52, occupation="务农",
    phone="00000000001", address="青石镇双井村3组17号",
)  # fmt: skip
RESPONDENT = M.MediationParty(
    side="被申请人", name="欧阳㛃堃", sex="女", ethnicity="彝族", age=47, occupation="个体经营",
    phone="00000000002", address="青石镇双井村3组19号",
)  # fmt: skip
DISPUTE = M.MediationFacts(
    committee="青石镇人民调解委员会",
    committee_phone="0000-8200118",
    number="（2026）青石人调字第3号",
    file_number="2026-RT-003",
    title="李䶮生与欧阳㛃堃相邻排水纠纷",
    kind="邻里纠纷",
    source=M.APPLIED,
    came_from="20260906-A0002号信访事项",
    parties=(APPLICANT, RESPONDENT),
    mediators=("王桂芳", "刘志远"),
    recorder="周敏",
    applied_on=date(2026, 9, 8),
    accepted_on=date(2026, 9, 9),
    agreed_on=date(2026, 9, 18),
)
_BASE = {"office": OFFICE, "mediation": DISPUTE}
_STORY = (
    "2026年7月，欧阳㛃堃翻修院墙时把原来的排水沟填平，雨水流向李䶮生家后墙，墙脚渗水约6米。"
    "双方对排水沟的位置和修复费用说法不一，村民小组两次协商没有结果。"
)

FULL: dict[str, M.MediationPaper] = {
    "M00": M.FileCover(
        **_BASE, mediated_on=date(2026, 9, 18), filed_by="周敏", filed_on=date(2026, 10, 20),
        retention="10年", note="共一册",
        contents=(
            ContentsRow(title="人民调解申请书", first=1, last=1),
            ContentsRow(title="人民调解当事人权利义务告知书", first=2, last=3),
            ContentsRow(title="人民调解协议书", first=4, last=6, note="原件"),
        ),
        missing=("当事人身份核验记录", "人民调解记录"),
    ),
    "M01": M.Application(
        **_BASE, on=date(2026, 9, 8), consented=True, summary=_STORY,
        requests=("恢复被填平的排水沟", "修补后墙，费用由被申请人承担"), registrar="周敏",
    ),
    "M02": M.RightsNotice(**_BASE, on=date(2026, 9, 9)),
    "M03": M.IdentityRecord(
        **_BASE,
        checks=(
            M.IdentityRow(name="李䶮生", side="申请人", document="居民身份证",
                          checked_on=date(2026, 9, 9), checked_by="周敏"),
            M.IdentityRow(name="欧阳㛃堃", side="被申请人", document="居民身份证",
                          checked_on=date(2026, 9, 9), checked_by="周敏",
                          copy_reason="申请司法确认时要提交"),
        ),
        note="受托人李喆一并核验。",
    ),
    "M04": M.Mandate(
        **_BASE, on=date(2026, 9, 9), principal=APPLICANT,
        agents=(M.AgentFacts(name="李喆", sex="男", age=26, relation="父子", occupation="务工",
                             phone="00000000003", address="青石镇双井村3组17号"),),
        scope=(M.SCOPES[0], M.SCOPES[1], M.SCOPES[5]), from_on=date(2026, 9, 9),
        until_on=date(2026, 12, 31),
    ),
    "M05": M.Inquiry(
        **_BASE, held_on=date(2026, 9, 11), from_time="9:00", to_time="9:40",
        place="双井村村民委员会", attendants="村民小组长 何建平", person="刘秀英", person_sex="女",
        person_age=61, person_phone="00000000004", person_address="青石镇双井村3组18号",
        relation="邻居",
        record="问：原来的排水沟在哪里？\n答：在两家中间，宽四十厘米，我家也用。\n问：什么时候填平的？\n答：七月修院墙的时候。",
        investigators=("王桂芳", "刘志远"),
    ),
    "M06": M.EvidenceList(
        **_BASE,
        items=(
            M.EvidenceRow(title="后墙渗水照片", form="复印件", copies=1, pages=4,
                          proves="渗水的位置和范围", by="李䶮生"),
            M.EvidenceRow(title="宅基地使用证", form="复印件（核对原件）", copies=1, pages=2,
                          proves="两家的界址", by="欧阳㛃堃"),
        ),
        receiver="周敏", note="照片由调解员当场核对。",
    ),
    "M07": M.SessionRecord(
        **_BASE, session=1, held_on=date(2026, 9, 18), from_time="14:30", to_time="16:50",
        place="青石镇人民调解室", openness="不公开", invited=("何建平（村民小组长）",), consented=True,
        told=True,
        statements=(
            M.StatementFacts(who="李䶮生", text=_STORY),
            M.StatementFacts(who="欧阳㛃堃", text="修墙时没有想到排水，愿意恢复水沟；修墙费用两家分担。"),
        ),
        findings="经现场查看，排水沟长12米，被填平6.5米；后墙墙脚渗水6.2米。",
        course="调解员说明相邻关系的规定，双方先后两次提出费用分担的方案，第二次意见接近。",
        result=M.WRITTEN, result_words="双方就恢复排水沟、修补后墙和费用达成一致，签订协议书。",
    ),
    "M08": M.Agreement(
        **_BASE, on=date(2026, 9, 18), facts=_STORY,
        responsibility="欧阳㛃堃填平共用的排水沟，对渗水负主要责任。",
        items=(
            "欧阳㛃堃于2026年10月15日前恢复长12米、宽40厘米的排水沟",
            "李䶮生后墙修补费2400元，欧阳㛃堃承担1800元，李䶮生承担600元",
            "排水沟由两家共同维护，任何一方不得再行填堵",
        ),
        performance="修补费由欧阳㛃堃于2026年10月15日前当面付给李䶮生，付款时出具收条。",
        copies=3,
    ),
    "M09": M.Performance(
        **_BASE,
        promises=(
            M.PerformanceRow(what="恢复排水沟", due=date(2026, 10, 15), done_on=date(2026, 10, 12),
                             state="已履行", voucher="现场照片2张", by="周敏"),
            M.PerformanceRow(what="支付修补费1800元", due=date(2026, 10, 15),
                             done_on=date(2026, 10, 15), state="已履行", voucher="收条", by="周敏"),
        ),
        note="10月10日电话提醒双方。",
    ),
    "M10": M.FollowUp(
        **_BASE, reason="了解协议履行情况", visited_on=date(2026, 10, 18), way="上门",
        visited="李䶮生、欧阳㛃堃", performed="已履行", satisfied="满意",
        content="排水沟已经恢复，修补费已经付清，两家都没有新的意见。", recurrence="没有。",
        visitor="周敏",
    ),
    "M11": M.Confirmation(
        **_BASE, on=date(2026, 9, 25), court="云岭县人民法院", effective_on=date(2026, 9, 18),
        deadline=date(2026, 10, 19),
        content="一、欧阳㛃堃于2026年10月15日前恢复排水沟；\n二、欧阳㛃堃承担修补费1800元。",
        materials=("人民调解协议书1份", "申请人身份证明复印件2份"),
    ),
    "M12": M.FileNote(
        **_BASE, on=date(2026, 10, 20), text="后墙照片原件由李䶮生自存，卷内为复印件。", by="周敏"
    ),
    "M13": M.BackCover(
        **_BASE, pages=14, text="本卷文书齐全。", filed_by="周敏", checked_by="何建平",
        filed_on=date(2026, 10, 20),
    ),
}  # fmt: skip

VARIANTS: dict[str, tuple[str, M.MediationPaper]] = {
    "M01 登记表": (
        "M01",
        replace(
            FULL["M01"],  # type: ignore[arg-type]
            on=date(2026, 9, 9),
            mediation=replace(DISPUTE, source=M.ENTRUSTED, entrusted_by="云岭县人民法院"),
        ),
    ),
    "M08 口头": ("M08", replace(FULL["M08"], oral=True, note="当事人要求从简。")),  # type: ignore[call-arg]
}
"""The other face of a form with two."""


def least(code: str) -> M.MediationPaper:
    """The form as a blank for the pen: nothing but the committee."""
    kind = FORMS[code].facts
    assert issubclass(kind, M.MediationPaper)
    return kind(
        office=OFFICE,
        mediation=M.MediationFacts(committee=DISPUTE.committee),
    )


def longest(code: str) -> M.MediationPaper:
    """The full form with ten parties whose dispute fills several pages."""
    story = "\n".join([_STORY * 2] * 12)
    parties = (*(replace(APPLICANT, name=f"李䶮生之{n}") for n in range(9)), RESPONDENT)
    long = {
        "M00": {"contents": tuple(ContentsRow(title=f"第{n}份文书", first=n, last=n) for n in range(1, 61))},
        "M01": {"summary": story},
        "M03": {"checks": FULL["M03"].checks * 12},  # type: ignore[attr-defined]
        "M04": {"agents": FULL["M04"].agents * 9},  # type: ignore[attr-defined]
        "M05": {"record": story},
        "M06": {"items": FULL["M06"].items * 20},  # type: ignore[attr-defined]
        "M07": {"statements": FULL["M07"].statements * 4, "course": story},  # type: ignore[attr-defined]
        "M08": {"facts": story, "items": FULL["M08"].items * 4},  # type: ignore[attr-defined]
        "M09": {"promises": FULL["M09"].promises * 15},  # type: ignore[attr-defined]
        "M10": {"content": story},
        "M11": {"content": story},
        "M12": {"text": story},
        "M13": {"text": story},
    }  # fmt: skip
    paper = replace(FULL[code], mediation=replace(DISPUTE, parties=parties))
    return replace(paper, **long.get(code, {}))
