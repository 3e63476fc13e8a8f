"""设置: accounts and passwords, the office, its people, its villages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from xinfang_desktop.domain import permissions
from xinfang_desktop.domain.errors import RuleViolation, XinfangError
from xinfang_desktop.domain.fields import Field
from xinfang_desktop.domain.permissions import ROLE_NAMES
from xinfang_desktop.domain.records import Person, Village
from xinfang_desktop.services import accounts
from xinfang_desktop.services.accounts import AccountRow, NewAccount, NewPerson
from xinfang_desktop.services.desk import Desk

from .running import Run

Failed = Callable[[XinfangError], None]
Done = Callable[[], None]

ROLES = tuple(ROLE_NAMES.items())
_ROLE = Field(
    "roles", "角色", "many", required=True, choices=ROLES,
    help="一个人可以有几个角色，权限相加。系统管理员自己看不到信访事项。",
)  # fmt: skip
_VILLAGE = Field("village", "村（社区）", "choice", help="联络员必须选，只看得到自己村的。")
ACCOUNT_FIELDS = (
    Field("name", "姓名", required=True, help="登录时选的名字，办理记录里也这样写。", sample="周敏"),
    _ROLE,
    _VILLAGE,
    Field("password", "初始密码", required=True, help="至少 8 位。本人第一次登录后请自己改掉。"),
    Field("password_again", "再输一次", required=True, help="和上面一样。"),
)  # fmt: skip
CHANGE_FIELDS = (_ROLE, _VILLAGE)
PASSWORD_FIELDS = (
    Field("old_password", "现在的密码", required=True),
    Field("password", "新密码", required=True, help="至少 8 位，不要用姓名或连续的数字。"),
    Field("password_again", "再输一次", required=True, help="和上面一样。"),
)

GIVEN_FIELDS = PASSWORD_FIELDS[1:]

OFFICE_FIELDS = (
    Field("name", "单位名称", required=True, help="窗口标题和台账上的名称。", sample="青石镇信访办"),
    Field(
        "organ", "落款机关", required=True, sample="云岭县青石镇人民政府",
        help="文书落款的机关全称，加盖的就是它的印章。",
    ),
    Field("doc_prefix", "文号代字", help="文号开头的机关代字，后面由程序编号。", sample="青信"),
    Field("phone", "办公电话", help="印在告知书和回执上。", sample="0700-6201234"),
    Field("address", "办公地址", help="印在告知书和回执上，信访人照着来。"),
    Field("reception_hours", "接待时间", help="印在回执上。", sample="工作日 8:30—12:00，14:00—17:30"),
    Field(
        "review_organ", "复查机关", sample="云岭县人民政府", article="《信访工作条例》第三十五条",
        help="不服处理意见时向哪个机关申请复查，处理意见书必须写明。",
    ),
    Field("review_address", "复查机关地址", help="印在处理意见书上。"),
    Field(
        "acceptance_from", "受理之日怎么算", "choice", required=True,
        choices=(("notice", "从书面告知受理那天"), ("receipt", "从收到那天")),
        help="六十日的办理期限从受理之日起算，按本地口径选。", article="《信访工作条例》第三十四条",
    ),
    Field(
        "late_after", "逾期怎么算", "choice", required=True,
        choices=(("rolled", "遇节假日顺延"), ("raw", "自然日，不顺延")),
        help="期限最后一天是节假日时，按哪一天之后算逾期。",
    ),
    Field("simple_procedure", "使用简易办理", "bool", help="本地已经施行简易办理办法的才勾选。"),
)  # fmt: skip
"""What of the office may be changed; its code and level stay as they are."""

PERSON_FIELDS = (
    Field("name", "姓名", required=True, help="同名的加注职务以便区分。", sample="马长青"),
    Field("title", "职务", sample="镇长"),
    Field("unit", "单位", help="不填就是本单位。", sample="村镇建设办公室"),
    Field("phone", "电话"),
    Field("may_sign", "可以签发处理意见、批准延期", "bool", help="本单位负责人才勾选。"),
    Field(
        "interests", "申明的利害关系", "long", article="《信访工作条例》第二十八条",
        help="本人申明与哪些人、哪些事有直接利害关系，用来提醒回避。只写本人自己申明的。",
    ),
)  # fmt: skip
VILLAGE_FIELDS = (
    Field("name", "名称", required=True, sample="柳溪村"),
    Field("code", "代码", required=True, help="12 位统计用区划代码，前 9 位是乡镇。", sample="999999101201"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab; ``why_not`` says why this account may only look."""

    key: str
    word: str
    why_not: str


_TABS = (
    ("accounts", "账号", "manage_accounts"),
    ("office", "单位", "manage_office"),
    ("people", "人员", "manage_office"),
    ("villages", "村（社区）", "manage_villages"),
    ("committees", "调解组织", "manage_committees"),
    ("calendar", "节假日", "import_calendar"),
    ("printers", "打印", ""),
    ("look", "显示", ""),
    ("proof", "存证", "verify_log"),
    ("sealed", "密件库", "hold_sealed"),
)


class SettingsPresenter:
    """Reads and writes the settings; every list is asked anew after a change."""

    def __init__(self, desk: Desk, run: Run) -> None:
        self.desk, self._run = desk, run
        self.accounts: tuple[AccountRow, ...] = ()
        self.people: tuple[Person, ...] = ()
        self.villages: tuple[Village, ...] = ()

    def tabs(self) -> tuple[Tab, ...]:
        """Every tab, with the reason where this account may not change anything there."""
        return tuple(Tab(key, word, self.why_not(verb)) for key, word, verb in _TABS)

    def why_not(self, verb: str) -> str:
        """The sentence for what this account may not do, empty where it may."""
        if not verb or permissions.may(self.desk.roles, verb):
            return ""
        return permissions.not_permitted(verb).sentence

    # --- accounts ---

    def load_accounts(self, done: Done) -> None:
        """The accounts of this PC; where this account may not see them, there are none."""
        if self.why_not("manage_accounts"):
            done()
            return
        self._keep("accounts", lambda: accounts.accounts(self.desk), done)

    def add_account(self, values: Mapping[str, Any], done: Done, failed: Failed) -> None:
        """Add an account with a first password."""
        wrong = _again(values)
        if wrong is not None:
            failed(wrong)
            return
        asked = NewAccount(
            _text(values, "name"), tuple(values.get("roles") or ()), _text(values, "password"),
            _text(values, "village"),
        )  # fmt: skip
        self._write(lambda: accounts.add_account(self.desk, asked), done, failed)

    def change_account(
        self, name: str, values: Mapping[str, Any], done: Done, failed: Failed
    ) -> None:
        """Other roles or another village."""
        roles, village = tuple(values.get("roles") or ()), _text(values, "village")
        self._write(
            lambda: accounts.set_account(self.desk, name, roles=roles, village=village or None),
            done, failed,
        )  # fmt: skip

    def disable_account(self, name: str, done: Done, failed: Failed) -> None:
        """Shut an account out."""
        self._write(lambda: accounts.disable_account(self.desk, name), done, failed)

    def give_password(
        self, name: str, values: Mapping[str, Any], done: Done, failed: Failed
    ) -> None:
        """A new password for a colleague; who was shut out comes back."""
        wrong = _again(values)
        if wrong is not None:
            failed(wrong)
            return
        fresh = _text(values, "password")
        self._write(lambda: accounts.give_password(self.desk, name, fresh), done, failed)

    def change_password(self, values: Mapping[str, Any], done: Done, failed: Failed) -> None:
        """One's own password."""
        wrong = _again(values)
        if wrong is not None:
            failed(wrong)
            return
        old, fresh = _text(values, "old_password"), _text(values, "password")
        self._write(lambda: accounts.change_password(self.desk, old, fresh), done, failed)

    # --- the office ---

    def office_values(self) -> dict[str, Any]:
        """The office as it is now, by field."""
        return {field.name: getattr(self.desk.office, field.name) for field in OFFICE_FIELDS}

    def office_fixed(self) -> tuple[tuple[str, str], ...]:
        """What of the office never changes."""
        office = self.desk.office
        return (
            ("机构代码", office.code),
            ("单位层级", accounts.LEVEL_NAMES.get(office.level, office.level)),
        )

    def save_office(self, values: Mapping[str, Any], done: Done, failed: Failed) -> None:
        """Write what was changed; nothing changed writes nothing."""
        before = self.office_values()
        after = {field.name: _of_kind(field, values.get(field.name)) for field in OFFICE_FIELDS}
        for field in OFFICE_FIELDS:
            if field.required and not after[field.name]:
                failed(_missing(field))
                return
        changes = {name: value for name, value in after.items() if value != before[name]}
        if not changes:
            done()
            return
        self._write(lambda: accounts.save_office(self.desk, changes), done, failed)

    # --- people and villages ---

    def load_people(self, done: Done) -> None:
        """The list of staff."""
        self._keep("people", lambda: accounts.people(self.desk), done)

    def save_person(
        self, person: Person | None, values: Mapping[str, Any], done: Done, failed: Failed
    ) -> None:
        """Add somebody, or change what the list says of somebody."""
        told = {field.name: _of_kind(field, values.get(field.name)) for field in PERSON_FIELDS}
        if not told["name"]:
            failed(_missing(PERSON_FIELDS[0]))
            return
        if person is None:
            self._write(lambda: accounts.add_person(self.desk, NewPerson(**told)), done, failed)
            return
        changes = {name: value for name, value in told.items() if value != getattr(person, name)}
        if not changes:
            done()
            return
        self._write(lambda: accounts.change_person(self.desk, person.id, changes), done, failed)

    def load_villages(self, done: Done) -> None:
        """Villages and communities."""
        self._keep("villages", lambda: accounts.villages(self.desk), done)

    def add_village(self, values: Mapping[str, Any], done: Done, failed: Failed) -> None:
        """Add a village, or give one that a ledger named its code."""
        code, name = _text(values, "code"), _text(values, "name")
        self._write(lambda: accounts.add_village(self.desk, code, name), done, failed)

    # --- inside ---

    def _keep(self, name: str, ask: Callable[[], object], done: Done) -> None:
        def came(found: object) -> None:
            setattr(self, name, found)
            done()

        self._run(ask, came)

    def _write(self, work: Callable[[], object], done: Done, failed: Failed) -> None:
        self._run(work, lambda _made: done(), failed, label="正在保存")


def _text(values: Mapping[str, Any], name: str) -> str:
    return str(values.get(name) or "")


def _of_kind(field: Field, value: Any) -> Any:
    return bool(value) if field.kind == "bool" else str(value or "").strip()


def _missing(field: Field) -> RuleViolation:
    return RuleViolation(
        "required", f"还没有填{field.label}。", mend=field.help or "请填写。", field=field.name
    )


def _again(values: Mapping[str, Any]) -> RuleViolation | None:
    if _text(values, "password") == _text(values, "password_again"):
        return None
    return RuleViolation(
        "password_differs", "两次输入的密码不一样。", mend="请重新输入。", field="password_again"
    )
