"""Passwords for the command: from the environment or a prompt, never from the words."""

from __future__ import annotations

import getpass
import os
import sys

from ..domain.errors import EnvironmentProblem

OWN, NEW, CODE = "XINFANG_PASSWORD", "XINFANG_NEW_PASSWORD", "XINFANG_RECOVERY_CODE"


def of_account(user: str) -> str:
    """The password of who signs in."""
    return _ask(OWN, f"{user}的密码：")


def chosen(prompt: str = "设置密码：") -> str:
    """The password for the first account of a new office."""
    return _ask(OWN, prompt)


def for_somebody_else() -> str:
    """The first password of another account; empty where one shall be made up."""
    return os.environ.get(NEW, "")


def renewed() -> str:
    """The new password of the account itself."""
    return _ask(NEW, "新密码：")


def recovery_code() -> str:
    """The code that was printed when the office was created."""
    return _ask(CODE, "恢复码：")


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
