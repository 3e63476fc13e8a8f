"""Papers of disputes and rounds, printed from what was registered and read back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.conftest import DeskOf
from tests.factories import MovableClock
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.services import (
    attachments,
    dispute_work,
    disputes,
    paper_offers,
    paperwork,
    returns,
    rounds,
)
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.rounds import OpenRound

DITCH: dict[str, Any] = {
    "village": "柳溪村", "found_on": "2026-09-17", "category": "邻里",
    "summary": "村道排水沟堵塞，涉 2 户", "place": "五组", "people": 12, "amount": "8000",
    "parties": [{"name": "王䶮芳", "phone": "13907391827"}, {"name": "李大有"}],
}  # fmt: skip


def text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def squeezed(pdf: bytes) -> str:
    return "".join(text(pdf).split())


@pytest.fixture
def number(desk: Desk) -> str:
    return dispute_work.register_dispute(desk, DITCH).number


def do(desk: Desk, number: str, action: str, **data: Any) -> None:
    dispute_work.take_dispute_step(desk, number, action, data)


def assign(desk: Desk, number: str) -> None:
    do(
        desk, number, "assign", unit="柳溪村委会", person="何建平", leader="刘志远",
        measures="两户各清一段，村里出水泥管", due="2026-10-15", report_by="周敏",
    )  # fmt: skip


def printed(desk: Desk, code: str, number: str = "") -> str:
    made = paperwork.print_form(desk, code, number)
    return squeezed(paperwork.document_pdf(desk, made.document))


def test_the_card_says_what_was_registered_and_why_the_grade(desk: Desk, number: str) -> None:
    do(desk, number, "verify", facts="沟堵了约12米", real=True, cause="两户争水沟归属")
    said = printed(desk, "P01", number)
    for word in ("王䶮芳", "13907391827", "村道排水沟堵塞", "8,000元", "沟堵了约12米", "12人"):
        assert word in said
    assert "达到" in said, "the reason of the grade is quoted"


def test_an_order_waits_for_the_assignment_and_carries_a_number_of_its_own(
    desk: Desk, number: str
) -> None:
    with pytest.raises(RuleViolation, match="不能打印"):
        paperwork.print_form(desk, "P03", number)
    assign(desk, number)
    first = paperwork.print_form(desk, "P03", number)
    assert first.number == "青信纠交〔2026〕1号"
    said = squeezed(paperwork.document_pdf(desk, first.document))
    assert "2026年10月15日" in said and "柳溪村委会" in said
    again = paperwork.print_form(desk, "P03", number)
    assert again.number == first.number
    assert "补打" in squeezed(paperwork.document_pdf(desk, again.document))
    other = dispute_work.register_dispute(desk, DITCH).number
    assign(desk, other)
    assert paperwork.print_form(desk, "P03", other).number == "青信纠交〔2026〕2号"


def test_a_blank_takes_no_number_and_names_nobody(desk: Desk, number: str) -> None:
    for code in ("P01", "P03", "P04", "P05", "P06", "P07"):
        made = paperwork.print_form(desk, code)
        assert made.number == ""
        assert "王䶮芳" not in squeezed(paperwork.document_pdf(desk, made.document))


def test_the_leaders_card_names_the_four_tasks(desk: Desk, number: str) -> None:
    assign(desk, number)
    do(desk, number, "note", text="约定周五清沟")
    said = printed(desk, "P04", number)
    for word in (
        "刘志远",
        "何建平",
        "周敏",
        "约定周五清沟",
        "包联系",
        "包解释",
        "包办理",
        "包反馈",
    ):
        assert word in said
    assert "稳控" not in said and "息访" not in said


def test_the_closing_sheet_prints_what_is_missing_and_then_the_evidence(
    desk: Desk, number: str
) -> None:
    assert "责任不落实不放过：还没有确认责任已经落实" in printed(desk, "P05", number)
    do(desk, number, "verify", facts="看过", real=True)
    assign(desk, number)
    do(desk, number, "settle", method="协商和解", result="双方清沟，当天通水")
    for what in ("responsibility", "facts", "hazard"):
        do(desk, number, "confirm", what=what, evidence=f"凭据{what}", confirmed_by="吴海棠")
    do(desk, number, "follow", how="visit", situation="两户满意")
    said = printed(desk, "P05", number)
    for word in ("凭据responsibility", "凭据facts", "凭据hazard", "吴海棠", "两户满意", "协商和解"):
        assert word in said
    assert "还缺" not in said


def test_after_it_came_up_again_the_sheet_forgets_the_follow_up_of_before(
    desk: Desk, number: str
) -> None:
    do(desk, number, "settle", method="协商和解", result="清了")
    do(desk, number, "follow", how="visit", situation="那时还好")
    do(desk, number, "reopen", reason="又堵了")
    assert "那时还好" not in printed(desk, "P05", number)


def test_forms_of_a_dispute_are_offered_with_their_reason(desk: Desk, number: str) -> None:
    offers = {offer.code: offer for offer in paper_offers.dispute_forms(desk, number)}
    assert offers["P01"].allowed and offers["P05"].allowed
    assert not offers["P03"].allowed and "交办" in offers["P03"].why


def test_the_villages_sheet_has_its_open_disputes_and_later_what_it_filed(
    desk: Desk, number: str, clock: MovableClock
) -> None:
    clock.go("2026-10-20")
    said = printed(desk, "P06", "2026-10/柳溪村")
    assert "村道排水沟堵塞" in said and "柳溪村" in said and "2026年10月30日" in said
    returns.file_return(
        desk, "柳溪村",
        {"period": "2026-10", "disputes": [{"category": "邻里", "summary": "围墙占道"}]},
    )  # fmt: skip
    said = printed(desk, "P06", "2026-10/柳溪村")
    assert "围墙占道" in said and "有新增1件" in said
    assert "13907391827" not in said


def test_the_statistics_count_returns_and_disputes(desk: Desk, number: str) -> None:
    rounds.open_round(desk, OpenRound("monthly", "2026-09"))
    returns.file_return(desk, "双井村", {"zero": True})
    do(desk, number, "settle", method="协商和解", result="清了")
    dispute_work.register_dispute(desk, {**DITCH, "summary": "树枝越界", "category": "物业"})
    said = printed(desk, "P07", "2026-09")
    assert "50.0%" in said and "树枝越界" in said and "王䶮芳" not in said


def test_a_village_not_there_has_no_sheet(desk: Desk) -> None:
    with pytest.raises(RuleViolation, match="没有"):
        paperwork.print_form(desk, "P06", "2026-09/无名村")
    with pytest.raises(RuleViolation, match="不是一个期间"):
        paperwork.print_form(desk, "P07", "九月")


def test_a_liaison_prints_its_own_village_and_no_other(
    desk: Desk, number: str, desk_of: DeskOf
) -> None:
    other = dispute_work.register_dispute(desk, {**DITCH, "village": "双井村"}).number
    theirs = paperwork.print_form(desk, "P01", other)
    hers = desk_of("liaison")
    assert "村道排水沟堵塞" in printed(hers, "P01", number)
    for call in (
        lambda: paperwork.print_form(hers, "P01", other),
        lambda: paperwork.print_form(hers, "P06", "2026-09/双井村"),
        lambda: paperwork.document_pdf(hers, theirs.document),
    ):
        with pytest.raises(RuleViolation, match="没有"):
            call()
    with pytest.raises(RuleViolation) as caught:
        paperwork.print_form(hers, "F01", "20260921-A0001")
    assert caught.value.code == "not_permitted"
    assert "双井村" not in printed(hers, "P07", "2026-09")


def test_evidence_is_kept_with_the_dispute_and_copied_out_again(
    desk: Desk, number: str, desk_of: DeskOf, tmp_path: Path
) -> None:
    photo = tmp_path / "沟.jpg"
    photo.write_bytes(b"picture of a ditch")
    kept = attachments.attach_to_dispute(desk, number, photo)
    assert [row.name for row in disputes.dispute_view(desk, number).attachments] == ["沟.jpg"]
    out = attachments.copy_attachment(desk, kept.id, tmp_path / "again.jpg")
    assert out.read_bytes() == photo.read_bytes()
    other = dispute_work.register_dispute(desk, {**DITCH, "village": "双井村"}).number
    foreign = attachments.attach_to_dispute(desk, other, photo)
    with pytest.raises(RuleViolation, match="没有这个附件"):
        attachments.copy_attachment(desk_of("liaison"), foreign.id, tmp_path / "no.jpg")
    assert not (tmp_path / "no.jpg").exists()
