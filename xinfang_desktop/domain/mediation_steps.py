"""What each step of a mediation asks for (栏目), and what is asked when one is opened.

One table, action → fields; the keys are those of ``mediation do``. Every step also takes ``on``.
Source: the contents of the statutory papers (司法部 2010 formats) and 《人民调解法》 art. 17-33.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from .articles import mediation_law
from .fields import Field
from .vocabulary import MEDIATION_SOURCE, RETENTION, Words

SIDES: Words = (("applicant", "申请人"), ("respondent", "被申请人"))
SEX: Words = (("1", "男"), ("2", "女"))
ASKED_HOW: Words = (
    ("face", "当面"), ("phone", "电话"), ("paper", "书面"), ("online", "网上"),
)  # fmt: skip
SCOPES: Words = (
    ("apply", "申请、参加、终止调解"), ("state", "陈述事实、提供证据"), ("choose", "选择人民调解员"),
    ("yield", "承认、变更、放弃请求"), ("sign", "达成并签署调解协议"), ("collect", "签收、领取文书"),
)  # fmt: skip
"""委托权限; what is not named is not entrusted."""

SESSION_RESULT: Words = (
    ("continues", "另行择日再调"), ("agreed", "达成一致"), ("failed", "调解不成"),
)  # fmt: skip
AGREEMENT_FORM: Words = (("written", "书面协议"), ("oral", "口头协议"))
COURT_RESULT: Words = (
    ("applied", "已申请，等裁定"), ("confirmed", "裁定有效"), ("rejected", "驳回申请"),
    ("not_accepted", "不予受理"), ("withdrawn", "撤回申请"),
)  # fmt: skip
FOLLOW_HOW: Words = (("visit", "上门"), ("meeting", "当面"), ("phone", "电话"))
PERFORMED: Words = (
    ("all", "已履行"), ("part", "部分履行"), ("none", "未履行"), ("not_due", "未到期限"),
)  # fmt: skip
CONTENT: Words = (
    ("satisfied", "满意"), ("basic", "基本满意"), ("unsatisfied", "不满意"), ("none", "不作评价"),
)  # fmt: skip

_SIDE = Field("side", "哪一方", "choice", required=True, choices=SIDES)
_BY = Field("by", "谁做的", max_length=40, help="不填就是您自己。")
_ROUTES = Field(
    "routes", "告知的其他途径", "long", article=mediation_law(26),
    help="告诉双方：不调解了，还可以依法仲裁、请行政机关处理、起诉；调解不挡任何一条路。",
    sample="可以向青石法庭起诉，也可以请镇自然资源所处理权属。",
)  # fmt: skip
_TOLD = Field(
    "told", "已告知其他途径", "bool", required=True, article=mediation_law(26),
    help="没有告诉的，先告诉双方再登记。",
)  # fmt: skip
_RECORDER = Field("recorder", "记录人", max_length=40, help="不填就是您自己。")
_FROM, _TO = (
    Field("from_time", "开始时间", max_length=10, sample="9:30"),
    Field("to_time", "结束时间", max_length=10, sample="11:00"),
)
_MEDIATORS = Field(
    "mediators", "人民调解员", "many", article=mediation_law(19),
    help="一行一个。可以由调委会指定，也可以由当事人选。", sample="周敏",
)  # fmt: skip

_PERSON: tuple[Field, ...] = (
    Field("sex", "性别", "choice", choices=SEX),
    Field("age", "年龄", "int"),
    Field("occupation", "职业或职务", max_length=60),
    Field("phone", "联系方式", max_length=40),
    Field("address", "单位或住址", max_length=120),
)
_ETHNICITY = Field(
    "ethnicity", "民族", max_length=20, help="只为需要翻译或照顾习俗时用，可以不填。"
)

_TERMS: tuple[Field, ...] = (
    Field("facts", "主要事实和争议事项", "long", max_length=10_000, required=True, article=mediation_law(29)),
    Field("responsibility", "各方责任", "long", article=mediation_law(29)),
    Field("items", "协议内容", "rows", required=True, article=mediation_law(29), help="一项一行：做什么、谁来做、怎么做、哪天前。", columns=(
        Field("what", "事项", "long", required=True, sample="清通两户之间的排水沟"),
        Field("by", "履行人", max_length=60),
        Field("how", "履行方式", max_length=200, sample="各清自家一段"),
        Field("due", "履行期限", "date", sample="2026-10-15"),
    )),
    Field("amount", "协议涉及金额（元）", "money", sample="3200"),
    Field("copies", "份数", "int", article=mediation_law(29), help="当事人各一份，调委会留一份；不填就按人数加一。"),
    Field("about_status", "涉及身份关系", "bool",
          help="离婚、收养、亲子等身份关系的内容不能申请司法确认。"),
    Field("not_a_waiver", "已核对：不是放弃信访权利的话", "bool",
          help="程序指出的句子确实不是要当事人放弃信访、投诉的权利时，才选“是”。"),
    Field("note", "其他约定", "long"),
)  # fmt: skip
"""What an agreement holds (art. 29): drafted, printed and signed, then registered."""

START: tuple[Field, ...] = (
    Field("dispute", "纠纷编号", max_length=60, help="从排查的纠纷转来的写它的编号，当事人和情况自动带过来。"),
    Field("matter", "信访事项编号", "matter", help="和一件信访事项有关的写它的编号；事项的期限照走。"),
    Field("source", "案件来源", "choice", choices=MEDIATION_SOURCE, article=mediation_law(17),
          help="不填就是当事人申请；从排查纠纷转来的是主动调解。"),
    Field("title", "纠纷名称", max_length=80, sample="排水沟相邻纠纷",
          help="写事，不写姓名：这一行会出现在清单里。"),
    Field("applied_on", "申请日期", "date", help="不填就是今天。", sample="2026-09-21"),
    Field("village", "村（社区）", max_length=60, sample="柳溪村",
          help="由村调委会调解的写村名；不写就是乡镇自己调解的。"),
    Field("committee", "调解委员会", max_length=60, help="不填就是本村的，本村没有就是乡镇的。"),
    _MEDIATORS,
    Field("recorder", "记录人", max_length=40),
    Field("category", "纠纷类型", "choice", max_length=40, choices="dispute_type", sample="邻里"),
    Field("facts", "纠纷简要情况", "long", max_length=5000, help="什么时候、什么事、争的是什么。"),
    Field("claims", "申请事项", "many", help="一行一项。", sample="清通排水沟"),
    Field("parties", "当事人", "rows", columns=(
        _SIDE,
        Field("name", "姓名或名称", max_length=60, required=True, sample="王桂芳"),
        *_PERSON,
        _ETHNICITY,
    )),
    Field("oral", "口头申请", "bool", help="口头申请的由调委会填受理登记表。"),
    Field("referred_by", "委托移送单位", max_length=80, sample="青石镇派出所"),
    Field("note", "备注", "long"),
)  # fmt: skip
"""What is asked when a mediation is opened."""

FIELDS: Mapping[str, tuple[Field, ...]] = {
    "consent": (
        _SIDE,
        Field("party", "哪一位", max_length=60, help="这一方有几个人、只问了其中一位时写姓名；不写就是这一方全体。"),
        Field("agrees", "愿意调解", "bool", required=True, article=mediation_law(17),
              help="有一方明确不愿意，就不能调解。不要劝第二遍，告诉其他途径。"),
        Field("how", "怎么问的", "choice", required=True, choices=ASKED_HOW),
        _BY,
        _ROUTES,
    ),
    "party": (
        _SIDE,
        Field("name", "姓名或名称", max_length=60, required=True, sample="王桂芳",
              help="已经在卷里的，写同样的姓名，补上别的栏目；没有的就加上。"),
        *_PERSON,
        _ETHNICITY,
        Field("document", "查验的证件", max_length=40, sample="居民身份证",
              help="只记看过什么证件，不记号码。"),
        Field("copy_reason", "留存复印件的理由", max_length=120, help="不留复印件就不填。"),
        Field("removed", "不是当事人", "bool", help="登记错了的选“是”，写明理由。"),
        Field("reason", "理由", "long"),
    ),
    "accept": (
        Field("rights_told", "已告知权利义务", "bool", required=True, article=mediation_law(23),
              help="四项权利、三项义务，说清楚调解可以拒绝、随时可以终止。"),
        Field("free_told", "已告知不收费", "bool", required=True, article=mediation_law(4)),
        _MEDIATORS,
        Field("committee", "调解委员会", max_length=60, help="不填就是立案时的；那时没有的，是本村的或乡镇的。"),
        Field("chosen", "调解员由当事人选定", "bool", article=mediation_law(19)),
        Field("closed", "当事人要求不公开", "bool", article=mediation_law(23),
              help="涉及家庭、隐私的多半要求不公开；有一方要求就不公开。"),
        Field("identity", "身份核验", "rows", help="看过谁的什么证件；不记号码。", columns=(
            Field("name", "姓名", max_length=60, required=True),
            Field("document", "查验的证件", max_length=40, required=True, sample="居民身份证"),
            Field("copy_reason", "留存复印件的理由", max_length=120),
        )),
        Field("recorder", "记录人", max_length=40, help="不填就是您自己。"),
        Field("registrar", "登记人", max_length=40, help="不填就是您自己。"),
        Field("note", "备注", "long"),
    ),
    "inquiry": (
        Field("person", "被调查人", max_length=60, required=True),
        Field("record", "调查记录", "long", max_length=20_000, required=True,
              help="一问一答地记：问：……　答：……", sample="问：沟是什么时候堵的？\n答：八月底。"),
        Field("relation", "与当事人的关系", max_length=40, sample="邻居"),
        Field("person_sex", "被调查人性别", "choice", choices=SEX),
        Field("person_age", "被调查人年龄", "int"),
        Field("person_phone", "被调查人联系方式", max_length=40),
        Field("person_address", "被调查人单位或住址", max_length=120),
        _FROM,
        _TO,
        Field("place", "地点", max_length=120, required=True, sample="柳溪村村委会"),
        Field("attendants", "参加人", max_length=120),
        Field("investigators", "调查人", "many", help="一行一个；不填就是您自己。"),
        _RECORDER,
    ),
    "evidence": (
        Field("items", "证据材料", "rows", required=True, columns=(
            Field("title", "证据名称", max_length=120, required=True, sample="现场照片"),
            Field("form", "原件或复印件", "choice", choices=(("original", "原件"), ("copy", "复印件"))),
            Field("copies", "份数", "int"),
            Field("pages", "页数", "int"),
            Field("proves", "证明的事实", max_length=200),
            Field("by", "提交人", max_length=60),
        )),
        Field("receiver", "接收人", max_length=40, help="不填就是您自己。"),
        Field("note", "备注", "long"),
    ),
    "agent": (
        Field("principal", "委托人", max_length=60, required=True, help="当事人的姓名。"),
        Field("agents", "受托人", "rows", required=True, columns=(
            Field("name", "姓名", max_length=60, required=True),
            Field("relation", "与委托人的关系", max_length=40, sample="儿子"),
            *_PERSON,
        )),
        Field("scope", "委托权限", "many", required=True, choices=SCOPES, help="委托书上勾了哪些就写哪些；没勾的不能代。"),
        Field("other_scope", "其他权限", max_length=200),
        Field("from_on", "委托起始日期", "date"),
        Field("until_on", "委托终止日期", "date"),
    ),
    "session": (
        Field("place", "地点", max_length=120, required=True, sample="青石镇人民调解室"),
        _FROM,
        _TO,
        Field("present", "到场的当事人", "many", help="一行一个，代理人也写在这里；不填就是各方都到了。"),
        Field("invited", "受邀参加人", "many", article=mediation_law(20),
              help="亲属、邻里、懂行的人；要先问过各方当事人同意。"),
        Field("invited_consent", "当事人同意邀请", "bool", article=mediation_law(20)),
        Field("public", "公开调解", "bool", article=mediation_law(23), help="不填就是不公开。"),
        Field("rights_told", "已告知权利义务", "bool", help="开场时再说一遍。"),
        Field("statements", "当事人陈述", "rows", columns=(
            Field("who", "陈述人", max_length=60, required=True),
            Field("text", "陈述", "long", max_length=5000, required=True),
        )),
        Field("findings", "核实情况", "long", max_length=10_000),
        Field("course", "调解经过", "long", max_length=20_000, required=True,
              help="照实记。不记人的情绪、品行，不施压。"),
        Field("prevention", "防止激化的措施", "long", article=mediation_law(25),
              help="可能激化的写做了什么；可能出治安、刑事案件的，先报公安机关。"),
        Field("result", "调解结果", "choice", required=True, choices=SESSION_RESULT),
        Field("result_words", "结果的说明", "long"),
        _ROUTES,
        _MEDIATORS,
        _RECORDER,
    ),
    "draft": _TERMS,
    "agreement": (
        Field("form", "协议形式", "choice", required=True, choices=AGREEMENT_FORM, article=mediation_law(28),
              help="当事人认为不用写协议书的，可以口头达成，由调解员记下来。"),
        *(replace(field, required=False) for field in _TERMS),
        Field("signed_by", "签名的当事人", "many", article=mediation_law(29),
              help="签名、盖章或按指印的各方，一行一个；有签署权限的代理人写代理人的姓名。口头协议不用填。"),
        Field("signed_on", "各方签名的日子", "date", help="不填就是上面的日期。"),
        Field("mediators", "签名的调解员", "many", help="不填就是本案的调解员。"),
        Field("sealed", "已盖调委会印章", "bool", article=mediation_law(29)),
        Field("sealed_on", "盖章的日子", "date", help="不填就是上面的日期。协议从签齐、盖章之日起生效。"),
        _RECORDER,
    ),
    "fail": (
        Field("reason", "为什么没有调成", "long", required=True, help="写争在哪里，不评说哪一方。"),
        _TOLD,
        _ROUTES,
    ),
    "end": (
        _SIDE,
        Field("party", "哪一位", max_length=60),
        Field("reason", "说明", "long", help="要求终止不需要理由，当事人不说就不填。"),
        _TOLD,
        _ROUTES,
    ),
    "performance": (
        Field("item", "协议第几项", "int", required=True, sample="1"),
        Field("proof", "履行凭证", "long", required=True, sample="收条 1 张",
              help="收条、转账回单、现场照片；写看到了什么。"),
        Field("partly", "只履行了一部分", "bool"),
        Field("situation", "履行情况", "long"),
        _BY,
    ),
    "court": (
        Field("joint", "双方共同申请", "bool", article=mediation_law(33),
              help="要双方一起申请；是不是申请由双方自己定。"),
        Field("court", "人民法院", max_length=80, sample="石桥县人民法院青石法庭"),
        Field("applied_on", "申请日期", "date", help="不填就是上面的日期。"),
        Field("not_status", "不涉及身份关系", "bool",
              help="婚姻家庭类的要核对：离婚、收养、亲子关系等不能司法确认，赡养费、财产等可以。"),
        Field("result", "结果", "choice", choices=COURT_RESULT, help="不填就是已申请，等裁定；有了裁定再登记一次。"),
        Field("ruling", "裁定书文号", max_length=80, sample="（2026）民特1号"),
        Field("ruled_on", "裁定日期", "date"),
        Field("note", "备注", "long"),
    ),
    "follow": (
        Field("how", "回访方式", "choice", required=True, choices=FOLLOW_HOW),
        Field("situation", "回访情况", "long", required=True, help="协议办到哪里了，有没有新问题。"),
        Field("performed", "协议履行", "choice", choices=PERFORMED),
        Field("satisfied", "是否满意", "choice", choices=CONTENT, help="由当事人自己说，不说就选“不作评价”。"),
        Field("visited", "回访对象", max_length=60),
        Field("reason", "回访事由", max_length=120),
        Field("recurrence", "新的问题和需要帮助的事", "long"),
        Field("by", "回访人", max_length=40, help="不填就是您自己。"),
    ),
    "note": (
        Field("text", "内容", "long", required=True, help="做了什么、下一步做什么。写事，不写人的情绪和行踪。"),
        _BY,
    ),
    "archive": (
        Field("retention", "保管期限", "choice", required=True, choices=RETENTION, article=mediation_law(27)),
        Field("filed_by", "立卷人", max_length=40, help="不填就是您自己。"),
        Field("checked_by", "检查人", max_length=40, required=True),
        Field("volume", "卷号", max_length=40),
        Field("pages", "本卷页数", "int"),
        Field("explained", "卷宗情况说明", "long", help="卷里还缺什么、哪项还没有履行，写明原因。"),
        Field("remark", "备考", "long"),
    ),
    "void": (Field("reason", "作废理由", "long", required=True, sample="与另一件重复登记"),),
}  # fmt: skip
