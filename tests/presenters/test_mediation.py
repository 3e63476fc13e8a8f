"""一件人民调解 and the list of them: what the screens say and do, without a window."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import DeskOf
from tests.domain.mediation_cases import CLEAN, LAWFUL, PAY
from tests.factories import MovableClock, register
from tests.mediating import TO_AGREEMENT, start, take
from tests.screening import find
from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.domain.mediation_states import NOT_FILED
from xinfang_desktop.presenters.duty_lines import leads_to, opens
from xinfang_desktop.presenters.mediation import MediationPresenter
from xinfang_desktop.presenters.mediation_steps import COURSE
from xinfang_desktop.presenters.mediations import (
    MediationsPresenter,
    next_words,
    number_words,
    sides_words,
    start_fields,
)
from xinfang_desktop.presenters.running import run_now
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.duties import DutyQuery, duties
from xinfang_desktop.services.mediation_work import MediationStood


def nothing() -> None:
    """Done."""


def opened(desk: Desk, number: str) -> MediationPresenter:
    made = MediationPresenter(desk, run_now)
    made.open(number, nothing)
    return made


def submit(
    page: MediationPresenter, key: str, **values: Any
) -> MediationStood | list[XinfangError]:
    form = page.form_of(key)
    assert form is not None, page.why_locked(key)
    told: list[MediationStood | list[XinfangError]] = []
    asked = {field.name for field in form.fields}
    assert set(values) <= asked
    page.submit(
        form, {**form.values, **values}, told.append, lambda wrong: told.append(list(wrong))
    )
    page.load(nothing)
    return told[0]


# --- one mediation -----------------------------------------------------------------------------


def test_every_state_has_its_usual_steps() -> None:
    assert set(COURSE) == set(NOT_FILED)


def test_nobody_is_mediated_with_until_each_side_said_yes(desk: Desk) -> None:
    page = opened(desk, start(desk).number)
    assert [(s.side_name, s.name, s.mark, s.answer) for s in page.sides()] == [
        ("申请人", "王**", "done", "愿意"), ("被申请人", "赵**", "none", "还没问"),
    ]  # fmt: skip
    assert page.willing() == "还有 1 人没有问到"
    steps = page.steps()
    assert [step.label for step in steps.main] == ["征求意愿", "当事人情况"]
    assert [(s.label, s.reason) for s in steps.locked] == [
        ("受理登记", "各方都愿意才能调解，还没有同意的：被申请人赵**。")
    ]
    submit(page, "consent", agrees="true")
    assert page.willing() == "各方都愿意"
    assert page.steps().main[0].label == "受理登记"


def test_an_answer_is_a_word_and_never_a_tick_that_was_forgotten(desk: Desk) -> None:
    page = opened(desk, start(desk).number)
    form = page.form_of("consent")
    assert form is not None and form.values["side"] == "respondent"
    agrees = next(field for field in form.fields if field.name == "agrees")
    assert agrees.kind == "choice" and "agrees" not in form.values
    assert "party" not in {field.name for field in form.fields}
    refused = submit(page, "consent")
    assert isinstance(refused, list) and [problem.field for problem in refused] == ["agrees"]
    assert page.seen.row.state == "asked"


def test_one_clear_no_stops_it_and_is_said_as_such(desk: Desk) -> None:
    page = opened(desk, start(desk).number)
    stood = submit(page, "consent", agrees="false", routes="可以向青石法庭起诉")
    assert isinstance(stood, MediationStood) and stood.state == "refused"
    assert [(s.mark, s.answer) for s in page.sides()][1] == ("no", "不愿意，已停止")
    assert page.willing() == "有一方不愿意，不能调解；其他途径都不受影响"
    assert page.steps().main[0].label == "立卷"
    assert "愿意调解：否" in page.seen.timeline[0].text
    assert page.form_of("session") is None


def test_the_steps_lead_to_the_filed_record_by_their_forms_alone(
    desk: Desk, clock: MovableClock
) -> None:
    page = opened(desk, start(desk).number)
    submit(page, "consent", agrees="true")
    for action in ("accept", "session", "draft"):
        data = {name: value for name, value in LAWFUL[action].items() if name != "agrees"}
        assert isinstance(submit(page, action, **data), MediationStood)
    form = page.form_of("agreement")
    assert form is not None and "照最近一次起草的内容登记" in form.note
    agreed = submit(page, "agreement", signed_by=["王桂芳", "赵大河"], sealed=True)
    assert isinstance(agreed, MediationStood), agreed
    assert page.agreement_words() == "书面协议 · 9月21日起生效"
    assert [(i.no, i.what, i.how, i.words) for i in page.items()] == [
        (1, CLEAN["what"], "赵**，各清一段，10月15日前", "还有 24 天"),
        (2, PAY["what"], "赵**，9月30日前", "还有 9 天"),
    ]
    assert page.court_words() == (
        "双方可以在 10月21日前共同申请司法确认，还有 30 天。由他们自己决定。"
    )
    assert page.court_duty().endswith("/judicial_confirmation")
    clock.go("2026-09-29")
    for _ in page.items():
        form = page.form_of("performance")
        assert form is not None
        done = submit(page, "performance", proof="现场照片 2 张")
        assert isinstance(done, MediationStood)
    assert {(item.urgency, item.words) for item in page.items()} == {("done", "9月29日 已履行")}
    assert page.papers_note() == "必须的还缺 1 件"
    assert [p.name for p in page.papers() if p.mark != "done"] == ["封底"]
    submit(page, "follow", how="visit", situation="沟通了")
    filed = submit(page, "archive", retention="10", checked_by="刘志远")
    assert isinstance(filed, MediationStood) and filed.state == "filed"
    assert page.papers_note() == "必须的都齐了"
    assert page.stood_words(filed, "立卷") == "立卷：已记下，调解现在是“已立卷”"


def test_a_clause_that_waives_petitioning_is_quoted_under_its_field(desk: Desk) -> None:
    number = start(desk).number
    take(desk, number, "consent", "accept", "session")
    page = opened(desk, number)
    clause = "王桂芳今后不再上访"
    wrong = submit(page, "draft", facts="争谁来清沟。", items=[{"what": f"清沟，{clause}"}])
    assert isinstance(wrong, list) and [(p.code, p.field) for p in wrong] == [("waiver", "items")]
    assert clause in wrong[0].sentence and "不影响当事人依法信访" in wrong[0].mend


def test_names_are_told_for_a_reason_with_who_acts_for_them_and_masked_again(desk: Desk) -> None:
    number = start(desk).number
    take(desk, number, "agent")
    page = opened(desk, number)
    refused: list[XinfangError] = []
    page.reveal(" ", nothing, refused.extend)
    assert [problem.code for problem in refused] == ["reason_missing"]
    page.reveal("核对电话", nothing, refused.extend)
    told = page.sides()
    assert [(s.name, s.phone) for s in told] == [
        ("王桂芳", "13907391827"), ("赵大河", "13900001111"), ("王小军", ""),
    ]  # fmt: skip
    assert told[1].details == "男，52 岁" and (told[2].side_name, told[2].answer) == (
        "受托人",
        "儿子",
    )
    page.hide()
    assert "王桂芳" not in repr(page.sides())


def test_the_course_is_told_in_words_and_in_the_order_of_its_form(desk: Desk) -> None:
    number = start(desk).number
    take(desk, number, "consent", "evidence", "agent")
    texts = [row.text for row in opened(desk, number).seen.timeline]
    assert (
        texts[0] == "委托人：王**；王**、儿子；委托权限：申请、参加、终止调解、达成并签署调解协议"
    )
    assert texts[1] == "现场照片、复印件、份数：1；接收人：周敏"


def test_a_duty_leads_to_the_form_it_is_fulfilled_with(desk: Desk) -> None:
    number = start(desk).number
    take(desk, number, *TO_AGREEMENT)
    led = {
        row.kind: leads_to(row)
        for row in duties(desk, DutyQuery(open_only=True))
        if row.case == "mediation"
    }
    assert led == {
        "perform": ("mediation", {"number": number, "step": "performance"}),
        "judicial_confirmation": ("mediation", {"number": number, "step": "court"}),
    }
    (done,) = (d for d in duties(desk, DutyQuery()) if d.kind == "mediation")
    assert leads_to(done) == opens(done) == ("mediation", {"number": number})


# --- the list ----------------------------------------------------------------------------------


@pytest.fixture
def listed(desk: Desk) -> MediationsPresenter:
    """Three mediations: asked, refused, agreed."""
    start(desk, title="宅基地边界纠纷")
    take(desk, start(desk, title="化粪池渗水纠纷").number, "consent", agrees=False)
    take(desk, start(desk).number, *TO_AGREEMENT)
    made = MediationsPresenter(desk, run_now)
    made.load(nothing)
    return made


def test_the_saved_views_say_how_many_they_hold(listed: MediationsPresenter) -> None:
    assert [word for _, word in listed.views()] == [
        "征求意愿 1", "调解中 0", "待履行 1", "待回访 0", "待立卷 1", "全部 3",
    ]  # fmt: skip
    listed.choose("perform", nothing)
    (row,) = listed.rows
    assert (number_words(row), sides_words(row), next_words(row), row.due_words) == (
        "（2026）青石人调字第1号", "王** 与 赵**", "督促履行", "还有 9 天",
    )  # fmt: skip
    listed.choose("file", nothing)
    assert [next_words(row) for row in listed.rows] == ["立卷"]
    listed.choose("open", nothing)
    assert listed.empty() == ("没有“调解中”的调解。", "看全部调解", "all")


def test_a_search_looks_in_all_of_them_and_keeps_the_counts(listed: MediationsPresenter) -> None:
    listed.search("化粪池", nothing)
    assert [row.title for row in listed.rows] == ["化粪池渗水纠纷"]
    assert listed.note() == "搜索“化粪池”，找到 1 件"
    assert listed.views()[-1] == ("all", "全部 3")
    listed.search("水库", nothing)
    assert listed.empty() == ("没有找到“水库”。", "清除搜索", "clear")


def test_what_is_late_stands_beside_the_title(desk: Desk, clock: MovableClock) -> None:
    take(desk, start(desk).number, "consent", "accept")
    clock.go("2026-11-23")
    page = MediationsPresenter(desk, run_now)
    page.load(nothing)
    assert page.note() == "逾期 1 件"


def begin(page: MediationsPresenter, **values: Any) -> MediationStood | list[XinfangError]:
    told: list[MediationStood | list[XinfangError]] = []
    page.start(
        start_fields(page.desk), {**page.start_values(), **values},
        told.append, lambda wrong: told.append(list(wrong)),
    )  # fmt: skip
    return told[0]


def test_a_new_one_comes_from_a_dispute_with_its_number_alone(desk: Desk) -> None:
    page = MediationsPresenter(desk, run_now)
    number = find(desk).number
    stood = begin(page, dispute=number, oral=False)
    assert isinstance(stood, MediationStood)
    view = opened(desk, stood.number).seen
    assert [(link.case, link.number) for link in view.links] == [("dispute", number)]
    assert view.row.applicants and view.row.respondents, "the empty lines of the form said nothing"


def test_a_new_one_by_itself_says_everything_that_is_missing(desk: Desk) -> None:
    page = MediationsPresenter(desk, run_now)
    wrong = begin(page)
    assert isinstance(wrong, list) and [p.field for p in wrong] == ["title", "parties"]
    about = begin(page, matter=register(desk).number)
    assert isinstance(about, MediationStood) and about.state == "asked"


def test_a_liaison_is_not_asked_for_a_village_or_a_matter(desk_of: DeskOf, desk: Desk) -> None:
    liaison = desk_of("liaison", name="何春生")
    asked = {field.name for field in start_fields(liaison)}
    assert not {"village", "matter"} & asked and "dispute" in asked
    start(desk, title="别村的", village="双井村")
    page = MediationsPresenter(liaison, run_now)
    assert isinstance(
        begin(page, title="水沟", parties=[{"side": "applicant", "name": "王一"}]), MediationStood
    )
    page.load(nothing)
    assert [row.title for row in page.rows] == ["水沟"]


def test_a_leader_reads_and_opens_none(desk_of: DeskOf) -> None:
    page = MediationsPresenter(desk_of("leader", name="刘志远"), run_now)
    assert "信访专干" in page.why_not_new()
    page.load(nothing)
    assert page.empty() == ("还没有调解。", "", "new")
