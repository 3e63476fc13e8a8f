"""The matter's page: a lawful step opens its form and is taken, a locked one says why, another is absent."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from tests.e2e.clerk import Clerk, Key, focused, press, words, write
from tests.factories import COURSE, register
from xinfang_desktop.services import handling
from xinfang_desktop.ui.fields_dialog import FieldsDialog
from xinfang_desktop.ui.matter_page import MatterPage
from xinfang_desktop.ui.widgets.buttons import Button


def open_matter(clerk: Clerk, number: str) -> MatterPage:
    """Go to the page of a matter."""
    clerk.window.go("matter", number=number)
    clerk.calm()
    assert isinstance(clerk.page, MatterPage)
    return clerk.page


def entries(menu: QMenu) -> Iterator[QAction]:
    """Everything that can be chosen in a menu and the menus within it."""
    for entry in menu.actions():
        within = entry.menu()
        if isinstance(within, QMenu):
            yield from entries(within)
        else:
            yield entry


def offered(page: MatterPage) -> dict[str, bool]:
    """Every step that the page names, as button or under 更多, and whether it can be taken."""
    buttons = [
        b for b in page.steps.findChildren(Button) if b.isVisible() and b is not page.steps.more
    ]
    told = {b.text(): b.isEnabled() for b in buttons}
    told |= {a.text().partition("（")[0]: a.isEnabled() for a in entries(page.steps.menu)}
    return told


def check(clerk: Clerk, number: str) -> str:
    """What the page of a matter offers against what the law allows; returns its state."""
    page = open_matter(clerk, number)
    lawful = {o.label: o for o in handling.offers(clerk.desk, number) if o.lawful_here}
    shown = offered(page)
    notes = {name for name in shown if name.startswith("记")}
    assert set(shown) - notes <= set(lawful), "an unlawful step is absent"
    # a task can only be fulfilled where there is one, and a note has a button for each kind
    assert set(lawful) - set(shown) <= {"记一笔", "登记落实"}, page.matter.seen.state
    for name, enabled in shown.items():
        assert name not in lawful or enabled == lawful[name].allowed, name
    for button in page.steps.findChildren(Button):
        if button.isVisible() and not button.isEnabled():
            reason = button.toolTip()
            assert reason and button.accessibleDescription() == reason
            assert reason in words(page.steps), "the reason stands beside it"
    for entry in entries(page.steps.menu):
        assert entry.isEnabled() or "（" in entry.text()
    return page.matter.seen.state


def test_in_every_state_the_page_offers_what_the_law_allows_and_nothing_else(clerk: Clerk) -> None:
    number = register(clerk.desk).number
    seen, before = set(), "S10"
    for action, state, data in COURSE:
        if before not in seen:
            assert check(clerk, number) == before
            seen.add(before)
        assert handling.take_step(clerk.desk, number, action, data).state == state
        before = state
    assert {"S10", "S20", "S30", "S40", "S50", "S55", "S60", "S65", "S70"} <= seen


def step_button(page: MatterPage, word: str) -> Button:
    """A step's button, by its word."""
    return next(b for b in page.steps.findChildren(Button) if b.isVisible() and b.text() == word)


def form_of(clerk: Clerk) -> FieldsDialog:
    """The form that is open."""
    clerk.calm()
    dialog = clerk.dialog()
    assert isinstance(dialog, FieldsDialog)
    return dialog


def test_a_step_is_taken_by_keyboard_and_its_problems_stand_under_their_fields(
    clerk: Clerk,
) -> None:
    number = register(clerk.desk).number
    page = open_matter(clerk, number)
    step_button(page, "认领甄别").setFocus()
    press(Key.Key_Return)
    dialog = form_of(clerk)
    dialog.form.focus("on")
    write("明天")
    _go_to(dialog.done_button)
    press(Key.Key_Return)
    clerk.settle()
    assert dialog.isVisible(), "a wrong form stays open"
    assert dialog.form.box("on").problem() != ""
    assert dialog.form.box("no_interest").problem() != ""
    assert dialog.isAncestorOf(focused()) and not isinstance(focused(), Button)
    assert handling.matter_view(clerk.desk, number).state == "S10", "nothing was written"

    dialog.form.focus("on")
    write("今天")
    dialog.editor("no_interest").setFocus()
    press(Key.Key_Space)
    _go_to(dialog.done_button)
    press(Key.Key_Return)
    clerk.wait(lambda: not clerk.app.activeModalWidget())
    clerk.calm()
    assert handling.matter_view(clerk.desk, number).state == "S20"
    assert "受理" in offered(page), "the page shows what comes next"


def test_a_locked_step_cannot_be_forced(clerk: Clerk) -> None:
    number = register(clerk.desk).number
    page = open_matter(clerk, number)
    page.ask_step("draft")
    clerk.calm()
    told = clerk.dialog()
    assert not isinstance(told, FieldsDialog)
    press(Key.Key_Return)
    clerk.calm()
    assert clerk.app.activeModalWidget() is None
    assert handling.matter_view(clerk.desk, number).state == "S10"


def test_escape_leaves_a_form_without_writing(clerk: Clerk) -> None:
    number = register(clerk.desk).number
    page = open_matter(clerk, number)
    page.ask_step("claim")
    dialog = form_of(clerk)
    dialog.editor("no_interest").click()
    press(Key.Key_Escape)
    clerk.calm()
    assert clerk.app.activeModalWidget() is None
    assert handling.matter_view(clerk.desk, number).state == "S10"
    assert page.isVisible()


def _go_to(widget: QWidget) -> None:
    """Press Tab until there."""
    for _ in range(40):
        if focused() is widget:
            return
        press(Key.Key_Tab)
    raise AssertionError(f"Tab never reaches “{widget.accessibleName()}”")
