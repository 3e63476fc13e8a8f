"""Who has a matter and who stands aside (批示、转办签收和反馈、回避), beside the course.

Source: 《信访工作条例》 art. 18, 23, 24, 28.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .articles import article
from .fields import Field
from .guards import Action, Asked, Guard, head_of_office, no_interest, on_the_list, same_name
from .vocabulary import RECUSAL_ASKED
from .when import RECORDABLE, TO_SERVICE

GROUP = "批示、转办、回避"


def _never_assigned(asked: Asked) -> str | None:
    return None if asked.file.last("assign") else "这件事没有转办过。"


ASSIGNED = Guard("not_assigned", _never_assigned, standing=True, mend="先“转办”。")


def _same_person(asked: Asked) -> str | None:
    if same_name(asked.data.get("who", ""), asked.data.get("handler", "")):
        return "回避的人不能接着承办。"
    return None


def _new_handler(asked: Asked) -> Mapping[str, Any]:
    return {"owner": asked.data["handler"]}


STEPS: tuple[Action, ...] = (
    Action(
        "comment", "登记批示", RECORDABLE, (), article(18, 2), (on_the_list("leader"),),
        group=GROUP,
        asks=(
            Field("leader", "批示的领导", "person", required=True, sample="马长青"),
            Field("words", "批示", "long", required=True, help="照原话抄。",
                  sample="请村建办三日内到现场，先把路清出来"),
            Field("time", "时间", help="写到分钟的，例如 9:20。", sample="9:20"),
        ),
    ),
    Action(
        "sign_for", "登记签收", RECORDABLE, (), article(24), (ASSIGNED,), after=("assign",),
        group=GROUP,
        asks=(
            Field("who", "谁签收的", required=True, sample="石桥村 覃主任"),
            Field("time", "时间", sample="10:05"),
        ),
    ),
    Action(
        "feedback", "登记反馈", RECORDABLE, (), article(24), (ASSIGNED,), after=("assign",),
        group=GROUP,
        asks=(
            Field("unit", "哪个单位", help="不填就是最近转办的单位。"),
            Field("answer", "反馈了什么", "long", required=True,
                  sample="沟长12米，已量清，图纸在村档案室"),
        ),
    ),
    Action(
        "recuse", "登记回避", TO_SERVICE, (), article(28, 3),
        (
            on_the_list("who"), on_the_list("handler"), no_interest("handler"),
            Guard("same_person", _same_person, field="handler", mend="请另派人承办。"),
            *head_of_office("decided_by", article(28, 3)),
        ),
        changes=_new_handler, group=GROUP,
        asks=(
            Field("who", "谁回避", "person", required=True),
            Field("asked_by", "谁提出的", "choice", required=True, choices=RECUSAL_ASKED),
            Field("reason", "理由", "long", required=True,
                  help="与事项或者信访人有什么直接利害关系。"),
            Field("decided_by", "决定的负责人", "person", required=True),
            Field("handler", "改由谁承办", "person", required=True),
        ),
    ),
)  # fmt: skip
