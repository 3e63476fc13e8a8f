"""The states of the lines of registers (台账状态): one table; each register uses some of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .states import State


def _open(code: str, name: str, saying: str = "") -> State:
    return State(code, name, name, True, saying or f"现在是“{name}”")


def _over(code: str, name: str, saying: str = "") -> State:
    return State(code, name, name, False, saying or f"已经是“{name}”")


STATES: Final[Mapping[str, State]] = {
    state.code: state
    for state in (
        _open("planned", "待举行"), _open("drafted", "拟稿"), _open("written", "待报送"),
        _open("sent", "已送达", "已送达，在等反馈"), _open("reported", "已报送", "已报送，正在处置"),
        _open("replied", "已反馈", "已有反馈，正在跟踪"), _open("collecting", "在征集"),
        _open("sorting", "整理研究"), _open("assessing", "在评估"), _open("checking", "在评查"),
        _open("following", "在落实"), _over("kept", "在册"), _open("found", "有缺项", "有缺项，要改"),
        _open("t_receive", "接访"), _open("t_forward", "转交"), _open("t_handle", "办理"),
        _open("t_sort", "归类"), _open("t_decide", "决策"), _open("t_track", "跟踪"),
        _over("held", "已举行", "已经举行"), _over("done", "已办结", "已经办结"),
        _over("handled", "已处置完毕", "已经处置完毕"), _over("cancelled", "已取消", "已经取消"),
        _over("ended", "已停用", "已经停用"), _over("void", "作废", "已作废"),
    )
}  # fmt: skip


def state_name(code: str) -> str:
    """The Chinese name; an unknown code (a newer program's) is shown as it is."""
    state = STATES.get(code)
    return state.name if state else code
