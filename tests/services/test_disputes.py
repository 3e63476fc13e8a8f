"""Disputes as the office and its villages see them: registered, found, taken through their course."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from tests.conftest import DeskOf
from tests.factories import TODAY, MovableClock
from tests.factories import register as register_matter
from tests.screening import COURSES, EVIDENCE, SETTLED, bring, dispute, find
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.services import handling, safekeeping
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.dispute_work import (
    dispute_problems,
    register_dispute,
    take_dispute_step,
)
from xinfang_desktop.services.disputes import (
    VIEWS,
    DisputeQuery,
    dispute_list,
    dispute_offers,
    dispute_page,
    dispute_view,
    reveal_parties,
)
from xinfang_desktop.services.duties import DutyQuery, duties, today_board
from xinfang_desktop.services.searching import search_matters
from xinfang_desktop.store.tables import TABLES


def refused(call: Any, *args: Any) -> RuleViolation:
    """The refusal of a call."""
    with pytest.raises(RuleViolation) as caught:
        call(*args)
    return caught.value


# --- registering -----------------------------------------------------------------------------------


def test_a_dispute_is_registered_graded_and_lies_in_its_villages_feed(desk: Desk) -> None:
    made = find(desk)
    assert made.number == "430522101-JF-20260921-A0001"
    assert (made.state, made.state_name) == ("found", "已发现")
    view = dispute_view(desk, "20260921-a0001")
    assert (view.row.village, view.row.category_name, view.row.grade) == ("柳溪村", "邻里", "一般")
    assert view.amount_words == "3,200 元" and view.found_by == "周敏"
    assert view.row.parties == ("何**", "欧阳**")
    assert view.phones[0].endswith("2046") and "139073" not in view.phones[0]
    assert [(s.stage, s.state) for s in view.stages][:2] == [("发现", "now"), ("核实", "later")]
    with desk.reading() as conn:
        feeds = set(conn.scalars(select(TABLES["dispute"].c.feed)))
        steps = conn.execute(select(TABLES["case_step"].c.action, TABLES["case_step"].c.feed)).all()
    assert feeds == {"village:430522101203"}
    assert steps == [("register", "village:430522101203")]


def test_numbers_go_on_and_are_not_used_again(desk: Desk) -> None:
    first = find(desk).number
    bring(desk, first, "void")
    assert find(desk).number.endswith("A0002")
    assert find(desk, found_on="2026-09-20").number.endswith("20260920-A0001")


def test_an_unknown_type_is_kept_as_written(desk: Desk) -> None:
    made = find(desk, category="晒谷场争用")
    assert dispute_view(desk, made.number).row.category_name == "晒谷场争用"


@pytest.mark.parametrize(
    ("over", "code", "field"),
    [
        ({"summary": None}, "field_missing", "summary"),
        ({"village": "火星村"}, "no_village", "village"),
        ({"found_on": "2026-09-22"}, "date_in_future", "found_on"),
        ({"due": "2026-09-01"}, "due_before_start", "due"),
        ({"source": "梦里"}, "unknown_code", "source"),
        ({"grade": "危急"}, "unknown_grade", "grade"),
        ({"amount": "很多"}, "not_money", "amount"),
        ({"people": "一群"}, "not_number", "people"),
        ({"mood": "激动"}, "unknown_field", "mood"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_written(
    desk: Desk, over: dict[str, Any], code: str, field: str
) -> None:
    problem = refused(register_dispute, desk, dispute(**over))
    assert (problem.code, problem.field) == (code, field)
    assert problem.sentence and problem.mend
    assert dispute_list(desk) == ()


# --- its course ------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [state for state in COURSES if state != "found"])
def test_every_state_is_reached_by_lawful_steps(desk: Desk, state: str) -> None:
    number = find(desk).number
    assert bring(desk, number, state).state == state
    assert dispute_view(desk, number).row.state == state
    assert safekeeping.rebuild_check(desk).differences == ()


THREE = {"responsibility": "责任不落实不放过", "facts": "问题不查清不放过",
         "hazard": "隐患不排除不放过"}  # fmt: skip


@pytest.mark.parametrize("missing", THREE)
def test_without_one_of_the_three_it_is_not_struck_off(desk: Desk, missing: str) -> None:
    number = find(desk).number
    for action in ("verify", "grade", "assign", "note", "settle"):
        data = next(data for name, _, data in COURSES["closed"] if name == action)
        take_dispute_step(desk, number, action, data)
    for what in THREE.keys() - {missing}:
        told = {"what": what, "evidence": EVIDENCE, "confirmed_by": "刘志远"}
        take_dispute_step(desk, number, "confirm", told)
    take_dispute_step(desk, number, "follow", {"how": "visit", "situation": "通的"})
    problem = refused(take_dispute_step, desk, number, "close", {})
    assert problem.code == "three_not_confirmed" and problem.sentence.startswith(THREE[missing])
    offer = next(o for o in dispute_offers(desk, number) if o.action == "close")
    assert not offer.allowed and offer.missing[0].startswith(THREE[missing])
    view = dispute_view(desk, number)
    assert [c.what for c in view.confirmations if not c.done] == [missing]
    assert {c.by for c in view.confirmations if c.done} == {"刘志远"}
    take_dispute_step(desk, number, "confirm", {"what": missing, "evidence": EVIDENCE})
    assert take_dispute_step(desk, number, "close", {}).state == "closed"


def test_a_step_filled_in_wrongly_names_every_field(desk: Desk) -> None:
    number = find(desk).number
    problems = dispute_problems(desk, number, "assign", {"due": "昨天"})
    assert {p.field for p in problems} == {"unit", "person", "measures", "due"}
    assert dispute_problems(desk, number, "fly", {})[0].code == "unknown_action"


def test_what_came_up_again_begins_anew(desk: Desk, clock: MovableClock) -> None:
    number = find(desk).number
    bring(desk, number, "closed")
    clock.later(days=40)
    take_dispute_step(desk, number, "reopen", {"reason": "雨后沟又堵了"})
    view = dispute_view(desk, number)
    assert (view.row.state, view.row.due, view.row.settled_on) == ("open", None, None)
    assert not any(c.done for c in view.confirmations)
    assert {row.state for row in view.duties} == {"done"}, "the follow-up of the first time"


def test_the_duties_are_on_the_board_of_today(desk: Desk, clock: MovableClock) -> None:
    number = find(desk).number
    bring(desk, number, "assigned")
    clock.go("2026-10-16")
    late = next(group for group in today_board(desk).groups if group.key == "late")
    assert [(row.kind, row.number, row.owner) for row in late.rows] == [
        ("settle", number, "何建平")
    ]
    take_dispute_step(desk, number, "settle", SETTLED)
    kinds = {row.kind: row.state for row in duties(desk, DutyQuery())}
    assert kinds == {"settle": "done_late", "follow_up": "open"}


# --- handing over ----------------------------------------------------------------------------------


def test_handed_into_a_new_matter_both_know_each_other(desk: Desk) -> None:
    number = find(desk).number
    made = take_dispute_step(
        desk, number, "to_matter", {"claims": ["清沟", "修路"], "channel": "来电"}
    ).made
    matter = handling.matter_view(desk, made[0])
    assert [claim.text for claim in matter.claims] == ["清沟", "修路"]
    assert matter.channel_name == "来电" and matter.village == "柳溪村"
    links = dispute_view(desk, number).links
    assert [(link.case, link.number) for link in links] == [("matter", made[0])]


def test_handed_into_a_matter_that_was_there(desk: Desk) -> None:
    known = register_matter(desk).number
    number = find(desk).number
    made = take_dispute_step(desk, number, "to_matter", {"matter": known}).made
    assert made == (known,)
    assert refused(
        take_dispute_step, desk, find(desk).number, "to_matter", {"matter": "没有"}
    ).code == "no_matter"  # fmt: skip


def test_handed_into_a_mediation_both_sides_go_along(desk: Desk) -> None:
    number = find(desk).number
    (made,) = take_dispute_step(desk, number, "to_mediation", {}).made
    assert "-TJ-20260921-" in made
    view = dispute_view(desk, number)
    assert [(link.case, link.number) for link in view.links] == [("mediation", made)]
    assert view.row.state_name == "人民调解中"


# --- finding them ----------------------------------------------------------------------------------


def test_views_and_their_counts(desk: Desk, clock: MovableClock) -> None:
    clock.go("2026-08-24")
    stalled = find(desk, found_on="2026-08-20").number
    old = find(desk, found_on="2026-08-21", village="双井村").number
    clock.go(TODAY)
    bring(desk, old, "settled")
    late = find(desk, due="2026-09-20", found_on="2026-09-02").number
    fresh = find(desk).number
    closed = find(desk).number
    bring(desk, closed, "closed")

    def numbers(**asked: Any) -> set[str]:
        return {row.number for row in dispute_page(desk, DisputeQuery(**asked)).rows}

    everything = {stalled, old, late, fresh, closed}
    assert numbers() == everything
    assert numbers(view="open") == everything - {closed}
    assert numbers(view="new") == {late, fresh, closed}
    assert numbers(view="late") == {late}
    assert numbers(view="follow") == {old}
    assert numbers(view="stalled") == {stalled}
    counts = dispute_page(desk, DisputeQuery(view="late")).counts
    assert counts == {view: len(numbers(view=view)) for view in VIEWS}
    assert numbers(village="双井") == {old}
    assert numbers(period="2026-08") == {stalled, old}
    assert numbers(state="closed") == {closed}
    assert numbers(text="欧阳") == everything and numbers(text="没有这句") == set()
    assert refused(dispute_page, desk, DisputeQuery(view="everything")).code == "unknown_view"


def test_a_stalled_one_is_named_until_something_is_written(desk: Desk, clock: MovableClock) -> None:
    number = find(desk).number
    clock.later(days=14)
    assert not dispute_list(desk)[0].stalled
    clock.later(days=1)
    assert dispute_list(desk)[0].stalled
    take_dispute_step(desk, number, "note", {"text": "去看过"})
    assert not dispute_list(desk)[0].stalled


def test_it_is_found_by_people_places_and_numbers(desk: Desk) -> None:
    number = find(desk).number
    for text in ("何冬生", "ouyang", "老祠堂", "2046", number, "20260921-A0001"):
        hits = search_matters(desk, text).hits
        assert [(hit.kind, hit.number) for hit in hits] == [("dispute", number)], text
    bring(desk, number, "void")
    assert search_matters(desk, "何冬生").total == 1, "a voided state is still a record"


# --- who sees what ---------------------------------------------------------------------------------


def test_full_names_are_shown_for_a_reason_that_is_kept(desk: Desk) -> None:
    number = find(desk).number
    assert refused(reveal_parties, desk, number, " ").code == "reason_missing"
    people = reveal_parties(desk, number, "电话约调解")
    assert [(p.name, p.phone) for p in people] == [
        ("何冬生", "13907392046"), ("欧阳秀兰", "13807391158"),
    ]  # fmt: skip
    desk.flush_looks()
    seen = {row.what for row in dispute_view(desk, number).seen}
    assert any(what.endswith("：电话约调解") for what in seen)


def test_a_liaison_registers_and_settles_and_cannot_strike_off(desk: Desk, desk_of: DeskOf) -> None:
    liaison = desk_of("liaison", name="何春生")
    number = find(liaison, found_by=None).number
    assert dispute_view(liaison, number).found_by == "何春生"
    take_dispute_step(liaison, number, "settle", SETTLED)
    assert refused(take_dispute_step, liaison, number, "close", {}).code == "not_permitted"
    assert refused(register_dispute, liaison, dispute(village="双井村")).code == "no_village"
    other = find(desk, village="双井村").number
    assert refused(dispute_view, liaison, other).code == "no_dispute"
    assert [row.number for row in dispute_list(liaison)] == [number]


def test_a_supervisor_reads_and_notes_and_no_more(desk: Desk, desk_of: DeskOf) -> None:
    number = find(desk).number
    supervisor = desk_of("supervisor")
    take_dispute_step(supervisor, number, "note", {"text": "督办：九月底前清完", "sort": "督办"})
    assert refused(take_dispute_step, supervisor, number, "settle", SETTLED).code == "not_permitted"
    assert refused(register_dispute, supervisor, dispute()).code == "not_permitted"
    assert refused(reveal_parties, supervisor, number, "看看").code == "not_permitted"


def test_an_administrator_alone_sees_no_dispute(desk: Desk, desk_of: DeskOf) -> None:
    find(desk)
    admin = desk_of("admin")
    for call in (dispute_list, lambda d: dispute_page(d, DisputeQuery())):
        assert refused(call, admin).code == "not_permitted"


def test_everything_follows_from_the_log(desk: Desk) -> None:
    for state in COURSES:
        number = find(desk).number
        if COURSES[state]:
            bring(desk, number, state)
    assert safekeeping.verify_log(desk).ok
    assert safekeeping.rebuild_check(desk).differences == ()
