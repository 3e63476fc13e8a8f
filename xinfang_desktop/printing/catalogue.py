"""The catalogue of papers (文书目录): forms/catalogue.toml joined with the facts each one needs."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from ..places import FORMS as FOLDER
from . import exchange_facts, facts, mediation_facts
from . import screening_facts as screening

Subject = Literal["matter", "dispute", "mediation", "round", "office"]

FACTS: Final[Mapping[str, type[facts.Facts]]] = MappingProxyType(
    {
        "F01": facts.Registration,
        "F02": facts.Receipt,
        "F03": facts.ReceptionRecord,
        "F05": facts.RightsNotice,
        "F06": facts.Destination,
        "F07": facts.Acceptance,
        "F08": facts.Refusal,
        "F11": facts.ForwardingLetter,
        "F13": facts.InternalOrder,
        "F16": facts.Extension,
        "F19": facts.Opinion,
        "F25": facts.ProofOfService,
        "V01": facts.FourHaves,
        "V02": facts.ThreeLevels,
        "D01": facts.DaySheet,
        "P01": screening.DisputeRegistration,
        "P03": screening.DisputeAssignment,
        "P04": screening.LeaderCard,
        "P05": screening.DisputeClosing,
        "P06": screening.VillageReturn,
        "P07": screening.ScreeningStatistics,
        "M00": mediation_facts.FileCover,
        "M01": mediation_facts.Application,
        "M02": mediation_facts.RightsNotice,
        "M03": mediation_facts.IdentityRecord,
        "M04": mediation_facts.Mandate,
        "M05": mediation_facts.Inquiry,
        "M06": mediation_facts.EvidenceList,
        "M07": mediation_facts.SessionRecord,
        "M08": mediation_facts.Agreement,
        "M09": mediation_facts.Performance,
        "M10": mediation_facts.FollowUp,
        "M11": mediation_facts.Confirmation,
        "M12": mediation_facts.FileNote,
        "M13": mediation_facts.BackCover,
        "X01": exchange_facts.SiteCardPaper,
        "X02": exchange_facts.BundleReceipt,
        "X03": exchange_facts.LogProof,
    }
)


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
    facts: type[facts.Facts]
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


def document_number(prefix: str, family: str, year: int, number: int) -> str:
    """文号: ``document_number("青信", "accept", 2026, 12)`` is 青信受〔2026〕12号 (GB/T 9704 7.2.5).

    Raises KeyError for an unknown family.
    """
    return f"{prefix}{FAMILIES[family]}〔{year}〕{number}号"
