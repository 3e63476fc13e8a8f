"""Every action of the program: one table for menus, shortcuts and the cheat sheet.

An action that cannot be done now is disabled and says why. Pages bind what they can do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QMenu, QMenuBar, QVBoxLayout, QWidget

from . import icons, theme
from .widgets.buttons import Button
from .widgets.panel import scroller
from .widgets.text import label

Handler = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Act:
    """One action: ``key``, menu, word, shortcuts, icon, and why it is off where no page does it."""

    key: str
    menu: str
    word: str
    shortcuts: tuple[str, ...] = ()
    icon: str = ""
    off: str = ""
    line: bool = False  # a separator before it


MENUS = ("文件", "编辑", "办理", "文书", "数据", "视图", "帮助")

ACTS: tuple[Act, ...] = (
    Act("new", "文件", "新登记", ("Ctrl+N",), "user-plus", "您的账号不能登记信访件"),
    Act("new_dispute", "文件", "新增纠纷", ("Ctrl+J",), "plus", "您的账号不能登记纠纷"),
    Act("save", "文件", "存草稿", ("Ctrl+S",), "device-floppy", "这一页没有要存的草稿"),
    Act("save_next", "文件", "保存并打印；报送", ("Ctrl+Return", "Ctrl+Enter"), "", "在“登记”和“本期填报”页可用"),
    Act("print", "文件", "打印", ("Ctrl+P",), "printer", "这一页没有可打印的内容", line=True),
    Act("preview", "文件", "打印预览", ("Ctrl+Shift+P",), "", "这一页没有可打印的内容"),
    Act("lock", "文件", "锁定", ("Ctrl+L",), "lock", line=True),
    Act("sign_out", "文件", "换人登录"),
    Act("quit", "文件", "退出", ("Ctrl+Q",), line=True),
    Act("undo", "编辑", "撤销", ("Ctrl+Z",), "arrow-back-up", "没有可撤销的输入"),
    Act("redo", "编辑", "重做", ("Ctrl+Y",), "", "没有可重做的输入"),
    Act("cut", "编辑", "剪切", ("Ctrl+X",), "", "先选中文字", line=True),
    Act("copy", "编辑", "复制", ("Ctrl+C",), "copy", "先选中文字或表格行"),
    Act("paste", "编辑", "粘贴", ("Ctrl+V",), "", "光标不在输入框里"),
    Act("find", "编辑", "查找", ("Ctrl+F", "F3"), "search", line=True),
    Act("today", "编辑", "填入今天的日期", ("Ctrl+;",), "", "光标不在输入框里"),
    Act("add_one", "办理", "再加一项", ("Alt+A",), "plus", "在“登记”和“本期填报”页可用"),
    Act("same", "办理", "判为同一事项", ("Alt+1",), "", "没有要判断的以前事项"),
    Act("related", "办理", "判为关联", ("Alt+2",), "", "没有要判断的以前事项"),
    Act("different", "办理", "判为不同", ("Alt+3",), "", "没有要判断的以前事项"),
    Act("article", "办理", "选条文", ("F4",), "", "在“登记”页可用"),
    Act("why", "办理", "为什么是这一天", ("Ctrl+I",), "info-circle", "先选中一件要办的事", line=True),
    Act("open_matter", "办理", "打开选中的一件", ("Ctrl+O",), "", "先选中一件"),
    Act("open_round", "办理", "开一轮排查…", (), "calendar-event", "在“排查台账”页可用", line=True),
    Act("rights", "文书", "打印权利义务告知", (), "", "在“登记”页可用"),
    Act("day_sheet", "文书", "打印日单", (), "printer", "在“今日”页可用"),
    Act("import", "数据", "导入登记台账…", (), "table-export", "您的账号不能导入台账"),
    Act("import_bundle", "数据", "导入数据包…", ("Ctrl+B",), "package-import", "您的账号不能导入数据包", line=True),
    Act("send_bundle", "数据", "生成数据包…", ("Ctrl+G",), "package-export", "在“数据交换”页可用"),
    Act("send_bundles", "数据", "一次生成全部数据包…", (), "usb", "在“数据交换”页可用"),
    Act("sites", "数据", "站点名片…", (), "signature", "您的账号看不到数据交换"),
    Act("proof", "数据", "月度存证和核对…", (), "archive", "您的账号不能核对日志"),
    Act("copy_table", "数据", "复制为表格", (), "copy", "这一页没有表格", line=True),
    Act("columns", "数据", "选择列…", (), "columns-3", "这一页没有表格"),
    Act("refresh", "视图", "刷新", ("F5",), "history"),
    Act("contrast", "视图", "高对比度", (), "", line=True),
    Act("help_field", "帮助", "这一栏怎么填", ("F1",), "help-circle"),
    Act("manual", "帮助", "使用手册"),
    Act("cheat_sheet", "帮助", "快捷键一览", ("Ctrl+/",)),
    Act("about", "帮助", "关于信访台", line=True),
)  # fmt: skip
CHECKABLE = frozenset({"contrast"})


class ActionBook:
    """The actions of one window and who does them now."""

    def __init__(self, window: QWidget, bar: QMenuBar) -> None:
        self._acts = {act.key: act for act in ACTS}
        self._actions: dict[str, QAction] = {}
        self._handlers: dict[str, Handler] = {}
        self._always: dict[str, Handler] = {}
        self._words: dict[str, str] = {}
        self.menus: dict[str, QMenu] = {}
        for name in MENUS:
            menu = bar.addMenu(name)
            menu.setAccessibleName(name)
            menu.setToolTipsVisible(True)
            self.menus[name] = menu
        for act in ACTS:
            self._add(act, window)

    def action(self, key: str) -> QAction:
        """One action, for a button or a test."""
        return self._actions[key]

    def bind(self, key: str, handler: Handler, *, always: bool = False, word: str = "") -> None:
        """Let ``handler`` do the action. ``always``: whatever page is open, unless that page has
        bound it itself. ``word``: what the menu calls it on this page.
        """
        self._handlers[key] = handler
        if always:
            self._always[key] = handler
        self._words[key] = word
        self.refuse(key, "")

    def release(self) -> None:
        """Forget what the page that is left could do."""
        for key in list(self._handlers):
            if self._handlers[key] is self._always.get(key):
                continue
            del self._handlers[key]
            self._words[key] = ""
            if key in self._always:
                self.bind(key, self._always[key])
            else:
                self.refuse(key, self._acts[key].off)

    def refuse(self, key: str, reason: str) -> None:
        """Switch an action off with its reason; an empty reason switches it on."""
        action, word = self._actions[key], self._words.get(key) or self._acts[key].word
        action.setEnabled(not reason)
        action.setToolTip(reason or word)
        action.setStatusTip(reason)
        action.setText(f"{word}（{reason}）" if reason else word)

    def reason(self, key: str) -> str:
        """Why an action is off, empty when it is on."""
        return self._actions[key].statusTip()

    def look_changed(self) -> None:
        """Draw the icons anew in the colours of the look."""
        for key, act in self._acts.items():
            if act.icon:
                self._actions[key].setIcon(icons.icon(act.icon))

    def _add(self, act: Act, window: QWidget) -> None:
        action = QAction(act.word, window)
        action.setShortcuts([QKeySequence(text) for text in act.shortcuts])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setCheckable(act.key in CHECKABLE)
        if act.icon:
            action.setIcon(icons.icon(act.icon))
        action.triggered.connect(lambda _on=False: self._do(act.key))
        window.addAction(action)
        menu = self.menus[act.menu]
        if act.line:
            menu.addSeparator()
        menu.addAction(action)
        self._actions[act.key] = action
        self.refuse(act.key, act.off)

    def _do(self, key: str) -> None:
        handler = self._handlers.get(key)
        if handler is not None:
            handler()


def cheat_sheet(parent: QWidget, extra: Iterable[tuple[str, str]] = ()) -> QDialog:
    """All shortcuts on one page (Ctrl+/)."""
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle("快捷键一览")
    dialog.setModal(True)
    column = QVBoxLayout(dialog)
    theme.space(column, 1.2, 0.8)
    column.addWidget(label("快捷键一览", "title"))
    sheet = QWidget()
    grid = QGridLayout(sheet)
    theme.space(grid, 0, 0.3, 1.5)
    pairs: Sequence[tuple[str, str]] = [
        *((_keys(act), act.word) for act in ACTS if act.shortcuts),
        *_BESIDES,
        *extra,
    ]
    half = (len(pairs) + 1) // 2 if not theme.is_large() else len(pairs)
    for number, (keys, word) in enumerate(pairs):
        row, side = number % half, number // half * 2
        grid.addWidget(label(keys, "strong", "accent"), row, side)
        grid.addWidget(label(word), row, side + 1)
    column.addWidget(scroller(sheet, "快捷键"), 1)
    close = Button("知道了", primary=True)
    close.setDefault(True)
    close.clicked.connect(dialog.accept)
    column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
    dialog.resize(theme.em(48), theme.em(36) if not theme.is_large() else theme.em(22))
    dialog.open()
    return dialog


_BESIDES = (
    ("回车", "进入下一栏"),
    ("Tab / Shift+Tab", "下一栏 / 上一栏"),
    ("Alt+↓", "打开日历、下拉表或列筛选"),
    ("↑ ↓", "在列表里上下走"),
    ("← →", "选这一行的按钮或“为什么”"),
    ("Ctrl+1 … Ctrl+9", "打开左边第几页"),
)


def _keys(act: Act) -> str:
    shown = [text for text in act.shortcuts if text != "Ctrl+Enter"]
    return " / ".join(text.replace("Return", "回车") for text in shown)
