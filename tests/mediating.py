"""Mediations for tests: a ditch between 王桂芳 and 赵大河, taken through its lawful steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from tests.domain.mediation_cases import LAWFUL
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.services import dispute_work, mediation_work
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.mediation_views import MediationView
from xinfang_desktop.services.mediation_work import MediationStood

DITCH: Mapping[str, Any] = {
    "title": "排水沟相邻纠纷", "category": "邻里", "facts": "王桂芳说排水沟被赵大河堵了。", "claims": ["清通排水沟"],
    "parties": [
        {"side": "applicant", "name": "王桂芳", "phone": "13907391827", "address": "柳溪村五组"},
        {"side": "respondent", "name": "赵大河", "phone": "13900001111", "sex": "男", "age": 52},
    ],
}  # fmt: skip
DISPUTE: Mapping[str, Any] = {
    "village": "柳溪村", "found_on": "2026-09-17", "category": "邻里", "summary": "村道排水沟堵塞",
    "detail": "两户争谁来清。", "parties": [{"name": "王桂芳", "phone": "13907391827"}, {"name": "赵大河"}],
}  # fmt: skip

TO_AGREEMENT = ("consent", "accept", "session", "agreement")


def start(desk: Desk, **over: Any) -> MediationStood:
    """Register such a mediation; what is ``None`` is left out."""
    asked = {name: value for name, value in {**DITCH, **over}.items() if value is not None}
    return mediation_work.start_mediation(desk, asked)


def take(desk: Desk, number: str, *steps: str, **over: Any) -> MediationStood:
    """The usual steps in their order; what is typed otherwise goes into each."""
    stood = None
    for action in steps:
        stood = mediation_work.take_mediation_step(desk, number, action, {**LAWFUL[action], **over})
    assert stood is not None
    return stood


def dispute(desk: Desk, **over: Any) -> str:
    return dispute_work.register_dispute(desk, {**DISPUTE, **over}).number


def shown(view: MediationView) -> str:
    """All of a page but the forms, whose samples are words of their own."""
    return repr(replace(view, offers=()))


def refusal(act: Callable[[], object]) -> RuleViolation:
    with pytest.raises(RuleViolation) as caught:
        act()
    return caught.value
