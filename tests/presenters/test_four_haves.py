"""四有台账: the month, its segments, and filling one in."""

from __future__ import annotations

from tests.factories import register
from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.presenters.four_haves import NO_HARDSHIP, FourHavesPresenter, marks_of
from xinfang_desktop.presenters.running import run_now
from xinfang_desktop.services.desk import Desk


def opened(desk: Desk) -> FourHavesPresenter:
    made = FourHavesPresenter(desk, run_now)
    made.load(lambda: None)
    return made


def fill(page: FourHavesPresenter, kind: str, **values: object) -> list[XinfangError]:
    problems: list[XinfangError] = []
    page.fill(kind, values, lambda: page.load(lambda: None), problems.append)
    return problems


def counts(page: FourHavesPresenter) -> dict[str, str]:
    return {key: words.rpartition(" ")[2] for key, words in page.segments()}


def test_a_visit_goes_through_the_four(desk: Desk) -> None:
    matter = register(desk)
    page = opened(desk)
    assert counts(page) == {"all": "1", "open": "1", "today": "0", "referred": "0"}
    assert marks_of(page.rows()[0]) == ("done", "", "", "")
    page.look(page.rows()[0], lambda: None)
    assert page.next_kind() == "答"
    assert fill(page, "答", content="三天内上门查看") == []
    refused = fill(page, "释", content="讲了救助政策")
    assert refused[0].field == "article"
    assert fill(page, "释", content="讲了救助政策", article="《社会救助暂行办法》第四十八条") == []
    assert fill(page, "困", referral="镇民政办", item="临时救助") == []
    assert counts(page)["referred"] == "1" and marks_of(page.rows()[0])[3] == "soon"
    assert page.next_kind() == "困"
    assert next(one for one in page.evidence() if one.kind == "困").fill == "登记帮扶结果"
    assert fill(page, "困", result="已受理，回执 12 号") == []
    assert counts(page)["open"] == "0" and page.next_kind() == ""
    assert page.rows()[0].number == matter.number
    assert all(card.done == 1 and card.total == 1 for card in page.cards())


def test_nobody_in_need_is_an_answer_and_silence_is_not(desk: Desk) -> None:
    register(desk)
    page = opened(desk)
    page.look(page.rows()[0], lambda: None)
    assert fill(page, "困")[0].code == "evidence_missing"
    assert fill(page, "困", hardship=NO_HARDSHIP) == []
    assert marks_of(page.rows()[0])[3] == "none"


def test_what_could_not_be_done_is_said(desk: Desk) -> None:
    register(desk)
    page = opened(desk)
    page.look(page.rows()[0], lambda: None)
    assert fill(page, "困", unresolved="超出本镇职权，已告知去县医保局") == []
    shown = next(one for one in page.evidence() if one.kind == "困")
    assert shown.word == "没能办成，已说明" and "县医保局" in shown.lines[0]


def test_only_visits_of_the_month_are_listed(desk: Desk) -> None:
    register(desk, channel="来电")
    page = opened(desk)
    assert page.rows() == ()
    register(desk, received_on="2026-08-31")
    page.choose_month("2026-08-01", lambda: None)
    assert len(page.rows()) == 1
    page.segment = "today"
    assert len(page.rows()) == 1  # everything of that visit is overdue by now
    assert page.months()[0] == ("2026-09-01", "2026年9月")


def test_a_leader_sees_but_does_not_fill(desk: Desk, desk_of) -> None:  # type: ignore[no-untyped-def]
    register(desk)
    page = opened(desk_of("leader"))
    page.look(page.rows()[0], lambda: None)
    assert page.next_kind() == ""
    assert {one.fill for one in page.evidence()} == {""}
