"""No name, number or address of a citizen stays in a text that is hung up."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang_desktop.domain.redaction import PERSON, People, leaks, redact

SURNAMES = ("王", "李", "欧阳", "尉迟", "单", "䶮", "高")
GIVEN = ("桂芳", "建华", "㛃堃", "秋实", "喆")
WANG = People(("王桂芳",), ("13907390011", "430522196803152722"), ("柳溪村三组 8 号",))
FILLERS = st.text("我们村的路要修好今年春天由水利站测量补偿款，。；、", min_size=0, max_size=12)


def flat(text: str) -> str:
    """Without blanks and width, as a reader's eye takes it."""
    return re.sub(r"[\s·•\-—–]", "", unicodedata.normalize("NFKC", text))


@st.composite
def citizens(draw: st.DrawFn) -> tuple[str, str, str, str, str]:
    """Surname, given name, telephone, ID number, address."""
    digits = st.text("0123456789", min_size=9, max_size=9)
    phone = "1" + draw(st.sampled_from("3456789")) + draw(digits)
    id_number = (
        "4305221968"
        + draw(st.text("0123456789", min_size=7, max_size=7))
        + draw(st.sampled_from("0123456789X"))
    )
    group, house = draw(st.integers(1, 20)), draw(st.integers(1, 300))
    return (
        draw(st.sampled_from(SURNAMES)), draw(st.sampled_from(GIVEN)), phone, id_number,
        f"青石镇柳溪村{group}组{house}号",
    )  # fmt: skip


def disguised(words: str, how: int) -> str:
    """The same words as somebody may have typed them."""
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in words)
    return (words, " ".join(words), wide, "·".join(words))[how % 4]


@given(citizens(), st.lists(FILLERS, min_size=6, max_size=6), st.integers(0, 255))
def test_nothing_of_a_citizen_is_left(
    who: tuple[str, str, str, str, str], filler: list[str], how: int
) -> None:
    surname, given_name, phone, id_number, address = who
    people = People((surname + given_name,), (phone, id_number), (address,))
    pieces = (
        surname + given_name,
        phone,
        id_number,
        address,
        f"{phone[:3]}-{phone[3:7]}-{phone[7:]}",
    )
    text = "".join(
        f"{between}，{disguised(piece, how >> (2 * n))}，"
        for n, (between, piece) in enumerate(zip(filler, pieces, strict=False))
    )
    clean = redact(text, people)
    for secret in (surname + given_name, phone, id_number, address, phone[-8:], id_number[-8:]):
        assert flat(secret) not in flat(clean), (secret, text, clean)
    assert leaks(text, people)
    assert redact(clean, people) == clean and leaks(clean, people) == ()


@given(
    st.sampled_from(SURNAMES),
    st.sampled_from(GIVEN),
    st.sampled_from(["老{}", "小{}", "{}大爷", "{}某", "{}某某", "{} 女士", "{}师傅", "{}家"]),
)
def test_a_surname_with_a_title_is_a_name(surname: str, given_name: str, way: str) -> None:
    people = People((surname + given_name,))
    clean = redact(f"由水利站上门向{way.format(surname)}说明", people)
    assert clean == f"由水利站上门向{PERSON}说明"


@pytest.mark.parametrize(
    "text",
    [
        "2026-05-18 由村镇建设办公室受理，2026年7月6日前办结。",
        "补偿款1200000元已经拨付到村，占地35.6亩。",
        "青信答〔2026〕12号处理意见书已经送达。",
        "依照《民法典》第二百九十条、《信访工作条例》第三十二条。",
        "5月18号上午，由县水利局、镇政府到现场。",
    ],
)
def test_dates_sums_and_articles_stay(text: str) -> None:
    assert redact(text, WANG) == text and leaks(text, WANG) == ()


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("车牌湘A·12345停在井边", "车牌（号码略）停在井边"),
        ("微信：lucky_2008", "（号码略）"),
        ("写信到 wang@example.com 即可", "写信到（号码略）即可"),
        ("电话一三九〇七三九〇〇一一", "电话（号码略）"),
        ("柳溪村五组12号的院墙", "柳溪村（住址略）（住址略）的院墙"),
        ("桂芳说院墙裂了", "信访人说院墙裂了"),
        ("卡号6222 0212 3456 7890 123", "卡号（号码略）"),
    ],
)
def test_what_looks_like_a_number_or_an_address_goes(text: str, clean: str) -> None:
    assert redact(text, WANG).replace(" ", "") == clean


def test_without_anybody_the_rules_still_hold() -> None:
    assert redact("请拨 13907390011", People()) == "请拨 （号码略）"
    assert redact("", WANG) == ""


@pytest.mark.parametrize(
    "text",
    [
        "张强", "强哥", "小强", "阿强", "强子", "张姓村民", "张\u200b强", "张-强", "张哥",
        "第3组", "第三村民小组", "三队", "第12号", "139.0739.1827", "138/0013/8000", "壹叁捌零零壹叁捌零零零",
        "桂a12345", "桂A-12345", "桂 A12345",
    ],
)  # fmt: skip
def test_what_else_points_at_somebody_goes(text: str) -> None:
    people = People(("张强",))
    clean = redact(f"已向{text}说明", people)
    assert text not in clean and "强" not in clean and leaks(f"已向{text}说明", people)
