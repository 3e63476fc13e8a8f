"""Returns of villages: disputes found, zero returns, what became of earlier ones; late or in time."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from tests.conftest import DeskOf
from tests.factories import MovableClock
from tests.screening import bring, dispute, find, found, zero
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.domain.screening import RoundKey
from xinfang_desktop.services import safekeeping
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.disputes import dispute_list, dispute_view
from xinfang_desktop.services.duties import DutyQuery, duties
from xinfang_desktop.services.returns import file_return, return_problems, return_sheet
from xinfang_desktop.services.rounds import OpenRound, open_round, screening_status
from xinfang_desktop.store.tables import TABLES


@pytest.fixture
def liaison(desk_of: DeskOf) -> Desk:
    """何春生, liaison of 柳溪村."""
    return desk_of("liaison", name="何春生")


def refusal(desk: Desk, data: dict[str, Any], village: str = "柳溪村") -> tuple[str, str]:
    """Code and field of the first problem; the same as the refusal of filing it."""
    problems = return_problems(desk, village, data)
    with pytest.raises(RuleViolation) as caught:
        file_return(desk, village, data)
    assert (problems[0].code, problems[0].field) == (caught.value.code, caught.value.field)
    return caught.value.code, caught.value.field


# --- filing ----------------------------------------------------------------------------------------


def test_two_disputes_are_filed_and_registered_in_one_act(liaison: Desk) -> None:
    rows = [dispute(found_on="2026-09-12"), dispute(summary="机井轮灌次序", found_on=None)]
    filed = file_return(liaison, "", found("2026-09", rows, note="查了两遍"))
    assert (filed.village, filed.late_days, filed.zero) == ("柳溪村", 0, False)
    assert filed.sentence == "柳溪村2026年9月每月小排查：新增 2 件，9月21日由何春生报送，按时。"
    listed = {row.number: row for row in dispute_list(liaison)}
    assert set(listed) == set(filed.numbers)
    assert [str(listed[number].found_on) for number in filed.numbers] == [
        "2026-09-12", "2026-09-21",
    ]  # fmt: skip
    assert screening_status(liaison, "2026-09").returned == ("柳溪村",)
    with liaison.reading() as conn:
        brought = set(conn.scalars(select(TABLES["dispute"].c.filed_in)))
        returns = set(conn.scalars(select(TABLES["screening_return"].c.id)))
    assert brought == returns, "each dispute knows the return that brought it"


def test_a_zero_return_is_an_act_with_who_and_when(liaison: Desk) -> None:
    filed = file_return(liaison, "", zero("2026-09"))
    assert (filed.zero, filed.numbers) == (True, ())
    assert "零报告" in filed.sentence and "何春生" in filed.sentence
    status = screening_status(liaison, "2026-09")
    assert status.zero == status.returned == ("柳溪村",)
    assert refusal(liaison, zero("2026-09")) == ("already_filed", "zero")


def test_a_late_return_is_marked_by_its_days(desk: Desk) -> None:
    filed = file_return(desk, "柳溪村", zero("2026-08", filed_on="2026-09-03", reporter="村文书"))
    assert (filed.late_days, str(filed.due)) == (3, "2026-08-31")
    assert filed.sentence.endswith("9月3日由周敏报送，迟报 3 天。")
    assert screening_status(desk, "2026-08").late == ("柳溪村",)


def test_something_found_afterwards_is_added_and_makes_nothing_late(
    liaison: Desk, clock: MovableClock
) -> None:
    file_return(liaison, "", zero("2026-09"))
    clock.go("2026-10-09")
    added = file_return(liaison, "", found("2026-09", [dispute(found_on="2026-09-28")]))
    assert added.late_days == 0
    status = screening_status(liaison, "2026-09")
    assert (status.zero, status.late, status.returned) == ((), (), ("柳溪村",))


def test_a_return_says_what_became_of_earlier_disputes(liaison: Desk, desk: Desk) -> None:
    waiting, done, untouched = (find(desk, found_on="2026-08-11").number for _ in range(3))
    progress = [
        {"number": waiting, "text": "沟已清了一半"},
        {"number": done, "settled": True, "method": "协商和解", "text": "各清一段"},
        {"number": untouched},
    ]
    filed = file_return(liaison, "", {"period": "2026-09", "progress": progress})
    assert "新增 0 件、进展 2 件" in filed.sentence
    states = {row.number: (row.state, row.result) for row in dispute_list(desk)}
    assert states == {
        waiting: ("found", ""), done: ("settled", "各清一段"), untouched: ("found", ""),
    }  # fmt: skip
    assert dispute_view(desk, waiting).timeline[0].text == "沟已清了一半"
    assert len(dispute_view(desk, untouched).timeline) == 1


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"period": "2026-09"}, ("empty_return", "zero")),
        ({"period": "2026-09", "zero": True, "disputes": [{**dispute(), "village": ""}]},
         ("zero_with_disputes", "zero")),
        (zero("2026-09", filed_on="2026-09-22"), ("date_in_future", "filed_on")),
        (zero("2026-09", mood="好"), ("unknown_field", "mood")),
        ({"period": "2026-09", "disputes": [{"category": "邻里"}, {"summary": "x"}]},
         ("field_missing", "disputes.1.summary")),
        ({"period": "2026-09", "progress": [{"text": "x"}]}, ("field_missing", "progress.1.number")),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_row_and_nothing_is_written(
    liaison: Desk, data: dict[str, Any], told: tuple[str, str]
) -> None:
    assert refusal(liaison, data) == told
    assert dispute_list(liaison) == ()
    assert screening_status(liaison, "2026-09").missing == ("柳溪村",)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (zero("九月"), "bad_period"),
        (zero("2026"), "period_of_series"),
        (zero("2026-Q3", kind="monthly"), "period_of_series"),
        (zero("2026-09", kind="special"), "theme_missing"),
        (zero("2026-09", kind="monthly", theme="汛期"), "theme_not_asked"),
        ({"period": "2026-09", "disputes": "两件"}, "not_rows"),
    ],
)
def test_a_round_that_is_not_meant_refuses_at_once(
    liaison: Desk, data: dict[str, Any], code: str
) -> None:
    with pytest.raises(RuleViolation) as refused:
        file_return(liaison, "", data)
    assert refused.value.code == code


def test_lines_about_disputes_without_any_words_are_no_return(liaison: Desk, desk: Desk) -> None:
    number = find(desk, found_on="2026-08-11").number
    empty = {"period": "2026-09", "progress": [{"number": number}]}
    assert refusal(liaison, empty) == ("empty_return", "zero")


def test_one_dispute_is_not_settled_twice_in_one_return(liaison: Desk, desk: Desk) -> None:
    number = find(desk, found_on="2026-08-11").number
    row = {"number": number, "settled": True, "text": "各清一段"}
    with pytest.raises(RuleViolation) as refused:
        file_return(liaison, "", {"period": "2026-09", "progress": [row, row]})
    assert refused.value.code == "wrong_state"
    assert dispute_list(desk)[0].state == "found", "all of the return or nothing of it"


def test_a_dispute_of_another_village_is_not_carried(desk: Desk) -> None:
    other = find(desk, village="双井村", found_on="2026-08-11").number
    with pytest.raises(RuleViolation) as refused:
        file_return(
            desk, "柳溪村", {"period": "2026-09", "progress": [{"number": other, "text": "x"}]}
        )
    assert refused.value.code == "not_of_village"


def test_a_round_that_did_not_ask_the_village_takes_no_return(desk: Desk) -> None:
    open_round(desk, OpenRound("special", "2026-09", "汛期", villages=("双井村",)))
    data = zero("2026-09", kind="special", theme="汛期")
    with pytest.raises(RuleViolation, match="没有要柳溪村报"):
        file_return(desk, "柳溪村", data)
    assert file_return(desk, "双井村", data).key == RoundKey("2026-09", "special", "flood")


def test_the_duty_to_report_is_done_by_the_return(liaison: Desk, desk: Desk) -> None:
    open_round(desk, OpenRound("monthly", "2026-09"))
    asked = DutyQuery(kinds=("screening_return",))
    assert [(row.village, row.state) for row in duties(liaison, asked)] == [("柳溪村", "open")]
    file_return(liaison, "", zero("2026-09"))
    states = {row.village: row.state for row in duties(desk, asked)}
    assert states == {"柳溪村": "done", "双井村": "open"}


# --- the sheet -------------------------------------------------------------------------------------


def test_the_sheet_shows_the_round_that_waits_and_what_is_carried(
    liaison: Desk, desk: Desk, clock: MovableClock
) -> None:
    file_return(desk, "柳溪村", zero("2026-08", filed_on="2026-09-02"))
    open_ = find(desk, found_on="2026-08-11").number
    bring(desk, find(desk, found_on="2026-08-12").number, "settled")
    sheet = return_sheet(liaison)
    assert (sheet.village, sheet.words, str(sheet.due)) == (
        "柳溪村", "2026年9月每月小排查", "2026-09-30",
    )  # fmt: skip
    assert sheet.state == "waiting"
    assert [row.number for row in sheet.carried] == [open_], "what is settled is not carried"
    assert sheet.last_time == "上一期（2026年8月）9月2日报：零报告，迟报 2 天。"
    clock.go("2026-10-09")
    assert return_sheet(liaison, "", RoundKey("2026-09")).state == "missing"


def test_the_running_round_is_answered_where_nothing_is_said(desk: Desk, liaison: Desk) -> None:
    open_round(desk, OpenRound("special", "2026-09", "汛期", villages=("柳溪村",)))
    assert return_sheet(liaison).key == RoundKey("2026-09", "special", "flood")
    assert file_return(liaison, "", {"zero": True}).key.theme == "flood"
    assert file_return(liaison, "", {"zero": True}).key == RoundKey("2026-09")


def test_who_belongs_to_no_village_says_which(desk: Desk) -> None:
    with pytest.raises(RuleViolation, match="哪个村"):
        return_sheet(desk)


def test_everything_follows_from_the_log(desk: Desk, liaison: Desk) -> None:
    file_return(liaison, "", found("2026-09", [dispute()]))
    file_return(desk, "双井村", zero("2026-09"))
    assert safekeeping.rebuild_check(desk).differences == ()
    assert safekeeping.verify_log(desk).ok
