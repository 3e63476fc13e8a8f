"""A neighbour for the tour: a village's practice office that knows ours, and a bundle of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from xinfang_desktop.services import accounts, dispute_work, disputes, receiving, sending, sites
from xinfang_desktop.services.accounts import CreateOffice
from xinfang_desktop.services.demo import PRACTICE_PASSWORD
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.disputes import DisputeQuery
from xinfang_desktop.store.reference import Reference

_WHO = "何建平"
_VILLAGE = "柳溪村"
_OURS = {
    "unit": "村镇建设办公室", "person": "马长青", "due": "2026-10-09",
    "measures": "镇里出水泥管，施工队九月底前清完沟。",
}  # fmt: skip
_THEIRS = {
    "unit": "柳溪村", "person": "何建平", "due": "2026-10-19",
    "measures": "沟底塌了约两米，要先砌沟再清淤，村里出工。",
}  # fmt: skip


def conflicting_bundle(
    desk: Desk, folder: Path, clock: Callable[[], datetime], shipped: Reference
) -> Path:
    """Make the village's office in ``folder``, exchange once, and let both change the same dispute.

    Returns the bundle that the village made then; our office has not taken it in.
    """
    code = next(v.code for v in accounts.villages(desk) if v.name == _VILLAGE)
    home = folder / "village"
    office = CreateOffice(
        code=code, name=f"{_VILLAGE}村委会", kind="village", admin=_WHO,
        password=PRACTICE_PASSWORD, practice=True,
    )  # fmt: skip
    accounts.create_office(home, office, clock, shipped)
    village = accounts.sign_in(home, _WHO, PRACTICE_PASSWORD, clock, shipped)
    try:
        sites.add_site(village, sites.own_card(desk).data)
        sites.add_site(desk, sites.own_card(village).data)
        _send(desk, village, folder)
        number = _dispute(desk)
        dispute_work.take_dispute_step(village, number, "assign", _THEIRS)
        dispute_work.take_dispute_step(desk, number, "assign", _OURS)
        return sending.export_bundle(village, desk.site.id, folder).files[0].path
    finally:
        village.close()


def _send(desk: Desk, village: Desk, folder: Path) -> None:
    for file in sending.export_bundle(desk, village.site.id, folder).files:
        receiving.import_bundle(village, file.path)


def _dispute(desk: Desk) -> str:
    """A dispute of that village that may be assigned now."""
    rows = disputes.dispute_page(desk, DisputeQuery(village=_VILLAGE)).rows
    for row in rows:
        offers = disputes.dispute_view(desk, row.number).offers
        if any(offer.action == "assign" and offer.allowed for offer in offers):
            return row.number
    raise LookupError("the practice office has no dispute to assign there")
