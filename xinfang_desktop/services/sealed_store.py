"""密件库的钥匙: who can open the sealed store, letting a colleague in, its recovery code.

Giving the grant is the administrator's; the key is handed on by a present holder alone. Both
people are at the PC for it: the newcomer types its own password.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.errors import EnvironmentProblem, RuleViolation
from ..domain.permissions import opens_sealed
from ..domain.records import Account
from ..store import drops, keys, meta
from ..store.files import fetch_own
from . import vaults
from .desk import Desk, use_case

_RECOVERABLE = "recovery.made"


@dataclass(frozen=True, slots=True)
class SealedStatus:
    """``why_not`` says in words why it is not open here; ``holders`` are those with a key slot.

    ``waiting`` counts what was dropped and not yet taken in.
    """

    open: bool
    why_not: str
    holders: tuple[str, ...]
    waiting: int
    recovery_code_made: bool


def _vault(desk: Desk) -> Desk:
    if desk.vault is None:
        raise EnvironmentProblem(
            "vault_shut",
            "密件库没有打开。",
            mend=desk.vault_shut or "请由有授权的专办员登录后再办。",
        )
    return desk.vault


@use_case("hold_sealed")
def sealed_status(desk: Desk) -> SealedStatus:
    """How it stands with the sealed store on this PC."""
    home = vaults.folder(desk.home)
    holders = keys.names(home) if vaults.is_made(desk.home) else ()
    with desk.reading() as conn:
        waiting = len(drops.waiting(conn))
    made = False
    if desk.vault is not None:
        with desk.vault.reading() as conn:
            made = meta.get(conn, _RECOVERABLE) is not None
    return SealedStatus(desk.vault is not None, desk.vault_shut, holders, waiting, made)


@use_case("hold_sealed")
def let_in(desk: Desk, name: str, password: str) -> SealedStatus:
    """Give a colleague who holds the grant a key slot, wrapped by the password typed here.

    Raises RuleViolation ``no_account`` or ``no_grant``, EnvironmentProblem ``wrong_password``.
    """
    vault = _vault(desk)
    with desk.reading() as conn:
        found = [a for a in fetch_own(conn, Account) if a.name == name.strip() and not a.disabled]
    if not found:
        raise RuleViolation(
            "no_account",
            "没有叫这个名字的账号，或它已经停用。",
            mend="请核对账号名。",
            field="name",
        )
    account = found[0]
    if not opens_sealed(account.roles):
        raise RuleViolation(
            "no_grant", f"{account.name}还没有“涉密举报件专办员”授权，或没有看事项的角色。",
            mend="请先由系统管理员在“设置—账号”里加上。", article="《信访工作条例》第三十条",
            field="name",
        )  # fmt: skip
    keys.unlock(desk.home, account.name, password)
    _give_slot(vault, account.id, account.name, password)
    vault.look("let_in", account=account.name)
    return sealed_status(desk)


def _give_slot(vault: Desk, account: str, name: str, password: str) -> None:
    with vault.database.write():  # one after the other: the file of keys is read and written whole
        keys.forget_slot(vault.home, account)
        keys.add_slot(vault.home, vault.database.key, account, name, password)


@use_case("hold_sealed")
def new_sealed_code(desk: Desk) -> str:
    """A new recovery code of the sealed store, told once; one made before opens nothing any more."""
    vault = _vault(desk)
    with vault.database.write() as conn:
        code = keys.renew_recovery(vault.home, vault.database.key)
        meta.put(conn, _RECOVERABLE, b"1")
    vault.look("recovery_code_made")
    return code


@use_case("hold_sealed")
def recover_sealed(desk: Desk, code: str, password: str) -> SealedStatus:
    """Let the account that is signed in in by the sealed store's recovery code.

    ``password`` is the account's own, by which it opens the sealed store from now on.
    """
    home = vaults.folder(desk.home)
    if not vaults.is_made(desk.home):
        raise EnvironmentProblem(
            "vault_shut", "本机还没有密件库。", mend="有授权的专办员第一次登录时自动建立。"
        )
    keys.unlock(desk.home, desk.account.name, password)
    key = keys.unlock_with_recovery(home, code)
    if desk.vault is None:
        vaults.open_with(desk, key)
    _give_slot(_vault(desk), desk.account.id, desk.account.name, password)
    _vault(desk).look("let_in", account=desk.account.name, by="recovery_code")
    return sealed_status(desk)
