"""Code tables: lookup by code, name and synonym, typing, validity; and the shipped tables."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import python_calamine
from pypinyin import Style, lazy_pinyin

from xinfang_desktop.domain.codes import Code, CodeTable, parse_table
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.domain.vocabulary import VOCABULARIES
from xinfang_desktop.places import RESOURCES
from xinfang_desktop.store.reference import load_reference

CODES = load_reference(RESOURCES).codes
CATEGORY = CODES["category"]


def meant(table: str, written: str) -> str | None:
    found = CODES[table].find(written)
    return found and found.code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("来访", "visit"),
        ("走访", "visit"),
        ("visit", "visit"),
        (" 来 信 ", "letter"),
        ("电话", "call"),
        ("网上信访", "online"),
        ("留言", "online"),
        ("１２３４５", "call"),
        ("传真", "fax"),
        ("视频接访", "video"),
        ("约访", "outreach"),
        ("心灵感应", None),
        ("", None),
    ],
)
def test_channels_are_named_in_many_ways(written: str, code: str | None) -> None:
    assert meant("channel", written) == code


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("自然资源", "国土资源"),
        ("国土资源", "国土资源"),
        ("生态环境", "环境保护"),
        ("教育文体", "教育文体"),
        ("教育", "教育文体"),
        ("卫生健康", "卫生计生"),
        ("农业农村", "农村农业"),
        ("民政与应急", "民政"),
        ("房产物业", "城乡建设/住房保障与房地产"),
        ("市场监督", "商贸旅游/市场监管"),
        ("欠薪", "劳动和社会保障/工资福利/工资发放"),
        ("宅基地", "农村农业/土地承包经营/宅基地纠纷"),
        ("村务财务公开", "农村农业/村务管理/集体财务公开"),
        ("库区移民", "农村农业/水库移民"),
        ("退役军人", "民政/复退安置"),
        ("安全生产", "经济管理/安全生产"),
        ("国土资源/土地征收/安置补偿", "国土资源/土地征收/安置补偿"),
        ("城乡建设、城乡规划", "城乡建设/城乡规划"),
        ("010101", "城乡建设/安全生产/事故处理"),
        ("其他", "其他"),
        ("其它", "其他"),
    ],
)
def test_content_classes_are_found_by_the_names_of_other_lists(written: str, path: str) -> None:
    found = CATEGORY.find(written)
    assert found is not None
    assert CATEGORY.full_name(found.code) == path


def test_what_is_unclear_or_unknown_is_not_guessed() -> None:
    assert CATEGORY.find("安置补偿") is None  # three classes have it
    assert CATEGORY.find("外星事务") is None
    with pytest.raises(RuleViolation) as refused:
        CATEGORY.require("外星事务", label="内容分类", field="category")
    assert refused.value.field == "category"
    assert "农村农业" in refused.value.mend


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("土地纠纷", "07"),
        ("邻里纠纷", "02"),
        ("劳资纠纷", "10"),
        ("婚姻家庭", "01"),
        ("项目建设", "0801"),
        ("拖欠农民工工资", "1001"),
        ("村务管理", "9901"),
        ("其他", "99"),
        ("婚恋家庭", "01"),
        ("相邻关系", "02"),
        ("房屋、宅基地纠纷", "03"),
        ("债权债务", "04"),
        ("山林权属", "07"),
        ("用水", "07"),
        ("征地补偿", "08"),
        ("基础设施", "0801"),
        ("劳动人事争议", "10"),
        ("农民工欠薪", "1001"),
        ("小区物业", "15"),
        ("村级财务", "9901"),
    ],
)
def test_dispute_types(written: str, code: str) -> None:
    assert meant("dispute_type", written) == code


def test_the_dispute_types_are_those_of_the_public_list_with_sub_types() -> None:
    types = CODES["dispute_type"]
    assert [each.name for each in types.children("")] == [
        "婚姻家庭", "邻里", "房产、宅基地", "合同", "生产经营", "损害赔偿", "山林土地", "征地拆迁",
        "环境污染", "劳动争议", "旅游", "消费", "医疗", "道路交通事故", "物业管理", "知识产权",
        "互联网", "其他",
    ]  # fmt: skip
    assert types.full_name("1001") == "劳动争议/拖欠农民工工资"
    assert types.full_name("9901") == "其他/村务管理"


@pytest.mark.parametrize(
    ("table", "written", "code"),
    [
        ("dispute_source", "村（居）上报", "village"),
        ("dispute_source", "12345热线", "hotline"),
        ("dispute_source", "群众来访", "visit"),
        ("dispute_source", "网格员", "grid"),
        ("dispute_source", "民情恳谈", "talk"),
        ("dispute_source", "110非警务警情", "police"),
        ("dispute_source", "法律援助", "legal_aid"),
        ("dispute_source", "法院转来", "department"),
        ("screening_theme", "根治欠薪", "wages"),
        ("screening_theme", "防汛", "flood"),
        ("screening_theme", "供暖", "heating"),
        ("screening_theme", "秋季开学", "school"),
        ("screening_theme", "重大节日", None),
        ("note_topic", "路灯", "lighting"),
        ("note_topic", "饮水安全", "drinking"),
        ("note_topic", "粮补", "subsidy"),
        ("note_topic", "思想动态", None),
    ],
)
def test_the_tables_of_screening_know_the_words_of_practice(
    table: str, written: str, code: str | None
) -> None:
    assert meant(table, written) == code


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("宅基", "宅基地纠纷"),
        ("zhaijidi", "宅基地纠纷"),
        ("zjdjf", "宅基地纠纷"),
        ("ZJD", "宅基地纠纷"),
        ("国土", "国土资源"),
        ("gtzy", "国土资源"),
        ("民政", "民政"),
        ("低保", "社会救助"),
        ("0101", "安全生产"),
        ("网约", "网约车问题"),
    ],
)
def test_typing_finds_by_chinese_pinyin_and_initials(typed: str, first: str) -> None:
    assert CATEGORY.search(typed)[0].name == first


def test_typing_nothing_shows_the_first_level_and_the_limit_holds() -> None:
    assert {CATEGORY.level(each.code) for each in CATEGORY.search("")} == {1}
    assert len(CATEGORY.search("", limit=3)) == 3
    assert len(CATEGORY.search("g", limit=7)) == 7
    assert CATEGORY.search("'; DROP TABLE") == ()


def test_a_value_out_of_use_is_shown_but_not_chosen() -> None:
    table = CodeTable(
        "probe",
        [
            Code("old", "国土", valid_to=date(2018, 12, 31), pinyin="guotu", initials="gt"),
            Code("new", "自然资源", valid_from=date(2019, 1, 1), synonyms=("国土所",)),
        ],
    )
    today = date(2026, 3, 2)
    assert table.name_of("old") == "国土"
    assert table.name_of("gone") == "gone"
    assert table.find("国土") is not None
    assert table.find("国土", today) is None
    assert table.find("国土", date(2018, 12, 31)) is not None
    assert [each.code for each in table.search("国土", today)] == ["new"]
    assert table.choices(today) == (("new", "自然资源"),)
    assert table.choices() == (("old", "国土"), ("new", "自然资源"))


def test_a_code_given_twice_does_not_load() -> None:
    text = (RESOURCES / "codes" / "sex.csv").read_text(encoding="utf-8")
    with pytest.raises(ValueError, match="twice"):
        parse_table("sex", text + text.splitlines()[-1] + "\n")


# ---- the shipped tables ------------------------------------------------------------------------


def test_every_table_of_chapter_nine_is_there() -> None:
    assert set(CODES) == {
        "category", "cause", "channel", "dispute_source", "dispute_type", "handling", "id_type",
        "legal_route", "nature", "note_topic", "outcome", "purpose", "repeat", "resolution",
        "retention", "review_result", "satisfaction", "screening_theme", "service_method", "sex",
        "source", "supervision_ground",
    }  # fmt: skip


@pytest.mark.parametrize("table", sorted(set(CODES) & set(VOCABULARIES)))
def test_tables_the_rules_reason_about_have_the_same_values(table: str) -> None:
    assert dict(CODES[table].choices()) == dict(VOCABULARIES[table])


@pytest.mark.parametrize("table", sorted(CODES))
def test_pinyin_columns_are_what_pypinyin_says(table: str) -> None:
    for entry in CODES[table]:
        letters = "".join(letter for letter in entry.name if letter.isalnum())
        syllables = lazy_pinyin(letters, style=Style.NORMAL)
        initials = "".join(s[0] if s[0].isalpha() else s for s in syllables).lower()
        assert (entry.pinyin, entry.initials) == ("".join(syllables).lower(), initials), entry


@pytest.mark.parametrize("table", sorted(CODES))
def test_every_value_has_a_source_a_parent_and_is_found_by_its_path(table: str) -> None:
    codes = CODES[table]
    for entry in codes:
        assert entry.source
        assert not entry.parent or entry.parent in codes
        assert codes.find(codes.full_name(entry.code)) == entry
        assert len(set(entry.synonyms)) == len(entry.synonyms)
        for synonym in entry.synonyms:
            assert codes.find(synonym) == entry, f"{synonym} means two things"


def test_the_category_codes_carry_their_level() -> None:
    for entry in CATEGORY:
        if entry.code == "999999":
            continue
        level = CATEGORY.level(entry.code)
        assert entry.code[2 * level :] == "00" * (3 - level)
        assert entry.code[: 2 * level - 2] == entry.parent[: 2 * level - 2]
        assert (entry.name == "其他") == (entry.code[2 * level - 2 : 2 * level] == "99")


def test_no_label_for_persons_is_shipped() -> None:
    for table in CODES.values():
        for entry in table:
            words = (entry.name, *entry.synonyms)
            assert not any(
                bad in word for word in words for bad in ("稳控", "重点人员", "息访", "老户")
            )


def test_the_categories_are_those_in_use(shared_data: Path) -> None:
    book = python_calamine.CalamineWorkbook.from_path(
        str(shared_data / "real" / "诉求内容三级分类.xlsx")
    )
    rows = book.get_sheet_by_index(0).to_python()[1:]
    listed = {"/".join(str(cell).strip() for cell in row) for row in rows}
    ours = {CATEGORY.full_name(each.code) for each in CATEGORY if CATEGORY.level(each.code) == 3}
    assert ours == listed
