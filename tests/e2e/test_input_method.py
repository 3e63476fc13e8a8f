"""Writing Chinese with an input method, in every field of 登记: nothing is swallowed, nothing cut."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from tests.e2e.clerk import Clerk, Key, commit, compose, focused, press
from xinfang_desktop.ui.register import RegisterPage

LONG = "九月十九日夜里下雨，后山路塌方，车进不来。" * 60


def text_fields(page: RegisterPage) -> Iterator[QWidget]:
    """Everything on the page that one writes into, hidden ones brought to light."""
    page.more.show()
    page.haves.answer.button("promise").click()
    page.haves.policy.click()
    page.haves.hardship.button("refer").click()
    for kind in (QLineEdit, QPlainTextEdit):
        for field in page.findChildren(kind):
            if not field.isReadOnly() and field.isVisible():
                yield field
    page.haves.answer.button("now").click()
    yield page.haves.answered


def text_of(field: QWidget) -> str:
    """What stands in a field."""
    return field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()  # type: ignore[attr-defined,no-any-return]


def test_composing_swallows_nothing_and_goes_nowhere(clerk: Clerk) -> None:
    page = clerk.new_visit()
    walked = 0
    for field in text_fields(page):
        field.clear()  # type: ignore[attr-defined]
        field.setFocus()
        clerk.calm()
        here = focused()
        name = clerk.at()
        compose("hou shan")
        press(
            Key.Key_Return
        )  # an input method takes it for itself; one it lets through is harmless
        assert focused() is here, name
        compose("")
        commit("后山")
        compose("lu")
        commit("路")
        assert focused() is here, f"{name}: a commit does not go on"
        assert text_of(field) == "后山路", name
        if isinstance(field, QLineEdit):
            press(Key.Key_Return)
            assert focused() is not here, f"{name}: then Enter goes on"
        walked += 1
    assert walked >= 20


def test_a_list_shows_no_choice_while_one_composes(clerk: Clerk) -> None:
    page = clerk.new_visit()
    village = page.form.editor("village")
    page.form.focus("village")
    compose("liu xi")
    assert not village.completer().popup().isVisible()
    assert page.form.values().get("village") is None
    commit("柳溪")
    press(Key.Key_Return)
    assert page.form.values()["village"] == "柳溪"


def test_full_width_digits_are_normalised_when_the_field_is_left(clerk: Clerk) -> None:
    page = clerk.new_visit()
    for name, written, meant in (
        ("phone", "１３８００００４４１２", "13800004412"),
        ("received_on", "２０２６－０９－１８", "2026-09-18"),
        ("headcount", "３", 3),
        ("place", "５组", "5组"),
        ("name", "王桂芳　", "王桂芳"),
    ):
        page.form.focus(name)
        here = focused()
        if isinstance(here, QLineEdit):
            here.selectAll()
        commit(written)
        press(Key.Key_Return)
        assert page.form.values()[name] == meant
    assert page.form.editor("phone").text() == "138 0000 4412"
    assert page.form.editor("place").text() == "5组"


def test_no_text_is_cut(clerk: Clerk) -> None:
    page = clerk.new_visit()
    for field in text_fields(page):
        field.clear()  # type: ignore[attr-defined]
        field.setFocus()
        commit(LONG)
        name = clerk.at()
        press(Key.Key_Tab)
        combo = field.parentWidget()
        if isinstance(combo, QComboBox):
            assert combo.currentText() == LONG, name
        assert text_of(field) == LONG, name


def test_a_text_longer_than_the_office_keeps_is_told_not_cut(clerk: Clerk) -> None:
    page = clerk.new_visit()
    page.form.focus("claims")
    commit(LONG)
    page.save()
    clerk.settle()
    assert "500" in page.form.box("claims").problem()
    assert page.form.values()["claims"] == [LONG]
