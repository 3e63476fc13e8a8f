"""What a row of a screening ledger becomes (排查台账): a dispute, and the returns of its period.

The disputes lie in the office's own feed: they come from its ledger, not from the village.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..domain.case_records import CaseStep, Dispute, ScreeningReturn
from ..domain.errors import RuleViolation
from ..domain.identity import normalise_phone
from ..domain.money import read_amount
from ..domain.periods import parse_period
from ..domain.records import Village
from ..ledgers.rows import LedgerRow, ZeroReport
from ..store.changelog import Change, new, new_id
from ..store.database import Connection
from ..store.files import fetch
from ..store.subjects import Setting
from .desk import Desk
from .rounds import DEFAULT_SERIES


def records_of(
    desk: Desk, now: Setting, row: LedgerRow, number: str, village: str, batch: str
) -> tuple[Dispute, list[Change]]:
    """The dispute of one row and the first step of its course, which keeps what the row said."""
    parties = row.parties or ((row.name,) if row.name else ())
    method = now.codes["resolution"].find(row.method) if row.method else None
    # a class of petitions (其他 is in both tables) is no type of dispute
    category = now.codes["dispute_type"].find(row.category_text) if row.category_text else None
    phones = [normalise_phone(phone) for phone in row.phones or (row.phone,)]
    dispute = Dispute(
        id=new_id(), feed=desk.feed, number=number, village=village, found_on=row.received_on,
        summary=row.title or row.detail, detail=row.detail if row.title else "",
        state="settled" if row.settled else "open", parties=parties,
        phones=tuple((phones + [""] * len(parties))[: len(parties)]), category=category.code if category else "",
        category_text=row.category_text, place=row.place, people=row.headcount,
        amount=read_amount(row.amount).cents or 0, grade=row.grade, unit=row.unit,
        leader=row.leader, person=row.responsible, measures=row.measures, due=row.due,
        method=method.code if method else "", result=row.result, settled_on=row.settled_on,
        batch=batch,
    )  # fmt: skip
    said = {"sheet": row.sheet, "row": row.row, "result": row.result, "remark": row.remark}
    step = CaseStep(
        id=new_id(), feed=desk.feed, case=dispute.id, action="import", on=row.received_on,
        at=desk.now(), by=desk.account.name, to_state=dispute.state,
        data={name: value for name, value in said.items() if value},
    )  # fmt: skip
    return dispute, [new(dispute), new(step)]


def fresh_zeros(conn: Connection, zeros: Iterable[ZeroReport]) -> list[ZeroReport]:
    """Zero reports that were not filed before."""
    names = _names(conn)
    filed = {(names.get(r.village, ""), r.period) for r in fetch(conn, ScreeningReturn) if r.zero}
    return [zero for zero in zeros if (zero.village, zero.period) not in filed]


def returns_of(
    desk: Desk,
    conn: Connection,
    found: Mapping[tuple[str, str], list[str]],
    zeros: Iterable[ZeroReport],
    villages: Mapping[str, str],
    batch: str,
) -> list[Change]:
    """The returns that a ledger of a month or quarter stands for, zero returns included.

    ``found`` are ids of disputes by name of the village and period; without a period (a ledger of
    a whole year) nobody is said to have reported. The day of reporting is not in a ledger.
    """
    made = [
        ScreeningReturn(
            id=new_id(), feed=desk.feed, village=villages[name], period=period,
            series=_series(period), zero=False, by=desk.account.name, disputes=tuple(ids),
            batch=batch,
        )
        for (name, period), ids in found.items()
        if name and period
    ]  # fmt: skip
    made += (
        ScreeningReturn(
            id=new_id(), feed=desk.feed, village=villages.get(zero.village, ""),
            period=zero.period, series=_series(zero.period), zero=True, filed_on=zero.on,
            by=desk.account.name, batch=batch,
        )
        for zero in zeros
    )  # fmt: skip
    return [new(each) for each in made]


def _series(period: str) -> str:
    """The round of the period's own length; a year's zero line answers the standing round."""
    try:
        return DEFAULT_SERIES.get(parse_period(period).span, "monthly")
    except RuleViolation:
        return "monthly"


def _names(conn: Connection) -> Mapping[str, str]:
    return {village.id: village.name for village in fetch(conn, Village)}
