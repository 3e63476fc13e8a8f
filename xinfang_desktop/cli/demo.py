"""``xinfang demo``: a fictional office in practice mode (练习单位)."""

from __future__ import annotations

from ..services.demo import create_demo
from .answers import table
from .parsing import count, day
from .session import shipped
from .words import Answer, Call, Verb, argument


def create(call: Call) -> Answer:
    """Make the practice office in a new or empty folder."""
    options = call.options
    made = create_demo(
        call.home,
        matters=options.matters,
        seed=options.seed,
        today=options.today or call.today,
        clock=call.clock,
        shipped=shipped(),
    )
    users = [{"name": u.name, "role": u.role, "password": u.password} for u in made.users]
    data = {
        "matters": made.matters,
        "disputes": made.disputes,
        "users": users,
        "recovery_code": made.recovery_code,
    }
    lines = table(("账号", "角色", "密码"), [(u.name, u.role, u.password) for u in made.users])
    remark = f"练习单位已建好，{made.matters} 件事项、{made.disputes} 起纠纷。密码只显示这一次。"
    return Answer(data, lines, (remark,))


VERBS = (
    Verb(
        "create",
        "建立练习单位（数据文件夹须是新的或空的）",
        create,
        (
            argument("--matters", type=count, default=40, metavar="N", help="信访事项件数"),
            argument("--seed", type=count, default=1, metavar="K", help="同一个数造出同一个单位"),
            argument("--today", type=day, metavar="D", help="当作今天的日子"),
        ),
    ),
)
