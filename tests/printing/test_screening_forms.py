"""The papers of dispute screening, full, empty and overfull, as they are read back from the PDF."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from xinfang_desktop.printing import screening_facts as S
from xinfang_desktop.printing.catalogue import FAMILIES, FORMS, document_number
from xinfang_desktop.printing.check import check
from xinfang_desktop.printing.facts import Facts, OfficeFacts
from xinfang_desktop.printing.fonts import Fonts
from xinfang_desktop.printing.preview import page_count
from xinfang_desktop.printing.render import Printer
from xinfang_desktop.printing.values import fields_of, from_json, to_json, with_values

from .reading import assert_every_mark_is_a_fact, read
from .screening_papers import DISPUTE, FULL, OF_A_DISPUTE, P03, P05, P06, P07, least

MM = 72 / 25.4
RARE = "䶮㛃𬭊喆"
LARGE = pytest.mark.parametrize("large", [False, True], ids=["usual", "large"])


def words_of(printer: Printer, code: str, paper: Facts, *, large: bool = False) -> str:
    return read(printer.render(code, paper, large_print=large).pdf)


def about(code: str, **changes: object) -> Facts:
    """The full form about a changed dispute."""
    paper = FULL[code]
    assert isinstance(paper, S.DisputePaper)
    return replace(paper, dispute=replace(paper.dispute, **changes))  # type: ignore[arg-type]


def boxes(pdf: bytes) -> list[list[tuple[float, float, float, float]]]:
    """Per page the boxes of all visible characters, in points from the lower left corner."""
    pages = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            spoken = page.get_textpage()
            pages.append(
                [
                    spoken.get_charbox(n)
                    for n in range(spoken.count_chars())
                    if spoken.get_text_range(n, 1).strip()
                ]
            )
    return pages


def collisions(found: list[tuple[float, float, float, float]]) -> int:
    """How many pairs of characters lie on each other by more than a third."""
    hits = 0
    ordered = sorted(found)
    for at, (left, bottom, right, top) in enumerate(ordered):
        for other in ordered[at + 1 :]:
            if other[0] >= right:
                break
            wide = min(right, other[2]) - other[0]
            high = min(top, other[3]) - max(bottom, other[1])
            small = min(
                (right - left) * (top - bottom), (other[2] - other[0]) * (other[3] - other[1])
            )
            hits += wide > 0 and high > 0 and wide * high > small / 3
    return hits


def assert_well_set(pdf: bytes, code: str) -> None:
    """Nothing beyond the margins of the form, nothing on top of something else."""
    wide = 297 if FORMS[code].landscape else 210
    for page in boxes(pdf):
        assert min(box[0] for box in page) >= 19.5 * MM
        assert max(box[2] for box in page) <= (wide - 19.5) * MM
        assert min(box[1] for box in page) >= 8 * MM
        assert collisions(page) == 0


def test_the_catalogue_has_them() -> None:
    assert set(FULL) <= set(FORMS)
    assert "P02" not in FORMS  # the ledger is drawn, not filled in
    assert {code: FORMS[code].subject for code in FULL} == {
        "P01": "dispute", "P03": "dispute", "P04": "dispute", "P05": "dispute",
        "P06": "round", "P07": "round",
    }  # fmt: skip
    assert FORMS["P03"].family in FAMILIES
    assert document_number("青信", FORMS["P03"].family, 2026, 6) == P03.number


@LARGE
@pytest.mark.parametrize("code", FULL)
def test_the_full_form_prints(printer: Printer, code: str, large: bool) -> None:
    done = printer.render(code, FULL[code], large_print=large)
    words = read(done.pdf)
    assert page_count(done.pdf) == done.pages
    assert done.pages == 1 or (large and done.pages == 2)
    assert "None" not in words
    assert FORMS[code].name in words
    assert_well_set(done.pdf, code)
    if code in OF_A_DISPUTE:
        for expected in (DISPUTE.number, DISPUTE.summary, DISPUTE.unit, DISPUTE.category):
            assert expected in words


@LARGE
@pytest.mark.parametrize("code", FULL)
def test_the_empty_form_is_a_blank_for_the_pen(
    printer: Printer, fonts: Fonts, code: str, large: bool
) -> None:
    done = printer.render(code, least(code), large_print=large)
    words = read(done.pdf)
    assert done.pages == 1 or (large and done.pages == 2)
    assert "None" not in words
    assert "(" not in words  # no Python value leaked
    assert_well_set(done.pdf, code)
    assert not any(found.level == "must" for found in check(code, least(code), fonts))


@pytest.mark.parametrize("code", FULL)
def test_a_full_form_has_nothing_to_mend(fonts: Fonts, code: str) -> None:
    assert [found.level for found in check(code, FULL[code], fonts)] == ["ok"]


@pytest.mark.parametrize("code", FULL)
def test_facts_survive_the_store_and_every_marked_place_is_one(code: str) -> None:
    for paper in (FULL[code], least(code)):
        assert from_json(type(paper), to_json(paper)) == paper
    assert_every_mark_is_a_fact(code, FULL[code])


@pytest.mark.parametrize("code", OF_A_DISPUTE)
def test_the_dispute_can_be_mended_on_the_paper(fonts: Fonts, code: str) -> None:
    names = {field.name for field in fields_of(FORMS[code].facts)}
    assert {"dispute.summary", "dispute.due", "dispute.unit"} <= names
    mended = with_values(FULL[code], {"dispute.summary": "山林界址", "dispute.due": "2026-09-01"})
    assert isinstance(mended, S.DisputePaper)
    assert mended.dispute.summary == "山林界址"
    (finding, _) = check(code, mended, fonts)
    assert (finding.level, finding.field) == ("must", "dispute.due")
    assert finding.detail == "化解时限 9月1日，早于发现 9月8日"


@LARGE
@pytest.mark.parametrize("code", ["P01", "P03", "P04", "P06"])
def test_rare_names_print(printer: Printer, code: str, large: bool) -> None:
    party = S.DisputePartyFacts(name=RARE, phone="00000000009")
    paper: Facts = (
        replace(P06, found=(S.FoundFacts(parties=RARE, phone="00000000009"),))
        if code == "P06"
        else about(code, parties=(party,), person=RARE, leader=RARE)
    )
    done = printer.render(code, paper, large_print=large)
    assert RARE in read(done.pdf)
    assert "00000000009" in read(done.pdf)
    assert not any("没有字体" in warning for warning in done.warnings)


@pytest.mark.parametrize("code", OF_A_DISPUTE)
def test_markup_prints_literally(printer: Printer, code: str) -> None:
    name = "{{7*7}}<script>&amp;&</zh>{%x%}\x07\ud800界"
    words = words_of(printer, code, about(code, summary=name, person=name, result=name))
    assert words.count("{{7*7}}<script>&amp;&</zh>{%x%}界") >= 2 - (code == "P01")


@LARGE
@pytest.mark.parametrize("code", OF_A_DISPUTE)
def test_endless_text_goes_on_to_more_pages_and_loses_nothing(
    printer: Printer, code: str, large: bool
) -> None:
    endless = "没有标点的长说明" * 200
    ends = ("甲之尾", "乙之尾", "丙之尾")
    paper = about(
        code, summary=endless + ends[0], detail=endless + ends[1], measures=endless + ends[1],
        result=endless + ends[2],
    )  # fmt: skip
    done = printer.render(code, paper, large_print=large)
    words = read(done.pdf)
    assert done.pages >= 3
    assert ends[0] in words
    assert ends[1] in words or code == "P05"
    assert ends[2] in words or code == "P03"
    assert f"第{done.pages}/{done.pages}页" in words
    assert_well_set(done.pdf, code)


@pytest.mark.parametrize("code", FULL)
def test_a_long_name_of_the_office_stays_on_the_paper(printer: Printer, code: str) -> None:
    organ = "云岭县青石镇人民政府信访工作联席会议办公室"
    paper = replace(FULL[code], office=OfficeFacts(organ=organ, office=organ, phone="0000-8200116"))
    done = printer.render(code, paper)
    assert organ in read(done.pdf)
    assert_well_set(done.pdf, code)


def test_many_parties_are_counted_and_not_listed(printer: Printer) -> None:
    crowd = tuple(S.DisputePartyFacts(name=f"当事人{n}") for n in range(400))
    for code in ("P01", "P03", "P04"):
        words = words_of(printer, code, about(code, parties=crowd))
        assert "等，共400人" in words
        assert "当事人11" in words
        assert "当事人12" not in words


# ---- P01, P03, P04 -----------------------------------------------------------------------------


def test_the_registration_says_why_the_dispute_has_its_grade(printer: Printer) -> None:
    words = words_of(printer, "P01", FULL["P01"])
    assert "理由：涉及12人，达到10人以上：复杂；牵涉几个村（社区）或者几个单位：复杂；" in words
    for column in (
        "来源",
        "涉及单位",
        "核实情况",
        "问题症结",
        "服务帮扶",
        "村、社区意见",
        "排查人（签名）",
    ):
        assert column in words


def test_the_assignment_says_what_is_expected(printer: Printer) -> None:
    words = words_of(printer, "P03", P03)
    assert "请于2026年10月8日前化解并书面反馈，由何建平（副镇长）包案" in words
    for guard in ("责任不落实不放过", "问题不查清不放过", "隐患不排除不放过"):
        assert guard in words
    assert "情况紧急，请立即办理" in words
    assert "先保证安全" in words_of(printer, "P03", about("P03", danger=True))
    assert "情况紧急" not in words_of(printer, "P03", about("P03", urgent=False))


def test_the_leaders_card_has_four_fixed_and_four_taken_on(printer: Printer) -> None:
    words = words_of(printer, "P04", FULL["P04"])
    for part in ("定领导", "定措施", "定时限", "定责任", "包联系", "包解释", "包办理", "包反馈"):
        assert part in words
    assert not re.search("息访|稳控|息诉", words)
    assert "不得用于限制当事人的行动" in words
    done = (
        S.ProgressFacts(on=date(2026, 9, 12), what=f"第{n}次协商", by="刘志远") for n in range(40)
    )
    long = replace(FULL["P04"], progress=tuple(done))  # type: ignore[call-arg]
    grown = printer.render("P04", long)
    assert grown.pages == 3
    assert "第39次协商" in read(grown.pdf)
    assert read(grown.pdf).count("办理经过") == 3  # the label is repeated


# ---- P05 ---------------------------------------------------------------------------------------


def ticks(pdf: bytes) -> tuple[int, int]:
    """Boxes drawn on the first page, and how many of them are ticked."""
    with pypdfium2.PdfDocument(pdf) as document:
        raw = [item for item in document[0].get_objects() if item.type == 2]  # paths
        sizes = [(o[2] - o[0], o[3] - o[1]) for o in (item.get_bounds() for item in raw)]
    small = [(wide, high) for wide, high in sizes if 8 < wide < 14 and 8 < high < 14]
    boxed = sum(abs(wide - high) < 0.05 for wide, high in small)  # the tick itself is no square
    return boxed, len(small) - boxed


def test_what_is_confirmed_is_ticked_and_what_is_missing_is_an_empty_box(printer: Printer) -> None:
    assert ticks(printer.render("P05", P05).pdf) == (3, 3)
    half = replace(
        P05,
        confirmations=(
            P05.confirmations[0],
            S.ConfirmationFacts(kind="问题", evidence="勘界记录还没有签字"),
        ),
        missing=("隐患不排除不放过：还没有人确认", "回访：10月28日到期"),
    )
    done = printer.render("P05", half)
    words = read(done.pdf)
    assert ticks(done.pdf) == (5, 1)  # three confirmations, two things missing
    assert "勘界记录还没有签字" in words
    assert "还缺" in words
    assert "回访：10月28日到期" in words
    assert "隐患不排除不放过" in words
    assert ticks(printer.render("P05", least("P05")).pdf) == (3, 0)


def test_the_closing_shows_every_follow_up_and_three_opinions(printer: Printer) -> None:
    visits = tuple(
        replace(P05.follow_ups[0], way=way, on=date(2026, 10, 20 + n))
        for n, way in enumerate(("电话", "上门", "村部"))
    )
    words = words_of(printer, "P05", replace(P05, follow_ups=visits))
    for way in ("电话", "上门", "村部"):
        assert way in words
    for opinion in ("责任单位意见", "信访办审核意见", "分管领导审批意见", "同意销号。"):
        assert opinion in words


# ---- P06 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("carried", range(7))
def test_the_return_is_one_page_with_up_to_six_disputes_carried(
    printer: Printer, carried: int
) -> None:
    paper = replace(P06, carried=P06.carried[:carried])
    done = printer.render("P06", paper)
    words = read(done.pdf)
    assert done.pages == 1
    assert ("上期未化解的纠纷" in words) == (carried > 0)
    for row in paper.carried:
        assert row.number.partition("-JF-")[2] in words
        assert row.summary in words
    with pypdfium2.PdfDocument(done.pdf) as document:
        assert document[0].get_size() == pytest.approx((297 * MM, 210 * MM), abs=1)


def test_more_carried_disputes_go_on_under_the_same_head(printer: Printer) -> None:
    many = tuple(replace(P06.carried[0], number=f"X-JF-{n:03}") for n in range(30))
    done = printer.render("P06", replace(P06, carried=many))
    assert done.pages == 3
    assert read(done.pdf).count("上期未化解的纠纷") == 3
    assert "029" in read(done.pdf)
    assert_well_set(done.pdf, "P06")


def test_a_filed_return_prints_what_was_filed(printer: Printer) -> None:
    assert ticks(printer.render("P06", P06).pdf)[1] == 0
    zero = printer.render("P06", replace(P06, zero=True, carried=()))
    assert ticks(zero.pdf)[1] == 1
    found = tuple(
        S.FoundFacts(
            found_on=date(2026, 9, n), place="3组", parties="李䶮生、何建平", phone="00000000001",
            summary=f"第{n}件", category="邻里", people=4, settled=n % 2 == 0,
        )
        for n in range(1, 11)
    )  # fmt: skip
    filed = printer.render("P06", replace(P06, zero=False, found=found, carried=()))
    words = read(filed.pdf)
    assert "有新增10件" in words
    assert "第10件" in words
    assert "发现日期" in words


def test_the_blank_return_has_room_for_village_and_carried_disputes(printer: Printer) -> None:
    blank = S.VillageReturn(office=P06.office, types=P06.types)
    done = printer.render("P06", blank)
    words = read(done.pdf)
    assert done.pages == 1
    for kind in P06.types:
        assert kind in words
    assert "上期未化解的纠纷" in words
    assert "本期无新增（零报告）" in words
    assert P06.office.phone in words


# ---- P07 ---------------------------------------------------------------------------------------


def test_statistics_of_thirty_villages_repeat_their_head(printer: Printer) -> None:
    assert P07.total is not None
    many = tuple(
        replace(P07.villages[0], name=f"第{n}村", found=1000, rate="100.0%") for n in range(30)
    )
    todo = tuple(replace(P07.unsettled[0], summary=f"第{n}件纠纷") for n in range(40))
    paper = replace(
        P07, villages=many, unsettled=todo,
        total=replace(P07.total, found=30_000, settled=29_999, rate="100.0%"),
    )  # fmt: skip
    for large in (False, True):
        done = printer.render("P07", paper, large_print=large)
        words = read(done.pdf)
        assert done.pages >= 3
        assert words.count("零报告") == 2
        assert "30000" in words
        assert "第39件纠纷" in words
        assert words.count("100.0%") == 31
        assert "填表人：周敏" in words
        assert_well_set(done.pdf, "P07")


def test_where_all_is_settled_the_list_says_so(printer: Printer) -> None:
    assert "无" in words_of(printer, "P07", replace(P07, unsettled=()))
