"""Signing in, the locked screen, and the way back with the recovery code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from xinfang_desktop.domain.errors import RuleViolation, XinfangError
from xinfang_desktop.domain.fields import Field
from xinfang_desktop.services import accounts
from xinfang_desktop.services.demo import PRACTICE_PASSWORD
from xinfang_desktop.services.desk import Clock, Desk
from xinfang_desktop.store.reference import Reference

from .running import Run

SIGN_IN_FIELDS = (
    Field("name", "账号", "choice", required=True, help="选自己的名字。"),
    Field(
        "password", "密码", required=True,
        help="密码只在这台电脑上核对。忘记时用建立单位时打印的恢复码重新设置。",
    ),
)  # fmt: skip
RESET_FIELDS = (
    Field("name", "账号", "choice", required=True, help="给哪个账号重新设密码。"),
    Field(
        "code", "恢复码", required=True,
        help="建立单位时打印、锁在柜子里的那一串字母和数字。大小写、空格、横线都不要紧。",
    ),
    Field("password", "新密码", required=True, help="至少 8 位，不要用姓名或连续的数字。"),
    Field("password_again", "再输一次", required=True),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Installation:
    """What this PC's program works on: data folder, practice folder, clock, shipped data."""

    home: Path
    practice_home: Path
    clock: Clock
    shipped: Reference


class SignInPresenter:
    """Opens the desk; a wrong password says so and writes nothing."""

    def __init__(self, installation: Installation, home: Path, run: Run, user: str = "") -> None:
        self.home = home
        self._installation = installation
        self._run = run
        self.names = accounts.sign_in_names(home)
        self.first = user if user in self.names else next(iter(self.names), "")

    @property
    def practice(self) -> bool:
        """Whether this is the practice office."""
        return self.home == self._installation.practice_home

    @property
    def hint(self) -> str:
        """The line under the program's name; a learner is told the practice password."""
        if self.practice:
            return f"练习单位，数据都是编的。密码都是 {PRACTICE_PASSWORD}"
        return "接访、办理、文书"

    def sign_in(
        self,
        name: str,
        password: str,
        signed: Callable[[Desk], None],
        failed: Callable[[XinfangError], None],
    ) -> None:
        """Open the store with this name and password."""
        if not password:
            failed(
                RuleViolation("required", "还没有输入密码。", mend="请输入密码。", field="password")
            )
            return
        here = self._installation
        self._run(
            lambda: accounts.sign_in(self.home, name, password, here.clock, here.shipped),
            signed,
            failed,
            label="正在登录",
        )

    def reset(
        self, code: str, name: str, password: str, again: str,
        done: Callable[[], None], failed: Callable[[XinfangError], None],
    ) -> None:  # fmt: skip
        """Set a new password with the recovery code."""
        if password != again:
            failed(differs())
            return
        self._run(
            lambda: accounts.reset_password(self.home, code, name, password),
            lambda _none: done(),
            failed,
            label="正在设置新密码",
        )


class LockPresenter:
    """The locked screen: only the password of who is signed in opens it."""

    def __init__(self, desk: Desk, run: Run) -> None:
        self._desk, self._run = desk, run

    @property
    def name(self) -> str:
        """Who is signed in."""
        return self._desk.account.name

    def unlock(
        self, password: str, opened: Callable[[], None], failed: Callable[[XinfangError], None]
    ) -> None:
        """Ask for the password again."""
        self._run(
            lambda: accounts.confirm_password(self._desk, password),
            lambda _none: opened(),
            failed,
        )


def differs() -> RuleViolation:
    """The two passwords are not the same."""
    return RuleViolation(
        "passwords_differ", "两次输入的密码不一样。", mend="请再输一次。", field="password_again"
    )
