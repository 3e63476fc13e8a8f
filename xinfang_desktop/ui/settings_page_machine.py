"""设置: 打印, 显示 — what belongs to this PC rather than to the office."""

from __future__ import annotations

from xinfang_desktop.domain.errors import RuleViolation, XinfangError
from xinfang_desktop.domain.fields import Field
from xinfang_desktop.presenters.settings import SettingsPresenter

from . import printers, theme
from .form import Form
from .kept import kept
from .messages import show_problem
from .page import Workplace
from .settings_page_tab import Tab, aside
from .widgets.buttons import Button, Segmented
from .widgets.combo import choices
from .widgets.text import label
from .widgets.ticks import Tick

_OFFSETS = (
    Field("printer", "打印机", "choice", help="每台打印机分别校正。"),
    Field("right", "向右（毫米）", help="整页向右移多少，向左写负数。", sample="1.5"),
    Field("down", "向下（毫米）", help="整页向下移多少，向上写负数。", sample="-0.5"),
)


class PrintersTab(Tab):
    """Each printer's own shift, and a sheet to measure it."""

    def __init__(self, place: Workplace, settings: SettingsPresenter, why_not: str) -> None:
        super().__init__(place, settings, why_not)
        self.memory = printers.PrinterMemory(kept(place.desk))
        self._names: tuple[str, ...] = ()
        column = self.scrolled("打印")
        self.sentence = label("", "body", "text2", wrap=True)
        column.addWidget(self.sentence)
        self.form = Form(_OFFSETS, place.form, [[("printer", 20), ("right", 9), ("down", 9)]])
        column.addWidget(self.form)
        self.save = Button("保存校正", "device-floppy", primary=True)
        self.sheet = Button("打印校正页", "printer")
        column.addWidget(aside(self.save, self.sheet))
        column.addWidget(
            label(
                "打一张校正页，用尺量十字到纸边的距离，都应是 20 毫米；差多少就填多少，再打一张核对。",
                "secondary", "text2", wrap=True,
            )
        )  # fmt: skip
        column.addStretch()
        self.form.editor("printer").changed.connect(self._show)
        self.save.clicked.connect(self.keep)
        self.sheet.clicked.connect(self._print_sheet)

    def load(self) -> None:
        self.place.runner.run(printers.names, self.show_printers, lane="files")

    def show_printers(self, names: tuple[str, ...]) -> None:
        """The printers of this PC."""
        self._names = names
        self.form.editor("printer").set_entries(choices([(name, name) for name in names]))
        last = self.memory.last()
        chosen = last if last in names else next(iter(names), "")
        self.form.set_values({"printer": chosen})
        self.sentence.setText(
            f"这台电脑有 {len(names)} 台打印机。"
            if names
            else "这台电脑没有装打印机。装好后再来校正。"
        )
        for widget in (self.form, self.save, self.sheet):
            widget.setEnabled(bool(names))
        self._show()

    def keep(self) -> bool:
        """Remember the shift of this printer."""
        values = self.form.values()
        found: dict[str, float] = {}
        for name in ("right", "down"):
            try:
                found[name] = float(
                    str(values.get(name) or 0).replace("＋", "+").replace("－", "-")
                )
            except ValueError:
                found[name] = printers.MOST_MM + 1
            if abs(found[name]) > printers.MOST_MM:
                wrong = RuleViolation(
                    "bad_offset", f"要写 -{printers.MOST_MM:g} 到 {printers.MOST_MM:g} 的数。",
                    mend="例如 1.5 或 -0.5。", field=name,
                )  # fmt: skip
                self.form.show_problems([wrong])
                return False
        self.memory.use(str(values["printer"]))
        self.memory.set_offset(str(values["printer"]), found["right"], found["down"])
        self.place.say("打印机校正已保存")
        return True

    def _show(self) -> None:
        name = self.form.editor("printer").value()
        right, down = self.memory.offset(name) if name else (0.0, 0.0)
        self.form.set_values({"right": f"{right:g}", "down": f"{down:g}"})

    def _refused(self, error: XinfangError) -> None:
        show_problem(self, error)

    def _print_sheet(self) -> None:
        if not self.keep():
            return
        name = str(self.form.editor("printer").value())
        offset = self.memory.offset(name)
        self.place.runner.run(
            lambda: printers.calibration_sheet(name, offset),
            lambda _none: self.place.say(f"校正页已送到打印机“{name}”"),
            self._refused,
            lane="files",
            label="正在打印",
        )


class LookTab(Tab):
    """Text size and contrast; both apply at once."""

    def __init__(self, place: Workplace, settings: SettingsPresenter, why_not: str) -> None:
        super().__init__(place, settings, why_not)
        column = self.scrolled("显示")
        options = [(str(percent), f"{percent}%") for percent in theme.SCALES]
        self.scale = Segmented(options, "字的大小")
        self.contrast = Tick("高对比度（黑字白底，粗边框）")
        column.addWidget(label("字的大小", "section"))
        column.addWidget(aside(self.scale))
        column.addWidget(
            label(
                "150% 以上是大字版式：列少一些，按钮大一些，内容一样。",
                "secondary",
                "text2",
                wrap=True,
            )
        )
        column.addWidget(label("颜色", "section"))
        column.addWidget(self.contrast)
        column.addStretch()
        self.scale.chosen.connect(lambda percent: self._choose(int(percent)))
        self.contrast.changed.connect(lambda: self._choose(theme.current().percent))

    def load(self) -> None:
        self.scale.set_value(str(theme.current().percent))
        self.contrast.set_value(theme.current().palette == "contrast")

    def _choose(self, percent: int) -> None:
        palette = "contrast" if self.contrast.value() else "light"
        self.place.look(theme.Look(palette, percent))
