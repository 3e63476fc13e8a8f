"""The head of 数据交换: title, buttons; in large print the buttons are a menu, one part at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from . import icons
from .widgets.buttons import Button, Segmented
from .widgets.panel import PageHead
from .widgets.wrap import WrapRow

PARTS = (("peers", "往来单位"), ("report", "刚才的导入"), ("conflicts", "冲突"))


@dataclass(frozen=True, slots=True)
class _Act:
    key: str
    word: str
    icon: str
    primary: bool = False


_ACTS = (
    _Act("sites", "站点名片", "signature"),
    _Act("send", "生成数据包", "package-export"),
    _Act("send_all", "一次生成全部", "usb"),
    _Act("import", "导入数据包", "package-import", primary=True),
)


class ExchangeHead(QWidget):
    """``on(key, act)`` says what a button does; keys: sites, send, send_all, import."""

    def __init__(self) -> None:
        super().__init__()
        row = WrapRow(0.85, 0.5)
        self.setLayout(row)
        head = PageHead("数据交换", "不用联网，用 U 盘或文件传数据")
        self.note = head.note
        self.part = Segmented(PARTS, "看哪一部分")
        row.add(head, 8, grows=True)
        row.add(self.part)
        self.buttons = {act.key: Button(act.word, act.icon, primary=act.primary) for act in _ACTS}
        for button in self.buttons.values():
            row.add(button)
        self.more = Button("更多", "chevron-down", spoken="更多：名片、生成、导入")
        row.add(self.more)
        self._does: dict[str, Callable[[], object]] = {}
        self.more.clicked.connect(self._open_more)

    def on(self, key: str, act: Callable[[], object]) -> None:
        """What a button does."""
        self._does[key] = act
        self.buttons[key].clicked.connect(lambda _on=False: act())

    def refuse(self, key: str, reason: str) -> None:
        """Switch a button off with its reason."""
        self.buttons[key].refuse(reason)

    def set_roomy(self, roomy: bool) -> None:
        """Whether there is room for every button."""
        for button in self.buttons.values():
            button.setVisible(roomy)
        self.note.setVisible(roomy)
        self.more.setVisible(not roomy)
        self.part.setVisible(not roomy)

    def show_receiver(self, name: str) -> None:
        """For whom a bundle is made: 生成给石桥村."""
        button = self.buttons["send"]
        short = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
        button.setText(f"生成给{short}" if name else "生成数据包")
        button.setAccessibleName(f"生成给{name}的数据包" if name else "生成数据包")
        button.updateGeometry()

    def _open_more(self) -> None:
        menu = QMenu(self)
        menu.setAccessibleName("更多")
        menu.setToolTipsVisible(True)
        for act in reversed(_ACTS):
            button = self.buttons[act.key]
            reason = button.toolTip()
            words = f"{button.text()}（{reason}）" if reason else button.text()
            action = menu.addAction(icons.icon(act.icon), words)
            action.setEnabled(not reason)
            action.triggered.connect(lambda _on=False, key=act.key: self._does[key]())
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))


_LONGEST = 9
"""Characters of a name on the button."""
