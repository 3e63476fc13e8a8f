"""Columns of other people's screening ledgers: labels on persons go, everything about work stays."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from .test_ledger_layouts import read_grid

HEAD = ["排查日期", "所属村", "纠纷当事人", "纠纷类型", "纠纷简述"]
ROW = ["2026-1-5", "柳溪村", "周敏、何建平", "邻里", "争水"]


@pytest.mark.parametrize(
    "header",
    [
        "稳控措施", "稳控责任人", "化解稳控措施", "包家领导", "五包一责任人", "上访异常行为",
        "是否滞留", "是否跟访", "人员类别", "当事人类别", "重点人员", "是否重点人员", "是否扬言",
        "上访倾向", "有无上访苗头", "是否上访", "人员等级", "思想动态", "政治面貌", "学历",
    ],
)  # fmt: skip
def test_a_label_on_a_person_is_dropped_and_told(tmp_path: Path, header: str) -> None:
    reading = read_grid(tmp_path, [[*HEAD, header], [*ROW, "某某的标签"]])
    assert reading.kind == "disputes"
    assert [(c.header, bool(c.dropped)) for c in reading.dropped_columns] == [(header, True)]
    assert "某某的标签" not in repr(reading.rows)


@pytest.mark.parametrize("header", ["风险等级", "级别", "等级", "预警等级", "难易程度"])
def test_the_grade_of_a_dispute_is_kept(tmp_path: Path, header: str) -> None:
    reading = read_grid(tmp_path, [[*HEAD, header], [*ROW, "复杂"]])
    assert reading.dropped_columns == ()
    assert reading.rows[0].grade == "复杂"


@pytest.mark.parametrize(
    ("header", "cell", "field", "read_as"),
    [
        ("涉及人数", "7人", "headcount", 7),
        ("涉及金额", "1.5万元", "amount", "1.5万元"),
        ("涉及金额（万元）", "1.5", "amount", "1.5万元"),
        ("涉及金额（万元）", "15000元", "amount", "15000元"),
        ("化解方式", "人民调解", "method", "人民调解"),
        ("化解组织", "村调委会", "unit", "村调委会"),
        ("措施", "先分水再修渠", "measures", "先分水再修渠"),
        ("服务帮扶措施", "帮办低保", "measures", "帮办低保"),
        ("来源", "网格走访", "source", "网格走访"),
        ("化解日期", "2026-2-1", "settled_on", date(2026, 2, 1)),
        ("化解时限", "2026-2-5", "due", date(2026, 2, 5)),
        ("包案领导", "刘副镇长", "leader", "刘副镇长"),
    ],
)
def test_what_is_about_the_work_is_understood(
    tmp_path: Path, header: str, cell: str, field: str, read_as: object
) -> None:
    reading = read_grid(tmp_path, [[*HEAD, header], [*ROW, cell]])
    assert reading.dropped_columns == () and reading.problems == ()
    assert getattr(reading.rows[0], field) == read_as


@pytest.mark.parametrize(
    "header",
    [
        "发生日期", "规模", "排查人员（主责人）", "回访", "回访情况", "回访日期", "化解回访日期",
        "考评意见", "督办记录", "会商记录", "问题症结", "是否属实", "核实情况", "涉及单位",
    ],
)  # fmt: skip
def test_what_has_no_field_is_kept_as_written(tmp_path: Path, header: str) -> None:
    reading = read_grid(tmp_path, [[*HEAD, header], [*ROW, "2026-1-4"]])
    assert reading.dropped_columns == () and reading.problems == ()
    assert (header, "2026-1-4") in reading.rows[0].cells
    assert reading.rows[0].received_on == date(2026, 1, 5)


def test_the_day_it_happened_is_the_day_it_was_found_where_no_other_is_written(
    tmp_path: Path,
) -> None:
    reading = read_grid(tmp_path, [["发生日期", *HEAD[1:]], ["2026-1-4", *ROW[1:]]])
    assert reading.rows[0].received_on == date(2026, 1, 4)


def test_the_columns_of_one_party_do_not_run_into_its_name(tmp_path: Path) -> None:
    grid = [
        ["排查日期", "排查区域/单位", "主要当事人", "", "", "", "纠纷简述"],
        ["", "", "姓名", "证件", "人员类别", "住址", ""],
        ["2026-1-5", "柳溪村", "周敏", "440524188001010014", "某类", "柳溪村二组", "争水"],
    ]
    reading = read_grid(tmp_path, grid)
    row = reading.rows[0]
    assert (row.parties, row.id_number) == (("周敏",), "440524188001010014")
    assert (row.village, row.place) == ("柳溪村", "二组")
    assert [c.header for c in reading.dropped_columns] == ["主要当事人/人员类别"]
