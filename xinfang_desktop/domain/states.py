"""The states of a matter (事项状态): one table that every screen, paper and count reads.

Source of codes and names: the working description of the matter's course, S00 … S90 for the
course itself, T1 … T12 for its other ends.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

STAGES: tuple[str, ...] = (
    "登记", "甄别", "受理", "办理", "出具意见", "送达", "落实", "办结", "归档",
)  # fmt: skip
"""The nine fields of the stage bar (阶段条), left to right."""


@dataclass(frozen=True, slots=True)
class State:
    """One state. ``stage`` is empty where the matter stays in the stage it came from.

    ``open``: the office still owes something on its own course. ``saying`` completes a sentence
    that begins with 事项 (事项已办结…).
    """

    code: str
    name: str
    stage: str
    open: bool
    saying: str
    note: str = ""


_TABLE: tuple[State, ...] = (
    State("S00", "草稿", "登记", True, "还是草稿", "可以删除；登记以后只能作废"),
    State("S10", "已登记", "登记", True, "已登记", "有编号和查询码，已出登记回执"),
    State("S15", "待补充材料", "", True, "正在等补充材料", "期限照算，不得因缺材料不受理"),
    State("S20", "甄别拟办", "甄别", True, "正在甄别", "分性质、分职权、分第三十一条的途径"),
    State("S25", "异议待复", "甄别", True, "正在等异议答复", "只用于上级转送、交办，5 个工作日"),
    State("S30", "已受理", "受理", True, "已受理", "出受理告知书，60 日从受理之日起算"),
    State("S31", "简易办理中", "办理", True, "正在简易办理"),
    State("S40", "办理中", "办理", True, "正在办理", "联系、听取陈述、调查核实、会商、听证、调解"),
    State("S45", "已延期", "办理", True, "已延期办理", "办理中，已批准延期"),
    State("S50", "拟稿审核", "出具意见", True, "正在审核意见稿", "审核、法制审核、签发"),
    State("S55", "已出具意见", "出具意见", True, "已出具意见", "有文号，已盖章"),
    State("S60", "送达中", "送达", True, "正在送达"),
    State("S65", "已送达", "送达", True, "已送达", "申请复查的 30 日从收到之日起算"),
    State("S70", "落实跟踪", "落实", True, "正在跟踪落实"),
    State("S75", "已办结", "办结", False, "已办结"),
    State("S80", "复查中", "", True, "正在上级复查", "登记申请、调卷和结果"),
    State("S85", "复核中", "", True, "正在上级复核", "登记申请、调卷和结果"),
    State("S88", "复核终结", "办结", False, "已复核终结", "疏导、帮扶可以继续"),
    State("S90", "已归档", "归档", False, "已归档", "只读"),
    State("T1", "已转送、交办", "甄别", False, "已转送、交办", "已告知去向；交办的等反馈"),
    State("T2", "已退回", "甄别", False, "已退回来文机关", "异议成立，材料已退"),
    State("T3", "告知向有权机关提出", "甄别", False, "已告知向有权机关提出"),
    State("T4", "导入法定途径", "甄别", False, "已导入法定途径"),
    State("T5", "检举控告移送", "甄别", False, "已按检举控告移送", "密件，主列表只有编号"),
    State("T6", "涉法涉诉引导", "甄别", False, "已引导到政法机关"),
    State("T7", "建议意见已回复", "甄别", False, "已作建议意见回复"),
    State("T8", "信访人撤回", "", False, "已由信访人撤回"),
    State("T9", "不再受理", "甄别", False, "已决定不再受理"),
    State("T10", "并入", "", False, "已并入另一事项"),
    State("T11", "办理后存查", "甄别", False, "已办理后存查", "匿名或姓名、地址不清"),
    State("T12", "作废", "", False, "已作废", "登记错误；编号保留"),
)

STATES: Mapping[str, State] = {state.code: state for state in _TABLE}


def state_name(code: str) -> str:
    """The Chinese name of a state; an unknown code (a newer program's) is shown as it is."""
    state = STATES.get(code)
    return state.name if state else code
