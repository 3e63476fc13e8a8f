"""The form that fills in one of the four 有, opened from 四有台账 and from a matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from xinfang_desktop.presenters.four_haves import FourHavesPresenter, fill_words

from .fields_dialog import FieldsDialog, Refused
from .page import Workplace


def fill_form(
    parent: QWidget,
    place: Workplace,
    presenter: FourHavesPresenter,
    kind: str,
    filled: Callable[[], None],
) -> FieldsDialog | None:
    """The form for one of the four of the visit that the presenter shows."""
    item, visit = presenter.item(kind), presenter.visit
    if item is None or visit is None:
        return None

    def send(values: Mapping[str, Any], done: Callable[[], None], refused: Refused) -> None:
        def written() -> None:
            done()
            place.saved()
            filled()

        presenter.fill(kind, values, written, lambda error: refused([error]))

    dialog = FieldsDialog(
        parent, f"{item.name}：{fill_words(item)}", presenter.fields(kind), place.form, "记下", send,
        values={"on": place.desk.today, "by": place.desk.account.name},
        note=f"{visit.title} · {presenter.visit_note()}",
    )  # fmt: skip
    dialog.open()
    return dialog


def fill_have(
    parent: QWidget, place: Workplace, number: str, kind: str, filled: Callable[[], None]
) -> None:
    """Open the form for one of the four of a matter's visit."""
    presenter = FourHavesPresenter(place.desk, place.runner.run)
    presenter.show(number, lambda: _open(parent, place, presenter, kind, filled))


def _open(
    parent: QWidget,
    place: Workplace,
    presenter: FourHavesPresenter,
    kind: str,
    filled: Callable[[], None],
) -> None:
    fill_form(parent, place, presenter, kind, filled)
