"""Key slots (钥匙): the random database key, wrapped once for each account and once for recovery.

``keys.json`` lies beside the database. It holds no password and no key, only the database key
sealed by what each password gives under argon2id; without one of them the store stays shut.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Final

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ..domain.errors import EnvironmentProblem, RuleViolation
from .keyfile import FILE_NAME, VERSION, Cost, KeyRing, Slot, load, save
from .passwords import as_typed, check_password
from .recovery_code import new_code, secret_of

__all__ = [
    "FILE_NAME", "Cost", "KeyRing", "add_slot", "change_password", "check_password", "create",
    "forget_slot", "names", "remove_slot", "renew_recovery", "reset_slot", "unlock", "unlock_with_recovery",
]  # fmt: skip

_RECOVERY: Final = "recovery"


# --- what services call ------------------------------------------------------------------------


def create(
    home: Path, account_id: str, name: str, password: str, *, cost: Cost | None = None
) -> tuple[KeyRing, bytes, str]:
    """A new random database key with its first slot: the ring, the key, the recovery code.

    Raises RuleViolation for a weak password, EnvironmentProblem where there are keys already.
    """
    check_password(name, password)
    if (home / FILE_NAME).exists():
        raise EnvironmentProblem(
            "keys_exist",
            "这个文件夹里已经有钥匙文件，不能重新建立单位。",
            mend="请直接登录，或另选一个空文件夹。",
        )
    key, code, cost = secrets.token_bytes(32), new_code(), cost or Cost()
    recovery = _seal(_RECOVERY, "", key, cost, lambda salt: _from_code(secret_of(code), salt))
    ring = KeyRing(cost, (_for_password(cost, account_id, name, password, key),), recovery)
    save(home, ring)
    return ring, key, code


def names(home: Path) -> tuple[str, ...]:
    """The accounts that can sign in here, in the order they were added."""
    return tuple(slot.name for slot in load(home).slots)


def unlock(home: Path, name: str, password: str) -> tuple[bytes, str]:
    """The database key and the account's id. Writes nothing.

    Raises EnvironmentProblem ``wrong_password``, also where the name is unknown.
    """
    ring = load(home)
    slot = ring.slot(name)
    key = _open(slot, ring.cost, _from_password(password, slot.salt, ring.cost)) if slot else None
    if slot is None or key is None:
        raise EnvironmentProblem(
            "wrong_password",
            "账号名或密码不对。",
            mend="请检查大小写和输入法后再试；忘记密码可以用恢复码重设。",
            field="password",
        )
    return key, slot.account


def unlock_with_recovery(home: Path, code: str) -> bytes:
    """The database key by the printed code.

    Raises RuleViolation where the code is mistyped, EnvironmentProblem ``wrong_recovery_code``
    where it is a code of another store.
    """
    ring = load(home)
    secret = secret_of(code)
    key = _open(ring.recovery, ring.cost, _from_code(secret, ring.recovery.salt))
    if key is None:
        raise EnvironmentProblem(
            "wrong_recovery_code",
            "这个恢复码不是本数据的恢复码。",
            mend="请找出建立本单位时打印的那一张。",
            field="recovery_code",
        )
    return key


def add_slot(home: Path, key: bytes, account_id: str, name: str, password: str) -> None:
    """Let one more account in. Raises RuleViolation for a weak password or a name in use."""
    check_password(name, password)
    ring = load(home)
    if ring.slot(name):
        raise RuleViolation(
            "account_exists", f"已经有叫“{name}”的账号。", mend="请换一个名字。", field="name"
        )
    slot = _for_password(ring.cost, account_id, name, password, key)
    save(home, replace(ring, slots=(*ring.slots, slot)))


def remove_slot(home: Path, name: str) -> None:
    """Shut an account out. Raises RuleViolation for an unknown name and for the last slot."""
    ring = load(home)
    slot = _known(ring, name)
    rest = tuple(other for other in ring.slots if other is not slot)
    if not rest:
        raise RuleViolation(
            "last_slot",
            "这是最后一个能登录的账号，不能停用。",
            mend="请先增加另一个账号。",
            field="name",
        )
    save(home, replace(ring, slots=rest))


def forget_slot(home: Path, account_id: str) -> None:
    """Take back a slot whose account could not be written; nothing happens where there is none."""
    ring = load(home)
    rest = tuple(slot for slot in ring.slots if slot.account != account_id)
    if len(rest) < len(ring.slots):
        save(home, replace(ring, slots=rest))


def reset_slot(home: Path, key: bytes, name: str, password: str) -> None:
    """Give an account a new password with the database key at hand (after recovery)."""
    ring = load(home)
    slot = _known(ring, name)
    check_password(slot.name, password)
    new = _for_password(ring.cost, slot.account, slot.name, password, key)
    slots = tuple(new if other is slot else other for other in ring.slots)
    save(home, replace(ring, slots=slots))


def renew_recovery(home: Path, key: bytes) -> str:
    """A new recovery code with the database key at hand; the one before opens nothing any more."""
    ring, code = load(home), new_code()
    wrapped = _seal(_RECOVERY, "", key, ring.cost, lambda salt: _from_code(secret_of(code), salt))
    save(home, replace(ring, recovery=wrapped))
    return code


def change_password(home: Path, name: str, old: str, new: str) -> None:
    """Replace a password by its owner. Raises EnvironmentProblem ``wrong_password`` for the old."""
    key, _ = unlock(home, name, old)
    reset_slot(home, key, name, new)


def _known(ring: KeyRing, name: str) -> Slot:
    slot = ring.slot(name)
    if slot is None:
        raise RuleViolation(
            "no_such_account",
            f"本机没有叫“{name}”的账号。",
            mend="请检查账号名。",
            field="name",
        )
    return slot


# --- sealing -----------------------------------------------------------------------------------


def _from_password(password: str, salt: bytes, cost: Cost) -> bytes:
    secret = as_typed(password).encode("utf-8", "surrogatepass")
    return hash_secret_raw(
        secret, salt, cost.rounds, cost.memory_kib, cost.lanes, hash_len=32, type=Type.ID
    )


def _from_code(secret: bytes, salt: bytes) -> bytes:
    """A recovery code is random through and through, so it needs no slow function."""
    return HKDF(SHA256(), 32, salt, b"xinfang recovery code").derive(secret)


def _for_password(cost: Cost, account: str, name: str, password: str, key: bytes) -> Slot:
    clean = as_typed(name).strip()
    return _seal(account, clean, key, cost, lambda salt: _from_password(password, salt, cost))


def _seal(
    account: str, name: str, key: bytes, cost: Cost, wrapping: Callable[[bytes], bytes]
) -> Slot:
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    sealed = AESGCM(wrapping(salt)).encrypt(nonce, key, _context(account, name, cost))
    return Slot(account, name, salt, nonce + sealed)


def _open(slot: Slot, cost: Cost, wrapping: bytes) -> bytes | None:
    nonce, sealed = slot.wrapped[:12], slot.wrapped[12:]
    try:
        return AESGCM(wrapping).decrypt(nonce, sealed, _context(slot.account, slot.name, cost))
    except InvalidTag:
        return None


def _context(account: str, name: str, cost: Cost) -> bytes:
    """Bound into each slot, so that no slot can be given another name or an easier cost."""
    return json.dumps(["xinfang keys", VERSION, account, name, asdict(cost)]).encode()
