"""Papers of a matter's ways for the tests of printing: every form full."""

from __future__ import annotations

from datetime import date

from xinfang_desktop.printing import facts as F
from xinfang_desktop.printing import route_facts as R

from .town import JOINT, MATTER, OFFICE

_FOUND = "2026年3月，镇水利站组织实施双井村灌溉渠改道工程，渠道由村北改到村东，经过第3组承包地，施工前没有逐户丈量。"

F04 = R.DisposalSheet(
    office=OFFICE, matter=MATTER, on=date(2026, 9, 7), handler="周敏", handler_phone="0000-8200117",
    postmark="2026年9月4日", enclosures="信封1个，信件3页，附件6页", summary=_FOUND,
    proposal="建议受理，由镇水利站会同自然资源所核实占用面积，9月20日前反馈。", proposer="周敏",
    comments=(
        R.CommentFacts(leader="何建平", title="副镇长", at="2026年9月7日 15:20",
                       words="同意拟办意见。先到现场丈量，丈量时请承包户到场。"),
        R.CommentFacts(leader="刘志远", title="镇长", at="2026年9月8日", words="请水利站抓紧办，按期书面答复。"),
    ),
    unit="青石镇水利站", due=date(2026, 9, 20),
)  # fmt: skip
F09 = R.NoLongerAccepted(
    office=OFFICE, matter=MATTER, number="青信不受〔2026〕4号", on=date(2026, 9, 18), handler="周敏",
    handler_phone="0000-8200117", decided_on=date(2026, 9, 18), review_number="昆政复核〔2025〕31号",
    review_organ="南岭市人民政府", review_date=date(2025, 12, 3),
    same="经周敏、刘志远两人核对，这次提出的占用面积和补偿标准与该复核意见书所涉及的事实和理由相同，没有新的事实和理由。",
    help="生活困难的，请与镇社会事务办（0000-8200120）联系",
)  # fmt: skip
F10 = R.MissingMaterials(
    office=OFFICE, matter=MATTER, number="青信告〔2026〕8号", on=date(2026, 9, 9), handler="周敏",
    handler_phone="0000-8200117", missing=("土地承包经营权证复印件", "改渠前后的照片", "与村民委员会的往来书面材料"),
    how="当面交、邮寄或者由村联络员代收", until=date(2026, 9, 20),
)  # fmt: skip
F12 = R.ReferralLetter(
    office=OFFICE, matter=JOINT, number="青信交〔2026〕12号", on=date(2026, 9, 10), handler="周敏",
    handler_phone="0000-8200117", unit="双井村村民委员会",
    summary="改渠占用承包地0.8亩没有丈量和补偿，田间道路被渠堤隔断，断水23天造成早稻减产。",
    requirement="丈量时请通知全部承包户到场，丈量结果当场签字。", report_due=date(2026, 10, 20),
    attachments=("来访登记表1份", "现场照片12张"),
)  # fmt: skip
F14 = R.Objection(
    office=OFFICE, matter=JOINT, number="青信异〔2026〕1号", on=date(2026, 9, 11), handler="周敏",
    handler_phone="0000-8200117", sender="云岭县信访局", source_ref="云信转〔2026〕118号",
    arrived_on=date(2026, 9, 6), limit=date(2026, 9, 11),
    reason="双井村灌溉渠改道工程由县水务局立项、组织实施和验收，占地补偿由县自然资源局拟定方案。本机关没有该工程的管理职权，也没有补偿资金的拨付职权。",
    basis="《云岭县小型水利工程管理办法》第九条、县水务局“三定”规定",
    suggested_unit="云岭县水务局", returned=("来访登记表1份", "承包经营权证复印件5份"),
)  # fmt: skip
F15 = R.ExtensionApproval(
    office=OFFICE, matter=MATTER, on=date(2026, 11, 4), handler="周敏", unit="青石镇水利站",
    accepted_on=date(2026, 9, 8), original_due=date(2026, 11, 7), extended_due=date(2026, 12, 7),
    days=30, reason="工程档案由县水务局保管，占用面积需要自然资源部门复测，测量结果尚未作出。",
    progress="9月12日联系信访人；9月20日听取陈述；10月9日到现场丈量。", applicant="周敏",
    applied_on=date(2026, 11, 3), approved_by="何建平", approved_on=date(2026, 11, 4),
    opinion="同意延长30日，请催办复测，并书面告知信访人延期的理由。",
)  # fmt: skip
F20 = R.SuggestionReply(
    office=OFFICE, matter=MATTER, number="青信答〔2026〕12号", on=date(2026, 9, 30), handler="周敏",
    handler_phone="0000-8200117", suggestion="今后改渠前先征求承包户意见，丈量结果公示七日。",
    study="镇水利站研究，近三年六项工程中有两项施工前没有公示。",
    adopted="部分采纳", reason="公示有利于减少纠纷，第四季度起执行。",
)  # fmt: skip
F21 = R.LegalRoute(
    office=OFFICE, matter=MATTER, number="青信告〔2026〕9号", on=date(2026, 9, 18), handler="周敏",
    handler_phone="0000-8200117", told_on=date(2026, 9, 18), route="仲裁",
    organ="云岭县农村土地承包仲裁委员会", organ_address="云岭县城关镇兴农路3号", organ_phone="0000-8112345",
    basis="《信访工作条例》第三十一条第二项、《中华人民共和国农村土地承包经营纠纷调解仲裁法》第四条",
    time_limit="农村土地承包经营纠纷申请仲裁的时效期间为二年，自知道或者应当知道权利被侵害之日起计算",
    legal_aid="云岭县法律援助中心（0000-8112348）",
)  # fmt: skip
F30 = R.CompletionReport(
    office=OFFICE, matter=JOINT, number="青信报〔2026〕3号", on=date(2026, 11, 10), handler="周敏",
    handler_phone="0000-8200117", sender="云岭县信访局", source_ref="云信交〔2026〕118号",
    assigned_on=date(2026, 9, 5), due=date(2026, 11, 15), accepted_on=date(2026, 9, 15),
    course="2026年9月20日，在双井村听取了信访人和承包户代表的陈述。\n" + _FOUND,
    answers=tuple(
        R.ReportAnswer(claim=claim.text, facts=_FOUND, basis="《中华人民共和国土地管理法》第四十八条",
                       outcome="支持", opinion="按照实际占用面积支付补偿款")
        for claim in JOINT.claims[:2]
    ),
    opinion_number="青信答〔2026〕9号", opinion_on=date(2026, 11, 2), served_on=date(2026, 11, 5),
    carried_out="补偿款12月15日前拨付；田间道路由镇水利站修复", signer="何建平",
    attachments=("信访事项处理意见书（青信答〔2026〕9号）", "送达回证"),
)  # fmt: skip

FULL: dict[str, F.Facts] = {
    "F04": F04, "F09": F09, "F10": F10, "F12": F12, "F14": F14, "F15": F15, "F20": F20,
    "F21": F21, "F30": F30,
}  # fmt: skip
