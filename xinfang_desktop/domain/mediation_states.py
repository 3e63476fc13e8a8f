"""The states of a people's mediation (调解状态), from the asking of both sides to the filed record.

Source: 《人民调解法》 art. 16-33; chapter 7.1 of the working description (申请/发现 → 征求双方意愿 →
受理登记 → 权利告知 → 调解 → 成功或不成 → 履行监督 → 司法确认 → 回访 → 立卷; 一方拒绝 → 不得调解).
"""

from __future__ import annotations

from collections.abc import Mapping

from .states import State

STAGES: tuple[str, ...] = ("征求意愿", "受理", "调解", "协议", "履行", "立卷")
"""The fields of the stage bar, left to right."""

_TABLE: tuple[State, ...] = (
    State("asked", "征求意愿中", "征求意愿", True, "正在征求双方意愿"),
    State("accepted", "已受理", "受理", True, "已受理", "双方自愿，已告知权利义务"),
    State("session", "调解中", "调解", True, "正在调解"),
    State("agreed", "已达成协议", "协议", True, "已达成协议", "看履行，可以共同申请司法确认"),
    State("performed", "已履行", "履行", True, "已履行", "等回访、立卷"),
    State("refused", "一方不愿意，不调解", "征求意愿", True, "因一方不愿意而停止", "告知其他途径"),
    State("failed", "调解不成", "调解", True, "已终止（调解不成）", "告知其他途径"),
    State("ended", "当事人要求终止", "调解", True, "已终止（当事人要求）", "告知其他途径"),
    State("filed", "已立卷", "立卷", False, "已立卷"),
    State("void", "作废", "", False, "已作废", "登记错误；编号保留"),
)

STATES: Mapping[str, State] = {state.code: state for state in _TABLE}

MEDIATING = ("accepted", "session")
"""Accepted and neither agreed nor ended: the month runs."""

AGREED = ("agreed", "performed")
"""An agreement binds the sides; it is looked after until it is filed (art. 31)."""

ENDED = ("refused", "failed", "ended")
"""Ended without an agreement; other routes are told and stay open (art. 26)."""

NOT_FILED = ("asked", *MEDIATING, *AGREED, *ENDED)


def state_name(code: str) -> str:
    """The Chinese name of a state; an unknown code (a newer program's) is shown as it is."""
    state = STATES.get(code)
    return state.name if state else code
