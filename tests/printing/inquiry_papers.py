"""Papers of finding out and of 复查、复核 for the tests of printing: every form full."""

from __future__ import annotations

from datetime import date

from xinfang_desktop.printing import facts as F
from xinfang_desktop.printing import inquiry_facts as I
from xinfang_desktop.printing import review_facts as R

from .town import JOINT, MATTER, OFFICE

_FOUND = (
    "2026年3月，镇水利站组织实施双井村灌溉渠改道工程，渠道经过第3组承包地，施工前没有逐户丈量。"
)

F17 = I.InterviewRecord(
    office=OFFICE, matter=MATTER, on=date(2026, 9, 20), handler="周敏", held_on=date(2026, 9, 20),
    from_time="9:10", to_time="10:05", place="双井村村民委员会会议室", investigators=("周敏", "刘志远"),
    recorder="周敏", person="王桂芳", person_unit="双井村村民委员会委员", person_phone="00000000000",
    relation="改渠时在场",
    record=(
        I.QuestionFacts(question="改渠施工前，有没有到地里丈量？",
                        answer="开过户主会，说按老渠的宽度算，没有逐户丈量。"),
        I.QuestionFacts(question="占用的面积后来怎么定的？",
                        answer="施工队放了线，村里没有记数。完工以后，有三户来问过补偿，我报给了镇水利站。" * 3),
        I.QuestionFacts(question="还有没有要补充的？", answer="会议记录在村文书那里，可以去看。"),
    ),
)  # fmt: skip
F18 = I.InquiryReport(
    office=OFFICE, matter=JOINT, on=date(2026, 10, 20), handler="周敏", accepted_on=date(2026, 9, 15),
    investigators=("周敏", "刘志远"), course="2026年9月20日，听取信访人和承包户代表的陈述。\n2026年10月9日，到现场丈量。",
    found=_FOUND, evidence=("王桂芳的调查笔录（9月20日）", "现场测量成果1份", "户主会议记录复印件2页"),
    basis="《中华人民共和国土地管理法》第四十八条", conclusion="反映施工前没有逐户丈量、没有补偿属实；反映断水23天，查明为19天。",
    proposal="1. 由镇水利站补签占地协议，按0.83亩支付补偿。\n2. 修复田间道路。",
)  # fmt: skip
F26 = R.ReviewRequest(
    office=OFFICE, matter=MATTER, on=date(2026, 11, 6), handler="周敏", to_organ="云岭县人民政府",
    to_address="云岭县城关镇人民路1号", respondent="云岭县青石镇人民政府", opinion_number="青信答〔2026〕9号",
    opinion_on=date(2026, 11, 2), served_on=date(2026, 11, 5), until=date(2026, 12, 7),
)  # fmt: skip
F27 = R.ReviewPaper(
    office=OFFICE, matter=JOINT, number="青信复〔2026〕1号", on=date(2026, 12, 20), handler="周敏",
    handler_phone="0000-8200117", result="责令重新办理", asked_on=date(2026, 11, 25),
    due=date(2026, 12, 25), respondent="青石镇水利站", opinion_number="青水答〔2026〕2号",
    opinion_on=date(2026, 11, 2), request="请求按实际占用面积补偿，并修复田间道路。",
    original="1. 解释说明：补偿按老渠的宽度计算。", found=_FOUND,
    basis="《中华人民共和国土地管理法》第四十八条", decision="重新办理时应当逐户丈量，由承包户在丈量记录上签字。",
    redo_days=30, next_organ="云岭县人民政府",
)  # fmt: skip
F28 = R.HandoverList(
    office=OFFICE, matter=MATTER, on=date(2026, 11, 25), handler="周敏", to_organ="云岭县信访局",
    reason="复查、复核调卷", handed_on=date(2026, 11, 25), giver="周敏", taker="何建平",
    items=tuple(
        R.HandedFacts(title=title, number=number, copies=1, pages=pages)
        for title, number, pages in (
            ("信访登记表", "", 2), ("信访事项受理告知书", "青信受〔2026〕24号", 1),
            ("调查（谈话）笔录", "", 4), ("信访事项处理意见书", "青信答〔2026〕9号", 5), ("送达回证", "", 1),
        )
    ),
)  # fmt: skip

FULL: dict[str, F.Facts] = {"F17": F17, "F18": F18, "F26": F26, "F27": F27, "F28": F28}
