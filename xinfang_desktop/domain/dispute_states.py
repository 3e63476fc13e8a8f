"""The states of a dispute (纠纷状态), from found to struck off, and its stage bar.

Source: chapter 8.2 of the working description (发现登记 → 核实 → 分级 → 交办 → 化解中 → 已化解 →
回访 → 销号, with the ways out to mediation, a matter, a legal route and upward).
"""

from __future__ import annotations

from collections.abc import Mapping

from .states import State

STAGES: tuple[str, ...] = ("发现", "核实", "分级", "交办", "化解", "回访", "销号")
"""The fields of the stage bar, left to right."""

_TABLE: tuple[State, ...] = (
    State("found", "已发现", "发现", True, "刚登记"),
    State("verified", "已核实", "核实", True, "已核实"),
    State("graded", "已分级", "分级", True, "已分级"),
    State("assigned", "已交办", "交办", True, "已交办"),
    State("open", "化解中", "化解", True, "正在化解"),
    State("mediation", "人民调解中", "化解", True, "已转人民调解", "调解的结果记在调解卷里"),
    State("matter", "已转信访事项", "化解", True, "已转为信访事项", "期限按信访事项算"),
    State("routed", "已引导法定途径", "化解", True, "已引导到法定途径"),
    State("reported", "已上报", "化解", True, "已上报"),
    State("settled", "已化解", "化解", True, "已化解", "等三不放过确认和回访"),
    State("followed", "已回访", "回访", True, "已回访", "等销号"),
    State("closed", "已销号", "销号", False, "已销号"),
    State("void", "作废", "", False, "已作废", "登记错误；编号保留"),
)

STATES: Mapping[str, State] = {state.code: state for state in _TABLE}

UNSETTLED = ("found", "verified", "graded", "assigned", "open")
"""States in which it is ours to settle."""

HANDED_OVER = ("mediation", "matter", "routed", "reported")
"""States in which somebody else settles it, and we hear of the result."""

SETTLED = ("settled", "followed")
"""Settled and not yet struck off."""

NOT_CLOSED = (*UNSETTLED, *HANDED_OVER, *SETTLED)


def state_name(code: str) -> str:
    """The Chinese name of a state; an unknown code (a newer program's) is shown as it is."""
    state = STATES.get(code)
    return state.name if state else code
