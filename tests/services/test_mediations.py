"""People's mediation at the desk: opened, taken through its course, found again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.conftest import DeskOf
from tests.domain.mediation_cases import LAWFUL
from tests.factories import VISITOR, MovableClock, bring_to, register
from tests.mediating import dispute, refusal, shown, start, take
from xinfang_desktop.services import (
    committees,
    disputes,
    duties,
    handling,
    mediation_work,
    mediations,
    safekeeping,
    searching,
)
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.duties import DutyQuery
from xinfang_desktop.services.mediations import VIEWS, MediationQuery


def test_an_application_by_itself_is_ours_and_masked_on_its_page(desk: Desk) -> None:
    stood = start(desk)
    assert stood.number == "430522101-TJ-20260921-A0001" and stood.file_no == ""
    assert (stood.state, stood.duties, stood.told) == ("asked", (), "")
    view = mediations.mediation_view(desk, stood.number)
    assert view.row.applicants == ("王**",) and view.row.respondents == ("赵**",)
    assert view.row.source_name == "当事人申请" and view.row.category_name == "邻里"
    assert [(s.side_name, s.agrees, s.answer_words) for s in view.sides] == [
        ("申请人", True, "申请调解"), ("被申请人", None, ""),
    ]  # fmt: skip
    assert view.facts == "王**说排水沟被赵**堵了。"
    secrets = ("王桂芳", "赵大河", "13907391827", "13900001111", "柳溪村五组")
    assert [secret for secret in secrets if secret in shown(view)] == []


def test_what_is_missing_is_said_field_by_field(desk: Desk) -> None:
    asked = {"applied_on": "2026-09-22", "village": "没有的村", "category": "吵架", "oral": "也许"}
    found = mediation_work.start_problems(desk, asked)
    assert [(p.code, p.field) for p in found] == [
        ("not_yes_no", "oral"), ("date_in_future", "applied_on"), ("unknown_code", "category"),
        ("field_missing", "title"), ("field_missing", "parties"),
    ]  # fmt: skip
    assert refusal(lambda: start(desk, village="没有的村")).code == "no_village"
    assert refusal(lambda: start(desk, committee="没有的调委会")).code == "no_committee"
    assert refusal(lambda: start(desk, dispute="没有")).code == "no_dispute"
    assert refusal(lambda: start(desk, matter="没有")).code == "no_matter"
    assert mediations.mediation_page(desk, MediationQuery()).rows == ()


def test_from_a_dispute_it_takes_over_what_is_known_and_both_stay_linked(desk: Desk) -> None:
    number = dispute(desk)
    stood = mediation_work.start_mediation(desk, {"dispute": number, "mediators": ["周敏"]})
    view = mediations.mediation_view(desk, stood.number)
    assert view.row.title == "村道排水沟堵塞" and view.row.village == "柳溪村"
    assert view.row.source_name == "主动调解" and view.row.mediators == ("周敏",)
    assert view.row.applicants == ("王**",) and view.row.respondents == ("赵**",)
    assert [(link.case, link.number) for link in view.links] == [("dispute", number)]
    page = disputes.dispute_view(desk, number)
    assert page.row.state == "mediation"
    assert [(link.case, link.number) for link in page.links] == [("mediation", stood.number)]


def test_what_was_typed_stands_before_what_the_dispute_says(desk: Desk) -> None:
    stood = start(
        desk, dispute=dispute(desk, parties=[]), applied_on="2026-09-18", title="排水纠纷"
    )
    view = mediations.mediation_view(desk, stood.number)
    assert (view.row.title, view.row.applied_on) == ("排水纠纷", date(2026, 9, 18))
    assert view.row.village == "柳溪村" and view.row.respondents == ("赵**",)


def test_a_dispute_and_a_matter_may_both_stand_behind_it(desk: Desk) -> None:
    number, matter = dispute(desk), register(desk).number
    stood = mediation_work.start_mediation(desk, {"dispute": number, "matter": matter})
    view = mediations.mediation_view(desk, stood.number)
    assert view.row.title == "村道排水沟堵塞" and view.claims == (), "told by the dispute"
    assert [link.number for link in view.links] == [number, matter]


def test_a_dispute_is_handed_over_once(desk: Desk) -> None:
    number = dispute(desk)
    mediation_work.start_mediation(desk, {"dispute": number})
    (found,) = mediation_work.start_problems(desk, {"dispute": number})
    again = refusal(lambda: mediation_work.start_mediation(desk, {"dispute": number}))
    assert found.sentence == again.sentence
    assert again.code == "wrong_state" and "人民调解中" in again.sentence
    assert len(mediations.mediation_page(desk, MediationQuery()).rows) == 1


def test_about_a_matter_it_takes_over_the_request_and_who_asked(desk: Desk) -> None:
    number = register(desk).number
    view = mediations.mediation_view(
        desk, mediation_work.start_mediation(desk, {"matter": number}).number
    )
    assert view.row.applicants == ("王**",) and view.row.respondents == ()
    assert "补偿塌方压坏的菜地" in view.claims
    assert [(link.case, link.number) for link in view.links] == [("matter", number)]


@pytest.mark.parametrize("over", [{"confidential": True}, {"anonymous": True, "parties": []}])
def test_who_wants_to_stay_unknown_is_not_taken_over(desk: Desk, over: dict[str, Any]) -> None:
    number = register(desk, **over).number
    stood = mediation_work.start_mediation(desk, {"matter": number})
    assert mediations.mediation_view(desk, stood.number).sides == ()
    assert VISITOR["name"] not in repr(mediations.reveal_sides(desk, stood.number, "核对"))


def test_a_sealed_accusation_is_never_mediated_from_here(desk: Desk, desk_of: DeskOf) -> None:
    number = register(desk_of("officer", "sealed", name="专办员"), sealed=True).number
    assert (
        refusal(lambda: mediation_work.start_mediation(desk, {"matter": number})).code == "sealed"
    )


# --- a petition's clock ------------------------------------------------------------------------


def owed(desk: Desk, number: str) -> list[tuple[Any, ...]]:
    """The duties of a matter, whole."""
    return [
        (d.kind, d.owner, d.started_on, d.due_raw, d.due, d.done_on, d.state, d.note)
        for d in duties.duties(desk, DutyQuery(number=number))
    ]


def test_a_mediation_never_moves_the_clock_of_a_matter(desk: Desk, clock: MovableClock) -> None:
    number = register(desk).number
    bring_to(desk, number, "S40")
    before, log = owed(desk, number), len(safekeeping.log_of(desk, number))
    page = handling.matter_view(desk, number)
    assert any(kind == "answer" and due == date(2026, 11, 20) for kind, _, _, _, due, *_ in before)

    refused = start(desk, matter=number)
    assert owed(desk, number) == before
    take(desk, refused.number, "consent", agrees=False)
    assert owed(desk, number) == before
    failed = start(desk, matter=number)
    take(desk, failed.number, "consent", "accept", "session", "fail")
    assert owed(desk, number) == before
    ended = start(desk, matter=number)
    take(desk, ended.number, "consent", "accept", "end")
    agreed = start(desk, matter=number)
    take(desk, agreed.number, "consent", "accept", "session", "agreement")
    assert owed(desk, number) == before, "not even an agreement answers the petition"

    after = handling.matter_view(desk, number)
    assert (after.state, after.timeline, after.offers) == (page.state, page.timeline, page.offers)
    looks = len(safekeeping.log_of(desk, number)) - log
    assert all(
        "matter" not in line for row in safekeeping.log_of(desk, number)[log:] for line in row.what
    )
    assert looks >= 1, "that somebody read it is logged, and nothing else"
    clock.go("2026-11-23")
    assert {d[6] for d in owed(desk, number) if d[0] == "answer"} == {"overdue"}


# --- the course --------------------------------------------------------------------------------


def test_the_file_number_is_given_at_the_acceptance_and_never_twice(
    desk: Desk, clock: MovableClock
) -> None:
    committees.add_committee(desk, {"name": "青石镇人民调解委员会", "mark": "青石人调"})
    committees.add_committee(desk, {"name": "柳溪村人民调解委员会", "village": "柳溪村"})
    ours = [start(desk).number for _ in range(3)]
    theirs = start(desk, village="柳溪村").number
    numbers = [take(desk, number, "consent", "accept").file_no for number in ours]
    assert numbers == [f"（2026）青石人调字第{n}号" for n in (1, 2, 3)]
    assert take(desk, theirs, "consent", "accept").file_no == "（2026）柳溪人调字第1号"
    take(desk, ours[2], "void")
    again = start(desk).number
    assert take(desk, again, "consent", "accept").file_no == "（2026）青石人调字第4号"
    kept = take(desk, again, "consent", agrees=False)
    assert kept.state == "refused"
    assert take(desk, again, "consent", "accept").file_no == "（2026）青石人调字第4号"
    clock.go("2027-01-05")
    assert take(desk, start(desk).number, "consent", "accept").file_no == "（2027）青石人调字第1号"


def test_a_committee_registered_meanwhile_mediates_it(desk: Desk) -> None:
    first, second = start(desk, village="柳溪村").number, start(desk).number
    committees.add_committee(desk, {"name": "青石镇人民调解委员会"})
    committees.add_committee(desk, {"name": "柳溪村人民调解委员会", "village": "柳溪村"})
    take(desk, first, "consent", "accept")
    assert mediations.mediation_view(desk, first).row.committee == "柳溪村人民调解委员会"
    take(desk, second, "consent")
    assert refusal(lambda: take(desk, second, "accept", committee="没有的")).code == "no_committee"
    take(desk, second, "accept", committee="柳溪村人民调解委员会")
    assert mediations.mediation_view(desk, second).row.file_no == "（2026）柳溪人调字第2号"


def test_without_a_committee_the_number_is_of_the_office(desk: Desk) -> None:
    number = start(desk).number
    assert take(desk, number, "consent", "accept").file_no == "（2026）青石人调字第1号"


def test_ten_and_more_are_counted_as_numbers(desk: Desk) -> None:
    last = ""
    for _ in range(11):
        last = take(desk, start(desk).number, "consent", "accept").file_no
    assert last == "（2026）青石人调字第11号"


@pytest.mark.parametrize(
    "typed",
    [
        "（2026）青石人调字第1号",
        "(2026)青石人调字第1号",
        "（２０２６）青石人调字第１号",
        "20260921-A0001",
    ],
)
def test_it_is_found_by_either_number_however_typed(desk: Desk, typed: str) -> None:
    number = start(desk).number
    take(desk, number, "consent", "accept")
    assert mediations.mediation_view(desk, typed).row.number == number


def whole(desk: Desk, clock: MovableClock, number: str) -> None:
    """From the question to the filed record, over a month."""
    take(desk, number, "consent")
    take(desk, number, "party", address="柳溪村 6 组")
    take(desk, number, "accept", "inquiry", "evidence", "agent")
    clock.go("2026-09-24")
    take(desk, number, "session")
    clock.go("2026-09-28")
    take(desk, number, "session", result="agreed")
    take(desk, number, "agreement", amount="800", signed_by=["王小军", "赵大河"])
    clock.go("2026-10-09")
    take(desk, number, "performance")
    take(desk, number, "performance", item=2, proof="王桂芳写的收条")
    take(desk, number, "court")
    clock.go("2026-10-20")
    take(desk, number, "court", result="confirmed", ruling="（2026）民特1号")
    take(desk, number, "follow", "archive")


def test_the_whole_course_and_what_the_log_says_of_it(desk: Desk, clock: MovableClock) -> None:
    number = start(desk).number
    whole(desk, clock, number)
    view = mediations.mediation_view(desk, number)
    assert view.row.state_name == "已立卷" and view.lacking == ()
    assert [(s.stage, s.on) for s in view.stages] == [
        ("征求意愿", date(2026, 9, 21)), ("受理", date(2026, 9, 21)), ("调解", date(2026, 9, 28)),
        ("协议", date(2026, 9, 28)), ("履行", date(2026, 10, 9)), ("立卷", date(2026, 10, 20)),
    ]  # fmt: skip
    assert view.agreement and view.agreement.effective_on == date(2026, 9, 28)
    assert view.agreement.amount_words == view.row.amount_words == "800 元"
    assert [(i.done_on, i.proof) for i in view.agreement.items] == [
        (date(2026, 10, 9), "现场照片 2 张"), (date(2026, 10, 9), "王**写的收条"),
    ]  # fmt: skip
    assert view.court and (view.court.result_name, view.court.ruling) == (
        "裁定有效",
        "（2026）民特1号",
    )
    assert view.court.applied_on == date(2026, 10, 9) and not view.court.open
    assert {duty.state for duty in view.duties} <= {"done", "done_late"}
    assert len(view.timeline) == 16 and view.timeline[-1].label == "申请、登记"
    secrets = ("王桂芳", "赵大河", "王小军", "13900001111", "柳溪村 6 组")
    assert [secret for secret in secrets if secret in shown(view)] == []
    assert safekeeping.verify_log(desk).ok
    assert safekeeping.rebuild_check(desk).differences == ()


def test_the_sides_are_shown_in_full_for_a_reason_that_is_kept(desk: Desk) -> None:
    number = start(desk).number
    take(desk, number, "agent")
    assert refusal(lambda: mediations.reveal_sides(desk, number, " ")).code == "reason_missing"
    shown = mediations.reveal_sides(desk, number, "打电话约时间")
    assert [(s.side_name, s.name, s.phone) for s in shown] == [
        ("申请人", "王桂芳", "13907391827"), ("被申请人", "赵大河", "13900001111"),
        ("受托人", "王小军", ""),
    ]  # fmt: skip
    assert (shown[1].sex, shown[1].age, shown[0].address) == ("男", 52, "柳溪村五组")
    desk.flush_looks()
    seen = mediations.mediation_view(desk, number).seen
    assert "查看姓名、号码：打电话约时间" in {row.what for row in seen}


def test_the_course_says_who_would_not(desk: Desk) -> None:
    number = start(desk).number
    take(desk, number, "consent", agrees=False, routes="可以起诉")
    texts = [row.text for row in mediations.mediation_view(desk, number).timeline]
    assert texts[0].startswith("不愿意调解；哪一方：被申请人") and "可以起诉" in texts[0]
    assert texts[1] == "案件来源：当事人申请"


def test_a_party_is_added_completed_and_taken_out(desk: Desk) -> None:
    number = start(desk).number
    take(desk, number, "party", name="钱小一", phone="13811112222")
    take(desk, number, "party", sex="女")
    shown = mediations.reveal_sides(desk, number, "核对")
    assert [(s.name, s.sex) for s in shown] == [("王桂芳", ""), ("赵大河", "女"), ("钱小一", "")]
    assert shown[1].age == 52, "what was not typed stays"
    take(desk, number, "party", name="钱小一", removed=True, reason="写错了人")
    assert [s.name for s in mediations.reveal_sides(desk, number, "核对")] == ["王桂芳", "赵大河"]
    assert searching.search_matters(desk, "钱小一").total == 0
    assert safekeeping.rebuild_check(desk).differences == ()


def test_a_refused_step_writes_nothing(desk: Desk) -> None:
    number = start(desk).number
    before = safekeeping.verify_log(desk).entries
    assert refusal(lambda: take(desk, number, "accept")).code == "not_all_agreed"
    found = mediation_work.mediation_problems(desk, number, "accept", LAWFUL["accept"])
    assert [p.code for p in found] == ["not_all_agreed"]
    assert safekeeping.verify_log(desk).entries == before


def test_a_waiver_is_refused_with_the_clause_and_passes_only_confirmed(desk: Desk) -> None:
    number = start(desk).number
    take(desk, number, "consent", "accept", "session")
    items = [{"what": "赵大河付 800 元，王桂芳不再上访"}]
    said = refusal(lambda: take(desk, number, "agreement", items=items))
    assert said.code == "waiver" and "“赵大河付 800 元，王桂芳不再上访”" in said.sentence
    assert take(desk, number, "agreement", items=items, not_a_waiver=True).state == "agreed"


# --- duties at the desk ------------------------------------------------------------------------


def test_its_duties_stand_beside_all_others(desk: Desk, clock: MovableClock) -> None:
    number = start(desk).number
    take(desk, number, "consent", "accept", "session", "agreement")
    clock.go("2026-10-16")
    found = duties.duties(desk, DutyQuery(open_only=True))
    rows = {row.kind: row for row in reversed(found)}
    assert rows.keys() >= {"perform", "judicial_confirmation"}
    assert rows["perform"].state == "overdue" and rows["perform"].masked_name == "王**、赵**"
    assert rows["judicial_confirmation"].article == "《人民调解法》第三十三条"
    row = mediations.mediation_page(desk, MediationQuery()).rows[0]
    assert row.due == rows["perform"].due, "a right of the sides is no due date of ours"


def test_the_right_to_ask_the_court_lapses_and_is_never_late(
    desk: Desk, clock: MovableClock
) -> None:
    number = start(desk).number
    take(desk, number, "consent", "accept", "session", "agreement")
    court = mediations.mediation_view(desk, number).court
    assert court and court.open and court.until == date(2026, 10, 21)
    clock.go("2026-10-19")
    court = mediations.mediation_view(desk, number).court
    assert court and court.words == "还有 2 天"
    clock.go("2026-10-22")
    court = mediations.mediation_view(desk, number).court
    assert court and not court.open and "三十日已过" in court.words
    assert refusal(lambda: take(desk, number, "court")).code == "confirmation_lapsed"
    kinds = {row.kind for row in duties.duties(desk, DutyQuery(open_only=True))}
    assert "judicial_confirmation" not in kinds


def test_the_views_count_what_waits_for_what(desk: Desk, clock: MovableClock) -> None:
    asked, opened, agreed, failed = (start(desk).number for _ in range(4))
    for number in (opened, agreed, failed):
        take(desk, number, "consent", "accept", "session")
    take(desk, agreed, "agreement")
    take(desk, failed, "fail")
    counts = mediations.mediation_page(desk, MediationQuery()).counts
    assert counts == {"asked": 1, "open": 1, "perform": 1, "follow": 0, "file": 1, "all": 4}
    take(desk, agreed, "performance")
    take(desk, agreed, "performance", item=2)
    follow = mediations.mediation_page(desk, MediationQuery(view="follow"))
    assert [row.number for row in follow.rows] == [agreed]
    take(desk, agreed, "follow")
    filing = mediations.mediation_page(desk, MediationQuery(view="file"))
    assert {row.number for row in filing.rows} == {agreed, failed}
    assert [
        r.number for r in mediations.mediation_page(desk, MediationQuery(view="asked")).rows
    ] == [asked]
    assert (
        refusal(lambda: mediations.mediation_page(desk, MediationQuery(view="x"))).code
        == "unknown_view"
    )
    assert set(counts) == set(VIEWS)


def test_the_list_is_narrowed(desk: Desk, clock: MovableClock) -> None:
    first = start(desk, village="柳溪村", applied_on="2026-08-31").number
    second = start(desk, title="宅基地纠纷", village="双井村").number

    def found(**asked: str) -> list[str]:
        return [row.number for row in mediations.mediation_page(desk, MediationQuery(**asked)).rows]

    assert found() == [second, first]
    assert found(village="柳溪村") == [first] and found(period="2026-09") == [second]
    assert found(text="宅基地") == [second] and found(state="accepted") == []
    assert found(text="王桂芳") == [second, first], "found by a side's name, shown masked"
