"""All registers of the office's own work (工作台账), by their keys, in the order of the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from . import (
    registers_lists,
    registers_office,
    registers_reception,
    registers_review,
    registers_supervision,
)
from .course import Values
from .errors import RuleViolation
from .permissions import LEADER
from .register_kit import Register, field_words

_ALL: Final = (
    *registers_reception.REGISTERS, *registers_supervision.REGISTERS, *registers_review.REGISTERS,
    *registers_office.REGISTERS, *registers_lists.REGISTERS,
)  # fmt: skip

REGISTERS: Final[Mapping[str, Register]] = MappingProxyType({each.key: each for each in _ALL})
"""Key → register; the groups of the page follow each other as they do here."""


def register_named(key: str) -> Register:
    """The register of that key or Chinese name. Raises RuleViolation ``no_register``."""
    wanted = key.strip()
    for each in REGISTERS.values():
        if wanted in (each.key, each.name):
            return each
    raise RuleViolation(
        "no_register", "没有这本台账。",
        mend="可用的有：" + "、".join(f"{r.name}（{r.key}）" for r in REGISTERS.values()) + "。",
        field="sort",
    )  # fmt: skip


def open_to(register: Register | None, author: str, name: str, roles: frozenset[str]) -> bool:
    """Whether the account ``name`` may see a line that ``author`` wrote (本人和领导可见)."""
    return register is None or not register.private or author == name or LEADER in roles


def columns_in_words(values: Values) -> Iterator[tuple[str, str]]:
    """What a line says, column by column, where its register is not at hand: the one that has all
    of its columns, else the names as they are."""
    names = set(values)
    fitting = (r for r in REGISTERS.values() if names <= {each.name for each in r.fields})
    fields = {each.name: each for each in getattr(next(fitting, None), "fields", ())}
    for name, value in values.items():
        if name in fields:
            yield fields[name].label, field_words(fields[name], value)
        else:
            yield name, str(value)
