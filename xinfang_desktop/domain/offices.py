"""Names of offices (单位) and of the villages that they are the office of."""

from __future__ import annotations

_COMMITTEES = (("村民委员会", "村"), ("村委会", "村"), ("居民委员会", ""), ("居委会", ""))


def village_name(office: str) -> str:
    """The village or community whose committee this is: 柳溪村村委会 and 柳溪村委会 are 柳溪村's."""
    for committee, ending in _COMMITTEES:
        if office.endswith(committee):
            stem = office.removesuffix(committee)
            if stem:
                return stem if stem.endswith(("村", "社区")) else f"{stem}{ending}"
    return office
