"""Key slots: who gets in, who does not, and what a file on the disk gives away."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang_desktop.domain.errors import EnvironmentProblem, RuleViolation, XinfangError
from xinfang_desktop.store import keys
from xinfang_desktop.store.recovery_code import new_code, secret_of

QUICK = keys.Cost(memory_kib=64, rounds=1, lanes=1)
GOOD = "青石镇的水很清88"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    keys.create(tmp_path, "u1", "周敏", GOOD, cost=QUICK)
    return tmp_path


def code_of(error: pytest.ExceptionInfo[XinfangError]) -> str:
    assert error.value.sentence
    assert error.value.mend
    return error.value.code


def test_each_account_and_the_recovery_code_open_the_same_key(tmp_path: Path) -> None:
    ring, key, code = keys.create(tmp_path, "u1", "周敏", GOOD, cost=QUICK)
    keys.add_slot(tmp_path, key, "u2", "何建平", "大塘村的路修好了")
    assert len(key) == 32
    assert keys.unlock(tmp_path, "周敏", GOOD) == (key, "u1")
    assert keys.unlock(tmp_path, " 何建平 ", "大塘村的路修好了") == (key, "u2")
    assert keys.unlock_with_recovery(tmp_path, code) == key
    assert keys.names(tmp_path) == ("周敏", "何建平")
    assert ring.cost == QUICK


def test_the_ordinary_cost_is_the_documented_one(tmp_path: Path) -> None:
    keys.create(tmp_path, "u1", "周敏", GOOD)
    asked = json.loads((tmp_path / "keys.json").read_bytes())["argon2id"]
    assert asked == {"memory_kib": 131072, "rounds": 3, "lanes": 2}


@pytest.mark.parametrize(
    ("name", "password"), [("周敏", GOOD + "x"), ("没有的人", GOOD), ("周敏", "")]
)
def test_a_wrong_password_says_so_and_writes_nothing(home: Path, name: str, password: str) -> None:
    before = (home / "keys.json").read_bytes()
    with pytest.raises(EnvironmentProblem) as caught:
        keys.unlock(home, name, password)
    assert code_of(caught) == "wrong_password"
    assert [p.name for p in home.iterdir()] == ["keys.json"]
    assert (home / "keys.json").read_bytes() == before


def test_an_input_method_in_full_width_mode_gets_in(home: Path) -> None:
    assert keys.unlock(home, "周敏", "青石镇的水很清８８")[1] == "u1"


def test_the_file_is_the_owners_only_and_holds_neither_key_nor_password(home: Path) -> None:
    key, _ = keys.unlock(home, "周敏", GOOD)
    data = (home / "keys.json").read_bytes()
    assert key not in data
    assert key.hex().encode() not in data
    assert GOOD.encode() not in data
    if os.name == "posix":
        assert stat.S_IMODE((home / "keys.json").stat().st_mode) == 0o600


def test_a_changed_password_replaces_the_old_one(home: Path) -> None:
    key, _ = keys.unlock(home, "周敏", GOOD)
    keys.change_password(home, "周敏", GOOD, "换过的一句话2026")
    assert keys.unlock(home, "周敏", "换过的一句话2026") == (key, "u1")
    with pytest.raises(EnvironmentProblem, match="密码不对"):
        keys.unlock(home, "周敏", GOOD)
    with pytest.raises(EnvironmentProblem, match="密码不对"):
        keys.change_password(home, "周敏", GOOD, "再换一句话2026")
    with pytest.raises(RuleViolation):
        keys.change_password(home, "周敏", "换过的一句话2026", "123")
    assert keys.unlock(home, "周敏", "换过的一句话2026")[0] == key


def test_recovery_gives_a_new_password(tmp_path: Path) -> None:
    _, key, code = keys.create(tmp_path, "u1", "周敏", GOOD, cost=QUICK)
    found = keys.unlock_with_recovery(tmp_path, code.lower().replace("-", "  ").replace("0", "o"))
    keys.reset_slot(tmp_path, found, "周敏", "恢复以后的一句话")
    assert keys.unlock(tmp_path, "周敏", "恢复以后的一句话") == (key, "u1")
    with pytest.raises(RuleViolation) as caught:
        keys.reset_slot(tmp_path, found, "没有的人", "恢复以后的一句话")
    assert code_of(caught) == "no_such_account"


def test_a_code_of_another_store_is_told_from_a_typing_error(home: Path) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        keys.unlock_with_recovery(home, new_code())
    assert code_of(caught) == "wrong_recovery_code"
    with pytest.raises(RuleViolation) as typo:
        keys.unlock_with_recovery(home, new_code()[:-1])
    assert code_of(typo) == "recovery_code_typo"


def test_slots_go_and_names_are_not_given_twice(home: Path) -> None:
    key, _ = keys.unlock(home, "周敏", GOOD)
    with pytest.raises(RuleViolation) as last:
        keys.remove_slot(home, "周敏")
    assert code_of(last) == "last_slot"
    keys.add_slot(home, key, "u2", "何建平", "大塘村的路修好了")
    with pytest.raises(RuleViolation) as twice:
        keys.add_slot(home, key, "u3", "何建平", "大塘村的路修好了")
    assert code_of(twice) == "account_exists"
    keys.remove_slot(home, "何建平")
    assert keys.names(home) == ("周敏",)
    with pytest.raises(EnvironmentProblem, match="密码不对"):
        keys.unlock(home, "何建平", "大塘村的路修好了")
    with pytest.raises(RuleViolation):
        keys.remove_slot(home, "何建平")


def test_existing_keys_are_never_overwritten(home: Path) -> None:
    before = (home / "keys.json").read_bytes()
    with pytest.raises(EnvironmentProblem) as caught:
        keys.create(home, "u9", "周敏", GOOD, cost=QUICK)
    assert code_of(caught) == "keys_exist"
    assert (home / "keys.json").read_bytes() == before


def change(home: Path, **parts: Any) -> None:
    path = home / "keys.json"
    path.write_text(json.dumps({**json.loads(path.read_bytes()), **parts}), encoding="utf-8")


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"version":1}', b"[" * 100_000, b" " * 1_000_001,
        b'{"version":1,"argon2id":{"memory_kib":99999999,"rounds":3,"lanes":2},"slots":[]}',
        b'{"version":1,"argon2id":{"memory_kib":8,"rounds":1,"lanes":2},"slots":[],"recovery":{}}',
        b'{"version":1,"argon2id":{"memory_kib":64,"rounds":1,"lanes":1},"slots":[3]}',
    ],
)  # fmt: skip
def test_a_damaged_file_is_a_sentence(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "keys.json").write_bytes(data)
    with pytest.raises(EnvironmentProblem) as caught:
        keys.unlock(tmp_path, "周敏", GOOD)
    assert code_of(caught) == "keys_damaged"
    assert (tmp_path / "keys.json").read_bytes() == data


def test_missing_and_newer_files_are_sentences(tmp_path: Path, home: Path) -> None:
    with pytest.raises(EnvironmentProblem) as missing:
        keys.names(tmp_path / "elsewhere")
    assert code_of(missing) == "keys_missing"
    change(home, version=2)
    with pytest.raises(EnvironmentProblem) as newer:
        keys.names(home)
    assert code_of(newer) == "keys_too_new"


def test_a_slot_cannot_be_given_another_name_or_cost(home: Path) -> None:
    (slot,) = json.loads((home / "keys.json").read_bytes())["slots"]
    change(home, slots=[{**slot, "name": "何建平"}])
    with pytest.raises(EnvironmentProblem, match="密码不对"):
        keys.unlock(home, "何建平", GOOD)
    change(home, slots=[{**slot, "account": "u2"}])
    with pytest.raises(EnvironmentProblem, match="密码不对"):
        keys.unlock(home, "周敏", GOOD)


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("短密码123", "太短"), ("周敏", "太短"), ("password", "太常见"), ("Ｐａｓｓｗ0rd", "太常见"),
        ("88888888", "重复"), ("abababab", "重复"), ("23456789", "连续"), ("hgfedcba", "连续"),
        ("liaisonbob", "账号名"), ("LiaisonBob2026", "账号名"), ("长" * 257, "太长"),
    ],
)  # fmt: skip
def test_weak_passwords_are_refused_in_words(password: str, said: str) -> None:
    with pytest.raises(RuleViolation, match=said) as caught:
        keys.check_password("LiaisonBob", password)
    assert code_of(caught) == "weak_password"
    assert caught.value.field == "password"


def test_ordinary_passwords_are_let_through() -> None:
    for password in (GOOD, "correct horse", "tianqihenhao7", "Zhou-min.2026!"):
        keys.check_password("周敏", password)


def test_a_code_has_eight_groups_of_unmistakable_characters() -> None:
    code = new_code()
    assert [len(group) for group in code.split("-")] == [4] * 8
    assert not set(code) & set("ILOU")
    assert new_code() != code


@given(st.integers(0, 31), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_one_wrong_character_is_always_noticed(at: int, other: str) -> None:
    code = new_code().replace("-", "")
    wrong = code[:at] + other + code[at + 1 :]
    if wrong == code:
        assert secret_of(wrong) == secret_of(code)
    else:
        with pytest.raises(RuleViolation):
            secret_of(wrong)


@given(st.integers(0, 30))
def test_two_exchanged_neighbours_are_always_noticed(at: int) -> None:
    code = new_code().replace("-", "")
    wrong = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    if wrong != code:
        with pytest.raises(RuleViolation):
            secret_of(wrong)


def test_typing_is_forgiven_its_manners() -> None:
    code = new_code()
    lazy = code.lower().replace("-", " ").replace("0", "O").replace("1", "l")
    assert secret_of(f" {lazy}\n") == secret_of(code)
    assert secret_of(code.replace("-", "－")) == secret_of(code)
    for wrong in ("", "码" * 32, "U" * 32, code * 400):
        with pytest.raises(RuleViolation) as caught:
            secret_of(wrong)
        assert code_of(caught) == "recovery_code_typo"
