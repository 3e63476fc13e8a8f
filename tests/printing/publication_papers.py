"""The cards of the four publications (四个公开), full, about an invented matter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from xinfang_desktop.printing import facts as F
from xinfang_desktop.printing.publication_facts import Publication

_TEXTS = {
    "G01": ("受理公开", "2026年9月6日收到，2026年9月8日受理。\n按照《信访工作条例》第三十四条，应当在2026年11月9日前办结。"),
    "G02": ("程序公开", "2026年9月8日　受理\n2026年9月10日　开始办理，联系信访人\n2026年10月9日　出具处理意见"),
    "G03": ("结果公开", "第1项诉求：支持。按实测面积补偿。\n第2项诉求：支持。9月底前恢复田间道路。"),
    "G04": ("效果公开", "恢复田间道路：村镇建设办公室，2026年9月28日完成。"),
}  # fmt: skip


def full(office: F.OfficeFacts, matter: F.MatterFacts) -> dict[str, F.Facts]:
    """Each of them by its code."""
    nobody = replace(
        matter, petitioner="", petitioner_phone="", petitioner_address="", query_code="",
        confidential=True, claims=(),
    )  # fmt: skip
    return {
        code: Publication(
            office=office, matter=nobody, on=date(2026, 10, 12), title=f"信访事项{name}",
            subject=matter.title, text=text, unit="青石镇农业农村办", hung_on=date(2026, 10, 12),
            until=date(2026, 11, 12),
        )
        for code, (name, text) in _TEXTS.items()
    }  # fmt: skip
