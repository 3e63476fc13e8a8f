"""``xinfang site``: our card, the sites we trust, and those we no longer do."""

from __future__ import annotations

from pathlib import Path

from ..services import sites
from ..services.sites import SiteRow
from ..store.atomic import disk_problems_in_words, replacing
from .answers import plain, table
from .words import Answer, Call, Verb, argument

_LARGEST = 64 * 1024


def card(call: Call) -> Answer:
    """Our own card: what the other side adds."""
    with call.desk() as desk:
        own = sites.own_card(desk)
    out: Path | None = call.options.out
    if out is not None:
        with disk_problems_in_words(out.name):
            out.parent.mkdir(parents=True, exist_ok=True)
            with replacing(out) as file:
                file.write(own.data)
    data = {"site": own.site, "name": own.name, "fingerprint": own.fingerprint, "status": "own"}
    data["card"] = own.data.decode()
    data["out"] = str(out) if out else ""
    lines = (f"站点：{own.name}（{own.site}）", f"指纹：{own.fingerprint}")
    said = (f"名片已写入 {out.name}。请与对方在电话里核对指纹。",) if out else ()
    return Answer(data, (*lines, *said))


def add(call: Call) -> Answer:
    """Trust a site by its card."""
    path: Path = call.options.card
    with disk_problems_in_words(path.name), path.open("rb") as file:
        data = file.read(_LARGEST)
    feeds = tuple(filter(None, (call.options.feeds or "").split(",")))
    with call.desk() as desk:
        row = sites.add_site(desk, data, call.options.role or "", feeds)
    return Answer(plain(row), (f"已添加{row.role_words}{row.name}。", f"指纹：{row.fingerprint}"))


def listed(call: Call) -> Answer:
    """Every other site."""
    with call.desk() as desk:
        rows = sites.site_list(desk)
    heads = ("站点", "名称", "关系", "状态", "指纹")
    lines = table(heads, [_line(row) for row in rows])
    return Answer({"sites": [plain(row) for row in rows]}, lines)


def _line(row: SiteRow) -> tuple[str, ...]:
    return (row.site[:13], row.name, row.role_words, row.status_words, row.fingerprint)


def revoke(call: Call) -> Answer:
    """No longer trust a site."""
    with call.desk() as desk:
        row = sites.revoke_site(desk, call.options.site)
    return Answer(plain(row), (f"已停用{row.name}。它以前写的保留，以后写的不再并入。",))


def renew(call: Call) -> Answer:
    """This PC becomes a new site."""
    with call.desk() as desk:
        sites.renew_site(desk)
        own = sites.own_card(desk)
    data = {"site": own.site, "fingerprint": own.fingerprint, "status": "own"}
    return Answer(data, (f"本机已是新的站点 {own.site}。", "请把新的名片交给各个对方。"))


VERBS = (
    Verb(
        "card",
        "本站点的名片",
        card,
        (argument("--out", type=Path, metavar="F", help="写成文件，交给对方"),),
    ),
    Verb(
        "add",
        "用名片添加对方站点",
        add,
        (
            argument("card", type=Path, metavar="CARD", help="对方交来的名片文件"),
            argument("--role", choices=("upper", "peer", "lower"), help="上级、本单位、下级"),
            argument("--feeds", metavar="FEED[,FEED…]", help="共享的范围，默认是两个单位之间的"),
        ),
    ),
    Verb("list", "已添加的站点", listed),
    Verb(
        "revoke",
        "停用一个站点",
        revoke,
        (argument("site", metavar="SITE", help="站点编号、它的开头，或名称"),),
    ),
    Verb("renew", "数据文件夹被复制后，让本机成为新的站点", renew),
)
