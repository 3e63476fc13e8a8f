"""The guard before printing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from xinfang_desktop.printing import facts as F
from xinfang_desktop.printing.catalogue import FORMS
from xinfang_desktop.printing.check import Finding, check
from xinfang_desktop.printing.fonts import SANS_BOLD, Face, Fonts

from .papers import EVERY, FULL, MATTER, OFFICE, least
from .test_fonts import NOBODY


def found(code: str, paper: F.Facts, fonts: Fonts) -> dict[str, Finding]:
    return {f"{finding.kind} {finding.field}": finding for finding in check(code, paper, fonts)}


def acceptance(**changes: object) -> F.Facts:
    return replace(FULL["F07"], **changes)


@pytest.mark.parametrize("code", EVERY)
def test_a_full_form_has_nothing_to_mend(fonts: Fonts, code: str) -> None:
    (only,) = check(code, EVERY[code], fonts)
    assert only.level == "ok"
    assert only.title.endswith("项都没有问题")


@pytest.mark.parametrize("code", [code for code in FULL if FORMS[code].subject != "office"])
def test_the_least_form_is_stopped(fonts: Fonts, code: str) -> None:
    findings = check(code, least(code), fonts)
    assert any(f.level == "must" and f.field == "matter.title" for f in findings)
    levels = [f.level for f in findings]
    assert levels == sorted(levels, key=["must", "look", "ok"].index)


def test_a_date_before_the_one_it_follows_must_be_mended(fonts: Fonts) -> None:
    finding = found("F07", acceptance(accepted_on=date(2026, 9, 4)), fonts)["dates accepted_on"]
    assert finding.level == "must"
    assert finding.title == "日期前后矛盾"
    assert finding.detail == "受理 9月4日，早于收到 9月6日"


def test_a_missing_telephone_may_be_left_to_the_pen(fonts: Fonts) -> None:
    finding = found("F07", acceptance(handler_phone=" "), fonts)["empty handler_phone"]
    assert (finding.level, finding.title) == ("look", "联系电话没有填")


def test_an_opinion_names_the_reviewing_organ_and_answers_whole(fonts: Fonts) -> None:
    paper = FULL["F19"]
    assert isinstance(paper, F.Opinion)
    bare = replace(paper, office=replace(OFFICE, review_organ=""))
    assert found("F19", bare, fonts)["empty office.review_organ"].level == "must"
    hollow = replace(paper, answers=(replace(paper.answers[0], basis=""), *paper.answers[1:]))
    finding = found("F19", hollow, fonts)["empty answers"]
    assert (finding.level, finding.title) == ("must", "第1项依据没有填")
    assert "empty office.review_organ" not in found("F07", acceptance(office=bare.office), fonts)


def test_an_extension_beyond_thirty_days_is_stopped(fonts: Fonts) -> None:
    assert "limit days" not in found("F16", FULL["F16"], fonts)
    finding = found("F16", replace(FULL["F16"], days=31), fonts)["limit days"]  # type: ignore[call-arg]
    assert finding.level == "must"
    assert "第三十四条" in finding.detail


@pytest.mark.parametrize(
    ("words", "kind", "level"),
    [
        ("依据《信访条例》第二十一条", "citation", "must"),
        ("信访人承诺息访", "wording", "look"),
        ("该上访老户", "wording", "look"),
    ],
)
def test_old_law_and_unlawful_wording_are_found(
    fonts: Fonts, words: str, kind: str, level: str
) -> None:
    paper = replace(FULL["F19"], hearing=words)  # type: ignore[call-arg]
    assert found("F19", paper, fonts)[f"{kind} hearing"].level == level


def test_a_provincial_regulation_may_be_cited(fonts: Fonts) -> None:
    paper = replace(FULL["F19"], hearing="依据《浙江省信访条例》《信访工作条例》")  # type: ignore[call-arg]
    assert "citation hearing" not in found("F19", paper, fonts)


def test_a_rare_character_is_told_with_the_face_that_draws_it() -> None:
    own = Fonts({"fangsong": (Face("仿宋", SANS_BOLD.path),)})
    finding = found("F07", acceptance(), own)["rare_glyph matter.petitioner"]
    assert finding.char == "䶮"
    assert finding.level == "look"
    assert finding.title == "生僻字“䶮”仿宋没有"
    assert finding.detail == "这个字改用思源宋体，能打出来"


def test_a_character_that_no_font_has_is_told_before_printing(fonts: Fonts) -> None:
    paper = acceptance(matter=replace(MATTER, petitioner=f"王{NOBODY}"))
    finding = found("F07", paper, fonts)["missing_glyph matter.petitioner"]
    assert (finding.char, finding.level) == (NOBODY, "look")
    hidden = acceptance(matter=replace(MATTER, petitioner=f"王{NOBODY}", confidential=True))
    assert "missing_glyph matter.petitioner" not in found("F07", hidden, fonts)
