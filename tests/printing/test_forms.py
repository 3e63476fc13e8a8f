"""Every form, full and with the least, as it is read back from the PDF."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from xinfang_desktop.places import FORMS as FOLDER
from xinfang_desktop.printing import facts as F
from xinfang_desktop.printing.catalogue import FAMILIES, FORMS, document_number
from xinfang_desktop.printing.preview import page_count
from xinfang_desktop.printing.render import Printer

from .papers import EVERY, FULL, JOINT, MATTER, OFFICE, least
from .reading import assert_every_mark_is_a_fact, read

ISSUE = tuple(FULL)
NAMELESS = [code for code in ISSUE if FORMS[code].recipient == "公开栏"]
OF_A_MATTER = [code for code in ISSUE if FORMS[code].subject == "matter" and code not in NAMELESS]
TEMPLATES = sorted(FOLDER.rglob("*.rml"))


def about(code: str, **changes: object) -> F.Facts:
    """The full form about a changed matter."""
    paper = FULL[code]
    assert isinstance(paper, F.MatterPaper)
    return replace(paper, matter=replace(paper.matter, **changes))


def test_the_catalogue_has_the_forms_of_the_desk() -> None:
    desk = [code for code, form in FORMS.items() if form.subject in ("matter", "office")]
    assert sorted(desk) == sorted(ISSUE)
    assert {form.family for form in FORMS.values()} - {""} <= set(FAMILIES)
    assert document_number("青信", "accept", 2026, 12) == "青信受〔2026〕12号"


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("code", ISSUE)
def test_the_full_form_prints(printer: Printer, code: str, large: bool) -> None:
    done = printer.render(code, FULL[code], large_print=large)
    words = read(done.pdf)
    assert page_count(done.pdf) == done.pages
    assert "None" not in words
    if isinstance(paper := FULL[code], F.MatterPaper):
        assert paper.matter.title in words or code == "F05"
        assert paper.matter.petitioner in words
    if paper.number:
        assert paper.number in words


@pytest.mark.parametrize("code", ISSUE)
def test_the_least_form_prints_blanks_and_never_none(printer: Printer, code: str) -> None:
    done = printer.render(code, least(code), preview=True)
    words = read(done.pdf)
    assert "None" not in words
    assert "(" not in words.replace("(不打印)", "")  # no Python value leaked
    assert done.pages <= (3 if code == "F36" else 2)  # cover, contents and back


@pytest.mark.parametrize("code", OF_A_MATTER)
def test_rare_names_print(printer: Printer, code: str) -> None:
    done = printer.render(code, about(code, petitioner="䶮㛃𬭊喆"))
    assert "䶮㛃𬭊喆" in read(done.pdf)
    assert not any("没有字体" in warning for warning in done.warnings)


@pytest.mark.parametrize("code", OF_A_MATTER)
def test_markup_in_a_name_prints_literally(printer: Printer, code: str) -> None:
    name = "{{7*7}}<script>&amp;&</zh>{%x%}\x07\ud800王"
    words = read(printer.render(code, about(code, petitioner=name, headcount=1)).pdf)
    assert "{{7*7}}<script>&amp;&</zh>{%x%}王" in words


@pytest.mark.parametrize("code", OF_A_MATTER)
def test_who_asked_for_confidence_is_not_named(printer: Printer, code: str) -> None:
    paper = about(code, petitioner="王桂香", petitioner_phone="13100000000", confidential=True)
    if isinstance(paper, F.Registration):
        party = F.PartyFacts(name="王桂香", phone="13100000000", address="柳溪村9组")
        paper = replace(paper, parties=(party, party))
    words = read(printer.render(code, paper).pdf)
    assert "信访人（要求保密）" in words
    assert not any(secret in words for secret in ("王桂香", "13100000000", "柳溪村9组"))


@pytest.mark.parametrize("code", OF_A_MATTER)
def test_an_anonymous_visitor_is_addressed_by_the_channel(printer: Printer, code: str) -> None:
    words = read(
        printer.render(code, about(code, petitioner="", anonymous=True, channel="来信")).pdf
    )
    assert "来信人" in words


def test_five_claims_are_each_answered_on_a_paper_of_many_pages(printer: Printer) -> None:
    paper = FULL["F19"]
    assert isinstance(paper, F.Opinion)
    done = printer.render("F19", paper)
    words = read(done.pdf)
    assert done.pages >= 4
    for number, claim in zip("一二三四五", JOINT.claims, strict=True):
        assert f"（{number}）关于“{claim.text}”" in words
    assert words.count("依据：") == len(re.findall("意见（[^）]{2,4}）：", words)) == 5
    assert "自收到本意见书之日起三十日内，向云岭县人民政府请求复查" in words
    assert "—2—" in words
    assert "—1—" not in words


def test_the_last_page_of_a_letter_is_never_a_seal_alone(printer: Printer) -> None:
    paper = FULL["F19"]
    assert isinstance(paper, F.Opinion)
    for length in range(10, 100, 17):
        longer = replace(paper, hearing="核实情况如下。" * length, answers=paper.answers[:1])
        with pypdfium2.PdfDocument(printer.render("F19", longer).pdf) as document:
            last = document[len(document) - 1].get_textpage().get_text_range()
        words = re.sub(r"—\d+—", "", re.sub(r"\s", "", last))
        assert words.endswith("云岭县青石镇人民政府2026年11月2日")
        assert len(words) > 20 + 28  # a line and more of text stands above the seal


@pytest.mark.parametrize("code", [*OF_A_MATTER, "D01"])
def test_endless_text_goes_on_to_more_pages(printer: Printer, code: str) -> None:
    endless = "没有标点的长标题" * 150
    if code == "D01":
        row = F.DayRow(what=endless, state=endless, matter=endless, who=endless)
        sheet = replace(FULL["D01"], groups=(F.DayGroup(title="今天", rows=(row,)),))  # type: ignore[call-arg]
        assert printer.render(code, sheet).pages == 1
        return
    for field in ("title", "petitioner"):
        assert printer.render(code, about(code, **{field: endless})).pages >= 2


def test_the_receipt_holds_the_dates_owed_and_a_code_without_personal_data(
    printer: Printer,
) -> None:
    words = read(printer.render("F02", FULL["F02"]).pdf)
    for expected in ("48213907", "2026年9月21日", "2026年11月20日", "存根", OFFICE.phone):
        assert expected in words
    assert "<qr" in (FOLDER / "F02.rml").read_text("utf-8")
    (code,) = re.findall(r"<qr.*?>(.*?)</qr>", (FOLDER / "F02.rml").read_text("utf-8"))
    assert code == "{{ m.number }}"


def test_a_crowd_is_counted_and_not_listed(printer: Printer) -> None:
    crowd = tuple(F.PartyFacts(role="同行", name=f"来访者{n}") for n in range(10_000))
    paper = replace(FULL["F01"], parties=crowd)  # type: ignore[call-arg]
    words = read(printer.render("F01", paper).pdf)
    assert "等，共10000人" in words
    assert "来访者9999" not in words


def test_the_day_sheet_repeats_its_head_and_counts_its_pages(printer: Printer) -> None:
    done = printer.render("D01", FULL["D01"])
    words = read(done.pdf)
    assert done.pages == 3
    assert words.count("要办的事") == 3
    assert "第1/3页" in words
    assert "第3/3页" in words
    assert words.count("打印：2026年9月21日9:41") == 3
    assert "今天没有到期的事" in read(printer.render("D01", least("D01")).pdf)


def test_practice_and_reprint_are_marked(printer: Printer) -> None:
    marked = Printer(printer.fonts, practice=True).render("F07", FULL["F07"], reprint=True)
    plain = read(printer.render("F07", FULL["F07"]).pdf)
    assert "练习" in read(marked.pdf)
    assert "补打" in read(marked.pdf)
    assert "练习" not in plain
    assert "补打" not in plain


def test_facts_of_another_form_are_refused(printer: Printer) -> None:
    with pytest.raises(TypeError, match="F07"):
        printer.render("F07", FULL["F02"])
    with pytest.raises(KeyError):
        printer.render("F99", FULL["F02"])


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_cites_the_old_regulation_or_asks_to_give_up_a_right(path: Path) -> None:
    words = path.read_text("utf-8")
    assert not re.search(r"《信访条例》|国务院信访条例", words)
    assert not re.search(r"息访|罢访|停访|息诉|不再上访|放弃信访|稳控|缠访|闹访", words)


def test_only_articles_that_exist_are_cited() -> None:
    """《信访工作条例》 has fifty articles."""
    numbers = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
    for path in TEMPLATES:
        for cited in re.findall(r"第([一二三四五六七八九十]+)条", path.read_text("utf-8")):
            tens, ten, ones = cited.rpartition("十")
            value = (numbers.get(tens, 1) * 10 if ten else 0) + numbers.get(ones, 0)
            assert 1 <= value <= 50, (path.name, cited)


@pytest.mark.parametrize("code", EVERY)
def test_every_marked_place_is_a_fact_of_the_form(code: str) -> None:
    assert_every_mark_is_a_fact(code, EVERY[code])


def test_simple_handling_and_forwarded_matters_have_their_own_wording(printer: Printer) -> None:
    paper = FULL["F07"]
    assert isinstance(paper, F.Acceptance)
    simple = read(printer.render("F07", replace(paper, simple=True)).pdf)
    assert "适合简易办理" in simple
    sent = replace(
        paper, matter=replace(MATTER, source="云岭县信访局", source_ref="云信转〔2026〕8号")
    )
    assert "云岭县信访局转来的您反映的" in read(printer.render("F07", sent).pdf)
