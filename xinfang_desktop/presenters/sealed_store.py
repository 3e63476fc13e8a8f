"""设置—密件库: who opens the sealed store, letting a colleague in, the recovery code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.domain.fields import Field
from xinfang_desktop.services import sealed_store
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.sealed_store import SealedStatus

from .running import Run

Failed = Callable[[XinfangError], None]
Done = Callable[[], None]

LET_IN_FIELDS = (
    Field(
        "name", "同事的账号名", required=True, help="先要由系统管理员给他加上“涉密举报件专办员”。"
    ),
    Field("password", "他本人的密码", required=True, help="请他自己输入，您不要看。"),
)
RECOVER_FIELDS = (
    Field("recovery_code", "密件库的恢复码", required=True, help="由专办员密封保管的那一张。"),
    Field("password", "您现在的密码", required=True, help="以后就用它打开密件库。"),
)


class SealedStorePresenter:
    """Asked anew after each change."""

    def __init__(self, desk: Desk, run: Run) -> None:
        self._desk, self._run = desk, run
        self.status: SealedStatus | None = None

    def load(self, done: Done) -> None:
        """How it stands."""

        def came(found: SealedStatus) -> None:
            self.status = found
            done()

        self._run(lambda: sealed_store.sealed_status(self._desk), came, lambda _refused: done())

    @property
    def lines(self) -> tuple[str, ...]:
        """What is told of it, a sentence each."""
        now = self.status
        if now is None:
            return ()
        first = "密件库已经打开。" if now.open else f"密件库没有打开。{now.why_not}"
        code = "恢复码已经制作。" if now.recovery_code_made else "还没有恢复码，请现在就制作一个。"
        return (
            first,
            f"能打开的账号：{'、'.join(now.holders) or '还没有'}。",
            *((code,) if now.open else ()),
            *((f"还有 {now.waiting} 份等待收进密件库。",) if now.waiting else ()),
        )

    def let_in(self, values: Mapping[str, Any], done: Done, failed: Failed) -> None:
        """Give a colleague a key."""
        name, password = str(values.get("name") or ""), str(values.get("password") or "")
        self._write(lambda: sealed_store.let_in(self._desk, name, password), done, failed)

    def recover(self, values: Mapping[str, Any], done: Done, failed: Failed) -> None:
        """Open it by the recovery code."""
        code = str(values.get("recovery_code") or "")
        password = str(values.get("password") or "")
        self._write(lambda: sealed_store.recover_sealed(self._desk, code, password), done, failed)

    def make_code(self, done: Callable[[str], None], failed: Failed) -> None:
        """A new recovery code, told once."""
        self._run(lambda: sealed_store.new_sealed_code(self._desk), done, failed, label="正在制作")

    def _write(self, work: Callable[[], SealedStatus], done: Done, failed: Failed) -> None:
        def came(found: SealedStatus) -> None:
            self.status = found
            done()

        self._run(work, came, failed, label="正在保存")
