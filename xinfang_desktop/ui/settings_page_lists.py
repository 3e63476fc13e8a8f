"""设置: 账号, 单位人员, 村（社区）."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.domain.fields import Field
from xinfang_desktop.domain.records import Person
from xinfang_desktop.presenters.settings import (
    ACCOUNT_FIELDS,
    CHANGE_FIELDS,
    GIVEN_FIELDS,
    PASSWORD_FIELDS,
    PERSON_FIELDS,
    VILLAGE_FIELDS,
    SettingsPresenter,
)
from xinfang_desktop.services.accounts import AccountRow

from .fields_dialog import FieldsDialog, Refused, Submit
from .messages import ask, show_problem, tell
from .page import Workplace
from .settings_page_tab import ListTab
from .widgets.buttons import Button
from .widgets.combo import choices
from .widgets.table import Column


class AccountsTab(ListTab):
    """Who signs in on this PC; everybody changes the own password here."""

    def __init__(self, place: Workplace, settings: SettingsPresenter, why_not: str) -> None:
        columns = (
            Column("name", "姓名", lambda a: a.name, 8, kind="strong"),
            Column("roles", "角色", lambda a: a.role_words, filtered=True),
            Column("village", "村（社区）", lambda a: a.village, 8),
            Column("state", "状态", lambda a: "已停用" if a.disabled else "在用", 6, filtered=True),
        )
        super().__init__(place, settings, why_not, columns, "账号", "个", ("name", "roles"))
        self.add = Button("添加账号", "user-plus", primary=not why_not)
        self.change = Button("改角色")
        self.give = Button("给新密码")
        self.disable = Button("停用")
        self.password = Button("改我的密码", "lock")
        self.buttons(self.add, self.change, self.give, self.disable, self.password)
        for button in (self.add, self.change, self.give, self.disable):
            button.refuse(why_not)
        self.add.clicked.connect(self.ask_account)
        self.change.clicked.connect(self.ask_change)
        self.give.clicked.connect(self.ask_give)
        self.disable.clicked.connect(self.ask_disable)
        self.password.clicked.connect(self.ask_password)
        self.table.opened.connect(lambda _row: self.ask_change())
        self.panel.setVisible(not why_not)
        if why_not:
            self.column.addStretch()

    def load(self) -> None:
        self.settings.load_accounts(lambda: self.table.set_rows(self.settings.accounts))
        self.settings.load_villages(lambda: None)

    def ask_account(self) -> FieldsDialog:
        """Add an account."""
        return self._dialog(
            "添加账号", ACCOUNT_FIELDS, "添加",
            lambda values, done, refused: self.settings.add_account(
                values, lambda: self._changed(done), lambda error: refused([error])
            ),
        )  # fmt: skip

    def ask_change(self) -> FieldsDialog | None:
        """Change roles and village of the chosen account."""
        row = self.table.current()
        if not isinstance(row, AccountRow) or self.why_not:
            return None
        return self._dialog(
            f"改角色：{row.name}", CHANGE_FIELDS, "保存",
            lambda values, done, refused: self.settings.change_account(
                row.name, values, lambda: self._changed(done), lambda error: refused([error])
            ),
            {"roles": list(row.roles), "village": row.village},
        )  # fmt: skip

    def ask_give(self) -> FieldsDialog | None:
        """A new password for who forgot it, or who was shut out and comes back."""
        row = self.table.current()
        if not isinstance(row, AccountRow) or self.why_not:
            return None
        title = f"恢复“{row.name}”的账号" if row.disabled else f"给“{row.name}”新密码"
        return self._dialog(
            title, GIVEN_FIELDS, "保存",
            lambda values, done, refused: self.settings.give_password(
                row.name, values, lambda: self._changed(done), lambda error: refused([error])
            ),
        )  # fmt: skip

    def ask_disable(self) -> None:
        """Shut the chosen account out."""
        row = self.table.current()
        if not isinstance(row, AccountRow) or row.disabled:
            tell(self, "先选一个在用的账号。")
            return
        ask(
            self, f"停用“{row.name}”的账号？",
            "停用后不能登录；以前做的记录都保留。要再用时点“给新密码”。", "停用",
            lambda: self.settings.disable_account(
                row.name, lambda: self._changed(self.load),
                self._refused,
            ),
            dangerous=True,
        )  # fmt: skip

    def ask_password(self) -> FieldsDialog:
        """Change the own password."""

        def send(values: Mapping[str, Any], done: Any, refused: Refused) -> None:
            def written() -> None:
                done()
                self.place.say("密码已改，下次登录用新密码")

            self.settings.change_password(values, written, lambda error: refused([_at_old(error)]))

        return self._dialog("改我的密码", PASSWORD_FIELDS, "改密码", send)

    def _dialog(
        self,
        title: str,
        fields: Sequence[Field],
        word: str,
        send: Submit,
        values: Mapping[str, Any] | None = None,
    ) -> FieldsDialog:
        dialog = FieldsDialog(
            self, title, fields, self.place.form, word, send,
            rows=[[field.name] for field in fields],
        )  # fmt: skip
        if any(field.name == "village" for field in fields):
            names = [(village.name, village.name) for village in self.settings.villages]
            dialog.editor("village").set_entries(choices(names))
        dialog.form.set_values(values or {})
        dialog.open()
        return dialog

    def _refused(self, error: XinfangError) -> None:
        show_problem(self, error)

    def _changed(self, done: Any) -> None:
        done()
        self.place.saved()
        self.load()


def _at_old(error: XinfangError) -> XinfangError:
    """A wrong password is told at the field of the old one."""
    if error.code == "wrong_password":
        error.field = "old_password"
    return error


class PeopleTab(ListTab):
    """The office's list of staff, with or without an account."""

    def __init__(self, place: Workplace, settings: SettingsPresenter, why_not: str) -> None:
        columns = (
            Column("name", "姓名", lambda p: p.name, 7, kind="strong"),
            Column("title", "职务", lambda p: p.title, 10),
            Column("unit", "单位", lambda p: p.unit, filtered=True),
            Column("phone", "电话", lambda p: p.phone, 9),
            Column("sign", "可以签发", lambda p: "可以" if p.may_sign else "", 6.5, filtered=True),
        )
        super().__init__(
            place, settings, why_not, columns, "单位人员", "人", ("name", "title", "unit")
        )
        self.add = Button("添加人员", "user-plus", primary=not why_not)
        self.change = Button("修改")
        self.buttons(self.add, self.change)
        for button in (self.add, self.change):
            button.refuse(why_not)
        self.add.clicked.connect(lambda: self.ask_person(None))
        self.change.clicked.connect(lambda: self.ask_person(self.table.current()))
        self.table.opened.connect(self.ask_person)

    def load(self) -> None:
        self.settings.load_people(lambda: self.table.set_rows(self.settings.people))

    def ask_person(self, person: Person | None) -> FieldsDialog | None:
        """Add somebody, or change the chosen one."""
        if self.why_not:
            return None

        def send(values: Mapping[str, Any], done: Any, refused: Refused) -> None:
            def written() -> None:
                done()
                self.place.saved()
                self.load()

            self.settings.save_person(person, values, written, lambda error: refused([error]))

        before = {f.name: getattr(person, f.name) for f in PERSON_FIELDS} if person else {}
        dialog = FieldsDialog(
            self, f"修改：{person.name}" if person else "添加人员", PERSON_FIELDS, self.place.form,
            "保存", send, values=before,
        )  # fmt: skip
        dialog.open()
        return dialog


class VillagesTab(ListTab):
    """Villages and communities with their codes."""

    def __init__(self, place: Workplace, settings: SettingsPresenter, why_not: str) -> None:
        columns = (
            Column("name", "名称", lambda v: v.name, kind="strong"),
            Column("code", "代码", lambda v: v.code or "还没有，请添加", 14),
        )
        super().__init__(place, settings, why_not, columns, "村（社区）", "个", ("name", "code"))
        self.add = Button("添加村（社区）", "plus", primary=not why_not)
        self.buttons(self.add)
        self.add.refuse(why_not)
        self.add.clicked.connect(lambda: self.ask_village())
        self.table.opened.connect(lambda row: self.ask_village("" if row.code else row.name))

    def load(self) -> None:
        self.settings.load_villages(lambda: self.table.set_rows(self.settings.villages))

    def ask_village(self, name: str = "") -> FieldsDialog | None:
        """Add a village, or give one that a ledger named its code."""
        if self.why_not:
            return None

        def send(values: Mapping[str, Any], done: Any, refused: Refused) -> None:
            def written() -> None:
                done()
                self.place.saved()
                self.load()

            self.settings.add_village(values, written, lambda error: refused([error]))

        dialog = FieldsDialog(
            self, "添加村（社区）", VILLAGE_FIELDS, self.place.form, "添加", send,
            values={"name": name},
            note="台账里出现过、还没有代码的村，写同样的名称就给它补上代码。",
        )  # fmt: skip
        dialog.open()
        return dialog
