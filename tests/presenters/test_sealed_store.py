"""设置—密件库: what is told, and a colleague let in."""

from __future__ import annotations

from tests.conftest import DeskOf, SignIn
from tests.factories import PASSWORD
from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.presenters.running import run_now
from xinfang_desktop.presenters.sealed_store import SealedStorePresenter


def nothing() -> None:
    """Done."""


def test_a_holder_lets_a_colleague_in(desk_of: DeskOf, sign_in: SignIn) -> None:
    page = SealedStorePresenter(desk_of("officer", "sealed", name="专办员"), run_now)
    page.load(nothing)
    assert page.lines[0] == "密件库已经打开。"
    assert "请现在就制作一个" in page.lines[2]
    other = SealedStorePresenter(desk_of("officer", "sealed", name="新来的"), run_now)
    other.load(nothing)
    assert other.lines[0].startswith("密件库没有打开。") and "准入" in other.lines[0]
    refused: list[XinfangError] = []
    page.let_in({"name": "新来的", "password": "不对的-Pass-1"}, nothing, refused.append)
    assert [error.field for error in refused] == ["password"]
    page.let_in({"name": "新来的", "password": PASSWORD}, nothing, refused.append)
    assert page.status is not None and page.status.holders == ("专办员", "新来的")
    assert sign_in("新来的").vault is not None


def test_the_recovery_code_opens_it(desk_of: DeskOf) -> None:
    page = SealedStorePresenter(desk_of("officer", "sealed", name="专办员"), run_now)
    made: list[str] = []
    page.make_code(made.append, lambda error: None)
    other = SealedStorePresenter(desk_of("officer", "sealed", name="新来的"), run_now)
    refused: list[XinfangError] = []
    other.recover({"recovery_code": made[0], "password": PASSWORD}, nothing, refused.append)
    assert refused == [] and other.status is not None and other.status.open


def test_others_are_told_nothing(desk_of: DeskOf) -> None:
    page = SealedStorePresenter(desk_of("leader"), run_now)
    page.load(nothing)
    assert page.lines == ()
