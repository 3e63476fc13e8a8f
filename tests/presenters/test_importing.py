"""导入台账: the question a ledger may leave open, and columns put right by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.presenters.importing import ImportPresenter
from xinfang_desktop.presenters.jobs import job_now
from xinfang_desktop.presenters.running import run_now
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.handling import MatterQuery, matter_list

HEAD = "序号,来访日期,谁来的,电话,反映问题,稳控责任人\n"
ROW = "1,2026-03-02,王桂芳,13907391827,路灯不亮,张某\n"


class Coming(ImportPresenter):
    """A presenter without a screen; ``refused`` holds what was told instead of done."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, run_now, job_now)
        self.refused: list[XinfangError] = []

    def came(self) -> None:
        """Nothing is drawn."""


@pytest.fixture
def coming(desk: Desk) -> Coming:
    return Coming(desk)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "登记.csv"
    path.write_text(HEAD + ROW, "utf-8")
    return path


def taken_for(coming: Coming) -> dict[str, str]:
    return {line.header: line.word for line in coming.columns()}


def test_a_ledger_without_a_channel_asks_once(coming: Coming, tmp_path: Path) -> None:
    ledger = tmp_path / "台账.csv"
    ledger.write_text("序号,日期,姓名,反映问题\n1,2026-03-02,王桂芳,路灯不亮\n", "utf-8")
    coming.look(ledger, coming.came, coming.refused.append)
    assert coming.asks_channel()
    coming.say_channel("visit", coming.came, coming.refused.append)
    assert coming.problems() == ()
    coming.bring_in(coming.came, coming.refused.append)
    rows = matter_list(coming.desk, MatterQuery()).matters
    assert [row.channel for row in rows] == ["visit"]
    ledger.write_text("序号,日期,姓名,反映问题\n1,2026-03-05,何小梅,水渠堵塞\n", "utf-8")
    coming.look(ledger, coming.came, coming.refused.append)
    assert coming.remembered() and coming.problems() == ()
    assert (coming.asks_channel(), coming.channel) == (True, "visit"), "and may be said otherwise"
    assert coming.refused == []


def test_every_column_says_what_it_is_taken_for_and_why_not(coming: Coming, ledger: Path) -> None:
    assert coming.columns() == () and coming.kind() == ""
    coming.look(ledger, coming.came, coming.refused.append)
    lines = {line.header: line for line in coming.columns()}
    assert list(lines) == ["序号", "来访日期", "谁来的", "电话", "反映问题", "稳控责任人"]
    assert (lines["电话"].word, lines["谁来的"].word) == ("联系电话", "原样保存")
    assert (lines["稳控责任人"].word, lines["稳控责任人"].why) == (
        "不导入",
        "对人的管控标签，不登记",
    )
    offered = {option.label: option for option in coming.fields()}
    assert {"姓名", "登记日期", "原样保存", "不导入"} <= set(offered)
    assert "纠纷当事人" not in offered and "xm" in offered["姓名"].keys
    told = "".join(coming.remarks())
    assert "不导入的列：稳控责任人" in told and "原样保存的列：谁来的" in told


def test_a_column_put_right_is_remembered_for_the_next_ledger(coming: Coming, ledger: Path) -> None:
    coming.look(ledger, coming.came, coming.refused.append)
    coming.assign("谁来的", "name", coming.came, coming.refused.append)
    assert taken_for(coming)["谁来的"] == "姓名" and not coming.remembered()
    coming.assign("电话", "drop", coming.came, coming.refused.append)
    assert taken_for(coming)["电话"] == "不导入"
    assert "电话" not in "".join(coming.remarks()), "left out by choice, not by rule"
    coming.bring_in(coming.came, coming.refused.append)
    ledger.write_text(HEAD + ROW.replace("王桂芳", "何小梅"), "utf-8")
    coming.look(ledger, coming.came, coming.refused.append)
    assert coming.remembered()
    assert (taken_for(coming)["谁来的"], taken_for(coming)["电话"]) == ("姓名", "不导入")
    coming.afresh(coming.came, coming.refused.append)
    assert not coming.remembered()
    assert (taken_for(coming)["谁来的"], taken_for(coming)["电话"]) == ("原样保存", "联系电话")
    assert coming.refused == []


def test_a_ledger_understood_by_itself_leaves_nothing_to_remember(
    coming: Coming, tmp_path: Path
) -> None:
    ledger = tmp_path / "登记.csv"
    ledger.write_text("来访日期,姓名,反映问题\n2026-03-02,王桂芳,路灯不亮\n", "utf-8")
    for _ in range(2):
        coming.look(ledger, coming.came, coming.refused.append)
        assert not coming.remembered()
        coming.bring_in(coming.came, coming.refused.append)


def test_the_kind_is_switched_and_its_fields_with_it(coming: Coming, ledger: Path) -> None:
    coming.look(ledger, coming.came, coming.refused.append)
    coming.assign("谁来的", "name", coming.came, coming.refused.append)
    coming.switch("disputes", coming.came, coming.refused.append)
    assert coming.kind() == "disputes" and coming.sentence().startswith("矛盾纠纷台账")
    assert taken_for(coming)["谁来的"] == "原样保存", "a choice for the other kind is gone"
    assert "纠纷当事人" in {option.label for option in coming.fields()}
    coming.assign("谁来的", "parties", coming.came, coming.refused.append)
    coming.bring_in(coming.came, coming.refused.append)
    ledger.write_text(HEAD + ROW.replace("王桂芳", "何小梅"), "utf-8")
    coming.look(ledger, coming.came, coming.refused.append)
    assert (coming.kind(), coming.remembered()) == ("disputes", True)


def test_a_head_that_nobody_knows_can_be_explained(coming: Coming, tmp_path: Path) -> None:
    ledger = tmp_path / "登记.csv"
    ledger.write_text("号,哪天,谁来的,啥事\n甲,2026-03-02,王桂芳,路灯不亮\n", "utf-8")
    coming.look(ledger, coming.came, coming.refused.append)
    assert coming.unknown_head and [error.code for error in coming.refused] == ["no_header"]
    coming.by_hand(coming.came, coming.refused.append)
    assert not coming.unknown_head and coming.nothing_fits()
    for key, field in (("哪天", "received_on"), ("谁来的", "name"), ("啥事", "detail")):
        coming.assign(key, field, coming.came, coming.refused.append)
    assert not coming.nothing_fits()
    coming.bring_in(coming.came, coming.refused.append)
    assert coming.batch and len(coming.refused) == 1


def test_only_the_newest_answer_counts(desk: Desk, ledger: Path) -> None:
    waiting: list[tuple[object, object]] = []

    def later(work, done, failed=None, *, lane="data", label=""):  # type: ignore[no-untyped-def]
        waiting.append((work, done))

    drawn: list[str] = []
    coming = ImportPresenter(desk, run_now, later)
    coming.look(ledger, lambda: drawn.append("first"), drawn.append)  # type: ignore[arg-type]
    coming.assign("谁来的", "name", lambda: drawn.append("second"), drawn.append)  # type: ignore[arg-type]
    for work, done in waiting:
        job_now(work, done)  # type: ignore[arg-type]
    assert drawn == ["second"]
    assert {line.header: line.word for line in coming.columns()}["谁来的"] == "姓名"
