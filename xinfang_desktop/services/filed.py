"""What a village filed for a round (报送的内容): its returns one by one, with their disputes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ..domain.case_records import ScreeningReturn
from ..domain.screening import RoundKey, key_of
from ..store.case_files import load_disputes
from .desk import Desk, use_case
from .dispute_views import DisputeRow, row_of
from .round_duties import returns_in_sight, village_in_sight


@dataclass(frozen=True, slots=True)
class FiledReturn:
    """One return: when, by whom, what was found, which earlier disputes were looked after.

    ``on`` is ``None`` where an imported ledger does not say the day.
    """

    on: date | None
    by: str
    reporter: str
    zero: bool
    note: str
    disputes: tuple[DisputeRow, ...]
    carried: tuple[DisputeRow, ...]


@use_case("read_screening")
def what_was_filed(desk: Desk, village: str, key: RoundKey) -> tuple[FiledReturn, ...]:
    """The returns of one village for one round, the first one first; empty where nothing came."""
    with desk.reading() as conn:
        now = desk.setting(conn)
        found = village_in_sight(desk, conn, village)
        returns = [each for each in returns_in_sight(conn, {found.id}) if key_of(each) == key]
        ids = {id for each in returns for id in (*each.disputes, *each.carried)}
        rows = {
            file.id: row_of(file, None, "", "", now, desk.today)
            for file in load_disputes(conn, ids)
        }
    returns.sort(key=lambda each: (each.filed_on or date.min, each.id))
    return tuple(_filed(each, rows) for each in returns)


def _filed(each: ScreeningReturn, rows: Mapping[str, DisputeRow]) -> FiledReturn:
    def named(ids: Iterable[str]) -> tuple[DisputeRow, ...]:
        return tuple(rows[id] for id in ids if id in rows)

    return FiledReturn(
        each.filed_on, each.by, each.reporter, each.zero, each.note,
        named(each.disputes), named(each.carried),
    )  # fmt: skip
