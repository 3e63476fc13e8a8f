"""本期填报 without a window: rounds, drafts, problems in their places, receipts."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import DeskOf
from tests.factories import MovableClock
from tests.screening import VILLAGES, a_quarter, bring, find, zero
from xinfang_desktop.domain.screening import RoundKey
from xinfang_desktop.presenters.return_forms import NO, YES, Placed, asked, card_fields
from xinfang_desktop.presenters.returning import ReturnPresenter
from xinfang_desktop.presenters.running import run_now
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.dispute_work import take_dispute_step
from xinfang_desktop.services.disputes import DisputeQuery, dispute_page, dispute_view
from xinfang_desktop.services.drafts import drafts
from xinfang_desktop.services.returns import file_return
from xinfang_desktop.services.rounds import OpenRound, open_round, screening_status

CARD = {"found_on": "2026-09-20", "category": "02", "summary": "晒谷坪占用，涉 3 户"}


@pytest.fixture
def liaison(desk: Desk, desk_of: DeskOf, clock: MovableClock) -> Desk:
    """柳溪村's liaison, on 21 September: the month opened, nothing reported yet but for August."""
    clock.go("2026-08-03")
    open_round(desk, OpenRound("monthly", "2026-08"))
    old = find(desk, found_on="2026-08-03", summary="机井轮灌次序")
    bring(desk, old.number, "open")
    theirs = desk_of("liaison", name="李秀英")
    file_return(theirs, "柳溪村", zero("2026-08"))
    clock.go("2026-09-21")
    return theirs


def opened(desk: Desk, **what: Any) -> ReturnPresenter:
    made = ReturnPresenter(desk, run_now)
    made.open(lambda: None, **what)
    return made


def file(page: ReturnPresenter, **values: Any) -> list[Placed]:
    told: list[Placed] = []
    page.edited("", values)
    page.file(lambda: None, lambda wrong: told.extend(wrong))
    return told


def test_it_opens_on_the_round_that_waits_with_what_is_open(liaison: Desk) -> None:
    page = opened(liaison)
    assert (page.seen.village, page.seen.words) == ("柳溪村", "2026年9月每月小排查")
    assert page.chip() == ("soon", "还有 9 天") and page.until() == "9月30日前报"
    assert page.seen.last_time == "上一期（2026年8月）8月3日报：零报告。"
    assert [page.carried_words(row) for row in page.seen.carried] == ["8月3日 · 化解中 · 何建平"]
    assert page.shows_form and not page.for_others
    assert page.rounds() == (("monthly/2026-09", "2026年9月每月小排查，9月30日前"),)


def test_a_zero_return_is_an_act_with_its_receipt(liaison: Desk, desk: Desk) -> None:
    page = opened(liaison)
    page.edited("", {"answer": NO})
    assert page.send_word() == "报零报告"
    assert file(page, answer=NO) == []
    assert page.receipt_words() == (
        "柳溪村2026年9月每月小排查：零报告，9月21日由李秀英报送，按时。",
        "下一期照常报，没有新增也要报。",
    )
    assert page.was_filed and not page.shows_form and page.chip() == ("done", "零报告")
    assert "柳溪村" in screening_status(desk, "2026-09").zero


def test_progress_alone_is_no_zero_return(liaison: Desk, desk: Desk) -> None:
    page = opened(liaison)
    number = page.seen.carried[0].number
    line = {"text": "约好二十五日再量一次水", "settled": False, "method": ""}
    values = {"answer": NO, "progress": {number: line}}
    page.edited("", values)
    assert page.send_word() == "报送"
    assert file(page, **values) == []
    assert page.receipt_words()[0].startswith("柳溪村2026年9月每月小排查：新增 0 件、进展 1 件")
    assert dispute_view(desk, number).timeline[0].text.startswith("约好二十五日再量一次水")


def test_a_settled_dispute_says_how_and_is_carried_no_more(liaison: Desk, desk: Desk) -> None:
    page = opened(liaison)
    number = page.seen.carried[0].number
    line = {"text": "按户排了班", "settled": True, "method": "settlement"}
    assert file(page, answer=NO, progress={number: line}) == []
    view = dispute_view(desk, number)
    assert (view.row.state, view.method_name, view.row.result) == (
        "settled", "协商和解", "按户排了班",
    )  # fmt: skip
    page.open(lambda: None)
    assert page.seen.carried == ()


def test_two_disputes_are_filed_and_numbered(liaison: Desk, desk: Desk) -> None:
    page = opened(liaison)
    cards = [CARD, {"found_on": "2026-09-21"}, {**CARD, "summary": "路灯不亮", "urgent": False}]
    assert file(page, answer=YES, disputes=cards) == []
    assert page.receipt is not None and len(page.receipt.numbers) == 2
    found = dispute_page(desk, DisputeQuery(view="new", village="柳溪村")).rows
    assert {row.summary for row in found} == {"晒谷坪占用，涉 3 户", "路灯不亮"}
    assert page.filed_words(page.filed[0]) == "9月21日 李秀英报：新增 2 件"


def test_every_problem_is_told_in_its_place(liaison: Desk) -> None:
    page = opened(liaison)
    number = page.seen.carried[0].number
    cards = [
        {"found_on": "2026-09-21"},
        {**CARD, "amount": "很多", "parties": [{"name": "何" * 70}]},
        {"found_on": "2026-12-01", "place": "三组"},
    ]
    told = file(
        page, answer=YES, disputes=cards, note="写" * 2000,
        progress={number: {"text": "水" * 3000}},
    )  # fmt: skip
    places = {(each.part, each.at, each.problem.field) for each in told}
    assert places == {
        ("progress", number, "text"), ("note", "", "note"),
        ("dispute", 1, "amount"), ("dispute", 1, "parties.1.name"),
        ("dispute", 2, "found_on"), ("dispute", 2, "category"), ("dispute", 2, "summary"),
    }  # fmt: skip
    assert not page.was_filed and page.values["disputes"] == cards


def test_the_question_must_be_answered_and_a_no_must_be_meant(liaison: Desk) -> None:
    page = opened(liaison)
    (silent,) = file(page, disputes=[{"found_on": "2026-09-21"}])
    assert (silent.part, silent.problem.sentence) == ("question", "还没有回答有没有新发现的纠纷。")
    (meant,) = file(page, answer=NO, disputes=[CARD])
    assert meant.part == "question" and "写过 1 件" in meant.problem.sentence
    announced = file(page, answer=YES, disputes=[{"found_on": "2026-09-21"}])
    assert {(each.at, each.problem.field) for each in announced} == {
        (0, "category"),
        (0, "summary"),
    }


def test_what_was_typed_is_kept_and_offered_again(liaison: Desk, clock: MovableClock) -> None:
    page = opened(liaison)
    page.edited("第 1 件：纠纷简述", {"answer": YES, "disputes": [CARD]})
    page.keep_draft(lambda: None)
    (kept,) = drafts(liaison, "return")
    assert kept.title == "填报 · 柳溪村 · 2026年9月每月小排查"
    assert kept.place_in_form == "第 1 件：纠纷简述"
    clock.later(days=1)
    again = opened(liaison)
    assert again.restored and again.values["disputes"] == [CARD]
    again.start_anew(lambda: None)
    assert not drafts(liaison, "return") and not opened(liaison).restored


def test_a_draft_ends_with_its_return(liaison: Desk) -> None:
    page = opened(liaison)
    page.edited("", {"answer": YES, "disputes": [CARD]})
    page.keep_draft(lambda: None)
    assert file(page, answer=YES, disputes=[CARD]) == []
    assert drafts(liaison, "return") == ()
    page.keep_draft(lambda: None)
    assert drafts(liaison, "return") == (), "nothing is kept behind the return"


def test_nothing_worth_keeping_leaves_no_draft(liaison: Desk) -> None:
    page = opened(liaison)
    for values in ({}, {"answer": YES, "disputes": [{"found_on": "2026-09-21", "urgent": False}]}):
        page.edited("", values)
        page.keep_draft(lambda: None, always=True)
    assert drafts(liaison, "return") == ()


def test_late_rounds_say_how_late_and_the_next_one_is_offered(
    liaison: Desk, desk: Desk, clock: MovableClock
) -> None:
    clock.go("2026-10-12")
    page = opened(liaison)
    assert dict(page.rounds()) == {
        "monthly/2026-10": "2026年10月每月小排查，10月30日前",
        "monthly/2026-09": "2026年9月每月小排查，逾期 12 天",
    }
    assert file(page, answer=NO) == []
    assert "还有2026年9月每月小排查没有报。" in page.receipt_words()
    late = page.others_waiting()[0].key
    page.open(lambda: None, key=late)
    assert page.chip() == ("late", "逾期 12 天") and page.receipt is None
    assert page.round_of("monthly/2026-09") == late
    assert file(page, answer=NO) == []
    assert page.chip() == ("soon", "迟报 12 天") and "迟报 12 天" in page.receipt_words()[0]


def test_a_round_that_was_answered_can_be_added_to(liaison: Desk, desk: Desk) -> None:
    page = opened(liaison)
    assert file(page, answer=NO) == []
    again = opened(liaison)
    assert again.was_filed and not again.shows_form
    again.add_more()
    assert again.shows_form
    assert file(again, answer=YES, disputes=[CARD]) == []
    assert len(again.filed) == 2 and again.filed[1].disputes[0].summary == CARD["summary"]


def test_an_officer_writes_for_a_village_and_says_who_reported(
    desk: Desk, clock: MovableClock
) -> None:
    a_quarter(desk, clock)
    page = opened(desk)
    assert page.sheet is None and page.for_others, "first one chooses the village"
    names: list[str] = []
    page.villages(lambda found: names.extend(each.value for each in found))
    assert set(names) == {name for _, name in VILLAGES}
    page.open(lambda: None, village="双井村", key=RoundKey("2026-09"))
    wrong = file(page, answer=NO, filed_on="2026-12-01", reporter="李秀英")
    assert [(each.part, each.problem.field) for each in wrong] == [("top", "filed_on")]
    assert file(page, answer=NO, filed_on="2026-09-19", reporter="李秀英") == []
    assert page.filed_words(page.filed[0]) == "9月19日 李秀英报，周敏代为填写：零报告"


def test_drafts_of_two_villages_do_not_meet(desk: Desk, clock: MovableClock) -> None:
    a_quarter(desk, clock)
    page = opened(desk, village="双井村")
    page.edited("", {"answer": YES, "disputes": [CARD]})
    page.keep_draft(lambda: None)
    page.open(lambda: None, village="枫树坳村")
    assert page.values == {} and not page.restored
    page.open(lambda: None, village="双井村")
    assert page.restored


def test_a_dispute_settled_by_others_meanwhile_is_told_not_lost(liaison: Desk, desk: Desk) -> None:
    page = opened(liaison)
    number = page.seen.carried[0].number
    take_dispute_step(desk, number, "settle", {"method": "协商和解", "result": "已办"})
    told = file(page, answer=NO, progress={number: {"text": "排好了", "settled": True}})
    assert [each.part for each in told] == ["page"] and not page.was_filed
    page.reload(lambda: None)
    assert page.seen.carried == ()


def test_a_supervisor_may_look_but_not_file(
    desk: Desk, desk_of: DeskOf, clock: MovableClock
) -> None:
    a_quarter(desk, clock)
    page = opened(desk_of("supervisor"), village="柳溪村", key=RoundKey("2026-09"))
    assert page.was_filed and "信访专干" in page.why_not()
    assert page.filed_words(page.filed[0]) == "9月18日 周敏报：新增 2 件"


def test_the_cards_ask_all_that_a_registration_asks(desk: Desk) -> None:
    seen, more = card_fields(desk)
    names = {each.name for each in (*seen, *more)}
    assert "village" not in names and {"found_on", "category", "summary", "parties"} <= {
        each.name for each in seen
    }
    data = asked({"answer": YES, "disputes": [dict.fromkeys(names, "")]}, {}).data
    assert set(data["disputes"][0]) == names
