"""Two who do the same at the same moment: one succeeds, the other is told, nothing is twice."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.conftest import SignIn
from tests.factories import OFFICE, PASSWORD, MovableClock
from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.services import accounts, safekeeping
from xinfang_desktop.services.accounts import NewAccount, NewPerson
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.store.keyfile import Cost
from xinfang_desktop.store.reference import Reference

HANDS = 4


def at_once(work: Callable[[int], object]) -> list[str]:
    """Do it from several threads at the same moment; the code of each refusal, "" for success."""
    together = threading.Barrier(HANDS)

    def one(hand: int) -> str:
        together.wait()
        try:
            work(hand)
        except XinfangError as refused:
            return refused.code
        return ""

    with ThreadPoolExecutor(HANDS) as pool:
        return sorted(pool.map(one, range(HANDS)))


def test_one_office_is_made_in_a_folder_and_stays_whole(
    tmp_path: Path, clock: MovableClock, reference: Reference
) -> None:
    home = tmp_path / "new" / "office"
    cheap = Cost(8, 1, 1)
    codes = at_once(lambda _: accounts.create_office(home, OFFICE, clock, reference, cost=cheap))
    assert codes == ["", *["not_empty"] * (HANDS - 1)]
    desk = accounts.sign_in(home, OFFICE.admin, PASSWORD, clock, reference)
    try:
        assert safekeeping.verify_log(desk).ok
    finally:
        desk.close()
    assert {path.name for path in home.iterdir()} == {"keys.json", "xinfang.db"}


def test_a_village_or_a_colleague_is_written_down_once(desk: Desk) -> None:
    codes = at_once(lambda _: accounts.add_village(desk, "430522101201", "大塘村"))
    assert codes == ["", *["village_exists"] * (HANDS - 1)]
    codes = at_once(lambda _: accounts.add_person(desk, NewPerson("吴海棠")))
    assert codes == ["", *["person_exists"] * (HANDS - 1)]
    assert [v.name for v in accounts.villages(desk)].count("大塘村") == 1
    assert [p.name for p in accounts.people(desk)].count("吴海棠") == 1


def test_no_key_is_lost_when_passwords_change_while_accounts_are_added(
    desk: Desk, office_home: Path, sign_in: SignIn
) -> None:
    def work(hand: int) -> None:
        if hand == 0:
            accounts.change_password(desk, PASSWORD, "石桥-Bridge-2027")
        else:
            accounts.add_account(desk, NewAccount(f"人员{hand}", ("officer",), "青石-Test-2026"))

    assert at_once(work) == [""] * HANDS
    slots = json.loads((office_home / "keys.json").read_text("utf-8"))["slots"]
    assert {slot["name"] for slot in slots} >= {"人员1", "人员2", "人员3", OFFICE.admin}
    assert sign_in(OFFICE.admin, "石桥-Bridge-2027").account.name == OFFICE.admin
