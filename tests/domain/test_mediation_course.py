"""The course of a people's mediation: free will first, then a session, an agreement or none."""

from __future__ import annotations

import pytest

from tests.domain.mediation_cases import LAWFUL, Mediating, accepted, agreed, mediation_file
from xinfang_desktop.domain.mediation_course import ACTIONS, MEDIATIONS
from xinfang_desktop.domain.mediation_reading import file_papers, lacking, masked, unanswered
from xinfang_desktop.domain.mediation_states import STAGES, STATES
from xinfang_desktop.domain.mediation_steps import FIELDS
from xinfang_desktop.domain.permissions import MEDIATION_STEPS


def test_every_step_has_its_fields_its_right_and_states_that_exist() -> None:
    assert ACTIONS.keys() == FIELDS.keys() == MEDIATION_STEPS.keys() == LAWFUL.keys()
    for action in ACTIONS.values():
        assert {*action.sources, *action.targets} <= STATES.keys(), action.name
    reached = {"asked", *(target for a in ACTIONS.values() for target in a.targets)}
    assert reached == STATES.keys()
    assert {state.stage for state in STATES.values()} - {""} == set(STAGES)


def test_the_whole_course() -> None:
    made = Mediating()
    states = []
    for action, more in (
        ("consent", {"on": "2026-09-02"}), ("accept", {"on": "2026-09-03"}),
        ("inquiry", {"on": "2026-09-04"}), ("evidence", {"on": "2026-09-04"}),
        ("agent", {"on": "2026-09-04"}), ("session", {"on": "2026-09-05"}),
        ("session", {"on": "2026-09-09", "result": "agreed"}), ("draft", {"on": "2026-09-09"}),
        ("agreement", {"on": "2026-09-10"}),
        ("performance", {"on": "2026-09-12"}), ("performance", {"on": "2026-09-15", "item": 2}),
        ("court", {"on": "2026-09-16"}), ("follow", {"on": "2026-09-18"}),
        ("archive", {"on": "2026-09-21"}),
    ):  # fmt: skip
        made.take(action, **more)
        states.append(made.state)
    assert states == [
        "asked", "accepted", "accepted", "accepted", "accepted", "session", "session",
        "session", "agreed",
        "agreed", "performed", "performed", "performed", "filed",
    ]  # fmt: skip
    assert lacking(made.file) == ()
    assert made.codes("note") == {"wrong_state"}
    assert "已立卷" in made.problems("note")[0].sentence


@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_no_step_is_taken_out_of_its_place(action: str) -> None:
    for state in STATES:
        made = Mediating(mediation_file(state))
        assert ("wrong_state" in made.codes(action)) is (state not in ACTIONS[action].sources)


# --- free will (art. 17) -----------------------------------------------------------------------


def test_both_sides_must_agree_before_anything_is_accepted() -> None:
    made = Mediating(mediation_file(source="proactive"))
    refusal = made.problems("accept")[0]
    assert refusal.code == "not_all_agreed" and refusal.article == "《人民调解法》第十七条"
    assert refusal.sentence == (
        "各方都愿意才能调解，还没有同意的：申请人王**、被申请人赵**。"
    )  # names are masked
    made.take("consent", side="applicant")
    assert "被申请人赵**" in made.offer("accept").missing[0]
    assert "王**" not in made.offer("accept").missing[0]
    made.take("consent", side="respondent")
    assert made.offer("accept").allowed
    made.take("accept")
    assert made.state == "accepted"


def test_an_application_is_the_applicants_own_yes() -> None:
    assert [party.name for party in unanswered(Mediating().file)] == ["赵大河"]


def test_somebody_must_stand_on_either_side() -> None:
    file = mediation_file()
    alone = Mediating(file=type(file)(file.mediation, file.parties[:1], file.steps))
    refusal = alone.problems("accept")[0]
    assert (refusal.code, refusal.sentence) == ("one_side_only", "还没有登记被申请人。")
    assert alone.codes("consent") == {"no_such_party"}
    alone.take("party")
    alone.take("consent")
    assert alone.offer("accept").allowed


def test_one_clear_no_stops_it_and_it_may_be_asked_again() -> None:
    made = Mediating()
    made.take("consent", agrees=False, routes="可以起诉")
    assert made.state == "refused"
    assert made.codes("accept") == {"wrong_state"}
    assert made.codes("session") == {"wrong_state"}
    made.take("consent", agrees=True, how="phone")
    assert made.state == "asked"
    made.take("accept")
    assert made.state == "accepted"


def test_while_one_of_them_refuses_the_yes_of_another_does_not_begin_it() -> None:
    made = Mediating()
    made.take("party", name="赵小溪", side="respondent")
    made.take("consent", party="赵大河", agrees=False)
    made.take("consent", party="赵小溪", agrees=True)
    assert made.state == "refused"
    made.take("consent", party="赵大河", agrees=True)
    assert made.state == "asked" and unanswered(made.file) == ()


def test_who_joins_later_is_asked_too_before_it_goes_on() -> None:
    made = accepted()
    made.take("party", name="赵小溪", side="respondent")
    assert made.codes("session") == {"not_all_agreed"}
    assert "赵小溪" not in made.problems("session")[0].sentence
    made.take("consent", party="赵小溪")
    made.take("session")
    assert made.state == "session"


def test_a_party_may_say_no_while_it_is_being_mediated() -> None:
    made = accepted()
    made.take("session")
    made.take("consent", side="applicant", agrees=False)
    assert made.state == "refused"
    assert made.duties["mediation"].done_on is not None


def test_an_answer_is_of_somebody_on_that_side() -> None:
    made = Mediating()
    assert made.codes("consent", party="王桂芳") == {"no_such_party"}
    assert made.codes("consent", party="赵 大河") == set()


# --- the parties -------------------------------------------------------------------------------


def test_parties_are_completed_added_and_taken_out_with_a_reason() -> None:
    made = Mediating()
    made.take("party")
    assert made.file.parties[1].phone == "13900001111"
    assert "added" not in made.file.steps[-1].data
    made.take("party", name="钱小一", side="respondent")
    assert made.file.steps[-1].data["added"] is True
    assert made.codes("party", name="钱小一", removed=True) == {"field_missing"}
    assert made.codes("party", name="孙不在", removed=True, reason="写错") == {"no_such_party"}
    made.take("party", name="钱小一", removed=True, reason="写错了人")
    assert [party.name for party in made.file.parties] == ["王桂芳", "赵大河"]


def test_an_agreement_fixes_who_they_are() -> None:
    made = agreed()
    assert made.codes("party", name="钱小一") == {"parties_fixed"}
    assert made.codes("party", removed=True, reason="x") == {"parties_fixed"}
    assert made.codes("party", side="applicant") == {"parties_fixed"}
    made.take("party", address="柳溪村 6 组")


# --- acceptance --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value", "code", "sentence", "article"),
    [
        ("rights_told", False, "not_rights_told", "受理时要告知当事人的权利和义务。", "第二十三条"),
        ("free_told", False, "not_free_told", "受理时要告诉当事人：调解不收任何费用。", "第四条"),
        ("mediators", [], "no_mediator", "还没有定人民调解员。", "第十九条"),
        ("identity", [{"name": "孙不在", "document": "身份证"}], "no_such_party",
         "身份核验里的“孙不在”不是当事人。", ""),
    ],
)  # fmt: skip
def test_acceptance_tells_rights_and_that_it_is_free(
    field: str, value: object, code: str, sentence: str, article: str
) -> None:
    made = Mediating()
    made.take("consent")
    (refusal,) = made.problems("accept", **{field: value})
    assert (refusal.code, refusal.sentence, refusal.field) == (code, sentence, field)
    assert article in refusal.article and refusal.mend


def test_acceptance_keeps_the_mediators_that_were_chosen_at_the_beginning() -> None:
    made = Mediating(mediation_file(mediators=("何建平",), recorder="李四维"))
    made.take("consent")
    made.take("accept", mediators=None)
    assert made.file.mediation.mediators == ("何建平",)
    assert made.file.mediation.recorder == "李四维"


# --- sessions ----------------------------------------------------------------------------------


def test_others_are_invited_only_with_the_parties_consent() -> None:
    made = accepted()
    (refusal,) = made.problems("session", invited=["王桂芳的舅舅"])
    assert refusal.sentence == "邀请别人参加，要各方当事人都同意。"
    assert refusal.article == "《人民调解法》第二十条"
    made.take("session", invited=["王桂芳的舅舅"], invited_consent=True)


def test_a_party_that_wants_it_closed_has_it_closed() -> None:
    made = Mediating()
    made.take("consent")
    made.take("accept", closed=True)
    assert made.codes("session", public=True) == {"closed_session"}
    assert made.codes("session") == set()


def test_only_parties_and_their_agents_are_present_as_such() -> None:
    made = accepted()
    assert made.codes("session", present=["王小军", "赵大河"]) == {"not_a_party"}
    made.take("agent")
    made.take("session", present=["王小军", "赵大河"])
    made.take("session")
    assert made.file.steps[-1].data["present"] == ["王桂芳", "赵大河"]


def test_a_session_that_fails_ends_it_and_tells_the_other_routes() -> None:
    made = accepted()
    (refusal,) = made.problems("session", result="failed")
    assert (refusal.code, refusal.article) == ("routes_not_told", "《人民调解法》第二十六条")
    made.take("session", result="failed", routes="可以向青石法庭起诉")
    assert made.state == "failed"


def test_failing_and_ending_tell_the_other_routes() -> None:
    for action, state in (("fail", "failed"), ("end", "ended")):
        made = accepted()
        (refusal,) = made.problems(action, told=False)
        assert refusal.article == "《人民调解法》第二十六条"
        made.take(action)
        assert made.state == state


def test_a_party_ends_it_without_giving_a_reason() -> None:
    made = accepted()
    made.take("end", {"side": "applicant", "told": True})
    assert ACTIONS["end"].article == "《人民调解法》第二十三条"
    assert MEDIATIONS.name_of(made.state) == "当事人要求终止"


# --- the file ----------------------------------------------------------------------------------


def test_what_the_file_still_lacks() -> None:
    made = Mediating()
    assert lacking(made.file) == (
        "当事人权利义务告知书", "当事人身份证明", "人民调解记录", "人民调解协议书", "封底",
    )  # fmt: skip
    made = accepted()
    assert lacking(made.file) == ("人民调解记录", "人民调解协议书", "封底")
    made.take("fail")
    assert lacking(made.file) == ("人民调解记录", "封底")
    assert [paper.no for paper in file_papers(made.file)] == list(range(1, 14))


def test_a_mediation_that_was_refused_needs_no_more_than_its_application() -> None:
    made = Mediating()
    made.take("consent", agrees=False)
    assert lacking(made.file) == ("封底",)
    made.take("archive")
    assert made.state == "filed"


def test_filing_names_what_lacks_unless_that_is_explained() -> None:
    made = Mediating()
    made.take("consent", on="2026-09-02")
    made.take("accept", on="2026-09-03", identity=[])
    made.take("agreement", form="oral", on="2026-09-04", sealed=None, signed_by=[])
    assert made.codes("archive") == {"not_followed", "file_lacks"}
    assert made.offer("archive").missing == ("还没有回访。",)
    made.take("follow")
    (refusal,) = made.problems("archive")
    assert refusal.sentence == (
        "卷里还缺：当事人身份证明、人民调解记录、第 1 项还没有履行、第 2 项还没有履行。"
    )
    assert refusal.article == "《人民调解法》第二十七条" and refusal.field == "explained"
    made.take("archive", explained="赵大河外出务工，费用已由其弟代付，收条存村里")
    assert made.state == "filed"
    assert "卷宗情况说明" not in lacking(made.file)


def test_what_is_shown_masks_the_sides_and_their_agents() -> None:
    made = accepted()
    made.take("party")
    made.take("agent", agents=[{"name": "王小军", "phone": "13822223333"}])
    text = masked(made.file, "王桂芳与赵大河(13900001111)、王小军(13822223333)谈妥")
    assert text == "王**与赵**(139****1111)、王**(138****3333)谈妥"


# --- who may -----------------------------------------------------------------------------------


def test_a_village_mediates_and_voids_nothing_a_leader_notes_a_supervisor_reads() -> None:
    liaison = Mediating(roles=frozenset({"liaison"}))
    assert liaison.codes("consent") == set() and liaison.codes("void") == {"not_permitted"}
    assert "信访专干" in liaison.problems("void")[0].sentence
    leader = Mediating(roles=frozenset({"leader"}))
    assert leader.codes("note") == set() and leader.codes("consent") == {"not_permitted"}
    supervisor = Mediating(roles=frozenset({"supervisor"}))
    assert all(supervisor.codes(action) & {"not_permitted", "wrong_state"} for action in ACTIONS)


def test_no_step_is_dated_before_what_it_follows() -> None:
    made = accepted()
    assert made.codes("session", on="2026-09-02") == {"before_step"}
    assert made.codes("note", on="2026-08-31") == {"before_receipt"}
    assert made.codes("note", on="2026-09-22") == {"date_in_future"}
