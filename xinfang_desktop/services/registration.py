"""登记: one item, the matter it opens or repeats, and what is owed from this moment."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..domain import four_haves
from ..domain import intake as asking
from ..domain.clocks import Arithmetic, deadline
from ..domain.duties import duties_of
from ..domain.errors import RuleViolation
from ..domain.identity import normalise_phone
from ..domain.intake import IntakeCheck, Warning
from ..domain.matter import MatterFile
from ..domain.names import normalise_name
from ..domain.permissions import sees_sealed
from ..domain.records import Claim, Intake, Matter, Party, Step, Verdict, Village
from ..domain.sealing import TITLE, is_stub
from ..domain.similar import likeness, shared_phrases
from ..domain.states import state_name
from ..store import queries, search
from ..store.changelog import Change, Transaction, change, new, new_id
from ..store.database import Connection
from ..store.files import fetch, load_files, with_bases
from ..store.queries import Owed
from ..store.subjects import Setting
from ..store.tables import TABLES
from . import sealing
from .accounts import find_village
from .desk import Changes, Desk, use_case
from .duty_rows import DutyRow, rows_for, short_number
from .finding import any_matter, check_joinable
from .numbers import Numbers
from .sealing import WISHES
from .shared_feeds import audience, know_village
from .subject_cards import masked_names

CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class Clues:
    """What was typed so far. ``exclude`` are numbers judged different already."""

    name: str = ""
    phone: str = ""
    village: str = ""
    place: str = ""
    text: str = ""
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """An earlier matter that may be the same: why, and what the office still owes there."""

    id: str
    number: str
    short_number: str
    title: str
    received_on: date
    channel_name: str
    masked_name: str
    phone_tail: str
    village: str
    place: str
    state: str
    state_name: str
    owner: str
    reasons: tuple[str, ...]
    open_duty: DutyRow | None


@dataclass(frozen=True, slots=True)
class Registered:
    """What came of a registration. ``intake`` and ``matter`` are ids, ``number`` is the matter's."""

    intake: str
    matter: str
    number: str
    intake_number: str
    query_code: str
    title: str
    duties: tuple[DutyRow, ...]
    similar: tuple[Candidate, ...]
    warnings: tuple[Warning, ...]
    changes: Changes
    as_typed: MatterFile | None = dataclasses.field(default=None, repr=False)
    """Of a sealed matter, for who cannot open it: what was typed just now, for the citizen's
    receipt; it lives as long as this answer."""


@use_case("register_intake")
def check_intake(desk: Desk, data: Mapping[str, Any]) -> IntakeCheck:
    """Everything wrong or doubtful about the input, without writing."""
    checked = asking.read(data, today=desk.today)
    with desk.reading() as conn:
        _, problems, warnings = _resolve(desk, conn, checked)
    return IntakeCheck(
        checked.values,
        checked.haves,
        (*checked.problems, *problems),
        (*checked.warnings, *warnings),
    )


@use_case("register_intake")
def register_intake(desk: Desk, data: Mapping[str, Any], *, draft_key: str = "") -> Registered:
    """Register one item: it opens a matter, or repeats the one that ``matter`` names."""
    checked = asking.read(data, today=desk.today)
    with desk.writing() as tx:
        codes, problems, warnings = _resolve(desk, tx.conn, checked)
        if checked.problems or problems:
            raise (*checked.problems, *problems)[0]
        values = {**checked.values, **codes}
        written = write_intake(desk, tx, values, checked.haves)
        if draft_key:
            queries.drop_draft(tx.conn, desk.account.id, draft_key)
    duty_rows = _duties(desk, written)
    alone = values.get("matter") or written.intake.sealed
    return Registered(
        intake=written.intake.id,
        matter=written.matter.id,
        number=written.matter.number,
        intake_number=written.intake.number,
        query_code=written.matter.query_code,
        title=_title_for(desk, written.matter, values),
        duties=duty_rows,
        similar=() if alone else _similar_to(desk, values, written.matter.number),
        warnings=(*checked.warnings, *warnings),
        changes=Changes(frozenset({"intake", "matter"}), frozenset({written.matter.id})),
        as_typed=written.file if desk.vault is None else None,
    )


def _duties(desk: Desk, written: Written) -> tuple[DutyRow, ...]:
    """What is owed from now on; of a sealed matter only who may open it is told."""
    if written.intake.sealed and desk.vault is not None:
        sealing.take_in(desk)
        desk = desk.vault
    with desk.reading() as conn:
        owed = queries.duties_of(conn, [written.matter.id], unsettled=False)
        return rows_for(desk, conn, owed, desk.today)


def _title_for(desk: Desk, matter: Matter, values: Mapping[str, Any]) -> str:
    """What the clerk may see: a new matter is their own words, an earlier sealed one is not."""
    return TITLE if values.get("matter") and is_stub(matter) else matter.title


@dataclass(frozen=True, slots=True)
class Written:
    intake: Intake
    matter: Matter
    file: MatterFile | None = None  # of a sealed one: all that went into the slot


def _resolve(
    desk: Desk, conn: Connection, checked: IntakeCheck
) -> tuple[dict[str, Any], list[RuleViolation], list[Warning]]:
    """Words to codes, a village to its id, an earlier number to its matter."""
    now = desk.setting(conn)
    values = checked.values
    codes: dict[str, Any] = {}
    problems: list[RuleViolation] = []
    warnings: list[Warning] = []
    try:
        if values.get("channel"):
            codes["channel"] = now.codes["channel"].require(
                values["channel"], label="信访形式", field="channel"
            ).code  # fmt: skip
        if values.get("matter"):
            earlier = any_matter(desk, conn, values["matter"])
            codes["matter"] = earlier.number
            if is_stub(earlier):
                codes["sealed"] = True
            problems += _cannot_repeat(earlier, values)
    except RuleViolation as problem:
        problem.field = problem.field.replace("number", "matter")
        problems.append(problem)
    first_visit = codes.get("channel") == "visit" and not values.get("matter")
    if checked.haves and not first_visit:
        sentence = "不是首次来访，“四有”没有登记；做了什么请在事项里“记一笔”。"
        warnings.append(Warning("haves", sentence))
    for name, label in (("purpose", "目的"), ("source", "来源"), ("category", "内容分类")):
        written = values.get(name)
        if not written:
            continue
        entry = now.codes[name].find(written)
        codes[name] = entry.code if entry else ""
        codes[f"{name}_text"] = written
        if entry is None:
            sentence = f"{label}里没有“{written}”，原样留着，以后再选。"
            warnings.append(Warning(name, sentence))
    if values.get("sealed") and not sees_sealed(desk.roles):
        warnings.append(Warning("sealed", "登记后只有涉密举报件专办员能看到内容。"))
    return codes, problems, warnings


def _cannot_repeat(earlier: Matter, values: Mapping[str, Any]) -> Iterator[RuleViolation]:
    """What cannot be a further contact about ``earlier``."""
    if values.get("sealed") and not earlier.sealed:
        yield RuleViolation(
            "sealed_repeat", "检举控告要单独登记成密件，不能写进原来的事项。",
            mend="请不填原事项编号，另外登记一件。", article="《信访工作条例》第三十条",
            field="matter",
        )  # fmt: skip
    if earlier.state == "T12" or earlier.voided:
        yield RuleViolation(
            "matter_voided", f"{earlier.number} 已经作废，不能在它上面登记。",
            mend="请作新事项登记，或核对编号。", field="matter",
        )  # fmt: skip


def _wishes(earlier: Matter, intake: Intake) -> list[Change]:
    if is_stub(earlier):
        return []  # raised where the content lies
    raised = {n: True for n in WISHES if getattr(intake, n) and not getattr(earlier, n)}
    return [change(earlier, **raised)] if raised else []


def write_intake(
    desk: Desk,
    tx: Transaction,
    values: Mapping[str, Any],
    haves: Mapping[str, Mapping[str, Any]],
) -> Written:
    """Write an item that was checked; part of a use case, which opened the transaction."""
    conn, now = tx.conn, desk.now()
    changes: list[Change] = []
    village = _village_id(desk, conn, values.get("village", ""), changes)
    received = date.fromisoformat(values["received_on"])
    earlier = None
    if values.get("matter"):
        earlier = with_bases(conn, any_matter(desk, conn, values["matter"]))
    feed = earlier.feed if earlier else audience(desk, values)
    numbers = Numbers(desk, conn)
    number = numbers.next(received)
    late = received < desk.today
    parties = list(values.get("parties", ()))
    named = [party for party in parties if party.get("name")]
    anonymous = bool(values.get("anonymous")) or not named
    matter_id = earlier.id if earlier else new_id()
    intake = Intake(
        id=new_id(), feed=feed, number=number, matter=matter_id, channel=values["channel"],
        source=values.get("source", ""), source_ref=values.get("source_ref", ""),
        received_on=received, registered_at=now, registered_by=desk.account.name,
        headcount=values.get("headcount") or max(1, len(parties)), village=village,
        place=values.get("place", ""), summary=values.get("summary", ""),
        materials=values.get("materials", ""), anonymous=anonymous,
        confidential=bool(values.get("confidential")), urgent=bool(values.get("urgent")),
        sealed=bool(values.get("sealed")), large_print=bool(values.get("large_print")),
        may_publish=bool(values.get("may_publish")), first=earlier is None,
        late_entry=late or bool(values.get("late_reason")),
    )  # fmt: skip
    if earlier is None:
        matter = _matter(desk, numbers.query_code(), matter_id, intake, values, parties)
        changes.append(new(matter))
    else:
        matter = earlier
        changes += _wishes(earlier, intake)
    changes.append(new(intake))
    first_no = _claims_so_far(conn, matter_id)
    changes += (
        new(
            Claim(
                id=new_id(), feed=feed, matter=matter_id, no=first_no + no, text=claim["text"],
                facts=claim.get("facts", ""),
            )
        )
        for no, claim in enumerate(_fresh_claims(conn, matter_id, values["claims"]), 1)
    )  # fmt: skip
    changes += (
        new(
            Party(
                id=new_id(), feed=feed, intake=intake.id, matter=matter_id, no=no,
                **{"role": "petitioner", **party},
            )
        )
        for no, party in enumerate(parties, 1)
    )  # fmt: skip
    changes.append(new(_registered(desk, conn, intake, matter, values)))
    if four_haves.owed_for(intake):
        changes += (
            new(have_step(desk, conn, intake, kind, said)) for kind, said in haves.items() if said
        )
    if intake.sealed:
        sealing.drop_changes(desk, tx, matter, intake, changes)
        return Written(intake, matter, sealing.file_of(matter, changes))
    tx.append(changes)
    if feed != desk.feed:
        know_village(tx, village, feed)
    return Written(intake, matter)


_SEALED_ONLY = ("reported", "reprisal")
"""What a registration says inside the sealed store and nowhere else."""


def _registered(
    desk: Desk, conn: Connection, intake: Intake, matter: Matter, values: Mapping[str, Any]
) -> Step:
    data = {"number": intake.number}
    for name in ("late_reason", "report_due", *(_SEALED_ONLY if intake.sealed else ())):
        if values.get(name):
            data[name] = values[name]
    return Step(
        id=new_id(), feed=intake.feed, matter=matter.id, intake=intake.id,
        action="register" if intake.first else "repeat", on=intake.received_on,
        at=desk.moment_for(conn, matter.id),
        by=desk.account.name, to_state=matter.state, from_state=matter.state, data=data,
    )  # fmt: skip


def have_step(
    desk: Desk, conn: Connection, intake: Intake, kind: str, said: Mapping[str, Any]
) -> Step:
    """One piece of evidence for one of the four."""
    on = date.fromisoformat(said["on"]) if said.get("on") else max(intake.received_on, desk.today)
    data = {key: value for key, value in said.items() if key != "on"}
    return Step(
        id=new_id(), feed=intake.feed, matter=intake.matter, intake=intake.id, action="have", on=on,
        at=desk.moment_for(conn, intake.matter), by=said.get("by") or desk.account.name,
        data={"have": kind, **data},
    )  # fmt: skip


def _matter(
    desk: Desk,
    query_code: str,
    id: str,
    intake: Intake,
    values: Mapping[str, Any],
    parties: list[dict[str, Any]],
) -> Matter:
    return Matter(
        id=id, feed=intake.feed, number=intake.number, query_code=query_code,
        title=asking.title_of(values), state="S10", received_on=intake.received_on,
        channel=intake.channel, origin=values.get("origin", "self"),
        report_due=date.fromisoformat(values["report_due"]) if values.get("report_due") else None,
        nature="accusation" if intake.sealed else "",
        purpose=values.get("purpose", ""), category=values.get("category", ""),
        category_text=values.get("category_text", ""), village=intake.village, place=intake.place,
        owner=desk.account.name, unreachable=not any(p.get("name") for p in parties),
        anonymous=intake.anonymous, confidential=intake.confidential, urgent=intake.urgent,
        sealed=intake.sealed, large_print=intake.large_print, late_entry=intake.late_entry,
    )  # fmt: skip


def _claims_so_far(conn: Connection, matter: str) -> int:
    found = fetch(conn, Claim, TABLES["claim"].c.matter == matter)
    return max((claim.no for claim in found), default=0)


def _fresh_claims(
    conn: Connection, matter: str, claims: list[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """A repeat adds only the claims that are not on file yet."""
    known = {claim.text for claim in fetch(conn, Claim, TABLES["claim"].c.matter == matter)}
    return [claim for claim in claims if claim["text"] not in known]


def _village_id(desk: Desk, conn: Connection, written: str, changes: list[Change]) -> str:
    """A village by code or name; one that nobody entered yet is kept by its name."""
    if not written:
        return ""
    try:
        return find_village(conn, written).id
    except RuleViolation:
        village = Village(id=new_id(), feed=desk.feed, name=written.strip())
        changes.append(new(village))
        return village.id


# --- the same matter? --------------------------------------------------------------------------


@use_case("similar_matters")
def similar_matters(desk: Desk, clues: Clues) -> tuple[Candidate, ...]:
    """Earlier matters that may be the same, best first, each with its reasons."""
    name, phone = normalise_name(clues.name), normalise_phone(clues.phone)
    with desk.reading() as conn:
        now = desk.setting(conn)
        village = next((id for id, n in now.villages.items() if n == clues.village), "")
        wanted = queries.matters_of_person(conn, name, phone)
        ids = set(wanted)
        if village:
            ids.update(queries.matters_of_village(conn, village))
        for phrase in _phrases(clues.text):
            hits, _ = search.find(conn, phrase, 40)
            ids.update(hit.id for hit in hits if hit.kind == "matter")
        scored = []
        claims = queries.by_matter(conn, "claim", ids, ("text",))
        for id, row in queries.matters_by_id(conn, ids).items():
            if row["sealed"] or row["number"] in clues.exclude:
                continue
            words = " ".join([row["title"], *(claim["text"] for claim in claims.get(id, ()))])
            alike = likeness(
                same_name="name" in wanted.get(id, ()),
                same_phone="phone" in wanted.get(id, ()),
                same_village=bool(village) and row["village"] == village,
                same_place=bool(clues.place.strip()) and clues.place.strip() == row["place"],
                phrases=shared_phrases(clues.text, words),
            )
            if alike:
                scored.append((alike.weight, row["received_on"], id, alike.reasons))
        scored.sort(reverse=True)
        reasons = {id: why for _, _, id, why in scored[:CANDIDATES]}
        files = {file.matter.id: file for file in load_files(conn, reasons)}
        return _candidates(desk, conn, now, [(files[id], why) for id, why in reasons.items()])


def _phrases(text: str) -> list[str]:
    """A few pieces of the text to look up in the index, spread over it."""
    pieces = [p for p in (text[i : i + 4] for i in range(0, len(text), 4)) if len(p) >= 2]
    return pieces[:: max(1, len(pieces) // 6)][:6]


def _candidates(
    desk: Desk, conn: Connection, now: Setting, best: list[tuple[MatterFile, tuple[str, ...]]]
) -> tuple[Candidate, ...]:
    files = [file for file, _ in best]
    names = masked_names(conn, queries.matters_by_id(conn, [file.matter.id for file in files]))
    waiting = [
        Owed("matter", file.matter.id, duty)
        for file in files
        for duty in duties_of(file, now.book, now.office)
        if duty.state_of(desk.today) in ("open", "overdue")
    ]
    first_due = {owed.about: owed for owed in reversed(waiting)}
    rows = rows_for(desk, conn, first_due.values(), desk.today)
    owed = {row.about: row for row in rows}
    made = []
    for file, reasons in best:
        matter = file.matter
        phone = next((p.phone for p in file.parties if p.phone), "")
        made.append(
            Candidate(
                id=matter.id, number=matter.number, short_number=short_number(matter.number),
                title=matter.title, received_on=matter.received_on,
                channel_name=now.codes["channel"].name_of(matter.channel),
                masked_name=names.get(matter.id, ""),
                phone_tail="" if matter.confidential else phone[-4:],
                village=now.villages.get(matter.village, ""), place=matter.place,
                state=matter.state, state_name=state_name(matter.state), owner=matter.owner,
                reasons=reasons, open_duty=owed.get(matter.id),
            )
        )  # fmt: skip
    return tuple(made)


def _similar_to(desk: Desk, values: Mapping[str, Any], number: str) -> tuple[Candidate, ...]:
    party: Mapping[str, Any] = next(iter(values.get("parties", ())), {})
    clues = Clues(
        name=party.get("name", ""), phone=party.get("phone", ""), village=values.get("village", ""),
        place=values.get("place", ""), text=" ".join(c["text"] for c in values["claims"]),
        exclude=(number,),
    )  # fmt: skip
    return similar_matters(desk, clues)


@use_case("judge_similar")
def judge_similar(desk: Desk, left: str, right: str, judged: str) -> Changes:
    """Write down a person's judgement of two matters; ``undone`` takes it back."""
    if judged not in ("same", "related", "different", "undone"):
        raise RuleViolation(
            "unknown_verdict", "只能判为同一事项、关联、不同，或撤销。", mend="请重新选择。"
        )
    table = TABLES["verdict"]
    with desk.writing() as tx:
        both = [any_matter(desk, tx.conn, number) for number in (left, right)]
        for matter in both:
            check_joinable(desk, matter)
        pair = sorted(matter.id for matter in both)
        if pair[0] == pair[1]:
            raise RuleViolation(
                "same_matter", "两个编号是同一件事项。", mend="请核对编号。", field="right"
            )
        found = fetch(tx.conn, Verdict, table.c.left == pair[0], table.c.right == pair[1])
        said: dict[str, Any] = {"judged": judged, "by": desk.account.name, "at": desk.now()}
        if found:
            tx.append([change(with_bases(tx.conn, found[0]), **said)])
        else:
            tx.append(
                [new(Verdict(id=new_id(), feed=desk.feed, left=pair[0], right=pair[1], **said))]
            )
    return Changes(frozenset({"verdict"}), frozenset(pair))


# --- what the bottom bar shows, and files ------------------------------------------------------


@use_case("register_intake")
def promised_notice(desk: Desk, received_on: date) -> Arithmetic:
    """The day by which a written notice will be owed for an item received on ``received_on``."""
    with desk.reading() as conn:
        book = desk.setting(conn).book
    return deadline(book.rules["notice"], received_on, book.calendar)
