"""信访事项: the list. Filters in the head, one search line, Enter opens a matter."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from xinfang_desktop.domain import permissions
from xinfang_desktop.presenters import matters as words
from xinfang_desktop.presenters.conflict_words import flag_words
from xinfang_desktop.presenters.matters import MattersPresenter

from .import_dialog import ImportDialog
from .list_page import ListPage
from .page import Workplace
from .widgets.buttons import Button
from .widgets.chip import DUE_EM
from .widgets.table import Column


def columns(place: Workplace) -> tuple[Column, ...]:
    """The columns of the list; 年份 is there to be filtered by."""
    today = place.desk.today
    return (
        Column("number", "编号", lambda r: r.short_number, 9.6),
        Column("title", "事项", words.title_words, kind="flagged", flag=flag_words),
        Column("person", "信访人", words.people_words, 7.2),
        Column("village", "村（社区）", lambda r: r.village, 7.4, filtered=True),
        Column("channel", "形式", lambda r: r.channel_name, 6, filtered=True),
        Column(
            "received", "收到", lambda r: words.received_words(r, today), 9.4,
            sort=lambda r: r.received_on,
        ),
        Column("year", "年份", lambda r: str(r.received_on.year), 5, filtered=True),
        Column("state", "状态", lambda r: r.state_name, 8.2, filtered=True),
        Column("owner", "承办人", lambda r: r.owner, 6.4, filtered=True),
        Column(
            "due", "期限", words.due_words, DUE_EM, kind="chip", state=lambda r: r.due_state,
            sort=lambda r: r.due,
        ),
        Column("category", "内容分类", lambda r: r.category_name, 14, shown=False),
        Column("headcount", "人数", lambda r: str(r.headcount), 4.6, kind="number", shown=False),
        Column("claims", "诉求", lambda r: str(r.claims), 4.6, kind="number", shown=False),
        Column("due_on", "到期日", lambda r: words.spelled(r.due), 8, shown=False),
    )  # fmt: skip


class MattersPage(ListPage[MattersPresenter]):
    """Saved views with counts, a search line, the table with its footer; 导入台账 at the right."""

    key = "matters"
    kinds = frozenset({"matter", "intake", "claim", "party", "step", "duty", "import_batch"})
    help_page = "matters"
    word, things, row_page = "信访事项", "事项", "matter"
    in_large = frozenset({"title", "person", "state", "due"})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, MattersPresenter(place.desk, place.runner.run), columns(place))

    def _buttons(self) -> Sequence[Button]:
        self.bring_in = Button("导入台账", "package-import")
        self.bring_in.clicked.connect(lambda: self.show_import())
        if not permissions.may(self.place.desk.roles, "import_ledger"):
            self.bring_in.refuse(permissions.not_permitted("import_ledger").sentence)
        return (self.bring_in,)

    def open(self, **what: Any) -> None:
        if "ledger" in what:
            self.show_import(str(what["ledger"]))
        else:
            super().open(**what)

    def show_import(self, file: str = "") -> ImportDialog:
        """导入台账; a file that the program was started with is read at once."""
        dialog = ImportDialog(self, self.place)
        dialog.open()
        if file:
            dialog.look(Path(file))
        return dialog

    def _act(self, key: str) -> None:
        self.place.go("register", fresh=True)
