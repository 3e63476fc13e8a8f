"""密件库: the store and key of its own in which accusations lie, opened beside the ordinary one.

``<home>/sealed/`` is a data folder like any other: same schema, own random key, own log chain, own
files, key slots of its own. Its office, people, villages and calendars are copies of the ordinary
store's. Who holds the grant and was let in opens it with the same password at sign-in; an
administrator, who can give the grant and reset passwords, cannot open it by that.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ..domain.errors import EnvironmentProblem
from ..domain.permissions import opens_sealed
from ..domain.records import CalendarYear, Matter, Office, Person, Record, Village
from ..exchange.suite import box_public, new_box
from ..journal.entry import Actor
from ..journal.plain import to_plain
from ..store import changelog, derived, drops, keyfile, keys, meta, replay, schema
from ..store.changelog import Change, change, new, new_id, void
from ..store.database import FILE_NAME, Connection, Database
from ..store.files import fetch, get
from ..store.tables import TABLES
from . import sealing
from .desk import Changes, Desk

FOLDER: Final = "sealed"
_MAKING: Final = "sealed.making"

NOT_LET_IN: Final = (
    "您的账号有“涉密举报件专办员”授权，但密件库的钥匙里还没有您，或者您的密码是由别人重设的。"
    "请现有的专办员在“设置—密件库”里准入一次；没有别的专办员时，用密件库的恢复码。"
)

_COPIED: Final[tuple[type[Record], ...]] = (Office, Person, Village, CalendarYear)
"""What a decision about a sealed matter looks at besides it; the office first."""

_COPIED_KINDS: Final = frozenset(cls.kind for cls in _COPIED)


def folder(home: Path) -> Path:
    """Where the sealed store of this data folder lies, made or not."""
    return home / FOLDER


def is_made(home: Path) -> bool:
    """Whether somebody who held the grant has signed in here once."""
    return (folder(home) / keys.FILE_NAME).is_file()


def enter(desk: Desk, password: str) -> None:
    """At sign-in: move what must not lie open, then open the sealed store for who may.

    Where the store does not open for this account, ``desk.vault_shut`` says why and what to do; the
    desk works on without it.
    """
    if _unmoved(desk):
        with desk.writing() as tx:
            sealing.sweep(desk, tx)
    if not opens_sealed(desk.roles):
        return
    if not is_made(desk.home):
        _make(desk, password)
    home = folder(desk.home)
    try:
        key, account = keys.unlock(home, desk.account.name, password)
    except EnvironmentProblem as problem:
        if problem.code != "wrong_password":
            raise
        desk.vault_shut = NOT_LET_IN
        return
    if account != desk.account.id:
        desk.vault_shut = NOT_LET_IN
        return
    open_with(desk, key)


def shut_out(home: Path, account: str) -> None:
    """Take an account's slot away; who holds the grant again must be let in again."""
    if is_made(home):
        keys.forget_slot(folder(home), account)


def _unmoved(desk: Desk) -> bool:
    table = TABLES["matter"]
    with desk.reading() as conn:
        return bool(
            fetch(
                conn, Matter, table.c.sealed == 1, table.c.query_code != "", limit=1,
                with_voided=True,
            )
        )  # fmt: skip


def _make(desk: Desk, password: str) -> None:
    """Made beside its place and moved there whole, so that no half store is ever found.

    Its recovery code is made when a holder asks for it: one that nobody wrote down would be lost.
    """
    making = desk.home / _MAKING
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(mode=0o700)
    _, key, _ = keys.create(
        making, desk.account.id, desk.account.name, password, cost=keyfile.load(desk.home).cost
    )
    database = Database(making / FILE_NAME, key)
    try:
        schema.create(database)
        block = f"M{desk.site.number_block}"
        site = meta.Site(
            new_id(), 1, block, Ed25519PrivateKey.generate(), desk.site.feed, new_box()
        )
        with database.write() as conn:
            meta.write_site(conn, site)
        _copy(desk, database, site)
    finally:
        database.close()
    making.rename(folder(desk.home))


def open_with(desk: Desk, key: bytes) -> None:
    """Open the sealed store beside the desk and take in what was dropped meanwhile."""
    home = folder(desk.home)
    database = Database(home / FILE_NAME, key)
    try:
        schema.check(database)
        replay.catch_up(database, desk.shipped)
        derived.bring_up(database, desk.shipped)
        vault = Desk(
            home=home, database=database, account=desk.account, clock=desk.now, shipped=desk.shipped
        )
    except BaseException:
        database.close()
        raise
    vault.outer, desk.vault, desk.vault_shut = desk, vault, ""
    public = box_public(vault.site.box)
    with desk.reading() as conn:
        known = drops.box(conn) == public
    if not known:
        with desk.database.write() as conn:
            drops.set_box(conn, public)
    vault.subscribe(lambda changes: _followed(desk, changes))
    desk.subscribe(lambda changes: _copied(desk, changes))
    mirror(desk)
    sealing.take_in(desk)
    sealing.settle_stubs(desk)
    vault.look("sign_in")


def _followed(desk: Desk, changes: Changes) -> None:
    if "matter" in changes.kinds:
        sealing.settle_stubs(desk)
    desk.publish(changes)


def _copied(desk: Desk, changes: Changes) -> None:
    if changes.kinds & _COPIED_KINDS and desk.vault is not None and changes.ids:
        mirror(desk)


def mirror(desk: Desk) -> None:
    """Bring office, people, villages and calendars of the sealed store up to the ordinary one."""
    vault = desk.vault
    assert vault is not None
    _copy(desk, vault.database, vault.site)
    vault.reread()


def _copy(desk: Desk, database: Database, site: meta.Site) -> None:
    with desk.reading() as conn:
        theirs = [record for cls in _COPIED for record in fetch(conn, cls, with_voided=True)]
    with database.read() as conn:
        if not any(True for record in theirs for _ in _copying(conn, record)):
            return
    author = Actor(desk.account.id, desk.account.name)
    with changelog.transaction(database, author, desk.now(), site, desk.setting) as tx:
        tx.setting = lambda conn: derived.setting(conn, desk.shipped)
        tx.append([each for record in theirs for each in _copying(tx.conn, record)])


def _copying(conn: Connection, record: Record) -> Iterator[Change]:
    wanted = _as_here(record)
    mine = get(conn, type(record), record.id)
    if mine is None:
        if not record.voided:
            yield new(wanted)
        return
    now, then = to_plain(mine), to_plain(wanted)
    differing: dict[str, Any] = {
        name: getattr(wanted, name) for name, value in then.items() if now[name] != value
    }
    if differing:
        yield change(mine, **differing)
    if record.voided and not mine.voided:
        yield void(mine, "单位的登记里已经作废")


def _as_here(record: Record) -> Record:
    """The office's letters from here count by themselves, so that no number is given twice."""
    plain = replace(record, voided=False, bases={})
    if isinstance(plain, Office):
        return replace(plain, doc_prefix=f"{plain.doc_prefix or plain.name[:1]}密")
    return plain
