"""The papers of a matter's ways, filled from real steps and read back from the PDF."""

from __future__ import annotations

import re

import pytest

from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.printing.preview import text
from xinfang_desktop.services import paper_offers, paperwork
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.handling import take_step
from xinfang_desktop.services.registration import register_intake


def matter(desk: Desk, **more: object) -> str:
    """A letter with two requests, claimed by who registered it."""
    data = {
        "channel": "letter", "received_on": desk.today.isoformat(),
        "claims": ["恢复被填平的排水沟", "赔偿墙体渗水损失"], "summary": "邻居建房填平了排水沟",
        "parties": [{"name": "赵秀兰", "phone": "13900006620", "address": "石桥村3组"}], **more,
    }  # fmt: skip
    number = register_intake(desk, data).number
    take_step(
        desk, number, "claim", {"no_interest": True, "proposal": "建议受理，由农业农村办核实"}
    )
    return number


def printed(desk: Desk, code: str, number: str, **changed: object) -> str:
    """The words of a paper printed now, without spaces."""
    document = paperwork.print_form(desk, code, number, overrides=changed).document
    return re.sub(r"\s", "", text(paperwork.document_pdf(desk, document)))


def allowed(desk: Desk, code: str, number: str) -> bool:
    return {o.code: o.allowed for o in paper_offers.forms_for(desk, number)}[code]


def test_the_sheet_of_a_letter_holds_what_is_proposed(desk: Desk) -> None:
    words = printed(desk, "F04", matter(desk))
    assert "来信处理签" in words
    assert "建议受理，由农业农村办核实" in words
    assert "邮戳日期" in words
    assert "邮戳日期" not in printed(desk, "F04", matter(desk, channel="call"))


def test_missing_materials_are_asked_for_without_a_threat(desk: Desk) -> None:
    number = matter(desk)
    asked = {"missing": ["土地承包合同复印件"], "how": "当面交或寄到本办", "until": "2026-09-30"}
    take_step(desk, number, "supplement", asked)
    words = printed(desk, "F10", number)
    assert "1.土地承包合同复印件。" in words
    assert "2026年9月30日" in words
    assert "规定的期限照常计算" in words
    assert "不因此拒绝受理" in words


def test_a_referral_has_its_own_letter_and_a_transfer_has_not(desk: Desk) -> None:
    number = matter(desk)
    order = {
        "mode": "assign", "unit": "石桥县自然资源局", "report_due": "2026-10-20",
        "power_confirmed": True, "requirement": "请到现场核对", "unit_phone": "0577-6203344",
    }  # fmt: skip
    take_step(desk, number, "forward", order)
    words = printed(desk, "F12", number)
    assert "2026年10月20日前报送办结报告" in words
    assert "4.请到现场核对。" in words
    assert "五个工作日内提出异议" in words
    with pytest.raises(RuleViolation) as refused:
        paperwork.print_form(desk, "F11", number)
    assert "交办函" in refused.value.mend
    assert "0577-6203344" in printed(desk, "F06", number)


def test_an_objection_names_reason_basis_and_what_goes_back(desk: Desk) -> None:
    number = matter(desk, origin="assigned", source="上级交办", source_ref="云信交〔2026〕3号",
                    report_due="2026-10-30")  # fmt: skip
    said = {"reason": "排水沟由县水利局管理", "basis": "县水利局“三定”规定",
            "suggested_unit": "县水利局", "returned": ["来信原件1份"]}  # fmt: skip
    take_step(desk, number, "object", said)
    words = printed(desk, "F14", number)
    assert "上级机关：" in words
    assert "贵机关交办的" in words
    assert "云信交〔2026〕3号" in words
    assert "退回材料：来信原件1份" in words
    assert "排水沟由县水利局管理。" in words


def test_a_legal_route_is_told_with_the_organ_and_room_for_the_time_limit(desk: Desk) -> None:
    number = matter(desk)
    told = {
        "kind": "legal_route", "route": "arbitration", "organ": "石桥县劳动人事争议仲裁委员会",
        "organ_address": "城关镇兴农路3号", "organ_phone": "0577-6201111",
        "basis": "《劳动争议调解仲裁法》第五条", "legal_aid": "石桥县法律援助中心",
    }  # fmt: skip
    take_step(desk, number, "redirect", told)
    words = printed(desk, "F21", number)
    for expected in (
        "仲裁",
        "城关镇兴农路3号",
        "0577-6201111",
        "石桥县法律援助中心",
        "与此事有关的期限：",
    ):
        assert expected in words
    assert "0577-6201111" in printed(desk, "F08", number)


def test_only_a_legal_route_gets_the_paper_of_one(desk: Desk) -> None:
    number = matter(desk)
    take_step(desk, number, "redirect",
              {"kind": "organ", "organ": "石桥县水利局", "basis": "《水法》第十二条"})  # fmt: skip
    assert not allowed(desk, "F21", number)
    assert allowed(desk, "F08", number)


def test_a_suggestion_is_answered_with_its_reason(desk: Desk) -> None:
    number = matter(desk)
    take_step(desk, number, "sort", {"nature": "suggestion"})
    said = {"adopted": "partly", "answer": "农业农村办作了研究", "reason": "公示有利于减少纠纷"}
    take_step(desk, number, "reply", said)
    words = printed(desk, "F20", number)
    assert "农业农村办作了研究。" in words
    assert "理由：公示有利于减少纠纷。" in words
    assert "赔偿墙体渗水损失" in words


def test_the_sheet_of_an_extension_is_signed_before_and_filled_after(desk: Desk) -> None:
    number = matter(desk)
    assert not allowed(desk, "F15", number)
    take_step(desk, number, "accept", {})
    take_step(desk, number, "start", {"how": "电话", "content": "约定见面"})
    draft = paperwork.draft_form(desk, "F15", number).values
    original = draft["original_due"]
    assert original and not draft["days"]
    take_step(desk, number, "extend", {"days": 15, "reason": "等鉴定", "approved_by": "刘志远"})
    after = paperwork.draft_form(desk, "F15", number).values
    assert after["days"] == 15
    assert after["original_due"] == original
    assert after["extended_due"] > original
    words = printed(desk, "F15", number)
    assert "同意延长15日。" in words
    assert "等鉴定" in words


def test_a_report_goes_to_who_assigned_the_matter(desk: Desk) -> None:
    assert not allowed(desk, "F30", matter(desk))
    number = matter(desk, origin="assigned", source="上级交办", report_due="2026-10-30")
    take_step(desk, number, "accept", {})
    take_step(desk, number, "start", {"how": "电话", "content": "约定见面"})
    words = printed(desk, "F30", number)
    assert "约定见面" in words
    assert "承办情况报告" in words
    assert "处理意见书尚未出具" in words
