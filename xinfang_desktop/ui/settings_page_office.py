"""设置: 单位. What is printed on every paper, and how the office counts."""

from __future__ import annotations

from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.presenters.settings import OFFICE_FIELDS, SettingsPresenter

from .form import Form, sentence_of
from .page import Workplace
from .settings_page_tab import Tab, aside
from .widgets.buttons import Button
from .widgets.inputs import LineEdit
from .widgets.text import ProblemLine, label

_ROWS = (
    [("name", 18), ("organ", 18), ("doc_prefix", 8)],
    [("phone", 12), ("address", 20), ("reception_hours", 18)],
    [("review_organ", 18), ("review_address", 20)],
    [("acceptance_from", 18), ("late_after", 18)],
    ["simple_procedure"],
)  # fmt: skip


class OfficeTab(Tab):
    """A form; nothing is written before 保存."""

    def __init__(self, place: Workplace, settings: SettingsPresenter, why_not: str) -> None:
        super().__init__(place, settings, why_not)
        column = self.scrolled("单位")
        fixed = "　".join(f"{name} {word}" for name, word in settings.office_fixed())
        column.addWidget(label(f"{fixed}（不能改）", "secondary", "text2", wrap=True))
        # a number with its hyphen stays as it is printed
        self.form = Form(OFFICE_FIELDS, place.form, _ROWS, editors={"phone": LineEdit("办公电话")})
        column.addWidget(self.form)
        self.problem = ProblemLine()
        self.column.addWidget(self.problem)
        self.save = Button("保存", "device-floppy", primary=not why_not, main=True)
        self.save.refuse(why_not)
        self.save.clicked.connect(self.keep)
        self.form.submitted.connect(self.save.setFocus)
        self.column.addWidget(aside(self.save))
        self._touched = False
        self.form.changed.connect(lambda _name: self._touch())
        self.form.setEnabled(not why_not)

    def load(self) -> None:
        if not self._touched:
            self.form.set_values(self.settings.office_values())

    def keep(self) -> None:
        """Write what was changed."""
        self.problem.say("")
        self.settings.save_office(self.form.values(), self._kept, self._refused)

    def _touch(self) -> None:
        self._touched = True

    def _kept(self) -> None:
        self._touched = False
        self.place.saved()
        self.place.say("单位信息已保存")
        self.load()

    def _refused(self, error: XinfangError) -> None:
        for left in self.form.show_problems([error]):
            self.problem.say(sentence_of(left))
