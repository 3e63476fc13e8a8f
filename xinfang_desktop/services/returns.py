"""报送排查情况: what a village files for a round, disputes found or a zero return, and the sheet for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ..domain import screening
from ..domain.case_records import Dispute, ScreeningReturn
from ..domain.cases import DisputeFile
from ..domain.dispute_course import DISPUTES
from ..domain.dispute_states import HANDED_OVER, UNSETTLED
from ..domain.errors import RuleViolation
from ..domain.fields import Field
from ..domain.inputs import read_fields
from ..domain.periods import parse_period
from ..domain.records import Village
from ..domain.screening import Answered, RoundKey
from ..store.case_files import load_disputes
from ..store.changelog import Transaction, new, new_id
from ..store.database import Connection
from ..store.files import fetch, with_bases
from ..store.subjects import Setting
from ..store.tables import TABLES
from .desk import Changes, Desk, use_case
from .dispute_views import DisputeRow, row_of
from .dispute_work import Checked, check_dispute, dispute_of, feed_of, taken, write_dispute
from .disputes import find_dispute
from .numbers import Numbers
from .round_duties import calls_answered, village_or_own
from .rounds import calls_of, key_for, round_words

PROGRESS = Field(
    "progress", "上期未了的纠纷", "rows", help="每件写一句进展；没有变化的不用填。",
    columns=(
        Field("number", "纠纷编号", required=True, max_length=60),
        Field("text", "最新进展", "long", max_length=2000),
        Field("settled", "已化解", "bool"),
        Field("method", "化解方式", "choice", choices="resolution", max_length=40),
    ),
)  # fmt: skip

RETURN: tuple[Field, ...] = (
    Field("zero", "零报告", "bool", help="本期没有新发现的纠纷，也没有要说的进展。"),
    PROGRESS,
    Field("period", "期间", max_length=20, help="不填就是正在等报的那一期。", sample="2026-09"),
    Field("kind", "排查种类", max_length=20, help="不填就按期间。"),
    Field("theme", "专项主题", max_length=40),
    Field("filed_on", "报送日期", "date", help="代为填报时写收到的那一天；不填就是今天。"),
    Field("reporter", "报送人", max_length=40, help="代为填报时写是谁报的。"),
    Field("note", "备注", "long", max_length=1000, help="写事，不写人的情绪和行踪。"),
)  # fmt: skip
"""What a return says besides ``disputes``, whose rows are those of a dispute's registration."""


@dataclass(frozen=True, slots=True)
class ReturnFiled:
    """The receipt: which round, when, late or not, which disputes were registered."""

    village: str
    key: RoundKey
    words: str
    zero: bool
    filed_on: date
    due: date
    late_days: int
    numbers: tuple[str, ...]
    warnings: tuple[str, ...]
    sentence: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class RoundChoice:
    """A round that may be answered: in words, until when, and whether it was."""

    key: RoundKey
    words: str
    due: date
    state: str


@dataclass(frozen=True, slots=True)
class ReturnSheet:
    """All that a liaison needs in front of it to answer one round."""

    village: str
    village_code: str
    key: RoundKey
    words: str
    due: date
    state: str
    filed_on: date | None
    found: int
    zero: bool
    carried: tuple[DisputeRow, ...]
    last_time: str  # 上一期 8月：9月2日报，1 件，迟报 2 天
    rounds: tuple[RoundChoice, ...]


@dataclass(frozen=True, slots=True)
class _Return:
    """A return as typed, read and checked against its round."""

    village: Village
    before: Answered
    values: Mapping[str, Any]
    disputes: tuple[Checked, ...]
    filed_on: date
    problems: tuple[RuleViolation, ...]


@use_case("read_screening")
def return_sheet(desk: Desk, village: str = "", key: RoundKey | None = None) -> ReturnSheet:
    """The sheet of one village for one round; left out, one's own and the one that waits."""
    today = desk.today
    with desk.reading() as conn:
        now = desk.setting(conn)
        found = village_or_own(desk, conn, village)
        own = _of_village(desk, conn, now, found, today)
        key = key or screening.round_to_answer(own, today)
        before = answer_of(desk, conn, now, found, key)
        carried = carried_of(desk, conn, now, found, before)
        rounds = tuple(
            RoundChoice(each.call.key, round_words(now, each.call.key), each.call.due,
                        each.state(today))
            for each in own
            if not each.filed or each.call.key == key
        )  # fmt: skip
        words = round_words(now, key)
    return ReturnSheet(
        village=found.name, village_code=found.code, key=key, words=words, due=before.call.due,
        state=before.state(today), filed_on=before.filed_on, found=before.found, zero=before.zero,
        carried=carried, last_time=_last_time(own, key), rounds=rounds,
    )  # fmt: skip


def _of_village(
    desk: Desk, conn: Connection, now: Setting, village: Village, today: date
) -> list[Answered]:
    """The rounds this village was asked for up to now, newest first."""
    found = [
        each for each in calls_answered(desk, conn, now, today) if each.call.village == village.id
    ]
    return sorted(found, key=lambda each: (each.call.due, each.call.key), reverse=True)


def answer_of(
    desk: Desk, conn: Connection, now: Setting, village: Village, key: RoundKey
) -> Answered:
    """What a village was asked in a round and filed for it."""
    for each in calls_of(desk, conn, now, key):
        if each.call.village == village.id:
            return each
    raise RuleViolation(
        "village_not_asked", f"{round_words(now, key)}没有要{village.name}报。",
        mend="请核对期间，或由乡镇给这个村另开一轮。", field="period",
    )  # fmt: skip


def carried_of(
    desk: Desk, conn: Connection, now: Setting, village: Village, before: Answered
) -> tuple[DisputeRow, ...]:
    """Disputes of this village found earlier and not settled yet, oldest first."""
    table = TABLES["dispute"]
    last = parse_period(before.call.key.period).last.isoformat()
    mine = {id for each in before.returns for id in each.disputes}
    found = fetch(
        conn, Dispute, table.c.village == village.id, table.c.found_on <= last,
        table.c.state.in_((*UNSETTLED, *HANDED_OVER)), order=(table.c.found_on, table.c.number),
    )  # fmt: skip
    files = {f.id: f for f in load_disputes(conn, [d.id for d in found if d.id not in mine])}
    return tuple(row_of(files[d.id], None, "", "", now, desk.today) for d in found if d.id in files)


def _last_time(own: list[Answered], key: RoundKey) -> str:
    first = parse_period(key.period).first
    earlier = [
        each
        for each in own
        if each.call.key.series == key.series and parse_period(each.call.key.period).first < first
    ]
    if not earlier:
        return ""
    last = earlier[0]
    words = parse_period(last.call.key.period).words
    if last.filed_on is None:
        return f"上一期（{words}）还没有报。"
    said = "零报告" if last.zero else f"{last.found} 件"
    late = f"，迟报 {last.late_days} 天" if last.late_days else ""
    day = last.filed_on
    return f"上一期（{words}）{day.month}月{day.day}日报：{said}{late}。"


# --- filing ------------------------------------------------------------------------------------


@use_case("file_return")
def return_problems(desk: Desk, village: str, data: Mapping[str, Any]) -> tuple[RuleViolation, ...]:
    """Everything wrong with a return as filled in, each with its field (``disputes.2.summary``)."""
    with desk.reading() as conn:
        return _read(desk, conn, desk.setting(conn), village, data).problems


@use_case("file_return")
def file_return(desk: Desk, village: str, data: Mapping[str, Any]) -> ReturnFiled:
    """File a return: its disputes, its progress and the act itself, all or nothing."""
    with desk.writing() as tx:
        now = desk.setting(tx.conn)
        asked = _read(desk, tx.conn, now, village, data)
        if asked.problems:
            raise asked.problems[0]
        numbers, id = Numbers(desk, tx.conn), new_id()
        disputes = [
            replace(dispute_of(desk, now, numbers, asked.village, each.values), filed_in=id)
            for each in asked.disputes
        ]
        looked_after = _progress(desk, tx, asked)
        record = _record(desk, asked, id, disputes, looked_after)
        for dispute, each in zip(disputes, asked.disputes, strict=True):
            write_dispute(desk, tx, dispute, each.values)
        tx.append([new(record)])
    return _receipt(now, asked, disputes, record)


def _read(
    desk: Desk, conn: Connection, now: Setting, village: str, data: Mapping[str, Any]
) -> _Return:
    """Read and check all of a return; a round or village that is wrong refuses at once."""
    found = village_or_own(desk, conn, village)
    rows = data.get("disputes") or ()
    reading = read_fields(RETURN, {k: v for k, v in data.items() if k != "disputes"})
    values, problems = dict(reading.values), list(reading.problems)
    filed_on = date.fromisoformat(values.get("filed_on", desk.today.isoformat()))
    if not isinstance(rows, list | tuple) or not all(isinstance(row, Mapping) for row in rows):
        raise RuleViolation(
            "not_rows", "纠纷要一件一件地填。", mend="disputes 是一列对象，每件一个。",
            field="disputes",
        )  # fmt: skip
    checked = tuple(
        check_dispute(
            {"found_on": filed_on.isoformat(), **row, "village": found.name}, now, desk.today,
            where=f"disputes.{no}",
        )
        for no, row in enumerate(rows, 1)
    )  # fmt: skip
    problems += (problem for each in checked for problem in each.problems)
    before = answer_of(desk, conn, now, found, _key(desk, conn, now, found, values))
    if not problems:
        try:
            screening.check_return(
                zero=bool(values.get("zero")), found=len(checked),
                looked_after=sum(1 for row in values.get("progress", ()) if _says(row)),
                before=before, filed_on=filed_on, today=desk.today,
            )  # fmt: skip
        except RuleViolation as problem:
            problems.append(problem)
    return _Return(found, before, values, checked, filed_on, tuple(problems))


def _key(
    desk: Desk, conn: Connection, now: Setting, village: Village, values: Mapping[str, Any]
) -> RoundKey:
    if values.get("period"):
        period = parse_period(values["period"])
        return key_for(now, period, values.get("kind", ""), values.get("theme", ""))
    own = _of_village(desk, conn, now, village, desk.today)
    return screening.round_to_answer(own, desk.today)


def _says(row: Mapping[str, Any]) -> bool:
    """Whether a line about an earlier dispute says anything; one without change is left empty."""
    return bool(row.get("text") or row.get("settled"))


def _progress(desk: Desk, tx: Transaction, asked: _Return) -> list[str]:
    """A note or a settlement for each carried dispute that was written about; their ids."""
    ids = []
    for row in filter(_says, asked.values.get("progress", ())):
        dispute = find_dispute(desk, tx.conn, row["number"])
        if dispute.village != asked.village.id:
            raise RuleViolation(
                "not_of_village", f"{dispute.number}不是{asked.village.name}的纠纷。",
                mend="请核对编号。", field="progress",
            )  # fmt: skip
        file = next(load_disputes(tx.conn, [dispute.id]))
        file = DisputeFile(with_bases(tx.conn, dispute), file.steps)
        text = row.get("text", "")
        on = {"on": max(asked.filed_on, dispute.found_on).isoformat()}
        if row.get("settled"):
            said = {"method": row.get("method") or "其他", "result": text or "已化解", **on}
            decision = DISPUTES.decide(file, "settle", said, desk.surroundings(tx.conn))
        else:
            said = {"text": text, **on}
            decision = DISPUTES.decide(file, "note", said, desk.surroundings(tx.conn))
        tx.append(taken(desk, tx.conn, file, decision))
        ids.append(dispute.id)
    return ids


def _record(
    desk: Desk, asked: _Return, id: str, disputes: list[Dispute], looked_after: list[str]
) -> ScreeningReturn:
    key = asked.before.call.key
    return ScreeningReturn(
        id=id, feed=feed_of(desk, asked.village), village=asked.village.id,
        period=key.period, series=key.series, theme=key.theme, zero=bool(asked.values.get("zero")),
        filed_on=asked.filed_on, by=desk.account.name, reporter=asked.values.get("reporter", ""),
        disputes=tuple(dispute.id for dispute in disputes), carried=tuple(looked_after),
        note=asked.values.get("note", ""),
    )  # fmt: skip


def _receipt(
    now: Setting, asked: _Return, disputes: list[Dispute], record: ScreeningReturn
) -> ReturnFiled:
    call = asked.before.call
    words = round_words(now, call.key)
    first = asked.before.filed_on or asked.filed_on
    late = max(0, (first - call.due).days)
    what = "零报告" if record.zero else f"新增 {len(disputes)} 件"
    if not record.zero and record.carried:
        what += f"、进展 {len(record.carried)} 件"
    when = f"{record.filed_on.month}月{record.filed_on.day}日" if record.filed_on else ""
    timely = f"迟报 {late} 天" if late else "按时"
    return ReturnFiled(
        village=asked.village.name, key=call.key, words=words, zero=record.zero,
        filed_on=asked.filed_on, due=call.due, late_days=late,
        numbers=tuple(dispute.number for dispute in disputes),
        warnings=tuple(w for each in asked.disputes for w in each.warnings),
        sentence=f"{asked.village.name}{words}：{what}，{when}由{record.by}报送，{timely}。",
        changes=Changes(
            frozenset({"screening_return", "dispute", "case_step", "round"}),
            frozenset({record.id, *record.disputes, *record.carried}),
        ),
    )  # fmt: skip
