"""The papers of a sealed matter with everything that can stand on them."""

from __future__ import annotations

from datetime import date

from xinfang_desktop.printing import facts as F
from xinfang_desktop.printing import sealed_facts as S


def full(office: F.OfficeFacts, matter: F.MatterFacts) -> dict[str, F.Facts]:
    """By code, about this matter."""
    return {
        "F22": S.SealedLetter(
            office=office, matter=matter, number="青信密移〔2026〕2号", on=date(2026, 9, 10),
            handler="罗文静", handler_phone="0000-8200119", unit="云岭县纪委监委信访室",
            reported=("龚德厚（松岭村村委会会计）", "松岭村村委会"),
            summary="补助名单上的面积和实际的不一样，两年少发十一户。",
            attachments=("来信原件1份", "补助名单复印件2份"), real_name=True,
        ),
    }  # fmt: skip
