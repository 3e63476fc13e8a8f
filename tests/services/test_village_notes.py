"""The village diary and talk days, written and kept as a liaison would."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import DeskOf
from tests.factories import MovableClock
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.services import disputes, safekeeping
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.duties import DutyQuery, duties, explain_duty, today_board
from xinfang_desktop.services.note_views import NoteQuery, note_list, note_view
from xinfang_desktop.services.village_notes import (
    check_note,
    correct_note,
    keep_promise,
    make_dispute,
    write_note,
)

TEXT = "三组反映沟口淤堵，雨天漫水上路，要求在稻子收割前清完。"


def diary(**over: Any) -> dict[str, Any]:
    """A page about a blocked ditch, with a promise."""
    plain = {
        "sort": "民情日记", "topic": "农田水利", "on": "2026-09-18", "place": "三组 · 沟口",
        "text": TEXT, "promises": [{"what": "清三组沟口的淤泥", "due": "2026-09-25"}],
    }  # fmt: skip
    return {**plain, **over}


DISPUTE = {"category": "邻里", "summary": "沟口淤堵，涉 6 户"}


@pytest.fixture
def liaison(desk_of: DeskOf) -> Desk:
    """何春生, liaison of 柳溪村."""
    return desk_of("liaison", name="何春生")


def test_a_promise_is_a_duty_until_it_was_kept(liaison: Desk, clock: MovableClock) -> None:
    made = write_note(liaison, diary())
    assert made.village == "柳溪村"
    assert [(d.kind, d.title, d.owner, str(d.due)) for d in made.duties] == [
        ("promise", "承诺：清三组沟口的淤泥", "何春生", "2026-09-25")
    ]
    clock.go("2026-09-26")
    board = today_board(liaison)
    late = next(group for group in board.groups if group.key == "late")
    assert [row.title for row in late.rows if row.kind == "promise"] == ["承诺：清三组沟口的淤泥"]
    assert explain_duty(liaison, made.duties[0].id).due.isoformat() == "2026-09-25"
    told = {"content": "9月25日清完，六户都去看过。", "on": "2026-09-25"}
    after = keep_promise(liaison, made.note, 1, told)
    assert [(d.state, str(d.done_on)) for d in after.duties] == [("done", "2026-09-25")]
    assert not duties(liaison, DutyQuery(open_only=True, kinds=("promise",)))
    view = note_view(liaison, made.note)
    assert view.row.open_promises == 0
    assert view.row.promises[0].kept_how.startswith("9月25日清完")
    assert next((t.label, t.text) for t in view.timeline) == ("承诺办到", told["content"])
    with pytest.raises(RuleViolation, match="已经登记办到"):
        keep_promise(liaison, made.note, 1, told)


def test_a_talk_day_counts_heads_and_a_diary_does_not(liaison: Desk) -> None:
    write_note(liaison, diary(sort="talk", headcount=12, promises=[]))
    assert note_list(liaison)[0].headcount == 12
    assert [p.field for p in check_note(liaison, diary(headcount=12))] == ["headcount"]


def test_nothing_is_written_about_persons_and_nothing_is_half_written(liaison: Desk) -> None:
    said = diary(
        text="王某情绪激动，扬言进京。", promises=[{"what": "稳控到位", "due": "2026-09-25"}]
    )
    problems = check_note(liaison, said)
    assert [(p.code, p.field) for p in problems] == [
        ("about_persons", "text"), ("about_persons", "promises.1.what"),
    ]  # fmt: skip
    with pytest.raises(RuleViolation, match="这里只写问题、事实和承诺"):
        write_note(liaison, said)
    assert note_list(liaison) == ()


def test_the_list_is_narrowed_by_village_period_sort_and_open_promises(
    desk: Desk, liaison: Desk, clock: MovableClock
) -> None:
    ditch = write_note(liaison, diary()).note
    talk = write_note(
        desk, diary(village="双井村", sort="talk", on="2026-08-11", promises=[], topic="道路")
    ).note

    def found(who: Desk = desk, **asked: Any) -> list[str]:
        return [row.id for row in note_list(who, NoteQuery(**asked))]

    assert found() == [ditch, talk], "the newest day first"
    assert found(village="双井") == [talk]
    assert found(period="2026-09") == [ditch]
    assert found(sort="talk") == [talk]
    assert found(open_promises=True) == [ditch]
    assert found(liaison) == [ditch]
    with pytest.raises(RuleViolation, match="没有“双井村”"):
        found(liaison, village="双井村")
    with pytest.raises(RuleViolation, match="没有这一页记录"):
        note_view(liaison, talk)
    with pytest.raises(RuleViolation, match="没有这一页记录"):
        keep_promise(liaison, talk, 1, {"content": "x"})
    with pytest.raises(RuleViolation, match="没有“信件”这一种"):
        found(sort="信件")


def test_a_correction_is_a_new_page_and_keeps_what_was_kept(liaison: Desk) -> None:
    promises = [
        {"what": "清三组沟口的淤泥", "due": "2026-09-19"},
        {"what": "贴出测量结果", "due": "2026-09-30"},
    ]
    wrong = write_note(liaison, diary(promises=promises)).note
    keep_promise(liaison, wrong, 1, {"content": "清完", "on": "2026-09-19"})
    with pytest.raises(RuleViolation, match="为什么更正"):
        correct_note(liaison, wrong, diary(), "  ")
    right = correct_note(
        liaison, wrong, diary(place="五组 · 沟口", promises=promises[::-1]), "组记错了"
    )
    assert [row.id for row in note_list(liaison)] == [right.note]
    view = note_view(liaison, right.note)
    assert view.row.place == "五组 · 沟口"
    assert [(p.what, bool(p.kept_on)) for p in view.row.promises] == [
        ("贴出测量结果", False), ("清三组沟口的淤泥", True),
    ]  # fmt: skip
    assert ("更正前一页", "组记错了") in [(t.label, t.text) for t in view.timeline]
    old = note_view(liaison, wrong)
    assert (old.voided, old.corrected_by, old.duties) == (True, right.note, ())
    assert old.row.place == "三组 · 沟口"
    with pytest.raises(RuleViolation, match="没有这一页记录"):
        correct_note(liaison, wrong, diary(), "再改")
    owed = duties(liaison, DutyQuery(open_only=True, kinds=("promise",)))
    assert [row.title for row in owed] == ["承诺：贴出测量结果"]


def test_a_correction_stays_in_its_village(desk: Desk) -> None:
    wrong = write_note(desk, diary(village="柳溪村")).note
    with pytest.raises(RuleViolation, match="不能换村"):
        correct_note(desk, wrong, diary(village="双井村"), "村记错了")
    assert [row.village for row in note_list(desk)] == ["柳溪村"]


def test_a_note_becomes_a_dispute_and_each_names_the_other(liaison: Desk) -> None:
    page = write_note(liaison, diary()).note
    made = make_dispute(liaison, page, DISPUTE)
    row = note_list(liaison)[0]
    assert row.dispute == made.number
    view = disputes.dispute_view(liaison, made.number)
    assert (view.row.village, str(view.row.found_on)) == ("柳溪村", "2026-09-18")
    assert (view.detail, view.row.place) == (TEXT, "三组 · 沟口")
    assert view.source_name == "恳谈日、民情日记"
    assert [(link.case, link.number, link.state_name) for link in view.links] == [
        ("village_note", page, "民情日记")
    ]
    assert "转为纠纷" in [t.label for t in note_view(liaison, page).timeline]
    with pytest.raises(RuleViolation, match="已经转为纠纷"):
        make_dispute(liaison, page, DISPUTE)
    corrected = correct_note(liaison, page, diary(text="五组反映沟口淤堵。"), "组记错了").note
    assert note_list(liaison)[0].dispute == made.number
    links = disputes.dispute_view(liaison, made.number).links
    assert [link.number for link in links] == [corrected]


def test_a_dispute_that_is_wrong_leaves_the_note_as_it_was(desk: Desk) -> None:
    page = write_note(desk, diary(village="柳溪村")).note
    with pytest.raises(RuleViolation, match="还缺：纠纷简述"):
        make_dispute(desk, page, {"category": "邻里"})
    assert note_list(desk)[0].dispute == ""
    assert disputes.dispute_list(desk) == ()


def test_an_unknown_topic_says_which_there_are(desk: Desk) -> None:
    with pytest.raises(RuleViolation, match="事由里没有“航天”") as refused:
        write_note(desk, diary(village="柳溪村", topic="航天"))
    assert "农田水利" in refused.value.mend and refused.value.field == "topic"


def test_who_belongs_to_no_village_says_which(desk: Desk) -> None:
    with pytest.raises(RuleViolation, match="哪个村"):
        write_note(desk, diary())


def test_everything_follows_from_the_log(desk: Desk) -> None:
    page = write_note(desk, diary(village="柳溪村")).note
    keep_promise(desk, page, 1, {"content": "清完"})
    make_dispute(desk, page, DISPUTE)
    correct_note(desk, page, diary(village="柳溪村", place="五组"), "组记错了")
    tables = safekeeping.rebuild_check(desk)
    assert tables.ok, tables.differences
    assert safekeeping.verify_log(desk).ok
