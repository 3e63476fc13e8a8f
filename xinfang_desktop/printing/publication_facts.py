"""What the cards of the four publications (四个公开卡片) say: no name, number or address of anybody."""

# ruff: noqa: RUF009 - fact() and its kin only make dataclass fields; nothing is shared

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from .facts import Facts, MatterPaper, day, fact, given, long


@dataclass(frozen=True, kw_only=True, slots=True)
class Publication(MatterPaper):
    """G01 … G04. ``matter`` names nobody; ``subject`` and ``text`` were cleaned and are cleaned again."""

    title: str = given("名称", "信访事项公开")
    subject: str = long("事项", "must")
    text: str = long("公开的内容", "must")
    unit: str = fact("承办单位", "look")
    hung_on: date | None = day("公开日期")
    until: date | None = day("公开到")


FORMS: Final[Mapping[str, type[Facts]]] = MappingProxyType(
    {"G01": Publication, "G02": Publication, "G03": Publication, "G04": Publication}
)
"""Code of a paper → its facts."""
