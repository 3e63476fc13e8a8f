"""检举控告 lie in a store and under a key of their own: what comes out, to whom, and what is left."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.conftest import DeskOf, SignIn
from tests.factories import OFFICE, PASSWORD, TODAY, MovableClock, bring_to, register, visit
from xinfang_desktop.domain.errors import EnvironmentProblem, RuleViolation
from xinfang_desktop.domain.records import (
    Attachment,
    Claim,
    Document,
    Intake,
    Matter,
    Party,
    Person,
    Step,
)
from xinfang_desktop.domain.reported import reported_of
from xinfang_desktop.domain.sealing import TITLE, is_stub
from xinfang_desktop.journal.entry import decode
from xinfang_desktop.services import (
    accounts,
    attachments,
    drafts,
    duties,
    handling,
    paperwork,
    registration,
    safekeeping,
    sealed_store,
    sealing,
    searching,
    vaults,
)
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.drafts import Draft
from xinfang_desktop.services.duties import DutyQuery
from xinfang_desktop.services.handling import MatterQuery
from xinfang_desktop.store import changelog, drops
from xinfang_desktop.store.files import fetch

ACCUSED = {
    "claims": [{"text": "查处徐某收受好处", "facts": "虚报粮补"}], "sealed": True,
    "parties": [{"name": "何小梅", "phone": "13655556666"}], "place": "石门组",
    "summary": "青溪大队旧事", "materials": "举报信一封",
}  # fmt: skip


def words_of(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_bounded() for page in pages)


def holder(desk_of: DeskOf, name: str = "专办员") -> Desk:
    return desk_of("officer", "sealed", name=name)


def waiting(desk: Desk) -> int:
    with desk.reading() as conn:
        return len(drops.waiting(conn))


def stub(desk: Desk, number: str) -> Matter:
    with desk.reading() as conn:
        return next(m for m in fetch(conn, Matter) if m.number == number)


# --- writing without reading -----------------------------------------------------------------------


def test_a_clerk_registers_it_and_keeps_a_stub_only(desk: Desk) -> None:
    made = register(desk, **ACCUSED)
    assert (made.title, made.duties, made.similar) == ("查处徐某收受好处", (), ())
    assert len(made.query_code) == 8, "told to the clerk for the citizen's receipt"
    left = stub(desk, made.number)
    assert is_stub(left) and left.title == TITLE
    assert (left.place, left.village, left.owner, left.query_code) == ("", "", "", "")
    with desk.reading() as conn:
        assert fetch(conn, Claim) == [] == fetch(conn, Party)
        assert fetch(conn, Step) == []
        item = fetch(conn, Intake)[0]
    assert (item.number, item.summary, item.materials, item.place) == (made.number, "", "", "")
    assert waiting(desk) == 1


def test_the_first_holder_takes_in_what_was_dropped_before(desk: Desk, desk_of: DeskOf) -> None:
    made = register(desk, **ACCUSED)
    assert not vaults.is_made(desk.home)
    hers = holder(desk_of)
    view = handling.matter_view(hers, made.number)
    assert (view.id, view.query_code, view.received_on) == (made.matter, made.query_code, TODAY)
    assert view.claims[0].text == "查处徐某收受好处"
    assert waiting(desk) == 0
    with desk.reading() as conn:
        assert drops.interim(conn) == "", "the interim key opens nothing any more"


def test_a_further_contact_reaches_the_same_matter(desk: Desk, desk_of: DeskOf) -> None:
    made = register(desk, **ACCUSED)
    again = register(
        desk, matter=made.number, sealed=None, parties=[], confidential=True,
        claims=["查处徐某收受好处", "还有旧账"], summary="再来一次",
    )  # fmt: skip
    assert (again.matter, again.title) == (made.matter, TITLE)
    assert again.number == made.number and again.intake_number != made.number
    view = handling.matter_view(holder(desk_of), made.number)
    assert [(c.no, c.text) for c in view.claims] == [(1, "查处徐某收受好处"), (2, "还有旧账")]
    assert len(view.intakes) == 2 and "要求保密" in view.flags


def test_its_numbers_are_not_given_again(desk: Desk) -> None:
    first = register(desk, **ACCUSED)
    repeat = register(desk, matter=first.number, sealed=None)
    other = register(desk)
    assert len({first.intake_number, repeat.intake_number, other.intake_number}) == 3


def test_taking_in_twice_changes_nothing(
    desk: Desk, desk_of: DeskOf, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between the sealed store's commit and the forgetting of the drop."""
    number = register(desk, **ACCUSED).number
    with monkeypatch.context() as killed:
        killed.setattr(drops, "forget", _killed)
        with pytest.raises(_Killed):
            holder(desk_of)
    assert waiting(desk) == 1
    hers = sign_in("专办员")
    assert waiting(desk) == 0
    view = handling.matter_view(hers, number)
    assert (len(view.claims), len(view.intakes), len(view.parties)) == (1, 1, 1)


def test_a_store_that_was_half_made_is_made_again(
    desk: Desk, desk_of: DeskOf, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = register(desk, **ACCUSED).number
    with monkeypatch.context() as killed:
        killed.setattr(vaults.schema, "create", _killed)
        with pytest.raises(_Killed):
            holder(desk_of)
    assert not vaults.is_made(desk.home)
    assert handling.matter_view(sign_in("专办员"), number).claims


class _Killed(BaseException):
    pass


def _killed(*_: Any, **__: Any) -> None:
    raise _Killed


# --- one way through the house ------------------------------------------------------------------------


def test_a_holder_works_on_it_by_the_same_services(
    desk: Desk, desk_of: DeskOf, tmp_path: Path
) -> None:
    number = register(desk, **ACCUSED).number
    hers = holder(desk_of)
    handling.take_step(hers, number, "claim", {"no_interest": True})
    assert stub(desk, number).state == "S20", "the stub follows"
    handling.take_step(hers, number, "promise", {"what": "回话", "due": "2026-09-25"})
    printed = paperwork.print_form(hers, "F01", number, tmp_path / "f.pdf")
    assert paperwork.document_pdf(hers, printed.document).startswith(b"%PDF")
    given = tmp_path / "证据.txt"
    given.write_text("转账记录", "utf-8")
    kept = attachments.attach_file(hers, number, given)
    assert kept.matter == handling.matter_view(hers, number).id
    assert "promise" in {row.kind for row in duties.duties(hers, DutyQuery())}
    assert any(
        r.subject == "查处徐某收受好处" for g in duties.today_board(hers).groups for r in g.rows
    )
    listed = handling.matter_list(hers, MatterQuery()).matters[0]
    assert listed.title == "查处徐某收受好处"
    assert handling.reveal_names(hers, number, "联系举报人")[0].name == "何小梅"
    hers.vault.flush_looks()  # type: ignore[union-attr]
    told = [what for row in safekeeping.log_of(hers, number) for what in row.what]
    assert any(what.startswith("reveal") for what in told)
    with desk.reading() as conn:
        assert fetch(conn, Document) == [] and fetch(conn, Step) == []


def test_nobody_else_gets_more_than_the_number(desk: Desk, desk_of: DeskOf) -> None:
    number = register(desk, **ACCUSED).number
    holder(desk_of)
    for roles in (("officer",), ("leader",), ("supervisor",), ("admin", "officer")):
        other = desk_of(*roles)
        view = handling.matter_view(other, number)
        assert (view.title, view.hidden, view.claims, view.timeline) == (TITLE, True, (), ())
        assert not any(offer.allowed for offer in view.offers)
        with pytest.raises(RuleViolation) as refused:
            safekeeping.log_of(other, number)
        assert refused.value.code == "sealed"
        assert handling.matter_list(other, MatterQuery()).matters[0].title == TITLE
        assert duties.duties(other, DutyQuery()) == ()


# --- what turns out to be one later -----------------------------------------------------------------


def test_sorted_later_it_is_moved_whole_and_blanked(
    desk: Desk, desk_of: DeskOf, tmp_path: Path
) -> None:
    number = register(desk).number
    given = tmp_path / "照片.txt"
    given.write_text("塌方照片", "utf-8")
    attached = attachments.attach_file(desk, number, given)
    paperwork.print_form(desk, "F01", number)
    handling.take_step(desk, number, "claim", {"no_interest": True})
    handling.take_step(desk, number, "sort", {"nature": "accusation"})
    assert is_stub(stub(desk, number))
    with desk.reading() as conn:
        assert {claim.text for claim in fetch(conn, Claim)} == {""}
        assert {party.name for party in fetch(conn, Party)} == {""}
        assert {item.summary for item in fetch(conn, Intake)} == {""}
        assert fetch(conn, Step) == [] == fetch(conn, Document)
    assert searching.search_matters(desk, "塌方").total == 0
    with pytest.raises(RuleViolation, match="这是密件"):
        attachments.copy_attachment(desk, attached.id, tmp_path / "out.txt")
    assert safekeeping.rebuild_check(desk).ok and safekeeping.verify_log(desk).ok
    hers = holder(desk_of)
    view = handling.matter_view(hers, number)
    assert view.state == "S20" and len(view.claims) == 2
    assert {row.label for row in view.timeline} >= {"登记", "认领甄别", "改定性质"}
    copied = attachments.copy_attachment(hers, attached.id, tmp_path / "out.txt")
    assert copied.read_text("utf-8") == "塌方照片"
    assert paperwork.document_pdf(hers, view.documents[0].id).startswith(b"%PDF")


def test_what_blanks_it_never_travels(desk: Desk) -> None:
    number = register(desk).number
    handling.take_step(desk, number, "claim", {"no_interest": True, "nature": "accusation"})
    with desk.reading() as conn:
        found = [decode(body) for _, feed, body, _ in changelog.entries(conn) if feed == desk.feed]
    last = max(found, key=lambda entry: entry.hlc)
    written = {name for op in last.ops for name in getattr(op, "f", {})}
    assert written == {"nature", "owner", "sealed", "state"}


# --- the key -------------------------------------------------------------------------------------------


def test_the_grant_alone_opens_nothing(desk: Desk, desk_of: DeskOf, sign_in: SignIn) -> None:
    number = register(desk, **ACCUSED).number
    first = holder(desk_of)
    second = desk_of("officer", "sealed", name="新来的")
    status = sealed_store.sealed_status(second)
    assert not status.open and "准入" in status.why_not
    assert handling.matter_view(second, number).hidden
    with pytest.raises(EnvironmentProblem, match="密码不对"):
        sealed_store.let_in(first, "新来的", "不是这个-Pass-9")
    with pytest.raises(RuleViolation) as refused:
        sealed_store.let_in(first, OFFICE.admin, PASSWORD)
    assert refused.value.code == "no_grant"
    assert sealed_store.let_in(first, "新来的", PASSWORD).holders == ("专办员", "新来的")
    assert handling.matter_view(sign_in("新来的"), number).claims


def test_an_administrator_who_resets_a_password_does_not_get_in(
    desk: Desk, desk_of: DeskOf, sign_in: SignIn
) -> None:
    number = register(desk, **ACCUSED).number
    hers = holder(desk_of)
    code = sealed_store.new_sealed_code(hers)
    assert sealed_store.sealed_status(hers).recovery_code_made
    accounts.give_password(desk, "专办员", "别人给的-Pass-77")
    again = sign_in("专办员", "别人给的-Pass-77")
    assert again.vault is None and handling.matter_view(again, number).hidden
    assert sealed_store.recover_sealed(again, code, "别人给的-Pass-77").open
    assert handling.matter_view(again, number).claims
    assert sign_in("专办员", "别人给的-Pass-77").vault is not None


def test_changing_the_own_password_keeps_both_in_step(
    desk: Desk, desk_of: DeskOf, sign_in: SignIn
) -> None:
    accounts.change_password(holder(desk_of), PASSWORD, "新的密码-Pass-31")
    assert sign_in("专办员", "新的密码-Pass-31").vault is not None


@pytest.mark.parametrize("how", ["disable", "take the grant"])
def test_who_leaves_loses_the_slot(how: str, desk: Desk, desk_of: DeskOf, sign_in: SignIn) -> None:
    holder(desk_of)
    if how == "disable":
        accounts.disable_account(desk, "专办员")
        accounts.give_password(desk, "专办员", PASSWORD)
    else:
        accounts.set_account(desk, "专办员", roles=("officer",))
        accounts.set_account(desk, "专办员", roles=("officer", "sealed"))
    assert sign_in("专办员").vault is None, "given back, it must be let in again"


def test_its_own_key_opens_it_and_no_other(desk: Desk, desk_of: DeskOf) -> None:
    hers = holder(desk_of)
    assert hers.vault is not None
    assert hers.vault.database.key != hers.database.key
    assert hers.vault.site.id != hers.site.id
    assert hers.vault.office.doc_prefix == "青信密", "letters from there count by themselves"


def test_people_and_office_are_those_of_the_ordinary_store(desk: Desk, desk_of: DeskOf) -> None:
    hers = holder(desk_of)
    assert hers.vault is not None
    accounts.add_person(hers, accounts.NewPerson("新来的科员"))
    with hers.vault.reading() as conn:
        assert "新来的科员" in {person.name for person in fetch(conn, Person)}


def test_a_whole_course_ends_in_both_stores(desk: Desk, desk_of: DeskOf) -> None:
    hers = holder(desk_of)
    number = register(hers, **ACCUSED).number
    handling.take_step(hers, number, "claim", {"no_interest": True})
    done = handling.take_step(
        hers, number, "seal", {"unit": "县纪委监委信访室", "not_reported": True}
    )
    assert done.state == "T5" == stub(desk, number).state
    for report in (safekeeping.verify_log(hers), safekeeping.rebuild_check(hers)):
        assert report.ok


def test_an_ordinary_matter_is_what_it_was(desk: Desk, desk_of: DeskOf) -> None:
    hers = holder(desk_of)
    number = register(hers).number
    bring_to(hers, number, "S40")
    assert handling.matter_view(desk, number).claims
    assert hers.vault is not None
    with hers.vault.reading() as conn:
        assert fetch(conn, Matter) == []


# --- files on disk ----------------------------------------------------------------------------------


def test_nothing_of_it_stands_in_clear_in_any_file(desk: Desk, desk_of: DeskOf) -> None:
    mark = "密记XYZZY"
    said = visit(**{**ACCUSED, "claims": [{"text": mark, "facts": mark}], "summary": mark})
    registration.register_intake(desk, said)
    hers = holder(desk_of)
    registration.register_intake(hers, said)
    for path in desk.home.rglob("*"):
        if path.is_file():
            assert mark.encode() not in path.read_bytes(), path.name


# --- the citizen's receipt, files, drafts -------------------------------------------------------------


def test_the_citizen_takes_a_receipt_home_although_the_clerk_reads_nothing_back(
    desk: Desk,
) -> None:
    made = register(desk, **ACCUSED)
    assert made.as_typed is not None and "何小梅" not in repr(made)
    text = words_of(paperwork.sealed_receipt(desk, "F02", made.as_typed))
    assert made.query_code in text and made.number in text
    with pytest.raises(RuleViolation) as refused:
        paperwork.sealed_receipt(desk, "F01", made.as_typed)
    assert "只打印登记回执" in refused.value.mend
    with pytest.raises(RuleViolation) as refused:
        paperwork.print_form(desk, "F02", made.number)
    assert refused.value.code == "sealed"
    with desk.reading() as conn:
        assert fetch(conn, Document) == []


def test_a_file_handed_in_by_who_cannot_read_reaches_the_holder(
    desk: Desk, desk_of: DeskOf, tmp_path: Path
) -> None:
    number = register(desk, **ACCUSED).number
    given = tmp_path / "徐某账目.txt"
    given.write_text("账目", "utf-8")
    attachments.attach_file(desk, number, given)
    with desk.reading() as conn:
        assert fetch(conn, Attachment) == []
    hers = holder(desk_of)
    kept = handling.matter_view(hers, number).attachments
    assert [a.name for a in kept] == ["徐某账目.txt"]
    out = attachments.copy_attachment(hers, kept[0].id, tmp_path / "out.txt")
    assert out.read_text("utf-8") == "账目"


@pytest.mark.parametrize(
    "marked", [{"more_flags": ["sealed"]}, {"more_flags": ["reprisal"]}, {"sealed": True}]
)
def test_what_is_typed_for_it_is_no_draft(marked: dict[str, Any], desk: Desk) -> None:
    typed = {"claims": ["查处徐某"]}
    early = Draft("k", "register", "来访 · 查处徐某", "诉求", desk.now(), typed)
    drafts.save_draft(desk, early)
    assert len(drafts.drafts(desk)) == 1
    drafts.save_draft(desk, replace(early, values={**typed, **marked}))
    assert drafts.drafts(desk) == ()


def test_a_further_contact_typed_for_it_is_no_draft(desk: Desk) -> None:
    number = register(desk, **ACCUSED).number
    typed = {"claims": ["还有"], "matter": number}
    drafts.save_draft(desk, Draft("k", "register", "x", "诉求", desk.now(), typed))
    assert drafts.drafts(desk) == ()


# --- the reported --------------------------------------------------------------------------------------

XU = {
    "name": "徐大明",
    "unit": "双井村村委会",
    "post": "主任",
    "related": "青石镇农业农村办、双井村监委会",
}


def test_who_is_reported_is_known_inside_alone(desk: Desk, desk_of: DeskOf) -> None:
    register(desk, **ACCUSED, reported=[XU])
    hers = holder(desk_of)
    assert hers.vault is not None
    with hers.vault.reading() as conn:
        (said,) = fetch(conn, Step)
    assert reported_of([said])[0].units == ("双井村村委会", "青石镇农业农村办", "双井村监委会")


def test_reported_people_of_an_open_matter_are_not_written_down(desk: Desk) -> None:
    made = register(desk, reported=[XU])
    assert "reported" in {warning.field for warning in made.warnings}
    with desk.reading() as conn:
        assert "徐大明" not in repr(fetch(conn, Step))


@pytest.mark.parametrize(
    ("action", "data", "code"),
    [
        ("assign", {"unit": "双井村村委会"}, "reported_unit"),
        ("assign", {"unit": "双井村监委会"}, "reported_unit"),
        ("assign", {"unit": "青石镇农业农村办畜牧站"}, "reported_unit"),
        ("assign", {"unit": "县农业农村局", "person": "徐大明"}, "reported_person"),
        ("seal", {"unit": "青石镇农业农村办", "not_reported": True}, "reported_unit"),
        ("seal", {"unit": "县纪委监委信访室", "not_reported": True}, ""),
    ],
)
def test_the_reported_never_handles_and_is_never_told(
    action: str, data: dict[str, Any], code: str, desk: Desk, desk_of: DeskOf
) -> None:
    accounts.add_person(desk, accounts.NewPerson("徐大明", unit="双井村村委会"))
    hers = holder(desk_of)
    number = register(hers, **ACCUSED, reported=[XU]).number
    handling.take_step(hers, number, "claim", {"no_interest": True})
    found = {each.code for each in handling.step_problems(hers, number, action, data)}
    assert found == ({code} if code else set())


def test_a_holder_who_is_reported_does_not_open_it_until_another_has_decided(
    desk: Desk, desk_of: DeskOf, sign_in: SignIn
) -> None:
    hers = holder(desk_of)
    number = register(desk, **ACCUSED, reported=[XU]).number
    desk_of("officer", "sealed", name="徐大明")
    sealed_store.let_in(hers, "徐大明", PASSWORD)
    his = sign_in("徐大明")
    assert his.vault is not None
    sealing.take_in(his)
    for door in (handling.matter_view, safekeeping.log_of, handling.offers):
        with pytest.raises(RuleViolation) as refused:
            door(his, number)
        assert refused.value.code == "sealed"
    assert handling.matter_list(his, MatterQuery()).matters[0].title == TITLE
    assert not any("徐某" in row.subject for row in duties.duties(his, DutyQuery()))
    said = {"name": "徐大明", "same": False, "basis": "镇里的徐大明从没在双井村任职"}
    handling.take_step(hers, number, "confirm_namesake", said)
    assert handling.matter_view(his, number).claims
    handling.take_step(hers, number, "confirm_namesake", {**said, "same": True})
    with pytest.raises(RuleViolation):
        handling.matter_view(his, number)


def test_nobody_decides_about_himself(desk: Desk, desk_of: DeskOf) -> None:
    hers = holder(desk_of)
    number = register(hers, **ACCUSED).number
    handling.take_step(hers, number, "name_reported", {"reported": [{"name": "专办员（镇）"}]})
    with pytest.raises(RuleViolation) as refused:
        handling.take_step(
            hers, number, "confirm_namesake", {"name": "专办员", "same": False, "basis": "x"}
        )
    assert refused.value.code == "sealed"


def test_a_report_of_a_reprisal_goes_past_the_leader_and_to_above(
    desk: Desk, desk_of: DeskOf
) -> None:
    said = {**ACCUSED, "sealed": None, "reprisal": True}
    number = register(desk, **said).number
    assert is_stub(stub(desk, number))
    leader = desk_of("leader", "officer", name="分管")
    assert handling.matter_view(leader, number).hidden
    hers = holder(desk_of)
    handling.take_step(hers, number, "claim", {"no_interest": True})
    kept = {"not_reported": True}
    for unit, code in (("青石镇人民政府", {"reprisal_target"}), ("云岭县纪委监委", set())):
        found = handling.step_problems(hers, number, "seal", {"unit": unit, **kept})
        assert {each.code for each in found} == code


# --- passed on ------------------------------------------------------------------------------------------


def test_it_is_passed_on_by_a_letter_and_a_label_that_says_nothing(
    desk: Desk, desk_of: DeskOf
) -> None:
    hers = holder(desk_of)
    number = register(hers, **ACCUSED, reported=[XU]).number
    with pytest.raises(RuleViolation, match="还不能打印"):
        paperwork.print_form(hers, "F22", number)
    handling.take_step(hers, number, "claim", {"no_interest": True})
    handling.take_step(hers, number, "seal", {"unit": "云岭县纪委监委", "not_reported": True})
    made = paperwork.print_form(hers, "F22", number)
    assert made.number == "青信密移〔2026〕M1号"
    pages = pypdfium2.PdfDocument(paperwork.document_pdf(hers, made.document))
    texts = ["".join(page.get_textpage().get_text_bounded().split()) for page in pages]
    assert "徐大明（双井村村委会主任）" in texts[0] and "何小梅" in texts[0]
    label = texts[-1]
    assert "密件" in label and number in label and "云岭县纪委监委" in label
    assert not any(word in label for word in ("徐", "何小梅", "查处", "粮补", "村"))
    assert hers.vault is not None
    hers.vault.flush_looks()
    told = [what for row in safekeeping.log_of(hers, number) for what in row.what]
    assert "document F22" in told, "prints are logged"


def test_who_accused_by_name_is_owed_an_answer(
    desk: Desk, desk_of: DeskOf, clock: MovableClock
) -> None:
    hers = holder(desk_of)
    number = register(hers, **ACCUSED).number
    nobody = register(hers, **{**ACCUSED, "parties": []}).number
    for each in (number, nobody):
        handling.take_step(hers, each, "claim", {"no_interest": True})
        handling.take_step(hers, each, "seal", {"unit": "云岭县纪委监委", "not_reported": True})

    def owed(asked: str) -> list[str]:
        rows = duties.duties(hers, DutyQuery(number=asked))
        return [row.state for row in rows if row.kind == "real_name_reply"]

    assert (owed(number), owed(nobody)) == (["open"], [])
    clock.go("2026-11-20")
    assert owed(number) == ["overdue"]
