"""Grades of a dispute: what is proposed and why, what ledgers call them, files an office spoils."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.domain.grades import GradeTable, money, read_grades
from xinfang_desktop.places import RESOURCES
from xinfang_desktop.store.reference import load_reference

FILE = RESOURCES / "rules" / "dispute_grades.toml"
SHIPPED = FILE.read_text(encoding="utf-8")
GRADES = read_grades(SHIPPED)

YUAN = 100
WAN = 10_000 * YUAN


def changed(old: str, new: str) -> str:
    """The shipped file with one place written otherwise."""
    assert SHIPPED.count(old) == 1, old
    return SHIPPED.replace(old, new)


@pytest.mark.parametrize(
    ("people", "cents", "signs", "level", "word"),
    [
        (0, 0, {}, 1, "简单"),
        (2, 3 * WAN - 1, {}, 1, "简单"),
        (3, 0, {}, 2, "一般"),
        (1, 3 * WAN, {}, 2, "一般"),
        (1, 0, {"urgent": True}, 2, "一般"),
        (9, 10 * WAN - 1, {}, 2, "一般"),
        (10, 0, {}, 3, "复杂"),
        (0, 10 * WAN, {}, 3, "复杂"),
        (2, 0, {"crossing": True}, 3, "复杂"),
        (30, 0, {}, 4, "疑难"),
        (1, 50 * WAN, {}, 4, "疑难"),
        (1, 0, {"danger": True}, 4, "疑难"),
    ],
)
def test_each_threshold_leads_to_its_grade(
    people: int, cents: int, signs: dict[str, bool], level: int, word: str
) -> None:
    proposed = GRADES.propose(people, cents, **signs)
    assert (proposed.level, proposed.word) == (level, word)


def test_the_reasons_quote_what_is_reached_the_gravest_first() -> None:
    assert GRADES.propose(12).reasons == ("涉及 12 人，达到 10 人以上：复杂",)
    assert GRADES.propose(12, 52_000 * YUAN, urgent=True, danger=True).reasons == (
        "可能危及当事人的人身安全：疑难",
        "涉及 12 人，达到 10 人以上：复杂",
        "涉及金额 5.2 万元，达到 3 万元以上：一般",
        "情况紧急：一般",
    )
    assert GRADES.propose(crossing=True).reasons == ("牵涉几个村（社区）或者几个单位：复杂",)
    assert GRADES.propose(2).reasons == ("没有达到“一般”以上的任何一条标准：简单",)


@given(
    people=st.integers(0, 2_000), more_people=st.integers(0, 2_000),
    cents=st.integers(0, 2 * 50 * WAN), more_cents=st.integers(0, 2 * 50 * WAN),
    before=st.tuples(st.booleans(), st.booleans(), st.booleans()),
    added=st.tuples(st.booleans(), st.booleans(), st.booleans()),
)  # fmt: skip
def test_more_people_money_or_signs_never_give_a_lower_grade(
    people: int, more_people: int, cents: int, more_cents: int,
    before: tuple[bool, bool, bool], added: tuple[bool, bool, bool],
) -> None:  # fmt: skip
    both = [a or b for a, b in zip(before, added, strict=True)]
    small = GRADES.propose(people, cents, *before)
    large = GRADES.propose(people + more_people, cents + more_cents, *both)
    assert 1 <= small.level <= large.level <= 4
    assert small.reasons
    assert all(reason.endswith("：" + GRADES.word(level)) for reason, level in _said(small.reasons))


def _said(reasons: tuple[str, ...]) -> list[tuple[str, int]]:
    return [(reason, GRADES.level_of(reason.rpartition("：")[2])) for reason in reasons]


@pytest.mark.parametrize(
    ("written", "level"),
    [
        ("简单", 1), ("绿色", 1), ("绿", 1), ("蓝", 1), ("低", 1), ("低风险", 1),
        ("一般", 2), ("黄", 2), ("中", 2), ("普通", 2), (" 黄 色 ", 2),
        ("复杂", 3), ("橙色", 3), ("高", 3), ("高风险", 3),
        ("疑难", 4), ("红", 4), ("红色预警", 4), ("重大", 4), ("疑难复杂", 4),
        ("一级", 0), ("四级", 0), ("Ⅲ级", 0), ("较大", 0), ("A", 0), ("3", 0), ("", 0), ("老户", 0),
    ],
)  # fmt: skip
def test_ledgers_words_are_known_and_what_is_ambiguous_is_not_guessed(
    written: str, level: int
) -> None:
    assert GRADES.level_of(written) == level


def test_a_level_has_its_word_and_none_has_none() -> None:
    assert [GRADES.word(level) for level in range(6)] == ["", "简单", "一般", "复杂", "疑难", ""]
    assert all(GRADES.level_of(grade.word) == grade.level for grade in GRADES.grades)


@pytest.mark.parametrize(
    ("cents", "words"),
    [
        (0, "0 元"), (1, "0.01 元"), (98_050, "980.5 元"), (100_000, "1000 元"), (WAN, "1 万元"),
        (52_000 * YUAN, "5.2 万元"), (5_211_100, "52111 元"), (50 * WAN, "50 万元"),
        (100 * WAN, "100 万元"),
    ],
)  # fmt: skip
def test_money_is_said_as_one_says_it(cents: int, words: str) -> None:
    assert money(cents) == words


def test_an_office_sets_its_own_words_and_thresholds() -> None:
    local = changed("people = 10\n", "people = 5\n").replace("yuan = 30000\n", "yuan = 2999.50\n")
    grades = read_grades("\ufeff" + local)
    assert grades.propose(5).reasons == ("涉及 5 人，达到 5 人以上：复杂",)
    assert grades.propose(0, 299_950).reasons == ("涉及金额 2999.5 元，达到 2999.5 元以上：一般",)
    assert grades.propose(0, 299_949).level == 1
    assert grades.document.startswith("工作惯例")


REFUSED = {
    "no TOML": ("= 矛盾", "第 1 行的写法不对"),
    "unfinished": ('title = """', "文件没有写完"),
    "empty": ("", "要写满四级"),
    "three grades": (SHIPPED[: SHIPPED.rindex("[[grade]]")], "要写满四级"),
    "not a list": ("grade = 4", "要写满四级"),
    "not tables": ("grade = [1, 2, 3, 4]", "第 1 条不是一段"),
    "strange head": ("titel = 1\n" + SHIPPED, "看不懂的项目 titel"),
    "strange key": (changed("people = 10", "renshu = 10"), "第 3 条“复杂”有看不懂的项目 renshu"),
    "no word": (changed('word = "复杂"', 'word = " "'), "第 3 条没有写 word"),
    "level out of turn": (changed("level = 3", "level = 5"), "第 3 条“复杂”的 level 应写 3"),
    "level in words": (changed("level = 1", "level = true"), "第 1 条“简单”的 level 应写 1"),
    "half a person": (changed("people = 10", "people = 9.5"), "第 3 条“复杂”的 people 应写人数"),
    "nobody": (changed("people = 10", "people = 0"), "第 3 条“复杂”的 people 应写人数"),
    "people in words": (changed("people = 10", 'people = "十"'), "第 3 条“复杂”的 people"),
    "free": (changed("yuan = 100000", "yuan = 0"), "第 3 条“复杂”的 yuan"),
    "a third of a fen": (changed("yuan = 100000", "yuan = 0.333"), "第 3 条“复杂”的 yuan"),
    "no number": (changed("yuan = 100000", "yuan = nan"), "第 3 条“复杂”的 yuan"),
    "endless": (changed("yuan = 100000", "yuan = 1e999999999"), "第 3 条“复杂”的 yuan"),
    "fewer people are graver": (changed("people = 30", "people = 10"), "“疑难”的 people（人数）应比“复杂”"),
    "less money is graver": (changed("yuan = 500000", "yuan = 99"), "“疑难”的 yuan（金额）应比“复杂”"),
    "a sign twice": (changed("danger = true", "urgent = true"), "urgent 只能写在一个级别里"),
    "a sign in words": (changed("danger = true", 'danger = "是"'), "第 4 条“疑难”的 danger"),
    "a name twice": (changed('"较复杂"', '"黄"'), "“黄”既写在“一般”里，又写在“复杂”里"),
    "names no list": (changed('synonyms = ["较复杂"', 'meaning2 = ["较复杂"'), "看不懂的项目 meaning2"),
    "names no text": (changed('"较复杂"', "3"), "第 3 条“复杂”的 synonyms"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_spoilt_file_is_refused_with_the_entry_named(case: str) -> None:
    text, words = REFUSED[case]
    with pytest.raises(RuleViolation) as refused:
        read_grades(text)
    problem = refused.value
    assert words in problem.sentence
    assert problem.sentence.startswith("纠纷分级标准：")
    assert problem.sentence.endswith("。")
    assert problem.mend
    assert not re.search(r"[A-Za-z]{3,} [A-Za-z]{2,}", problem.sentence)  # no English sentence


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_file_is_read_as_an_office_saved_it(tmp_path: Path, encoding: str) -> None:
    shutil.copytree(RESOURCES, tmp_path / "resources", ignore=shutil.ignore_patterns("fonts"))
    file = tmp_path / "resources" / "rules" / "dispute_grades.toml"
    file.write_bytes(changed('word = "疑难"', 'word = "重难点"').encode(encoding))
    assert load_reference(tmp_path / "resources").grades.word(4) == "重难点"
    file.write_bytes(changed("level = 4", "level = 9").encode(encoding))
    with pytest.raises(RuleViolation, match="第 4 条“疑难”的 level 应写 4"):
        load_reference(tmp_path / "resources")


def test_the_shipped_table_grades_disputes_and_no_persons() -> None:
    shipped: GradeTable = load_reference(RESOURCES).grades
    words = [(g.word, g.meaning, *g.synonyms) for g in shipped.grades]
    assert not re.search("人员|老户|重点|稳控|上访", "".join(word for row in words for word in row))
