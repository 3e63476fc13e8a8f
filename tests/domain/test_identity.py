"""ID numbers, organisation codes, phones, names as they stand in real ledgers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang_desktop.domain.identity import (
    check_digit,
    check_id,
    credit_code_problem,
    is_anonymous,
    mask_id,
    mask_name,
    mask_phone,
    normalise_name,
    normalise_phone,
    normalise_phones,
    parse_headcount,
    phone_problem,
    split_group,
    split_parties,
)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("11010519491231002X", "11010519491231002X"),
        ("440524188001010014", "440524188001010014"),
        ("11010519491231002x", "11010519491231002X"),
        (" 440524 18800101 0014 ", "440524188001010014"),
        ("４４０５２４１８８００１０１００１４", "440524188001010014"),
        ("'440524188001010014", "440524188001010014"),
        ("130503670401001", "130503670401001"),
        (130503670401001.0, "130503670401001"),
    ],
)
def test_good_id_numbers(written: object, number: str) -> None:
    check = check_id(written, today=date(2026, 3, 1))
    assert check.ok
    assert check.number == number


@pytest.mark.parametrize(
    ("written", "code", "says"),
    [
        ("440524188001010015", "id_checksum", "校验码"),
        (4.40524188001010e17, "id_precision_lost", "受损"),
        ("4.40524E+17", "id_precision_lost", "受损"),
        ("440524188001010000", "id_precision_lost", "受损"),
        ("4405241880010100", "id_unclear", "少 2 位（现有 16 位）"),
        ("4405241880010100144", "id_unclear", "多 1 位（现有 19 位）"),
        ("440524********0014", "id_unclear", "打码"),
        ("身份证没带", "id_unclear", "只能是数字"),
        ("000000000000000000", "id_precision_lost", "受损"),
    ],
)
def test_bad_id_numbers_are_named_and_never_given_back(
    written: object, code: str, says: str
) -> None:
    check = check_id(written)
    assert (check.code, check.number) == (code, "")
    assert says in check.why


def test_an_impossible_birthday_is_seen_even_with_a_right_check_digit() -> None:
    first = "11010519491331002"
    assert check_id(first + check_digit(first)).why == "号码里的出生日期不存在"


@given(st.text(max_size=40) | st.floats() | st.integers() | st.none())
def test_no_cell_makes_the_checks_fail(value: object) -> None:
    check_id(value)
    normalise_phones(value)
    phone_problem(value)
    credit_code_problem(value)
    normalise_name(value)
    split_group(value)
    split_parties(value)
    parse_headcount(value)


def test_credit_codes() -> None:
    assert credit_code_problem("91350100M000100Y43") == ""
    assert "校验码" in credit_code_problem("91350100M000100Y44")
    assert "不会有“I”" in credit_code_problem("91350100M00010IY43")
    assert "现有 17 位" in credit_code_problem("91350100M000100Y4")


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("17908301661.0", "17908301661"),
        (17908301661.0, "17908301661"),
        ("153-3079-2440", "15330792440"),
        ("１５３３０７９２４４０", "15330792440"),
        ("+86 153 3079 2440", "15330792440"),
        ("008615330792440", "15330792440"),
        ("(0739)5123456", "07395123456"),
        ("0739-5123456转8001", "07395123456转8001"),
        ("电话：15330792440（本人）", "15330792440"),
        ("无", ""),
        (None, ""),
    ],
)
def test_phones_become_digits(written: object, number: str) -> None:
    assert normalise_phone(written) == number
    assert phone_problem(written) == ("没有认出电话号码" if written == "无" else "")


def test_several_phones_in_one_cell_are_all_kept() -> None:
    written = "15330792440、0739-5123456\n13800138000"
    assert normalise_phones(written) == ("15330792440", "07395123456", "13800138000")


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("1533079244", "手机号少 1 位（现有 10 位）"),
        ("153307924401", "手机号多 1 位（现有 12 位）"),
        ("153****2440", "含有 * 号"),
        ("1.53308E+10", "科学计数法"),
        ("073951234", "带区号的固定电话少 1 位（现有 9 位）"),
    ],
)
def test_unclear_phones_get_a_sentence(written: str, says: str) -> None:
    assert says in phone_problem(written)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("高　堃", "高堃"),
        (" 周 敏\n", "周敏"),
        ("刘\u200b志远", "刘志远"),
        ("朱䶮", "朱䶮"),
        ("𬭊㛃", "𬭊㛃"),
        ("John  Smith", "John Smith"),
        ("Ａ１２", "A12"),
        ("\ufa0e某", "\ufa0e某"),  # a compatibility ideograph stays what it is
        ("买买提•艾力", "买买提·艾力"),
    ],
)
def test_names_lose_spaces_and_keep_rare_characters(written: str, name: str) -> None:
    assert normalise_name(written) == name


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("何建平等12人", ("何建平", 12)),
        ("何建平 等十二人", ("何建平", 12)),
        ("何建平（等3人）", ("何建平", 3)),
        ("何建平等12户村民", ("何建平", 12)),
        ("何建平等7名村民", ("何建平", 7)),
        ("何建平等多人", ("何建平", None)),
        ("周敏、何建平等5人", ("周敏、何建平", 5)),
        ("王桂芳（女）", ("王桂芳", None)),
        ("周敏", ("周敏", None)),
    ],
)
def test_groups(written: str, expected: tuple[str, int | None]) -> None:
    assert split_group(written) == expected


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("周敏、何建平", ("周敏", "何建平")),
        ("周敏，何建平；王桂芳", ("周敏", "何建平", "王桂芳")),
        ("周敏与何建平", ("周敏", "何建平")),
        ("李和平", ("李和平",)),
        ("李和平、周敏", ("李和平", "周敏")),
        ("甲方：周敏 乙方：何建平", ("周敏", "何建平")),
        ("周敏 何建平", ("周敏", "何建平")),
        ("周　敏、何建平等5人", ("周敏", "何建平")),
        ("周敏13800138000\n何建平13900139000", ("周敏", "何建平")),
        ("", ()),
    ],
)
def test_parties(written: str, names: tuple[str, ...]) -> None:
    assert split_parties(written) == names


def test_headcounts() -> None:
    cells = (12.0, "12人", "约三十人", "7户", " 1 ", "１２人次", "两人", "若干", "", None)
    assert [parse_headcount(c) for c in cells] == [12, 12, 30, 7, 1, 12, 2, None, None, None]


def test_anonymous_is_what_is_said_not_what_is_missing() -> None:
    assert is_anonymous("匿名")
    assert is_anonymous("匿名群众")
    assert is_anonymous("不愿透露姓名")
    assert not is_anonymous("")
    assert not is_anonymous("吴明")


def test_masks() -> None:
    assert mask_name("王桂芳") == "王**"
    assert mask_name("欧阳明") == "欧阳*"
    assert mask_name("欧阳") == "欧*"
    assert mask_name("𬭊㛃䶮") == "𬭊**"
    assert mask_name("买买提·艾力") == "买**·**"
    assert mask_name("") == ""
    assert mask_id("440524188001010014") == "440524********0014"
    assert mask_phone("15330792440") == "153****2440"
    assert mask_phone("12345") == "*****"
