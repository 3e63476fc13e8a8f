"""Mediations for tests: a ditch between 王桂芳 and 赵大河, taken through its lawful steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.domain.mediation_cases import LAWFUL
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.mediation_work import (
    MediationStood,
    start_mediation,
    take_mediation_step,
)

DITCH: Mapping[str, Any] = {
    "title": "排水沟相邻纠纷", "category": "邻里", "facts": "王桂芳说排水沟被赵大河堵了。", "claims": ["清通排水沟"],
    "parties": [
        {"side": "applicant", "name": "王桂芳", "phone": "13907391827", "address": "柳溪村五组"},
        {"side": "respondent", "name": "赵大河", "phone": "13900001111", "sex": "男", "age": 52},
    ],
}  # fmt: skip

TO_AGREEMENT = ("consent", "accept", "session", "agreement")


def start(desk: Desk, **over: Any) -> MediationStood:
    """Register such a mediation; what is ``None`` is left out."""
    asked = {name: value for name, value in {**DITCH, **over}.items() if value is not None}
    return start_mediation(desk, asked)


def take(desk: Desk, number: str, *steps: str, **over: Any) -> MediationStood:
    """The usual steps in their order; what is typed otherwise goes into each."""
    stood = None
    for action in steps:
        stood = take_mediation_step(desk, number, action, {**LAWFUL[action], **over})
    assert stood is not None
    return stood
