"""What the pages of a matter show: frozen values made for the screen, names masked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ..domain.history import StageDate
from ..domain.workflow import Offer
from .duty_rows import DutyRow


@dataclass(frozen=True, slots=True)
class MatterRow:
    """One line of the list of matters."""

    id: str
    number: str
    short_number: str
    title: str
    state: str
    state_name: str
    received_on: date
    channel: str
    channel_name: str
    masked_name: str
    village: str
    owner: str
    headcount: int
    claims: int
    contacts: int
    due: date | None
    due_state: str
    due_kind: str
    due_words: str
    late_entry: bool
    confidential: bool
    sealed: bool
    category_name: str
    conflicts: int = 0  # open ones, where the account may see the matter


@dataclass(frozen=True, slots=True)
class MatterPage:
    """A page of the list, and how many there are in all."""

    matters: tuple[MatterRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One numbered request and what became of it. ``status``: open, work, done."""

    no: int
    text: str
    facts: str
    status: str
    status_word: str
    note: str


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One thing done, in words. ``icon`` is a name of ``resources/icons``."""

    id: str
    on: date
    at: datetime
    action: str
    label: str
    who: str
    text: str
    icon: str


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One printed paper."""

    id: str
    form: str
    title: str
    number: str
    at: datetime
    by: str
    pages: int
    reprint: bool


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """One file."""

    id: str
    name: str
    size: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class SeenRow:
    """Who looked, printed or revealed, and when (谁看过)."""

    who: str
    at: datetime
    what: str


@dataclass(frozen=True, slots=True)
class PartyView:
    """Somebody who came; masked, or in full after a logged reveal."""

    role: str
    name: str
    phone: str
    id_number: str
    address: str


@dataclass(frozen=True, slots=True)
class IntakeView:
    """One contact about the matter."""

    id: str
    number: str
    channel_name: str
    received_on: date
    registered_by: str
    headcount: int
    summary: str
    materials: str
    first: bool
    late_entry: bool


@dataclass(frozen=True, slots=True)
class MatterView:
    """The page of one matter."""

    id: str
    number: str
    short_number: str
    query_code: str
    title: str
    state: str
    state_name: str
    stages: tuple[StageDate, ...]
    received_on: date
    channel_name: str
    masked_name: str
    masked_phone: str
    village: str
    place: str
    category_name: str
    owner: str
    unit: str
    flags: tuple[str, ...]
    hidden: bool
    claims: tuple[ClaimView, ...]
    duties: tuple[DutyRow, ...]
    timeline: tuple[TimelineRow, ...]
    documents: tuple[DocumentRow, ...]
    attachments: tuple[AttachmentRow, ...]
    seen: tuple[SeenRow, ...]
    offers: tuple[Offer, ...]
    parties: tuple[PartyView, ...]
    intakes: tuple[IntakeView, ...]
    safe_day: date
    review_until: date | None = None
    conflicts: tuple[str, ...] = ()
