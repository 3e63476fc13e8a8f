"""Reading the shipped reference data and an office's own settings on top of it."""

from __future__ import annotations

import time
from dataclasses import FrozenInstanceError
from datetime import date
from pathlib import Path

import pytest

from xinfang_desktop.domain.errors import DamagedInput, EnvironmentProblem, RuleViolation
from xinfang_desktop.domain.schedule_csv import parse_schedule
from xinfang_desktop.places import RESOURCES
from xinfang_desktop.store.reference import load_reference, read_schedule, with_local

NOTICE = "日期,类型,名称\n2027-01-01,休,元旦\n2027-02-20,班,春节\n"


def test_loading_is_quick_enough_for_the_first_window() -> None:
    best = min(_timed() for _ in range(3))
    assert best < 0.25, f"{best:.3f} s"  # about 0.03 s on an idle machine


def _timed() -> float:
    begun = time.perf_counter()
    load_reference(RESOURCES)
    return time.perf_counter() - begun


def test_what_an_office_set_up_is_laid_over_the_shipped_data() -> None:
    shipped = load_reference(RESOURCES)
    notice = date(2027, 2, 20)
    local = with_local(
        shipped,
        years=[parse_schedule(NOTICE)],
        overlay="local-example",
        local_rest={date(2026, 3, 17): "三月三"},
    )
    assert local.calendar.is_workday(notice)
    assert local.calendar.is_rest(date(2026, 3, 17))
    assert local.rules["notice"].words == "5个工作日"
    assert not shipped.calendar.is_workday(notice)
    assert shipped.rules["notice"].words == "15日"
    with pytest.raises(FrozenInstanceError):
        shipped.rules = local.rules  # type: ignore[misc]


def test_an_unknown_local_pack_is_named() -> None:
    with pytest.raises(RuleViolation, match="火星") as refused:
        with_local(load_reference(RESOURCES), overlay="火星")
    assert "local-example" in refused.value.mend


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_notice_is_read_in_the_encodings_offices_have(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "放假.csv"
    file.write_bytes(NOTICE.encode(encoding))
    notice = read_schedule(file, document="国办发明电〔2026〕1号")
    assert (notice.year, notice.document) == (2027, "国办发明电〔2026〕1号")
    assert [day.name for day in notice.days] == ["元旦", "春节"]


def test_a_file_that_is_no_notice_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="读不了文件"):
        read_schedule(tmp_path / "没有.csv")
    workbook = tmp_path / "表.csv"
    workbook.write_bytes(b"PK\x03\x04\x00\x00\x81\x00")
    with pytest.raises(DamagedInput, match="不是文字表格"):
        read_schedule(workbook)
    huge = tmp_path / "大.csv"
    with huge.open("wb") as opened:
        opened.truncate(2_000_000)
    with pytest.raises(DamagedInput, match="太大"):
        read_schedule(huge)
