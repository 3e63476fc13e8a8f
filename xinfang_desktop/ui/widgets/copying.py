"""What goes on the clipboard as a table, for WPS and Excel."""

from __future__ import annotations

from collections.abc import Iterable


def as_table(lines: Iterable[Iterable[str]]) -> str:
    """Lines of cells as text: cells parted by tabs, lines by line breaks, neither within a cell."""
    return "\n".join(
        "\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in line) for line in lines
    )
