"""What one does on the page of a case, matter or dispute: a step's form, names in full, files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtWidgets import QFileDialog

from xinfang_desktop.presenters.case_words import REVEAL_FIELDS
from xinfang_desktop.presenters.next_steps import StepForm
from xinfang_desktop.presenters.paperwork import PaperPresenter
from xinfang_desktop.presenters.running import Refused

from .fields_dialog import FieldsDialog, Submit
from .messages import tell
from .page import Page
from .paper import Paper, PaperDialog

Taken = Callable[[Any, str, Callable[[], None]], None]
"""What was answered, the step's title, and what to call to close its form."""


class StepTaker(Protocol):
    """The presenter of a case, so far as its steps are concerned."""

    def form_of(self, key: str) -> StepForm | None: ...
    def why_locked(self, key: str) -> str: ...
    def submit(
        self,
        form: StepForm,
        values: Mapping[str, Any],
        done: Callable[[Any], None],
        refused: Refused,
    ) -> None: ...


def ask_step(page: Page, case: StepTaker, key: str, taken: Taken) -> FieldsDialog | None:
    """Open the form of a step, or say what is missing for it."""
    form = case.form_of(key)
    if form is None:
        tell(page, "现在还不能走这一步。", case.why_locked(key))
        return None
    dialog = FieldsDialog(
        page, form.title, form.fields, page.place.form, form.title,
        lambda values, done, refused: case.submit(
            form, values, lambda answer: taken(answer, form.title, done), refused
        ),
        values=form.values, note=form.note, article=form.choice.article, dangerous=form.dangerous,
    )  # fmt: skip
    dialog.open()
    for name, cell in form.fixed_rows:
        dialog.editor(name).set_fixed(True)
        dialog.start_at(dialog.editor(name).cell(0, cell))
    return dialog


def ask_reveal(page: Page, submit: Submit) -> FieldsDialog:
    """Ask for the reason before names and numbers are shown."""
    dialog = FieldsDialog(
        page, "显示完整的姓名和号码", REVEAL_FIELDS, page.place.form, "显示", submit,
        note="会留下记录：谁、什么时候、为什么看。离开这一页就重新遮住。",
        article="《个人信息保护法》第五十一条",
    )  # fmt: skip
    dialog.open()
    return dialog


def show_paper(page: Page, papers: PaperPresenter, document: str, title: str) -> None:
    """A paper that was printed, as it was."""
    papers.old_paper(
        document,
        lambda pdf: PaperDialog(page, page.place.runner, [Paper(title, pdf)], title).open(),
    )


def ask_file(page: Page, take: Callable[[Path], None]) -> None:
    """Which file to keep with the case."""
    dialog = QFileDialog(page, "添加附件")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda name: take(Path(name)))
    dialog.open()


def ask_copy(page: Page, name: str, put: Callable[[Path, Callable[[], None]], None]) -> None:
    """Where a readable copy of a kept file shall go."""
    dialog = QFileDialog(page, "另存附件", name)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.fileSelected.connect(
        lambda out: put(Path(out), lambda: page.place.say("附件已另存，用完请删除"))
    )
    dialog.open()
