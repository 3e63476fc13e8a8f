"""The manual says what the program does: pages, links, keys, words on buttons, papers, articles."""

from __future__ import annotations

import importlib
import pkgutil
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from xinfang_desktop import ui
from xinfang_desktop.domain.mediation_course import ACTIONS as MEDIATION_ACTIONS
from xinfang_desktop.domain.permissions import ROLE_NAMES
from xinfang_desktop.domain.transitions import ACTIONS
from xinfang_desktop.places import FORMS, RESOURCES
from xinfang_desktop.presenters.settings import SettingsPresenter
from xinfang_desktop.presenters.shell import PLACES
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.ui.actions import ACTS, cheat_sheet
from xinfang_desktop.ui.help import PAGES as LISTED
from xinfang_desktop.ui.help import Manual, print_page, text_of
from xinfang_desktop.ui.page import Page

HELP = RESOURCES / "help"
KEYS = sorted(path.stem for path in HELP.glob("*.md"))
LINK = re.compile(r"\]\(([^)]+)\)")
SHORTCUT = re.compile(
    r"(?:Ctrl|Alt|Shift)\+(?:Shift\+)?(?:[A-Z0-9]\b|Enter|回车|Tab|[/;↓])|\bF\d\b"
)
REFUSED = re.compile(
    r"稳控|息访|息诉|罢访|停访|缠访|闹访|非访|劝返|维稳|老户|重点人员|钉子户|刁民|布控|训诫|零上访"
)
EXPLAINS_WHY_NOT = frozenset({"never"})
LATIN = frozenset({
    "PDF", "WPS", "Windows", "Linux", "AppData", "Local", "xinfang", "local", "share",
    "xlsx", "xls", "ods", "csv", "lx", "xfb", "Ctrl", "Alt", "Shift", "Tab", "Enter",
})  # fmt: skip


def words_of(page: str) -> str:
    """A page without the targets of its links."""
    return LINK.sub("]", text_of(page))


@pytest.mark.parametrize("page", KEYS)
def test_a_page_is_short_chinese_and_leads_somewhere(page: str) -> None:
    text = text_of(page)
    assert text.startswith("# ")
    assert 200 < len(text) < 1500
    assert [link for link in LINK.findall(text) if link not in KEYS] == []
    latin = {word for word in re.findall(r"[A-Za-z]{2,}", words_of(page)) if word not in LATIN}
    assert latin == set()


@pytest.mark.parametrize("page", [key for key in KEYS if key not in EXPLAINS_WHY_NOT])
def test_a_page_speaks_of_people_with_respect(page: str) -> None:
    assert REFUSED.findall(text_of(page)) == []


def test_every_page_that_a_screen_names_is_there() -> None:
    for module in pkgutil.iter_modules(ui.__path__, f"{ui.__name__}."):
        importlib.import_module(module.name)
    screens = list(_screens(Page))
    assert len(screens) >= len(PLACES)
    named = {screen.help_page for screen in screens}
    assert (named | {key for key, _ in LISTED}) - set(KEYS) == set()


def _screens(kind: type[Page]) -> Iterator[type[Page]]:
    for each in kind.__subclasses__():
        if each.key:
            yield each
        yield from _screens(each)


def test_every_page_is_reached_in_two_steps() -> None:
    """From the first page, or from the first page of what one is about."""
    first = set(LINK.findall(text_of("start")))
    indices = [key for key in KEYS if key.endswith("_start")]
    second = {link for key in indices for link in LINK.findall(text_of(key))}
    assert set(indices) <= first and first | second | {"start"} == set(KEYS)


def test_the_first_page_names_every_place() -> None:
    assert [place.word for place in PLACES if f"[{place.word}]" not in text_of("start")] == []


def test_the_keys_are_those_of_the_cheat_sheet(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = cheat_sheet(parent)
    shown = [found.text() for found in dialog.findChildren(QLabel)]
    dialog.close()
    pairs = set(zip(shown[1::2], shown[2::2], strict=False))
    told = re.findall(r"^\| (.+?) \| (.+?) \|$", text_of("keys"), re.M)
    written = {pair for pair in told if pair != ("键", "做什么") and not set(pair[0]) <= {"-"}}
    assert len(written) == len(pairs) > 20
    assert written == pairs


@pytest.mark.parametrize("page", KEYS)
def test_no_page_names_a_key_that_does_nothing(page: str) -> None:
    keys = {key.replace("Return", "回车") for act in ACTS for key in act.shortcuts}
    keys |= {"Alt+↓", "Shift+Tab", *(f"Ctrl+{n}" for n in range(1, len(PLACES) + 1))}
    assert [key for key in SHORTCUT.findall(text_of(page)) if key not in keys] == []


def test_every_shortcut_is_explained() -> None:
    shown = {key for act in ACTS for key in act.shortcuts if "Return" not in key}
    text = text_of("keys").replace("Ctrl+回车", "Ctrl+Enter")
    assert [key for key in sorted(shown) if key not in text] == []


def test_every_step_of_the_course_is_spoken_of() -> None:
    text = "".join(text_of(page) for page in KEYS)
    elsewhere = {"note": "记一笔", "supplied": "补正"}  # said in other words than the button's
    missing = [a.label for a in ACTIONS.values() if elsewhere.get(a.name, a.label) not in text]
    assert missing == []


def test_every_step_of_a_mediation_is_spoken_of() -> None:
    text = text_of("mediation")
    assert [a.label for a in MEDIATION_ACTIONS.values() if f"**{a.label}**" not in text] == []


def test_every_paper_role_and_tab_is_spoken_of(desk: Desk) -> None:
    catalogue = tomllib.loads((FORMS / "catalogue.toml").read_text("utf-8"))["form"]
    told = "".join(map(text_of, KEYS))
    for form in catalogue.values():
        name = form["name"].removeprefix("信访人").removeprefix("信访事项").removeprefix("信访")
        plain = {
            "权利义务告知书": "权利义务告知",
            "延期办理告知书": "延期告知书",
            "今日日单": "日单",
        }
        assert plain.get(name, name) in told, form["name"]
    assert [role for role in ROLE_NAMES.values() if role not in text_of("accounts")] == []
    tabs = SettingsPresenter(desk, lambda *a, **k: None).tabs()
    assert [tab.word for tab in tabs if f"| {tab.word} |" not in text_of("settings")] == []


@pytest.mark.parametrize("page", KEYS)
def test_only_the_law_in_force_is_cited(page: str) -> None:
    text = text_of(page)
    assert "《信访条例》" not in text
    assert all(
        1 <= _number(n) <= 50 for n in re.findall(r"《信访工作条例》第([一二三四五十]+)条", text)
    )


def test_the_manual_turns_its_pages(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    manual = Manual(parent, "register")
    manual.show_page("same")
    assert manual.page == "same"
    manual._back.click()
    assert manual.page == "register" and not manual._back.isEnabled()


@pytest.mark.parametrize("card", ["card_desk", "card_village"])
def test_a_card_is_one_sheet(card: str, qtbot: QtBot, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "card.pdf"))
    print_page(card, printer)
    sheet = pypdfium2.PdfDocument(tmp_path / "card.pdf")
    assert len(sheet) == 1
    width, height = sheet[0].get_size()
    assert (round(width), round(height)) == (595, 842)
    sheet.close()


def _number(han: str) -> int:
    """二十三 → 23."""
    tens, ten, ones = han.rpartition("十")
    digit = {name: value for value, name in enumerate("零一二三四五六七八九")}
    return (digit[tens] if tens else 1) * 10 * bool(ten) + (digit[ones] if ones else 0)
