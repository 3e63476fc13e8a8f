"""数据交换 in the real window: previews, imports, decisions by keyboard, bundles for the stick."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.neighbours import COUNTY, VILLAGE, Neighbours, bring
from tests.ui.conftest import Calm, WindowOf
from xinfang_desktop.services.conflicts import conflict_list
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.disputes import DisputeQuery, dispute_page
from xinfang_desktop.ui import theme
from xinfang_desktop.ui.dispute_page import DisputePage
from xinfang_desktop.ui.exchange_in_dialog import ImportBundlesDialog
from xinfang_desktop.ui.exchange_out_dialog import ExportDialog
from xinfang_desktop.ui.exchange_page import ExchangePage
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.screening_page import ScreeningPage

DeskAt = Callable[..., Desk]
Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def town(three: Neighbours, desk_at: DeskAt) -> Desk:
    return desk_at(three.town)


@pytest.fixture
def page(town: Desk, window_of: WindowOf, calm: Calm) -> ExchangePage:
    window = window_of(town)
    window.go("exchange")
    calm()
    found = window.page("exchange")
    assert isinstance(found, ExchangePage)
    return found


def window_under(page: ExchangePage) -> MainWindow:
    window = page.window()
    assert isinstance(window, MainWindow)
    return window


def dialog_in_front(calm: Calm) -> ImportBundlesDialog:
    calm()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ImportBundlesDialog)
    return dialog


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    QTest.keyClick(widget, key, modifier)


def test_a_bundle_is_shown_before_it_is_taken_in(
    page: ExchangePage, three: Neighbours, town: Desk, calm: Calm
) -> None:
    dialog = page.show_import([three.second])
    assert dialog is not None and not dialog.go.isEnabled()
    calm()
    assert QApplication.focusWidget() is dialog.go
    assert conflict_list(town) == (), "only looked at"
    press(Key.Key_Return)
    calm()
    assert QApplication.activeModalWidget() is None, "it closes when all went well"
    window = window_under(page)
    assert window.status.message() == "已导入 1 个数据包。"
    assert window.status.conflicts.text() == "冲突 2"
    assert "2 件" in window.rail.item("exchange").accessibleName()
    assert page.peers.table.rows.shown_rows()[1].words == "冲突 2"


def test_a_refusal_says_what_is_wrong_and_what_to_do(
    page: ExchangePage, three: Neighbours, tmp_path: Path, calm: Calm
) -> None:
    cut = tmp_path / "断了.xfb"
    cut.write_bytes(three.second.read_bytes()[:-100])
    dialog = page.show_import([cut])
    assert dialog is not None
    calm()
    (line,) = dialog.bundles.lines
    assert line.error is not None
    told = " ".join(w.text() for w in dialog.findChildren(type(dialog._sentence)))
    assert line.error.sentence.rstrip("。") in told and line.error.mend in told
    assert dialog.go.toolTip() == "没有可以导入的" and dialog.leave.text() == "关闭"
    dialog.reject()


def test_files_are_dropped_on_the_window(
    page: ExchangePage, three: Neighbours, calm: Calm, tmp_path: Path
) -> None:
    window = window_under(page)
    window.go("today")
    calm()
    picture = tmp_path / "照片.jpg"
    picture.write_bytes(b"x")
    assert not drop(window, [picture])
    assert drop(window, [three.first, picture, three.second])
    dialog = dialog_in_front(calm)
    assert [line.path for line in dialog.bundles.lines] == [three.first, three.second]
    assert window.current_page() is page
    dialog.reject()


def drop(window: MainWindow, files: list[Path]) -> bool:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    left = Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, mime, left, Qt.KeyboardModifier.NoModifier
    )
    enter.ignore()
    QApplication.sendEvent(window, enter)
    if not enter.isAccepted():
        return False
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, left, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(window, event)
    return True


def test_a_file_that_was_opened_with_us_waits_behind_the_lock(
    page: ExchangePage, three: Neighbours, calm: Calm
) -> None:
    window = window_under(page)
    window.lock()
    window.take_file(str(three.second))
    calm()
    assert QApplication.activeModalWidget() is None
    window.unlock()
    dialog = dialog_in_front(calm)
    window.take_file(str(three.first))
    assert "写完这一张后，在“数据交换”里导入" in window.status.message()
    dialog.reject()


def test_a_conflict_is_decided_by_keyboard_and_taken_back(
    page: ExchangePage, three: Neighbours, town: Desk, calm: Calm
) -> None:
    bring(town, three.second)
    calm()
    judge = page.judge
    group = page.conflicts.group()
    assert group is not None and group.what == "详细情况等 2 处"
    assert [head.title for head in group.heads] == ["柳溪村村委会改的", "本机改的"]
    detail, due = group.questions
    assert judge.comparison is not None and judge.save.toolTip() == "先在上面选一边。"
    judge.comparison.radios[detail.id, "1"].setFocus()
    press(Key.Key_Space)
    judge.comparison.radios[due.id, "other"].setFocus()
    press(Key.Key_Space)
    editor = judge.comparison.editors[due.id]
    assert editor.isVisible() and judge._count.text() == "已选 2 / 2 项"
    QTest.keyClick(page, Key.Key_S, CTRL)
    calm()
    assert "还缺" in judge.problem.text(), "nothing was written as a value of one's own"
    assert len(conflict_list(town)) == 2
    editor.set_value("2026-10-08")
    page.conflicts.write(due.id, editor.value())
    QTest.keyClick(page, Key.Key_S, CTRL)
    calm()
    assert conflict_list(town) == ()
    assert window_under(page).status.message() == "已判断 2 处，没选的仍在经过里"
    assert due_of(town, group.number) == "2026-10-08"
    assert judge.old.text() == "已判断 2"
    judge.old.setFocus()
    press(Key.Key_Return)
    line = next(each for each in page.conflicts.settled if each.label == "化解时限")
    assert line.others == ("2026年10月19日", "2026年9月30日")
    judge._undo(line.id, 1)
    calm()
    assert due_of(town, group.number) == "2026-09-30"


def due_of(desk: Desk, number: str) -> str:
    rows = dispute_page(desk, DisputeQuery()).rows
    return str(next(row.due for row in rows if row.number == number))


def test_later_forgets_what_was_picked_and_goes_on(
    page: ExchangePage, three: Neighbours, town: Desk, calm: Calm
) -> None:
    bring(town, three.second)
    calm()
    group = page.conflicts.group()
    assert group is not None
    page.conflicts.pick(group.questions[0].id, "1")
    page.judge.later.click()
    assert page.conflicts.picks == {} and page.conflicts.group() is group


def test_the_conflict_of_a_case_is_found_and_the_case_opened(
    page: ExchangePage, three: Neighbours, town: Desk, calm: Calm
) -> None:
    bring(town, three.second)
    calm()
    window = window_under(page)
    number = conflict_list(town)[0].number
    window.go("today")
    window.go("exchange", conflict=number)
    calm()
    group = page.conflicts.group()
    assert group is not None and group.number == number
    page.judge.open_case.click()
    calm()
    assert window.current_page().key == "dispute"


def test_bundles_go_to_the_stick_and_the_folder_is_remembered(
    page: ExchangePage, town: Desk, tmp_path: Path, calm: Calm
) -> None:
    page.peers.table.selectRow(1)
    assert page.head.buttons["send"].text() == "生成给柳溪村村委会"
    QTest.keyClick(page, Key.Key_G, CTRL)
    calm()
    made = QApplication.activeModalWidget()
    assert isinstance(made, ExportDialog)
    made.choose_folder(tmp_path / "U盘")
    made.go.click()
    assert not made.go.isEnabled() and "拔出" not in made.told.text()
    calm()
    assert made.told.text().endswith("可以拔出 U 盘了。")
    assert made.files.text() == next((tmp_path / "U盘").iterdir()).name
    made.accept()
    calm()
    again = page.ask_send_all()
    assert again is not None
    calm()
    assert again.folder() == tmp_path / "U盘"
    again.go.click()
    calm()
    assert len(list((tmp_path / "U盘").iterdir())) == 3
    assert COUNTY.name in again.told.text() and VILLAGE.name in again.told.text()
    again.accept()


def test_in_large_print_one_part_is_seen_at_a_time(
    page: ExchangePage, three: Neighbours, town: Desk, calm: Calm
) -> None:
    bring(town, three.second)
    theme.apply(QApplication.instance(), theme.Look("light", 200))  # type: ignore[arg-type]
    calm()
    assert page.peers.isVisible() and not page.judge.isVisible() and not page.report.isVisible()
    page.head.part.chosen.emit("conflicts")
    assert page.judge.isVisible() and not page.peers.isVisible()
    assert page.head.more.isVisible() and not page.head.buttons["import"].isVisible()


def test_who_may_only_look_is_told_why(
    three: Neighbours, desk_of: Callable[..., Desk], window_of: WindowOf, calm: Calm
) -> None:
    window = window_of(desk_of("supervisor"))
    window.go("exchange")
    calm()
    page = window.page("exchange")
    assert isinstance(page, ExchangePage)
    assert "信访专干" in page.head.buttons["import"].toolTip()
    assert "信访专干" in window.book.reason("send_bundles")
    assert window.book.reason("import_bundle") == "您的账号不能导入数据包"
    assert page.show_import([three.second]) is None


def test_the_case_and_the_lists_say_that_something_is_open(
    page: ExchangePage, three: Neighbours, town: Desk, calm: Calm
) -> None:
    bring(town, three.second)
    calm()
    window = window_under(page)
    number = conflict_list(town)[0].number
    window.go("screening")
    calm()
    listed = window.page("screening")
    assert isinstance(listed, ScreeningPage)
    table = listed.list.table
    column = table.rows.column("summary")
    said = {row.number: column.said(row) for row in table.rows.shown_rows()}
    assert said.pop(number).endswith("（冲突）") and not any(
        "冲突" in each for each in said.values()
    )
    window.go("dispute", number=number)
    calm()
    case = window.page("dispute")
    assert isinstance(case, DisputePage)
    assert case.conflicts.text().startswith("这一件有 2 处冲突待判断：")
    case.conflicts.link.setFocus()
    press(Key.Key_Return)
    calm()
    group = page.conflicts.group()
    assert window.current_page() is page and group is not None and group.number == number
    for question in group.questions:
        page.conflicts.pick(question.id, "2")
    page.judge._show_choice()
    page.judge.keep()
    calm()
    window.go("dispute", number=number)
    calm()
    assert case.conflicts.text() == "" and not window.status.conflicts.isVisible()
