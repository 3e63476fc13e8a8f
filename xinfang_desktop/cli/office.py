"""``xinfang office``: the first run without a window, and the office's own data."""

from __future__ import annotations

from pathlib import Path

from ..services.accounts import CODE_DIGITS, CreateOffice, create_office, save_office
from . import passwords
from .reading import read_object
from .session import shipped
from .words import Answer, Call, Verb, argument


def create(call: Call) -> Answer:
    """Keys, store and the first account in a new or empty folder."""
    given = call.options
    asked = CreateOffice(
        code=given.code,
        name=given.name,
        kind=given.kind,
        admin=given.admin,
        password=passwords.chosen(f"给{given.admin}设置密码："),
        organ=given.organ,
        doc_prefix=given.prefix,
        review_organ=given.review_organ,
    )
    made = create_office(call.home, asked, call.clock, shipped())
    return Answer(
        {
            "office": made.office.name,
            "code": made.office.code,
            "site": made.site,
            "fingerprint": made.fingerprint,
            "recovery_code": made.recovery_code,
        },
        (
            f"单位：{made.office.name}（{made.office.code}）",
            f"站点：{made.site}",
            f"指纹：{made.fingerprint}",
            f"恢复码：{made.recovery_code}",
        ),
        ("恢复码只显示这一次。请抄在纸上锁好：忘记密码时只有它能打开数据。",),
    )


def show(call: Call) -> Answer:
    """What the office says of itself."""
    with call.desk() as desk:
        office, site = desk.office, desk.site
    data = {
        "office": office.name,
        "code": office.code,
        "kind": office.level,
        "organ": office.organ,
        "doc_prefix": office.doc_prefix,
        "review_organ": office.review_organ,
        "review_address": office.review_address,
        "address": office.address,
        "phone": office.phone,
        "reception_hours": office.reception_hours,
        "acceptance_from": office.acceptance_from,
        "late_after": office.late_after,
        "local_rules": office.local_rules,
        "simple_procedure": office.simple_procedure,
        "practice": office.practice,
        "site": site.id,
        "fingerprint": site.fingerprint,
    }
    return Answer(data, [f"{name}：{value}" for name, value in data.items()])


def change(call: Call) -> Answer:
    """Change the office's data by a file that names what to change."""
    changes = read_object(call.options.file)
    with call.desk() as desk:
        save_office(desk, changes)
    return Answer({"changed": sorted(changes)}, [f"已改：{'、'.join(sorted(changes))}"])


VERBS = (
    Verb(
        "create",
        "建立单位（数据文件夹须是新的或空的）",
        create,
        (
            argument("--name", required=True, help="单位名称，例如 青石镇信访办"),
            argument("--code", required=True, help="县 6 位、乡镇 9 位、村 12 位"),
            argument("--kind", required=True, choices=tuple(CODE_DIGITS), help="单位层级"),
            argument("--admin", required=True, metavar="NAME", help="第一个账号的名字"),
            argument("--organ", default="", help="落款机关，例如 青石镇人民政府"),
            argument("--prefix", default="", help="文号机关代字，例如 青信"),
            argument("--review-organ", default="", help="复查机关，写进每份意见书"),
        ),
    ),
    Verb("show", "查看单位信息", show),
    Verb(
        "set",
        "修改单位信息",
        change,
        (argument("--file", required=True, type=Path, metavar="F.json", help="要改的栏目"),),
    ),
)
