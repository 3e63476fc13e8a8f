"""What each step asks for (栏目): the fields of every action's form and command.

One table, action → fields; the keys are those of ``matter do``. Every action also takes ``on``,
the day the step counts for. What is required only sometimes is asked by a guard.
"""

from __future__ import annotations

from collections.abc import Mapping

from .articles import MEDIATION_17, article
from .fields import Field
from .vocabulary import VOCABULARIES

ON = Field("on", "日期", "date", help="这一步实际发生的日子；不填就是今天。", sample="2026-08-03")

FIELDS: Mapping[str, tuple[Field, ...]] = {
    "claim": (
        Field("handler", "承办人", "person", help="不填就是您自己。", sample="周敏"),
        Field("no_interest", "与事项和信访人没有直接利害关系", "bool", required=True,
              help="有直接利害关系的应当回避，请另派人承办。", article=article(28, 3)),
        Field("nature", "性质", "choice", choices=VOCABULARIES["nature"], article=article(29),
              help="建议意见、检举控告、申诉求决；选检举控告后立即转为密件。"),
    ),
    "sort": (
        Field("nature", "性质", "choice", required=True, choices=VOCABULARIES["nature"], article=article(29),
              help="原来定得不对就改过来；选检举控告后立即转为密件。"),
        Field("reason", "理由", "long", help="为什么改。"),
    ),
    "supplement": (
        Field("missing", "缺少的材料", "many", required=True, sample="土地承包合同复印件",
              help="一行写一样，写清楚缺什么；不得因缺材料不登记、不受理。"),
        Field("how", "提交方式", help="送到哪里、寄到哪里。", sample="当面交或寄到本办"),
    ),
    "supplied": (
        Field("received", "收到了什么", "long", help="没有补来也可以继续办理，写明情况。"),
    ),
    "accept": (
        Field("unit", "承办单位", help="不填就是本单位。", sample="农业农村办"),
        Field("handler", "承办人", "person", sample="周敏"),
        Field("phone", "联系电话", help="印在受理告知书上。", sample="0577-6201234"),
        Field("reason_late", "逾期受理的原因", "long", article=article(23, 2),
              help="超过告知期限才受理的，写明原因；办理期限从告知期限最后一日算起。"),
    ),
    "simple": (
        Field("suitable", "适用条件", "many", required=True, choices=VOCABULARIES["suitable"],
              help="至少符合一项。"),
        Field("excluded", "不适用情形", "many", choices=VOCABULARIES["excluded"],
              help="有一项就不能简易办理。"),
        Field("told_how", "怎样告知信访人", required=True, help="口头、电话、短信、网上都可以。",
              sample="电话告知本人，8月3日受理"),
    ),
    "convert": (
        Field("approved_by", "批准人", "person", required=True, sample="刘志远",
              help="本单位负责人，须在单位人员名单里。"),
        Field("reason", "理由", "long", required=True, sample="涉及三户，一时查不清",
              help="为什么改为普通程序；已用的时间计入 60 日。"),
    ),
    "forward": (
        Field("mode", "方式", "choice", required=True, choices=VOCABULARIES["forward_mode"],
              help="交办的要定反馈期限、要办结报告。", article=article(22)),
        Field("unit", "去向单位", required=True, help="有权处理的单位全称。",
              sample="石桥县自然资源局"),
        Field("report_due", "反馈期限", "date", help="交办的必须填。", article=article(22)),
        Field("reason", "说明", "long", help="为什么送这个单位。"),
        Field("power_confirmed", "该单位有权处理", "bool", required=True,
              help="已核对该单位的职权。", article=article(23, 2)),
        Field("not_reported", "去向不是被反映的单位或个人", "bool", article=article(30),
              help="诉求里提到去向单位时必须核对。"),
    ),
    "return": (Field("reason", "收回的原因", "long", required=True,
                     help="例如对方提出异议退回；作为一次新的收到，期限从这一天起算。"),),
    "redirect": (
        Field("kind", "去向类别", "choice", required=True, choices=VOCABULARIES["redirect_kind"]),
        Field("organ", "有权机关", required=True, help="写机关全称，不能写“其他”。",
              sample="石桥县人民法院", article=article(23, 2)),
        Field("organ_address", "机关地址、电话", help="印在告知书上，方便信访人前往。"),
        Field("route", "法定途径", "choice", choices=VOCABULARIES["legal_route"], article=article(31),
              help="导入法定途径的必须选定一种。"),
        Field("basis", "依据", "long", required=True, article=article(31),
              help="写法律法规名称和条款。", sample="《行政复议法》第十一条"),
    ),
    "object": (
        Field("reason", "异议理由", "long", required=True, article=article(23, 3),
              help="详细说明为什么不属本机关职权。"),
        Field("late_reason", "逾期异议的原因", "long", article=article(23, 3),
              help="超过 5 个工作日的必须填。"),
        Field("suggested_unit", "建议承办单位", help="您认为有权处理的单位。"),
    ),
    "objection_upheld": (
        Field("confirmed_by", "核实同意的人", required=True, article=article(23, 3),
              help="来文机关里核实并同意退回的人和职务。", sample="县信访局办信股 何建平"),
    ),
    "objection_refused": (
        Field("confirmed_by", "答复的人", help="来文机关里答复的人。"),
        Field("reason", "未同意的理由", "long", help="对方怎么说。"),
    ),
    "seal": (
        Field("unit", "移送机关", required=True, help="纪检监察机关或有权的主管部门。",
              article=article(30), sample="县纪委监委信访室"),
        Field("not_reported", "去向不是被检举控告的单位或个人", "bool", required=True,
              help="包括其下属和直接上级，一律核对。", article=article(30)),
    ),
    "reply": (
        Field("adopted", "采纳情况", "choice", choices=VOCABULARIES["adopted"], article=article(29),
              help="回复建议意见时必须选。"),
        Field("answer", "答复内容", "long", required=True, article=article(29),
              help="研究情况和结果。"),
        Field("reason", "理由", "long", help="采纳、部分采纳或留作参考的理由。"),
        Field("no_paper", "信访人没有要求书面答复", "bool",
              help="简易办理用口头、电话答复时必须核对。"),
    ),
    "final": (
        Field("review_number", "复核意见书文号", required=True, article=article(36, 3),
              sample="某府复核〔2026〕3号"),
        Field("review_organ", "复核机关", required=True, article=article(36, 3)),
        Field("review_date", "复核意见书日期", "date", required=True, article=article(36, 3)),
        Field("confirmed_by", "核对人", "person", required=True, article=article(36, 3),
              help="第二个人核对：事实相同、理由也相同。有新事实的作新事项登记。"),
    ),
    "keep": (Field("result", "办理结果", "long", required=True, help="查了什么、办了什么。"),),
    "start": (
        Field("person", "联系人", "person", help="谁去联系的；不填就是承办人。"),
        Field("how", "联系方式", required=True, sample="电话",
              help="电话、见面、上门、短信；联系不上也写明。"),
        Field("content", "联系情况", "long", required=True, help="第一次联系谈了什么。"),
    ),
    "assign": (
        Field("unit", "承办单位", required=True, help="站所、村（社区）或部门。", sample="石桥村"),
        Field("person", "承办人", "person", help="改由名单里的人承办时填。"),
        Field("due", "反馈期限", "date", help="不改变对信访人的期限。"),
        Field("requirement", "要求", "long", help="要对方做什么。"),
    ),
    "note": (
        Field("record", "记录种类", "choice", required=True, choices=VOCABULARIES["note_record"],
              help="听取陈述、调查核实各要有一份，才能起草处理意见。"),
        Field("content", "内容", "long", required=True, max_length=20_000,
              help="做了什么、结果如何。", sample="现场查看排水沟，长 12 米，已被填平"),
        Field("place", "地点"),
        Field("present", "在场的人", help="没有就不填。"),
    ),
    "hearing": (
        Field("held_on", "听证日期", "date", help="不填就是上面的日期。"),
        Field("host", "主持人", required=True, article=article(31, item=6)),
        Field("content", "听证情况", "long", required=True, max_length=20_000,
              help="参加人、陈述、质证、评议。"),
        Field("from", "开始日期", "date", help="复核期间的听证，所用时间不计入复核期限。"),
        Field("to", "结束日期", "date"),
    ),
    "mediate": (
        Field("petitioner_consents", "信访人同意调解", "bool", required=True,
              article=MEDIATION_17, help="不同意就不能调解。"),
        Field("other_consents", "对方同意调解", "bool", required=True, article=MEDIATION_17,
              help="不同意就不能调解。"),
        Field("content", "调解情况", "long", required=True, max_length=20_000,
              help="调解不停办理期限。"),
    ),
    "meeting": (
        Field("kind", "种类", "choice", required=True, choices=VOCABULARIES["meeting_kind"]),
        Field("petitioner_present", "信访人到场", "bool", required=True),
        Field("receiver", "接访人", help="四见面的必须填。"),
        Field("handler", "办访人", help="四见面的必须填。"),
        Field("supervisor", "督查人", help="四见面的必须填。"),
        Field("petitioner_assents", "信访人点头", "bool", required=True,
              help="不同意也照实记，写明理由。"),
        Field("unit_assents", "办访单位点头", "bool", required=True),
        Field("refusal_reason", "不同意或没到场的理由", "long", help="有一方不同意或没到就必须写。"),
        Field("content", "谈的内容", "long", required=True, max_length=20_000),
        Field("place", "地点"),
    ),
    "promise": (
        Field("what", "承诺什么", required=True, help="当面答应信访人的事。",
              sample="星期五给您回电话"),
        Field("due", "什么时候做到", "date", required=True, sample="2026-09-25"),
        Field("to_whom", "向谁承诺", help="本人可不填。"),
    ),
    "notify": (
        Field("form", "告知种类", "choice", required=True, choices=VOCABULARIES["notice"]),
        Field("method", "告知方式", required=True, sample="直接送达，本人签收",
              help="直接、邮寄、电话、网上等。"),
        Field("recipient", "收件人", help="谁收到的。"),
        Field("content", "内容", "long"),
        Field("told", "告知了谁", "rows", help="三级四线告知时逐行填。", columns=(
            Field("level", "级别", "choice", required=True, choices=VOCABULARIES["level"]),
            Field("line", "对象", "choice", required=True, choices=VOCABULARIES["line"]),
            Field("name", "姓名", required=True),
            Field("method", "方式"),
        )),
    ),
    "extend": (
        Field("days", "延长天数", "int", required=True, article=article(34), sample="30",
              help="累计不超过 30 日。"),
        Field("reason", "理由", "long", required=True, article=article(34),
              help="情况复杂在哪里；这个理由要告知信访人。"),
        Field("approved_by", "批准人", "person", required=True, article=article(34),
              help="本单位负责人，须在单位人员名单里。"),
    ),
    "draft": (
        Field("drafter", "起草人", "person", help="不填就是您自己。"),
        Field("answers", "逐项答复", "rows", article=article(32),
              help="每项诉求一行；签发前必须每项答全。", columns=(
            Field("no", "诉求序号", "int", required=True, sample="1"),
            Field("outcome", "结论", "choice", choices=VOCABULARIES["outcome"], article=article(32)),
            Field("facts", "查明的事实", "long", max_length=20_000, help="时间、地点、主要事实。"),
            Field("basis", "依据", "long", help="法律法规或政策的名称和条款。",
                  sample="《民法典》第二百九十条"),
            Field("opinion", "处理意见", "long", max_length=20_000),
        )),
        Field("summary", "说明", "long", max_length=20_000, help="写给审核人看的。"),
    ),
    "return_draft": (
        Field("reviewer", "审核人", "person", required=True),
        Field("reason", "退回理由", "long", required=True, help="哪里要改。"),
    ),
    "sign": (
        Field("signer", "签发人", "person", required=True, sample="刘志远",
              help="须在单位人员名单里且可以签发，不能是起草人。"),
        Field("number", "文号", help="打印时已编号的不用填。"),
        Field("review_organ", "复查机关", article=article(35),
              help="意见书写明向谁申请复查；不填就用设置里的。"),
    ),
    "send": (
        Field("method", "送达方式", "choice", required=True, choices=VOCABULARIES["service_method"]),
        Field("tracking", "邮件号码"),
    ),
    "serve": (
        Field("method", "送达方式", "choice", required=True, choices=VOCABULARIES["service_method"]),
        Field("recipient", "收件人", required=True, help="谁收到的。", sample="本人"),
        Field("relation", "与信访人的关系", help="代收的必须填。"),
        Field("proof", "送达凭证", required=True, help="签名、邮局回执、截图等。",
              sample="送达回证本人签名"),
        Field("witnesses", "见证人", "many", help="留置送达的必须填。"),
        Field("reason", "事由", "long", help="留置、公告送达的必须填。"),
        Field("consented", "信访人同意电子送达", "bool", help="电子送达的必须核对。"),
    ),
    "follow": (
        Field("tasks", "落实任务", "rows", required=True, article=article(32, 2), columns=(
            Field("what", "做什么", required=True),
            Field("unit", "谁来做", required=True),
            Field("due", "期限", "date", required=True),
        )),
    ),
    "fulfil": (
        Field("task", "哪一项", required=True, sample="fulfil:1",
              help="落实任务写 fulfil:序号，承诺写 promise:序号。"),
        Field("content", "办得怎样", "long", required=True),
    ),
    "close": (
        Field("checked", "办结核对无误", "bool", required=True, article=article(34),
              help="每项诉求都有答复、意见已送达、该落实的已落实或已定期限；信访人是否签字不影响办结。"),
        Field("satisfied", "信访人评价", "choice", choices=VOCABULARIES["satisfaction"],
              help="自愿评价，没有评价就不填。"),
        Field("note", "备注", "long"),
    ),
    "review": (
        Field("organ", "复查（复核）机关", help="不填就用设置里的复查机关。", article=article(35)),
        Field("received_by", "收件人", "person", help="谁收的申请。"),
        Field("handed_over", "移交的材料", "many", help="调卷清单，一行一样。"),
    ),
    "review_result": (
        Field("result", "结论", "choice", required=True, choices=VOCABULARIES["review_result"]),
        Field("number", "意见书文号", required=True, article=article(36)),
        Field("organ", "作出机关", required=True, article=article(36)),
        Field("days", "重新办理的期限（日）", "int", help="意见书写明的；没写就不填。"),
        Field("further", "信访人已申请复核", "bool", article=article(36)),
    ),
    "reopen": (
        Field("leader", "批准的领导", "person", required=True,
              help="须在单位人员名单里且可以签发。"),
        Field("reason", "理由", "long", required=True,
              help="例如承诺没有兑现。有新事实的作新事项登记。"),
    ),
    "merge": (
        Field("into", "并入哪一件", "matter", required=True, help="主事项的编号。"),
        Field("told_how", "怎样告知信访人", help="信访人联系得上就必须填。",
              sample="电话告知本人"),
        Field("reason", "理由", "long", help="为什么是同一事项。"),
    ),
    "unmerge": (
        Field("reason", "理由", "long", required=True, help="例如核对后发现不是同一事项。"),
    ),
    "split": (
        Field("claims", "分出去的诉求序号", "many", required=True, sample="2",
              help="至少留一项在原事项。"),
        Field("reason", "理由", "long"),
    ),
    "withdraw": (
        Field("statement", "信访人的原话", "long", required=True, help="照本人的话记。"),
        Field("form", "凭据", "choice", choices=VOCABULARIES["statement_form"],
              help="本人签名，或经本人核对的记录；工作人员不能代写。"),
        Field("recorded_by", "记录人", "person", required=True,
              help="名单里承办人以外的人。"),
        Field("voluntary", "本人自愿", "bool", required=True,
              help="没有人要求、劝说或者用好处交换。"),
    ),
    "archive": (
        Field("retention", "保管期限", "choice", required=True, choices=VOCABULARIES["retention"]),
        Field("catalogue_complete", "卷内目录齐全", "bool", required=True),
    ),
    "redate": (
        Field("received_on", "正确的收到日期", "date", required=True,
              help="期限随之重算；原来的日期和理由留在记录里。"),
        Field("reason", "为什么改", "long", required=True, sample="信封邮戳日期看错，以收发登记为准"),
        Field("approved_by", "审核人", "person", required=True, help="本单位负责人，须在单位人员名单里。"),
    ),
    "void": (Field("reason", "作废原因", "long", required=True,
                   help="只用于登记错误；编号保留。", sample="重复录入"),),
}  # fmt: skip
