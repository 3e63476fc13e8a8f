"""The window around the pages: which pages exist for whom, what the status bar says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from xinfang_desktop.domain import permissions
from xinfang_desktop.services import exchange_door, exchange_glance
from xinfang_desktop.services.desk import Changes, Desk
from xinfang_desktop.services.exchange_glance import Glance

from .running import Run

LOCK_AFTER = timedelta(minutes=15)
"""Idle time after which the screen locks by itself; what was typed stays."""


@dataclass(frozen=True, slots=True)
class PlaceSpec:
    """One page of the rail. ``verb`` is the permission without which it is not shown; ``within``
    says for whom it is: the office, one village, whoever has a village of its own, or whoever
    exchange is offered to on this PC.
    """

    key: str
    word: str
    icon: str
    verb: str
    within: str = ""  # office | village | own | site | empty: everybody


PLACES = (
    PlaceSpec("today", "今日", "calendar-due", "read_duties"),
    PlaceSpec("return", "本期填报", "send", "file_return", within="own"),
    PlaceSpec("disputes", "我村纠纷", "clipboard-text", "read_disputes", within="village"),
    PlaceSpec("register", "登记", "user-plus", "register_intake"),
    PlaceSpec("matters", "信访事项", "clipboard-text", "read_matters"),
    PlaceSpec("haves", "四有台账", "checkup-list", "read_haves"),
    PlaceSpec("screening", "排查台账", "map-search", "read_screening", within="office"),
    PlaceSpec("work", "工作台账", "archive", "read_work", within="office"),
    PlaceSpec("mediations", "人民调解", "scale", "read_mediations"),
    PlaceSpec("notes", "民情日记", "message-circle-check", "read_notes"),
    PlaceSpec("papers", "文书", "file-text", "print_matter_form"),
    PlaceSpec("exchange", "数据交换", "arrows-exchange", "read_exchange", within="site"),
    PlaceSpec("settings", "设置", "settings", "read_settings"),
)


class ShellPresenter:
    """Who sits here, what was saved last, and the news of changed records."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._saved_at: datetime | None = None
        self._draft_at: datetime | None = None
        self._version: int | None = None

    @property
    def title(self) -> str:
        """The window's title."""
        office = self.desk.office
        practice = "（练习）" if office.practice else ""
        return f"信访台 — {office.name}{practice}"

    @property
    def person(self) -> str:
        """Who is signed in."""
        return self.desk.account.name

    @property
    def post(self) -> str:
        """The roles in words, the desk's own first."""
        order = ("officer", "leader", "liaison", "supervisor", "admin", "sealed")
        roles = [role for role in order if role in self.desk.roles]
        return permissions.ROLE_NAMES[roles[0]] if roles else ""

    @property
    def seat(self) -> str:
        """Person and office for the status bar."""
        return f"{self.person} · {self.desk.office.name}"

    def places(self) -> tuple[PlaceSpec, ...]:
        """The pages this account may open."""
        within = {"", "office" if self.desk.village is None else "village"}
        within |= {"own"} if self.desk.account.village else set()
        within |= {"site"} if exchange_door.offered(self.desk) else set()
        return tuple(
            p for p in PLACES if p.within in within and permissions.may(self.desk.roles, p.verb)
        )

    def may(self, verb: str) -> bool:
        """Whether this account is permitted to do something."""
        return permissions.may(self.desk.roles, verb)

    def saved(self) -> str:
        """Note that something was written; returns what the status bar says."""
        self._saved_at = self.desk.now()
        return f"已保存 {clock_words(self._saved_at)}"

    def draft_saved(self) -> str:
        """Note that a draft was written."""
        self._draft_at = self.desk.now()
        return f"草稿已存 {clock_words(self._draft_at)}"

    def exchanges(self) -> bool:
        """Whether this account has the page 数据交换."""
        return any(place.key == "exchange" for place in self.places())

    def glance(self, run: Run, told: Callable[[Glance], None]) -> None:
        """Ask for the two figures of exchange."""
        run(lambda: exchange_glance.exchange_glance(self.desk), told)

    def look_around(self, run: Run, changed: Callable[[], None]) -> None:
        """Ask whether another process (the command) wrote since the last look."""

        def compare(version: int) -> None:
            known, self._version = self._version, version
            if known is not None and known != version:
                changed()

        run(self.desk.data_version, compare)

    def listen(self, tell: Callable[[Changes], None]) -> Callable[[], None]:
        """Hear of every commit; ``tell`` is called on the writing thread."""
        return self.desk.subscribe(tell)


def clock_words(moment: datetime) -> str:
    """9:41."""
    return f"{moment.hour}:{moment.minute:02d}"
