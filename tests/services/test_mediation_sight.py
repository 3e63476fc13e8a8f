"""Who sees which mediation, through which door."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tests.conftest import DeskOf
from tests.domain.mediation_cases import LAWFUL
from tests.factories import register
from tests.mediating import DITCH, dispute, refusal, start, take
from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.services import (
    committees,
    duties,
    mediation_work,
    mediations,
    searching,
)
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.duties import DutyQuery
from xinfang_desktop.services.mediations import MediationQuery

OPEN_SECRETS = ("双井", "石桥", "宅基地", "钱小一", "孙小二", "13811112222", "13833334444", "QTJ")


def doors(desk: Desk, number: str, dispute_number: str) -> list[Callable[[], object]]:
    """Every door behind which a mediation or a committee stands."""
    return [
        lambda: mediations.mediation_page(desk, MediationQuery()),
        lambda: mediations.mediation_page(desk, MediationQuery(text="宅基地")),
        lambda: mediations.mediation_page(desk, MediationQuery(text="钱小一")),
        lambda: mediations.mediation_page(desk, MediationQuery(village="双井村")),
        lambda: mediations.mediation_view(desk, number),
        lambda: mediations.mediation_view(desk, "（2026）石桥人调字第1号"),
        lambda: mediations.mediation_offers(desk, number),
        lambda: mediations.reveal_sides(desk, number, "核对"),
        lambda: mediation_work.mediation_problems(desk, number, "note", LAWFUL["note"]),
        lambda: mediation_work.take_mediation_step(desk, number, "note", LAWFUL["note"]),
        lambda: mediation_work.take_mediation_step(desk, number, "consent", LAWFUL["consent"]),
        lambda: mediation_work.start_problems(desk, {**DITCH, "village": "双井村"}),
        lambda: mediation_work.start_problems(desk, {"dispute": dispute_number}),
        lambda: start(desk, village="双井村"),
        lambda: start(desk, committee="石桥人民调解委员会"),
        lambda: start(desk, dispute=dispute_number),
        lambda: committees.committee_page(desk),
        lambda: duties.duties(desk, DutyQuery()),
        lambda: duties.duties(desk, DutyQuery(today=date(2027, 1, 1), open_only=True)),
        lambda: duties.today_board(desk),
        lambda: searching.search_matters(desk, "钱小一"),
        lambda: searching.search_matters(desk, "宅基地"),
        lambda: searching.search_matters(desk, number),
    ]  # fmt: skip


def test_a_liaison_sees_nothing_of_another_village(desk: Desk, desk_of: DeskOf) -> None:
    committees.add_committee(desk, {"name": "石桥人民调解委员会", "village": "双井村"})
    committees.set_mediator(desk, "石桥人民调解委员会", {"name": "孙小二", "phone": "13833334444"})
    number = start(
        desk, title="宅基地纠纷", village="双井村", facts="QTJ",
        parties=[{"side": "applicant", "name": "钱小一", "phone": "13811112222"},
                 {"side": "respondent", "name": "孙小二"}],
    ).number  # fmt: skip
    take(desk, number, "consent")
    take(desk, number, "accept", identity=[])
    take(desk, number, "session")
    take(desk, number, "agreement", signed_by=["钱小一", "孙小二"])
    other = dispute(desk, village="双井村", summary="双井村宅基地争议", parties=[])
    liaison = desk_of("liaison")
    secrets = (*OPEN_SECRETS, number, number.split("-TJ-")[1])
    refused = 0
    for door in doors(liaison, number, other):
        try:
            said = repr(door())
        except XinfangError as problem:
            refused += 1
            said = problem.sentence
        for typed in ("双井村", "石桥人民调解委员会", other, number, "（2026）石桥人调字第1号"):
            said = said.replace(f"“{typed}”", "")  # what it typed itself is quoted back
        assert [secret for secret in secrets if secret in said] == []
    assert refused >= 10
    view = mediations.mediation_view(desk, number)
    assert len(view.timeline) == 5, "and it wrote nothing there"


def test_a_liaison_mediates_in_its_own_village(desk: Desk, desk_of: DeskOf) -> None:
    committees.add_committee(desk, {"name": "青石镇人民调解委员会", "mark": "青石人调"})
    committees.add_committee(desk, {"name": "柳溪村人民调解委员会", "village": "柳溪村"})
    liaison = desk_of("liaison")
    stood = start(liaison)
    take(liaison, stood.number, "consent", "accept", "session", "agreement")
    view = mediations.mediation_view(liaison, stood.number)
    assert (view.row.village, view.row.committee) == ("柳溪村", "柳溪村人民调解委员会")
    assert view.row.file_no == "（2026）柳溪人调字第1号"
    assert refusal(lambda: take(liaison, stood.number, "void")).code == "not_permitted"
    ours = start(desk, title="镇里调解的").number
    assert refusal(lambda: mediations.mediation_view(liaison, ours)).code == "no_mediation"
    assert refusal(lambda: start(liaison, matter=register(desk).number)).code == "not_permitted"


def test_a_matter_behind_a_mediation_is_not_shown_to_a_village(desk: Desk, desk_of: DeskOf) -> None:
    matter = register(desk).number
    number = start(desk, matter=matter, village="柳溪村").number
    liaison = desk_of("liaison")
    view = mediations.mediation_view(liaison, number)
    assert view.links == () and matter not in repr(view)
    assert [link.number for link in mediations.mediation_view(desk, number).links] == [matter]


def test_a_leader_reads_and_notes_a_supervisor_reads(desk: Desk, desk_of: DeskOf) -> None:
    number = start(desk).number
    leader, supervisor = desk_of("leader"), desk_of("supervisor")
    take(leader, number, "note")
    assert refusal(lambda: take(leader, number, "consent")).code == "not_permitted"
    assert refusal(lambda: start(leader)).code == "not_permitted"
    assert mediations.mediation_view(supervisor, number).row.number == number
    assert refusal(lambda: take(supervisor, number, "note")).code == "not_permitted"
    assert refusal(lambda: mediations.reveal_sides(supervisor, number, "x")).code == "not_permitted"
