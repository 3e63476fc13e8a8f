"""The closed word lists (选项) that rules of the matter's course reason about.

Each value is a code for programs and a Chinese word for people. Lists that only describe
(content class, channel, retention) are data in ``resources/codes`` and not here.
Source: 《信访工作条例》 art. 22, 29-36, 《人民调解法》 art. 17, 28.
"""

from __future__ import annotations

from collections.abc import Mapping

Words = tuple[tuple[str, str], ...]

NATURE: Words = (
    ("appeal", "申诉求决"), ("suggestion", "建议意见"), ("accusation", "检举控告"),
)  # fmt: skip
OUTCOME: Words = (
    ("supported", "支持"), ("partly", "部分支持"), ("explained", "解释说明"),
    ("refused", "不予支持"), ("mediated", "调解达成"), ("settled", "和解达成"),
    ("withdrawn", "撤回"),
)  # fmt: skip
LEGAL_ROUTE: Words = (
    ("litigation", "诉讼"), ("reconsideration", "行政复议"), ("arbitration", "仲裁"),
    ("ruling", "行政裁决"), ("confirmation", "行政确认"), ("licence", "行政许可"),
    ("penalty", "行政处罚（查处）"), ("duty", "履行保护职责"),
    ("party_appeal", "党员申诉、申请复审"), ("judicial", "刑事、检察、公安程序"),
    ("other", "其他法定程序"),
)  # fmt: skip
SERVICE_METHOD: Words = (
    ("direct", "直接送达"), ("mail", "邮寄送达"), ("left", "留置送达"),
    ("entrusted", "委托送达"), ("electronic", "电子送达"), ("public", "公告送达"),
)  # fmt: skip
REVIEW_RESULT: Words = (
    ("upheld", "维持"), ("revoked", "撤销"), ("changed", "变更"), ("redo", "责令重新办理"),
    ("rejected", "不予受理"), ("ended", "终止"),
)  # fmt: skip
ADOPTED: Words = (("full", "采纳"), ("partly", "部分采纳"), ("reference", "留作参考"))
FORWARD_MODE: Words = (("transfer", "转送"), ("assign", "交办"))
REDIRECT_KIND: Words = (
    ("organ", "向有权机关提出"), ("legal_route", "导入法定途径"), ("judicial", "涉法涉诉引导"),
)  # fmt: skip
NOTE_RECORD: Words = (
    ("contact", "联系信访人"), ("statement", "听取陈述"), ("not_heard", "未能听取陈述"),
    ("inquiry", "调查核实"), ("report", "报送、收到办结报告"), ("other", "其他"),
)  # fmt: skip
INTERVIEWED: Words = (("petitioner", "信访人"), ("other", "其他知情的人、单位"))
MEETING_KIND: Words = (("four_meet", "四见面、两点头"), ("joint", "会商、联席会议"))
SATISFACTION: Words = (
    ("satisfied", "满意"), ("basic", "基本满意"), ("unsatisfied", "不满意"), ("none", "未评价"),
)  # fmt: skip
SUITABLE: Words = (
    ("clear", "事实清楚、责任明确、争议不大"), ("instant", "咨询或意见建议，可以马上答复"),
    ("daily", "日常生活问题，时间紧"), ("promised", "本单位已有明确承诺或结论"),
)  # fmt: skip
EXCLUDED: Words = (
    ("repeat", "重复信访"), ("accusation", "检举控告"), ("crossing", "三跨三分离"),
    ("joint", "多人或多部门的复杂事项"), ("refusal", "可能不支持诉求"),
    ("legal_route", "应当通过诉讼、复议等法定途径"),
)  # fmt: skip
RETENTION: Words = (("10", "10年"), ("30", "30年"), ("permanent", "永久"))
STATEMENT_FORM: Words = (("signed", "本人签名的书面材料"), ("recorded", "经本人核对的记录"))
NOTICE: Words = (
    ("F06", "转送、交办去向告知"), ("F07", "受理告知"), ("F08", "不予受理告知"),
    ("F09", "不再受理告知"), ("F10", "补充材料通知"), ("F16", "延期告知"),
    ("F20", "建议意见答复"), ("F21", "法定途径告知"), ("V02", "三级四线告知"),
    ("progress", "办理进展告知"), ("result", "办理结果告知"), ("other", "其他告知"),
)  # fmt: skip
LEVEL: Words = (("village", "村（社区）"), ("township", "乡镇（街道）"), ("county", "县级主管部门"))
LINE: Words = (
    ("petitioner", "信访人"), ("handler", "办理人"), ("helper", "帮扶联系人"),
    ("supervisor", "督查人"),
)  # fmt: skip
MEDIATION_SOURCE: Words = (
    ("application", "当事人申请"), ("proactive", "主动调解"), ("referred", "委托移送"),
)  # fmt: skip
"""案件来源 (《人民调解法》 art. 17, 18)."""
GROUND: Words = (
    ("acceptance", "未按规定受理"), ("handling", "未按规定办理"), ("evasion", "推诿、敷衍、拖延"),
    ("falsehood", "弄虚作假"), ("refusal", "拒不执行处理意见"), ("other", "其他需要督办的"),
)  # fmt: skip
"""督办原因 (art. 40)."""
SUPERVISION_KIND: Words = (("letter", "督办函"), ("urge", "催办单"))
LEAD_PART: Words = (
    ("contact", "包联系"), ("explain", "包解释"), ("handle", "包办理"), ("report", "包反馈"),
)  # fmt: skip
CROSSING: Words = (
    ("regions", "跨地区"), ("departments", "跨部门"), ("trades", "跨行业"),
    ("work", "人事分离"), ("household", "人户分离"), ("both", "人事户分离"),
)  # fmt: skip
"""三跨三分离."""
FRESH_RESULT: Words = (
    ("correct", "原处理有误，予以纠正"), ("partly", "部分纠正"), ("explain", "原处理无误，继续解释"),
    ("help", "原处理无误，给予帮扶"),
)  # fmt: skip
LATE_CAUSE: Words = (
    ("forgot", "登记、提醒没有跟上"), ("unit", "承办单位没有按时反馈"), ("sorting", "分办不准确"),
    ("facts", "情况复杂，查清用时长"), ("policy", "政策依据不清楚"), ("hands", "人手不足"),
    ("other", "其他原因"),
)  # fmt: skip
"""Causes of our own lateness or mistake; of the office's work, never of a person."""
PUBLICATION: Words = (
    ("acceptance", "受理公开"), ("procedure", "程序公开"), ("result", "结果公开"),
    ("effect", "效果公开"),
)  # fmt: skip
"""四个公开; 效果 is what was carried out."""
HEARING_ASKED: Words = (
    ("petitioner", "信访人申请"), ("office", "本机关决定"), ("unit", "承办单位建议"),
)  # fmt: skip
HELP_KIND: Words = (
    ("relief", "临时救助"), ("allowance", "最低生活保障"), ("medical", "医疗救助"),
    ("housing", "住房救助"), ("education", "教育救助"), ("work", "就业帮扶"),
    ("judicial", "司法救助"), ("legal_aid", "法律援助"), ("other", "其他帮扶"),
)  # fmt: skip
"""What a person in hardship may apply for (《社会救助暂行办法》, 《法律援助法》)."""
VISIT_KIND: Words = (
    ("home", "上门"), ("invited", "约到本机关见面"), ("village", "下到村里见面"), ("phone", "电话"),
    ("message", "短信、网上"),
)  # fmt: skip
RECUSAL_ASKED: Words = (
    ("self", "本人提出"), ("petitioner", "信访人要求"), ("office", "本机关决定"),
)  # fmt: skip

VOCABULARIES: Mapping[str, Words] = {
    "nature": NATURE, "outcome": OUTCOME, "legal_route": LEGAL_ROUTE,
    "service_method": SERVICE_METHOD, "review_result": REVIEW_RESULT, "adopted": ADOPTED,
    "forward_mode": FORWARD_MODE, "redirect_kind": REDIRECT_KIND, "note_record": NOTE_RECORD,
    "meeting_kind": MEETING_KIND, "satisfaction": SATISFACTION, "suitable": SUITABLE,
    "excluded": EXCLUDED, "retention": RETENTION, "statement_form": STATEMENT_FORM,
    "notice": NOTICE, "level": LEVEL, "line": LINE, "supervision_ground": GROUND,
    "supervision_kind": SUPERVISION_KIND, "lead_part": LEAD_PART, "crossing": CROSSING,
    "fresh_result": FRESH_RESULT, "late_cause": LATE_CAUSE,
    "recusal_asked": RECUSAL_ASKED, "publication": PUBLICATION, "hearing_asked": HEARING_ASKED, "help_kind": HELP_KIND,
    "visit_kind": VISIT_KIND,
    "interviewed": INTERVIEWED,
}  # fmt: skip

TO_CARRY_OUT = frozenset({"supported", "partly", "mediated", "settled"})
"""Outcomes that oblige the office to see something carried out (art. 32 para 2, art. 33)."""

REWORK = frozenset({"revoked", "redo"})
"""Review results that send the matter back to be handled anew (art. 35, 36)."""


def word(vocabulary: str, code: str) -> str:
    """The Chinese word of a code; a value that is not in the list comes back as it is."""
    return dict(VOCABULARIES[vocabulary]).get(code, code)
