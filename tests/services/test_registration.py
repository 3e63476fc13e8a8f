"""登记: one door for screen and command; numbers, files, likeness, and nothing half written."""

from __future__ import annotations

import os
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.factories import TODAY, VISITOR, MovableClock, bring_to, register, visit
from xinfang_desktop.domain.errors import RuleViolation, XinfangError
from xinfang_desktop.domain.records import Verdict
from xinfang_desktop.services import (
    attachments,
    drafts,
    duties,
    handling,
    haves,
    registration,
    safekeeping,
)
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.drafts import Draft
from xinfang_desktop.services.handling import MatterQuery
from xinfang_desktop.services.registration import Clues
from xinfang_desktop.store.files import fetch
from xinfang_desktop.store.tables import metadata


def counts(desk: Desk) -> dict[str, int]:
    """How many rows every table holds."""
    desk.flush_looks()
    with desk.reading() as conn:
        return {
            name: int(conn.scalar(select(func.count()).select_from(table)) or 0)
            for name, table in metadata.tables.items()
        }


def test_a_visit_opens_a_matter_and_says_what_is_owed(desk: Desk) -> None:
    made = register(desk)
    assert made.number == made.intake_number == "430522101-XF-20260921-A0001"
    assert len(made.query_code) == 8
    assert {d.kind for d in made.duties} == {
        "notice", "answer", "haves.接", "haves.答", "haves.释", "haves.困",
    }  # fmt: skip
    notice = next(d for d in made.duties if d.kind == "notice")
    assert (notice.due_raw, notice.due) == (date(2026, 10, 6), date(2026, 10, 8))
    assert notice.reason == "10月6日遇国庆节，最迟10月8日"
    assert made.similar == ()
    view = handling.matter_view(desk, made.number)
    assert (view.masked_name, view.masked_phone) == ("王**", "139****1827")
    assert [claim.text for claim in view.claims] == visit()["claims"]


def test_the_least_that_can_be_registered_is_an_anonymous_call(desk: Desk) -> None:
    made = registration.register_intake(
        desk, {"channel": "来电", "received_on": TODAY.isoformat(), "claims": "路灯不亮"}
    )
    states = {d.kind: d.state for d in made.duties}
    assert states == {"notice": "not_owed", "answer": "open"}
    assert handling.matter_view(desk, made.number).masked_name == "匿名"


def test_what_is_said_at_once_about_the_four_is_kept(desk: Desk) -> None:
    said = {"答": {"content": "三天内上门"}, "困": {"hardship": False}}
    made = register(desk, haves=said)
    marks = {item.kind: item.mark for item in haves.haves_of(desk, made.number).items}
    assert marks == {"接": "done", "答": "done", "释": "blank", "困": "none"}


def test_the_four_of_a_call_are_not_kept_and_that_is_said(desk: Desk) -> None:
    made = register(desk, channel="来电", haves={"答": {"content": "已答"}})
    assert [w.field for w in made.warnings] == ["haves"]
    assert not [d for d in made.duties if d.kind.startswith("haves")]


def test_unknown_words_are_kept_as_written_and_unknown_villages_by_name(desk: Desk) -> None:
    made = register(desk, category="说不清的事", village="枫树坳村")
    assert "category" in {w.field for w in made.warnings}
    view = handling.matter_view(desk, made.number)
    assert (view.category_name, view.village) == ("说不清的事", "枫树坳村")


def test_an_unknown_channel_is_asked_for_again(desk: Desk) -> None:
    with pytest.raises(RuleViolation) as caught:
        register(desk, channel="托梦")
    assert (caught.value.field, bool(caught.value.mend)) == ("channel", True)


def test_a_draft_is_gone_only_with_the_registration_that_came_of_it(desk: Desk) -> None:
    drafts.save_draft(desk, Draft("k", "register", "王桂芳", "claims", desk.now(), visit()))
    with pytest.raises(RuleViolation):
        registration.register_intake(desk, visit(claims=None), draft_key="k")
    assert drafts.drafts(desk)
    registration.register_intake(desk, visit(), draft_key="k")
    assert drafts.drafts(desk) == ()


def test_late_entries_are_marked(desk: Desk) -> None:
    made = register(desk, received_on="2026-09-10", late_reason="补登纸质本")
    view = handling.matter_view(desk, made.number)
    assert "补录" in view.flags
    assert made.number.startswith("430522101-XF-20260910-")


def test_problems_and_warnings_are_seen_before_anything_is_written(desk: Desk) -> None:
    before = counts(desk)
    data = visit(channel="托梦", claims=None, parties=[{**VISITOR, "phone": "12"}], matter="没有")
    checked = registration.check_intake(desk, data)
    assert {p.field for p in checked.problems} == {"channel", "claims"}
    assert "parties.1.phone" in {w.field for w in checked.warnings}
    assert {p.field for p in registration.check_intake(desk, visit(matter="没有")).problems} == {
        "matter"
    }
    assert counts(desk) == before


# --- repeat contacts -----------------------------------------------------------------------


def test_a_repeat_joins_its_matter_and_adds_only_new_requests(desk: Desk) -> None:
    first = register(desk)
    again = register(desk, matter=first.number, claims=[visit()["claims"][0], "加固边坡"])
    assert (again.number, again.matter) == (first.number, first.matter)
    assert again.intake_number.endswith("A0002")
    view = handling.matter_view(desk, first.number)
    assert [(c.no, c.text) for c in view.claims][-1] == (3, "加固边坡")
    assert (len(view.claims), len(view.intakes)) == (3, 2)
    assert [d.kind for d in again.duties].count("haves.答") == 1, (
        "only the first visit owes the four"
    )


def test_a_repeat_is_found_by_either_number(desk: Desk) -> None:
    first = register(desk)
    again = register(desk, matter=first.number.split("-XF-")[1])
    assert handling.matter_view(desk, again.intake_number).number == first.number


def test_nothing_is_added_to_a_voided_matter(desk: Desk) -> None:
    first = register(desk)
    handling.take_step(desk, first.number, "void", {"reason": "重复录入"})
    with pytest.raises(RuleViolation) as caught:
        register(desk, matter=first.number)
    assert caught.value.code == "matter_voided"


# --- numbers (DOMAIN 5.2) ------------------------------------------------------------------


def test_numbers_are_counted_by_day_and_never_used_again(desk: Desk, clock: MovableClock) -> None:
    first = register(desk)
    handling.take_step(desk, first.number, "void", {"reason": "重复录入"})
    assert register(desk).number.endswith("20260921-A0002")
    clock.go("2026-09-22")
    assert register(desk, received_on="2026-09-22").number.endswith("20260922-A0001")
    assert register(desk, received_on="2026-09-21").number.endswith("20260921-A0003")


def test_a_matter_split_off_has_a_number_of_its_own_that_nobody_gets_again(desk: Desk) -> None:
    first = register(desk)
    handling.take_step(desk, first.number, "claim", {"no_interest": True})
    (made,) = handling.take_step(desk, first.number, "split", {"claims": ["2"]}).made
    following = register(desk).number
    assert len({first.number, made, following}) == 3
    view = handling.matter_view(desk, made)
    assert [c.text for c in view.claims] == ["补偿塌方压坏的菜地"]
    assert view.query_code != handling.matter_view(desk, first.number).query_code


def test_what_was_done_before_a_split_was_done_for_both(desk: Desk) -> None:
    first = register(desk)
    bring_to(desk, first.number, "S40")
    for record in ("statement", "inquiry"):
        handling.take_step(desk, first.number, "note", {"record": record, "content": "核实"})
    (made,) = handling.take_step(desk, first.number, "split", {"claims": ["2"]}).made
    owed = {d.kind: d for d in duties.duties(desk, duties.DutyQuery(number=made))}
    before = {d.kind: d for d in duties.duties(desk, duties.DutyQuery(number=first.number))}
    assert owed["notice"].state == "done"
    assert owed["answer"].due == before["answer"].due
    assert not [d for d in owed if d.startswith("haves")]
    offered = {o.action: o for o in handling.offers(desk, made)}
    assert offered["draft"].allowed, offered["draft"].missing
    assert safekeeping.rebuild_check(desk).ok


def test_query_codes_are_eight_digits_that_mean_nothing(desk: Desk) -> None:
    codes = [register(desk).query_code for _ in range(12)]
    assert len(set(codes)) == 12
    assert all(len(code) == 8 and code.isdecimal() for code in codes)
    assert sorted(codes) != codes


# --- bad input: a sentence, and nothing half written ---------------------------------------

BAD: dict[str, dict[str, Any]] = {
    "empty": {"channel": "", "received_on": "", "claims": []},
    "no channel": {"channel": None},
    "a megabyte": {"summary": "字" * 1_000_000},
    "a megabyte of a request": {"claims": ["字" * 1_000_000]},
    "control characters": {"claims": ["清理\x07塌方"]},
    "a name with a null": {"parties": [{"name": "王\x00芳"}]},
    "a right-to-left override": {"place": "五组\u202e"},
    "half a character": {"summary": "塌方\ud83d"},
    "a day to come": {"received_on": "2026-09-22"},
    "a day that is none": {"received_on": "2026-02-30"},
    "ten thousand people": {"parties": [{"name": f"人{n}"} for n in range(10_000)]},
    "a field nobody knows": {"重点人员": "是"},
    "a list for a text": {"summary": ["塌方"]},
    "a number for a request": {"claims": 7},
    "people as text": {"parties": "王桂芳、李四"},
    "a matter that is not there": {"matter": "20990101-A0001"},
    "minus three people": {"headcount": -3},
}


@pytest.mark.parametrize("what", BAD)
def test_bad_input_is_answered_in_chinese_and_writes_nothing(desk: Desk, what: str) -> None:
    before = counts(desk)
    with pytest.raises(RuleViolation) as caught:
        register(desk, **BAD[what])
    problem = caught.value
    assert any("\u4e00" <= c <= "\u9fff" for c in problem.sentence)
    assert problem.mend
    assert problem.field
    assert len(problem.sentence) < 200
    assert counts(desk) == before


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "{{7*7}}", "1');DROP TABLE matter;--", "㛃䶮𬭊喆"]
)
def test_what_looks_like_code_is_kept_as_it_is(desk: Desk, text: str) -> None:
    made = register(desk, claims=[text], summary=text, place=text, parties=[{"name": text}])
    view = handling.matter_view(desk, made.number)
    assert view.claims[0].text == view.place == view.intakes[0].summary == text
    assert handling.reveal_names(desk, made.number, "核对")[0].name == text


def test_full_width_digits_are_understood(desk: Desk) -> None:
    made = register(
        desk, received_on="２０２６-０９-２１", headcount="３",
        parties=[{"name": "王桂芳", "phone": "１３９０７３９１８２７"}],
    )  # fmt: skip
    assert handling.matter_view(desk, made.number).received_on == TODAY
    assert handling.reveal_names(desk, made.number, "核对")[0].phone == "13907391827"


def test_a_wrong_check_digit_is_pointed_at_and_does_not_stop_it(desk: Desk) -> None:
    made = register(desk, parties=[{**VISITOR, "id_number": "430522196803152727"}])
    assert [w.field for w in made.warnings] == ["parties.1.id_number"]
    assert all("430522" not in w.sentence for w in made.warnings)


@pytest.mark.parametrize("data", [[], "来访", None, 3])
def test_what_is_no_form_is_answered_too(desk: Desk, data: Any) -> None:
    with pytest.raises(RuleViolation) as caught:
        registration.register_intake(desk, data)
    assert caught.value.mend


# --- files ---------------------------------------------------------------------------------


def test_a_file_is_kept_with_its_matter(desk: Desk, tmp_path: Path) -> None:
    number = register(desk).number
    paper = tmp_path / "照片 1.JPG"
    paper.write_bytes(b"\xff\xd8" + bytes(1000))
    kept = attachments.attach_file(desk, number, paper)
    assert (kept.media, kept.size) == ("image/jpeg", 1002)
    assert desk.blobs.read(kept.sha256) == paper.read_bytes()
    assert [a.name for a in handling.matter_view(desk, number).attachments] == ["照片 1.JPG"]


def test_three_hundred_megabytes_are_refused_before_they_are_read(
    desk: Desk, tmp_path: Path, office_home: Path
) -> None:
    number = register(desk).number
    big = tmp_path / "录像.mp4"
    with big.open("wb") as file:
        file.truncate(300 * 1024 * 1024)
    before = counts(desk)
    started = time.monotonic()
    with pytest.raises(RuleViolation) as caught:
        attachments.attach_file(desk, number, big)
    assert time.monotonic() - started < 2
    assert "MB" in caught.value.sentence + caught.value.mend
    assert counts(desk) == before
    assert not [p for p in (office_home / "blobs").rglob("*") if p.is_file()]


@pytest.mark.parametrize("make", ["nothing", "folder"])
def test_what_is_no_file_is_said(desk: Desk, tmp_path: Path, make: str) -> None:
    number = register(desk).number
    path = tmp_path / "材料"
    if make == "folder":
        path.mkdir()
    with pytest.raises(XinfangError) as caught:
        attachments.attach_file(desk, number, path)
    assert caught.value.mend


@pytest.mark.skipif(sys.platform != "linux", reason="only here a file's name may be no text")
def test_a_file_whose_name_is_no_text_is_kept(desk: Desk, tmp_path: Path) -> None:
    number = register(desk).number
    raw = os.fsencode(tmp_path) + b"/\xd6\xa4\xc3\xf7\x07.txt"
    Path(os.fsdecode(raw)).write_bytes(b"x")
    kept = attachments.attach_file(desk, number, Path(os.fsdecode(raw)))
    assert kept.name.endswith("�.txt")
    assert safekeeping.rebuild_check(desk).ok


# --- the same matter? ----------------------------------------------------------------------


def test_likeness_is_shown_with_reasons_and_decides_nothing(desk: Desk) -> None:
    first = register(desk)
    second = register(desk, claims=["后山路塌方没有清理"], parties=[{"name": "王桂芳"}])
    (candidate,) = second.similar
    assert candidate.number == first.number
    assert "姓名" in candidate.reasons
    assert any("塌方" in reason for reason in candidate.reasons)
    assert candidate.open_duty is not None
    assert second.number != first.number
    assert candidate.masked_name == "王**"


def test_strangers_with_another_matter_are_not_alike(desk: Desk) -> None:
    register(desk)
    other = register(
        desk, claims=["低保没有批"], parties=[{"name": "赵秀兰"}], summary="", place="", village="双井村"
    )  # fmt: skip
    assert other.similar == ()


def test_what_was_judged_different_is_left_out_when_asked(desk: Desk) -> None:
    first = register(desk)
    clues = Clues(name="王桂芳", village="柳溪村", text="后山路塌方")
    assert [c.number for c in registration.similar_matters(desk, clues)] == [first.number]
    without = Clues(name="王桂芳", exclude=(first.number,))
    assert registration.similar_matters(desk, without) == ()


def test_a_judgement_is_one_record_that_can_be_taken_back(desk: Desk) -> None:
    left, right = register(desk).number, register(desk).number
    before = handling.matter_list(desk, MatterQuery()).matters
    for judged in ("same", "different", "undone"):
        registration.judge_similar(desk, right, left, judged)
        registration.judge_similar(desk, left, right, judged)
    with desk.reading() as conn:
        (verdict,) = fetch(conn, Verdict)
    assert verdict.judged == "undone"
    assert handling.matter_list(desk, MatterQuery()).matters == before, "nothing was joined"
    for wrong in ((left, left, "same"), (left, right, "重点"), (left, "没有", "same")):
        with pytest.raises(RuleViolation) as caught:
            registration.judge_similar(desk, *wrong)
        assert caught.value.mend


def test_a_registration_does_not_take_longer_the_more_there_are(desk: Desk) -> None:
    few = min(_seconds(desk) for _ in range(5))
    for _ in range(40):
        register(desk)
    assert min(_seconds(desk) for _ in range(5)) < 4 * few


def _seconds(desk: Desk) -> float:
    started = time.process_time()
    register(desk)
    return time.process_time() - started


def test_a_wrong_receipt_is_mended_with_a_reason_and_every_clock_follows(desk: Desk) -> None:
    """§3 item 9: the old and the new day stay in the record."""
    made = registration.register_intake(
        desk,
        {"channel": "visit", "received_on": "2026-09-21", "claims": ["恢复通车"],
         "parties": [{"name": "王桂芳"}]},
    )  # fmt: skip
    data = {"received_on": "2026-09-18", "reason": "来访登记簿记的是18日", "approved_by": "刘志远"}
    taken = handling.take_step(desk, made.number, "redate", data)
    notice = next(row for row in taken.duties if row.kind == "notice")
    reply = next(row for row in taken.duties if row.kind == "haves.答")
    assert (notice.started_on, reply.started_on) == (date(2026, 9, 18), date(2026, 9, 18))
    step = next(
        row for row in handling.matter_view(desk, made.number).timeline if row.action == "redate"
    )
    assert "登记簿" in step.text
    with pytest.raises(RuleViolation):
        handling.take_step(desk, made.number, "redate", {**data, "received_on": "2026-09-30"})


def test_an_attachment_can_be_taken_out_again_but_not_into_the_data(
    desk: Desk, tmp_path: Path
) -> None:
    number = register(desk).number
    paper = tmp_path / "照片.jpg"
    paper.write_bytes(os.urandom(70_000))
    kept = attachments.attach_file(desk, number, paper)
    out = attachments.copy_attachment(desk, kept.id, tmp_path / "out" / "照片.jpg")
    assert out.read_bytes() == paper.read_bytes()
    with pytest.raises(RuleViolation) as refused:
        attachments.copy_attachment(desk, kept.id, desk.home / "照片.jpg")
    assert refused.value.code == "inside_data"
