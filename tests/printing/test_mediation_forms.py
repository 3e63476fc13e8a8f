"""The papers of people's mediation as they are read back from the PDF and measured on it."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
from PIL import Image, ImageChops
from pypdfium2 import raw

from xinfang_desktop.domain.waiver import find_waivers
from xinfang_desktop.printing import mediation_facts as M
from xinfang_desktop.printing.catalogue import FORMS
from xinfang_desktop.printing.check import Finding, check
from xinfang_desktop.printing.contents import ContentsRow
from xinfang_desktop.printing.fonts import Fonts
from xinfang_desktop.printing.preview import page_count, text
from xinfang_desktop.printing.render import Printer

from .mediation_papers import DISPUTE, FULL, RESPONDENT, VARIANTS, least, longest
from .test_forms import read
from .test_layout import DOT, ink, page

CODES = tuple(code for code, form in FORMS.items() if form.subject == "mediation")
EACH = {**{code: (code, paper) for code, paper in FULL.items()}, **VARIANTS}
RARE = "䶮㛃𬭊喆"
BOTH_SIZES = pytest.mark.parametrize("large", [False, True], ids=["usual", "large"])


def agreement(**changes: object) -> M.Agreement:
    paper = FULL["M08"]
    assert isinstance(paper, M.Agreement)
    return replace(paper, **changes)


def paths(pdf: bytes) -> int:
    """How many lines, rules and ticks are drawn in the document."""
    with pypdfium2.PdfDocument(pdf) as document:
        return sum(len(list(leaf.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]))) for leaf in document)


def dark_runs(image: Image.Image, shortest: float, longest_: float) -> int:
    """Horizontal lines on the page whose length in millimetres lies between the two."""
    bits = image.point(lambda value: 255 if value < 128 else 0)
    found, before = 0, False
    for y in range(bits.height):
        row = bits.crop((0, y, bits.width, y + 1)).tobytes()
        runs = (len(list(group)) / DOT for dark, group in itertools.groupby(row) if dark)
        here = any(shortest <= run <= longest_ for run in runs)
        found += here and not before
        before = here
    return found


def test_the_set_is_complete_and_numbered_by_the_committee() -> None:
    assert tuple(f"M{number:02d}" for number in range(14)) == CODES
    assert not any(FORMS[code].family for code in CODES)
    assert set(FULL) == set(CODES)


@BOTH_SIZES
@pytest.mark.parametrize("name", EACH)
def test_a_full_paper_prints(printer: Printer, name: str, large: bool) -> None:
    code, paper = EACH[name]
    done = printer.render(code, paper, large_print=large)
    words = read(done.pdf)
    assert page_count(done.pdf) == done.pages
    assert "None" not in words
    assert "青石镇人民调解委员会" in words
    assert "（2026）青石人调字第3号" in words
    assert "李䶮生" in words
    with pypdfium2.PdfDocument(done.pdf) as document:
        last = document[len(document) - 1].get_textpage().get_text_range()
    assert len("".join(last.split())) > 24, "a page of its own for nothing but a rest"


@BOTH_SIZES
@pytest.mark.parametrize("code", CODES)
def test_a_blank_for_the_pen_prints(printer: Printer, code: str, large: bool) -> None:
    done = printer.render(code, least(code), large_print=large)
    words = read(done.pdf)
    assert "None" not in words
    assert "(" not in words
    assert "青石镇人民调解委员会" in words
    assert done.pages <= 3
    assert paths(done.pdf) >= 9


def test_a_blank_without_a_committee_leaves_room_for_its_name(printer: Printer) -> None:
    nobody = replace(least("M05"), mediation=M.MediationFacts())
    assert "人民调解委员会" in read(printer.render("M05", nobody).pdf)


@pytest.mark.parametrize("name", EACH)
def test_rare_names_print(printer: Printer, name: str) -> None:
    code, paper = EACH[name]
    dispute = replace(
        DISPUTE,
        title=f"{RARE}与邻居排水纠纷",
        parties=(replace(RESPONDENT, name=RARE),),
        source=paper.mediation.source,
    )
    done = printer.render(code, replace(paper, mediation=dispute))
    assert RARE in read(done.pdf)
    assert not any("没有字体" in warning for warning in done.warnings)


@pytest.mark.parametrize("name", EACH)
def test_markup_in_a_name_prints_literally(printer: Printer, name: str) -> None:
    code, paper = EACH[name]
    nasty = "{{7*7}}<script>&amp;&</zh>{%x%}\x07\ud800王"
    dispute = replace(
        paper.mediation, title=nasty, parties=(replace(RESPONDENT, name=nasty, address=nasty),)
    )
    words = read(printer.render(code, replace(paper, mediation=dispute)).pdf)
    assert "{{7*7}}<script>&amp;&</zh>{%x%}王" in words


@BOTH_SIZES
@pytest.mark.parametrize("code", CODES)
def test_ten_parties_and_a_long_story_go_on_to_more_pages(
    printer: Printer, code: str, large: bool
) -> None:
    paper = longest(code)
    done = printer.render(code, paper, large_print=large)
    words = read(done.pdf)
    assert done.pages >= 2
    assert "None" not in words
    asked = {"M01": paper.mediation.parties, "M07": paper.mediation.parties}
    for party in asked.get(code, ()):
        assert party.name in words
    story = getattr(paper, "facts", "") or getattr(paper, "course", "")
    assert words.count("墙脚渗水约6米") >= story.count("墙脚渗水约6米")


@BOTH_SIZES
@pytest.mark.parametrize("name", ["M01 登记表", "M08", "M08 口头"])
def test_the_committees_seal_has_room(printer: Printer, name: str, large: bool) -> None:
    code, paper = EACH[name]
    plain = printer.render(code, paper, large_print=large)
    shown = printer.render(code, paper, large_print=large, preview=True)
    last = page(plain.pdf, plain.pages)
    marked = page(shown.pdf, shown.pages)
    # below the signature lines and their marks only the ring differs
    changed = ImageChops.invert(ImageChops.difference(last, marked))
    for top in range(20, 290, 2):
        ring = ink(changed, 100, top, 210, 290)
        if ring and ring[3] - ring[1] < 43:
            break
    assert ring is not None
    left, upper, right, lower = ring
    assert right - left == pytest.approx(42, abs=1)
    assert lower - upper == pytest.approx(42, abs=1)
    assert right <= 190
    assert ink(last, left + 8, upper + 3, right - 8, (upper + lower) / 2 - 1) is None


@BOTH_SIZES
def test_a_line_to_sign_on_has_room_for_a_hand_and_a_fingerprint(
    printer: Printer, large: bool
) -> None:
    done = printer.render("M08", FULL["M08"], large_print=large)
    image = page(done.pdf, done.pages)
    people = len(DISPUTE.parties) + len(DISPUTE.mediators) + 1  # and the recorder
    assert dark_runs(image, 56, 75) == people
    record = printer.render("M07", FULL["M07"], large_print=large)
    assert dark_runs(page(record.pdf, record.pages), 168, 172) >= 4  # the boxes of the signatures


def test_the_application_and_the_register_are_one_form(printer: Printer) -> None:
    _, register = VARIANTS["M01 登记表"]
    assert FORMS["M01"].title_of(FULL["M01"]) == "人民调解申请书"
    assert FORMS["M01"].title_of(register) == "人民调解受理登记表"
    words = read(printer.render("M01", FULL["M01"]).pdf)
    assert "人民调解申请书" in words
    assert "我自愿申请人民调解" in words
    assert "1.恢复被填平的排水沟" in words
    words = read(printer.render("M01", register).pdf)
    assert "人民调解受理登记表" in words
    assert "委托移送单位：云岭县人民法院" in words
    assert "由20260906-A0002号信访事项转来" in words
    spoken = replace(FULL["M01"], oral=True)  # type: ignore[call-arg]
    assert "人民调解受理登记表" in read(printer.render("M01", spoken).pdf)


def test_the_rights_notice_says_all_of_the_law(printer: Printer) -> None:
    words = read(printer.render("M02", FULL["M02"]).pdf)
    for said in (
        "不收取任何费用（第四条）", "选择或者接受人民调解员", "接受调解、拒绝调解或者要求终止调解",
        "要求调解公开进行或者不公开进行", "自主表达意愿、自愿达成调解协议（第二十三条）", "如实陈述纠纷事实",
        "遵守调解现场秩序，尊重人民调解员", "尊重对方当事人行使权利（第二十四条）", "随时要求终止",
        "都可以依法信访、申请仲裁、提起诉讼", "三十日内共同向人民法院申请司法确认",
    ):  # fmt: skip
        assert said in words


def test_the_identity_record_keeps_no_number_and_no_copy_without_a_reason(printer: Printer) -> None:
    names = {name for name in M.IdentityRow.__dataclass_fields__ if "number" in name}
    assert names == set()
    words = read(printer.render("M03", FULL["M03"]).pdf)
    assert "欧阳㛃堃，申请司法确认时要提交。" in words


def test_only_what_is_ticked_is_entrusted(printer: Printer) -> None:
    paper = FULL["M04"]
    assert isinstance(paper, M.Mandate)
    none = paths(printer.render("M04", replace(paper, scope=())).pdf)
    three = paths(printer.render("M04", paper).pdf)
    six = paths(printer.render("M04", replace(paper, scope=M.SCOPES)).pdf)
    assert three - none == six - three > 0
    assert all(words in read(printer.render("M04", paper).pdf) for words in M.SCOPES)


def test_the_agreement_is_written_as_the_law_asks(printer: Printer) -> None:
    words = read(printer.render("M08", FULL["M08"]).pdf)
    parts = (
        "编号：（2026）青石人调字第3号", "申请人：李䶮生，男，汉族，52岁，务农", "一、主要事实和争议事项",
        "二、协议内容", "1.欧阳㛃堃于2026年10月15日前恢复", "三、履行方式和时限", "之日起生效",
        "第二十九条、第三十一条", "三十日内共同向人民法院申请司法确认（第三十三条）",
        "不影响任何一方依法信访、申请仲裁、提起诉讼", "一式三份，各方当事人各执一份，人民调解委员会留存一份",
        "人民调解员：", "记录人：", "青石镇人民调解委员会2026年9月18日",
    )  # fmt: skip
    places = [words.index(part) for part in parts]
    assert places == sorted(places)
    assert "第1/2页" in words
    oral = read(printer.render(*VARIANTS["M08 口头"]).pdf)
    assert "人民调解口头协议登记表" in oral
    assert "自各方当事人达成协议之日（2026年9月18日）起生效" in oral


def test_an_agreement_with_its_own_note_keeps_the_numbers_of_its_parts(printer: Printer) -> None:
    words = read(printer.render("M08", agreement(note="沟盖板由村民委员会提供。")).pdf)
    assert "四、其他约定" in words
    assert "五、效力和份数" in words


def test_the_court_is_asked_by_both_in_its_own_words(printer: Printer) -> None:
    words = read(printer.render("M11", FULL["M11"]).pdf)
    assert words.count("申请人：") == 4  # two who ask, two who sign
    for said in (
        "请求人民法院依法确认申请人于2026年9月18日达成的编号为（2026）青石人调字第3号的人民调解协议有效",
        "没有恶意串通、规避法律的行为", "第二百零五条", "此致云岭县人民法院", "最后一天是2026年10月19日",
        "确认婚姻关系、收养关系和其他身份关系的，人民法院不予受理",
    ):  # fmt: skip
        assert said in words


def test_the_cover_bears_no_page_number_and_the_contents_say_what_is_missing(
    printer: Printer,
) -> None:
    cover, contents = (
        "".join(part.split())
        for part in text(printer.render("M00", FULL["M00"]).pdf).split("卷内目录")
    )
    assert "人民调解卷宗" in cover
    assert "2026-RT-003" in cover
    assert "还缺：当事人身份核验记录、人民调解记录。" in contents
    assert "2人民调解当事人权利义务告知书2—3" in contents
    assert "第1/2页" not in cover + contents
    whole = replace(FULL["M00"], missing=())  # type: ignore[call-arg]
    assert "还缺" not in read(printer.render("M00", whole).pdf)


def test_a_row_of_the_contents_names_its_pages() -> None:
    rows = (ContentsRow(title="甲"), ContentsRow(title="乙", first=3, last=3),
            ContentsRow(title="丙", first=4, last=6))  # fmt: skip
    assert [row.pages for row in rows] == ["", "3", "4—6"]


@pytest.mark.parametrize("name", EACH)
def test_no_paper_of_ours_waives_the_right_to_petition(printer: Printer, name: str) -> None:
    code, paper = EACH[name]
    assert find_waivers(text(printer.render(code, paper).pdf)) == ()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("items", ("甲方付款", "乙方领款后保证不再上访"), "保证不再上访"),
        ("facts", "乙方承诺息访。", "息访"),
        ("performance", "付款后乙方停 访 息 诉", "停 访 息 诉"),
        ("responsibility", "乙方放弃信访的权利", "放弃信访"),
        ("note", "如再上访，退还补偿款", "如再上访，退还"),
    ],
)
@pytest.mark.parametrize("oral", [False, True], ids=["written", "oral"])
def test_an_agreement_that_waives_it_cannot_be_printed(
    fonts: Fonts, field: str, value: object, words: str, oral: bool
) -> None:
    first, *_ = check("M08", agreement(oral=oral, **{field: value}), fonts)
    assert (first.level, first.kind, first.field) == ("must", "wording", field)
    assert f"“{words}”" in first.title
    assert words in first.detail
    assert "本协议不影响当事人依法信访的权利" in first.detail
    assert "《信访工作条例》第十八条" in first.detail


def test_a_record_of_what_was_said_is_only_looked_at(fonts: Fonts) -> None:
    said = replace(FULL["M07"], course="乙方说以后不再上访。")  # type: ignore[call-arg]
    (finding, _) = check("M07", said, fonts)
    assert (finding.level, finding.kind, finding.field) == ("look", "wording", "course")


def found(code: str, paper: M.MediationPaper, fonts: Fonts) -> dict[str, Finding]:
    return {f"{finding.kind} {finding.field}": finding for finding in check(code, paper, fonts)}


def test_what_an_agreement_must_not_lack(fonts: Fonts) -> None:
    missing = found("M08", least("M08"), fonts)
    for name in ("mediation.parties", "mediation.title", "facts", "items"):
        assert missing[f"empty {name}"].level == "must"
    for name in ("mediation.number", "performance", "on"):
        assert missing[f"empty {name}"].level == "look"
    nameless = replace(DISPUTE, parties=(replace(RESPONDENT, name=" "),))
    hollow = found("M08", agreement(mediation=nameless), fonts)
    assert hollow["empty mediation.parties"].title == "第1项姓名或名称没有填"


def test_dates_of_a_mediation_follow_each_other(fonts: Fonts) -> None:
    late = replace(FULL["M11"], on=date(2026, 10, 20))
    finding = found("M11", late, fonts)["dates deadline"]
    assert finding.level == "must"
    assert "10月19日" in finding.detail
    early = replace(FULL["M10"], visited_on=date(2026, 9, 1))  # type: ignore[call-arg]
    assert found("M10", early, fonts)["dates visited_on"].level == "must"
