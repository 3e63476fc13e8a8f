"""Steps of finding out (调查): the talk that is signed page by page, the report on what was found.

They stand beside the course: the state stays. A talk with the petitioner counts as 听取陈述, one
with anybody else and the report as 调查核实. Source: 《信访工作条例》 art. 28, 31 (6).
"""

from __future__ import annotations

import re

from .articles import article
from .fields import Field
from .guards import Action, Asked, Guard, on_the_list, same_name
from .vocabulary import VOCABULARIES
from .when import AT_WORK

GROUP = "调查"

_HEARING = article(31, item=6)
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:：][0-5]\d")


def _minutes(text: str) -> int:
    hours, minutes = text.replace("：", ":").split(":")
    return int(hours) * 60 + int(minutes)


def _times(asked: Asked) -> str | None:
    times = [asked.data.get(key, "").strip() for key in ("from_time", "to_time")]
    if any(time and not _CLOCK.fullmatch(time) for time in times):
        return "时间要写成“9:10”这样。"
    if all(times) and _minutes(times[1]) < _minutes(times[0]):
        return "结束时间早于开始时间。"
    return None


def _two_of_us(asked: Asked) -> str | None:
    names = [name for name in asked.data.get("investigators", []) if name.strip()]
    distinct = [n for at, n in enumerate(names) if not any(same_name(n, o) for o in names[:at])]
    if "investigators" not in asked.data or len(distinct) > 1:
        return None
    return "调查、谈话要有两名工作人员在场。"


def _not_asked_himself(asked: Asked) -> str | None:
    person = asked.data.get("person", "")
    ours = (*asked.data.get("investigators", ()), asked.data.get("recorder", ""))
    return "被谈话的人不能是调查人、记录人。" if any(same_name(person, o) for o in ours) else None


INQUIRY_STEPS: tuple[Action, ...] = (
    Action("interview", "登记调查笔录", AT_WORK, (), _HEARING,
           (on_the_list("recorder"),
            Guard("bad_time", _times, field="to_time", mend="请核对两个时间。"),
            Guard("two_investigators", _two_of_us, article=_HEARING, field="investigators",
                  mend="写上两个人的姓名；当时只有一个人的，用“记一笔”照实记。"),
            Guard("same_person", _not_asked_himself, field="person", mend="请核对姓名。")),
           group=GROUP,
           asks=(
               Field("whom", "被谈话的是谁", "choice", required=True,
                     choices=VOCABULARIES["interviewed"],
                     help="和信访人谈的算听取陈述，和别人谈的算调查核实。"),
               Field("person", "被谈话人姓名", required=True, sample="赵秀兰"),
               Field("person_unit", "单位、职务或者住址", help="只为以后能再找到他，没有就不填。"),
               Field("person_phone", "联系电话"),
               Field("relation", "与事项的关系", help="例如：邻居、施工负责人。"),
               Field("from_time", "开始时间", sample="9:10"),
               Field("to_time", "结束时间", sample="10:05"),
               Field("place", "地点", sample="石桥村村委会"),
               Field("investigators", "调查人", "many", required=True, sample="周敏",
                     help="两名工作人员，一行一个。"),
               Field("recorder", "记录人", "person", help="可以是调查人中的一个。"),
               Field("talk", "问答", "rows", help="照原话记；不填就印出空白的笔录，当场手写。",
                     columns=(Field("question", "问", "long"),
                              Field("answer", "答", "long", max_length=20_000))),
               Field("content", "谈话要点", "long", required=True, max_length=20_000,
                     help="一两句，写进办理经过和意见书。", sample="反映排水沟6月被填平，要求恢复"),
               Field("unsigned", "没有签名的原因", "long", help="被谈话人不签名的照实写，不强求。"),
           )),
    Action("inquiry_report", "登记调查报告", AT_WORK, (), _HEARING, (), group=GROUP,
           asks=(
               Field("found", "查明的事实", "long", required=True, max_length=20_000,
                     help="时间、地点、经过，逐项写清楚。", sample="2026年6月排水沟被填平12米"),
               Field("evidence", "证据目录", "many", help="一行一样。", sample="现场照片6张"),
               Field("basis", "政策、法律依据", "long", help="写名称和条款。",
                     sample="《民法典》第二百九十条"),
               Field("conclusion", "结论", "long", required=True, sample="反映属实"),
               Field("proposal", "处理建议", "long", required=True, sample="由石桥村恢复排水沟",
                     help="先看本单位有没有做得不到的地方，再看诉求。"),
               Field("investigators", "调查人", "many", sample="周敏"),
           )),
)  # fmt: skip
