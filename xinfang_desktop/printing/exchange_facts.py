"""What the papers of data exchange say (数据交换文书要素): X01 to X03. The program knows all of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from .facts import Facts, fact, given, rows


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteCardPaper(Facts):
    """X01 站点名片: to be handed over, and read out by telephone. ``card`` is what the code holds."""

    name: str = given("站点名称")
    unit: str = given("单位")
    site: str = given("站点编号")
    groups: tuple[str, ...] = given("指纹", ())  # eight groups of five digits
    card: str = given("名片内容")
    made_at: str = given("制作时间")


@dataclass(frozen=True, kw_only=True, slots=True)
class BundleReceipt(Facts):
    """X02 数据包交接单: one file that went out or came in. ``digest`` in groups of eight."""

    way: str = given("收发")  # 发出 收到
    sender: str = given("发出单位")
    receiver: str = given("接收单位")
    serial: int = given("第几包", 0)
    part: int = given("第几个文件", 1)
    parts: int = given("共几个文件", 1)
    file: str = given("文件名")
    size: str = given("大小")
    entries: int = given("条数", 0)
    attachments: int = given("附件", 0)
    at: str = given("时间")
    by: str = given("经手人")
    bundle: str = given("数据包编号")
    sha256: str = given("校验值")
    digest: tuple[str, ...] = given("校验值", ())
    told: str = given("内容")


@dataclass(frozen=True, kw_only=True, slots=True)
class ChainFacts:
    """One chain of the log and its newest entry; ``digest`` in groups of eight."""

    name: str = fact("记录链")
    epoch: int = fact("期", default=1)
    seq: int = fact("写到第几条", default=0)
    digest: tuple[str, ...] = fact("摘要", default=())


@dataclass(frozen=True, kw_only=True, slots=True)
class LogProof(Facts):
    """X03 月度存证: the newest hash of every chain, and one over all of them."""

    at: str = given("时间")
    month: str = given("月份")
    entries: int = given("条数", 0)
    whole: str = given("总摘要")
    digest: tuple[str, ...] = given("总摘要", ())
    chains: tuple[ChainFacts, ...] = rows("记录链")
    by: str = given("打印人")


FORMS: Final[Mapping[str, type[Facts]]] = MappingProxyType(
    {
        "X01": SiteCardPaper,
        "X02": BundleReceipt,
        "X03": LogProof,
    }
)
"""Code of a paper → its facts."""
