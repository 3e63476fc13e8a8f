"""The papers of a round of screening: P06 for a village's pen, P07 the statistics.

A round is named ``PERIOD``, ``PERIOD@THEME`` for a special one, with ``/VILLAGE`` for one village.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..domain import screening_statistics as counting
from ..domain.case_records import Dispute, Round
from ..domain.identity import mask_phone
from ..domain.periods import parse_period
from ..domain.screening import SERIES_WORDS, RoundKey
from ..domain.screening_statistics import Counts, ReturnCounts
from ..printing import facts as papers
from ..printing import screening_facts as forms
from ..store.database import Connection
from ..store.files import fetch
from ..store.subjects import Setting
from ..store.tables import TABLES
from .desk import Desk, use_case
from .paper_source import office_facts
from .returns import answer_of, carried_of
from .round_duties import village_in_sight
from .rounds import calls_of, key_for
from .subject_cards import masked_parties


@dataclass(frozen=True, slots=True)
class RoundAsked:
    """Which round, and which village of it ("" for all)."""

    key: RoundKey
    village: str = ""


def read_round(now: Setting, written: str) -> RoundAsked | None:
    """The round that a number names; None for an empty one (a blank)."""
    if not written.strip():
        return None
    place, _, village = written.strip().partition("/")
    period, _, theme = place.partition("@")
    series = "special" if theme else ""
    return RoundAsked(key_for(now, parse_period(period), series, theme), village.strip())


def round_id(conn: Connection, key: RoundKey) -> str:
    """Id of the round where it was opened; empty for an assumed one."""
    table = TABLES["round"]
    found = fetch(
        conn, Round, table.c.period == key.period, table.c.series == key.series,
        table.c.theme == key.theme,
    )  # fmt: skip
    return found[0].id if found else ""


# --- P06 ---------------------------------------------------------------------------------------


def village_return(
    desk: Desk, conn: Connection, now: Setting, asked: RoundAsked | None
) -> papers.Facts:
    """The sheet a village fills in by hand, with its open disputes; blank without a village."""
    types = tuple(entry.name for entry in now.codes["dispute_type"].children(""))
    if asked is None:
        return forms.VillageReturn(office=office_facts(now.office), types=types)
    period = parse_period(asked.key.period)
    common: dict[str, Any] = {
        "office": office_facts(now.office),
        "period": period.words,
        "round": _round_word(now, asked.key),
        "types": types,
    }
    if not asked.village:
        due = {each.call.due for each in calls_of(desk, conn, now, asked.key)}
        return forms.VillageReturn(**common, due=min(due, default=None))
    village = village_in_sight(desk, conn, asked.village)
    answer = answer_of(desk, conn, now, village, asked.key)
    filed = {id for each in answer.returns for id in each.disputes}
    found = fetch(conn, Dispute, TABLES["dispute"].c.id.in_(filed)) if filed else []
    return forms.VillageReturn(
        **common, village=village.name, due=answer.call.due,
        zero=answer.zero if answer.filed else None,
        found=tuple(_found(now, dispute) for dispute in found),
        carried=tuple(
            forms.CarriedFacts(number=row.number, found_on=row.found_on, summary=row.summary)
            for row in carried_of(desk, conn, now, village, answer)
        ),
        reporter=answer.returns[0].reporter or answer.returns[0].by if answer.filed else "",
    )  # fmt: skip


def _found(now: Setting, dispute: Dispute) -> forms.FoundFacts:
    return forms.FoundFacts(
        found_on=dispute.found_on, place=dispute.place, parties=masked_parties(dispute.parties),
        phone="、".join(mask_phone(phone) for phone in dispute.phones if phone),
        summary=dispute.summary, category=type_name(now, dispute), people=dispute.people,
        settled=counting.ended(dispute),
    )  # fmt: skip


def _round_word(now: Setting, key: RoundKey) -> str:
    theme = now.codes["screening_theme"].name_of(key.theme) if key.theme else ""
    words = SERIES_WORDS.get(key.series, key.series)
    return f"{words}（{theme}）" if theme else words


def type_name(now: Setting, dispute: Dispute) -> str:
    """The type of a dispute at its first level; as it was written where no table knows it."""
    path = now.codes["dispute_type"].path(dispute.category)
    return path[0].name if path else dispute.category_text or "未分类"


# --- P07 ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """One village, or all of them, in the statistics."""

    name: str
    returns: ReturnCounts
    disputes: Counts


@dataclass(frozen=True, slots=True)
class Statistics:
    """The numbers of a period; the statistics table and every report read them here."""

    villages: tuple[Line, ...]
    total: Line
    types: tuple[tuple[str, Counts, str], ...]
    """Type, its disputes, its share of all that were found."""
    unsettled: tuple[Dispute, ...]


def statistics(desk: Desk, conn: Connection, now: Setting, key: RoundKey) -> Statistics:
    """What one round came to, by village and by type, within the account's sight."""
    period = parse_period(key.period)
    answers = calls_of(desk, conn, now, key)
    table = TABLES["dispute"]
    within = () if desk.village is None else (table.c.village == desk.village,)
    found = fetch(
        conn, Dispute,
        table.c.found_on.between(period.first.isoformat(), period.last.isoformat()), *within,
        table.c.state != "void", order=(table.c.found_on, table.c.number),
    )  # fmt: skip
    by_village = _by(found, lambda d: d.village)
    lines = [
        Line(
            now.villages.get(each.call.village, ""), counting.return_counts([each]),
            counting.counts(by_village.pop(each.call.village, ())),
        )
        for each in answers
    ]  # fmt: skip
    lines += [
        Line(now.villages.get(id, "") or "未写村（社区）", ReturnCounts(), counting.counts(rest))
        for id, rest in by_village.items()
    ]
    by_type = sorted(
        _by(found, lambda d: type_name(now, d)).items(), key=lambda item: -len(item[1])
    )
    counted = [counting.counts(disputes) for _, disputes in by_type]
    return Statistics(
        villages=tuple(lines),
        total=Line("合计", counting.return_counts(answers), counting.counts(found)),
        types=tuple(
            (name, count, share)
            for (name, _), count, share in zip(
                by_type, counted, counting.shares([c.found for c in counted]), strict=True
            )
        ),
        unsettled=tuple(d for d in found if not counting.ended(d)),
    )


@use_case("read_screening")
def round_statistics(desk: Desk, key: RoundKey) -> Statistics:
    """The numbers of one round, within the account's sight."""
    with desk.reading() as conn:
        return statistics(desk, conn, desk.setting(conn), key)


def _by(disputes: Iterable[Dispute], key: Callable[[Dispute], str]) -> dict[str, list[Dispute]]:
    found: dict[str, list[Dispute]] = {}
    for dispute in disputes:
        found.setdefault(key(dispute), []).append(dispute)
    return found


def _line(line: Line) -> forms.VillageCounts:
    returns, disputes = line.returns, line.disputes
    return forms.VillageCounts(
        name=line.name, due=returns.asked, returned=returns.returned, zero=returns.zero,
        late=returns.late, missing=returns.missing, found=disputes.found,
        settled=disputes.settled, open=disputes.open, rate=disputes.rate,
    )  # fmt: skip


def screening_statistics(
    desk: Desk, conn: Connection, now: Setting, asked: RoundAsked | None
) -> papers.Facts:
    """P07 filled with the numbers of a round; blank without one."""
    office = office_facts(now.office)
    if asked is None:
        return forms.ScreeningStatistics(office=office)
    found = statistics(desk, conn, now, asked.key)
    return forms.ScreeningStatistics(
        office=office, on=desk.today, period=parse_period(asked.key.period).words,
        round=_round_word(now, asked.key),
        villages=tuple(map(_line, found.villages)), total=_line(found.total),
        types=tuple(
            forms.TypeCounts(
                name=name, found=count.found, share=share, settled=count.settled,
                open=count.open, rate=count.rate,
            )
            for name, count, share in found.types
        ),
        unsettled=tuple(
            forms.UnsettledFacts(
                village=now.villages.get(d.village, ""), summary=d.summary,
                unit=d.unit or d.person, next=d.measures,
            )
            for d in found.unsettled
        ),
        basis="化解率＝本期发现并已化解的件数÷本期发现的件数；占比之和为 100%。",
        filled_by=desk.account.name,
    )  # fmt: skip


RoundPaper = Callable[[Desk, Connection, Setting, RoundAsked | None], papers.Facts]

BUILDERS: Mapping[str, RoundPaper] = {"P06": village_return, "P07": screening_statistics}
