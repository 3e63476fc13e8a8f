"""What the columns of a ledger mean is said once and remembered by its head."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.ledgers.maker import Grid, write_csv, write_xlsx
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.services import disputes, handling, importing
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.handling import MatterQuery
from xinfang_desktop.services.importing import ImportLedger, ImportReport

HEAD = ["序号", "来访日期", "谁来的", "电话", "反映问题", "稳控责任人"]
MARCH: Grid = [HEAD, [1, "2026-03-02", "王桂芳", "13907391827", "路灯不亮", "张某"]]
APRIL: Grid = [HEAD, [1, "2026-04-03", "何小梅", "13655556666", "水渠堵塞", "张某"]]
STRANGE = ["编码", "登记的日子", "谁来的", "说的啥事"]


def csv(tmp_path: Path, grid: Grid, name: str = "登记") -> Path:
    path = tmp_path / f"{name}.csv"
    write_csv(path, grid, "utf-8")
    return path


def take(desk: Desk, path: Path, **how: object) -> ImportReport:
    return importing.import_ledger(desk, ImportLedger(path, **how))  # type: ignore[arg-type]


def fields(report: ImportReport) -> dict[str, str]:
    return {c.header: c.field for table in report.tables for c in table.columns if not c.dropped}


def people(desk: Desk) -> Sequence[str]:
    return [row.masked_name for row in handling.matter_list(desk, MatterQuery()).matters]


def test_a_choice_is_imported_and_remembered_without_a_name(desk: Desk, tmp_path: Path) -> None:
    march = csv(tmp_path, MARCH)
    assert fields(take(desk, march, dry_run=True))["谁来的"] == ""
    first = take(desk, march, columns={"谁来的": "name"}, remember=True)
    assert (first.imported, first.remembered) == (1, False)
    second = take(desk, csv(tmp_path, APRIL, "四月"))
    assert (second.imported, second.remembered, fields(second)["谁来的"]) == (1, True, "name")
    assert sorted(people(desk)) == ["何**", "王**"]


def test_a_dry_run_remembers_nothing(desk: Desk, tmp_path: Path) -> None:
    path = csv(tmp_path, MARCH)
    take(desk, path, columns={"谁来的": "name"}, remember=True, dry_run=True)
    take(desk, path, columns={"谁来的": "name"}, remember=True, dry_run=True, fresh=True)
    assert not take(desk, path, dry_run=True).remembered


def test_the_head_is_known_again_in_another_order_and_on_more_sheets(
    desk: Desk, tmp_path: Path
) -> None:
    take(desk, csv(tmp_path, MARCH), columns={"谁来的": "name"}, remember=True)
    turned = [row[::-1] for row in APRIL]
    path = tmp_path / "全年.xlsx"
    write_xlsx(path, {"四月": (turned, []), "五月": (turned, [])})
    report = take(desk, path, dry_run=True)
    assert report.remembered and fields(report)["谁来的"] == "name"
    other = csv(tmp_path, [[*HEAD, "天气"], [*MARCH[1], "晴"]])
    assert not take(desk, other, dry_run=True).remembered, "another head is another ledger"


def test_a_watch_list_column_stays_out_whatever_is_chosen(desk: Desk, tmp_path: Path) -> None:
    chosen = {"稳控责任人": "responsible", "谁来的": "name"}
    report = take(desk, csv(tmp_path, MARCH), columns=chosen, remember=True)
    assert report.dropped_columns == ("稳控责任人",)
    again = take(desk, csv(tmp_path, APRIL), dry_run=True)
    assert again.remembered and again.dropped_columns == ("稳控责任人",)
    assert "张某" not in repr(again)


def test_a_field_goes_to_one_column_and_the_newest_choice_wins(desk: Desk, tmp_path: Path) -> None:
    path = csv(tmp_path, [["来访日期", "姓名", "代办人", "反映问题"], ["2026-03-02", "王桂芳", "李和平", "路灯"]])  # fmt: skip
    report = take(desk, path, columns={"代办人": "name"}, remember=True)
    assert fields(report)["代办人"] == "name" and fields(report)["姓名"] == ""
    back = take(desk, path, columns={"姓名": "name"}, dry_run=True)
    assert back.remembered, "on top of what is remembered"
    assert fields(back)["姓名"] == "name" and fields(back)["代办人"] == ""
    both = take(desk, path, columns={"姓名": "name", "代办人": "name"}, dry_run=True)
    assert fields(both)["代办人"] == "name" and fields(both)["姓名"] == ""


def test_columns_of_the_same_name_are_told_apart(desk: Desk, tmp_path: Path) -> None:
    path = csv(tmp_path, [["来访日期", "姓名", "电话", "电话", "反映问题"], ["2026-03-02", "王桂芳", "13907391827", "李和平", "路灯"]])  # fmt: skip
    report = take(desk, path, columns={"电话@2": "unit"}, remember=True)
    assert [c.field for c in report.tables[0].columns][2:4] == ["phone", "unit"]
    again = take(desk, path, dry_run=True)
    assert again.remembered
    assert [c.field for c in again.tables[0].columns][2:4] == ["phone", "unit"]


def test_left_out_and_kept_as_written_are_choices_too(desk: Desk, tmp_path: Path) -> None:
    chosen = {"电话": "drop", "谁来的": "name", "反映问题": "keep"}
    report = take(desk, csv(tmp_path, MARCH), columns=chosen, remember=True)
    assert report.imported == 0, "without what was asked for there is nothing to register"
    again = take(desk, csv(tmp_path, APRIL), dry_run=True)
    assert again.remembered and set(again.dropped_columns) == {"电话", "稳控责任人"}
    assert fields(again)["反映问题"] == ""


def test_the_kind_said_once_is_remembered(desk: Desk, tmp_path: Path) -> None:
    head = ["日期", "村", "两边是谁", "内容"]
    first = csv(tmp_path, [head, ["2026-03-02", "柳溪村", "周敏、何建平", "争水"]])
    assert take(desk, first, dry_run=True).kind == "matters"
    take(desk, first, kind="disputes", columns={"两边是谁": "parties"}, remember=True)
    second = csv(tmp_path, [head, ["2026-03-05", "双井村", "刘志远、陈堃", "争路"]])
    report = take(desk, second)
    assert (report.kind, report.remembered, report.imported) == ("disputes", True, 1)
    assert len(disputes.dispute_list(desk)) == 2
    as_matters = take(desk, second, kind="matters", dry_run=True)
    assert (as_matters.kind, as_matters.remembered) == ("matters", False)


def test_starting_afresh_forgets_and_is_remembered_in_its_place(desk: Desk, tmp_path: Path) -> None:
    path = csv(tmp_path, MARCH)
    take(desk, path, columns={"谁来的": "unit"}, remember=True)
    fresh = take(desk, path, fresh=True, dry_run=True)
    assert not fresh.remembered and fields(fresh)["谁来的"] == ""
    take(desk, path, fresh=True, columns={"谁来的": "name"}, remember=True)
    assert fields(take(desk, path, dry_run=True))["谁来的"] == "name"


def test_the_channel_said_once_is_remembered(desk: Desk, tmp_path: Path) -> None:
    head = ["日期", "姓名", "反映问题"]
    take(
        desk, csv(tmp_path, [head, ["2026-03-02", "王桂芳", "路灯"]]), channel="来信", remember=True
    )
    again = take(desk, csv(tmp_path, [head, ["2026-03-05", "何小梅", "水渠"]]))
    assert (again.problems, again.channel) == ((), "来信")


def test_a_head_in_unknown_words_is_mapped_by_hand_and_then_known(
    desk: Desk, tmp_path: Path
) -> None:
    def sheet(day: str, name: str) -> Grid:
        return [["某某镇登记", "", "", ""], STRANGE, ["甲1", day, name, "路灯不亮"]]

    path = csv(tmp_path, sheet("2026-03-02", "王桂芳"))
    with pytest.raises(RuleViolation) as refused:
        take(desk, path, dry_run=True)
    assert refused.value.code == "no_header"
    looked = take(desk, path, by_hand=True, dry_run=True)
    assert (list(fields(looked)), looked.imported) == (STRANGE, 0)
    meant = {"登记的日子": "received_on", "谁来的": "name", "说的啥事": "detail"}
    assert take(desk, path, by_hand=True, columns=meant, remember=True).imported == 1
    again = take(desk, csv(tmp_path, sheet("2026-04-03", "何小梅"), "四月"))
    assert (again.imported, again.remembered) == (1, True)


def test_a_list_of_people_is_refused_by_hand_too(desk: Desk, tmp_path: Path) -> None:
    path = csv(
        tmp_path, [["重点人员名单", "", ""], ["谁", "在哪", "啥情况"], ["周敏", "村里", "无"]]
    )
    with pytest.raises(RuleViolation) as refused:
        take(desk, path, by_hand=True, columns={"谁": "name"})
    assert refused.value.code == "watch_list"


def test_a_name_still_finds_its_mapping(desk: Desk, tmp_path: Path) -> None:
    path = csv(tmp_path, MARCH)
    with pytest.raises(RuleViolation) as refused:
        take(desk, path, profile="我镇")
    assert refused.value.code == "unknown_profile"
    take(desk, path, profile="我镇", columns={"谁来的": "姓名"}, remember=True)
    april = csv(tmp_path, APRIL)
    assert not take(desk, april, dry_run=True).remembered, "kept under its name only"
    assert fields(take(desk, april, profile="我镇", dry_run=True))["谁来的"] == "name"


@pytest.mark.parametrize(
    ("columns", "code"),
    [({"没有这列": "name"}, "unknown_column"), ({"谁来的": "telephone"}, "profile_unknown_field")],
)
def test_what_the_ledger_or_the_program_does_not_know_is_refused(
    desk: Desk, tmp_path: Path, columns: dict[str, str], code: str
) -> None:
    with pytest.raises(RuleViolation) as refused:
        take(desk, csv(tmp_path, MARCH), columns=columns, remember=True)
    assert refused.value.code == code
    assert handling.matter_list(desk, MatterQuery()).total == 0
