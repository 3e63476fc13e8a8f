"""Who exchange is for (数据交换对谁开放): the accounts of the office whose PC this is.

A liaison who is bound to a village and works at the township's PC sees that village only; other
villages' sites and bundles are none of its business. Use cases whose verb is in
``permissions.WHOLE_OFFICE`` are shut by the desk; the others ask here.
"""

from __future__ import annotations

from ..domain import permissions
from .desk import Desk


def offered(desk: Desk) -> bool:
    """Whether this account may see how exchange stands here."""
    return not desk.of_one_village


def check_offered(desk: Desk) -> None:
    """Refuse with ``not_for_village`` where exchange is not this account's business."""
    if not offered(desk):
        raise permissions.not_for_village()
