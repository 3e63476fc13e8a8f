"""What the papers of a sealed matter say (密件文书): the letter of transfer with its envelope label."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from .facts import Facts, MatterPaper, fact, lines, long


@dataclass(frozen=True, kw_only=True, slots=True)
class SealedLetter(MatterPaper):
    """F22 检举控告移送函, to the discipline organ or the superior (art. 30).

    ``reported``: 徐大明（双井村村委会主任）, one a line. ``real_name``: who accuses gave a name, and
    is to be answered.
    """

    unit: str = fact("主送机关", "must")
    reported: tuple[str, ...] = lines("被检举控告的人和单位", "look")
    summary: str = long("主要内容")
    attachments: tuple[str, ...] = lines("附件")
    real_name: bool = fact("署实名", kind="bool", default=False)
    reprisal: bool = fact("反映打击报复", kind="bool", default=False)


FORMS: Final[Mapping[str, type[Facts]]] = MappingProxyType({"F22": SealedLetter})
"""Code of a paper → its facts."""
