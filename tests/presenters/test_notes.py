"""民情日记、恳谈日: what the page says and does, without a window."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import DeskOf
from tests.factories import MovableClock
from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.presenters.duty_lines import leads_to, line_of
from xinfang_desktop.presenters.notes import NotesPresenter, due_of, form_rows, promise_state
from xinfang_desktop.presenters.running import run_now
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.dispute_work import DisputeStood
from xinfang_desktop.services.disputes import dispute_view
from xinfang_desktop.services.duties import DutyQuery, duties
from xinfang_desktop.services.village_notes import NoteWritten

TEXT = "三组反映沟口淤堵，雨天漫水上路，要求在稻子收割前清完。"
PROMISE = {"what": "清三组沟口的淤泥", "due": "2026-09-25"}
Told = NoteWritten | DisputeStood | list[XinfangError]


def nothing() -> None:
    """Done."""


def opened(desk: Desk) -> NotesPresenter:
    made = NotesPresenter(desk, run_now)
    made.load(nothing)
    return made


def write(page: NotesPresenter, **values: Any) -> Told:
    told: list[Told] = []
    typed = {"village": "柳溪村", "topic": "irrigation", "text": TEXT, **values}
    if page.bound():
        del typed["village"]
    page.write(
        {**page.write_values(), **typed}, told.append, lambda wrong: told.append(list(wrong))
    )
    page.load(nothing)
    return told[0]


def written(page: NotesPresenter, **values: Any) -> str:
    made = write(page, **values)
    assert isinstance(made, NoteWritten), made
    page.open(made.note, nothing)
    return made.note


def test_a_page_with_a_promise_is_written_and_kept(desk: Desk) -> None:
    page = opened(desk)
    id = written(page, on="2026-09-18", place="三组 · 沟口", promises=[PROMISE])
    assert page.head() == "农田水利 · 三组 · 沟口"
    assert page.told() == "9月18日 · 柳溪村 · 民情日记 · 周敏记"
    (line,) = page.promises()
    assert (line.what, line.who, line.words) == (
        "清三组沟口的淤泥",
        "9月25日前 · 周敏",
        "还有 4 天",
    )
    assert page.note() == "没有兑现的承诺 1 项"
    told: list[Told] = []
    page.keep(1, {"content": " "}, told.append, lambda wrong: told.append(list(wrong)))
    assert isinstance(told[0], list) and [p.field for p in told[0]] == ["content"]
    kept = {"content": "9月20日清完，六户都去看过。", "on": "2026-09-20"}
    page.keep(1, kept, told.append, lambda wrong: told.append(list(wrong)))
    page.open(id, nothing)
    (line,) = page.promises()
    assert (line.open, line.words, line.kept) == (False, "9月20日 兑现", kept["content"])
    page.load(nothing)
    assert promise_state(page.rows[0], desk.today) == ("done", "都兑现了")
    assert due_of(page.rows[0]) is None and page.note() == "写事，不写人"


def test_what_is_said_of_a_person_is_refused_under_its_field(desk: Desk) -> None:
    wrong = write(opened(desk), text="他最近情绪不稳，常往县里跑。", promises=[{"what": "修沟"}])
    assert isinstance(wrong, list) and [p.field for p in wrong] == ["promises.1.due"]
    wrong = write(opened(desk), text="他最近情绪不稳，常往县里跑。")
    assert isinstance(wrong, list) and [(p.code, p.field) for p in wrong] == [
        ("about_persons", "text")
    ]
    assert "情绪" in wrong[0].sentence and wrong[0].mend


def test_the_filters_narrow_the_list(desk: Desk, clock: MovableClock) -> None:
    page = opened(desk)
    assert page.empty() == ("还没有写过民情日记。", "写第一页 Ctrl+N")
    written(page, on="2026-08-30", village="双井村", text="二组水压不够。")
    written(page, sort="talk", headcount="12", on="2026-09-10", text="路灯坏了四盏。")
    written(page, promises=[PROMISE])
    assert page.months()[:3] == (
        ("", "全部月份"),
        ("2026-09", "2026年9月"),
        ("2026-08", "2026年8月"),
    )
    assert len(page.months()) == 13 and page.months()[-1] == ("2025-10", "2025年10月")

    def texts(**filters: Any) -> list[str]:
        page.narrow(nothing, **filters)
        return [row.text for row in page.rows]

    assert texts(period="2026-08") == ["二组水压不够。"]
    assert page.narrowed() and texts(sort="talk") == [] and page.empty()[1] == "看全部"
    assert texts(period="") == ["路灯坏了四盏。"]
    assert texts(sort="", village="柳溪村", open_promises=True) == [TEXT]
    clock.go("2026-09-28")
    page.load(nothing)
    assert page.note() == "承诺逾期 1 项"
    assert promise_state(page.rows[0], desk.today) == ("late", "逾期 3 天")


def test_a_page_is_corrected_for_a_reason_and_the_wrong_one_stays_readable(desk: Desk) -> None:
    page = opened(desk)
    before = written(page, promises=[PROMISE])
    told: list[Told] = []

    def correct(**values: Any) -> Told:
        page.correct(
            {**page.correct_values(), **values}, told.append, lambda wrong: told.append(list(wrong))
        )
        return told[-1]

    wrong = correct(text=" ")
    assert isinstance(wrong, list) and [p.field for p in wrong] == ["text", "reason"]
    made = correct(place="四组 · 沟口", reason="地点写错了")
    assert isinstance(made, NoteWritten) and made.note != before
    page.load(nothing)
    assert [row.place for row in page.rows] == ["四组 · 沟口"]
    page.open(before, nothing)
    assert page.seen.voided and "作废" in page.why_not_change() == page.why_not_dispute()
    page.open(made.note, nothing)
    assert [line.what for line in page.promises()] == [PROMISE["what"]]


def test_the_problem_becomes_a_dispute_once(desk: Desk) -> None:
    page = opened(desk)
    id = written(page, place="三组")
    told: list[Told] = []
    asked = {**page.dispute_values(), "category": "邻里", "summary": "沟口淤堵，涉 6 户"}
    page.to_dispute(asked, told.append, lambda wrong: told.append(list(wrong)))
    (stood,) = told
    assert isinstance(stood, DisputeStood)
    assert [(link.case, link.number) for link in dispute_view(desk, stood.number).links] == [
        ("village_note", id)
    ]
    page.open(id, nothing)
    assert (
        page.seen.row.dispute == stood.number and page.why_not_dispute() == "这一页已经转为纠纷。"
    )


def test_a_promise_on_today_leads_to_the_form_that_keeps_it(desk: Desk) -> None:
    id = written(opened(desk), promises=[{**PROMISE, "due": "2026-09-30"}, PROMISE])
    first, second = duties(desk, DutyQuery(open_only=True))
    assert leads_to(first) == ("notes", {"number": id, "promise": "2"})
    assert leads_to(second) == ("notes", {"number": id, "promise": "1"})
    assert line_of(first, desk.today).verb == "兑现了"


def test_a_liaison_writes_and_reads_of_the_own_village(desk: Desk, desk_of: DeskOf) -> None:
    theirs = opened(desk)
    written(theirs, village="双井村", text="别村的事。")
    page = opened(desk_of("liaison", name="何春生"))
    assert page.bound() and "village" not in {field.name for field in page.write_fields()}
    written(page, promises=[PROMISE])
    assert [(row.village, row.by) for row in page.rows] == [("柳溪村", "何春生")]


def test_a_leader_reads_and_writes_nothing(desk: Desk, desk_of: DeskOf) -> None:
    id = written(opened(desk), promises=[PROMISE])
    page = opened(desk_of("leader", name="刘志远"))
    page.open(id, nothing)
    assert "联络员" in page.why_not_write() == page.why_not_change()
    assert page.empty() == ("还没有写过民情日记。", "")


@pytest.mark.parametrize("village", [True, False])
def test_every_field_of_the_form_has_its_place(desk: Desk, desk_of: DeskOf, village: bool) -> None:
    page = opened(desk if village else desk_of("liaison", name="何春生"))
    for fields in (page.write_fields(), page.correct_fields()):
        placed = [name for row in form_rows(fields) for name, _ in row]
        assert sorted(placed) == sorted(field.name for field in fields)
