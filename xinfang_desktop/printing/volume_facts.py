"""What the cover, contents and back of a matter's file say (卷宗封面、卷内目录、备考表)."""

# ruff: noqa: RUF009 - fact() and its kin only make dataclass fields; nothing is shared

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from .contents import ContentsRow
from .facts import Facts, MatterPaper, day, fact, given, long, rows

WHOLE, FRONT, BACK = "", "front", "back"
"""Which part of the paper is made: all three for the pen; a binder takes them apart."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MissingRow:
    """Something that the file should hold and does not."""

    what: str = fact("材料", "must")
    why: str = fact("为什么要有", "must")


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptApart:
    """An attachment that cannot be bound (sound, film, a table): ``size`` in words."""

    name: str = fact("文件名", "must")
    size: str = fact("大小")
    sha256: str = fact("校验值")


@dataclass(frozen=True, kw_only=True, slots=True)
class Volume(MatterPaper):
    """F36. ``pages``: numbered pages, 0 where they are counted by hand; ``missing``: what lacks,
    on a page of its own before the cover of a bound file."""

    volume: str = fact("卷号")
    began: date | None = day("起始日期", "look")
    ended: date | None = day("终止日期")
    count: int = fact("卷内文件件数", kind="int", default=0)
    pages: int = fact("卷内文件页数", kind="int", default=0)
    retention: str = fact("保管期限", "look")
    filed_by: str = fact("立卷人", "look")
    checked_by: str = fact("检查人", "look")
    filed_on: date | None = day("立卷日期", "look")
    remark: str = long("备考")
    contents: tuple[ContentsRow, ...] = rows("卷内文件")
    part: str = given("部分", WHOLE)
    missing: tuple[MissingRow, ...] = given("还缺的材料", ())
    apart: tuple[KeptApart, ...] = given("没有装订的附件", ())


FORMS: Final[Mapping[str, type[Facts]]] = MappingProxyType({"F36": Volume})
"""Code of a paper → its facts."""
