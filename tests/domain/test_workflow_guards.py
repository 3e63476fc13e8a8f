"""Every condition of a step, once met and once not: its code, its field and its article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from workflow_cases import ANSWER, ANSWERS, LAWFUL, OFFICE, PEOPLE, Course, around, matter_file

from xinfang_desktop.domain.matter import MatterFile
from xinfang_desktop.domain.records import Intake
from xinfang_desktop.domain.workflow import problems

INQUIRY = {"record": "inquiry", "content": "现场查看"}
STATEMENT = {"record": "statement", "content": "听本人讲经过"}

Case = tuple[str, str, Mapping[str, Any], str, str, str]
REFUSED: tuple[Case, ...] = (
    # state, action, what is changed in the lawful filling, code, field, article
    ("S10", "claim", {"no_interest": False}, "not_no_interest", "no_interest", "第二十八条第三款"),
    ("S10", "claim", {"no_interest": None}, "field_missing", "no_interest", "第二十八条第三款"),
    ("S10", "claim", {"handler": "马小明"}, "person_not_listed", "handler", ""),
    ("S20", "accept", {"handler": "马小明"}, "person_not_listed", "handler", ""),
    ("S10", "supplement", {"missing": []}, "field_missing", "missing", ""),
    ("S31", "convert", {"approved_by": "周敏"}, "may_not_sign", "approved_by", "简易办理"),
    ("S20", "simple", {"excluded": ["crossing"]}, "excluded", "excluded", "简易办理"),
    ("S20", "simple", {"suitable": []}, "field_missing", "suitable", ""),
    ("S20", "forward", {"power_confirmed": False}, "not_power_confirmed", "power_confirmed", "第二十三条第二款"),
    ("S20", "forward", {"unit": "石桥村"}, "maybe_reported", "not_reported", "第三十条"),
    ("S20", "forward", {"not_reported": False}, "not_not_reported", "not_reported", "第三十条"),
    ("S20", "forward", {"mode": "assign"}, "field_missing", "report_due", "第二十二条"),
    ("S20", "forward", {"mode": "assign", "report_due": "2026-09-01"}, "due_before_start", "report_due", ""),
    ("S20", "redirect", {"organ": "其他"}, "too_vague", "organ", "第三十一条"),
    ("S20", "redirect", {"basis": "无"}, "too_vague", "basis", "第三十一条"),
    ("S20", "redirect", {"basis": ""}, "field_missing", "basis", "第三十一条"),
    ("S20", "redirect", {"kind": "legal_route"}, "route_missing", "route", "第三十一条"),
    ("S20", "redirect", {"kind": "legal_route", "route": "other"}, "route_missing", "route", "第三十一条"),
    ("S20", "object", {}, "not_forwarded", "", "第二十三条第三款"),
    ("S25", "objection_upheld", {"confirmed_by": ""}, "field_missing", "confirmed_by", "第二十三条第三款"),
    ("S20", "reply", {"adopted": None}, "field_missing", "adopted", "第二十九条"),
    ("S20", "reply", {"reason": None}, "field_missing", "reason", "第二十九条"),
    ("S31", "reply", {"no_paper": False}, "paper_wanted", "no_paper", "简易办理"),
    ("S20", "final", {"confirmed_by": "周敏"}, "same_person", "confirmed_by", "第三十六条第三款"),
    ("S20", "final", {"confirmed_by": "马小明"}, "person_not_listed", "confirmed_by", ""),
    ("S20", "final", {"review_number": " "}, "field_missing", "review_number", "第三十六条第三款"),
    ("S20", "final", {"review_date": "2026-10-01"}, "date_in_future", "review_date", ""),
    ("S20", "keep", {}, "can_be_told", "", "第二十三条第二款"),
    ("S30", "start", {"content": ""}, "field_missing", "content", ""),
    ("S40", "mediate", {"other_consents": False}, "not_other_consents", "other_consents", "人民调解法"),
    ("S40", "mediate", {"petitioner_consents": "否"}, "not_petitioner_consents", "petitioner_consents", "人民调解法"),
    ("S40", "meeting", {"kind": "four_meet"}, "field_missing", "receiver", ""),
    ("S40", "meeting", {"petitioner_assents": False}, "field_missing", "refusal_reason", ""),
    ("S40", "hearing", {"from": "2026-09-01"}, "bad_span", "to", ""),
    ("S40", "hearing", {"from": "2026-09-03", "to": "2026-09-01"}, "bad_span", "to", ""),
    ("S40", "hearing", {"held_on": "2026-09-30"}, "date_in_future", "held_on", ""),
    ("S40", "promise", {"due": "2026-09-20"}, "due_before_start", "due", ""),
    ("S40", "notify", {"recipient": ""}, "field_missing", "recipient", ""),
    ("S40", "notify", {"form": "V02"}, "field_missing", "recipient", ""),
    ("S40", "assign", {"due": "2026-09-01"}, "due_before_start", "due", ""),
    ("S40", "extend", {"days": 31}, "extension_used_up", "days", "第三十四条"),
    ("S40", "extend", {"days": 0}, "extension_used_up", "days", "第三十四条"),
    ("S40", "extend", {"reason": ""}, "field_missing", "reason", "第三十四条"),
    ("S40", "extend", {"approved_by": "周敏"}, "may_not_sign", "approved_by", "第三十四条"),
    ("S40", "draft", {}, "not_heard", "", "第三十一条第六项"),
    ("S40", "draft", {}, "no_inquiry", "", "第三十一条第六项"),
    ("S31", "draft", {"answers": [{"no": 3}]}, "no_such_claim", "answers", "第三十二条"),
    ("S31", "draft", {"answers": [{"no": 1}, {"no": 1}]}, "no_such_claim", "answers", "第三十二条"),
    ("S50", "return_draft", {"reason": ""}, "field_missing", "reason", ""),
    ("S50", "sign", {}, "claims_unanswered", "", "第三十二条"),
    ("S50", "sign", {"signer": "周敏"}, "may_not_sign", "signer", ""),
    ("S50", "sign", {"signer": "马小明"}, "person_not_listed", "signer", ""),
    ("S55", "send", {"method": ""}, "field_missing", "method", ""),
    ("S55", "serve", {"recipient": ""}, "field_missing", "recipient", ""),
    ("S55", "serve", {"proof": ""}, "field_missing", "proof", ""),
    ("S55", "serve", {"method": "left", "reason": "拒收"}, "no_witness", "witnesses", ""),
    ("S55", "serve", {"method": "留置送达", "witnesses": ["何建平"]}, "field_missing", "reason", ""),
    ("S55", "serve", {"method": "public"}, "field_missing", "reason", ""),
    ("S55", "serve", {"method": "electronic"}, "no_consent", "consented", ""),
    ("S55", "serve", {"recipient": "赵小兰"}, "field_missing", "relation", ""),
    ("S65", "follow", {"tasks": []}, "field_missing", "tasks", "第三十二条第二款"),
    ("S65", "follow", {"tasks": [{"what": "修沟", "unit": "石桥村", "due": "2026-09-01"}]}, "due_before_start", "tasks", ""),
    ("S65", "fulfil", {}, "no_such_task", "task", ""),
    ("S65", "close", {"checked": False}, "not_checked", "checked", "第三十四条"),
    ("S80", "review_result", {"number": ""}, "field_missing", "number", "第三十六条"),
    ("S75", "reopen", {"leader": "何建平"}, "may_not_sign", "leader", ""),
    ("S75", "archive", {"catalogue_complete": False}, "not_catalogue_complete", "catalogue_complete", ""),
    ("S20", "merge", {"into": "20260724-A0003"}, "no_such_matter", "into", ""),
    ("S20", "merge", {"into": "20260101-A0009"}, "no_such_matter", "into", ""),
    ("S20", "merge", {"told_how": ""}, "field_missing", "told_how", "第二十三条"),
    ("S40", "split", {"claims": [1, 2]}, "no_such_claim", "claims", ""),
    ("S40", "split", {"claims": [7]}, "no_such_claim", "claims", ""),
    ("S40", "withdraw", {"voluntary": False}, "not_voluntary", "voluntary", "第十八条第四款"),
    ("S40", "withdraw", {"statement": ""}, "field_missing", "statement", ""),
    ("S40", "withdraw", {"recorded_by": "周敏"}, "handler_records", "recorded_by", ""),
    ("S10", "void", {"reason": ""}, "field_missing", "reason", ""),
)  # fmt: skip


@pytest.mark.parametrize(("state", "action", "change", "code", "field", "article"), REFUSED)
def test_a_condition_refuses(
    state: str, action: str, change: Mapping[str, Any], code: str, field: str, article: str
) -> None:
    course = Course(matter_file(state), around(others={"20260601-A0001": "S40"}))
    data = {**LAWFUL[action], **change}
    found = problems(course.file, action, data, course.around)
    refusal = next((p for p in found if p.code == code and p.field == field), None)
    assert refusal is not None, [(p.code, p.field) for p in found]
    assert refusal.sentence.endswith("。")
    assert article in refusal.article


def handled() -> Course:
    course = Course(matter_file("S40", owner="周敏"))
    course.take("note", STATEMENT)
    course.take("note", INQUIRY)
    return course


def test_a_draft_needs_a_hearing_of_the_person_and_an_inquiry() -> None:
    course = Course(matter_file("S40"))
    assert course.offer("draft").missing == (
        "还缺：听取陈述记录 1 份。",
        "还缺：调查核实记录 1 份。",
    )
    course.take("note", record="not_heard", content="三次电话无人接听")
    assert course.offer("draft").missing == ("还缺：调查核实记录 1 份。",)
    course.take("note", INQUIRY)
    assert course.offer("draft").allowed


def test_a_meeting_with_the_person_counts_as_hearing_her() -> None:
    course = Course(matter_file("S40"))
    course.take(
        "meeting", {**LAWFUL["meeting"], "petitioner_present": False, "refusal_reason": "住院"}
    )
    assert "not_heard" in course.codes("draft")
    course.take("meeting", LAWFUL["meeting"])
    assert course.codes("draft") == {"no_inquiry"}


def test_a_refused_nod_is_recorded_with_its_reason() -> None:
    course = Course(matter_file("S40"))
    course.take("meeting", {
        **LAWFUL["meeting"], "kind": "four_meet", "receiver": "周敏", "handler": "何建平",
        "supervisor": "刘志远", "petitioner_assents": False, "refusal_reason": "嫌赔得少",
    })  # fmt: skip
    assert course.file.steps[-1].data["petitioner_assents"] is False


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ([{"no": 1, **ANSWER}], "还缺：第 2 项诉求的答复。"),
        (
            [{"no": 1, **ANSWER}, {"no": 2, "outcome": "refused"}],
            "第 2 项诉求的答复还缺：查明的事实、依据。",
        ),
    ],
)
def test_an_opinion_is_signed_only_when_every_request_is_answered(
    answers: list[Mapping[str, Any]], sentence: str
) -> None:
    course = handled()
    course.take("draft", answers=answers)
    assert course.offer("sign").missing == (sentence,)
    course.take("return_draft", LAWFUL["return_draft"])
    course.take("draft", ANSWERS)
    assert course.offer("sign").allowed


def test_who_drafted_does_not_sign() -> None:
    course = handled()
    course.take("draft", ANSWERS, drafter="刘 志远")
    assert "drafter_signs" in course.codes("sign", LAWFUL["sign"])
    assert course.offer("sign").missing == ("单位人员名单里没有可以签发的人。",)


def test_an_opinion_names_the_review_organ() -> None:
    course = handled()
    course.take("draft", ANSWERS)
    course.around = around(office=replace(OFFICE, review_organ=""))
    assert course.codes("sign", LAWFUL["sign"]) == {"review_organ_missing"}
    course.take("sign", LAWFUL["sign"], review_organ="云岭县人民政府")


def test_extensions_add_up_to_thirty_days_at_most() -> None:
    course = Course(matter_file("S40"))
    course.take("extend", LAWFUL["extend"], days=20)
    assert "extension_used_up" in course.codes("extend", LAWFUL["extend"], days=11)
    course.take("extend", LAWFUL["extend"], days=10)
    assert course.offer("extend").missing == ("已经延长 30 日，累计不得超过 30 日，不能再延。",)


def test_an_extension_is_approved_before_the_period_ends() -> None:
    course = Course(matter_file("S40"), around(answer_due=date(2026, 9, 20)))
    assert course.codes("extend", LAWFUL["extend"]) == {"extension_late"}
    assert not course.codes("extend", LAWFUL["extend"], on="2026-09-20")


def test_an_objection_is_for_what_came_from_above_and_late_only_with_a_reason() -> None:
    course = Course(matter_file("S20", origin="assigned"), around(object_due=date(2026, 7, 31)))
    assert course.codes("object", LAWFUL["object"]) == {"late_objection"}
    assert not course.codes("object", LAWFUL["object"], on="2026-07-31")
    decision = course.take("object", LAWFUL["object"], late_reason="来文压在收发室")
    assert decision.data["late"] is True


def test_late_acceptance_is_allowed_and_marked() -> None:
    course = Course(matter_file("S20"), around(notice_due=date(2026, 8, 10)))
    assert "late" not in course.take("accept", on="2026-08-10").data
    course = Course(matter_file("S20"), around(notice_due=date(2026, 8, 10)))
    assert course.take("accept", on="2026-08-11").data["late"] is True


def test_a_late_request_for_review_is_marked_and_passed_on() -> None:
    course = Course(matter_file("S75"), around(review_due=date(2026, 9, 1)))
    assert course.take("review").data == {"organ": "云岭县人民政府", "late": True}


@pytest.mark.parametrize(
    ("nature", "action"),
    [("suggestion", "accept"), ("suggestion", "simple"), ("appeal", "reply"), ("appeal", "seal")],
)
def test_the_nature_decides_the_way(nature: str, action: str) -> None:
    around_ = around(roles=frozenset({"officer", "sealed"}))
    course = Course(matter_file("S20", nature=nature), around_)
    assert not course.offer(action).allowed
    course.take("sort", nature={"suggestion": "appeal", "appeal": "suggestion"}[nature])
    assert course.offer(action).allowed == (action != "seal")


def test_an_accusation_is_not_withdrawn() -> None:
    course = Course(matter_file("S40", nature="accusation"))
    assert course.codes("withdraw", LAWFUL["withdraw"]) == {"accusation_goes_on"}


@pytest.mark.parametrize("way", ["claim", "accept", "assign"])
def test_who_declared_an_interest_stands_back(way: str) -> None:
    state, key = {
        "claim": ("S10", "handler"),
        "accept": ("S20", "handler"),
        "assign": ("S40", "person"),
    }[way]
    file = matter_file(state)
    related = replace(file, parties=(replace(file.parties[0], name="王桂芳"),))
    assert "recusal" in Course(related).codes(way, LAWFUL[way], **{key: "何建平"})
    assert not Course(file).codes(way, LAWFUL[way], **{key: "何建平"})


def test_supported_requests_are_followed_before_closing() -> None:
    course = handled()
    for action in ("draft", "sign", "serve"):
        course.take(action, LAWFUL[action])
    assert course.offer("close").missing == ("还缺：支持的诉求由谁、什么时候落实。",)
    course.take("follow", LAWFUL["follow"])
    assert course.offer("close").allowed


def test_nothing_is_followed_where_nothing_was_supported() -> None:
    course = handled()
    course.take("draft", answers=[{"no": no, **ANSWER, "outcome": "explained"} for no in (1, 2)])
    for action in ("sign", "serve"):
        course.take(action, LAWFUL[action])
    assert not course.offer("follow").allowed
    assert course.offer("close").allowed


def test_a_task_and_a_promise_are_fulfilled_once() -> None:
    course = Course(matter_file("S70"))
    course.take("promise", LAWFUL["promise"])
    course.take("follow", LAWFUL["follow"])
    assert course.codes("fulfil", LAWFUL["fulfil"], task="fulfil:2") == {"no_such_task"}
    for key in ("fulfil:1", "promise:1"):
        course.take("fulfil", LAWFUL["fulfil"], task=key)
        assert course.codes("fulfil", LAWFUL["fulfil"], task=key) == {"no_such_task"}


def test_a_confidential_matter_tells_only_the_competent_line() -> None:
    row = {"level": "village", "line": "supervisor", "name": "何建平"}
    data = {"form": "V02", "method": "电话", "told": [row]}
    assert not Course(matter_file("S40")).codes("notify", data)
    assert Course(matter_file("S40", confidential=True)).codes("notify", data) == {"confidential"}


def _again(file: MatterFile) -> MatterFile:
    second: Intake = replace(file.intakes[0], id="i2", first=False)
    return replace(file, intakes=(*file.intakes, second))


def test_the_simple_procedure_is_switched_on_and_not_for_repeats() -> None:
    assert Course(matter_file("S20")).offer("simple").allowed
    off = around(office=replace(OFFICE, simple_procedure=False))
    assert Course(matter_file("S20"), off).codes("simple", LAWFUL["simple"]) == {"simple_off"}
    assert Course(_again(matter_file("S20"))).codes("simple", LAWFUL["simple"]) == {"repeat"}


def test_one_request_cannot_be_split() -> None:
    file = matter_file("S40")
    one = Course(replace(file, claims=file.claims[:1]))
    assert one.codes("split", claims=[1]) == {"one_claim", "no_such_claim"}


def test_a_matter_is_not_merged_into_itself_by_its_short_number() -> None:
    course = Course(matter_file("S20"), around(others={"A0003": "S20", "20260724-A0003": "S20"}))
    found = problems(course.file, "merge", {**LAWFUL["merge"], "into": "A0003"}, course.around)
    assert [p.sentence for p in found] == ["不能并入自己。"]


def test_merging_into_what_has_ended_is_refused() -> None:
    course = Course(matter_file("S20"), around(others={"20260601-A0001": "T12"}))
    assert course.codes("merge", LAWFUL["merge"]) == {"no_such_matter"}


@pytest.mark.parametrize(
    ("day", "code"), [("2026-09-22", "date_in_future"), ("2026-07-23", "before_receipt")]
)
def test_a_step_counts_for_a_day_between_receipt_and_today(day: str, code: str) -> None:
    course = Course(matter_file("S20"))
    assert course.codes("accept", on=day) == {code}
    assert not course.codes("accept", on="2026-07-24")


def test_service_is_not_dated_before_the_signature() -> None:
    course = handled()
    course.take("draft", ANSWERS)
    course.take("sign", LAWFUL["sign"], on="2026-09-10")
    assert course.codes("serve", LAWFUL["serve"], on="2026-09-09") == {"before_step"}
    assert not course.codes("serve", LAWFUL["serve"], on="2026-09-10")


def test_nobody_may_sign_in_an_office_without_a_list() -> None:
    course = handled()
    course.take("draft", ANSWERS)
    course.around = around(people=PEOPLE[:1])
    assert course.offer("sign").missing == ("单位人员名单里没有可以签发的人。",)
