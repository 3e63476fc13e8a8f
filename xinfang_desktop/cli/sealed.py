"""``xinfang sealed``: the sealed store, who opens it, letting a colleague in, its recovery code."""

from __future__ import annotations

from ..services.sealed_store import (
    SealedStatus,
    let_in,
    new_sealed_code,
    recover_sealed,
    sealed_status,
)
from . import passwords
from .words import Answer, Call, Verb, argument


def status(call: Call) -> Answer:
    """Whether it is open here, who holds a key, what waits."""
    with call.desk() as desk:
        return _told(sealed_status(desk))


def admit(call: Call) -> Answer:
    """Give a colleague a key; the colleague's own password is asked for."""
    with call.desk() as desk:
        return _told(let_in(desk, call.options.name, passwords.renewed()))


def code(call: Call) -> Answer:
    """A new recovery code, shown once."""
    with call.desk() as desk:
        made = new_sealed_code(desk)
    return Answer(
        {"recovery_code": made},
        (f"密件库恢复码：{made}",),
        ("只显示这一次。请由专办员抄下、密封保管，不要和单位的恢复码放在一起。以前的恢复码作废。",),
    )


def recover(call: Call) -> Answer:
    """Open it by its recovery code, for the account that signs in."""
    with call.desk() as desk:
        own = passwords.of_account(desk.account.name)
        return _told(recover_sealed(desk, passwords.recovery_code(), own))


def _told(now: SealedStatus) -> Answer:
    data = {
        "open": now.open,
        "why_not": now.why_not,
        "holders": list(now.holders),
        "waiting": now.waiting,
        "recovery_code_made": now.recovery_code_made,
    }
    lines = [
        "密件库已打开。" if now.open else f"密件库没有打开。{now.why_not}",
        f"能打开的账号：{'、'.join(now.holders) or '还没有'}。",
        f"等待收进密件库的：{now.waiting} 份。",
    ]
    lacking = now.open and not now.recovery_code_made
    hint = ("还没有制作密件库的恢复码：请用 xinfang sealed code 制作一个，密封保管。",)
    return Answer(data, lines, hint if lacking else ())


VERBS = (
    Verb("status", "打开没有、谁能打开、有没有等待收进的", status),
    Verb(
        "let-in",
        "准入另一位专办员（他本人的密码取自 XINFANG_NEW_PASSWORD）",
        admit,
        (argument("name", metavar="NAME", help="账号名，先要有 sealed 授权"),),
    ),
    Verb("code", "制作密件库的恢复码（只显示一次，旧的作废）", code),
    Verb("recover", "用密件库的恢复码（XINFANG_RECOVERY_CODE）打开", recover),
)
