"""The file of key slots, ``keys.json``: what stands in it, reading it strictly, writing it whole."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from ..domain.errors import EnvironmentProblem
from .atomic import disk_problems_in_words, replacing
from .passwords import as_typed

FILE_NAME: Final = "keys.json"
VERSION: Final = 1
_LARGEST: Final = 1_000_000  # bytes of a file; an account takes about 300


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess of a password costs under argon2id: about 270 ms on an ordinary PC."""

    memory_kib: int = 128 * 1024
    rounds: int = 3
    lanes: int = 2


@dataclass(frozen=True, slots=True)
class Slot:
    """The database key sealed for one account (or, with an empty name, for the recovery code)."""

    account: str
    name: str
    salt: bytes
    wrapped: bytes  # 12 bytes of nonce, then AES-256-GCM


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The whole file."""

    cost: Cost
    slots: tuple[Slot, ...]
    recovery: Slot

    def slot(self, name: str) -> Slot | None:
        """The slot of the account with this name."""
        wanted = as_typed(name).strip()
        return next((slot for slot in self.slots if slot.name == wanted), None)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _slot_out(slot: Slot) -> dict[str, str]:
    sealed = {"salt": _text(slot.salt), "wrapped": _text(slot.wrapped)}
    return {"account": slot.account, "name": slot.name, **sealed}


def save(home: Path, ring: KeyRing) -> None:
    """Write the file whole, for its owner's eyes only. Raises EnvironmentProblem."""
    plain = {
        "version": VERSION,
        "argon2id": asdict(ring.cost),
        "slots": [_slot_out(slot) for slot in ring.slots],
        "recovery": _slot_out(ring.recovery),
    }
    data = json.dumps(plain, ensure_ascii=False, indent=1).encode()
    with disk_problems_in_words(FILE_NAME), replacing(home / FILE_NAME) as file:
        file.write(data)


def load(home: Path) -> KeyRing:
    """Read the file. Raises EnvironmentProblem where it is missing, damaged or too new."""
    path = home / FILE_NAME
    if not path.exists():
        raise EnvironmentProblem(
            "keys_missing",
            "数据文件夹里没有钥匙文件 keys.json，无法登录。",
            mend="请检查数据文件夹是否选对；如果文件丢失，请从备份恢复。",
        )
    with disk_problems_in_words(FILE_NAME), path.open("rb") as file:
        data = file.read(_LARGEST + 1)
    try:
        if len(data) > _LARGEST:
            raise ValueError("a keys file of this size")
        plain = json.loads(data)
        version = plain["version"]
        if type(version) is int and version > VERSION:
            raise EnvironmentProblem(
                "keys_too_new",
                "钥匙文件由更新版本的信访台写成，本版本打不开。",
                mend="请先升级信访台。",
            )
        if version != VERSION:
            raise ValueError("unknown version")
        slots = tuple(_slot_in(slot) for slot in plain["slots"])
        return KeyRing(_cost_in(plain["argon2id"]), slots, _slot_in(plain["recovery"]))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as problem:
        raise EnvironmentProblem(
            "keys_damaged",
            "钥匙文件 keys.json 已损坏，无法登录。",
            mend="请从备份恢复这个文件，不要删除数据文件。",
        ) from problem


_BOUNDS: Final[Mapping[str, tuple[int, int]]] = {
    "memory_kib": (8, 1024 * 1024),  # a forged file must not eat the PC's memory
    "rounds": (1, 20),
    "lanes": (1, 16),
}


def _cost_in(plain: Mapping[str, Any]) -> Cost:
    for name, (least, most) in _BOUNDS.items():
        if type(plain[name]) is not int or not least <= plain[name] <= most:
            raise ValueError("an argon2id parameter out of bounds")
    cost = Cost(plain["memory_kib"], plain["rounds"], plain["lanes"])
    if cost.memory_kib < 8 * cost.lanes:
        raise ValueError("argon2id needs 8 KiB a lane")
    return cost


def _slot_in(plain: Mapping[str, Any]) -> Slot:
    account, name = plain["account"], plain["name"]
    if type(account) is not str or type(name) is not str:
        raise ValueError("a slot without its names")
    try:
        salt = base64.b64decode(plain["salt"], validate=True)
        wrapped = base64.b64decode(plain["wrapped"], validate=True)
    except binascii.Error as problem:
        raise ValueError("a slot that is not base64") from problem
    if len(salt) != 16 or len(wrapped) != 12 + 32 + 16:
        raise ValueError("a slot of the wrong length")
    return Slot(account, name, salt, wrapped)
