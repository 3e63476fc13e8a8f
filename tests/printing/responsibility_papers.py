"""The papers of responsibility (责任、督办), full, about an invented matter."""

from __future__ import annotations

from datetime import date

from xinfang_desktop.printing import facts as F
from xinfang_desktop.printing import responsibility_facts as R


def full(office: F.OfficeFacts, matter: F.MatterFacts) -> dict[str, F.Facts]:
    """Each of them by its code."""
    return {
        "F29": R.Supervision(
            office=office, matter=matter, number="青信督〔2026〕3号", on=date(2026, 10, 12),
            handler="周敏", handler_phone="0000-8200117", title="信访事项催办单",
            unit="青石镇农业农村办", no=2, ground="推诿、敷衍、拖延",
            situation="原定2026年9月30日前报回测量结果，第一次督办后仍未反馈",
            requirement="1. 10月16日前完成测量；\n2. 书面报回结果，附测量图。",
            due=date(2026, 10, 16), law_due=date(2026, 11, 9),
        ),
        "F31": R.LeaderSheet(
            office=office, matter=matter, on=date(2026, 9, 10), handler="周敏",
            handler_phone="0000-8200117", leader="马长青", leader_title="镇长",
            unit="青石镇农业农村办", person="孙立新", measures="重新测量占地面积，核对补偿标准，当面说明。",
            due=date(2026, 10, 31), taken_on=date(2026, 9, 10),
            progress=(
                R.ProgressFacts(part="包联系", on=date(2026, 9, 12), content="到双井村当面听取诉求"),
                R.ProgressFacts(part="包办理", on=date(2026, 9, 25), content="请测绘人员到田里测量"),
            ),
            result="",
        ),
    }  # fmt: skip
