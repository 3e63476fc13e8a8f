"""The catalogue of papers (文书目录): forms/catalogue.toml joined with the facts each one needs."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from ..places import FORMS as FOLDER
from . import (
    exchange_facts,
    facts,
    inquiry_facts,
    mediation_facts,
    publication_facts,
    responsibility_facts,
    review_facts,
    route_facts,
    screening_facts,
    sealed_facts,
    talk_facts,
    volume_facts,
    work_facts,
)
from .facts import Facts

Subject = Literal["matter", "dispute", "mediation", "round", "office"]

FACTS: Final[Mapping[str, type[Facts]]] = MappingProxyType(
    {
        **facts.FORMS,
        **route_facts.FORMS,
        **inquiry_facts.FORMS,
        **review_facts.FORMS,
        **screening_facts.FORMS,
        **mediation_facts.FORMS,
        **exchange_facts.FORMS,
        **publication_facts.FORMS,
        **talk_facts.FORMS,
        **responsibility_facts.FORMS,
        **work_facts.FORMS,
        **sealed_facts.FORMS,
        **volume_facts.FORMS,
    }
)
"""Code of a paper → its facts; each kind of subject keeps its own list."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One printed copy: for whom, and whether it is ticked by default."""

    recipient: str
    count: int


@dataclass(frozen=True, slots=True)
class Form:
    """One paper. ``family`` is the numbering family (文号字), empty where it carries no 文号;
    ``fits``: shrink the line pitch a little where that saves a page with nothing but the seal."""

    code: str
    name: str
    subject: Subject
    template: str
    skin: str  # letter 信函式 | sheet 表格式 | plain 文书式 | cover 封面（不编页码）
    facts: type[Facts]
    family: str
    recipient: str
    copies: tuple[Copy, ...]
    sealed_by_hand: bool  # leaves room for a seal
    fits: bool
    landscape: bool  # 横版

    def title_of(self, paper: object) -> str:
        """What this very paper is called: 人民调解申请书 or 受理登记表 are one form."""
        return str(getattr(paper, "title", self.name))


def _read() -> Mapping[str, Form]:
    data = tomllib.loads((FOLDER / "catalogue.toml").read_text(encoding="utf-8"))
    return MappingProxyType(
        {
            code: Form(
                code=code,
                name=row["name"],
                subject=row["subject"],
                template=row["template"],
                skin=row["skin"],
                facts=FACTS[code],
                family=row.get("family", ""),
                recipient=row["recipient"],
                copies=tuple(Copy(who, count) for who, count in row["copies"].items()),
                sealed_by_hand=row.get("seal", False),
                fits=row.get("fits", False),
                landscape=row.get("landscape", False),
            )
            for code, row in data["form"].items()
        }
    )


FORMS: Final[Mapping[str, Form]] = _read()
"""All forms by code, in the order of the catalogue file."""

FAMILIES: Final[Mapping[str, str]] = MappingProxyType(
    tomllib.loads((FOLDER / "catalogue.toml").read_text(encoding="utf-8"))["families"]
)
"""Numbering families and the characters they add to the office's 机关代字: ``受`` → 青信受."""


def document_number(prefix: str, family: str, year: int, number: int, block: str = "") -> str:
    """文号: ``document_number("青信", "accept", 2026, 12)`` is 青信受〔2026〕12号 (GB/T 9704 7.2.5).

    ``block``: the letter of a PC beside the office's first one, which has none; it stands before
    the number (青信受〔2026〕B12号), so that two PCs that do not see each other give no number
    twice. Raises KeyError for an unknown family.
    """
    return f"{prefix}{FAMILIES[family]}〔{year}〕{block}{number}号"
