"""Offices (单位) and villages: what they are called, and the ids that follow from their codes."""

from __future__ import annotations

from typing import Final
from uuid import UUID, uuid5

_SPACE: Final = UUID("6f0c4f5e-7f1b-5d0e-9c57-0a2d6b1e8a10")

_COMMITTEES = (("村民委员会", "村"), ("村委会", "村"), ("居民委员会", ""), ("居委会", ""))


def village_name(office: str) -> str:
    """The village or community whose committee this is: 柳溪村村委会 and 柳溪村委会 are 柳溪村's."""
    for committee, ending in _COMMITTEES:
        if office.endswith(committee):
            stem = office.removesuffix(committee)
            if stem:
                return stem if stem.endswith(("村", "社区")) else f"{stem}{ending}"
    return office


def id_of_code(code: str) -> str:
    """The id of the record of the village with this 12-digit code, on whichever PC."""
    return str(uuid5(_SPACE, f"village:{code}"))


def id_of_office(level: str, code: str) -> str:
    """The id of an office's own record, on whichever of its PCs it was set up."""
    return str(uuid5(_SPACE, f"office:{level}:{code}"))
