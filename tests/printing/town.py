"""The practice town of the papers: its office, a matter of one, a matter of many."""

from __future__ import annotations

from datetime import date

from xinfang_desktop.printing import facts as F

OFFICE = F.OfficeFacts(
    organ="云岭县青石镇人民政府",
    office="青石镇信访办",
    address="青石镇青石街18号",
    phone="0000-8200116",
    hours="工作日 8:30—12:00，14:30—17:30",
    review_organ="云岭县人民政府",
    review_address="云岭县信访局（云岭县城关镇人民路1号）",
)
MATTER = F.MatterFacts(
    number="20260906-A0002",
    query_code="48213907",
    title="双井村灌溉渠改道占用承包地补偿",
    received_on=date(2026, 9, 6),
    channel="网上信访",
    petitioner="李䶮生",
    petitioner_phone="00000000000",
    petitioner_address="青石镇双井村3组",
    village="双井村",
    claims=(
        F.ClaimFacts(
            no=1, text="按照实际占用面积补偿承包地损失", facts="2026年3月改渠时占用承包地0.8亩。"
        ),
        F.ClaimFacts(no=2, text="恢复被堵的田间道路"),
    ),
)
JOINT = F.MatterFacts(
    number="530126104-XF-20260906-A0002",
    query_code="48213907",
    title="双井村灌溉渠改道占用承包地补偿",
    received_on=date(2026, 9, 6),
    channel="来访",
    source="云岭县信访局",
    source_ref="云信转〔2026〕118号",
    petitioner="欧阳㛃堃",
    petitioner_phone="00000000000",
    petitioner_address="青石镇双井村3组",
    village="双井村",
    headcount=12,
    claims=tuple(
        F.ClaimFacts(no=i + 1, text=t, facts=x)
        for i, (t, x) in enumerate(
            [
                (
                    "按照实际占用面积补偿承包地损失",
                    "2026年3月改渠时占用承包地0.8亩，施工前没有丈量。",
                ),
                ("恢复被堵的田间道路", "改渠后三组的农机进不了田。"),
                ("公开改渠工程的预算和验收结果", ""),
                ("赔偿因断水造成的早稻减产", "4月至5月断水23天。"),
                ("今后改渠前征求承包户意见", ""),
            ]
        )
    ),
)
