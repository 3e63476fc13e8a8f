"""Every use case asks the permission table, and nobody sees through another door what is shut."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import DeskOf, SignIn
from tests.factories import PASSWORD, TODAY, VISITOR, bring_to, register, visit
from xinfang_desktop import services
from xinfang_desktop.domain.errors import RuleViolation, XinfangError
from xinfang_desktop.domain.permissions import ROLE_NAMES, SERVICES, may
from xinfang_desktop.domain.records import Document
from xinfang_desktop.services import (
    calendars,
    duties,
    handling,
    haves,
    paper_offers,
    paperwork,
    registration,
    safekeeping,
    sealed_store,
    searching,
)
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.duties import DutyQuery
from xinfang_desktop.services.handling import MatterQuery
from xinfang_desktop.services.registration import Clues
from xinfang_desktop.store.files import fetch

PARTS = frozenset(
    {"check_handler", "check_unsealed", "find_matter", "find_note", "have_step", "page_of", "printer_of",
     "rows_for", "surroundings", "calls_answered", "calls_of", "calls_owed", "dispute_file",
     "dispute_of", "feed_of", "find_dispute", "open_mediation", "readable", "records_of",
     "write_dispute", "returns_of", "stood", "taken", "to_matter", "to_mediation",
     "village_in_sight", "village_or_own", "villages_in_sight", "write_intake", "case_of",
     "matter_file", "may_see", "statistics", "village_return", "screening_statistics",
     "answer_of", "carried_of", "around_mediation", "asked_by_itself", "committees_in_sight",
     "find_committee", "find_mediation", "first_step", "ids_with_text", "mediation_file",
     "read_start", "step_taken", "committee_for", "mediation_source", "audience", "forwarded",
     "check_offered", "offered", "find_item", "work_file", "links_of",
     "drawn", "line_paper", "any_matter", "check_joinable", "drop_changes", "drop_file", "drop_record", "enter",
     "source_of", "hidden_from", "here", "mirror", "open_with", "settle_stubs", "sweep", "take_in",
     "seal_two", "bind_volume"}
)  # fmt: skip
"""What use cases are put together from; only they call these."""


def of_a_desk() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function of the services that works at a desk."""
    for module in pkgutil.iter_modules(services.__path__):
        loaded = importlib.import_module(f"{services.__name__}.{module.name}")
        for name, function in vars(loaded).items():
            if name.startswith("_") or not inspect.isfunction(function):
                continue
            if function.__module__ != loaded.__name__:
                continue
            first = next(iter(inspect.signature(function).parameters), "")
            if first == "desk":
                yield f"{module.name}.{name}", function


USE_CASES = {name: f for name, f in of_a_desk() if name.rpartition(".")[2] not in PARTS}


def test_every_use_case_is_marked_with_a_verb_of_the_table() -> None:
    assert len(USE_CASES) > 40
    for name, function in USE_CASES.items():
        assert getattr(function, "verb", None) in SERVICES, f"{name} asks for no permission"


@pytest.mark.parametrize("role", ROLE_NAMES)
def test_a_role_is_refused_before_anything_else_happens(role: str, desk_of: DeskOf) -> None:
    desk = desk_of(role)
    for name, function in USE_CASES.items():
        if may({role}, function.verb):  # type: ignore[attr-defined]
            continue
        wanted = len(inspect.signature(function).parameters) - 1
        with pytest.raises(RuleViolation) as caught:
            function(desk, *[None] * wanted)
        assert caught.value.code == "not_permitted", name
        assert caught.value.mend


# --- who sees no matter --------------------------------------------------------------------


@pytest.mark.parametrize("role", ["admin", "liaison", "sealed"])
def test_these_roles_alone_see_no_matter_through_any_door(
    role: str, desk: Desk, desk_of: DeskOf, tmp_path: Path
) -> None:
    number = register(desk).number
    bring_to(desk, number, "S40")
    handling.take_step(desk, number, "promise", {"what": "星期五回电话", "due": "2026-09-25"})
    matter = handling.matter_view(desk, number).id
    other = desk_of(role)
    seen = [said for said in everything(other, number, matter, tmp_path) if "SEEN" in said]
    for said in seen:
        for secret in (number, number.split("-XF-")[1], *OPEN_SECRETS):
            assert secret not in said, said[:400]


OPEN_SECRETS = ("王桂芳", "13907391827", "后山路", "塌方", "菜地", "星期五回电话")


# --- sealed accusations (art. 30) ----------------------------------------------------------

SECRETS = (
    "徐某收受", "虚报粮补", "石门组", "何小梅", "13655556666", "退还粮补", "举报信一封", "青溪大队旧事",
    "已报县纪委",
)  # fmt: skip

ACCUSATION = {
    "claims": [{"text": "查处徐某收受好处", "facts": "虚报粮补"}, "要求退还粮补"],
    "parties": [{"name": "何小梅", "phone": "13655556666"}], "place": "石门组",
    "village": "双井村", "summary": "青溪大队旧事", "materials": "举报信一封", "sealed": True,
}  # fmt: skip


def everything(desk: Desk, number: str, matter: str, folder: Path) -> Iterator[str]:
    """What every door shows of a matter: the answer as text, or the refusal."""
    calendar = folder / "2027.csv"
    calendar.write_text("date,type,name\n2027-01-01,rest,元旦\n", "utf-8")
    documents = _documents(desk)
    other_number = "430522101-XF-20260921-A0001"
    doors: list[Callable[[], Any]] = [
        lambda: handling.matter_list(desk, MatterQuery()),
        lambda: handling.matter_list(desk, MatterQuery(text="粮补")),
        lambda: handling.matter_list(desk, MatterQuery(text="何小梅")),
        lambda: handling.matter_view(desk, number),
        lambda: handling.offers(desk, number),
        lambda: handling.reveal_names(desk, number, "核对"),
        lambda: handling.step_problems(desk, number, "note", {"record": "other", "content": "x"}),
        lambda: handling.take_step(desk, number, "note", {"record": "other", "content": "x"}),
        lambda: duties.duties(desk, DutyQuery()),
        lambda: duties.duties(desk, DutyQuery(number=number)),
        lambda: duties.duties(desk, DutyQuery(today=date(2027, 1, 1), open_only=True)),
        lambda: duties.explain_duty(desk, f"{matter}/notice"),
        lambda: duties.today_board(desk),
        lambda: haves.haves_of(desk, number),
        lambda: haves.set_have(desk, number, "答", {"content": "x"}),
        lambda: haves.haves_ledger(desk, TODAY),
        lambda: registration.similar_matters(
            desk, Clues(name="何小梅", phone="13655556666", village="双井村", text="退还粮补")
        ),
        lambda: registration.register_intake(
            desk, visit(**{**ACCUSATION, "sealed": False, "claims": ["再问"], "summary": "",
                           "parties": [], "place": "", "materials": "", "matter": number})
        ),
        lambda: registration.judge_similar(desk, number, other_number, "related"),
        lambda: safekeeping.log_of(desk, number),
        lambda: safekeeping.verify_log(desk),
        lambda: safekeeping.rebuild_check(desk),
        lambda: searching.search_matters(desk, "何小梅"),
        lambda: searching.search_matters(desk, "hexiaomei"),
        lambda: searching.search_matters(desk, "粮补"),
        lambda: searching.search_matters(desk, "6666"),
        lambda: searching.search_matters(desk, number),
        lambda: paper_offers.forms_for(desk, number),
        lambda: paperwork.draft_form(desk, "F01", number),
        lambda: paperwork.preview(desk, "F01", number),
        lambda: paperwork.print_form(desk, "F01", number, folder / "f.pdf"),
        lambda: paperwork.batch_forms(desk, "F01", "S20", folder / "batch"),
        lambda: paperwork.draft_form(desk, "F35"),
        lambda: calendars.import_calendar(desk, calendar, "国办发明电〔2026〕7号"),
        *(lambda d=d: paperwork.document_pdf(desk, d) for d in documents),
    ]  # fmt: skip
    for door in doors:
        try:
            yield f"SEEN {door()!r}"
        except XinfangError as refusal:
            yield f"REFUSED {refusal.code} {refusal.sentence} {refusal.mend}"


def _documents(desk: Desk) -> list[str]:
    with desk.reading() as conn:
        return [document.id for document in fetch(conn, Document)]


@pytest.fixture
def accusation(desk: Desk, desk_of: DeskOf, tmp_path: Path) -> str:
    """A sealed matter with a course, a promise, a paper and a reveal; its number."""
    register(desk, parties=[{**VISITOR}])
    hers = desk_of("officer", "sealed", name="专办员")
    number = register(hers, **ACCUSATION).number
    handling.take_step(hers, number, "claim", {"no_interest": True})
    handling.take_step(hers, number, "promise", {"what": "已报县纪委后回话", "due": "2026-09-22"})
    paperwork.print_form(hers, "F01", number, tmp_path / "mine.pdf")
    handling.reveal_names(hers, number, "电话 13655556666 核对")
    return number


@pytest.mark.parametrize(
    "roles", [("officer",), ("leader",), ("supervisor",), ("admin", "officer")]
)
def test_a_sealed_matter_shows_others_its_number_and_nothing_else(
    roles: tuple[str, ...], desk: Desk, desk_of: DeskOf, accusation: str, tmp_path: Path, clock: Any
) -> None:
    clock.go("2026-10-20")  # silent for weeks, and overdue
    matter = handling.matter_view(desk, accusation)
    other = desk_of(*roles, name="别人")
    said = list(everything(other, accusation, matter.id, tmp_path))
    assert any(line.startswith("SEEN") and accusation in line for line in said)
    assert any("REFUSED sealed" in line for line in said)
    for line in said:
        for secret in SECRETS:
            assert secret not in line, f"{secret}: …{line[max(0, line.find(secret) - 300) :][:600]}"


def test_nobody_judges_what_only_others_may_see(desk: Desk, accusation: str) -> None:
    mine = register(desk).number
    for left, right in ((mine, accusation), (accusation, mine)):
        with pytest.raises(RuleViolation) as refused:
            registration.judge_similar(desk, left, right, "same")
        assert refused.value.code == "sealed"


def test_who_was_let_in_sees_and_handles_it(
    desk: Desk, desk_of: DeskOf, sign_in: SignIn, accusation: str
) -> None:
    first = sign_in("专办员")
    hers = desk_of("officer", "sealed", name="第二专办员")
    assert handling.matter_view(hers, accusation).hidden, "the grant alone opens nothing"
    sealed_store.let_in(first, "第二专办员", PASSWORD)
    hers = sign_in("第二专办员")
    view = handling.matter_view(hers, accusation)
    assert view.claims[0].text == "查处徐某收受好处"
    assert view.hidden is False
    assert (
        handling.take_step(
            hers, accusation, "seal", {"unit": "县纪委监委信访室", "not_reported": True}
        ).state
        == "T5"
    )


def test_sealed_when_it_is_sorted_it_leaves_index_and_lists_at_once(desk: Desk) -> None:
    number = register(desk).number
    assert searching.search_matters(desk, "塌方").total == 1
    handling.take_step(desk, number, "claim", {"no_interest": True, "nature": "accusation"})
    assert searching.search_matters(desk, "塌方").total == 0
    assert searching.search_matters(desk, "王桂芳").total == 0
    assert handling.matter_list(desk, MatterQuery()).matters[0].title == "密件"


def test_an_accusation_is_never_written_into_an_open_matter(desk: Desk) -> None:
    number = register(desk).number
    with pytest.raises(RuleViolation) as caught:
        register(desk, **ACCUSATION, matter=number)
    assert caught.value.code == "sealed_repeat"


# --- 要求保密 ------------------------------------------------------------------------------


@pytest.fixture
def confidential(desk: Desk) -> str:
    """A matter whose petitioner wants to stay unknown; handled by 周敏."""
    number = register(desk, confidential=True).number
    paperwork.print_form(desk, "F01", number)
    return number


@pytest.mark.parametrize("role", ["officer", "leader", "supervisor"])
def test_who_asked_for_it_is_known_to_the_handler_alone(
    role: str, desk: Desk, desk_of: DeskOf, confidential: str, tmp_path: Path
) -> None:
    other = desk_of(role)
    matter = handling.matter_view(desk, confidential).id
    said = list(everything(other, confidential, matter, tmp_path))
    names = ("王桂芳", "王*", "13907391827", "1827", VISITOR["id_number"], "柳溪村五组 12 号")
    for line in said:
        for secret in names:
            assert secret not in line, f"{secret}: …{line[max(0, line.find(secret) - 300) :][:600]}"
    for text in ("王桂芳", "wangguifang", "wgf", "91827"):
        assert searching.search_matters(other, text).total == 0


def test_the_handler_sees_it_for_a_reason_that_is_kept(desk: Desk, confidential: str) -> None:
    assert handling.matter_view(desk, confidential).masked_name == "要求保密"
    with pytest.raises(RuleViolation, match="为什么"):
        handling.reveal_names(desk, confidential, "  ")
    assert handling.reveal_names(desk, confidential, "寄告知书")[0].name == "王桂芳"
    desk.flush_looks()
    seen = handling.matter_view(desk, confidential).seen
    assert "显示姓名号码：寄告知书" in {row.what for row in seen}


def test_a_later_contact_may_ask_for_it_too(desk: Desk) -> None:
    number = register(desk).number
    register(desk, matter=number, confidential=True)
    assert handling.matter_view(desk, number).masked_name == "要求保密"
    assert searching.search_matters(desk, "王桂芳").total == 0
