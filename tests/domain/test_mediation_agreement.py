"""The agreement (调解协议): what it must hold, who signs it, from when it binds, what it never holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.domain.mediation_cases import CLEAN, LAWFUL, Mediating, accepted, agreed
from xinfang_desktop.domain.mediation_reading import effective_on, items

WAIVER = "王桂芳今后不再以任何理由上访"


def ready() -> Mediating:
    """A session on the 5th came to terms."""
    made = accepted()
    made.take("session", on="2026-09-05", result="agreed")
    return made


# --- no right is given away --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("facts", f"排水沟堵了。{WAIVER}。"),
        ("responsibility", f"双方各半；{WAIVER}"),
        ("items", [CLEAN, {"what": WAIVER}]),
        ("items", [{**CLEAN, "how": WAIVER}]),
        ("note", WAIVER),
    ],
)
def test_a_clause_that_waives_petitioning_is_quoted_and_refused(field: str, value: Any) -> None:
    made = ready()
    refusals = [p for p in made.problems("agreement", **{field: value}) if p.code == "waiver"]
    assert [refusal.field for refusal in refusals] == [field]
    assert f"“{WAIVER}”" in refusals[0].sentence
    assert refusals[0].sentence.startswith("调解协议不能要当事人放弃信访、投诉的权利：")
    assert (
        "《宪法》第四十一条" in refusals[0].article
        and "《人民调解法》第三条" in refusals[0].article
    )
    assert "删去" in refusals[0].mend
    assert made.state == "session"


@pytest.mark.parametrize("said", [False, None])
def test_only_a_plain_yes_confirms_that_it_is_none(said: bool | None) -> None:
    made = ready()
    asked = {"items": [CLEAN, {"what": WAIVER}], "not_a_waiver": said}
    assert made.codes("agreement", **asked) == {"waiver"}
    asked["not_a_waiver"] = True
    made.take("agreement", **asked)
    assert made.state == "agreed"
    assert made.file.steps[-1].data["not_a_waiver"] is True, "the confirmation is on record"


def test_a_clause_that_keeps_the_right_is_no_waiver() -> None:
    made = ready()
    kept = "本协议不影响当事人依法信访的权利"
    assert made.codes("agreement", items=[CLEAN, {"what": kept}]) == set()


# --- drafted first, then printed and signed ----------------------------------------------------

SIGNED = {"form": "written", "signed_by": ["王桂芳", "赵大河"], "sealed": True}


def test_what_was_drafted_need_not_be_typed_again() -> None:
    made = ready()
    assert made.codes("agreement", SIGNED) == {"field_missing"}
    made.take("draft", amount="800", about_status=False)
    assert made.state == "session" and made.file.steps[-1].data["copies"] == 3
    made.take("agreement", SIGNED)
    data = made.file.steps[-1].data
    assert data["facts"] == LAWFUL["draft"]["facts"] and data["amount"] == 80000
    assert [item.no for item in items(made.file)] == [1, 2]


def test_the_newest_draft_counts_and_what_is_typed_stands_before_it() -> None:
    made = ready()
    made.take("draft")
    made.take("draft", facts="各方说法一致了。", items=[CLEAN])
    made.take("agreement", SIGNED, facts="当场改了一句。")
    assert made.file.steps[-1].data["facts"] == "当场改了一句。"
    assert len(items(made.file)) == 1


def test_a_draft_holds_no_waiver_either_and_what_was_confirmed_of_it_holds() -> None:
    made = ready()
    waiving = {"items": [CLEAN, {"what": WAIVER}]}
    assert made.codes("draft", **waiving) == {"waiver"}
    made.take("draft", **waiving, not_a_waiver=True)
    assert made.codes("agreement", SIGNED, facts=f"另外，{WAIVER}。") == {"waiver"}
    assert made.codes("agreement", SIGNED) == set()


# --- signed, sealed, copied (art. 29) ----------------------------------------------------------


@pytest.mark.parametrize(
    ("over", "code", "sentence"),
    [
        ({"signed_by": ["王桂芳"]}, "not_signed", "还没有签名的当事人：赵**。"),
        ({"signed_by": []}, "not_signed", "还没有签名的当事人：王**、赵**。"),
        ({"sealed": False}, "not_sealed", "还没有盖调解委员会的印章。"),
        ({"sealed": None}, "not_sealed", "还没有盖调解委员会的印章。"),
        ({"copies": 2}, "too_few_copies", "协议书要 3 份：当事人各一份，调解委员会留一份。"),
        ({"signed_by": ["王桂芳", "赵大河", "孙不在"]}, "may_not_sign",
         "“孙不在”不是当事人，也没有签署调解协议的授权。"),
    ],
)  # fmt: skip
def test_a_written_agreement_is_signed_sealed_and_copied(
    over: dict[str, Any], code: str, sentence: str
) -> None:
    (refusal,) = ready().problems("agreement", **over)
    assert (refusal.code, refusal.sentence) == (code, sentence)
    assert refusal.article == "《人民调解法》第二十九条"


def test_a_mediator_signs_it() -> None:
    made = ready()
    made.file = replace(made.file, mediation=replace(made.file.mediation, mediators=()))
    assert made.codes("agreement", mediators=[]) == {"mediator_not_signed"}
    assert made.codes("agreement", mediators=["何建平"]) == set()


def test_an_agent_signs_only_with_a_mandate_that_says_so_and_still_holds() -> None:
    signed = ["王小军", "赵大河"]
    made = ready()
    assert made.codes("agreement", signed_by=signed) == {"not_signed", "may_not_sign"}
    made.take("agent", scope=["apply", "state"])
    assert made.codes("agreement", signed_by=signed) == {"not_signed", "may_not_sign"}
    made.take("agent", from_on="2026-09-01", until_on="2026-09-08")
    assert made.codes("agreement", signed_by=signed, on="2026-09-10") == {
        "not_signed",
        "may_not_sign",
    }
    assert made.codes("agreement", signed_by=signed, on="2026-09-08") == set()


def test_a_mandate_is_of_a_party_and_ends_after_it_begins() -> None:
    made = accepted()
    assert made.codes("agent", principal="孙不在") == {"no_such_party"}
    crossed = {"from_on": "2026-09-10", "until_on": "2026-09-01"}
    assert made.codes("agent", **crossed) == {"dates_crossed"}


def test_copies_are_one_each_and_one_for_the_committee() -> None:
    assert agreed().file.steps[-1].data["copies"] == 3


# --- from when it binds ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "over", "day"),
    [
        ("oral", {"sealed": None, "signed_by": []}, "2026-09-10"),
        ("written", {}, "2026-09-10"),
        ("written", {"sealed_on": "2026-09-12"}, "2026-09-12"),
        ("written", {"signed_on": "2026-09-13", "sealed_on": "2026-09-12"}, "2026-09-13"),
        ("written", {"signed_on": "2026-09-08", "sealed_on": "2026-09-09"}, "2026-09-09"),
    ],
)  # fmt: skip
def test_an_oral_one_binds_when_reached_a_written_one_when_signed_and_sealed(
    form: str, over: dict[str, Any], day: str
) -> None:
    made = agreed(form, on="2026-09-10", **over)
    step = made.file.last("agreement")
    assert step and effective_on(step) == date.fromisoformat(day)


def test_nobody_signs_in_the_future_or_before_it_was_accepted() -> None:
    made = ready()
    assert made.codes("agreement", sealed_on="2026-09-22") == {"date_in_future"}
    assert made.codes("agreement", signed_on="2026-09-02") == {"before_step"}


def test_nothing_is_promised_for_a_day_that_has_passed() -> None:
    late = [CLEAN, {"what": "付款", "due": "2026-09-09"}]
    (refusal,) = ready().problems("agreement", on="2026-09-10", items=late)
    assert refusal.sentence == "第 2 项的履行期限不能早于这一步的日期。"


def test_an_agreement_says_what_was_agreed() -> None:
    made = ready()
    assert made.codes("agreement", items=[]) == {"field_missing"}
    assert made.codes("agreement", facts="") == {"field_missing"}
    assert LAWFUL["agreement"]["form"] == "written"
    assert made.codes("agreement", form="电子") == {"unknown_choice"}


# --- performance (art. 31) ---------------------------------------------------------------------


def test_each_item_is_done_once_with_its_proof() -> None:
    made = agreed()
    assert made.codes("performance", item=3) == {"no_such_item"}
    assert made.codes("performance", item=0) == {"no_such_item"}
    assert made.codes("performance", proof="") == {"field_missing"}
    made.take("performance", item=2, partly=True, situation="先付 500 元", on="2026-09-12")
    assert made.state == "agreed" and items(made.file)[1].done is None
    made.take("performance", item=2, on="2026-09-14")
    (refusal,) = made.problems("performance", item=2)
    assert refusal.sentence == "第 2 项已经登记履行（2026-09-14）。"
    made.take("performance", item=1, on="2026-09-15")
    assert made.state == "performed"


def test_a_part_of_the_last_item_does_not_end_it() -> None:
    made = agreed(items=[CLEAN])
    made.take("performance", partly=True)
    assert made.state == "agreed"
    made.take("performance")
    assert made.state == "performed"


# --- the court (art. 33) -----------------------------------------------------------------------


def test_both_sides_ask_the_court_together() -> None:
    made = agreed()
    (refusal,) = made.problems("court", joint=False)
    assert refusal.sentence == "司法确认要双方当事人共同申请。"
    assert refusal.article == "《人民调解法》第三十三条"
    assert made.codes("court", court="") == {"field_missing"}
    assert made.codes("court", applied_on="2026-09-09") == {"before_effect"}


def test_the_ruling_is_recorded_later_with_its_number() -> None:
    made = agreed()
    made.take("court", on="2026-09-14")
    assert made.codes("court", {"result": "confirmed"}) == {"field_missing"}
    made.go("2026-11-20").take(
        "court", {"result": "confirmed", "ruling": "（2026）民特1号", "ruled_on": "2026-09-28"}
    )
    said = made.file.steps[-1].data
    assert (said["applied_on"], said["court"]) == ("2026-09-14", "云岭县人民法院")
    assert made.duties["judicial_confirmation"].done_on == date(2026, 9, 14)


def test_a_family_dispute_is_looked_at_for_status_relations() -> None:
    made = Mediating(accepted(category="01").file)
    made.take("agreement", on="2026-09-10")
    (refusal,) = made.problems("court")
    assert (refusal.code, refusal.field) == ("maybe_status", "not_status")
    assert "司法确认程序" in refusal.article
    assert made.codes("court", not_status=False) == {"status_relation"}
    made.take("court", not_status=True)
    assert made.codes("court", {"result": "rejected", "ruling": "（2026）民特2号"}) == set()


def test_an_agreement_about_status_never_goes_to_court() -> None:
    made = agreed(about_status=True)
    assert made.codes("court") == {"status_relation"}
    assert made.codes("court", not_status=True) == {"status_relation"}
    duty = made.duties["judicial_confirmation"]
    assert duty.state_of(date(2026, 9, 21)) == "not_owed" and "身份关系" in duty.note
