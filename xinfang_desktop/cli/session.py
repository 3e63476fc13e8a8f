"""Signing in for one verb of the command."""

from __future__ import annotations

from pathlib import Path

from ..domain.errors import EnvironmentProblem
from ..places import RESOURCES
from ..services.accounts import home_state, sign_in, sign_in_names
from ..services.desk import Clock, Desk
from ..store.reference import Reference, load_reference
from . import passwords


def shipped() -> Reference:
    """The shipped calendars, rules and code tables."""
    return load_reference(RESOURCES)


def open_desk(home: Path, user: str, clock: Clock) -> Desk:
    """The desk of ``user``, or of the only account of the folder where none was named."""
    if home_state(home) == "empty":
        raise EnvironmentProblem(
            "no_office",
            "这个文件夹里还没有建立单位。",
            mend="请先建立单位（xinfang office create），或检查数据文件夹是否选对。",
        )
    name = user or _only_name(home)
    return sign_in(home, name, passwords.of_account(name), clock, shipped())


def _only_name(home: Path) -> str:
    names = sign_in_names(home)
    if len(names) == 1:
        return names[0]
    raise EnvironmentProblem(
        "no_user",
        "这里有多个账号，没有说用哪一个。",
        mend="请在名词前加 --user 账号名，或设置环境变量 XINFANG_USER。",
    )
