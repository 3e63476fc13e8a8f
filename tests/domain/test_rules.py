"""Rule packs: the national periods, and overlays that shorten but never lengthen."""

from __future__ import annotations

import pytest

from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.domain.rules import RulePack, parse_overlay, parse_pack
from xinfang_desktop.places import RESOURCES
from xinfang_desktop.store.reference import load_reference

REFERENCE = load_reference(RESOURCES)
PACK: RulePack = REFERENCE.rules


@pytest.mark.parametrize(
    ("kind", "words", "article"),
    [
        ("notice", "15日", "第二十三条"),
        ("object", "5个工作日", "第二十三条第三款"),
        ("answer", "60日", "第三十四条"),
        ("extend_notice", "当日", "第三十四条"),
        ("simple_accept", "3个工作日", "简易办理"),
        ("simple_answer", "10个工作日", "简易办理"),
        ("review_request", "30日", "第三十五条"),
        ("review_answer", "30日", "第三十五条"),
        ("recheck_request", "30日", "第三十六条"),
        ("recheck_answer", "30日", "第三十六条"),
        ("haves.接", "当日", "本机关规定"),
        ("haves.答", "5个工作日", "本机关规定"),
        ("haves.释", "10个工作日", "本机关规定"),
        ("haves.困", "10个工作日", "本机关规定"),
        ("follow_up", "30日", "本机关规定"),
        ("promise", "约定的日子", "本机关规定"),
        ("assigned_report", "约定的日子", "第二十二条"),
    ],
)
def test_the_national_pack(kind: str, words: str, article: str) -> None:
    rule = PACK[kind]
    assert rule.words == words
    assert article in rule.article


def test_only_the_answer_is_extended_and_only_the_recheck_excludes_hearings() -> None:
    assert {rule.kind: rule.max_extension for rule in PACK if rule.max_extension} == {"answer": 30}
    assert [rule.kind for rule in PACK if rule.hearing_excluded] == ["recheck_answer"]


def test_what_is_not_law_says_so_and_nothing_cites_the_old_regulation() -> None:
    for rule in PACK:
        assert rule.article
        assert (rule.basis == "office") == rule.article.startswith("本机关规定"), rule.kind
        assert "《信访条例》" not in rule.article


def test_an_unknown_kind_is_refused_with_the_known_ones() -> None:
    with pytest.raises(RuleViolation) as refused:
        PACK["稳控"]
    assert "notice" in refused.value.mend
    assert "稳控" not in PACK


def test_the_shipped_example_shortens() -> None:
    local = PACK.with_overlay(REFERENCE.overlays["local-example"])
    assert local["notice"].words == "5个工作日"
    assert local["notice"].ceiling == PACK["notice"]
    assert local["answer"].length == 45
    assert local["answer"].max_extension == 15
    assert local["object"] == PACK["object"]
    assert local.overlay == "local-example"
    assert PACK["notice"].length == 15


@pytest.mark.parametrize(
    ("toml", "numbers"),
    [
        ('kind = "answer"\nlength = 90', ("60日", "90日")),
        ('kind = "notice"\nlength = 16', ("15日", "16日")),
        ('kind = "notice"\nlength = 16\nunit = "workday"', ("15日", "16个工作日")),
        ('kind = "object"\nlength = 6', ("5个工作日", "6个工作日")),
        ('kind = "object"\nlength = 7\nunit = "calendar"', ("5个工作日", "7日")),
        ('kind = "answer"\nlength = 30\nmax_extension = 60', ("30日", "60日")),
        ('kind = "review_request"\nlength = 15', ("30日",)),
        ('kind = "promise"\nlength = 3', ("约定的日子",)),
    ],
)
def test_an_overlay_never_lengthens(toml: str, numbers: tuple[str, ...]) -> None:
    overlay = parse_overlay(f'title = "某地规则"\n[[rule]]\n{toml}\n', "local-x")
    with pytest.raises(RuleViolation) as refused:
        PACK.with_overlay(overlay)
    for number in numbers:
        assert number in refused.value.sentence


@pytest.mark.parametrize(
    "toml",
    [
        "title = ",
        "title = '空'",
        "rule = 3",
        "[[rule]]\nlength = 3",
        "[[rule]]\nkind = 'answer'\nlength = -1",
        "[[rule]]\nkind = 'answer'\nlength = true",
        "[[rule]]\nkind = 'answer'\nlength = '很快'",
        "[[rule]]\nkind = 'answer'\nunit = 'week'",
        "[[rule]]\nkind = 'answer'\nagainst = 'citizen'",
    ],
)
def test_an_overlay_that_cannot_be_read_is_a_sentence(toml: str) -> None:
    with pytest.raises(RuleViolation, match="地方规则包“local-x”"):
        parse_overlay(toml, "local-x")


def test_an_overlay_for_a_period_nobody_knows_is_refused() -> None:
    overlay = parse_overlay("[[rule]]\nkind = 'answr'\nlength = 30", "local-x")
    with pytest.raises(RuleViolation, match="answr"):
        PACK.with_overlay(overlay)


def test_a_shipped_pack_without_an_article_does_not_load() -> None:
    text = (RESOURCES / "rules" / "national-2022.toml").read_text(encoding="utf-8")
    broken = text.replace('article = "《信访工作条例》第二十二条"', 'article = ""', 1)
    with pytest.raises(ValueError, match="forward"):
        parse_pack(broken, "broken")
