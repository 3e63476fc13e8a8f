"""Layout numbers (版式) of forms/layout.toml: styles, margins, the room for the seal."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from ..places import FORMS

MM = 72 / 25.4
"""Points in a millimetre."""

Align = Literal["left", "justify", "centre", "right"]


@dataclass(frozen=True, slots=True)
class Style:
    """Sizes in points; ``indent`` in characters; ``keep``: never the last on a page."""

    role: str
    size: float
    leading: float
    indent: float = 0
    align: Align = "left"
    keep: bool = False

    @property
    def drop(self) -> float:
        """Points from a line's upper edge to its baseline, the glyph box in the middle."""
        return (self.leading - self.size) / 2 + 0.88 * self.size


@dataclass(frozen=True)
class Layout:
    """The numbers of one variant (标准 or 大字). Places in millimetres."""

    styles: Mapping[str, Style]
    numbers: Mapping[str, Mapping[str, float]]
    large: bool

    def __getitem__(self, section: str) -> Mapping[str, float]:
        return self.numbers[section]

    def lying(self) -> Layout:
        """The same for ledgers, on paper that lies on its side."""
        page = self.numbers["page"]
        turned = {**page, "width": page["height"], "height": page["width"]}
        numbers = {**self.numbers, "page": turned, "sheet": self.numbers["ledger"]}
        return replace(self, numbers=MappingProxyType(numbers))

    def tighter(self, points: float) -> Layout:
        """The same with the letter's lines closer by ``points``; the sizes stay."""
        drawn = ("body", "plain", "head1", "head2", "sign")
        styles = {
            name: replace(style, leading=style.leading - points) if name in drawn else style
            for name, style in self.styles.items()
        }
        return replace(self, styles=MappingProxyType(styles))

    def turned(self) -> Layout:
        """The same on a page that lies on its side (横版), a form's own margins included."""
        page = self["page"]
        lying = {
            "page": {**page, "width": page["height"], "height": page["width"]},
            "sheet": {**self["sheet"], **self["landscape"]},
        }
        return replace(self, numbers=MappingProxyType({**self.numbers, **lying}))


@cache
def load(large: bool = False, source: Path = FORMS / "layout.toml") -> Layout:
    """Read the layout file. The file is ours: a mistake in it is a bug, not a person's error."""
    data: dict[str, Any] = tomllib.loads(source.read_text(encoding="utf-8"))
    larger = data.pop("large")
    bigger = larger if large else {}
    styles = {
        name: Style(**{**values, **bigger.get(name, {})})
        for name, values in data.pop("style").items()
    }
    return Layout(MappingProxyType(styles), MappingProxyType(data), large)
