"""The conflict inbox (冲突): both values with who, where, when; a person picks; it can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from ..domain.errors import RuleViolation
from ..domain.field_words import AFTER_VOID, SAME_NUMBER, field_name, kind_name
from ..domain.kinds import KINDS
from ..domain.permissions import ADMIN, OFFICER
from ..domain.records import FormerNumber, Json, Record
from ..journal.ops import FieldWrite, ResolveOp, VoidOp
from ..store import disputed
from ..store.changelog import Change, Transaction, change, new, new_id
from ..store.database import Connection
from ..store.derived import touched
from ..store.disputed import Open, Settled, Written
from ..store.files import get
from ..store.subjects import Setting
from .desk import Changes, Desk, use_case
from .directory import Directory
from .numbers import Numbers
from .subject_cards import CARDS, Card, readable
from .value_words import words

FIELD, VOIDED, NUMBER = "field", "after_void", "same_number"

OTHER: Final = "other"
"""Pick: neither value, but one that the person writes."""


@dataclass(frozen=True, slots=True)
class ConflictValue:
    """One side: ``pick`` chooses it; ``saw`` is what its author had on the screen."""

    pick: str
    value: Json
    words: str
    by: str
    site: str
    site_name: str
    at: datetime | None
    saw: str


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """Something to decide. ``sort`` is field, after_void or same_number."""

    id: str
    sort: str
    kind: str
    kind_name: str
    field: str
    label: str
    record: str
    about: str
    about_kind: str
    number: str
    title: str
    village: str
    sentence: str
    values: tuple[ConflictValue, ...]


@dataclass(frozen=True, slots=True)
class SettledRow:
    """A decision made here, which ``undo_decision`` takes back."""

    id: str
    at: datetime
    by: str
    number: str
    title: str
    label: str
    picked: str
    others: tuple[str, ...]


def token(kind: str, id: str, field: str) -> str:
    """The short name of a conflict, the same on every site."""
    return sha256(f"{kind} {id} {field}".encode()).hexdigest()[:12]


@use_case("read_conflicts")
def conflict_list(desk: Desk) -> tuple[ConflictRow, ...]:
    """What has to be decided and this account may see."""
    with desk.reading() as conn:
        return tuple(_rows(desk, conn))


def _rows(desk: Desk, conn: Connection) -> Iterator[ConflictRow]:
    now, known = desk.setting(conn), Directory.read(conn)
    names = {site: peer.name for site, peer in known.peers.items()}
    names[known.site.id] = "本机"
    told: set[str] = set()
    for each in disputed.open_ones(conn):
        kind, card = _card(desk, conn, now, each)
        if card is None:
            continue
        row = _row(conn, now, names, each, kind, card)
        if row.id not in told:
            told.add(row.id)
            yield row


def _card(desk: Desk, conn: Connection, now: Setting, each: Open) -> tuple[str, Card | None]:
    """The matter, dispute … it is about; None where the account may not see it."""
    if not each.about:
        may = desk.village is None and not desk.roles.isdisjoint({ADMIN, OFFICER})
        blank = Card("", _record_name(conn, each), "", "", desk.today)
        return "", blank if may else None
    for kind in readable(desk):
        card = CARDS[kind](desk, conn, now, [each.about]).get(each.about)
        if card is not None:
            return kind, None if card.hidden else card
    return "", None


def _record_name(conn: Connection, each: Open) -> str:
    record = get(conn, KINDS[each.kind], each.id)
    return str(getattr(record, "name", "")) or kind_name(each.kind)


def _row(
    conn: Connection, now: Setting, names: dict[str, str], each: Open, about_kind: str, card: Card
) -> ConflictRow:
    if each.field == AFTER_VOID:
        sort, label, values = VOIDED, "作废后仍有修改", _void_values(conn, now, names, each)
        sentence = "一边作废了它，另一边没有看到作废，又改了它。两边都留着。"
    elif each.field.startswith(SAME_NUMBER):
        name = each.field.removeprefix(SAME_NUMBER)
        sort, label, values = NUMBER, "编号重复", _number_values(conn, each, name)
        sentence = "两件登记用了同一个编号。选一件保留，另一件换新号，原来的号记为曾用编号。"
        each = each._replace(id=min(value.value for value in values))
    else:
        sort, label = FIELD, field_name(each.kind, each.field)
        values = tuple(
            _value(conn, now, names, each, n, w)
            for n, w in enumerate(disputed.writes(conn, each.kind, each.id, each.field), 1)
        )
        sentence = "两边在互相没看到对方修改时，各自改了这一栏。"
    return ConflictRow(
        id=token(each.kind, each.id, each.field), sort=sort, kind=each.kind,
        kind_name=kind_name(each.kind), field=each.field, label=label, record=each.id,
        about=each.about, about_kind=about_kind, number=card.number, title=card.title,
        village=card.village, sentence=sentence, values=values,
    )  # fmt: skip


def _value(
    conn: Connection, now: Setting, names: dict[str, str], each: Open, n: int, w: Written
) -> ConflictValue:
    saw = "、".join(dict.fromkeys(words(conn, now, each.kind, each.field, v) for v in w.saw))
    return ConflictValue(
        str(n), w.value, words(conn, now, each.kind, each.field, w.value), w.by, w.site,
        names.get(w.site, w.site[:8]), w.at, saw,
    )  # fmt: skip


def _void_values(
    conn: Connection, now: Setting, names: dict[str, str], each: Open
) -> tuple[ConflictValue, ...]:
    voids = disputed.voidings(conn, each.kind, each.id)
    said = [
        ConflictValue(
            "1", None, f"作废：{v.value}", v.by, v.site, names.get(v.site, v.site[:8]), v.at, ""
        )
        for v in voids[:1]
    ]
    heads = disputed.heads_of(conn, each.kind, each.id)
    for field in heads.written_after_void():
        for w in disputed.writes(conn, each.kind, each.id, field):
            text = (
                f"{field_name(each.kind, field)}改为{words(conn, now, each.kind, field, w.value)}"
            )
            site = names.get(w.site, w.site[:8])
            said.append(ConflictValue("", w.value, text, w.by, w.site, site, w.at, ""))
    return tuple(said)


def _number_values(conn: Connection, each: Open, name: str) -> tuple[ConflictValue, ...]:
    number = getattr(get(conn, KINDS[each.kind], each.id), name)
    found = []
    for n, id in enumerate(disputed.sharing(conn, each.kind, name, number), 1):
        record: Any = get(conn, KINDS[each.kind], id)
        title = getattr(record, "title", "") or getattr(record, "summary", "")
        found.append(ConflictValue(str(n), id, f"{number} {title}", "", "", "", None, ""))
    return tuple(found)


# --- deciding ----------------------------------------------------------------------------------


@use_case("settle_conflicts")
def resolve_conflict(desk: Desk, id: str, pick: str, value: Json = None) -> Changes:
    """Decide: ``pick`` names a side, or is ``OTHER`` with a value of one's own.

    Every write that was shown is a base of the decision; one that arrives later stays open.
    """
    with desk.writing() as tx:
        row = _find(desk, tx.conn, id)
        chosen = next((v for v in row.values if v.pick and v.pick == pick), None)
        if chosen is None and not (pick == OTHER and row.sort == FIELD):
            offered = "、".join(v.pick for v in row.values if v.pick)
            raise RuleViolation(
                "unknown_pick", f"没有“{pick}”这个选择。", mend=f"可以选：{offered}。", field="pick"
            )
        _SORTS[row.sort](desk, tx, row, chosen.value if chosen else _own(row, value))
        said = chosen.words if chosen else str(value)
        body = {
            "kind": row.kind, "record": row.record, "field": row.field, "number": row.number,
            "title": row.title, "label": row.label, "sort": row.sort,
            "values": [{"value": v.value, "words": v.words} for v in row.values],
        }  # fmt: skip
        at = desk.now().isoformat()
        disputed.note_settled(tx.conn, Settled(row.id, at, desk.account.name, said, body))
    return Changes(frozenset({row.kind}), frozenset({row.record}))


def _own(row: ConflictRow, value: Json) -> Json:
    """A value of one's own must be of the type that both sides wrote."""
    kinds = {type(v.value) for v in row.values if v.value is not None}
    if type(value) not in kinds:
        raise RuleViolation(
            "bad_value",
            "另写的内容与这一栏的类型不符。",
            mend="请照两边的写法填写。",
            field="value",
        )
    return value


def _find(desk: Desk, conn: Connection, id: str) -> ConflictRow:
    for row in _rows(desk, conn):
        if row.id == id or (len(id) >= 4 and row.id.startswith(id)):
            return row
    raise RuleViolation(
        "no_conflict", "没有这处冲突，可能已经判断过了。", mend="请刷新冲突列表后再看。", field="id"
    )


def _decide_field(desk: Desk, tx: Transaction, row: ConflictRow, value: Json) -> None:
    heads = disputed.heads_of(tx.conn, row.kind, row.record).of(row.field).heads
    bases = tuple(head.stamp for head in heads)
    feed = disputed.feed_of(tx.conn, row.kind, row.record)
    write = {row.field: FieldWrite(value, bases)}
    tx.append([Change(feed, ResolveOp(row.kind, row.record, write))])


def _decide_void(desk: Desk, tx: Transaction, row: ConflictRow, value: Json) -> None:
    """It stays voided, by somebody who has seen the change."""
    heads = disputed.heads_of(tx.conn, row.kind, row.record)
    feed = disputed.feed_of(tx.conn, row.kind, row.record)
    reason = row.values[0].words.removeprefix("作废：") if row.values else ""
    tx.append([Change(feed, VoidOp(row.kind, row.record, reason, heads.stamps()))])


_SERIES: Final = {"matter": "XF", "intake": "XF", "dispute": "JF", "mediation": "TJ",
                  "work_item": "GZ"}  # fmt: skip


def _decide_number(desk: Desk, tx: Transaction, row: ConflictRow, keeps: Json) -> None:
    """One keeps the number; the others get new ones and remember the old."""
    name = row.field.removeprefix(SAME_NUMBER)
    numbers = Numbers(desk, tx.conn)
    for side in row.values:
        if side.value == keeps:
            continue
        record: Any = get(tx.conn, KINDS[row.kind], side.value)
        old = str(getattr(record, name))
        fresh = (
            numbers.file_no(desk.today.year, _mark(old))
            if name == "file_no"
            else numbers.next(desk.today, _SERIES[row.kind])
        )
        tx.append([change(record, **{name: fresh}), new(_former(desk, row.kind, record, old))])


def _mark(file_no: str) -> str:
    return file_no.partition("）")[2].partition("字第")[0]


def _former(desk: Desk, kind: str, record: Record, number: str) -> FormerNumber:
    return FormerNumber(
        id=new_id(), feed=record.feed, of_kind=kind, of=record.id, number=number, at=desk.now(),
        by=desk.account.name,
    )  # fmt: skip


_SORTS: Final = {FIELD: _decide_field, VOIDED: _decide_void, NUMBER: _decide_number}


# --- taking a decision back ----------------------------------------------------------------------


@use_case("read_conflicts")
def settled_list(desk: Desk, limit: int = 50) -> tuple[SettledRow, ...]:
    """What was decided here, the newest first."""
    with desk.reading() as conn:
        visible = [s for s in disputed.settled(conn, limit) if _may_see(desk, conn, s)]
    return tuple(_settled_row(each) for each in visible)


def _may_see(desk: Desk, conn: Connection, settled: Settled) -> bool:
    each = Open(settled.body["kind"], settled.body["record"], settled.body["field"], "")
    about = next(iter(_about(conn, each)), "")
    return _card(desk, conn, desk.setting(conn), each._replace(about=about))[1] is not None


def _about(conn: Connection, each: Open) -> Iterable[str]:
    return sorted(touched(conn, [(each.kind, each.id, {})]))


def _settled_row(settled: Settled) -> SettledRow:
    body = settled.body
    others = tuple(v["words"] for v in body["values"] if v["words"] != settled.picked)
    return SettledRow(
        settled.token, datetime.fromisoformat(settled.at), settled.by, body["number"],
        body["title"], body["label"], settled.picked, others,
    )  # fmt: skip


@use_case("settle_conflicts")
def undo_decision(desk: Desk, id: str, other: int = 0) -> Changes:
    """Take the last decision of a field back: write the value that was not picked.

    ``other`` says which of them, counted from 0 among ``SettledRow.others``.
    """
    with desk.writing() as tx:
        found = [s for s in disputed.settled(tx.conn, 1000) if s.token == id]
        if not found or found[0].body["sort"] != FIELD or not _may_see(desk, tx.conn, found[0]):
            raise RuleViolation(
                "no_decision", "这项判断不能撤回。", mend="编号和作废的判断请在那一件的页面上处理。"
            )
        last = found[0]
        body = last.body
        rest = [v for v in body["values"] if v["words"] != last.picked]
        if other >= len(rest):
            raise RuleViolation("no_decision", "没有别的值可换回。", mend="请刷新后再看。")
        heads = disputed.heads_of(tx.conn, body["kind"], body["record"]).of(body["field"]).heads
        write = FieldWrite(rest[other]["value"], tuple(head.stamp for head in heads))
        feed = disputed.feed_of(tx.conn, body["kind"], body["record"])
        op = ResolveOp(body["kind"], body["record"], {body["field"]: write})
        tx.append([Change(feed, op)])
        at, picked = desk.now().isoformat(), rest[other]["words"]
        again = replace(last, at=at, by=desk.account.name, picked=picked)
        disputed.note_settled(tx.conn, again)
    return Changes(frozenset({body["kind"]}), frozenset({body["record"]}))
