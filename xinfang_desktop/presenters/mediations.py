"""人民调解: the list with its saved views, what each cell says, and the opening of a new one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from xinfang_desktop.domain import permissions
from xinfang_desktop.domain.fields import Field
from xinfang_desktop.domain.mediation_steps import START
from xinfang_desktop.services import committees, mediation_work, mediations
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.mediation_views import MediationRow
from xinfang_desktop.services.mediation_work import MediationStood
from xinfang_desktop.services.mediations import (
    ALL,
    ASKING,
    FILE,
    FOLLOW,
    OPEN,
    PERFORM,
    MediationQuery,
)

from . import choices
from .next_steps import tidy
from .running import Refused, Run, check_and_do
from .saved_views import Listed, SavedViews

_VIEWS = (
    (ASKING, "征求意愿"), (OPEN, "调解中"), (PERFORM, "待履行"), (FOLLOW, "待回访"), (FILE, "待立卷"),
    (ALL, "全部"),
)  # fmt: skip
_NEXT = {
    "mediation": "调解", "perform": "督促履行", "follow_up": "回访", "judicial_confirmation": "司法确认",
}  # fmt: skip
"""Kind of duty → what is done for it; a right of the sides comes last."""

_START_ROWS: tuple[tuple[tuple[str, float], ...], ...] = (
    (("dispute", 0), ("matter", 0)),
    (("title", 0),),
    (("source", 12), ("applied_on", 12), ("category", 12)),
    (("village", 12), ("committee", 15), ("recorder", 11)),
    (("mediators", 0),),
    (("facts", 0),),
    (("claims", 0),),
    (("parties", 0),),
    (("oral", 12), ("referred_by", 0)),
    (("note", 0),),
)
"""How the form of a new mediation is laid out: names and widths in em, 0 takes what is left."""


_FROM_HERE = {
    "asked": "征求意愿", "performed": "立卷", **dict.fromkeys(("refused", "failed", "ended"), "立卷"),
}  # fmt: skip


class MediationsPresenter(SavedViews[MediationRow]):
    """The list of mediations and the opening of a new one."""

    VIEWS = _VIEWS
    noun = "调解"

    def __init__(self, desk: Desk, run: Run) -> None:
        super().__init__(desk, run, ALL)

    def _list(self, view: str, text: str) -> Listed[MediationRow]:
        wanted = MediationQuery(text=text) if text else MediationQuery(view=view)
        page = mediations.mediation_page(self.desk, wanted)
        return Listed(page.rows, {} if text else page.counts)

    def note(self) -> str:
        """What stands beside the title."""
        if self.text:
            return f"搜索“{self.text}”，找到 {len(self.rows)} 件"
        late = sum(row.due_state == "late" for row in self.rows)
        return f"逾期 {late} 件" if late else "双方自愿，不收费，不影响信访事项的期限"

    def empty(self) -> tuple[str, str, str]:
        """Sentence, action word and key of the action where there is nothing to show."""
        if self.text:
            return f"没有找到“{self.text}”。", "清除搜索", "clear"
        if self.view != ALL:
            return f"没有“{dict(_VIEWS)[self.view]}”的调解。", "看全部调解", ALL
        return "还没有调解。", "" if self.why_not_new() else "新的调解", "new"

    # --- a new one ---

    def why_not_new(self) -> str:
        """Why this account opens no mediation, empty where it may."""
        if permissions.may(self.desk.roles, "start_mediation"):
            return ""
        return permissions.not_permitted("start_mediation").sentence

    def load_start(self, show: Callable[[tuple[Field, ...]], None]) -> None:
        """The fields of the form, with the villages and committees there are to choose from."""
        self._run(lambda: start_fields(self.desk), show)

    def start_values(self) -> dict[str, Any]:
        """What the form begins with: today, and an empty line for each side."""
        return {
            "applied_on": self.desk.today,
            "parties": [{"side": "applicant"}, {"side": "respondent"}],
        }

    def start(
        self,
        fields: tuple[Field, ...],
        values: Mapping[str, Any],
        done: Callable[[MediationStood], None],
        refused: Refused,
    ) -> None:
        """Open a mediation; everything wrong is told at once."""
        data = tidy(fields, values)
        rows = [row for row in data.get("parties", ()) if set(row) - {"side"}]
        data = {name: value for name, value in data.items() if name != "parties"}
        data |= {"parties": rows} if rows else {}
        check_and_do(
            self._run,
            lambda: mediation_work.start_problems(self.desk, data),
            lambda: mediation_work.start_mediation(self.desk, data),
            done, refused, label="正在登记调解",
        )  # fmt: skip


def start_fields(desk: Desk) -> tuple[Field, ...]:
    """What is asked when a mediation is opened; one bound to a village is not asked which."""
    names = tuple((row.name, row.name) for row in committees.committee_page(desk).committees)
    villages = tuple((each.value, each.label) for each in choices.villages(desk))
    left_out = {"village"} if desk.village else set()
    if not permissions.may(desk.roles, "read_matters"):
        left_out.add("matter")
    if not names:
        left_out.add("committee")
    chosen = {"village": villages, "committee": names}
    return tuple(
        replace(field, kind="choice", choices=chosen[field.name]) if field.name in chosen else field
        for field in START
        if field.name not in left_out
    )


def start_rows(fields: tuple[Field, ...]) -> list[list[tuple[str, float]]]:
    """The layout of the form, of those fields that it has."""
    names = {field.name for field in fields}
    rows = ([place for place in row if place[0] in names] for row in _START_ROWS)
    return [row for row in rows if row]


def sides_words(row: MediationRow) -> str:
    """王**、李** 与 赵**."""
    sides = ("、".join(row.applicants), "、".join(row.respondents))
    return " 与 ".join(side or "还没登记" for side in sides)


def number_words(row: MediationRow) -> str:
    """The file number, before the acceptance the registered one."""
    return row.file_no or row.short_number


def next_words(row: MediationRow) -> str:
    """What is to be done next: what is owed (督促履行), else where the file goes from here."""
    owed = (word for kind, word in _NEXT.items() if kind in row.waits)
    return next(owed, _FROM_HERE.get(row.state, ""))
