"""The cover, contents and back of a matter's file with everything that can stand on them."""

from __future__ import annotations

from datetime import date

from xinfang_desktop.printing import facts as F
from xinfang_desktop.printing import volume_facts as V
from xinfang_desktop.printing.contents import ContentsRow

_ROWS = (
    ("信访登记表", "", "青石镇信访办", date(2026, 9, 6), 1, ""),
    ("信访事项受理告知书", "青信受〔2026〕24号", "云岭县青石镇人民政府", date(2026, 9, 8), 1, ""),
    ("信访事项转办单", "青信交〔2026〕11号", "青石镇信访办", date(2026, 9, 9), 1, ""),
    ("调查（谈话）笔录", "", "青石镇信访办", date(2026, 9, 20), 3, ""),
    ("信访事项处理意见书", "青信答〔2026〕B9号", "云岭县青石镇人民政府", date(2026, 11, 2), 4,
     "另有1个旧稿（10月30日）"),
    ("送达回证", "", "青石镇信访办", date(2026, 11, 4), 1, ""),
    ("送达回证签收件.jpg", "", "", date(2026, 11, 4), 1, "附件"),
)  # fmt: skip


def contents() -> tuple[ContentsRow, ...]:
    """Seven papers of twelve pages."""
    made, last = [], 0
    for title, number, author, on, pages, note in _ROWS:
        made.append(ContentsRow(
            title=title, number=number, author=author, on=on, first=last + 1, last=last + pages,
            note=note,
        ))  # fmt: skip
        last += pages
    return tuple(made)


def full(office: F.OfficeFacts, matter: F.MatterFacts) -> dict[str, F.Facts]:
    """By code, about this matter."""
    return {
        "F36": V.Volume(
            office=office, matter=matter, on=date(2026, 12, 20), handler="周敏",
            volume="2026-XF-18", began=date(2026, 9, 6), ended=date(2026, 12, 16),
            count=len(_ROWS), pages=12, retention="30年", filed_by="周敏", checked_by="何建平",
            filed_on=date(2026, 12, 20), contents=contents(),
            remark="占地补偿款已于12月10日拨付到户，银行回单在卷。\n缺少材料的原因：来信信封破损，没有留存。",
            apart=(V.KeptApart(name="现场录像.mp4", size="18,203,114 字节", sha256="9f" * 32),),
            missing=(
                V.MissingRow(what="调查报告", why="起草过处理意见（第三十一条）"),
                V.MissingRow(what="“修复田间道路”的落实材料",
                             why="答应落实的还没有登记办成，期限是2027-01-31（第三十二条）"),
            ),
        ),
    }  # fmt: skip
