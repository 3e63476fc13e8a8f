"""Encrypted from the first byte: what lies on the disk tells nobody who came and why."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import SignIn
from tests.factories import OFFICE, PASSWORD, VISITOR, MovableClock, bring_to, register
from xinfang_desktop.domain.errors import EnvironmentProblem, RuleViolation
from xinfang_desktop.services import (
    accounts,
    attachments,
    drafts,
    handling,
    searching,
)
from xinfang_desktop.services.accounts import OfficeCreated
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.drafts import Draft
from xinfang_desktop.store.reference import Reference

SECRETS = (
    "王桂芳", "13907391827", VISITOR["id_number"], "柳溪村五组 12 号", "后山路塌方", "菜地",
    "何小梅", "村医证明",
)  # fmt: skip
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


def files(home: Path) -> Iterator[Path]:
    """Every file below the data folder."""
    return (path for path in sorted(home.rglob("*")) if path.is_file())


def found_in(home: Path) -> set[tuple[str, str]]:
    """Which secret stands readable in which file."""
    return {
        (path.name, secret)
        for path in files(home)
        for secret in SECRETS
        for encoding in ENCODINGS
        if secret.encode(encoding) in path.read_bytes() or secret in path.name
    }


def fingerprints(home: Path) -> dict[str, str]:
    """What every file is, byte for byte."""
    return {
        str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files(home)
    }


def work_a_day(desk: Desk, tmp_path: Path) -> None:
    """A visit, its course, a draft left open, a file, a search and a look."""
    taken = register(desk)
    bring_to(desk, taken.number, "S65")
    values = {"parties": [{"name": "何小梅", "phone": "13907391827"}]}
    drafts.save_draft(desk, Draft("k", "register", "何小梅", "parties", desk.now(), values))
    paper = tmp_path / "村医证明.txt"
    paper.write_text("王桂芳 村医证明", "utf-8")
    attachments.attach_file(desk, taken.number, paper)
    searching.search_matters(desk, "王桂芳")
    handling.reveal_names(desk, taken.number, "电话核对 13907391827")
    desk.flush_looks()


def test_nothing_readable_lies_in_the_data_folder_open_or_closed(
    desk: Desk, office_home: Path, tmp_path: Path
) -> None:
    work_a_day(desk, tmp_path)
    names = {path.name for path in files(office_home)}
    assert {"xinfang.db", "xinfang.db-wal", "keys.json"} <= names
    assert any(path.parent.parent.name == "blobs" for path in files(office_home))
    assert found_in(office_home) == set()
    desk.close()
    assert found_in(office_home) == set()


def test_the_file_is_no_sqlite_file_from_its_first_byte(desk: Desk, office_home: Path) -> None:
    register(desk)
    for name in ("xinfang.db", "xinfang.db-wal"):
        data = (office_home / name).read_bytes()
        assert b"SQLite format" not in data
        assert b"CREATE TABLE" not in data


def test_a_wrong_password_says_so_and_changes_no_byte(
    office_home: Path, clock: MovableClock, reference: Reference
) -> None:
    before = fingerprints(office_home)
    for name, password in (
        (OFFICE.admin, "不是这个密码"), (OFFICE.admin, ""), ("没有这个人", PASSWORD),
    ):  # fmt: skip
        with pytest.raises(EnvironmentProblem) as caught:
            accounts.sign_in(office_home, name, password, clock, reference)
        assert caught.value.code == "wrong_password"
        assert caught.value.mend
    assert fingerprints(office_home) == before


def test_the_recovery_code_lets_a_new_password_be_set(
    made_office: tuple[Path, OfficeCreated], office_home: Path, sign_in: SignIn
) -> None:
    code = made_office[1].recovery_code
    accounts.reset_password(office_home, code, OFFICE.admin, "新的密码-2027")
    with pytest.raises(EnvironmentProblem, match="密码不对"):
        sign_in()
    assert sign_in(OFFICE.admin, "新的密码-2027").account.name == OFFICE.admin


def test_a_wrong_recovery_code_changes_nothing(
    made_office: tuple[Path, OfficeCreated], office_home: Path
) -> None:
    before = fingerprints(office_home)
    code = made_office[1].recovery_code
    other = code.translate(str.maketrans("23456789", "34567892"))
    for wrong in (other, "", code[:-1]):
        with pytest.raises((EnvironmentProblem, RuleViolation)) as caught:
            accounts.reset_password(office_home, wrong, OFFICE.admin, "新的密码-2027")
        assert caught.value.mend
    assert fingerprints(office_home) == before


def test_another_stores_keys_do_not_open_this_one(
    office_home: Path, tmp_path: Path, clock: MovableClock, reference: Reference
) -> None:
    other = tmp_path / "other"
    accounts.create_office(other, OFFICE, clock, reference)
    (other / "keys.json").replace(office_home / "keys.json")
    with pytest.raises(EnvironmentProblem) as caught:
        accounts.sign_in(office_home, OFFICE.admin, PASSWORD, clock, reference)
    assert caught.value.code == "wrong_key"


def test_a_damaged_file_is_named_as_such(
    office_home: Path, clock: MovableClock, reference: Reference
) -> None:
    store = office_home / "xinfang.db"
    data = bytearray(store.read_bytes())
    data[100:5000] = bytes(4900)
    store.write_bytes(data)
    with pytest.raises(EnvironmentProblem) as caught:
        accounts.sign_in(office_home, OFFICE.admin, PASSWORD, clock, reference)
    assert caught.value.code in ("wrong_key", "damaged_store")


def test_a_page_that_breaks_later_is_damage_and_no_wrong_key(
    office_home: Path, clock: MovableClock, reference: Reference
) -> None:
    store = office_home / "xinfang.db"
    whole = store.read_bytes()
    codes = set()
    for page in range(2, len(whole) // 4096):
        data = bytearray(whole)
        data[page * 4096 + 50 : page * 4096 + 90] = bytes(40)
        store.write_bytes(data)
        try:
            accounts.sign_in(office_home, OFFICE.admin, PASSWORD, clock, reference).close()
        except EnvironmentProblem as problem:
            codes.add(problem.code)
    assert codes == {"damaged_store"}
