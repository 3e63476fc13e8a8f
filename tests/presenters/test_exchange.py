"""数据交换: where each site stands, what a bundle brought, bundles on their way out and in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.factories import CHINA, PASSWORD, MovableClock
from tests.neighbours import COUNTY, VILLAGE, Neighbours, bring, edit, send
from xinfang_desktop.domain.errors import EnvironmentProblem, RuleViolation, XinfangError
from xinfang_desktop.presenters.bundles_in import BundlesIn, line_state, line_words
from xinfang_desktop.presenters.bundles_out import PULL_OUT, SIZES, BundlesOut, Receiver
from xinfang_desktop.presenters.exchange import ExchangePresenter
from xinfang_desktop.presenters.exchange_words import exact_words, moment_words
from xinfang_desktop.presenters.jobs import Talk, job_now
from xinfang_desktop.presenters.running import run_now
from xinfang_desktop.presenters.shell import ShellPresenter
from xinfang_desktop.services import accounts, disputes, sites
from xinfang_desktop.services.accounts import NewAccount
from xinfang_desktop.services.conflicts import conflict_list as town_conflicts
from xinfang_desktop.services.conflicts import resolve_conflict
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.disputes import DisputeQuery
from xinfang_desktop.services.exchange_glance import Glance, exchange_glance
from xinfang_desktop.services.sending import export_bundle

DeskAt = Callable[..., Desk]


def nothing() -> None:
    """Nothing is drawn."""


def fail(error: XinfangError) -> None:
    raise error


def shown(desk: Desk) -> ExchangePresenter:
    made = ExchangePresenter(desk, run_now)
    made.load(nothing)
    return made


def states(desk: Desk) -> dict[str, str]:
    return {line.name: line.words for line in shown(desk).peers()}


# --- where each site stands ------------------------------------------------------------------------


def test_each_site_is_told_in_one_word(three: Neighbours, desk_at: DeskAt) -> None:
    town = desk_at(three.town)
    assert states(town) == {COUNTY.name: "还没交换过", VILLAGE.name: "齐"}
    bring(town, three.second)
    assert states(town)[VILLAGE.name] == "冲突 2"
    sites.revoke_site(town, COUNTY.name)
    assert states(town)[COUNTY.name] == "已停用"
    assert [line.name for line in shown(town).active()] == [VILLAGE.name]


def test_a_gap_names_the_number_that_lacks(three: Neighbours, desk_at: DeskAt) -> None:
    town = desk_at(three.early)
    bring(town, three.second)
    page = shown(town)
    assert states(town)[VILLAGE.name] == "缺第 1 条"
    assert "第 1 条还没有到" in page.standing()[0]
    assert "只有丢失的磁盘上有" in page.standing()[1], "the folder was put back to an older state"
    report = page.report()
    assert report is not None and report.gaps == page.standing()[:1]
    bring(town, three.first)
    assert states(town)[VILLAGE.name] == "齐"
    assert not [said for said in shown(town).standing() if "还没有到" in said]


def test_what_was_sent_but_never_answered_is_said(
    three: Neighbours, desk_at: DeskAt, tmp_path: Path
) -> None:
    county = desk_at(three.county, COUNTY.admin)
    out = going(county)
    out.write(to(county), tmp_path, SIZES[0], nothing, fail)
    assert list(states(county).values()) == ["还没收到过"]


def test_the_last_report_and_every_file_are_kept(three: Neighbours, desk_at: DeskAt) -> None:
    town = desk_at(three.town)
    bring(town, three.second)
    page = shown(town)
    report = page.report()
    assert report is not None
    assert report.title == "柳溪村村委会，今天 14:00，第 2 包"
    figures = {line.words: line.number for line in report.counts}
    assert figures == {"条新记录": 2, "条早已有": 0, "处冲突": 2, "条拒收": 0}
    assert report.merged == "", "what stands in conflict was not merged"
    ways = [line.way for line in page.history()]
    assert ways[0] == "收" and sorted(ways) == ["发", "收", "收"]
    assert page.message() == "往来单位 2 个，1 个有待发，2 处冲突待判断"


def test_changes_that_do_not_meet_are_told_as_merged(
    three: Neighbours, desk_at: DeskAt, clock: MovableClock, tmp_path: Path
) -> None:
    town, village = desk_at(three.town), desk_at(three.village, VILLAGE.admin)
    bring(town, three.second)
    for row in town_conflicts(town):
        resolve_conflict(town, row.id, "1")
    bring(village, send(town, village, tmp_path))
    clock.later(minutes=3)
    edit(village, measures="砌沟")
    edit(town, unit="农业农村办")
    bring(town, send(village, town, tmp_path))
    report = shown(town).report()
    assert report is not None and "自动合并" in report.merged
    assert ("件并行修改", 1) in {(line.words, line.number) for line in report.counts}


def test_what_was_given_back_after_a_lost_disk_is_counted(
    three: Neighbours, desk_at: DeskAt, clock: MovableClock, tmp_path: Path
) -> None:
    """The township writes, the village has it, the township's folder is put back."""
    town, village = desk_at(three.town), desk_at(three.village, VILLAGE.admin)
    bring(village, send(town, village, tmp_path))
    back = desk_at(three.early)
    sent = export_bundle(village, back.site.id, tmp_path / "back", recovery=True)
    bundles = coming(back)
    bundles.look([file.path for file in sent.files], nothing)
    (line,) = bundles.lines
    assert line.report is not None and line.report.recovered > 0
    clock.later(minutes=1)
    bundles.take_in(nothing)
    report = shown(back).report()
    assert report is not None
    assert ("条本机的找回了", line.report.recovered) in {(c.words, c.number) for c in report.counts}


def test_without_a_site_the_way_in_is_told(desk: Desk) -> None:
    page = shown(desk)
    assert page.peers() == () and page.report() is None
    assert page.message() == "还没有往来单位"
    assert "名片" in page.why_not_send_all() and "选一个单位" in page.why_not_send(None)


def test_moments_are_told_as_people_say_them() -> None:
    now = datetime(2026, 9, 21, 9, 36, tzinfo=CHINA)
    assert moment_words(now - timedelta(minutes=6), now) == "今天 9:30"
    assert moment_words(now - timedelta(hours=16), now) == "昨天 17:36"
    assert moment_words(now - timedelta(days=3), now) == "9月18日"
    assert moment_words(now - timedelta(days=300), now) == "2025年11月25日"
    assert (moment_words(None, now), exact_words(None, now)) == ("—", "")
    assert exact_words(now - timedelta(days=300), now) == "2025年11月25日 9:36"


# --- going out -------------------------------------------------------------------------------------


def going(desk: Desk) -> BundlesOut:
    return BundlesOut(desk, run_now, job_now)


def to(desk: Desk) -> list[Receiver]:
    return [Receiver(line.site, line.name) for line in shown(desk).active()]


def test_the_stick_may_be_pulled_out_only_when_all_is_written(
    three: Neighbours, desk_at: DeskAt, tmp_path: Path
) -> None:
    town = desk_at(three.town)
    out = going(town)
    said: list[str] = []

    def watch(work: Callable[[Talk], object], *rest: object, **more: object) -> object:
        def told(talk: Talk) -> object:
            said.append(out.sentence())
            assert out.why_not(tmp_path) == "正在写另一个数据包，请等它写完。"
            return work(talk)

        return job_now(told, *rest, **more)  # type: ignore[arg-type]

    out._job = watch
    folder = tmp_path / "U盘"
    out.write(to(town), folder, SIZES[0], nothing, fail)
    assert said == [""]
    assert out.sentence().endswith(PULL_OUT) and "读回来核对过" in out.sentence()
    assert len(out.files()) == 2 and {p.name for p in folder.iterdir()} == set(out.files())
    assert out.why_not(folder) == "" and out.why_not(None)


class Impatient:
    """Somebody who stops the work as soon as it moved."""

    def __init__(self) -> None:
        self._moved = False

    def progress(self, done: int, total: int) -> None:
        assert 0 <= done <= total
        self._moved = True

    def cancelled(self) -> bool:
        return self._moved


def stopped_job(
    work: Callable[[Talk], object],
    done: Callable[[object], None],
    failed: Callable[[XinfangError], None] | None = None,
    **more: object,
) -> object:
    done(work(Impatient()))
    return None


def test_stopped_nothing_half_stays(three: Neighbours, desk_at: DeskAt, tmp_path: Path) -> None:
    town = desk_at(three.town)
    out = BundlesOut(town, run_now, stopped_job)  # type: ignore[arg-type]
    folder = tmp_path / "U盘"
    out.write(to(town), folder, SIZES[0], nothing, fail)
    assert out.stopped and list(folder.iterdir()) == [] and not out.writing
    assert out.sentence() == f"已停止，没写完的没有留下。{PULL_OUT}"


def test_what_fails_is_told_and_one_may_try_again(
    three: Neighbours, desk_at: DeskAt, tmp_path: Path
) -> None:
    town = desk_at(three.town)
    out = going(town)
    told: list[XinfangError] = []
    out.write(to(town), town.home / "inside", SIZES[0], nothing, told.append)
    assert [error.code for error in told] == ["inside_data"] and out.sentence() == ""
    (tmp_path / "file").write_text("x")
    out.write(to(town), tmp_path / "file", SIZES[0], nothing, told.append)
    assert isinstance(told[1], EnvironmentProblem) and PULL_OUT not in out.sentence()
    out.write(to(town), tmp_path / "ok", SIZES[0], nothing, fail)
    assert out.sentence().endswith(PULL_OUT)


def test_a_folder_used_before_is_offered_as_long_as_it_is_there(desk: Desk, tmp_path: Path) -> None:
    found: list[Path] = []
    going(desk).places(str(tmp_path), lambda places: found.extend(p.path for p in places))
    assert found[-1] == tmp_path
    before = len(found)
    going(desk).places(str(tmp_path / "gone"), lambda p: found.extend(e.path for e in p))
    assert tmp_path / "gone" not in found[before:]


# --- coming in -------------------------------------------------------------------------------------


def coming(desk: Desk) -> BundlesIn:
    return BundlesIn(desk, job_now)


def count(desk: Desk) -> int:
    return len(disputes.dispute_page(desk, DisputeQuery()).rows)


def test_a_preview_says_what_would_come_and_writes_nothing(
    three: Neighbours, desk_at: DeskAt
) -> None:
    town = desk_at(three.town)
    before = count(town)
    bundles = coming(town)
    assert bundles.why_not() == "先选择数据包文件"
    bundles.look([three.second], nothing)
    (line,) = bundles.lines
    assert line_words(line) == "来自柳溪村村委会：新增矛盾纠纷 1 件；更新 1 件；2 处冲突要判断。"
    assert line_state(line) == ("soon", "可以导入") and count(town) == before
    bundles.take_in(nothing)
    assert line_state(bundles.lines[0]) == ("done", "已导入") and count(town) == before + 1
    assert bundles.sentence() == "已导入 1 个数据包。" and bundles.wanted() == 0


def test_several_files_are_taken_in_as_they_were_made(
    three: Neighbours, desk_at: DeskAt, tmp_path: Path
) -> None:
    town = desk_at(three.early)
    bad = tmp_path / "坏的.xfb"
    bad.write_bytes(three.second.read_bytes()[:-40])
    foreign = tmp_path / "不是.xfb"
    foreign.write_bytes(b"hello")
    bundles = coming(town)
    bundles.look([bad, three.second, foreign, three.first], nothing)
    assert [line.path for line in bundles.lines][-1] == foreign
    assert {line.path.name: line_state(line)[1] for line in bundles.lines} == {
        three.first.name: "可以导入", three.second.name: "要等前面的", "坏的.xfb": "不能导入",
        "不是.xfb": "不能导入",
    }  # fmt: skip
    refused = next(line for line in bundles.lines if line.path == foreign)
    assert refused.error is not None and refused.error.mend and line_words(refused)
    assert bundles.sentence() == "4 个文件，2 个有新内容，2 个不能导入。现在还什么都没有写。"
    bundles.take_in(nothing)
    assert count(town) == 2 and "还没有到" not in "".join(shown(town).standing())
    bundles.look([three.first], nothing)
    assert line_state(bundles.lines[0]) == ("done", "导入过了")
    assert bundles.why_not() == "没有可以导入的"


def test_stopped_nothing_is_taken_in(three: Neighbours, desk_at: DeskAt) -> None:
    town = desk_at(three.town)
    bundles = coming(town)
    bundles.look([three.second], nothing)
    before = count(town)
    bundles._job = stopped_job  # type: ignore[assignment]
    bundles.take_in(nothing)
    assert bundles.stopped and count(town) == before
    assert bundles.sentence() == "已停止，什么也没有导入。"
    bundles.look([three.second], nothing)
    assert bundles.sentence() == "已停止，什么也没有导入。", "the look was stopped, too"


def test_a_liaison_at_the_townships_pc_has_no_such_page(desk_of: Callable[..., Desk]) -> None:
    hers = ShellPresenter(desk_of("liaison"))
    assert not hers.exchanges() and "exchange" not in {place.key for place in hers.places()}
    assert exchange_glance(hers.desk) == Glance()


def test_a_village_exchanges_at_its_own_pc(three: Neighbours, desk_at: DeskAt) -> None:
    village = desk_at(three.village, VILLAGE.admin)
    accounts.add_account(village, NewAccount("何春生", ("liaison",), PASSWORD, "柳溪村"))
    hers = ShellPresenter(desk_at(three.village, "何春生"))
    assert hers.exchanges() and hers.may("exchange_bundles")


def test_who_may_not_exchange_is_told_so(desk_of: Callable[..., Desk]) -> None:
    page = shown(desk_of("leader"))
    assert "信访专干" in page.why_not("exchange_bundles")
    with pytest.raises(RuleViolation, match="没有这项权限"):
        going(page.desk).write([Receiver("x", "x")], Path("x"), SIZES[0], nothing, fail)
