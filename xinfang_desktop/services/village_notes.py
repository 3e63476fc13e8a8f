"""民情日记、恳谈日: writing a note, keeping its promises, correcting it, making a dispute of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ..domain.case_records import CaseStep, VillageNote
from ..domain.cases import NoteFile
from ..domain.errors import RuleViolation
from ..domain.inputs import clean_text, read_fields
from ..domain.records import Village
from ..domain.village_notes import (
    KEEP,
    WRITE,
    keep_problems,
    note_problems,
    promises_of,
)
from ..store import queries
from ..store.changelog import Change, change, new, new_id, void
from ..store.database import Connection
from ..store.files import get
from ..store.subjects import Setting
from .desk import Changes, Desk, use_case
from .dispute_work import (
    DisputeStood,
    check_dispute,
    dispute_of,
    feed_of,
    stood,
    write_dispute,
)
from .duty_rows import DutyRow, rows_for
from .note_views import find_note
from .numbers import Numbers
from .round_duties import village_or_own

KINDS = frozenset({"village_note", "case_step"})


@dataclass(frozen=True, slots=True)
class NoteWritten:
    """A note as it stands after it was written, kept or corrected, and what it makes us owe."""

    note: str
    village: str
    duties: tuple[DutyRow, ...]
    changes: Changes


@dataclass(frozen=True, slots=True)
class _Note:
    """A note as typed, read and checked."""

    village: Village
    on: date
    values: Mapping[str, Any]
    problems: tuple[RuleViolation, ...]


# --- writing -----------------------------------------------------------------------------------


@use_case("write_note")
def check_note(desk: Desk, data: Mapping[str, Any]) -> tuple[RuleViolation, ...]:
    """Everything wrong with a note as filled in, each with its field (``promises.1.due``)."""
    with desk.reading() as conn:
        return _read(desk, conn, desk.setting(conn), data).problems


@use_case("write_note")
def write_note(desk: Desk, data: Mapping[str, Any]) -> NoteWritten:
    """Write a page of the diary or of a talk day; each promise in it is owed from now on."""
    with desk.writing() as tx:
        asked = _sound(_read(desk, tx.conn, desk.setting(tx.conn), data))
        note = _note_of(desk, asked)
        tx.append([new(note), _step(desk, tx.conn, note, "register", note.on, {})])
        return _written(desk, tx.conn, note)


def _read(desk: Desk, conn: Connection, now: Setting, data: Mapping[str, Any]) -> _Note:
    reading = read_fields(WRITE, data)
    values, problems = dict(reading.values), list(reading.problems)
    on = date.fromisoformat(values.get("on", desk.today.isoformat()))
    village = village_or_own(desk, conn, values.get("village", ""))
    if "topic" in values:
        topic = now.codes["note_topic"].find(values["topic"])
        if topic is None:
            offered = "、".join(entry.name for entry in now.codes["note_topic"])
            problems.append(
                RuleViolation(
                    "unknown_code", f"事由里没有“{values['topic']}”。",
                    mend=f"可用的有：{offered}。", field="topic",
                )
            )  # fmt: skip
        values["topic"] = topic.code if topic else ""
    if not reading.problems:
        problems += note_problems(values, on, desk.today, desk.shipped.person_words)
    return _Note(village, on, values, tuple(problems))


def _sound(asked: _Note) -> _Note:
    if asked.problems:
        raise asked.problems[0]
    return asked


def _note_of(desk: Desk, asked: _Note) -> VillageNote:
    values = asked.values
    promises = [
        {"what": row["what"], "due": row["due"], "by": row.get("by") or desk.account.name}
        for row in values.get("promises", ())
    ]
    return VillageNote(
        id=new_id(), feed=feed_of(desk, asked.village), village=asked.village.id,
        sort=values["sort"], on=asked.on, topic=values["topic"], text=values["text"],
        by=desk.account.name, place=values.get("place", ""), headcount=values.get("headcount", 0),
        promises=promises or None,
    )  # fmt: skip


def _step(
    desk: Desk, conn: Connection, note: VillageNote, action: str, on: date, data: Mapping[str, Any]
) -> Change:
    return new(
        CaseStep(
            id=new_id(), feed=note.feed, case=note.id, action=action, on=on,
            at=desk.moment_for(conn, note.id), by=desk.account.name, data=dict(data) or None,
        )
    )  # fmt: skip


def _written(desk: Desk, conn: Connection, note: VillageNote) -> NoteWritten:
    owed = queries.duties_of(conn, [note.id], unsettled=False)
    return NoteWritten(
        note.id, desk.setting(conn).villages[note.village], rows_for(desk, conn, owed, desk.today),
        Changes(KINDS, frozenset({note.id})),
    )  # fmt: skip


# --- keeping, correcting, handing on -----------------------------------------------------------


@use_case("write_note")
def keep_promise(desk: Desk, id: str, no: int, data: Mapping[str, Any]) -> NoteWritten:
    """Record that promise ``no`` of a note was kept: when and how."""
    reading = read_fields(KEEP, data)
    if reading.problems:
        raise reading.problems[0]
    content = reading.values["content"]
    on = date.fromisoformat(reading.values.get("on", desk.today.isoformat()))
    with desk.writing() as tx:
        file = find_note(desk, tx.conn, id)
        words = desk.shipped.person_words
        problem = next(keep_problems(file, no, reading.values, on, desk.today, words), None)
        if problem:
            raise problem
        kept = {"task": f"promise:{no}", "content": content}
        tx.append([_step(desk, tx.conn, file.note, "fulfil", on, kept)])
        return _written(desk, tx.conn, file.note)


@use_case("write_note")
def correct_note(desk: Desk, id: str, data: Mapping[str, Any], reason: str) -> NoteWritten:
    """Write the note anew and void the wrong page, for a reason; what was kept stays kept.

    A promise is the same one where it says the same.
    """
    reason = clean_text(reason, "更正理由", 200, lines=False, field="reason")
    if not reason:
        raise RuleViolation(
            "reason_missing",
            "还没有写为什么更正。",
            mend="写一句原因，会留下记录。",
            field="reason",
        )
    with desk.writing() as tx:
        conn, before = tx.conn, find_note(desk, tx.conn, id)
        asked = _sound(_read(desk, conn, desk.setting(conn), data))
        if asked.village.id != before.note.village:
            raise RuleViolation(
                "not_of_village", "更正不能换村（社区）。",
                mend="记错了村的，在那个村另记一页。", field="village",
            )  # fmt: skip
        note = replace(_note_of(desk, asked), dispute=before.note.dispute)
        changes = [
            new(note),
            _step(desk, conn, note, "corrects", note.on, {"note": before.id, "reason": reason}),
            *_still_kept(desk, conn, before, note),
            _step(
                desk, conn, before.note, "corrected", desk.today,
                {"note": note.id, "reason": reason},
            ),
        ]  # fmt: skip
        held = get(conn, VillageNote, before.id)
        assert held is not None
        tx.append([*changes, void(held, reason)])
        return _written(desk, conn, note)


def _still_kept(
    desk: Desk, conn: Connection, before: NoteFile, note: VillageNote
) -> Iterable[Change]:
    """What was recorded as kept of the wrong page, for the same promises of the new one."""
    kept = {each.what: each for each in promises_of(before) if each.kept_on}
    for promise in promises_of(NoteFile(note)):
        done = kept.get(promise.what)
        if done is not None and done.kept_on is not None:
            told = {"task": promise.task, "content": done.kept_how}
            yield _step(desk, conn, note, "fulfil", done.kept_on, told)


@use_case("register_dispute")
def make_dispute(desk: Desk, id: str, data: Mapping[str, Any]) -> DisputeStood:
    """The problem of a note becomes a dispute of its village; each names the other.

    What is left blank is taken from the note: day, place, detail, source.
    """
    with desk.writing() as tx:
        conn, file = tx.conn, find_note(desk, tx.conn, id)
        note, now = file.note, desk.setting(conn)
        if note.dispute:
            raise RuleViolation(
                "already_dispute", "这一页已经转为纠纷。", mend="请打开那起纠纷接着办。", field="id"
            )
        village = get(conn, Village, note.village)
        assert village is not None
        taken = {"found_on": note.on.isoformat(), "place": note.place, "detail": note.text,
                 "source": "talk"}  # fmt: skip
        checked = check_dispute({**taken, **data, "village": village.name}, now, desk.today)
        if checked.problems:
            raise checked.problems[0]
        dispute = dispute_of(desk, now, Numbers(desk, conn), village, checked.values)
        held = get(conn, VillageNote, note.id)
        assert held is not None
        write_dispute(desk, tx, dispute, checked.values, note=note.id)
        tx.append([
            change(held, dispute=dispute.id),
            _step(desk, conn, note, "to_dispute", desk.today, {"dispute": dispute.number}),
        ])  # fmt: skip
        return stood(desk, conn, dispute, KINDS | {"dispute"})
