"""The one table of who may do what."""

from __future__ import annotations

import pytest
from workflow_cases import LAWFUL, Course, around, matter_file

from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.domain.permissions import (
    DISPUTE_STEPS,
    GRANTS,
    ROLE_NAMES,
    SERVICES,
    STEPS,
    bound_to_village,
    may,
    require,
    sees_sealed,
    who_may,
)  # fmt: skip

CONTENT = {
    "read_matters", "take_step", "register_intake", "similar_matters", "judge_similar",
    "reveal_names", "set_have", "read_haves", "print_matter_form", "batch_forms", "search", "read_log",
    "import_ledger", "undo_import",
}  # fmt: skip


def test_every_row_names_known_roles_and_somebody() -> None:
    assert all(roles and roles <= set(ROLE_NAMES) for roles in GRANTS.values())
    assert not set(STEPS) & set(SERVICES)


def test_an_administrator_alone_sees_no_matter() -> None:
    assert not any(may({"admin"}, verb) for verb in (*CONTENT, *STEPS, "read_duties"))
    assert may({"admin"}, "manage_accounts") and may({"admin"}, "manage_office")


def test_a_liaison_sees_no_matter() -> None:
    """It may search: what it may not read, the search does not look at."""
    assert not any(may({"liaison"}, verb) for verb in (*CONTENT - {"search"}, *STEPS))


def test_a_liaison_reports_and_settles_and_neither_assigns_nor_confirms() -> None:
    steps = {step for step in DISPUTE_STEPS if may({"liaison"}, f"dispute.{step}")}
    assert steps == {
        "verify", "note", "settle", "report_up", "take_back", "follow", "to_mediation",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("roles", "bound"),
    [
        (("liaison",), True), (("liaison", "admin"), True), (("liaison", "officer"), False),
        (("liaison", "leader"), False), (("officer",), False), (("admin",), False),
    ],
)  # fmt: skip
def test_only_a_liaison_who_is_nothing_else_is_bound_to_its_village(
    roles: tuple[str, ...], bound: bool
) -> None:
    assert bound_to_village(roles) is bound


def test_a_supervisor_reads_notes_and_supervises_and_changes_nothing_else() -> None:
    steps = {verb for verb in STEPS if may({"supervisor"}, verb)}
    assert steps == {"note", "supervise", "supervise_reply", "cause"}
    assert may({"supervisor"}, "read_matters")
    assert not any(
        may({"supervisor"}, v)
        for v in ("reveal_names", "set_have", "print_form", "print_matter_form")
    )


def test_a_leader_signs_and_approves_and_does_not_register() -> None:
    steps = {verb for verb in STEPS if may({"leader"}, verb)}
    assert steps == {
        *("note", "sign", "return_draft", "reopen", "extend", "convert", "redate"),
        *(
            "comment",
            "recuse",
            "lead",
            "lead_progress",
            "fresh_look",
            "supervise",
            "supervise_reply",
            "cause",
        ),
    }
    assert not may({"leader"}, "register_intake")


def test_an_officer_does_the_desk_but_not_accounts_and_not_accusations() -> None:
    assert {verb for verb in STEPS if not may({"officer"}, verb)} == {
        "seal", "name_reported", "confirm_namesake"
    }  # fmt: skip
    assert {verb for verb in SERVICES if not may({"officer"}, verb)} == {
        "manage_accounts", "hold_sealed"
    }  # fmt: skip


def test_rights_are_the_union() -> None:
    assert may({"admin", "officer"}, "manage_accounts") and may({"admin", "officer"}, "claim")
    assert not may(set(), "change_own_password")


def test_a_refusal_names_who_may() -> None:
    with pytest.raises(RuleViolation) as refusal:
        require({"liaison"}, "sign")
    assert refusal.value.code == "not_permitted"
    assert "信访专干、分管领导" in refusal.value.sentence
    require({"leader"}, "sign")
    assert who_may("seal") == "涉密举报件专办员"


def test_an_unknown_verb_is_our_bug() -> None:
    with pytest.raises(KeyError):
        may({"officer"}, "monitor")


def test_steps_obey_the_table() -> None:
    course = Course(matter_file("S40"), around(roles=frozenset({"supervisor"})))
    assert course.offer("note").allowed
    assert course.codes("start", LAWFUL["start"]) == {"wrong_state"}
    assert course.codes("extend", LAWFUL["extend"]) == {"not_permitted"}
    assert "信访专干" in course.offer("extend").missing[0]


def test_sealed_matters_open_only_with_the_grant() -> None:
    course = Course(matter_file("S20", sealed=True, nature="accusation"))
    assert course.codes("note", LAWFUL["note"]) == {"sealed"}
    assert not sees_sealed({"officer", "admin"})
    course.around = around(roles=frozenset({"officer", "sealed"}))
    assert course.offer("note").allowed and course.offer("seal").allowed
