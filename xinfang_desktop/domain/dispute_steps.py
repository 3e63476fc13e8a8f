"""What each step of a dispute asks for (栏目), and what is asked when one is registered.

One table, action → fields; the keys are those of ``dispute do``. Every step also takes ``on``.
"""

from __future__ import annotations

from collections.abc import Mapping

from .fields import Field
from .vocabulary import LEGAL_ROUTE, MEDIATION_SOURCE, Words

CONFIRMATIONS: Words = (
    ("responsibility", "责任落实"), ("facts", "问题查清"), ("hazard", "隐患排除"),
)  # fmt: skip
"""三不放过: 责任不落实不放过, 问题不查清不放过, 隐患不排除不放过."""

NOTE_SORT: Words = (
    ("progress", "进展"), ("visit", "走访了解"), ("talk", "约谈、会商"), ("supervise", "督办"),
    ("help", "服务帮扶"), ("review", "工作考评"), ("other", "其他"),
)  # fmt: skip
FAIR: Words = (("fair", "合理"), ("partly", "部分合理"), ("unfounded", "依据不足"))
FOLLOW_HOW: Words = (
    ("visit", "上门"), ("phone", "电话"), ("meeting", "约见"), ("other", "其他"),
)  # fmt: skip
UPWARD: Words = (("township", "乡镇（街道）"), ("county", "县（市、区）"))

_UNIT = Field("unit", "责任单位", max_length=80, sample="农业农村办")
_PERSON = Field("person", "责任人", max_length=40, sample="何建平", help="具体办这件事的人。")
_DUE = Field("due", "化解时限", "date", help="哪一天前化解；不填就不限期。", sample="2026-10-15")

REGISTER: tuple[Field, ...] = (
    Field("village", "村（社区）", max_length=60, required=True, sample="柳溪村",
          help="纠纷发生在哪个村（社区）。"),
    Field("found_on", "发现日期", "date", required=True, sample="2026-09-17",
          help="排查时发现的那一天。"),
    Field("category", "纠纷类别", "choice", max_length=40, required=True, choices="dispute_type", sample="邻里",
          help="打几个字或拼音首字母来选；没有合适的选“其他”。"),
    Field("summary", "纠纷简述", max_length=120, required=True, sample="村道排水沟堵塞，涉 2 户",
          help="一句话写清是什么事。写事，不写人的情绪和品行。"),
    Field("detail", "详细情况", "long", max_length=5000, help="时间、经过、各方怎么说。"),
    Field("place", "发生地点", max_length=120, sample="五组 · 后山路"),
    Field("occurred_on", "发生日期", "date"),
    Field("parties", "当事人", "rows", help="只写姓名和电话，可以不填。", columns=(
        Field("name", "姓名", max_length=60, sample="王桂芳"),
        Field("phone", "联系电话", max_length=40),
    )),
    Field("people", "涉及人数", "int", sample="4", help="牵涉到多少人，不清楚就不填。"),
    Field("amount", "涉及金额（元）", "money", sample="12000",
          help="写元，可以带两位小数；没有就不填。"),
    Field("units", "涉及单位", max_length=120, help="纠纷牵涉到的单位、合作社、企业；没有不填。"),
    Field("urgent", "紧急", "bool", help="指事情拖不得。"),
    Field("danger", "当事人安全有危险", "bool",
          help="当事人的人身安全可能受到伤害；同时请打 110。"),
    Field("source", "来源", "choice", max_length=40, choices="dispute_source", help="怎么发现的：村（社区）上报、网格走访、12345 等。"),
    Field("found_by", "排查人", max_length=40, help="不填就是您自己。"),
    Field("grade", "级别", max_length=20, help="评的是纠纷，不是人；不填就按人数、金额等算出来。"),
    _UNIT,
    _PERSON,
    _DUE,
    Field("settled", "当场已化解", "bool", help="发现时就化解了的勾上，写明怎样化解的。"),
    Field("method", "化解方式", "choice", max_length=40, choices="resolution"),
    Field("result", "化解情况", "long", max_length=2000, sample="双方各清一段，当天通水。"),
)  # fmt: skip

FIELDS: Mapping[str, tuple[Field, ...]] = {
    "verify": (
        Field("facts", "核实情况", "long", required=True, sample="现场看过，沟堵了约 12 米，两户院子进水。",
              help="去看过、问过以后是什么情况；问题出在哪里。"),
        Field("real", "属实", "bool", required=True, help="不属实的写明情况；登记错了的用“作废”。"),
        Field("cause", "问题症结", "long", help="为什么会起纠纷。"),
        Field("fair", "诉求合理性", "choice", choices=FAIR, help="评的是诉求，不是人。"),
        Field("by", "核实人", max_length=40, help="不填就是您自己。"),
    ),
    "grade": (
        Field("people", "涉及人数", "int"),
        Field("amount", "涉及金额（元）", "money", sample="12000"),
        Field("urgent", "紧急", "bool"),
        Field("danger", "当事人安全有危险", "bool"),
        Field("crossing", "涉及几个村或几个单位", "bool"),
        Field("grade", "级别", max_length=20, help="不填就按人数、金额等算出来；要改写明理由。"),
        Field("reason", "改动的理由", "long"),
    ),
    "assign": (
        Field("unit", "责任单位", required=True, max_length=80, sample="农业农村办"),
        Field("person", "责任人", required=True, max_length=40, sample="何建平"),
        Field("leader", "包案领导", max_length=40, sample="刘志远", help="定领导：复杂、疑难的必须有。"),
        Field("measures", "化解措施", "long", required=True, help="定措施：怎么化解。"),
        Field("due", "化解时限", "date", required=True, sample="2026-10-15", help="定时限。"),
        Field("contact_by", "包联系", max_length=40, help="谁联系当事人；不填就是责任人。"),
        Field("explain_by", "包解释", max_length=40, help="谁解释政策；不填就是责任人。"),
        Field("handle_by", "包办理", max_length=40, help="谁办事；不填就是责任人。"),
        Field("report_by", "包反馈", max_length=40, help="谁把结果告诉当事人；不填就是责任人。"),
        Field("help", "服务帮扶措施", "long", help="当事人需要什么帮助，找谁帮。"),
    ),
    "note": (
        Field("text", "进展", "long", required=True, help="做了什么、下一步做什么。写事，不写人的情绪和行踪。"),
        Field("sort", "种类", "choice", choices=NOTE_SORT),
        Field("by", "谁做的", max_length=40, help="不填就是您自己。"),
    ),
    "settle": (
        Field("method", "化解方式", "choice", max_length=40, required=True, choices="resolution", sample="人民调解",
              help="协商和解、政策落实、解释疏导等。"),
        Field("result", "化解情况", "long", required=True, sample="双方各清一段，村里出水泥管，9月20日通水。"),
        Field("by", "化解人", max_length=40),
    ),
    "route": (
        Field("route", "法定途径", "choice", required=True, choices=LEGAL_ROUTE),
        Field("organ", "有权机关", required=True, max_length=80, sample="石桥县人民法院青石法庭"),
        Field("organ_address", "机关地址、电话", max_length=120),
        Field("basis", "依据", "long", required=True, sample="《民事诉讼法》第一百二十二条"),
        Field("told", "已告知当事人", "bool", required=True),
    ),
    "to_matter": (
        Field("matter", "信访事项编号", "matter", help="已经登记过的写它的编号；不写就登记一件新的。"),
        Field("channel", "信访形式", "choice", choices="channel", sample="来访",
              help="登记新事项时：当事人是怎么提出来的；不填就是来访。"),
        Field("claims", "诉求", "many", help="登记新事项时一行一项；不填就取纠纷简述。"),
        Field("reason", "理由", "long", help="为什么转为信访事项。"),
    ),
    "to_mediation": (
        Field("committee", "调解委员会", max_length=60, help="不填就是本村的；本村没有的由镇里调解。"),
        Field("mediators", "调解员", "many", help="一行一个；可以以后再定，当事人可以选。"),
        Field("source", "案件来源", "choice", choices=MEDIATION_SOURCE),
        Field("reason", "说明", "long"),
    ),
    "report_up": (
        Field("to", "上报到", "choice", required=True, choices=UPWARD),
        Field("unit", "收件单位", max_length=80, sample="县委政法委"),
        Field("reason", "为什么上报", "long", required=True, help="超出本级能力的是什么，已经做了什么。"),
        Field("due", "希望答复的日子", "date"),
    ),
    "take_back": (
        Field("reason", "为什么收回", "long", required=True, sample="调解不成，回村继续化解"),
    ),
    "confirm": (
        Field("what", "确认哪一项", "choice", required=True, choices=CONFIRMATIONS,
              help="三不放过：责任不落实、问题不查清、隐患不排除，都不放过。"),
        Field("evidence", "凭据", "long", required=True, sample="9月20日现场看过，沟已通，照片 2 张。",
              help="凭什么说做到了：看了什么、问了谁、有什么材料。"),
        Field("confirmed_by", "确认人", max_length=40, help="不填就是您自己。"),
    ),
    "follow": (
        Field("how", "回访方式", "choice", required=True, choices=FOLLOW_HOW),
        Field("situation", "回访情况", "long", required=True, help="落实了没有、当事人是否满意、有没有新问题。"),
        Field("recurred", "又起纠纷", "bool", help="又起了就用“复发重开”。"),
        Field("by", "回访人", max_length=40),
    ),
    "close": (
        Field("approved_by", "审批人", "person", sample="刘志远",
              help="批准销号的负责人；签在销号审批表上的，可以以后再填。"),
        Field("comment", "意见", "long"),
    ),
    "reopen": (
        Field("reason", "为什么重开", "long", required=True, sample="雨后沟又堵了，两户再次争执"),
    ),
    "void": (Field("reason", "作废理由", "long", required=True, sample="与另一件重复登记"),),
}  # fmt: skip
