"""办理: lists of matters, the page of one, and its lawful steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ..domain import permissions, workflow
from ..domain.clocks import deadline
from ..domain.duties import duties_of
from ..domain.duty import Duty
from ..domain.errors import RuleViolation
from ..domain.history import served_on
from ..domain.matter import MatterFile, Surroundings
from ..domain.records import Claim, Matter, Step
from ..domain.states import state_name
from ..domain.workflow import Offer
from ..store import conflicts, queries, search
from ..store.changelog import Change, Transaction, change, new, new_id
from ..store.database import Connection
from ..store.files import load_file, matter_by_number, with_bases
from ..store.subjects import Setting
from . import sealing
from .accounts import find_village
from .desk import Changes, Desk, use_case
from .duty_rows import DutyRow, rows_for, short_number
from .finding import check_handler, check_unsealed, find_matter
from .matter_page import page_of, parties_of
from .numbers import Numbers
from .reported_people import hidden_from
from .shared_feeds import forwarded
from .subject_cards import masked_names
from .views import MatterPage, MatterRow, MatterView, PartyView


@dataclass(frozen=True, slots=True)
class MatterQuery:
    """What the list is narrowed to. ``text`` is searched as in the search box.

    ``village`` is a name or code, ``channel`` a code or its Chinese name.
    """

    state: str = ""
    text: str = ""
    village: str = ""
    channel: str = ""
    owner: str = ""
    open_only: bool = False
    year: int | None = None
    limit: int | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class StepTaken:
    """Where the matter stands after a step; ``made`` are the numbers of matters split off."""

    number: str
    state: str
    state_name: str
    duties: tuple[DutyRow, ...]
    changes: Changes
    made: tuple[str, ...] = ()


@use_case("read_matters")
def matter_list(desk: Desk, asked: MatterQuery) -> MatterPage:
    """Matters, newest first, with the next thing owed for each."""
    with desk.reading() as conn:
        now = desk.setting(conn)
        ids = None
        if asked.text.strip():
            hits, _ = search.find(conn, asked.text, 1000, kinds=("matter",))
            ids = tuple(hit.id for hit in hits)
            desk.look("search", text_length=len(asked.text))
        channel = now.codes["channel"]
        wanted = queries.MatterFilter(
            state=asked.state,
            village=find_village(conn, asked.village).id if asked.village else "",
            channel=channel.require(asked.channel, label="信访形式", field="channel").code
            if asked.channel else "",
            owner=asked.owner,
            open_only=asked.open_only, ids=ids,
            first_day=f"{asked.year}-01-01" if asked.year else "",
            last_day=f"{asked.year}-12-31" if asked.year else "",
        )  # fmt: skip
        found, total = queries.matters(conn, wanted, asked.limit, asked.offset)
        rows = _rows(desk, conn, now, found)
    return MatterPage(_opened(desk, rows), total)


def _opened(desk: Desk, rows: tuple[MatterRow, ...]) -> tuple[MatterRow, ...]:
    """The stubs of sealed matters, as who may open them sees them."""
    stubs = [row.id for row in rows if row.sealed]
    if not stubs or desk.vault is None:
        return rows
    vault = desk.vault
    with vault.reading() as conn:
        hidden = hidden_from(vault, conn)
        wanted = queries.MatterFilter(ids=tuple(id for id in stubs if id not in hidden))
        found, _ = queries.matters(conn, wanted)
        shown = {row.id: row for row in _rows(vault, conn, vault.setting(conn), found)}
    return tuple(shown.get(row.id, row) for row in rows)


def _rows(
    desk: Desk, conn: Connection, now: Setting, found: list[Mapping[str, Any]]
) -> tuple[MatterRow, ...]:
    subjects = {row["id"]: row for row in found}
    names = masked_names(conn, subjects)
    intakes = queries.by_matter(conn, "intake", subjects, ("headcount",))
    claims = queries.by_matter(conn, "claim", subjects, ("no",))
    owed: dict[str, DutyRow] = {}
    for row in rows_for(desk, conn, queries.duties_of(conn, subjects), desk.today):
        if row.state in ("open", "overdue"):
            owed.setdefault(row.about, row)
    hidden = not permissions.sees_sealed(desk.roles)
    open_ones = conflicts.about(conn, subjects)
    return tuple(
        _matter_row(
            row, names, intakes, claims, owed.get(row["id"]), now, hidden,
            open_ones.get(row["id"], 0),
        )
        for row in found
    )  # fmt: skip


def _matter_row(
    row: Mapping[str, Any],
    names: Mapping[str, str],
    intakes: Mapping[str, list[Mapping[str, Any]]],
    claims: Mapping[str, list[Mapping[str, Any]]],
    owed: DutyRow | None,
    now: Setting,
    hide_sealed: bool,
    open_conflicts: int,
) -> MatterRow:
    sealed = bool(row["sealed"])
    hide = sealed and hide_sealed
    category = now.codes["category"]
    return MatterRow(
        id=row["id"], number=row["number"], short_number=short_number(row["number"]),
        title="密件" if hide else row["title"], state=row["state"],
        state_name=state_name(row["state"]),
        received_on=date.fromisoformat(row["received_on"]), channel=row["channel"],
        channel_name=now.codes["channel"].name_of(row["channel"]),
        masked_name=names.get(row["id"], ""),
        village="" if hide else now.villages.get(row["village"], ""), owner=row["owner"],
        headcount=sum(i["headcount"] for i in intakes.get(row["id"], ())),
        claims=len(claims.get(row["id"], ())), contacts=len(intakes.get(row["id"], ())),
        due=owed.due if owed else None, due_state=owed.urgency if owed else "",
        due_kind=owed.kind if owed else "", due_words=owed.words if owed else "",
        late_entry=bool(row["late_entry"]), confidential=bool(row["confidential"]), sealed=sealed,
        category_name="" if hide else category.full_name(row["category"]) or row["category_text"],
        conflicts=0 if hide else open_conflicts,
    )  # fmt: skip


@use_case("read_matters")
def matter_view(desk: Desk, number: str) -> MatterView:
    """The page of one matter; the look is logged."""
    with desk.reading() as conn:
        matter = find_matter(desk, conn, number, stub=True)
        file = _file(conn, matter)
        rows = rows_for(
            desk, conn, queries.duties_of(conn, [matter.id], unsettled=False), desk.today
        )
        offers = workflow.offers(file, surroundings(desk, conn, file))
        view = page_of(desk, conn, file, rows, offers)
    desk.look("read", matter.id)
    return view


def _file(conn: Connection, matter: Matter) -> MatterFile:
    file = load_file(conn, matter.id)
    assert file is not None
    return replace(file, matter=matter)


def surroundings(
    desk: Desk, conn: Connection, file: MatterFile, data: Mapping[str, Any] | None = None
) -> Surroundings:
    """What a decision looks at: people, due dates now running, matters that the data names."""
    now = desk.setting(conn)
    owed = _running(duties_of(file, now.book, now.office))
    others = {}
    named = (data or {}).get("into")
    if isinstance(named, str):
        other = matter_by_number(conn, named, prefix=f"{desk.office.code}-XF-")
        if other:
            others[named.strip()] = other.state
            others[other.number] = other.state
    return replace(
        desk.surroundings(conn),
        notice_due=_due(owed.get("notice")), object_due=_due(owed.get("object")),
        answer_due=_due(owed.get("answer") or owed.get("simple_answer")),
        review_due=review_until(file, now), others=others,
    )  # fmt: skip


def _running(duties: Iterable[Duty]) -> dict[str, Duty]:
    """One duty of each kind: the one that is owed now, else the one begun last."""
    by_age = sorted(duties, key=lambda duty: (duty.done_on is None, duty.started_on))
    return {duty.kind: duty for duty in by_age}


def _due(duty: Duty | None) -> date | None:
    return duty.due if duty and not duty.settled else None


def review_until(file: MatterFile, now: Setting) -> date | None:
    """Until when the petitioner may ask for a review: a right, so the later date (art. 35)."""
    served = served_on(file)
    if served is None:
        return None
    return deadline(now.book.rules["review_request"], served, now.book.calendar).due


@use_case("read_matters")
def offers(desk: Desk, number: str) -> tuple[Offer, ...]:
    """Which steps are lawful now, and why the others are not."""
    with desk.reading() as conn:
        file = _file(conn, find_matter(desk, conn, number))
        return workflow.offers(file, surroundings(desk, conn, file))


@use_case("take_step")
def step_problems(
    desk: Desk, number: str, action: str, data: Mapping[str, Any]
) -> tuple[RuleViolation, ...]:
    """Everything wrong with a step as filled in, each with its field."""
    with desk.reading() as conn:
        file = _file(conn, find_matter(desk, conn, number))
        return workflow.problems(file, action, data, surroundings(desk, conn, file, data))


@use_case("take_step")
def take_step(desk: Desk, number: str, action: str, data: Mapping[str, Any]) -> StepTaken:
    """One lawful step, written with its evidence; refused with its article otherwise."""
    with desk.writing() as tx:
        conn = tx.conn
        matter = find_matter(desk, conn, number)
        file = _file(conn, matter)
        decision = workflow.decide(file, action, data, surroundings(desk, conn, file, data))
        step = Step(
            id=new_id(), feed=matter.feed, matter=matter.id, action=action, on=decision.on,
            at=desk.moment_for(conn, matter.id), by=desk.account.name,
            from_state=decision.from_state,
            to_state=decision.to_state, data=dict(decision.data),
        )  # fmt: skip
        changes = [new(step)]
        if decision.changes:
            changes.append(change(matter, **decision.changes))
        made: list[Matter] = []
        if action == "redate":
            changes += _redated(conn, file, decision.changes["received_on"])
        if action == "split":
            made = _split(desk, tx, file, decision.data["claims"], changes)
        tx.append(changes)
        handed = forwarded(desk, tx, matter, decision.data) if action == "forward" else ""
        moved = desk.outer is None and bool(decision.changes.get("sealed"))
        if moved:
            sealing.sweep(desk, tx)
        rows = rows_for(
            desk, conn, queries.duties_of(conn, [matter.id], unsettled=False), desk.today
        )
    if moved and desk.vault is not None:
        sealing.take_in(desk)
    return StepTaken(
        number=matter.number, state=handed or decision.to_state,
        state_name=state_name(handed or decision.to_state),
        duties=rows, changes=Changes(frozenset({"matter", "step"}), frozenset({matter.id})),
        made=tuple(m.number for m in made),
    )  # fmt: skip


def _redated(conn: Connection, file: MatterFile, received: date) -> list[Change]:
    """The item that opened the matter bears the same date."""
    first = file.first_intake
    return [change(with_bases(conn, first), received_on=received)] if first else []


def _split(
    desk: Desk,
    tx: Transaction,
    file: MatterFile,
    numbers: list[Any],
    changes: list[Change],
) -> list[Matter]:
    """分案: the named claims become a matter of their own, received on the same day.

    What was done before was done for both, so the new matter's course repeats it: its clocks have
    run as long, and nobody is asked to hear the petitioner twice.
    """
    chosen = {str(no) for no in numbers}
    moving = [claim for claim in file.claims if str(claim.no) in chosen]
    old = file.matter
    issued = Numbers(desk, tx.conn)
    matter = replace(
        old, id=new_id(), number=issued.next(old.received_on), query_code=issued.query_code(),
        title=moving[0].text[:40], bases={},
    )  # fmt: skip
    changes.append(new(matter))
    for no, claim in enumerate(moving, 1):
        kept: Claim = with_bases(tx.conn, claim)
        changes.append(change(kept, matter=matter.id, no=no))
    for party in file.parties:
        changes.append(new(replace(party, id=new_id(), matter=matter.id, bases={})))
    changes.append(
        new(
            Step(
                id=new_id(), feed=old.feed, matter=matter.id, action="register", on=old.received_on,
                at=desk.now(), by=desk.account.name, from_state=old.state, to_state=old.state,
                data={"split_from": old.number, "number": matter.number},
            )
        )
    )  # fmt: skip
    changes += (
        new(replace(step, id=new_id(), matter=matter.id))
        for step in file.all(*_SHARED_COURSE)
    )  # fmt: skip
    return [matter]


_SHARED_COURSE = (
    "claim", "sort", "supplement", "supplied", "forward", "return", "object", "objection_refused",
    "accept", "simple", "convert", "start", "note", "hearing", "mediate", "extend", "notify",
)  # fmt: skip


@use_case("reveal_names")
def reveal_names(desk: Desk, number: str, reason: str) -> tuple[PartyView, ...]:
    """Names and numbers in full, for a reason that is logged."""
    if not reason.strip():
        raise RuleViolation(
            "reason_missing", "还没有写为什么要看完整的姓名和号码。", mend="写一句原因，会留下记录。",
            field="reason",
        )  # fmt: skip
    with desk.reading() as conn:
        matter = find_matter(desk, conn, number)
        file = _file(conn, matter)
    check_unsealed(desk, matter)
    check_handler(desk, matter)
    desk.look("reveal", matter.id, reason=reason.strip())
    return parties_of(file, masked=False)
