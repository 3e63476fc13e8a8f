"""Ledgers of other townships: every layout the maker thinks of is read back as it was meant."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xinfang_desktop.domain.errors import RuleViolation, XinfangError
from xinfang_desktop.ledgers.addresses import split_village
from xinfang_desktop.ledgers.mapping import MappingProfile
from xinfang_desktop.ledgers.preview import MAX_ROWS, LedgerReading, read_ledger

from .maker import Grid, make, write_csv, write_ods, write_xlsx

TODAY = date(2026, 3, 1)


def known(text: str) -> str | None:
    return None if text == "看不懂的类别" else "01"


def read(path: Path, *, profile: MappingProfile | None = None, **how: Any) -> LedgerReading:
    return read_ledger(
        path, known_category=known, today=TODAY, profile_for=lambda _: profile, **how
    )


def read_grid(tmp_path: Path, grid: Grid, name: str = "台账", **how: Any) -> LedgerReading:
    path = tmp_path / f"{name}.csv"
    write_csv(path, grid, "utf-8")
    return read(path, **how)


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
@pytest.mark.parametrize("seed", range(12))
def test_a_ledger_of_another_township(tmp_path: Path, seed: int, kind: str) -> None:
    made = make(seed, kind, tmp_path)
    reading = read(made.path)
    assert reading.kind == "matters"
    assert reading.problems == ()
    assert len(reading.rows) == len(made.truths)
    for row, truth in zip(reading.rows, made.truths, strict=True):
        assert (row.received_on, row.name, row.headcount) == (truth.day, truth.name, truth.people)
        assert (row.channel, row.title, row.claims) == (truth.channel, truth.text, (truth.text,))
        told = {
            "phone": (row.phone, truth.phone),
            "id": (row.id_number, truth.id_number),
            "address": ((row.village, row.place), (truth.village, truth.place)),
            "first": (row.first, truth.first),
            "answered": (row.answered_on, truth.answered),
            "notice": (row.notice_on, truth.notice),
        }
        for field in set(told) & set(made.fields):
            read_as, meant = told[field]
            assert read_as == meant, (field, row.cells)
    assert len(reading.dropped_columns) == len({"sex", "label"} & set(made.fields))
    kept = {text for row in reading.rows for _, text in row.cells}
    assert not {"女", "张某"} & kept


def test_an_old_xls_with_a_sheet_for_each_month() -> None:
    reading = read(Path(__file__).with_name("接访登记.xls"))
    assert reading.sheets == ("一月", "二月")
    assert [(r.sheet, r.row, r.received_on.isoformat(), r.name) for r in reading.rows] == [
        ("一月", 5, "2025-01-06", "周敏"),
        ("一月", 6, "2025-01-09", "何建平"),
        ("二月", 5, "2025-02-03", "欧阳䶮"),
    ]
    assert [(p.sheet, p.row, p.column, p.code) for p in reading.problems] == [
        ("一月", 7, "B", "date_unclear")
    ]


def test_the_channel_is_the_columns_else_the_heads_else_the_sheets(tmp_path: Path) -> None:
    row = ["2025-01-02", "周敏", "路灯不亮"]
    assert read_grid(tmp_path, [["来访日期", "姓名", "反映问题"], row]).rows[0].channel == "来访"
    assert read_grid(tmp_path, [["日期", "来电人", "反映问题"], row]).rows[0].channel == "来电"
    assert (
        read_grid(tmp_path, [["日期", "姓名", "反映问题"], row], "来信登记").rows[0].channel
        == "来信"
    )
    unknown = read_grid(tmp_path, [["日期", "来信来访人", "反映问题"], row])
    assert unknown.rows[0].channel == "其他"
    assert [p.code for p in unknown.problems] == ["channel_unknown"]
    told = read_grid(
        tmp_path,
        [["日期", "来信来访人", "反映问题"], row],
        profile=MappingProfile("我镇", channel="来信"),
    )
    assert (told.rows[0].channel, told.problems) == ("来信", ())


def test_channels_and_firsts_as_columns_to_tick(tmp_path: Path) -> None:
    grid = [
        ["2025年信访登记簿"],
        ["序号", "日期", "姓名", "反映问题", "信访形式", "", "", "初重访", "", "答复情况", ""],
        ["", "", "", "", "来信", "来访", "来电", "初", "重", "时间", "内容"],
        [1, "1月5日", "周敏", "路灯", "", "√", "", "√", "", "2025.2.1", "已修好"],
        [2, "1月6日", "何建平", "水渠", "√", "", "", "", "√", "", ""],
    ]
    path = tmp_path / "表.xlsx"
    write_xlsx(path, {"Sheet1": (grid, [(1, 4, 1, 6), (1, 7, 1, 8), (1, 9, 1, 10)])})
    for reading in (read(path), read_grid(tmp_path, grid)):
        first, second = reading.rows
        assert (first.channel, first.first, first.answered_on) == ("来访", True, date(2025, 2, 1))
        assert (second.channel, second.first, second.answered_on) == ("来信", False, None)
        assert first.answer_text == "已修好"
        assert reading.problems == ()


def test_two_things_in_one_column(tmp_path: Path) -> None:
    grid = [
        ["编号", "日期", "来访人姓名及人数", "住址及电话", "来访事由"],
        ["1", "2025.1.5", "周敏等3人", "柳溪村3组 13800138000", "水渠堵塞"],
    ]
    row = read_grid(tmp_path, grid).rows[0]
    assert (row.name, row.headcount, row.phone) == ("周敏", 3, "13800138000")
    assert (row.village, row.place) == ("柳溪村", "3组")


def test_an_unknown_channel_and_where_a_call_came_from(tmp_path: Path) -> None:
    head = ["日期", "姓名", "信访形式", "反映问题"]
    grid = [head, ["2025-1-2", "周敏", "12345转办", "路灯"], ["2025-1-3", "何建平", "托梦", "水渠"]]
    first, second = read_grid(tmp_path, grid).rows
    assert (first.channel, first.source) == ("来电", "12345转办")
    assert second.channel == "其他"
    assert second.problems[0].why == "没有认出信访形式“托梦”，按“其他”登记"


def test_every_problem_has_its_place_value_and_reason(tmp_path: Path) -> None:
    head = ["序号", "来访日期", "姓名", "身份证号", "电话", "类别", "反映问题", "答复时间"]
    grid = [
        head,
        [1, "2025-2-30", "周敏", "", "", "", "路灯", ""],
        [
            2,
            "2025-3-1",
            "何建平",
            "440524188001010015",
            "1380013800",
            "看不懂的类别",
            "水渠",
            "2025-2-1",
        ],
        [3, "2025-3-2", "王桂芳", "4.40524E+17", "13800138000", "", "低保", "2027-1-1"],
        [4, "2029-3-2", "刘志远", "无", "无", "", "低保", ""],
        [5, "2025-3-4", "匿名", "", "", "", "低保", "已办结"],
    ]
    reading = read_grid(tmp_path, grid)
    told = [(p.row, p.no, p.column, p.field, p.value, p.code) for p in reading.problems]
    assert told == [
        (2, 1, "B", "received_on", "2025-2-30", "date_unclear"),
        (3, 2, "E", "phone", "1380013800", "phone_unclear"),
        (3, 2, "D", "id_number", "440524188001010015", "id_checksum"),
        (3, 2, "F", "category", "看不懂的类别", "category_unknown"),
        (3, 2, "H", "answered_on", "2025-2-1", "date_order"),
        (4, 3, "D", "id_number", "4.40524E+17", "id_precision_lost"),
        (4, 3, "H", "answered_on", "2027-1-1", "date_future"),
        (5, 4, "B", "received_on", "2029-3-2", "date_future"),
        (6, 5, "H", "answered_on", "已办结", "date_unclear"),
    ]
    assert [r.no for r in reading.rows] == [2, 3, 5]
    assert all(r.id_number == "" and r.answered_on is None for r in reading.rows)
    assert reading.rows[2].anonymous
    assert ("身份证号", "440524188001010015") in reading.rows[0].cells


def test_a_year_that_nothing_tells_is_asked_not_guessed(tmp_path: Path) -> None:
    grid = [
        ["来访日期", "姓名", "反映问题"],
        ["3月1日", "周敏", "路灯"],
        ["3月2日", "何建平", "水渠"],
    ]
    reading = read_grid(tmp_path, grid)
    assert reading.rows == ()
    assert [p.code for p in reading.problems] == ["date_unclear", "date_unclear"]
    assert [r.received_on.year for r in read_grid(tmp_path, grid, "2025年来访").rows] == [
        2025,
        2025,
    ]


def test_numbered_claims_become_claims(tmp_path: Path) -> None:
    grid = [
        ["来访日期", "姓名", "反映问题", "诉求"],
        ["2025-1-2", "周敏", "修路占地", "1、支付补偿款；2、恢复排水沟。3、公开账目"],
        ["2025-1-3", "何建平", "噪声", "要求3.5米内停工"],
    ]
    first, second = read_grid(tmp_path, grid).rows
    assert first.claims == ("支付补偿款", "恢复排水沟。", "公开账目")
    assert second.claims == ("要求3.5米内停工",)


def test_merged_days_and_ditto_marks_are_carried_down(tmp_path: Path) -> None:
    grid = [
        ["来访日期", "姓名", "村", "反映问题"],
        ["2025-1-2", "周敏", "柳溪村", "路灯"],
        ["", "何建平", "同上", "水渠"],
    ]
    path = tmp_path / "表.xlsx"
    write_xlsx(path, {"表": (grid, [(1, 0, 2, 0)])})
    assert [(r.received_on, r.village) for r in read(path).rows] == [
        (date(2025, 1, 2), "柳溪村")
    ] * 2


DISPUTES = [
    ["青石镇2025年二季度矛盾纠纷排查台账", "", "", "", "", "", ""],
    ["序号", "所属村", "甲方", "乙方", "简要案情", "排查日期", "是否化解"],
    [1, "柳溪村", "周敏", "何建平", "采光争执", "2025.4.3", "是"],
    [2, "", "王桂芳", "刘志远", "土地界线", "5月9日", "否"],
    ["", "大塘村", "", "", "本季度无新增矛盾纠纷", "", ""],
    [3, "石桥村", "陈堃", "李和平", "排水", "6月1日", "未化解"],
    ["合计", "", "", "", "3件", "", ""],
]


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_disputes_ledger_with_two_columns_of_parties(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"表.{kind}"
    sheets = {"Sheet1": (DISPUTES, [(0, 0, 0, 6), (2, 1, 3, 1)])}
    (write_xlsx if kind == "xlsx" else write_ods)(path, sheets)
    reading = read(path)
    assert reading.kind == "disputes"
    assert [(r.village, r.parties, r.received_on.isoformat(), r.settled) for r in reading.rows] == [
        ("柳溪村", ("周敏", "何建平"), "2025-04-03", True),
        ("柳溪村", ("王桂芳", "刘志远"), "2025-05-09", False),
        ("石桥村", ("陈堃", "李和平"), "2025-06-01", False),
    ]
    assert [(z.village, z.period) for z in reading.zero_reports] == [("大塘村", "2025-Q2")]
    assert reading.problems == ()
    assert reading.villages == ("柳溪村", "石桥村", "大塘村")


def test_the_same_saved_as_text_says_what_it_carried_down(tmp_path: Path) -> None:
    reading = read_grid(tmp_path, DISPUTES)
    assert [r.village for r in reading.rows] == ["柳溪村", "柳溪村", "石桥村"]
    assert [(p.row, p.code) for p in reading.problems] == [(4, "village_carried")]


def test_a_sheet_of_one_village(tmp_path: Path) -> None:
    grid = [
        ["纠纷当事人", "纠纷类型", "纠纷情况", "排查日期"],
        ["周敏、何建平", "邻里", "采光", "2025-4-3"],
    ]
    write_xlsx(tmp_path / "表.xlsx", {"柳溪村": (grid, []), "双井村": (grid, [])})
    assert [r.village for r in read(tmp_path / "表.xlsx").rows] == ["柳溪村", "双井村"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("已化解", True),
        ("调解成功", True),
        ("经村委会组织双方调解，达成一致协议，双方握手言和，矛盾未再发生", True),
        ("化解中", False),
        ("正在调解", False),
        ("未化解", False),
        ("已组织两次调解，双方分歧较大，尚未达成协议", False),
        ("", False),
    ],
)
def test_what_counts_as_settled(tmp_path: Path, written: str, expected: bool) -> None:
    grid = [
        ["纠纷当事人", "纠纷情况", "排查日期", "化解情况"],
        ["周敏、何建平", "采光", "2025-4-3", written],
    ]
    assert read_grid(tmp_path, grid).rows[0].settled is expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("大塘村2组", ("大塘村", "2组")),
        ("青石镇大塘村2组", ("大塘村", "2组")),
        ("湖南省邵阳市新邵县青石镇柳溪村12组", ("柳溪村", "12组")),
        ("河口社区3组", ("河口社区", "3组")),
        ("高新区河口社区居委会", ("河口社区", "")),
        ("新市村", ("新市村", "")),
        ("县前村2组", ("县前村", "2组")),
        ("大塘村村委会", ("大塘村", "")),
        ("大塘村1", ("大塘村", "1")),
        ("人民街12号", ("人民街", "12号")),
        ("人民街道办", ("", "人民街道办")),
        ("2组", ("", "2组")),
    ],
)
def test_addresses(written: str, expected: tuple[str, str]) -> None:
    assert split_village(written) == expected


def test_a_village_of_the_office_is_found_in_any_address() -> None:
    assert split_village("老街道旁大塘3组", known=["大塘"]) == ("大塘", "3组")


def test_a_list_of_people_is_not_a_ledger(tmp_path: Path) -> None:
    grid = [
        ["重点人员稳控台账", "", ""],
        ["姓名", "日期", "反映问题"],
        ["周敏", "2025-1-2", "路灯"],
    ]
    with pytest.raises(RuleViolation) as caught:
        read_grid(tmp_path, grid)
    assert caught.value.code == "watch_list"


def test_no_table_no_content_and_hidden_sheets(tmp_path: Path) -> None:
    with pytest.raises(RuleViolation) as caught:
        read_grid(tmp_path, [["一级分类", "二级分类"], ["城乡建设", "安全生产"]])
    assert caught.value.code == "no_header"
    write_xlsx(tmp_path / "空.xlsx", {"Sheet1": ([], [])})
    with pytest.raises(RuleViolation) as caught:
        read(tmp_path / "空.xlsx")
    assert caught.value.code == "ledger_empty"


def test_a_book_with_both_kinds_reads_one_and_names_the_other(tmp_path: Path) -> None:
    matters = [["来访日期", "来访人", "信访形式", "反映问题"], ["2025-1-2", "周敏", "来访", "路灯"]]
    disputes = [["纠纷当事人", "纠纷类型", "化解情况", "排查日期", "纠纷情况"], ["周敏、何建平", "邻里", "已化解", "2025-4-3", "采光"]]  # fmt: skip
    path = tmp_path / "合.xlsx"
    write_xlsx(path, {"信访": (matters, []), "纠纷": (disputes, [])})
    assert read(path, kind="matters").sheets == ("信访",)
    reading = read(path, kind="disputes")
    assert (reading.sheets, [o.sheet for o in reading.left_out]) == (("纠纷",), ["信访"])


def test_a_second_head_below_with_other_columns(tmp_path: Path) -> None:
    grid = [
        ["2024年来访", "", "", ""],
        ["日期", "姓名", "反映问题", "电话"],
        ["3月1日", "周敏", "路灯", "13800138000"],
        ["2025年来访", "", "", ""],
        ["日期", "反映问题", "姓名", "住址"],
        ["3月2日", "水渠", "何建平", "柳溪村1组"],
    ]
    rows = read_grid(tmp_path, grid).rows
    assert [(r.received_on.isoformat(), r.name, r.title) for r in rows] == [
        ("2024-03-01", "周敏", "路灯"),
        ("2025-03-02", "何建平", "水渠"),
    ]


def test_a_profile_overrules_the_guess_and_survives_its_json(tmp_path: Path) -> None:
    grid = [["来访日期", "谁来的", "反映问题", "电话"], ["2025-1-2", "周敏", "路灯", "13800138000"]]
    guessed = read_grid(tmp_path, grid)
    assert [c.header for c in guessed.unknown_columns] == ["谁来的"]
    profile = MappingProfile("我镇", "matters", {"谁来的": "name", "电话": "drop"})
    again = MappingProfile.from_json(profile.to_json())
    assert again == profile
    row = read_grid(tmp_path, grid, profile=again).rows[0]
    assert (row.name, row.phone) == ("周敏", "")
    assert "13800138000" not in str(row.cells)
    with pytest.raises(RuleViolation):
        MappingProfile.from_json({"name": "坏", "columns": {"电话": "telephone"}})


def test_keys_know_rows_again_in_a_longer_reordered_retitled_file(tmp_path: Path) -> None:
    head = ["序号", "来访日期", "姓名", "反映问题", "答复时间"]
    old = [
        ["2025-1-2", "周敏", "路灯"],
        ["2025-1-3", "何建平", "水渠"],
        ["2025-1-3", "何建平", "水渠"],
    ]
    first = [["旧标题"], head, *([i, *r, ""] for i, r in enumerate(old, 1))]
    new = [["2025/1/1", "王桂芳", "低保"], ["2025年1月3日", "何 建平", "水渠"], *old[::-2]]
    second = [["新标题"], head, *([i, *r, "2025-2-1"] for i, r in enumerate(new, 1))]
    keys = {r.key for r in read_grid(tmp_path, first).rows}
    again = {r.key for r in read_grid(tmp_path, second).rows}
    assert len(keys) == 3
    assert keys < again
    assert len(again) == 4


def test_a_number_of_the_source_is_the_key_but_not_a_running_number(tmp_path: Path) -> None:
    head = ["编号", "来电时间", "来电人", "反映内容"]
    row = ["D001", "2025-1-2", "周敏", "路灯不亮"]
    one = read_grid(tmp_path, [head, row]).rows[0]
    changed = read_grid(tmp_path, [head, [*row[:3], "路灯不亮，已催两次"]]).rows[0]
    other_ledger = read_grid(tmp_path, [head, ["D001", "2025-1-2", "何建平", "水渠"]]).rows[0]
    assert (one.no, one.source_number) == (1, "D001")
    assert one.key == changed.key != other_ledger.key
    running = read_grid(tmp_path, [head, ["1", *row[1:]]]).rows[0]
    renumbered = read_grid(tmp_path, [head, ["7", *row[1:]]]).rows[0]
    assert running.key == renumbered.key


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    grid = [
        ["来访日期", "姓名", "反映问题"],
        ["2025-1-2", "<script>", "{{7*7}}\x07\x00 =1+1"],
        ["２０２５年１月３日", "、".join(f"某{i}" for i in range(10_000)), "问" * 30_000],
    ]
    first, second = read_grid(tmp_path, grid).rows
    assert (first.name, first.title) == ("<script>", "{{7*7}} =1+1")
    assert len(second.parties) == 10_000
    assert len(second.title) <= 60
    assert second.received_on == date(2025, 1, 3)


def test_more_than_a_cell_can_hold_is_a_problem_and_no_row(tmp_path: Path) -> None:
    head, day = ["来访日期", "姓名", "反映问题"], "2025-01-02"
    grid = [head, [day, "王桂芳", "长" * 40_000], [day, "甲" * 61, "修路"]]
    reading = read_grid(tmp_path, grid)
    assert reading.rows == ()
    assert [(p.row, p.field, p.code) for p in reading.problems] == [
        (2, "detail", "text_too_long"), (3, "name", "text_too_long"),
    ]  # fmt: skip
    assert all(len(p.value) < 100 for p in reading.problems)


def test_a_crowd_beyond_any_town_is_asked_not_cut(tmp_path: Path) -> None:
    row = ["2025-01-02", "张三等9999999人", "修路"]
    reading = read_grid(tmp_path, [["来访日期", "姓名", "反映问题"], row])
    assert reading.rows[0].headcount == 1
    assert [p.code for p in reading.problems if p.field == "name"] == ["headcount_unclear"]


def test_a_file_of_more_rows_than_a_county_has_is_refused_before_they_are_read(
    tmp_path: Path,
) -> None:
    rows = [["2025-01-02", "王桂芳", f"第{n}号路灯"] for n in range(MAX_ROWS + 1)]
    with pytest.raises(RuleViolation) as refused:
        read_grid(tmp_path, [["来访日期", "姓名", "反映问题"], *rows])
    assert refused.value.code == "ledger_too_long" and str(MAX_ROWS) in refused.value.sentence


CELL = st.text(max_size=12) | st.sampled_from(
    [
        "来访日期",
        "姓名",
        "反映问题",
        "信访形式",
        "来访",
        "2025-1-2",
        "13800138000",
        "合计",
        "零报告",
        "同上",
    ]
)


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(grid=st.lists(st.lists(CELL, min_size=1, max_size=6), min_size=1, max_size=8))
def test_no_sheet_whatever_makes_it_fail(tmp_path: Path, grid: Grid) -> None:
    head = ["来访日期", "姓名", "反映问题", "联系电话", "类别", "身份证号"]
    for cells in (grid, [head, *grid]):
        try:
            reading = read_grid(tmp_path, cells)
        except XinfangError as error:
            assert error.sentence and error.mend
        else:
            assert all(p.why and p.row for p in reading.problems)
            assert len({r.key for r in reading.rows}) == len(reading.rows)


def test_the_shared_ledgers_are_read_as_expected(shared_data: Path) -> None:
    for told in sorted((shared_data / "ledgers").glob("*.expected.json")):
        expected = json.loads(told.read_text(encoding="utf-8"))
        path = told.with_name(told.name.removesuffix(".expected.json"))
        reading = read_ledger(path, known_category=lambda _: "01", today=date(2026, 11, 22))
        assert reading.kind == expected["kind"]
        assert len(reading.rows) == len(expected["rows"])
        for row, want in zip(reading.rows, expected["rows"], strict=True):
            have = {
                "no": row.no, "date": row.received_on.isoformat(), "name": row.name,
                "people": row.headcount, "channel": row.channel, "title": row.title,
                "phone": row.phone, "id_number": row.id_number or None,
                "answered": row.answered_on.isoformat() if row.answered_on else None,
                "village": row.village, "parties": list(row.parties),
                "category": row.category_text, "risk": row.grade, "settled": row.settled,
            }  # fmt: skip
            assert {k: have[k] for k in want} == want
        assert [{"no": p.no, "field": p.field, "why": p.code} for p in reading.problems] == expected["problems"]  # fmt: skip
        zero = [{"village": z.village, "period": z.period} for z in reading.zero_reports]
        assert zero == expected.get("zero_reports", [])


def test_the_real_complaints_all_have_day_claim_and_answer(shared_data: Path) -> None:
    reading = read(shared_data / "real" / "群众留言与答复.xlsx")
    assert (len(reading.rows), reading.problems) == (120, ())
    assert {r.channel for r in reading.rows} == {"网上"}
    assert all(r.claims and r.detail and r.answer_text and r.answered_on for r in reading.rows)
    assert all(r.source_number and not r.name for r in reading.rows)
