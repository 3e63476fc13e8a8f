"""Two sealed matters of the practice office: an accusation passed on, a reprisal not yet sorted."""

from __future__ import annotations

from datetime import date

from .desk import Desk
from .handling import take_step
from .registration import register_intake

_ACCUSED = {
    "channel": "来信",
    "claims": [{"text": "查清村里退耕补助为什么少发", "facts": "名单上的面积和实际的不一样"}],
    "parties": [{"name": "葛素珍", "phone": "13900007215"}],
    "summary": "来信人附了两年的补助名单，请求查处经手的人。",
    "materials": "补助名单复印件 2 份",
    "reported": [{"name": "龚德厚", "unit": "松岭村村委会", "post": "会计"}],
    "sealed": True,
}
_REPRISAL = {
    "channel": "来访",
    "claims": [{"text": "反映信访以后临时救助被停了", "facts": "上月来访，本月没有发"}],
    "parties": [{"name": "葛素珍", "phone": "13900007215"}],
    "reported": [{"unit": "松岭村村委会"}],
    "reprisal": True,
}


def seal_two(desk: Desk, today: date) -> tuple[str, str]:
    """Register both at the desk of who holds the grant; their numbers."""
    day = {"received_on": today.isoformat()}
    first = register_intake(desk, {**_ACCUSED, **day}).number
    take_step(desk, first, "claim", {"no_interest": True})
    take_step(desk, first, "seal", {"unit": "县纪委监委信访室", "not_reported": True})
    return first, register_intake(desk, {**_REPRISAL, **day}).number
