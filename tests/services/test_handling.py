"""Lists and pages of matters, their steps, and the duties and four 有 that follow."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from tests.conftest import DeskOf
from tests.factories import COURSE, TODAY, MovableClock, bring_to, register, visit
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.domain.fields import Field
from xinfang_desktop.domain.records import Claim, Intake, Matter, Step
from xinfang_desktop.services import duties, handling, haves, registration, safekeeping, searching
from xinfang_desktop.services.desk import Changes, Desk
from xinfang_desktop.services.duties import DutyQuery
from xinfang_desktop.services.handling import MatterQuery
from xinfang_desktop.store import changelog, queries
from xinfang_desktop.store.changelog import new, new_id


def many(desk: Desk, count: int) -> None:
    """Matters written in one go, a day apart from each other, as an import would."""
    changes = []
    for n in range(count):
        day = TODAY - timedelta(days=n % 400)
        matter, number = new_id(), f"430522101-XF-{day:%Y%m%d}-A{n:04d}"
        changes += [
            new(Matter(id=matter, feed=desk.feed, number=number, query_code=f"{n:08d}",
                       title=f"路灯 {n} 不亮", state="S20", received_on=day, channel="call",
                       owner="周敏")),
            new(Intake(id=new_id(), feed=desk.feed, number=number, matter=matter, channel="call",
                       received_on=day, registered_at=desk.now(), registered_by="周敏")),
            new(Claim(id=new_id(), feed=desk.feed, matter=matter, no=1, text="修好路灯")),
            new(Step(id=new_id(), feed=desk.feed, matter=matter, action="register", on=day,
                     at=desk.now(), by="周敏", from_state="S20", to_state="S20")),
        ]  # fmt: skip
    with desk.writing() as tx:
        tx.append(changes)


# --- the list ------------------------------------------------------------------------------


def test_pages_of_the_list_follow_each_other_without_gap_or_repeat(desk: Desk) -> None:
    many(desk, 57)
    whole = handling.matter_list(desk, MatterQuery())
    assert whole.total == len(whole.matters) == 57
    order = [(row.received_on, row.number) for row in whole.matters]
    assert order == sorted(order, reverse=True)
    pages = [
        handling.matter_list(desk, MatterQuery(limit=20, offset=offset)) for offset in (0, 20, 40)
    ]
    assert [page.total for page in pages] == [57, 57, 57]
    assert [len(page.matters) for page in pages] == [20, 20, 17]
    assert tuple(row for page in pages for row in page.matters) == whole.matters
    assert handling.matter_list(desk, MatterQuery(limit=20, offset=60)).matters == ()
    assert len(handling.matter_list(desk, MatterQuery(offset=50)).matters) == 7


def test_the_list_is_narrowed_and_shows_what_is_due_next(desk: Desk) -> None:
    first = register(desk)
    bring_to(desk, first.number, "S30")
    call = register(desk, channel="来电", village="双井村", claims=["路灯不亮"])

    def found(**asked: Any) -> list[str]:
        page = handling.matter_list(desk, MatterQuery(**asked))
        assert page.total == len(page.matters)
        return [row.number for row in page.matters]

    assert found(state="S30") == found(village="柳溪村") == [first.number]
    assert found(channel="call") == found(text="路灯") == found(text="ld") == [call.number]
    assert found(owner="周敏", year=2026) == [call.number, first.number]
    assert found(year=2025) == found(owner="别人") == found(text="没有的事") == []
    row = handling.matter_list(desk, MatterQuery(state="S30")).matters[0]
    assert (row.due_kind, row.due, row.due_state) == ("haves.答", date(2026, 9, 29), "rest")
    handling.take_step(desk, call.number, "void", {"reason": "重复录入"})
    assert found(open_only=True) == [first.number]


def test_the_time_of_a_list_grows_with_its_rows_and_no_faster(desk: Desk) -> None:
    def seconds() -> float:
        started = time.process_time()
        handling.matter_list(desk, MatterQuery())
        return time.process_time() - started

    many(desk, 50)
    handling.matter_list(desk, MatterQuery())
    few = min(seconds() for _ in range(3))
    many(desk, 750)
    assert handling.matter_list(desk, MatterQuery()).total == 800
    assert min(seconds() for _ in range(2)) < 16 * few * 2


def test_the_number_of_questions_does_not_grow_with_the_rows(desk: Desk) -> None:
    from sqlalchemy import event

    asked: list[str] = []
    event.listen(desk.database.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    calls: list[Callable[[], Any]] = [
        lambda: handling.matter_list(desk, MatterQuery()),
        lambda: duties.duties(desk, DutyQuery()),
        lambda: duties.today_board(desk),
        lambda: haves.haves_ledger(desk, TODAY),
    ]
    counts: list[list[int]] = []
    for _ in range(2):
        for _ in range(8):
            register(desk)
        counts.append([])
        for call in calls:
            asked.clear()
            call()
            counts[-1].append(len(asked))
    assert counts[0] == counts[1]


# --- the page ------------------------------------------------------------------------------


def test_the_whole_course_stands_on_the_page(desk: Desk) -> None:
    number = register(desk).number
    taken = bring_to(desk, number, "S75")
    assert taken.state_name == "已办结"
    view = handling.matter_view(desk, number)
    assert {row.action for row in view.timeline} >= {action for action, _, _ in COURSE}
    assert [stage.state for stage in view.stages][-2:] == ["now", "later"]
    assert {claim.status for claim in view.claims} == {"done"}
    assert view.review_until == date(2026, 10, 21)
    assert view.safe_day == date(2026, 11, 20)
    assert safekeeping.rebuild_check(desk).ok


def test_an_unlawful_step_is_refused_with_its_article_and_writes_nothing(desk: Desk) -> None:
    number = register(desk).number
    before = safekeeping.verify_log(desk).entries
    for action, data in (
        ("accept", {}), ("sign", {"signer": "刘志远"}), ("wash", {}), ("claim", {"no_interest": False}),
        ("claim", {"no_interest": True, "on": "2026-09-20"}), ("note", {"record": "other", "content": "字" * 1_000_000}),
    ):  # fmt: skip
        with pytest.raises(RuleViolation) as caught:
            handling.take_step(desk, number, action, data)
        assert caught.value.sentence
        assert caught.value.mend
        assert handling.step_problems(desk, number, action, data)
    assert safekeeping.verify_log(desk).entries == before
    assert handling.matter_view(desk, number).state == "S10"


def test_an_unknown_number_is_answered_without_its_control_characters(desk: Desk) -> None:
    for wrong in ("", "没有", "20990101-A0001", "x" * 100_000, "a\x1b[31mb"):
        with pytest.raises(RuleViolation) as caught:
            handling.matter_view(desk, wrong)
        assert caught.value.code == "no_matter"
        assert len(caught.value.sentence) < 100
        assert caught.value.sentence.isprintable()


def test_who_looked_stands_on_the_page(desk: Desk, desk_of: DeskOf) -> None:
    number = register(desk).number
    leader = desk_of("leader", name="刘志强")
    handling.matter_view(leader, number)
    leader.flush_looks()
    assert [(row.who, row.what) for row in handling.matter_view(desk, number).seen] == [
        ("刘志强", "打开")
    ]
    assert "刘志强" in {
        row.who for row in safekeeping.log_of(desk, number) if row.what == ("read",)
    }


def test_merged_matters_find_each_other_and_come_apart_again(desk: Desk) -> None:
    master, other = register(desk).number, register(desk).number
    handling.take_step(desk, other, "claim", {"no_interest": True})
    with pytest.raises(RuleViolation):
        handling.take_step(desk, other, "merge", {"into": other, "told_how": "电话"})
    taken = handling.take_step(
        desk, other, "merge", {"into": master.split("-XF-")[1], "told_how": "电话"}
    )
    assert taken.state == "T10"
    assert {d.state for d in taken.duties if d.kind in ("notice", "answer")} == {"not_owed"}
    assert handling.take_step(desk, other, "unmerge", {"reason": "不是一件"}).state == "S20"


def test_the_log_of_a_matter_names_fields_and_no_contents(desk: Desk) -> None:
    number = register(desk).number
    bring_to(desk, number, "S40")
    told = repr(safekeeping.log_of(desk, number))
    assert "step accept" in told
    assert "matter: state" in told
    for secret in ("王桂芳", "塌方", "13907391827"):
        assert secret not in told


def test_settings_of_the_office_are_no_word_about_a_matter(desk: Desk) -> None:
    from xinfang_desktop.services import accounts

    number = register(desk).number
    before = safekeeping.log_of(desk, number)
    accounts.save_office(desk, {"late_after": "raw"})
    assert safekeeping.log_of(desk, number) == before
    assert safekeeping.rebuild_check(desk).ok


# --- duties and the morning board ----------------------------------------------------------


def test_a_what_if_day_reads_and_writes_nothing(desk: Desk) -> None:
    number = register(desk).number
    before = safekeeping.verify_log(desk).entries
    later = duties.duties(desk, DutyQuery(today=date(2026, 10, 9), number=number, open_only=True))
    assert {d.kind: d.state for d in later}["notice"] == "overdue"
    now = duties.duties(desk, DutyQuery(number=number))
    assert {d.kind: d.state for d in now}["notice"] == "open"
    assert safekeeping.verify_log(desk).entries == before


def test_duties_come_in_due_order_and_can_be_narrowed(desk: Desk) -> None:
    register(desk)
    rows = duties.duties(desk, DutyQuery())
    assert [row.due for row in rows] == sorted(row.due for row in rows)
    assert {row.kind for row in duties.duties(desk, DutyQuery(kinds=("notice",)))} == {"notice"}
    assert duties.duties(desk, DutyQuery(owner="别人")) == ()


def test_every_duty_explains_its_day(desk: Desk) -> None:
    number = register(desk, haves={"答": {"promised_on": "2026-09-25"}}).number
    bring_to(desk, number, "S70")
    for row in duties.duties(desk, DutyQuery(number=number)):
        told = duties.explain_duty(desk, row.id)
        assert (told.start, told.due) == (row.started_on, row.due)
        assert told.steps[-1].date == row.due
    with pytest.raises(RuleViolation):
        duties.explain_duty(desk, "x/y")


def test_the_morning_board_sorts_by_urgency(desk: Desk, clock: MovableClock) -> None:
    number = register(desk).number
    board = duties.today_board(desk)
    assert {g.key: len(g.rows) for g in board.groups} == {
        "late": 0, "today": 0, "near": 0, "later": 5, "done": 1,
    }  # fmt: skip
    clock.go("2026-10-08")
    board = duties.today_board(desk)
    by_group = {g.key: {row.kind for row in g.rows} for g in board.groups}
    assert by_group["late"] == {"haves.答"}
    assert by_group["today"] == {"notice"}
    assert board.mine == board.total == 5
    assert [s.number for s in board.silent] == [number], "seventeen days without a word"
    handling.take_step(desk, number, "promise", {"what": "回电话", "due": "2026-10-09"})
    assert duties.today_board(desk).silent == ()
    assert sum(day.count for day in duties.today_board(desk).fortnight) >= 3


# --- the four 有 ---------------------------------------------------------------------------


def test_the_four_are_brought_to_their_end(desk: Desk, clock: MovableClock) -> None:
    number = register(desk).number
    assert not haves.haves_of(desk, number).complete
    haves.set_have(desk, number, "答", {"content": "三天内上门"})
    haves.set_have(
        desk, number, "释", {"content": "讲了公路养护", "article": "《公路法》第三十五条"}
    )
    helped = haves.set_have(desk, number, "困", {"hardship": True, "referral": "镇民政办"})
    assert ([item.mark for item in helped.items], helped.complete) == (
        ["done", "done", "done", "work"],
        False,
    )
    clock.go("2026-10-12")
    ended = haves.set_have(desk, number, "困", {"referral": "镇民政办", "result": "已受理"})
    assert ended.complete
    assert {item.state for item in ended.items} == {"done"}
    ledger = haves.haves_ledger(desk, TODAY)
    assert [row.complete for row in ledger.rows] == [True]
    assert ledger.done == {"接": 1, "答": 1, "释": 1, "困": 1}
    assert haves.haves_ledger(desk, date(2026, 10, 1)).rows == ()


def test_evidence_that_is_none_is_refused_with_what_is_missing(desk: Desk) -> None:
    number = register(desk).number
    with pytest.raises(RuleViolation) as caught:
        haves.set_have(desk, number, "释", {"content": "讲了政策"})
    assert caught.value.field == "article"
    assert haves.haves_of(desk, number).items[2].mark == "blank"
    with pytest.raises(RuleViolation) as caught:
        haves.haves_of(desk, register(desk, channel="来电").number)
    assert caught.value.code == "no_first_visit"


def test_a_voided_matter_owes_no_evidence(desk: Desk) -> None:
    number = register(desk).number
    handling.take_step(desk, number, "void", {"reason": "重复录入"})
    with pytest.raises(RuleViolation) as caught:
        haves.set_have(desk, number, "答", {"content": "已答"})
    assert caught.value.code == "matter_voided"
    assert haves.haves_ledger(desk, TODAY).rows == ()
    assert handling.matter_view(desk, number).duties == ()


def test_every_field_of_a_form_is_declared_with_a_label(desk: Desk) -> None:
    number = register(desk).number
    for offer in handling.offers(desk, number):
        assert all(isinstance(field, Field) and field.label for field in offer.fields)


# --- what changed --------------------------------------------------------------------------


def test_who_listens_hears_after_the_commit_what_changed(desk: Desk) -> None:
    heard: list[Changes] = []
    stop = desk.subscribe(lambda changes: heard.append(changes))
    made = register(desk)
    assert heard[-1].kinds >= {"matter", "intake", "claim", "party", "step"}
    assert made.matter in heard[-1].ids
    with pytest.raises(RuleViolation):
        registration.register_intake(desk, visit(claims=None))
    assert len(heard) == 1, "nothing is told of what was not written"
    stop()
    register(desk)
    assert len(heard) == 1


def test_that_somebody_searched_is_kept_and_not_what_for(desk: Desk) -> None:
    register(desk)
    searching.search_matters(desk, "王桂芳")
    desk.flush_looks()
    with desk.reading() as conn:
        bodies = [body for _, feed, body, _ in changelog.entries(conn) if feed == desk.local_feed]
    assert any(b'"t":"search"' in body for body in bodies)
    assert not any("王桂芳".encode() in body for body in bodies)


def test_highest_counts_only_its_own_prefix(desk: Desk) -> None:
    many(desk, 3)
    with desk.reading() as conn:
        assert queries.highest(conn, "intake", "number", "430522101-XF-20260921-A") == 0
        assert queries.highest(conn, "intake", "number", "430522101-XF-20260919-A") == 2
        assert queries.highest(conn, "intake", "number", "430522101-XF-20260919-B") == 0
