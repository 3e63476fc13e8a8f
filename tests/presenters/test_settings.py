"""设置: accounts, office, people, villages, calendar, proofs — and the import of a ledger."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.factories import OFFICE, PASSWORD, register
from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.presenters.importing import ImportPresenter
from xinfang_desktop.presenters.jobs import job_now
from xinfang_desktop.presenters.running import run_now
from xinfang_desktop.presenters.safeguards import CalendarPresenter, ProofPresenter
from xinfang_desktop.presenters.settings import SettingsPresenter
from xinfang_desktop.services import accounts
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.store.passwords import check_password


@pytest.fixture
def settings(desk: Desk) -> SettingsPresenter:
    """The settings of somebody who is administrator and officer."""
    return SettingsPresenter(desk, run_now)


def nothing() -> None:
    """Done."""


def test_an_account_is_added_changed_and_shut(settings: SettingsPresenter) -> None:
    refused: list[XinfangError] = []
    asked = {"name": "何小梅", "roles": ["officer"], "password": PASSWORD, "password_again": "x"}
    settings.add_account(asked, nothing, refused.append)
    assert refused.pop().field == "password_again"
    settings.add_account({**asked, "password_again": PASSWORD}, nothing, refused.append)
    settings.change_account(
        "何小梅", {"roles": ["liaison"], "village": "双井村"}, nothing, refused.append
    )
    settings.load_accounts(nothing)
    row = next(each for each in settings.accounts if each.name == "何小梅")
    assert row.roles == ("liaison",) and row.village == "双井村"
    settings.disable_account("何小梅", nothing, refused.append)
    settings.load_accounts(nothing)
    assert settings.accounts[-1].disabled
    settings.disable_account(OFFICE.admin, nothing, refused.append)
    assert refused.pop().code == "last_admin"
    assert refused == []


def test_the_own_password_is_changed(settings: SettingsPresenter, sign_in) -> None:  # type: ignore[no-untyped-def]
    refused: list[XinfangError] = []
    fresh = "青石-Neu-2027"
    check_password(OFFICE.admin, fresh)
    asked = {"old_password": "错的密码-2026", "password": fresh, "password_again": fresh}
    settings.change_password(asked, nothing, refused.append)
    assert refused.pop().code == "wrong_password"
    settings.change_password({**asked, "old_password": PASSWORD}, nothing, refused.append)
    assert refused == []
    assert sign_in(password=fresh).account.name == OFFICE.admin


def test_the_office_keeps_what_was_not_changed(settings: SettingsPresenter, desk: Desk) -> None:
    refused: list[XinfangError] = []
    values = settings.office_values()
    settings.save_office({**values, "organ": ""}, nothing, refused.append)
    assert refused.pop().field == "organ"
    before = desk.data_version()
    settings.save_office(values, nothing, refused.append)
    assert desk.data_version() == before
    settings.save_office({**values, "phone": "0739-6209999"}, nothing, refused.append)
    assert desk.office.phone == "0739-6209999" and desk.office.organ == OFFICE.organ
    assert refused == []


def test_people_and_villages(settings: SettingsPresenter) -> None:
    refused: list[XinfangError] = []
    settings.save_person(None, {"title": "镇长"}, nothing, refused.append)
    assert refused.pop().field == "name"
    settings.save_person(None, {"name": "马长青", "title": "镇长"}, nothing, refused.append)
    settings.load_people(nothing)
    person = next(each for each in settings.people if each.name == "马长青")
    told = {"name": "马长青", "title": "镇长", "unit": person.unit, "may_sign": True}
    settings.save_person(person, told, nothing, refused.append)
    settings.load_people(nothing)
    assert next(each for each in settings.people if each.name == "马长青").may_sign
    settings.add_village({"name": "石桥村", "code": "12"}, nothing, refused.append)
    assert refused.pop().field == "code"
    settings.add_village({"name": "石桥村", "code": "430522101209"}, nothing, refused.append)
    settings.load_villages(nothing)
    assert "石桥村" in [village.name for village in settings.villages]
    assert refused == []


def test_tabs_say_what_an_account_may_not_change(desk_of) -> None:  # type: ignore[no-untyped-def]
    tabs = {tab.key: tab.why_not for tab in SettingsPresenter(desk_of("leader"), run_now).tabs()}
    assert "系统管理员" in tabs["accounts"]
    assert tabs["look"] == tabs["proof"] == ""


NOTICE = "date,type,name\n" + "".join(f"2027-01-0{day},rest,元旦\n" for day in (1, 2, 3, 4))


def test_a_new_notice_moves_dates_and_lists_them(desk: Desk, tmp_path: Path, clock) -> None:  # type: ignore[no-untyped-def]
    clock.go("2026-12-18")
    matter = register(desk, received_on="2026-12-18")
    page = CalendarPresenter(desk, run_now)
    page.show(2026, nothing)
    assert page.view is not None and page.view.published
    assert any(day.tag == "班" for day in page.days())
    page.show(2027, nothing)
    assert "还没有导入" in page.sentence()
    file = tmp_path / "2027.csv"
    file.write_text(NOTICE, encoding="utf-8-sig")
    page.take_in(file, nothing, pytest.fail, document="国办发明电〔2026〕7号")
    moved = {line.what: (line.old, line.new) for line in page.moved()}
    assert moved["书面告知：是否受理、由谁办、怎么办"] == ("2027-01-04", "2027-01-05")
    assert {line.number for line in page.moved()} == {matter.number.rpartition("-XF-")[2]}
    page.show(2027, nothing)
    assert "国办发明电〔2026〕7号" in page.sentence()


def test_a_file_that_is_no_notice_is_refused(desk: Desk, tmp_path: Path) -> None:
    bad = tmp_path / "坏的.csv"
    bad.write_text("没有,这样的,列\n", encoding="utf-8")
    page, refused = CalendarPresenter(desk, run_now), []
    page.take_in(bad, nothing, refused.append)
    assert refused[0].sentence and page.moved() == ()


def test_the_log_is_whole_and_the_tables_agree(desk: Desk) -> None:
    register(desk)
    proof = ProofPresenter(desk, job_now)
    assert proof.log_sentence()[0] == "rest"
    proof.verify(nothing, pytest.fail)
    proof.check(nothing, pytest.fail)
    assert proof.log_sentence()[0] == "done"
    assert proof.rebuild_sentence()[0] == "done"


LEDGER = """序号,来访日期,姓名,联系电话,反映问题,身份证号
1,2026-09-03,王桂芳,13907391827,后山路塌方没有清理,430522196803152722
2,2026-09-04,李永福,13907391828,自来水经常停水,43052219680315000X
"""


def test_a_ledger_is_read_dry_imported_once_and_undone(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "来访登记.csv"
    file.write_text(LEDGER, encoding="utf-8-sig")
    page = ImportPresenter(desk, run_now, job_now)
    page.look(file, nothing, pytest.fail)
    assert "2 行：可以导入 2 件" in page.sentence()
    assert [(line.row, line.column) for line in page.problems()] == [(3, "身份证号")]
    taken = {line.header: line.word for line in page.columns()}
    assert taken["姓名"] == "姓名" and taken["来访日期"] == "登记日期"
    page.bring_in(nothing, pytest.fail)
    assert page.batch and "已导入 2 件" in page.sentence()
    page.look(file, nothing, pytest.fail)
    assert "2 件以前导入过" in page.sentence()
    batches: list[object] = []
    page.batches(batches.extend)
    page.undo(batches[0].id, lambda changes: None, pytest.fail)  # type: ignore[attr-defined]
    page.batches(lambda rows: batches.__setitem__(slice(None), rows))
    assert batches[0].undone  # type: ignore[attr-defined]


def test_what_is_no_ledger_is_refused_in_words(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "坏.xlsx"
    file.write_bytes(b"PK\x03\x04 not really")
    refused: list[XinfangError] = []
    page = ImportPresenter(desk, run_now, job_now)
    page.look(file, nothing, refused.append)
    assert refused[0].sentence and page.report is None
    assert accounts.people(desk)
