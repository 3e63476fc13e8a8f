"""Who exchange is for (数据交换对谁开放): the accounts of the office whose PC this is.

A liaison who is bound to a village and works at the township's PC sees that village only; other
villages' sites, bundles and conflicts are none of its business.
"""

from __future__ import annotations

from ..domain.errors import RuleViolation
from .desk import Desk


def offered(desk: Desk) -> bool:
    """Whether this account may see how exchange stands here."""
    return desk.village is None or desk.office.level == "village"


def check_offered(desk: Desk) -> None:
    """Refuse with ``not_for_village`` where exchange is not this account's business."""
    if not offered(desk):
        raise RuleViolation(
            "not_for_village", "数据交换由单位的信访专干来做，村（社区）联络员的账号看不到。",
            mend="请让信访专干登录后再交换。",
        )  # fmt: skip
