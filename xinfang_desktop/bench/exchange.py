"""Bundles against the plainest way: ``executemany`` of the same rows into the same kind of store.

A month between two PCs of a busy township: matters with all that belongs to them, ten records each.
The import proves signatures, chains and types, keeps the log, merges by bases, computes duties and
the search index; the yardstick writes the finished rows and nothing else.
"""

from __future__ import annotations

import secrets
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import Any, Final

from ..domain.records import Claim, Document, Intake, Matter, Party, Record, Step
from ..services import receiving, sending, sites
from ..services.accounts import CreateOffice, create_office, sign_in
from ..services.desk import Desk
from ..services.epochs import tokens_in
from ..store import schema
from ..store.changelog import new, new_id
from ..store.database import Database
from ..store.keyfile import Cost
from ..store.reference import Reference
from ..store.tables import TABLES

RECORDS: Final = 10_000
KNOWN: Final = 0.1
"""Seconds that a bundle which came before may take."""

_PASSWORD: Final = "bench-office-7"
_CHEAP: Final = Cost(8, 1, 1)
_MOMENT: Final = datetime(2026, 9, 21, 9, tzinfo=timezone(timedelta(hours=8)))
_SURNAMES, _GIVEN = "王李张刘陈杨黄赵吴周", "敏芳伟军丽娟强磊洋艳"


TURNS: Final = 5


@dataclass(frozen=True, slots=True)
class Sender:
    """A PC with records of its own, and a folder for all that is tried with it."""

    desk: Desk
    folder: Path

    def goods(self, turn: int) -> tuple[Desk, Path]:
        """Another new PC of the office, and the bundle with everything for it."""
        there = _office(self.folder / f"there-{turn}", self.desk.shipped)
        sites.add_site(self.desk, sites.own_card(there).data)
        sites.add_site(there, sites.own_card(self.desk).data)
        made = sending.export_bundle(self.desk, there.site.id, self.folder / f"bundles-{turn}")
        return there, made.files[0].path


@contextmanager
def sender(shipped: Reference, records: int) -> Iterator[Sender]:
    """A new PC with so many records."""
    with tempfile.TemporaryDirectory(prefix="xinfang-bench-") as name:
        folder = Path(name)
        with tokens_in(folder / "state"):
            desk = _office(folder / "here", shipped)
            try:
                _fill(desk, records)
                yield Sender(desk, folder)
            finally:
                desk.close()


def _office(home: Path, shipped: Reference) -> Desk:
    asked = CreateOffice("330100101", "青石镇信访办", "township", "周敏", _PASSWORD)
    create_office(home, asked, lambda: _MOMENT, shipped, cost=_CHEAP)
    return sign_in(home, "周敏", _PASSWORD, lambda: _MOMENT, shipped)


def _fill(desk: Desk, records: int) -> None:
    """A save for each matter, a hundred of them in one transaction to have it done."""
    files = [_matter(desk.feed, number) for number in range(records // 10)]
    for start in range(0, len(files), 100):
        with desk.writing() as tx:
            for file in files[start : start + 100]:
                tx.append(new(record) for record in file)


def _matter(feed: str, number: int) -> list[Record]:
    """One matter and what belongs to it."""
    id, intake, day = new_id(), new_id(), date(2026, 9, 1) + timedelta(days=number % 20)
    mark = f"330100101-XF-{day:%Y%m%d}-A{number:04d}"
    name = _SURNAMES[number % 10] + _GIVEN[number // 10 % 10] + _GIVEN[number // 100 % 10]
    place = f"{number % 9 + 1}组"

    def step(action: str, state: str, **data: Any) -> Step:
        return Step(
            id=new_id(), feed=feed, matter=id, action=action, on=day, at=_MOMENT, by="周敏",
            from_state="S10", to_state=state, intake=intake, data=data,
        )  # fmt: skip

    def paper(form: str, title: str) -> Document:
        return Document(
            id=new_id(), feed=feed, matter=id, intake=intake, form=form, number="", title=title,
            sha256=secrets.token_hex(32), pages=1, at=_MOMENT, by="周敏",
            facts={
                "organ": "青石镇信访办", "form": form, "title": title, "number": mark,
                "petitioner": name, "phone": f"139{number:08d}", "place": place,
                "received_on": day.isoformat(), "channel": "来访", "handler": "周敏",
                "claims": [f"清理后山路（第{number}处）"], "query_code": f"{number:08d}",
                "notice": "自收到之日起十五日内书面告知是否受理，六十日内办结。",
            },
        )  # fmt: skip

    return [
        Matter(
            id=id, feed=feed, number=mark, query_code=f"{number:08d}", title="后山路塌方要求清理",
            state="S10", received_on=day, channel="visit", place=place, owner="周敏",
        ),
        Intake(
            id=intake, feed=feed, number=mark, matter=id, channel="visit", received_on=day,
            registered_at=_MOMENT, registered_by="周敏", place=place,
            summary="雨后塌方，堵了进山的路，村里推了两次没有清完",
        ),
        Claim(id=new_id(), feed=feed, matter=id, no=1, text=f"清理后山路（第{number}处）"),
        Party(
            id=new_id(), feed=feed, intake=intake, matter=id, no=1, name=name,
            phone=f"139{number:08d}",
        ),
        step("register", "S10", number=mark),
        step("have", "S10", have="接", content="当面接待"),
        paper("F01", "信访登记表"),
        paper("F02", "来访回执"),
        paper("V01", "四有处访单"),
        paper("F07", "受理告知书"),
    ]  # fmt: skip


def taken_in(shipped: Reference, records: int) -> tuple[float, float]:
    """Seconds of the import, and of ``executemany`` of the same rows; medians of five."""
    took = []
    with sender(shipped, records) as office:
        for turn in range(TURNS):
            there, file = office.goods(turn)
            took.append(_timed(partial(receiving.import_bundle, there, file)))
            there.close()
        return statistics.median(took), _plainly(office)


def sent_out(shipped: Reference, records: int) -> tuple[float, float]:
    """Seconds of the export, and of ``executemany`` of the same rows; medians of five."""
    with sender(shipped, records) as office:
        there, _ = office.goods(0)
        to, out = there.site.id, office.folder / "again"
        there.close()
        took = [_timed(lambda: sending.export_bundle(office.desk, to, out)) for _ in range(TURNS)]
        return statistics.median(took), _plainly(office)


def known_again(shipped: Reference, records: int) -> tuple[float, float]:
    """Seconds of an import that brings nothing, the median of five, and what was agreed for it."""
    with sender(shipped, records) as office:
        there, file = office.goods(0)
        receiving.import_bundle(there, file)
        took = [_timed(lambda: receiving.import_bundle(there, file)) for _ in range(TURNS)]
        there.close()
        return statistics.median(took), KNOWN


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _plainly(office: Sender) -> float:
    """The same rows into an empty store of the same schema and cipher; the median of five."""
    with office.desk.reading() as conn:
        rows = {
            kind: [tuple(row) for row in conn.execute(table.select())]
            for kind, table in TABLES.items()
        }
    database = Database(office.folder / "plain.db", secrets.token_bytes(32), guard=False)
    schema.create(database)

    def write() -> None:
        with database.write() as conn:
            driver: Any = conn.connection.driver_connection
            for kind, each in rows.items():
                places = ",".join("?" * len(TABLES[kind].c))
                driver.executemany(f'INSERT INTO "{kind}" VALUES ({places})', each)

    took = []
    try:
        for _ in range(TURNS):
            with database.exclusive() as conn:
                for kind in rows:
                    conn.exec_driver_sql(f'DELETE FROM "{kind}"')
            took.append(_timed(write))
    finally:
        database.close()
    return statistics.median(took)
