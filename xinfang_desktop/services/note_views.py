"""民情日记、恳谈日: the list of notes and the page of one, with what became of its promises."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ..domain.case_records import Dispute, VillageNote
from ..domain.cases import NoteFile
from ..domain.errors import RuleViolation
from ..domain.periods import parse_period
from ..domain.village_notes import SORT_WORDS, SORTS, Promise, promises_of
from ..store import queries
from ..store.case_files import load_notes
from ..store.database import Connection
from ..store.files import fetch, get
from ..store.subjects import Setting
from ..store.tables import TABLES
from .case_rows import SeenRow, TimelineRow, seen_rows
from .desk import Desk, use_case
from .duty_rows import DutyRow, rows_for
from .round_duties import village_in_sight


@dataclass(frozen=True, slots=True)
class NoteQuery:
    """What the list is narrowed to: village by name or code, days of a period, sort, and whether
    a promise is still open."""

    village: str = ""
    period: str = ""
    sort: str = ""
    open_promises: bool = False


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One note in a list. ``dispute`` is the number of the dispute it became."""

    id: str
    village: str
    sort: str
    sort_name: str
    on: date
    topic: str
    topic_name: str
    place: str
    text: str
    headcount: int
    by: str
    promises: tuple[Promise, ...]
    dispute: str = ""

    @property
    def open_promises(self) -> int:
        """How many promises were not recorded as kept yet."""
        return sum(1 for promise in self.promises if promise.kept_on is None)


@dataclass(frozen=True, slots=True)
class NoteView:
    """One note, what was done about it, its duties, and who looked.

    ``corrected_by`` is the id of the note that stands in its place.
    """

    row: NoteRow
    duties: tuple[DutyRow, ...]
    timeline: tuple[TimelineRow, ...]
    seen: tuple[SeenRow, ...]
    voided: bool = False
    corrected_by: str = ""


@use_case("read_notes")
def note_list(desk: Desk, asked: NoteQuery = NoteQuery()) -> tuple[NoteRow, ...]:
    """Notes within the account's sight, newest first."""
    if asked.sort and asked.sort not in SORT_WORDS:
        raise RuleViolation(
            "unknown_sort", f"没有“{asked.sort}”这一种。",
            mend="可以用：" + "、".join(f"{name}（{code}）" for code, name in SORTS) + "。",
            field="sort",
        )  # fmt: skip
    with desk.reading() as conn:
        now = desk.setting(conn)
        table = TABLES["village_note"]
        within = [] if desk.village is None else [table.c.village == desk.village]
        if asked.village:
            within.append(table.c.village == village_in_sight(desk, conn, asked.village).id)
        if asked.period:
            days = parse_period(asked.period)
            within.append(table.c.on.between(days.first.isoformat(), days.last.isoformat()))
        if asked.sort:
            within.append(table.c.sort == asked.sort)
        order = (table.c.on.desc(), table.c.id.desc())
        notes = fetch(conn, VillageNote, *within, order=order)
        rows = _rows(conn, now, notes)
    return tuple(row for row in rows if row.open_promises or not asked.open_promises)


def _rows(conn: Connection, now: Setting, notes: Iterable[VillageNote]) -> list[NoteRow]:
    wanted = list(notes)
    files = {file.id: file for file in load_notes(conn, [note.id for note in wanted])}
    numbers = {
        note.id: dispute.number
        for note in wanted
        if note.dispute and (dispute := get(conn, Dispute, note.dispute))
    }
    return [_row(files[note.id], now, numbers.get(note.id, "")) for note in wanted]


def _row(file: NoteFile, now: Setting, dispute: str) -> NoteRow:
    note = file.note
    return NoteRow(
        id=note.id, village=now.villages.get(note.village, ""), sort=note.sort,
        sort_name=SORT_WORDS.get(note.sort, note.sort), on=note.on, topic=note.topic,
        topic_name=now.codes["note_topic"].name_of(note.topic), place=note.place, text=note.text,
        headcount=note.headcount, by=note.by, promises=promises_of(file), dispute=dispute,
    )  # fmt: skip


@use_case("read_notes")
def note_view(desk: Desk, id: str) -> NoteView:
    """One note; the look is logged. A corrected one still shows what it said."""
    with desk.reading() as conn:
        now = desk.setting(conn)
        file = find_note(desk, conn, id, with_voided=True)
        owed = queries.duties_of(conn, [file.id], unsettled=False)
        instead = file.last("corrected")
        view = NoteView(
            row=_rows(conn, now, [file.note])[0], duties=rows_for(desk, conn, owed, desk.today),
            timeline=tuple(_timeline(file)), seen=tuple(seen_rows(conn, file.id)),
            voided=file.note.voided,
            corrected_by=str((instead.data or {}).get("note", "")) if instead else "",
        )  # fmt: skip
    desk.look("read", case=file.id)
    return view


def find_note(desk: Desk, conn: Connection, id: str, *, with_voided: bool = False) -> NoteFile:
    """The note of that id; one beyond the account's sight is not there at all."""
    file = next(load_notes(conn, [id]), None)
    seen = file is not None and desk.village in (None, file.note.village)
    if file is None or not seen or (file.note.voided and not with_voided):
        raise RuleViolation("no_note", "没有这一页记录。", mend="请刷新后再试。", field="id")
    return file


_LABELS: Mapping[str, tuple[str, str, str]] = {
    # action: what it is called, its icon, the field of its data that says it
    "register": ("记录", "file-text", ""),
    "fulfil": ("承诺办到", "message-circle-check", "content"),
    "to_dispute": ("转为纠纷", "send", "dispute"),
    "corrected": ("更正（另记一页）", "ban", "reason"),
    "corrects": ("更正前一页", "file-text", "reason"),
}


def _timeline(file: NoteFile) -> Iterable[TimelineRow]:
    """What was done, newest first."""
    for step in reversed(file.steps):
        label, icon, field = _LABELS.get(step.action, (step.action, "file-text", ""))
        text = str((step.data or {}).get(field, "")) if field else ""
        yield TimelineRow(step.id, step.on, step.at, step.action, label, step.by, text, icon)
