"""Papers through the whole house: facts from the file, numbers, reprints, batches."""

from __future__ import annotations

from pathlib import Path

import pytest

from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.printing.preview import text
from xinfang_desktop.services import paper_offers, paperwork
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.handling import take_step
from xinfang_desktop.services.registration import register_intake

RARE = "䶮㛃𬭊喆"


def _visit(desk: Desk, name: str = "王桂芳", **more: object) -> str:
    data = {
        "channel": "visit", "received_on": desk.today.isoformat(),
        "claims": [f"第{no}项要求" for no in range(1, 6)],
        "parties": [{"name": name}] if name else [], **more,
    }  # fmt: skip
    return register_intake(desk, data).number


def _accepted(desk: Desk, **more: str) -> str:
    number = _visit(desk, **more)
    take_step(desk, number, "claim", {"no_interest": True})
    take_step(desk, number, "accept", {})
    return number


def test_a_paper_that_states_a_decision_waits_for_it(desk: Desk) -> None:
    number = _visit(desk)
    offered = {offer.code: offer for offer in paper_offers.forms_for(desk, number)}
    assert offered["F01"].allowed
    assert not offered["F07"].allowed
    with pytest.raises(RuleViolation) as refused:
        paperwork.print_form(desk, "F07", number)
    assert "先受理" in refused.value.mend


def test_numbers_run_by_family_and_a_second_print_is_a_reprint(desk: Desk, tmp_path: Path) -> None:
    first, second = _accepted(desk), _accepted(desk)
    out = tmp_path / "受理.pdf"
    one = paperwork.print_form(desk, "F07", first, out)
    two = paperwork.print_form(desk, "F07", second)
    again = paperwork.print_form(desk, "F07", first)
    assert one.number.endswith("1号")
    assert two.number.endswith("2号")
    assert again.number == one.number
    assert "补打" in text(paperwork.document_pdf(desk, again.document))
    assert "补打" not in text(out.read_bytes())
    assert out.read_bytes() == paperwork.document_pdf(desk, one.document)


def test_rare_names_and_markup_are_printed_as_they_are(desk: Desk) -> None:
    number = _visit(desk, name=f"龙{RARE}")
    printed = text(paperwork.document_pdf(desk, paperwork.print_form(desk, "F02", number).document))
    assert f"龙{RARE}" in printed
    hostile = _visit(desk, name="<b>{{11111*11111}}</b>&")
    told = text(paperwork.document_pdf(desk, paperwork.print_form(desk, "F02", hostile).document))
    assert "{{11111*11111}}" in told.replace("\n", "")
    assert "123454321" not in told


def test_a_four_page_opinion_answers_every_claim(desk: Desk) -> None:
    number = _accepted(desk)
    take_step(desk, number, "start", {"how": "电话", "content": "联系了"})
    take_step(desk, number, "note", {"record": "statement", "content": "听取陈述" * 40})
    take_step(desk, number, "note", {"record": "inquiry", "content": "现场查看" * 40})
    answers = [
        {"no": no, "outcome": "supported", "facts": "查明的事实。" * 60, "basis": "《民法典》第二百九十条",
         "opinion": f"第{no}项的处理意见。" * 20}
        for no in range(1, 6)
    ]  # fmt: skip
    take_step(desk, number, "draft", {"answers": answers})
    printed = paperwork.print_form(desk, "F19", number)
    assert printed.pages >= 4
    told = text(paperwork.document_pdf(desk, printed.document)).replace("\n", "")
    assert all(f"第{no}项的处理意见" in told for no in range(1, 6))


def test_an_anonymous_petitioner_gets_no_invented_name(desk: Desk) -> None:
    number = _visit(desk, name="")
    told = text(paperwork.document_pdf(desk, paperwork.print_form(desk, "F01", number).document))
    assert "None" not in told


def test_a_batch_can_be_cancelled_and_leaves_whole_files_only(desk: Desk, tmp_path: Path) -> None:
    for _ in range(6):
        _visit(desk)
    seen: list[tuple[int, int]] = []
    done = paperwork.batch_forms(
        desk, "F02", "S10", tmp_path / "out", lambda n, total: seen.append((n, total)),
        lambda: len(seen) > 3,
    )  # fmt: skip
    assert done.cancelled
    assert seen[0] == (0, 6)
    assert sorted((tmp_path / "out").iterdir()) == sorted(done.files)
    assert len(done.files) == 3
    assert all(file.read_bytes().startswith(b"%PDF") for file in done.files)
    assert not any("王桂芳" in file.name for file in done.files)


def test_a_batch_names_what_it_leaves_out(desk: Desk, tmp_path: Path) -> None:
    number = _visit(desk)
    done = paperwork.batch_forms(desk, "F07", "S10", tmp_path)
    assert done.files == ()
    assert number in done.skipped[0]


def test_the_catalogue_fills_from_a_bare_matter(desk: Desk) -> None:
    """Whatever may be printed for a visit just registered prints."""
    number = _visit(desk)
    for offer in paper_offers.forms_for(desk, number):
        if offer.allowed and not paperwork.draft_form(desk, offer.code, number).blocked:
            assert paperwork.print_form(desk, offer.code, number).pages >= 1


def test_what_a_person_changed_is_printed(desk: Desk) -> None:
    number = _visit(desk)
    printed = paperwork.print_form(desk, "F02", number, overrides={"materials": "照片4张"})
    assert "照片4张" in text(paperwork.document_pdf(desk, printed.document))
    with pytest.raises(RuleViolation):
        paperwork.draft_form(desk, "F02", number, {"no_such_field": "x"})


def test_an_opinion_without_words_of_its_own_says_the_outcome(desk: Desk) -> None:
    number = _accepted(desk)
    take_step(desk, number, "start", {"how": "电话", "content": "联系了"})
    take_step(desk, number, "note", {"record": "statement", "content": "听取陈述"})
    take_step(desk, number, "note", {"record": "inquiry", "content": "现场查看"})
    answers = [
        {"no": no, "outcome": "refused", "facts": "查明的事实。", "basis": "《民法典》第二百九十条"}
        for no in range(1, 6)
    ]
    take_step(desk, number, "draft", {"answers": answers})
    told = text(paperwork.document_pdf(desk, paperwork.print_form(desk, "F19", number).document))
    assert told.replace("\n", "").count("不予支持") >= 5


def test_a_second_reminder_is_a_letter_with_a_number_of_its_own(desk: Desk) -> None:
    number = _accepted(desk)
    said = {"kind": "letter", "ground": "evasion", "unit": "村建办", "situation": "没有报回",
            "requirement": "三日内报回", "due": "2026-12-30"}  # fmt: skip
    take_step(desk, number, "supervise", said)
    first = paperwork.print_form(desk, "F29", number).number
    assert paperwork.print_form(desk, "F29", number).number == first
    take_step(desk, number, "supervise", said)
    assert paperwork.print_form(desk, "F29", number).number != first
