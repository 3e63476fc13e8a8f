"""Setting up the office, its accounts, people and villages, and what may be said of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SignIn
from tests.factories import CHEAP, OFFICE, PASSWORD, MovableClock, register
from xinfang_desktop.domain.errors import EnvironmentProblem, RuleViolation
from xinfang_desktop.services import accounts, duties, handling, safekeeping
from xinfang_desktop.services.accounts import NewAccount, NewPerson
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.duties import DutyQuery
from xinfang_desktop.store import keys
from xinfang_desktop.store.reference import Reference

# --- the first run -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "province"}, "kind"), ({"code": "12"}, "code"), ({"code": "43052210a"}, "code"),
        ({"code": "４３０５２２１０１"}, "code"), ({"name": "  "}, "name"), ({"name": "字" * 61}, "name"),
        ({"admin": ""}, "admin"), ({"admin": "周\n敏"}, "admin"), ({"password": "12345"}, "password"),
    ],
)  # fmt: skip
def test_an_office_is_described_rightly_or_not_made(
    change: dict[str, Any], field: str, tmp_path: Path, clock: MovableClock, reference: Reference
) -> None:
    home = tmp_path / "new"
    with pytest.raises(RuleViolation) as caught:
        accounts.create_office(home, replace(OFFICE, **change), clock, reference, cost=CHEAP)
    assert caught.value.field == field
    assert caught.value.mend
    assert not home.exists()


def test_a_folder_with_something_in_it_is_left_alone(
    tmp_path: Path, clock: MovableClock, reference: Reference
) -> None:
    (tmp_path / "笔记.txt").write_text("别动", "utf-8")
    with pytest.raises(RuleViolation) as caught:
        accounts.create_office(tmp_path, OFFICE, clock, reference, cost=CHEAP)
    assert caught.value.code == "not_empty"
    assert [path.name for path in tmp_path.iterdir()] == ["笔记.txt"]


@pytest.mark.parametrize(
    ("kind", "code", "roles"),
    [
        ("township", "430522101", ("admin", "officer")),
        ("county", "430522", ("admin", "officer")),
        ("village", "430522101203", ("admin", "officer", "liaison")),
    ],
)
def test_the_first_account_holds_what_its_level_needs(
    kind: str,
    code: str,
    roles: tuple[str, ...],
    tmp_path: Path,
    clock: MovableClock,
    reference: Reference,
) -> None:
    asked = replace(OFFICE, kind=kind, code=code)
    made = accounts.create_office(tmp_path / "o", asked, clock, reference, cost=CHEAP)
    desk = accounts.sign_in(tmp_path / "o", OFFICE.admin, PASSWORD, clock, reference)
    assert desk.account.roles == roles
    assert made.fingerprint == desk.site.fingerprint
    assert safekeeping.rebuild_check(desk).ok
    desk.close()


def test_signing_in_where_nothing_is_says_what_to_do(
    tmp_path: Path, clock: MovableClock, reference: Reference
) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        accounts.sign_in(tmp_path, OFFICE.admin, PASSWORD, clock, reference)
    assert caught.value.code == "no_office"
    assert accounts.home_state(tmp_path) == "empty"
    assert list(tmp_path.iterdir()) == []


# --- accounts ------------------------------------------------------------------------------


def test_an_account_signs_in_and_its_person_stands_on_the_list(desk: Desk, sign_in: SignIn) -> None:
    row = accounts.add_account(desk, NewAccount("何小梅", ("leader",), PASSWORD))
    assert (row.roles, row.role_words) == (("leader",), "分管领导")
    assert next(p for p in accounts.people(desk) if p.name == "何小梅").may_sign
    hers = sign_in("何小梅")
    assert hers.roles == {"leader"}
    accounts.change_password(hers, PASSWORD, "另一个-Secret-9")
    assert sign_in("何小梅", "另一个-Secret-9").account.id == row.id


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (NewAccount("周敏", ("officer",), PASSWORD), "name"),
        (NewAccount("", ("officer",), PASSWORD), "name"),
        (NewAccount("何小梅", (), PASSWORD), "role"),
        (NewAccount("何小梅", ("root",), PASSWORD), "role"),
        (NewAccount("何小梅", ("officer",), "short"), "password"),
        (NewAccount("何小梅", ("liaison",), PASSWORD), "village"),
        (NewAccount("何小梅", ("liaison",), PASSWORD, "没有的村"), "village"),
    ],
)
def test_what_is_no_account_leaves_no_key_and_no_row(
    desk: Desk, office_home: Path, asked: NewAccount, field: str
) -> None:
    before = (keys.names(office_home), accounts.accounts(desk))
    with pytest.raises(RuleViolation) as caught:
        accounts.add_account(desk, asked)
    assert (caught.value.field, bool(caught.value.mend)) == (field, True)
    assert (keys.names(office_home), accounts.accounts(desk)) == before


def test_a_disabled_account_is_shut_out_and_its_name_stays_taken(
    desk: Desk, sign_in: SignIn
) -> None:
    accounts.add_account(desk, NewAccount("何小梅", ("officer",), PASSWORD))
    assert accounts.disable_account(desk, "何小梅").disabled
    with pytest.raises(EnvironmentProblem):
        sign_in("何小梅")
    with pytest.raises(RuleViolation):
        accounts.add_account(desk, NewAccount("何小梅", ("officer",), PASSWORD))
    assert accounts.accounts(desk)[-1].name == "何小梅"


def test_a_liaison_has_a_village(desk: Desk) -> None:
    accounts.add_account(desk, NewAccount("何小梅", ("officer",), PASSWORD))
    with pytest.raises(RuleViolation) as caught:
        accounts.set_account(desk, "何小梅", roles=("liaison",))
    assert caught.value.field == "village"
    row = accounts.set_account(desk, "何小梅", roles=("liaison",), village="双井村")
    assert (row.roles, row.village) == (("liaison",), "双井村")
    with pytest.raises(RuleViolation):
        accounts.set_account(desk, "没有此人", roles=("officer",))


def test_the_last_administrator_stays_one(desk: Desk) -> None:
    for shut in (
        lambda: accounts.disable_account(desk, "周敏"),
        lambda: accounts.set_account(desk, "周敏", roles=("officer",)),
    ):
        with pytest.raises(RuleViolation) as caught:
            shut()
        assert caught.value.code == "last_admin"
    accounts.add_account(desk, NewAccount("何小梅", ("admin",), PASSWORD))
    assert accounts.set_account(desk, "周敏", roles=("officer",)).roles == ("officer",)
    with pytest.raises(RuleViolation, match="没有这项权限"):
        accounts.accounts(desk)


# --- the office, its people, its villages --------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "430522102"}, "code"), ({"practice": True}, "practice"), ({"colour": "红"}, "colour"),
        ({"name": ""}, "name"), ({"name": None}, "name"), ({"phone": 123}, "phone"),
        ({"late_after": "never"}, "late_after"), ({"simple_procedure": "是"}, "simple_procedure"),
        ({"address": "字" * 1_000_000}, ""), ({"organ": "青石\x00镇"}, ""),
        ({"local_rules": "没有的规则"}, "local_rules"),
    ],
)  # fmt: skip
def test_the_offices_data_are_checked_before_they_are_kept(
    desk: Desk, changes: dict[str, Any], field: str
) -> None:
    before = desk.office
    with pytest.raises(RuleViolation) as caught:
        accounts.save_office(desk, changes)
    assert caught.value.mend
    if field:
        assert caught.value.field == field
    assert desk.office == before
    handling.matter_list(desk, handling.MatterQuery())


def test_how_the_office_counts_moves_every_duty(desk: Desk, clock: MovableClock) -> None:
    number = register(desk).number
    accounts.save_office(desk, {"acceptance_from": "receipt", "late_after": "raw"})
    owed = {d.kind: d for d in duties.duties(desk, DutyQuery(number=number))}
    assert owed["answer"].started_on.isoformat() == "2026-09-21"
    clock.go("2026-10-07")
    owed = {d.kind: d for d in duties.duties(desk, DutyQuery(number=number))}
    assert owed["notice"].state == "overdue", "the sixteenth day, though it rolls to October 8"
    assert safekeeping.rebuild_check(desk).ok


def test_people_are_kept_and_changed(desk: Desk) -> None:
    person = accounts.add_person(desk, NewPerson("赵秀兰", "民政办主任", may_sign=False))
    accounts.change_person(
        desk, person.id, {"may_sign": True, "interests": "丈夫：何建平\n石桥村人"}
    )
    found = next(p for p in accounts.people(desk) if p.id == person.id)
    assert (found.may_sign, found.interests) == (True, "丈夫：何建平\n石桥村人")
    for wrong in (
        {"name": " "},
        {"may_sign": "是"},
        {"id": "x"},
        {"feed": "county:1"},
        {"title": 3},
    ):
        with pytest.raises(RuleViolation) as caught:
            accounts.change_person(desk, person.id, wrong)
        assert caught.value.mend
    with pytest.raises(RuleViolation):
        accounts.add_person(desk, NewPerson("赵秀兰"))


def test_a_village_named_by_hand_gets_its_code_later(desk: Desk) -> None:
    register(desk, village="枫树坳村")
    joined = accounts.add_village(desk, "430522101211", "枫树坳村")
    assert [v.code for v in accounts.villages(desk) if v.name == "枫树坳村"] == ["430522101211"]
    for code, name in (
        ("430522101211", "别的村"),
        ("430522101299", "枫树坳村"),
        ("12", "村"),
        ("430522101298", ""),
    ):
        with pytest.raises(RuleViolation) as caught:
            accounts.add_village(desk, code, name)
        assert caught.value.mend
    assert joined.id in {v.id for v in accounts.villages(desk)}


def test_an_admin_gives_a_new_password_and_brings_an_account_back(
    desk: Desk, sign_in: SignIn
) -> None:
    accounts.add_account(desk, NewAccount("吴海棠", ("supervisor",), "first-pass-2026"))
    accounts.give_password(desk, "吴海棠", "second-pass-2026")
    assert sign_in("吴海棠", "second-pass-2026").account.name == "吴海棠"
    accounts.disable_account(desk, "吴海棠")
    with pytest.raises(EnvironmentProblem):
        sign_in("吴海棠", "second-pass-2026")
    assert not accounts.give_password(desk, "吴海棠", "third-pass-2026").disabled
    assert sign_in("吴海棠", "third-pass-2026").roles == {"supervisor"}
