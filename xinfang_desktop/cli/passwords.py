"""Passwords for the command: from the environment or a prompt, never from the words."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path

from ..domain.errors import EnvironmentProblem
from ..services.accounts import sign_in_names

OWN, NEW = "XINFANG_PASSWORD", "XINFANG_NEW_PASSWORD"


def of_account(user: str) -> str:
    """The password of who signs in."""
    return _ask(OWN, f"{user}的密码：")


def chosen(prompt: str = "设置密码：") -> str:
    """The password for the first account of a new office."""
    return _ask(OWN, prompt)


def for_somebody_else() -> str:
    """The first password of another account; empty where one shall be made up."""
    return os.environ.get(NEW, "")


def only_name(home: Path) -> str:
    """The one account of this folder, where there is only one; else who signs in must be said."""
    names = sign_in_names(home)
    if len(names) == 1:
        return names[0]
    raise EnvironmentProblem(
        "no_user",
        "这里有多个账号，没有说用哪一个。" if names else "这个文件夹里还没有建立单位。",
        mend="请在动词前加 --user 账号名，或设置环境变量 XINFANG_USER。"
        if names
        else "请先建立单位（xinfang office create），或检查数据文件夹是否选对。",
    )


def _ask(variable: str, prompt: str) -> str:
    known = os.environ.get(variable)
    if known is not None:
        return known
    if not sys.stdin.isatty():
        raise EnvironmentProblem(
            "no_password",
            "没有给出密码。",
            mend=f"请设置环境变量 {variable}，或在终端里运行再输入密码。",
        )
    return getpass.getpass(prompt)
