"""What is wrong with a window as it stands on the screen: unnamed, foreign, cut off, too small."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QLabel,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QStackedLayout,
    QTabBar,
    QTableView,
    QToolButton,
    QWidget,
)

from xinfang_desktop.ui import theme
from xinfang_desktop.ui.widgets.text import LEAST_TARGET_PX, ElidedLabel, Link

_CONTROLS = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit)
_QT_OWN = re.compile(r"^(qt_|ScrollLeft|ScrollRight)")
_FOREIGN = re.compile(r"[A-Za-z]{2,}")
_KNOWN = re.compile(
    r"Ctrl|Alt|Shift|Tab|Esc|Enter|Page Up|Page Down|Delete|PDF|Excel|WPS|UOS|Windows|EMS|USB|IP|mm|GB|MB|KB|FAT32"
    r"|\.?(xlsx|xls|ods|csv|pdf|md|xfb|card)|F\d+|UTF-8|GB18030|XF|A\d{4}|qingshi-lianxi|\S+@\S+|https?\S+|“[^”]*[/\\][^”]*”"
)
_TAG = re.compile(r"<[^>]*>")
_SLACK_PX = 1


def shown(window: QWidget) -> Iterator[QWidget]:
    """The visible parts of a window, itself included."""
    for widget in (window, *window.findChildren(QWidget)):
        if widget.isVisible() and not _QT_OWN.match(widget.objectName()):
            yield widget


def _say(widget: QWidget, words: str = "") -> str:
    name = widget.accessibleName() or words or getattr(widget, "text", str)()
    parent = widget.parentWidget()
    return f"{type(widget).__name__}“{name}” in {type(parent).__name__}"


def nameless(window: QWidget) -> list[str]:
    """Controls that a screen reader could not name."""
    return [
        _say(widget)
        for widget in shown(window)
        if isinstance(widget, _CONTROLS) or widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))
    ]


def _texts(widget: QWidget) -> Iterator[str]:
    yield from (widget.accessibleName(), widget.toolTip(), widget.statusTip())
    if widget.isWindow():
        yield widget.windowTitle()
    if isinstance(widget, QLabel) and widget.textFormat() == Qt.TextFormat.RichText:
        yield _TAG.sub("", widget.text())
    elif isinstance(widget, QLabel | QAbstractButton | Link):
        yield widget.text()
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(n) for n in range(widget.count()))
    if isinstance(widget, QTabBar):
        yield from (widget.tabText(n) for n in range(widget.count()))
    if isinstance(widget, QTableView) and (model := widget.model()) is not None:
        yield from (
            str(model.headerData(n, Qt.Orientation.Horizontal) or "")
            for n in range(model.columnCount(QModelIndex()))
        )
    yield from (action.text() for action in widget.actions())


def foreign(window: QWidget) -> list[str]:
    """Words that are not Chinese, other than keys and names of formats."""
    return sorted(
        {
            text
            for widget in shown(window)
            for text in _texts(widget)
            if text and _FOREIGN.search(_KNOWN.sub("", text.replace("&", "")))
        }
    )


def _too_narrow(widget: QWidget) -> str:
    """How much a text lacks, in words; empty when it fits."""
    room = widget.contentsRect()
    if isinstance(widget, ElidedLabel):  # shortens itself and tells the whole in its tooltip
        lacks = (0, widget.fontMetrics().height() - room.height())
    elif isinstance(widget, QLabel):
        if not widget.text() or widget.textFormat() == Qt.TextFormat.RichText:
            return ""
        margin, metrics = 2 * widget.margin(), widget.fontMetrics()
        flags = int(widget.alignment()) | int(Qt.TextFlag.TextExpandTabs)
        if widget.wordWrap():
            flags |= int(Qt.TextFlag.TextWordWrap)
        wide = room.width() - margin if widget.wordWrap() else 10_000
        need = metrics.boundingRect(QRect(0, 0, wide, 100_000), flags, widget.text())
        lacks = (need.width() + margin - room.width(), need.height() + margin - room.height())
    elif isinstance(widget, QPushButton | QCheckBox | QRadioButton | Link):
        need_size = widget.sizeHint()
        lacks = (
            need_size.width() - widget.width(),
            widget.fontMetrics().height() - widget.height(),
        )
    else:
        return ""
    return f"lacks {lacks} px" if max(lacks) > _SLACK_PX else ""


def _cut_by(widget: QWidget) -> str:
    """The parent that cuts a widget off, up to the window; what scrolls may be out of sight."""
    box = QRect(QPoint(0, 0), widget.size())
    child, parent = widget, widget.parentWidget()
    while parent is not None and not child.isWindow():
        box = QRect(child.mapToParent(box.topLeft()), box.size())
        holder = parent.parentWidget()
        scrolls = isinstance(holder, QScrollArea) and holder.viewport() is parent
        if isinstance(holder, QAbstractScrollArea) and not scrolls:
            return ""  # cells of a table are cut by their view
        if box.left() < -_SLACK_PX or box.right() > parent.width() + _SLACK_PX:
            return f"{type(parent).__name__} {parent.accessibleName()} {box} of {parent.size()}"
        if scrolls:
            box = QRect(box.left(), 0, box.width(), 1)
        elif box.top() < -_SLACK_PX or box.bottom() > parent.height() + _SLACK_PX:
            return f"{type(parent).__name__} {parent.accessibleName()} {box} of {parent.size()}"
        child, parent = parent, holder
    return ""


def clipped(window: QWidget) -> list[str]:
    """Texts that do not fit into their widget, and widgets that do not fit into their parent."""
    found = []
    for widget in shown(window):
        if isinstance(widget, QLabel | QPushButton | QCheckBox | QRadioButton | Link):
            why = _too_narrow(widget) or ((cut := _cut_by(widget)) and f"cut by {cut}")
            if why:
                found.append(f"{_say(widget)} {why}")
    return found


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for n in range(layout.count()):
        item = layout.itemAt(n)
        inner = item.layout() if item is not None else None
        widget = item.widget() if item is not None else None
        if widget is not None and widget.isVisible():
            yield widget
        elif inner is not None and not isinstance(inner, QStackedLayout):
            yield from _laid_out(inner)


def overlapping(window: QWidget) -> list[str]:
    """Neighbours of one layout that lie over each other: there was not room for both."""
    found = []
    for parent in shown(window):
        layout = parent.layout()
        if layout is None or isinstance(layout, QStackedLayout):
            continue
        for one, other in combinations(_laid_out(layout), 2):
            shared = one.geometry() & other.geometry()
            if min(shared.width(), shared.height()) > _SLACK_PX:
                found.append(f"{_say(one)} and {_say(other)} share {shared.size()}")
    return found


def hard_to_hit(window: QWidget) -> list[str]:
    """In large print: what is clicked or focused and is lower than 36 px."""
    if not theme.is_large():
        return []
    targets = (QAbstractButton, QComboBox, QLineEdit, Link)
    return [
        f"{_say(widget)} {widget.height()} px"
        for widget in shown(window)
        if isinstance(widget, targets)
        and not isinstance(widget.parentWidget(), QComboBox)
        and not (isinstance(widget, QToolButton) and isinstance(widget.parentWidget(), QLineEdit))
        and widget.height() < LEAST_TARGET_PX
    ]
