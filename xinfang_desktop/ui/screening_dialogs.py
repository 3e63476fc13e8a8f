"""What 排查台账 asks: a round to open, a reminder, a zero return for a village, a new dispute."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from xinfang_desktop.presenters import choices
from xinfang_desktop.presenters.choices import Option
from xinfang_desktop.presenters.screening import ScreeningPresenter
from xinfang_desktop.presenters.screening_forms import REMINDER, ZERO, dispute_fields, periods
from xinfang_desktop.services.dispute_work import DisputeStood
from xinfang_desktop.services.returns import ReturnFiled
from xinfang_desktop.services.rounds import RoundOpened

from .choices import entries
from .fields_dialog import FieldsDialog, Refused
from .form import FormContext
from .import_dialog import ImportDialog
from .page import Page
from .widgets.combo import choices as as_choices

Done = Callable[[], None]


class ScreeningDialogs:
    """Opens the forms over ``page`` and says in the status bar what came of them."""

    def __init__(self, page: Page, screening: ScreeningPresenter, changed: Done) -> None:
        self._page, self._screening, self._changed = page, screening, changed

    # --- a round ---

    def ask_round(self) -> FieldsDialog:
        """开一轮排查; the periods to choose from follow the series."""
        today = self._page.place.desk.today
        dialog = FieldsDialog(
            self._page, "开一轮排查", self._screening.round_fields(), self._page.place.form, "开一轮",
            self._open_round, values={"series": self._screening.series},
            note="各村（社区）从今天起看得到，到期没有报的会提醒。查一类问题，不查人。",
        )  # fmt: skip

        def follow(name: str = "series") -> None:
            series = str(dialog.editor("series").value())
            if name != "series":
                return
            offered = periods(series, today)
            now = dialog.editor("period").value()
            dialog.editor("period").set_entries(as_choices(offered))
            dialog.editor("period").set_value(now if now in dict(offered) else offered[0][0])
            dialog.form.box("theme").setVisible(series == "special")

        dialog.form.changed.connect(follow)
        follow()
        dialog.open()
        return dialog

    def _open_round(self, values: Mapping[str, Any], done: Done, refused: Refused) -> None:
        def came(made: RoundOpened) -> None:
            done()
            self._page.place.saved()
            self._changed()
            day = f"{made.due.month}月{made.due.day}日"
            self._page.place.say(
                f"已开：{made.words}，{day}前报，{len(made.villages)} 个村（社区）"
            )

        kept = {name: value for name, value in values.items() if name != "theme"}
        special = values.get("series") == "special"
        self._screening.open_round(values if special else kept, came, refused)

    # --- one cell ---

    def ask_reminder(self) -> FieldsDialog | None:
        """记一次提醒."""
        card = self._screening.card()
        if card is None or card.remind_reason:
            return None
        today = self._page.place.desk.today
        dialog = FieldsDialog(
            self._page, "记一次提醒", REMINDER, self._page.place.form, "记下",
            lambda values, done, refused: self._screening.remind(
                values, lambda _changes: self._noted(done, "提醒已记下"), refused
            ),
            values={"on": today}, note=card.title,
        )  # fmt: skip
        dialog.open()
        return dialog

    def ask_zero(self) -> FieldsDialog | None:
        """记零报告: the village said that nothing is new."""
        card = self._screening.card()
        if card is None or card.zero_reason:
            return None

        def came(filed: ReturnFiled, done: Done) -> None:
            self._noted(done, filed.sentence)

        dialog = FieldsDialog(
            self._page, "记零报告", ZERO, self._page.place.form, "记零报告",
            lambda values, done, refused: self._screening.file_zero(
                values, lambda filed: came(filed, done), refused
            ),
            values={"filed_on": self._page.place.desk.today},
            note=f"{card.title}：本期没有新发现的纠纷，未了的也没有要说的进展。",
        )  # fmt: skip
        dialog.open()
        return dialog

    def _noted(self, done: Done, words: str) -> None:
        done()
        self._page.place.saved()
        self._changed()
        self._page.place.say(words)

    # --- a dispute, a ledger ---

    def ask_dispute(self) -> None:
        """新增纠纷; the villages are fetched first."""
        desk = self._page.place.desk
        if not self._screening.why_not("register_dispute"):
            self._page.place.runner.run(lambda: choices.villages(desk), self._open_dispute_form)

    def _open_dispute_form(self, villages: tuple[Option, ...]) -> None:
        place = self._page.place
        cell = self._screening.cell()
        known = cell.village_name if cell else villages[0].value if len(villages) == 1 else ""
        FieldsDialog(
            self._page, "新增纠纷", dispute_fields(place.desk),
            _knowing(place.form, villages), "登记", self._register,
            values={"found_on": place.desk.today, "village": known},
            note="写事，不写人的情绪和品行。级别只评纠纷，不评人。",
        ).open()  # fmt: skip

    def _register(self, values: Mapping[str, Any], done: Done, refused: Refused) -> None:
        def came(stood: DisputeStood) -> None:
            self._noted(done, f"纠纷已登记，编号 {stood.number}")
            self._page.place.go("dispute", number=stood.number)

        self._screening.register(values, came, refused)

    def show_import(self) -> ImportDialog:
        """导入台账."""
        dialog = ImportDialog(self._page, self._page.place)
        dialog.open()
        return dialog


def _knowing(form: FormContext, villages: tuple[Option, ...]) -> FormContext:
    """What a form asks of the desk, the villages among its tables."""
    known = entries(villages)
    return replace(form, table=lambda name: known if name == "village" else form.table(name))
