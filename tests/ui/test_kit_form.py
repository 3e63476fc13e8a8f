"""Forms: Enter goes on, nothing typed is lost, problems stand under their fields."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.factories import TODAY
from tests.ui.conftest import Type, Up
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.domain.fields import Field
from xinfang_desktop.domain.inputs import read_fields
from xinfang_desktop.ui.form import Form, FormContext
from xinfang_desktop.ui.widgets.combo import Choice, Combo
from xinfang_desktop.ui.widgets.dates import DateEdit
from xinfang_desktop.ui.widgets.inputs import IntEdit, LineEdit, PhoneEdit, TextEdit
from xinfang_desktop.ui.widgets.lines import LinesEditor

VILLAGES = (
    Choice("柳溪村", "柳溪村", ("liuxicun", "lxc")),
    Choice("大塘村", "大塘村", ("datangcun", "dtc")),
)
CONTEXT = FormContext(today=lambda: TODAY, table=lambda _name: VILLAGES, people=lambda: VILLAGES)
FIELDS = (
    Field("who", "姓名", required=True, help="照身份证写。"),
    Field("on", "日期", "date"),
    Field("many", "人数", "int"),
    Field("village", "村", "choice", choices="village"),
    Field("flags", "标记", "many", choices=(("a", "甲"), ("b", "乙"))),
    Field("lines", "诉求", "many"),
    Field("asked", "问过", "bool"),
    Field("text", "经过", "long"),
    Field("by", "经办", "person"),
    Field("other", "原编号", "matter"),
    Field("rows", "答复", "rows", columns=(Field("no", "序号", "int"), Field("opinion", "意见"))),
)  # fmt: skip
VALUES = {
    "who": "王桂芳",
    "on": "2026-09-18",
    "many": 3,
    "village": "柳溪村",
    "flags": ["b"],
    "lines": ["修路", "补偿"],
    "asked": True,
    "text": "第一行\n第二行",
    "by": "周敏",
    "other": "20260921-A0001",
    "rows": [{"no": 1, "opinion": "支持"}, {"no": 2}],
}


@pytest.fixture
def form(up: Up) -> Form:
    made = Form(FIELDS, CONTEXT)
    up(made)
    return made


def test_every_kind_of_field_shows_and_gives_back_its_value(form: Form) -> None:
    form.set_values(VALUES)
    assert form.values() == VALUES
    form.clear()
    assert form.values() == {"asked": False}


def test_enter_goes_from_field_to_field_in_reading_order(form: Form, typing: Type) -> None:
    form.focus("who")
    typing("王桂芳\n918\n３人\nlxc\n")
    assert form.values() | {"asked": False} == {
        "who": "王桂芳", "on": "2026-09-18", "many": "3人", "village": "柳溪村", "asked": False,
    }  # fmt: skip
    assert form.editor("flags").isAncestorOf(QApplication.focusWidget())


def test_problems_stand_under_their_fields_and_keep_what_was_typed(form: Form) -> None:
    form.set_values({"who": "王", "on": "13月40日"})
    left = form.show_problems([
        RuleViolation("x", "没有这一天。", mend="请核对月和日。", field="on"),
        RuleViolation("y", "至少一项。", field="rows.2.opinion"),
        RuleViolation("z", "没有编号。", field="elsewhere"),
    ])  # fmt: skip
    assert form.box("on").problem() == "没有这一天。请核对月和日。"
    assert form.box("rows").problem() == "至少一项。"
    assert [problem.code for problem in left] == ["z"]
    assert form.values()["on"] == "13月40日"
    assert QApplication.focusWidget() is form.editor("on").line
    form.show_problems([])
    assert form.box("on").problem() == ""


def test_writing_takes_the_problem_of_this_field_away(form: Form, typing: Type) -> None:
    form.say("who", "还没有填。")
    form.focus("who")
    typing("王")
    assert form.box("who").problem() == ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1122", "2025-11-22"),
        ("918", "2026-09-18"),
        ("2026.9.1", "2026-09-01"),
        ("9月2日", "2026-09-02"),
        ("昨天", "2026-09-20"),
        ("２０２６－０９－０３", "2026-09-03"),
        ("2月30日", "2月30日"),
    ],
)
def test_dates_are_read_as_people_write_them(
    look: QApplication, qtbot: QtBot, typed: str, meant: str
) -> None:
    edit = DateEdit("收到日期", lambda: TODAY)
    qtbot.addWidget(edit)
    edit.set_value(typed)
    assert edit.value() == meant


def test_a_coming_date_takes_the_coming_year(look: QApplication, qtbot: QtBot) -> None:
    edit = DateEdit("约定哪天", lambda: TODAY, past=False)
    qtbot.addWidget(edit)
    edit.set_value("1122")
    assert edit.value() == "2026-11-22"
    QTest.keyClick(edit.line, Qt.Key.Key_Semicolon, Qt.KeyboardModifier.ControlModifier)
    assert edit.value() == date(2026, 9, 21).isoformat()


def test_full_width_digits_are_understood_and_nothing_is_cut(
    look: QApplication, qtbot: QtBot
) -> None:
    phone, count, line = PhoneEdit("电话"), IntEdit("人数", "人"), LineEdit("姓名")
    for widget in (phone, count, line):
        qtbot.addWidget(widget)
    phone.setText("１３８００００４４１２")
    assert phone.value() == "13800004412"
    phone.setText("打不通，找她儿子")
    assert phone.value() == "打不通，找她儿子"
    count.setText("十二人")
    assert count.value() == 12
    line.setText("䶮" * 5000 + "\x07")
    assert line.value() == "䶮" * 5000


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("12000", "12,000 元"),
        ("１.5万", "15,000 元"),
        ("3200.5", "3,200.50 元"),
        ("三千", "3,000 元"),
        ("很多", "很多"),
    ],
)
def test_money_is_typed_in_yuan_and_kept_in_fen(
    up: Up, typing: Type, typed: str, told: str
) -> None:
    asked = (Field("amount", "涉及金额（元）", "money"), Field("place", "地点"))
    made = Form(asked, CONTEXT)
    up(made)
    made.focus("amount")
    typing(typed + "\n")
    assert made.editor("amount").text() == told
    reading = read_fields(asked, made.values())
    if told == typed:
        assert [problem.code for problem in reading.problems] == ["not_money"]
        return
    kept = reading.values["amount"]
    made.clear()
    assert made.values() == {}
    made.set_values({"amount": kept})
    assert made.editor("amount").text() == told
    assert read_fields(asked, made.values()).values["amount"] == kept


def test_a_combo_is_found_by_initials_and_keeps_what_it_does_not_know(up: Up, typing: Type) -> None:
    combo, free = Combo("村", VILLAGES), Combo("地点", VILLAGES, free=True)
    up(combo, free)
    combo.setFocus()
    typing("dtc\n")
    assert combo.value() == "大塘村"
    combo.set_value(None)
    typing("火星")
    assert combo.value() == "火星"
    free.setFocus()
    typing("柳溪")
    combo.setFocus()
    assert free.value() == "柳溪"


def test_the_wheel_never_changes_a_value(up: Up) -> None:
    combo = Combo("村", VILLAGES)
    up(combo)
    combo.set_value("柳溪村")
    combo.setFocus()
    turn = QWheelEvent(
        QPointF(5, 5), QPointF(combo.mapToGlobal(QPoint(5, 5))), QPoint(), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(combo, turn)
    assert combo.value() == "柳溪村"


def test_lines_are_added_by_alt_a_and_taken_away_by_backspace(up: Up, typing: Type) -> None:
    lines = LinesEditor("诉求")
    up(lines)
    lines.setFocus()
    typing("修路")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    typing("补偿")
    assert lines.value() == ["修路", "补偿"]
    assert [line.accessibleName() for line in lines.lines()] == ["诉求 1", "诉求 2"]
    lines.lines()[1].clear()
    QTest.keyClick(lines.lines()[1], Qt.Key.Key_Backspace)
    assert lines.value() == ["修路"] and len(lines.lines()) == 1


def test_a_long_text_grows_and_lets_ctrl_enter_pass(up: Up) -> None:
    text = TextEdit("经过", rows=2)
    up(text)
    before = text.height()
    text.set_value("一\n二\n三\n四")
    assert text.height() > before
    QTest.keyClick(text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert text.value() == "一\n二\n三\n四"
