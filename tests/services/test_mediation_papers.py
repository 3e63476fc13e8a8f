"""The papers of a mediation say what its file says: every form, from a real store."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

import pytest

from tests.factories import MovableClock, register
from tests.mediating import DITCH, dispute, start, take
from xinfang_desktop.printing import mediation_facts as papers
from xinfang_desktop.services import committees, mediation_work
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.mediation_papers import BUILDERS
from xinfang_desktop.services.mediation_sheets import mediation_source, sheets_of


def sheets(desk: Desk, number: str) -> dict[str, list[Any]]:
    """Every paper of the file, by its form, in order."""
    with desk.reading() as conn:
        file = mediation_source(desk, conn, number).file
        made: dict[str, list[Any]] = {}
        for sheet in sheets_of(file):
            source = mediation_source(desk, conn, number, sheet.step.id if sheet.step else "")
            made.setdefault(sheet.form, []).append(BUILDERS[sheet.form](source))
    return made


def paper(desk: Desk, form: str, number: str) -> Any:
    with desk.reading() as conn:
        return BUILDERS[form](mediation_source(desk, conn, number))


@pytest.fixture
def filed(desk: Desk, clock: MovableClock) -> str:
    """A mediation with everything in its file."""
    committees.add_committee(
        desk, {"name": "青石镇人民调解委员会", "mark": "青石人调", "phone": "0739-6200002"}
    )
    number = start(desk, mediators=["周敏", "何建平"], oral=True, note="当事人口述").number
    take(
        desk,
        number,
        "party",
        document="居民身份证",
        copy_reason="司法确认要用",
        age=52,
        sex="男",
        ethnicity="汉族",
        occupation="务农",
    )
    take(desk, number, "consent")
    take(
        desk,
        number,
        "accept",
        mediators=None,
        recorder="李四维",
        closed=True,
        identity=[{"name": "王桂芳", "document": "户口簿"}],
    )
    take(
        desk, number, "inquiry", from_time="9:00", to_time="9:30", person_sex="女", relation="邻居"
    )
    take(desk, number, "inquiry", person="赵小溪")
    take(desk, number, "evidence", note="当面核对")
    take(desk, number, "evidence", items=[{"title": "收据", "form": "原件", "by": "王桂芳"}])
    take(
        desk,
        number,
        "agent",
        agents=[{"name": "王小军", "sex": "男", "age": 30, "relation": "母子"}],
        scope=["sign", "collect"],
        other_scope="代收款项",
        until_on="2026-12-31",
    )
    clock.go("2026-09-24")
    take(
        desk,
        number,
        "session",
        statements=[{"who": "王桂芳", "text": "沟堵了。"}],
        prevention="先搭临时水管",
    )
    take(
        desk,
        number,
        "session",
        result="agreed",
        result_words="各清一段",
        invited=["何大爷"],
        invited_consent=True,
    )
    take(desk, number, "agreement", note="另有一份存村里", responsibility="各半")
    clock.go("2026-10-09")
    take(desk, number, "performance", item=2, partly=True, situation="先付 500 元")
    take(desk, number, "performance", by="何建平")
    take(desk, number, "court", on="2026-10-09")
    clock.go("2026-10-20")
    take(desk, number, "follow", visited="两家", satisfied="满意", recurrence="没有")
    take(
        desk, number, "archive", explained="第二项年底付清", volume="2026-3", remark="齐", pages=18
    )
    return number


def test_the_papers_of_a_file_in_the_order_of_the_law(desk: Desk, filed: str) -> None:
    made = sheets(desk, filed)
    assert list(made) == [f"M{no:02}" for no in range(14)] == sorted(BUILDERS)
    assert {form: len(each) for form, each in made.items() if len(each) > 1} == {
        "M05": 2, "M07": 2,
    }  # fmt: skip
    for each in (one for some in made.values() for one in some):
        about = each.mediation
        assert about.number == "（2026）青石人调字第1号" and about.file_number == "2026-3"
        assert (about.committee, about.committee_phone) == ("青石镇人民调解委员会", "0739-6200002")
        assert (about.kind, about.source) == ("邻里", papers.APPLIED)
        assert [p.name for p in about.parties] == ["王桂芳", "赵大河"]
        assert (about.applied_on, about.accepted_on) == (date(2026, 9, 21), date(2026, 9, 21))
        assert about.agreed_on == date(2026, 9, 24)


def test_each_fact_stands_on_the_paper_that_prints_it(desk: Desk, filed: str) -> None:
    made = sheets(desk, filed)
    cover, back, note = made["M00"][0], made["M13"][0], made["M12"][0]
    assert (cover.mediated_on, cover.filed_on) == (date(2026, 9, 24), date(2026, 10, 20))
    assert (cover.filed_by, cover.retention, cover.missing) == ("周敏", "10年", ())
    assert (back.pages, back.text, back.checked_by) == (18, "齐", "刘志远")
    assert (note.text, note.by, note.on) == ("第二项年底付清", "周敏", date(2026, 10, 20))

    applied = made["M01"][0]
    assert applied.oral and applied.registered and applied.consented
    assert applied.summary == DITCH["facts"] and applied.requests == ("清通排水沟",)
    assert (applied.registrar, applied.note, applied.on) == (
        "周敏",
        "当事人口述",
        date(2026, 9, 21),
    )
    respondent = applied.mediation.parties[1]
    assert (respondent.sex, respondent.age, respondent.ethnicity) == ("男", 52, "汉族")
    assert (respondent.side, respondent.occupation) == ("被申请人", "务农")

    checks = made["M03"][0].checks
    assert [(c.name, c.document, c.copy_reason) for c in checks] == [
        ("王桂芳", "户口簿", ""), ("赵大河", "居民身份证", "司法确认要用"),
    ]  # fmt: skip
    mandate = made["M04"][0]
    assert mandate.principal.name == "王桂芳" and mandate.agents[0].relation == "母子"
    assert mandate.scope == (papers.SCOPES[4], papers.SCOPES[5])
    assert (mandate.other_scope, mandate.until_on) == ("代收款项", date(2026, 12, 31))

    first, second = made["M05"]
    assert (first.person, first.person_sex, first.from_time) == ("李村长", "女", "9:00")
    assert first.investigators == ("周敏",) and first.relation == "邻居"
    assert second.person == "赵小溪"
    listed = made["M06"][0]
    assert [(row.title, row.form) for row in listed.items] == [
        ("现场照片", "复印件"), ("收据", "原件"),
    ]  # fmt: skip
    assert (listed.receiver, listed.note) == ("周敏", "当面核对")


def test_sessions_agreement_and_what_followed(desk: Desk, filed: str) -> None:
    made = sheets(desk, filed)
    first, second = made["M07"]
    assert (first.session, first.result, first.openness) == (1, papers.LATER, "不公开")
    assert first.statements[0].text == "沟堵了。" and first.course.endswith("先搭临时水管")
    assert (second.session, second.result) == (2, papers.WRITTEN)
    assert second.invited == ("何大爷",) and second.consented
    assert second.mediation.mediators == ("周敏", "何建平")
    assert second.mediation.recorder == "李四维"

    agreed = made["M08"][0]
    assert not agreed.oral and agreed.title == "人民调解协议书" and agreed.copies == 3
    assert agreed.items == ("清通两户之间的排水沟", "付材料费 800 元")
    assert agreed.performance == (
        "第1项由赵大河履行，各清一段，2026年10月15日前完成。\n第2项由赵大河履行，2026年9月30日前完成。"
    )
    assert (agreed.responsibility, agreed.note, agreed.on) == (
        "各半",
        "另有一份存村里",
        date(2026, 9, 24),
    )

    done = made["M09"][0]
    assert [(row.state, row.done_on, row.by) for row in done.promises] == [
        ("已履行", date(2026, 10, 9), "何建平"), ("未履行", None, ""),
    ]  # fmt: skip
    assert (
        done.promises[0].voucher == "现场照片 2 张" and done.note == "10月9日，第2项：先付 500 元。"
    )
    visit = made["M10"][0]
    assert (visit.way, visit.performed, visit.satisfied) == ("上门", "已履行", "满意")
    assert visit.way in papers.FollowUp.ways and visit.performed in papers.FollowUp.performances
    court = made["M11"][0]
    assert (court.effective_on, court.deadline) == (date(2026, 9, 24), date(2026, 10, 26))
    assert court.court == "云岭县人民法院" and court.on == date(2026, 10, 9)
    assert court.content.startswith("1. 清通两户之间的排水沟")


def test_a_draft_is_printed_before_anybody_signs(desk: Desk) -> None:
    number = start(desk).number
    take(desk, number, "consent", "accept", "session", "draft")
    draft = paper(desk, "M08", number)
    assert draft.items == ("清通两户之间的排水沟", "付材料费 800 元") and draft.copies == 3
    assert draft.on is None and draft.mediation.agreed_on is None, "the date is for the pen"
    assert "2026年10月15日前完成" in draft.performance


def test_an_oral_agreement_is_a_register(desk: Desk) -> None:
    number = start(desk).number
    take(desk, number, "consent", "accept")
    take(desk, number, "session", result="agreed")
    take(desk, number, "agreement", form="oral", sealed=None, signed_by=[])
    assert paper(desk, "M08", number).title == "人民调解口头协议登记表"
    assert paper(desk, "M07", number).result == papers.ORAL


@pytest.mark.parametrize("form", sorted(BUILDERS))
def test_a_file_that_says_little_makes_a_paper_for_the_pen(desk: Desk, form: str) -> None:
    number = start(desk, facts=None, claims=None, category=None).number
    made = paper(desk, form, number)
    assert made.mediation.title == "排水沟相邻纠纷"
    assert None not in _texts(made)


def _texts(facts: Any) -> list[Any]:
    """What stands in the text fields, which a template prints as it is."""
    kinds = ("text", "long", "many")
    found = []
    for field in fields(facts):
        value = getattr(facts, field.name)
        if is_dataclass(value):
            found += _texts(value)
        elif field.metadata.get("kind") in kinds:
            found.append(value)
    return found


def test_where_a_mediation_came_from_is_said_once(desk: Desk) -> None:
    number = dispute(desk)
    from_dispute = start(desk, dispute=number).number
    assert paper(desk, "M00", from_dispute).mediation.came_from == f"{number}号排查纠纷"
    matter = register(desk).number
    about = mediation_work.start_mediation(
        desk, {"matter": matter, "source": "referred", "referred_by": "信访办"}
    )
    facts = paper(desk, "M01", about.number)
    assert facts.mediation.came_from == f"{matter}号信访事项"
    assert (facts.mediation.source, facts.mediation.entrusted_by) == (papers.ENTRUSTED, "信访办")
    assert facts.registered and not facts.consented


def test_a_mediation_that_was_refused_has_the_papers_it_has(desk: Desk) -> None:
    number = start(desk).number
    take(desk, number, "consent", agrees=False)
    assert list(sheets(desk, number)) == ["M00", "M01", "M13"]
    assert paper(desk, "M00", number).missing == ()
