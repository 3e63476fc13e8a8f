"""导入台账: the one question that a ledger may leave open."""

from __future__ import annotations

from pathlib import Path

from xinfang_desktop.presenters.importing import ImportPresenter
from xinfang_desktop.presenters.running import run_now
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.handling import MatterQuery, matter_list


class _Talk:
    @staticmethod
    def progress(_done: int, _total: int) -> None: ...

    @staticmethod
    def cancelled() -> bool:
        return False


def test_a_ledger_without_a_channel_asks_once(desk: Desk, tmp_path: Path) -> None:
    ledger = tmp_path / "台账.csv"
    ledger.write_text("序号,日期,姓名,反映问题\n1,2026-03-02,王桂芳,路灯不亮\n", "utf-8")

    def job(work, done, failed, *, label=""):  # type: ignore[no-untyped-def]
        done(work(_Talk))

    refused: list[object] = []
    coming = ImportPresenter(desk, run_now, job)
    coming.look(ledger, lambda: None, refused.append)
    assert coming.asks_channel()
    coming.look(ledger, lambda: None, refused.append, channel="visit")
    assert coming.problems() == ()
    coming.bring_in(lambda: None, refused.append)
    assert [row.channel for row in matter_list(desk, MatterQuery()).matters] == ["visit"]
    assert refused == []
