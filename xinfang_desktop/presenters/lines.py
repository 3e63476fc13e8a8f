"""What lists on the screen show, as plain values: one line of the duty list, one group of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One duty (责任事项) as a row: state · what over detail · who · when over reason · verb."""

    key: str
    urgency: str  # rest soon near today late done provisional stopped
    words: str  # 还有 3 天
    what: str
    detail: str
    who: str
    when: str
    reason: str = ""
    verb: str = ""

    def spoken(self) -> str:
        """The row in words, for a screen reader."""
        pieces = (self.words, self.what, self.detail, self.who, self.when, self.reason, self.verb)
        return "，".join(piece for piece in pieces if piece)


@dataclass(frozen=True, slots=True)
class DutyGroup:
    """Rows of one urgency under a head: ``note`` says what the group leaves out."""

    title: str
    count: int
    lines: tuple[DutyLine, ...]
    note: str = ""
