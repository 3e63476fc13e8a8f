"""What is said about bundles (数据交换的话): counts, gaps and clocks in sentences for a clerk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ..store.inbox import CAUSE, GAP, REVOKED, UNKNOWN_SITE, UNSIGNED, Gap
from .directory import NOT_SHARED
from .epochs import Lost

KIND_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "matter": ("件", "信访事项"),
    "dispute": ("件", "矛盾纠纷"),
    "mediation": ("件", "人民调解"),
    "screening_return": ("份", "排查报送"),
    "village_note": ("篇", "民情日记"),
    "work_item": ("条", "工作台账"),
}
"""Kind of record → its measure word and its name."""


def counted(counts: Mapping[str, int]) -> str:
    """信访事项 3 件、排查报送 1 份; "" for nothing."""
    return "、".join(
        f"{KIND_WORDS[kind][1]} {counts[kind]} {KIND_WORDS[kind][0]}"
        for kind in KIND_WORDS
        if counts.get(kind)
    )


def bundle_sentence(report: Any) -> str:
    """来自柳溪村：新增矛盾纠纷 3 件；更新 5 件；1 处冲突；缺附件 2 个。"""
    parts = [f"新增{counted(report.created)}" if report.created else ""]
    updated = sum(report.updated.values())
    parts.append(f"更新 {updated} 件" if updated else "")
    parts.append(f"{report.conflicts} 处冲突要判断" if report.conflicts else "")
    parts.append(f"收回本机从前的 {report.recovered} 条" if report.recovered else "")
    parts.append(f"搁置 {report.entries.waiting} 条" if report.entries.waiting else "")
    parts.append(f"拒收 {report.entries.refused} 条" if report.entries.refused else "")
    parts.append(f"缺附件 {report.missing} 个" if report.missing else "")
    said = "；".join(filter(None, parts))
    if not said:
        said = (
            f"{report.entries.new} 条变更"
            if report.entries.new
            else "没有新的登记，只更新了交换进度"
        )
    return f"来自{report.sender_name}：{said}。"


_REASONS: Final[Mapping[str, str]] = {
    GAP: "{who}的第 {missing} 条还没有到，后面的 {count} 条先搁着；缺的到了会自动接上，不用再导一次。",
    UNSIGNED: "{who}有 {count} 条还差它的签名，其余的分包导入后会自动接上。",
    CAUSE: "{who}有 {count} 条改的是还没有收到的登记，收到后会自动接上。",
    UNKNOWN_SITE: "有 {count} 条是没有登记的站点（{site}）写的；请让对方单位交来那台电脑的站点名片，添加后会自动接上。",
    NOT_SHARED: (
        "{who}有 {count} 条写在本机没有与它共享的范围里，没有并入；应当共享的，"
        "请在添加它的名片时写明范围。"
    ),
    REVOKED: "{who}停用以后写的 {count} 条已隔离，没有并入。",
}


def gap_sentence(gap: Gap, who: str) -> str:
    """What waits, and what it waits for."""
    return _REASONS[gap.reason].format(
        who=who, missing=gap.missing, count=gap.count, site=gap.site[:8]
    )


def lost_sentence(lost: Lost) -> str:
    """What was written on the lost disk and has not come back."""
    span = f"第 {lost.first} 条" if lost.count == 1 else f"第 {lost.first}—{lost.last} 条"
    return (
        f"{feed_words(lost.feed)}里本机第 {lost.epoch} 期的{span}，共 {lost.count} 条，只有丢失的磁盘上有。"
        "对方的数据包都导入后还在这里的，请按纸质登记簿补录。"
    )


_FEEDS: Final = {"township": "本单位", "county": "本单位", "village": "村级"}


def feed_words(feed: str) -> str:
    """What a feed is called: 本单位范围, 村级范围（331024105201）, 县乡范围."""
    kind, _, code = feed.partition(":")
    if "/" in code:
        return "县乡共享的范围"
    return f"{_FEEDS.get(kind, kind)}范围（{code}）"


def clock_warning(lead_ms: int) -> str:
    """How far the other clock runs ahead of ours."""
    minutes = lead_ms // 60_000
    span = f"{minutes} 分钟" if minutes < 120 else f"{minutes // 60} 小时"
    span = span if minutes < 72 * 60 else f"{minutes // 1440} 天"
    return (
        f"对方的电脑时钟比本机快 {span}，或本机的时钟慢了。"
        "先后以谁看过谁的修改为准，不受影响；请两边都核对一下日期和时间。"
    )
