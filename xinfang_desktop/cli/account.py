"""``xinfang account``: who may sign in, and as what."""

from __future__ import annotations

import secrets
from typing import Any

from ..services.accounts import (
    AccountRow,
    NewAccount,
    accounts,
    add_account,
    change_password,
    disable_account,
    give_password,
    reset_password,
    set_account,
)
from . import passwords
from .answers import table
from .words import Answer, Call, Verb, argument

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def made_up_password() -> str:
    """A random first password, easy to read aloud: four groups of four (about 79 bits)."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def add(call: Call) -> Answer:
    """Add an account; without ``XINFANG_NEW_PASSWORD`` its first password is made up."""
    given = passwords.for_somebody_else()
    password = given or made_up_password()
    options = call.options
    with call.desk() as desk:
        row = add_account(
            desk, NewAccount(options.name, _roles(options.role), password, options.village)
        )
    if given:
        return Answer(_row(row), _lines([row]))
    return Answer(
        {**_row(row), "password": password},
        [*_lines([row]), f"初始密码：{password}"],
        ("初始密码只显示这一次，请本人登录后尽快修改。",),
    )


def change(call: Call) -> Answer:
    """Change the roles or the village of an account."""
    options = call.options
    roles = _roles(options.role) if options.role else None
    with call.desk() as desk:
        row = set_account(desk, options.name, roles=roles, village=options.village or None)
    return Answer(_row(row), _lines([row]))


def show(call: Call) -> Answer:
    """Every account of this PC."""
    with call.desk() as desk:
        rows = accounts(desk)
    return Answer({"accounts": [_row(row) for row in rows]}, _lines(rows))


def disable(call: Call) -> Answer:
    """Shut an account out; what it did stays."""
    with call.desk() as desk:
        row = disable_account(desk, call.options.name)
    return Answer(_row(row), _lines([row]))


def give(call: Call) -> Answer:
    """A new password for a colleague, made up unless ``XINFANG_NEW_PASSWORD`` gives one."""
    given = passwords.for_somebody_else()
    password = given or made_up_password()
    with call.desk() as desk:
        row = give_password(desk, call.options.name, password)
    told = {} if given else {"password": password}
    return Answer(
        {**_row(row), **told}, [*_lines([row]), *([] if given else [f"新密码：{password}"])]
    )


def renew(call: Call) -> Answer:
    """Change the password of the account that signs in."""
    with call.desk() as desk:
        change_password(desk, passwords.of_account(desk.account.name), passwords.renewed())
        name = desk.account.name
    return Answer({"name": name, "changed": True}, ("密码已修改。",))


def recover(call: Call) -> Answer:
    """Set a new password with the printed recovery code."""
    name = call.options.name
    reset_password(call.home, passwords.recovery_code(), name, passwords.renewed())
    return Answer({"name": name, "changed": True}, ("密码已重设。",))


def _roles(text: str) -> tuple[str, ...]:
    parts = text.replace("，", ",").replace("、", ",").split(",")
    return tuple(part.strip() for part in parts if part.strip())


def _row(row: AccountRow) -> dict[str, Any]:
    return {
        "name": row.name,
        "roles": list(row.roles),
        "village": row.village,
        "disabled": row.disabled,
    }


def _lines(rows: tuple[AccountRow, ...] | list[AccountRow]) -> list[str]:
    return table(
        ("账号", "角色", "村（社区）", "已停用"),
        [(row.name, row.role_words, row.village, row.disabled) for row in rows],
    )


_NAME = argument("name", metavar="NAME", help="账号名")
_ROLE_HELP = "admin officer leader liaison supervisor sealed，多个用逗号分开"
_VILLAGE = argument("--village", default="", help="联络员所在的村（社区），名称或 12 位代码")

VERBS = (
    Verb(
        "add",
        "添加账号（初始密码取自 XINFANG_NEW_PASSWORD，没有就随机产生）",
        add,
        (_NAME, argument("--role", required=True, help=_ROLE_HELP), _VILLAGE),
    ),
    Verb(
        "set",
        "修改角色或村（社区）",
        change,
        (_NAME, argument("--role", default="", help=_ROLE_HELP), _VILLAGE),
    ),
    Verb("list", "全部账号", show),
    Verb("disable", "停用账号", disable, (_NAME,)),
    Verb(
        "give",
        "给忘了密码或已停用的同事一个新密码（取自 XINFANG_NEW_PASSWORD，没有就随机产生）",
        give,
        (_NAME,),
    ),
    Verb("password", "修改自己的密码（新密码取自 XINFANG_NEW_PASSWORD）", renew),
    Verb("recover", "忘了密码：用恢复码（XINFANG_RECOVERY_CODE）重设", recover, (_NAME,)),
)
