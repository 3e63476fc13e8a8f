"""人民调解: the list, its saved views with counts, and the form of a new one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from xinfang_desktop.domain.fields import Field
from xinfang_desktop.presenters import mediations as words
from xinfang_desktop.presenters.conflict_words import flag_words
from xinfang_desktop.presenters.matters import spelled
from xinfang_desktop.presenters.mediations import MediationsPresenter
from xinfang_desktop.services.mediation_work import MediationStood

from .fields_dialog import FieldsDialog, Refused
from .list_page import ListPage
from .page import Workplace
from .widgets.buttons import Button
from .widgets.chip import DUE_EM
from .widgets.table import Column

COLUMNS = (
    Column("number", "卷号、编号", words.number_words, 14.4),
    Column("title", "纠纷", lambda r: r.title, kind="flagged", flag=flag_words),
    Column("sides", "双方", words.sides_words, 8),
    Column("category", "类别", lambda r: r.category_name, 6.2, filtered=True),
    Column("state", "状态", lambda r: r.state_name, 10.2, filtered=True),
    Column("mediators", "调解员", lambda r: "、".join(r.mediators), 6.2, filtered=True),
    Column("accepted", "受理", lambda r: spelled(r.accepted_on), 6.8),
    Column("next", "下一件要办的", words.next_words, 7.4),
    Column(
        "due", "期限", lambda r: r.due_words, DUE_EM, kind="chip",
        state=lambda r: r.due_state or "rest", sort=lambda r: r.due,
    ),
    Column("village", "村（社区）", lambda r: r.village, 7.4, filtered=True, shown=False),
    Column("committee", "调委会", lambda r: r.committee, 12, filtered=True, shown=False),
    Column("applied", "申请", lambda r: spelled(r.applied_on), 6.8, shown=False),
    Column("amount", "涉及金额", lambda r: r.amount_words, 7, kind="number", shown=False),
)  # fmt: skip


class MediationsPage(ListPage[MediationsPresenter]):
    """``open(view=…)`` shows one view, ``open(new=True)`` the form of a new mediation;
    ``dispute=`` or ``matter=`` with it name what it comes from."""

    key = "mediations"
    kinds = frozenset({"mediation", "mediation_party", "case_step", "committee"})
    help_page = "mediation"
    word, things, row_page = "人民调解", "调解", "mediation"
    in_large = frozenset({"title", "state", "due"})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, MediationsPresenter(place.desk, place.runner.run), COLUMNS)

    def _buttons(self) -> Sequence[Button]:
        self.new = Button("新的调解", "plus", primary=True)
        self.new.refuse(self.list.why_not_new())
        self.new.clicked.connect(lambda: self.ask_new())
        return (self.new,)

    def open(self, **what: Any) -> None:
        if what.get("new"):
            self.ask_new({key: what[key] for key in ("dispute", "matter") if what.get(key)})
        else:
            super().open(**what)

    def ask_new(self, known: Mapping[str, Any] | None = None) -> None:
        """Open the form of a new mediation, with what is known already."""
        if self.list.why_not_new():
            return
        self.list.load_start(lambda fields: self._show_form(fields, known or {}))

    def _show_form(self, fields: tuple[Field, ...], known: Mapping[str, Any]) -> None:
        def submit(values: Mapping[str, Any], done: Callable[[], None], refused: Refused) -> None:
            def stood(made: MediationStood) -> None:
                done()
                self.place.saved()
                self.place.go("mediation", number=made.number)

            self.list.start(fields, values, stood, refused)

        FieldsDialog(
            self, "新的调解", fields, self.place.form, "登记", submit,
            values={**self.list.start_values(), **known},
            note="从排查的纠纷、信访事项来的，写它的编号就行，名称、情况、当事人会自动带过来。",
            article="《人民调解法》第十七条", rows=words.start_rows(fields),
        ).open()  # fmt: skip

    def _act(self, key: str) -> None:
        self.ask_new()
