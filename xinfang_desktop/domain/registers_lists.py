"""Registers that are lists and checks (名册、检查表): organs, contacts, third parties, what is posted.

They name people of offices and of professions by their office, never citizens. Source: chapter 13
of the working description (三支队伍、应急联系、第三方参与、村务公开、场所设施).
"""

from __future__ import annotations

from .fields import Field
from .register_kit import Register, RegisterStep, step

GROUP = "名册和检查"

_OVER = step("end", "停用", "kept", "ended",
             Field("reason", "原因", max_length=200, sample="换届。"), icon="archive")  # fmt: skip

_MEMBER: tuple[Field, ...] = (
    Field("name", "姓名", required=True, max_length=40, sample="刘志远"),
    Field("unit", "单位、职务", max_length=80, sample="副镇长"),
    Field("role", "担任", max_length=40, sample="召集人"),
    Field("phone", "办公电话", max_length=40, sample="0739-5550123"),
)

ORGAN = Register(
    "organ", "机构和成员", GROUP, "机构", "成立日期", "{name}",
    (
        Field("name", "名称", required=True, max_length=80, sample="青石镇信访工作联席会议"),
        Field("kind", "种类", "choice", choices=(
            ("joint", "联席会议"), ("office", "联席会议办公室"), ("group", "领导小组"),
            ("team", "工作队、专班"), ("other", "其他"),
        ), sample="联席会议"),
        Field("document", "成立文号", max_length=60, sample="青政发〔2026〕3号"),
        Field("tasks_text", "职责", "long", max_length=1500,
              sample="统筹协调突出信访问题，督促落实。"),
        Field("members", "成员", "rows", columns=_MEMBER),
    ),
    ("kept",), (_OVER,), about="联席会议、联席办、领导小组、工作队：职责和成员。",
)  # fmt: skip

CONTACTS = Register(
    "contacts", "应急联系人", GROUP, "联系表", "更新日期", "{name}",
    (
        Field("name", "联系表名称", required=True, max_length=80, sample="防汛期应急联系表"),
        Field("contacts", "联系人", "rows", required=True, columns=(
            Field("what", "负责什么", required=True, max_length=60, sample="急救"),
            Field("unit", "单位", required=True, max_length=60, sample="镇卫生院"),
            Field("name", "联系人", max_length=40, sample="周敏"),
            Field("phone", "值班电话", required=True, max_length=40, sample="120"),
            Field("order", "第几联系", "int", sample="1"),
        )),
    ),
    ("kept",), (_OVER,), about="出了紧急情况先打给谁：单位、值班电话、先后。",
)  # fmt: skip

THIRD_PARTIES = Register(
    "third_parties", "第三方名册", GROUP, "第三方", "入册日期", "{kind}：{name}",
    (
        Field("name", "姓名或机构", required=True, max_length=60, sample="县律师协会 彭律师"),
        Field("kind", "哪一类", "choice", required=True, choices=(
            ("lawyer", "律师"), ("social", "社会工作者"), ("counsel", "心理咨询师"),
            ("deputy", "两代表一委员"), ("expert", "专家"), ("mediator", "人民调解员"),
            ("volunteer", "志愿者"),
        ), sample="律师"),
        Field("unit", "单位", max_length=80, sample="某某律师事务所"),
        Field("field", "擅长", max_length=120, sample="土地、征收"),
        Field("phone", "联系电话", max_length=40, sample="0739-5550456"),
        Field("times", "什么时候能来", max_length=120, sample="每周三上午"),
    ),
    ("kept",), (_OVER,), about="能请来听证、调解、咨询的律师、社工、代表委员等。",
)  # fmt: skip

_YES = (("yes", "有"), ("no", "没有"), ("old", "有，但不及时"))


def _checked(items: tuple[tuple[str, str], ...]) -> tuple[Field, ...]:
    return tuple(Field(name, label, "choice", choices=_YES, sample="有") for name, label in items)


def _mending() -> tuple[RegisterStep, ...]:
    return (
        step("lacking", "有缺项，要改", "kept found", "found",
             Field("text", "缺什么、谁来改", "long", required=True, max_length=1000,
                   sample="低保名单是去年的，村会计一周内更新。"), icon="info-circle"),
        step("mended", "改好了", "kept found", "done",
             Field("text", "怎么改的", "long", required=True, max_length=1000,
                   sample="9月25日更新，拍照存档。"), icon="checkup-list"),
    )  # fmt: skip


DISCLOSURE = Register(
    "disclosure", "村务公开检查", GROUP, "检查", "检查日期", "{village} {month}",
    (
        Field("village", "村（社区）", required=True, max_length=60, sample="柳溪村"),
        Field("month", "哪个月的公开", max_length=20, sample="2026年9月"),
        *_checked((
            ("finance", "财务收支"), ("land", "征地补偿"), ("aid", "低保、救助"),
            ("contract", "承包发包"), ("project", "工程招投标"), ("talk", "村民议事结果"),
        )),
        Field("where", "公开在哪里", max_length=120, sample="村部公开栏、村民群"),
        Field("note", "说明", "long", max_length=1000),
    ),
    ("kept", "found"), _mending(), about="村里该公开的公开了没有；很多来访是因为没看到。",
)  # fmt: skip

EQUIPMENT = Register(
    "equipment", "场所设施检查", GROUP, "检查", "检查日期", "{place}",
    (
        Field("place", "场所", required=True, max_length=80, sample="镇信访接待室"),
        *_checked((
            ("seats", "座位、饮水"), ("access", "无障碍通道"), ("notice", "公示牌、办事指南"),
            ("forms", "登记表、信封、老花镜"), ("camera", "安全设施"), ("computer", "电脑、打印机"),
        )),
        Field("note", "说明", "long", max_length=1000),
    ),
    ("kept", "found"), _mending(), about="接待场所的座位、饮水、无障碍、公示牌、设备。",
)  # fmt: skip

REGISTERS = (ORGAN, CONTACTS, THIRD_PARTIES, DISCLOSURE, EQUIPMENT)
