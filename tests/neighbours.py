"""Three offices that exchange bundles: a township, a village of it, and the county above it.

They are made once and copied; all people and texts are invented.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tests import screening
from tests.factories import CHEAP, OFFICE, PASSWORD, MovableClock
from xinfang_desktop.domain.case_records import Dispute
from xinfang_desktop.services import accounts, receiving, sending, sites
from xinfang_desktop.services.accounts import CreateOffice
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.store.changelog import change
from xinfang_desktop.store.files import fetch, get
from xinfang_desktop.store.reference import Reference

VILLAGE = CreateOffice(
    code="430522101203", name="柳溪村村委会", kind="village", admin="何建平", password=PASSWORD
)
COUNTY = CreateOffice(
    code="430522", name="云岭县信访局", kind="county", admin="陈国栋", password=PASSWORD
)
TOWN_ADMIN = OFFICE.admin


@dataclass(frozen=True)
class Neighbours:
    """The data folders and two bundles of the village for the township.

    ``first`` brought the township a dispute, ``second`` brings a conflict about it and another
    dispute. ``early`` is the township as it was before it took the first in.
    """

    town: Path
    early: Path
    village: Path
    county: Path
    first: Path
    second: Path

    def copied(self, folder: Path) -> Neighbours:
        """The same in a folder of its own."""
        shutil.copytree(self.town.parent, folder, dirs_exist_ok=True)
        parts = {name: folder / path.name for name, path in vars(self).items()}
        return Neighbours(**parts)


def make(folder: Path, reference: Reference) -> Neighbours:
    """Offices that know each other; the township has not taken anything in yet, but its own edits
    already stand against what ``second`` brings.
    """
    clock = MovableClock()
    homes = {name: folder / name for name in ("town", "village", "county")}
    for name, wanted in (("town", OFFICE), ("village", VILLAGE), ("county", COUNTY)):
        accounts.create_office(homes[name], wanted, clock, reference, cost=CHEAP)
    town = accounts.sign_in(homes["town"], OFFICE.admin, PASSWORD, clock, reference)
    village = accounts.sign_in(homes["village"], VILLAGE.admin, PASSWORD, clock, reference)
    county = accounts.sign_in(homes["county"], COUNTY.admin, PASSWORD, clock, reference)
    accounts.add_village(town, VILLAGE.code, "柳溪村")
    accounts.add_village(town, "430522101205", "双井村")
    know_each_other(town, village)
    know_each_other(town, county)
    screening.find(village)
    files = {"first": send(village, town, folder)}
    homes["early"] = Path(shutil.copytree(homes["town"], folder / "early"))
    bring(town, files["first"])
    bring(village, send(town, village, folder))
    clock.later(hours=2)
    edit(
        village,
        detail="9月17日下雨，沟堵了，沟底塌了约两米，两户院子进水，要先砌沟再清淤。",
        due=date(2026, 10, 19),
    )
    clock.later(minutes=45)
    edit(
        town,
        detail="9月17日下雨，沟被施工碎石堵了，两户院子进水，施工队答应九月底前清完。",
        due=date(2026, 9, 30),
    )
    screening.find(village, summary="机井轮灌次序", found_on="2026-09-20")
    clock.later(minutes=5)
    files["second"] = send(village, town, folder)
    for desk in (town, village, county):
        desk.close()
    return Neighbours(**homes, **files)


def know_each_other(one: Desk, other: Desk) -> None:
    """Each adds the other's card."""
    sites.add_site(one, sites.own_card(other).data)
    sites.add_site(other, sites.own_card(one).data)


def send(desk: Desk, to: Desk, folder: Path) -> Path:
    """Make a bundle; its file."""
    return sending.export_bundle(desk, to.site.id, folder).files[0].path


def bring(desk: Desk, path: Path) -> receiving.BundleReport:
    """Take a bundle in."""
    return receiving.import_bundle(desk, path)


def edit(desk: Desk, **fields: Any) -> None:
    """Change the first dispute, as somebody did who sees it as it stands here."""
    with desk.writing() as tx:
        first = min(fetch(tx.conn, Dispute), key=lambda each: each.number)
        found = get(tx.conn, Dispute, first.id)
        assert found is not None
        tx.append([change(found, **fields)])
