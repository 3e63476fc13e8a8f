"""Setting up the office, signing in, and who may sign in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ..domain.errors import EnvironmentProblem, RuleViolation
from ..domain.inputs import clean_text
from ..domain.offices import id_of_code, id_of_office, village_name
from ..domain.permissions import ROLE_NAMES, sees_sealed
from ..domain.records import Account, Office, Person, Village
from ..exchange.suite import new_box
from ..journal.entry import Actor
from ..journal.feeds import own_feed
from ..store import changelog, derived, keys, meta, replay, schema
from ..store.changelog import change, new, new_id
from ..store.database import FILE_NAME, Connection, Database
from ..store.files import fetch, fetch_own, get, with_bases
from ..store.passwords import check_password
from ..store.place import check_place, claimed
from ..store.reference import Reference
from ..store.villages import known_villages
from . import epochs, vaults
from .desk import Changes, Clock, Desk, use_case

CODE_DIGITS = {"township": 9, "village": 12, "county": 6}
LEVEL_NAMES = {"township": "乡镇（街道）", "village": "村（社区）", "county": "县（市、区）"}
FIRST_ROLES = {
    "township": ("admin", "officer"),
    "county": ("admin", "officer"),
    "village": ("admin", "officer", "liaison"),
}


@dataclass(frozen=True, slots=True)
class CreateOffice:
    """What the first run asks for. ``kind`` is township, village or county."""

    code: str
    name: str
    kind: str
    admin: str
    password: str
    organ: str = ""
    doc_prefix: str = ""
    review_organ: str = ""
    phone: str = ""
    address: str = ""
    practice: bool = False


@dataclass(frozen=True, slots=True)
class OfficeCreated:
    """The recovery code is shown once, to be printed and locked away."""

    office: Office
    site: str
    fingerprint: str
    recovery_code: str


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account as the settings show it."""

    id: str
    name: str
    roles: tuple[str, ...]
    role_words: str
    village: str
    disabled: bool


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to add. ``village`` is a name or code, for a liaison."""

    name: str
    roles: tuple[str, ...]
    password: str
    village: str = ""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A member of staff to put on the office's list."""

    name: str
    title: str = ""
    unit: str = ""
    phone: str = ""
    may_sign: bool = False
    interests: str = ""


def _text(value: str, what: str, field: str, most: int = 60) -> str:
    text = clean_text(value, what, most, lines=False, field=field)
    if not text:
        raise RuleViolation("required", f"还没有填{what}。", mend=f"请填写{what}。", field=field)
    return text


def check_office(asked: CreateOffice) -> None:
    """Raise RuleViolation for the first field that is not right."""
    if asked.kind not in CODE_DIGITS:
        raise RuleViolation(
            "unknown_kind", "单位层级只能是乡镇、村（社区）或县。",
            mend="请用 township、village 或 county。", field="kind",
        )  # fmt: skip
    digits = CODE_DIGITS[asked.kind]
    if not re.fullmatch(rf"[0-9]{{{digits}}}", asked.code):
        raise RuleViolation(
            "office_code", f"{LEVEL_NAMES[asked.kind]}的机构代码应是 {digits} 位数字。",
            mend="县 6 位，乡镇 9 位，村 12 位，即行政区划代码。", field="code",
        )  # fmt: skip
    _text(asked.name, "单位名称", "name")
    _text(asked.admin, "账号名", "admin", 20)
    _checked({name: getattr(asked, name) for name in _FIRST_TEXTS}, _OFFICE_TEXTS, {}, frozenset())
    check_password(asked.admin.strip(), asked.password)


def create_office(
    home: Path,
    asked: CreateOffice,
    clock: Clock,
    shipped: Reference,
    *,
    cost: keys.Cost | None = None,
) -> OfficeCreated:
    """Make keys, store and the first account. The folder must be new or empty."""
    check_office(asked)
    check_place(home)
    with claimed(home):
        try:
            return _create(home, asked, clock, shipped, cost)
        except BaseException:
            for left in (*home.glob(f"{FILE_NAME}*"), home / keys.FILE_NAME):
                left.unlink(missing_ok=True)
            raise


def _create(
    home: Path, asked: CreateOffice, clock: Clock, shipped: Reference, cost: keys.Cost | None
) -> OfficeCreated:
    account_id, admin = new_id(), asked.admin.strip()
    _, database_key, recovery = keys.create(home, account_id, admin, asked.password, cost=cost)
    database = Database(home / FILE_NAME, database_key)
    try:
        schema.create(database)
        feed = own_feed(asked.kind, asked.code)
        site = meta.Site(new_id(), 1, "A", Ed25519PrivateKey.generate(), feed, new_box())
        office = Office(
            id=id_of_office(asked.kind, asked.code), feed=feed, code=asked.code, name=asked.name.strip(), level=asked.kind,
            organ=asked.organ or asked.name.strip(), doc_prefix=asked.doc_prefix,
            review_organ=asked.review_organ, phone=asked.phone, address=asked.address,
            practice=asked.practice,
        )  # fmt: skip
        own = Village(
            id=id_of_code(asked.code), feed=feed, name=village_name(office.name), code=asked.code
        )
        village = [own] if asked.kind == "village" else []
        account = Account(
            id=account_id, feed=feed, name=admin, roles=FIRST_ROLES[asked.kind],
            village=own.id if village else "",
        )  # fmt: skip
        person = Person(id=new_id(), feed=feed, name=admin, unit=office.name, may_sign=False)
        with database.write() as conn:
            meta.write_site(conn, site)
            tx = changelog.Transaction(
                conn, Actor(account_id, admin), clock().replace(microsecond=0), site,
                lambda c: derived.setting(c, shipped),
            )  # fmt: skip
            tx.append([new(record) for record in (office, *village, account, person)])
            epochs.leave(site.id, epochs.written(conn, site))
    finally:
        database.close()
    return OfficeCreated(office, site.id, site.fingerprint, recovery)


def home_state(home: Path) -> str:
    """``empty`` (first run), ``office`` (sign in)."""
    return "office" if (home / FILE_NAME).is_file() else "empty"


def sign_in_names(home: Path) -> tuple[str, ...]:
    """The names that have a key slot on this PC."""
    return keys.names(home)


def sign_in(home: Path, name: str, password: str, clock: Clock, shipped: Reference) -> Desk:
    """Open the store. Raises EnvironmentProblem ``wrong_password``; then nothing was written."""
    check_place(home)
    if home_state(home) == "empty":
        raise EnvironmentProblem(
            "no_office", "这个文件夹里还没有建立单位。",
            mend="请先建立单位（xinfang office create），或检查数据文件夹是否选对。",
        )  # fmt: skip
    database_key, account_id = keys.unlock(home, name.strip(), password)
    desk = _open(home, database_key, account_id, clock, shipped)
    try:
        vaults.enter(desk, password)
    except BaseException:
        desk.close()
        raise
    return desk


def _open(home: Path, key: bytes, account_id: str, clock: Clock, shipped: Reference) -> Desk:
    database = Database(home / FILE_NAME, key)
    try:
        schema.check(database)
        with database.read() as conn:
            if not fetch_own(conn, Office, limit=1):
                raise _unfinished()
            account = get(conn, Account, account_id)
        replay.catch_up(database, shipped)
        derived.bring_up(database, shipped)
        if account is None or account.disabled or account.voided:
            raise EnvironmentProblem(
                "account_disabled", "这个账号已经停用。", mend="请联系本单位的系统管理员。"
            )
        desk = Desk(home=home, database=database, account=account, clock=clock, shipped=shipped)
        _settle_site(desk)
    except BaseException:
        database.close()
        raise
    desk.look("sign_in")
    return desk


def _settle_site(desk: Desk) -> None:
    """Give an older store its receiving key; go into the next epoch where this is an older copy."""
    with desk.reading() as conn:
        count = epochs.written(conn, desk.site)
    # an older store has no token either, but nobody has anything of it: no number can come twice
    why = epochs.why_next(desk.site, count) if desk.site.box else ""
    if why or not desk.site.box:
        with desk.writing() as tx:
            if not desk.site.box:
                tx.site = replace(desk.site, box=new_box())
                meta.write_site(tx.conn, tx.site)
                epochs.leave(tx.site.id, count)
            if why:
                epochs.open_next(tx, why)


def _unfinished() -> EnvironmentProblem:
    return EnvironmentProblem(
        "office_unfinished", "上次建立单位时中断了，这个文件夹里没有任何登记。",
        mend="从没登记过的，删掉这个文件夹里的文件，重新建立单位；登记过的，什么也不要删，从备份恢复。",
    )  # fmt: skip


def reset_password(home: Path, recovery_code: str, name: str, password: str) -> None:
    """Set a new password with the printed recovery code."""
    database_key = keys.unlock_with_recovery(home, recovery_code)
    keys.reset_slot(home, database_key, name.strip(), password)


@use_case("change_own_password")
def change_password(desk: Desk, old: str, new_password: str) -> None:
    """Change the password of the account that is signed in."""
    with desk.database.write():  # one after the other: the file of keys is read and written whole
        keys.unlock(desk.home, desk.account.name, old)
        if desk.vault is not None:
            vault = desk.vault
            check_password(desk.account.name, new_password)
            keys.reset_slot(vault.home, vault.database.key, desk.account.name, new_password)
        keys.change_password(desk.home, desk.account.name, old, new_password)


@use_case("change_own_password")
def confirm_password(desk: Desk, password: str) -> None:
    """That the person at the locked screen is the one signed in; writes nothing.

    Raises EnvironmentProblem ``wrong_password``.
    """
    keys.unlock(desk.home, desk.account.name, password)


# --- accounts ----------------------------------------------------------------------------------


def _roles(asked: tuple[str, ...]) -> tuple[str, ...]:
    unknown = [role for role in asked if role not in ROLE_NAMES]
    if unknown or not asked:
        raise RuleViolation(
            "unknown_role", f"没有“{'、'.join(unknown)}”这个角色。" if unknown else "还没有选角色。",
            mend="角色有：" + "、".join(f"{k}（{v}）" for k, v in ROLE_NAMES.items()),
            field="role",
        )  # fmt: skip
    return tuple(role for role in ROLE_NAMES if role in asked)


@use_case("manage_accounts")
def accounts(desk: Desk) -> tuple[AccountRow, ...]:
    """Every account of this PC, the disabled ones last."""
    with desk.reading() as conn:
        found = fetch_own(conn, Account)
        names = {v.id: v.name for v in fetch(conn, Village)}
    rows = [_account_row(account, names) for account in found]
    return tuple(sorted(rows, key=lambda row: (row.disabled, row.name)))


def _account_row(account: Account, villages: Mapping[str, str]) -> AccountRow:
    return AccountRow(
        account.id, account.name, account.roles,
        "、".join(ROLE_NAMES[role] for role in account.roles),
        villages.get(account.village, ""), account.disabled,
    )  # fmt: skip


@use_case("manage_accounts")
def add_account(desk: Desk, asked: NewAccount) -> AccountRow:
    """Add an account and its key slot, and the person to the office's list."""
    name = _text(asked.name, "账号名", "name", 20)
    roles = _roles(asked.roles)
    check_password(name, asked.password)
    with desk.reading() as conn:
        if any(a.name == name for a in fetch_own(conn, Account)):
            raise RuleViolation(
                "account_exists", f"已经有叫“{name}”的账号。", mend="请换一个名字。", field="name"
            )
        village = find_village(conn, asked.village) if asked.village else None
        known = {p.name for p in fetch_own(conn, Person)}
    _check_liaison(desk, roles, village.id if village else "")
    account = Account(
        id=new_id(), feed=desk.feed, name=name, roles=roles, village=village.id if village else ""
    )
    person = Person(
        id=new_id(), feed=desk.feed, name=name, unit=desk.office.name, may_sign="leader" in roles
    )
    try:
        with desk.writing() as tx:
            tx.append([new(account), *([] if name in known else [new(person)])])
            keys.add_slot(desk.home, desk.database.key, account.id, name, asked.password)
    except BaseException:
        keys.forget_slot(desk.home, account.id)
        raise
    return _account_row(account, {village.id: village.name} if village else {})


@use_case("manage_accounts")
def set_account(
    desk: Desk, name: str, *, roles: tuple[str, ...] | None = None, village: str | None = None
) -> AccountRow:
    """Change the roles or the village of an account."""
    changes: dict[str, Any] = {}
    with desk.writing() as tx:
        account = with_bases(tx.conn, _account(tx.conn, name))
        if roles is not None:
            changes["roles"] = _roles(roles)
            _keep_an_admin(tx.conn, account, changes["roles"])
        if village:
            changes["village"] = find_village(tx.conn, village).id
        after = replace(account, **changes)
        _check_liaison(desk, after.roles, after.village)
        if changes:
            tx.append([change(account, **changes)])
        if not sees_sealed(after.roles):
            vaults.shut_out(desk.home, account.id)
        names = {v.id: v.name for v in fetch(tx.conn, Village)}
    return _account_row(after, names)


@use_case("manage_accounts")
def disable_account(desk: Desk, name: str) -> AccountRow:
    """Shut an account out; its key slot goes, what it did stays."""
    with desk.writing() as tx:
        account = with_bases(tx.conn, _account(tx.conn, name))
        _keep_an_admin(tx.conn, account, ())
        tx.append([change(account, disabled=True)])
        names = {v.id: v.name for v in fetch(tx.conn, Village)}
    with desk.database.write():
        keys.forget_slot(desk.home, account.id)
        vaults.shut_out(desk.home, account.id)
    return _account_row(replace(account, disabled=True), names)


@use_case("manage_accounts")
def give_password(desk: Desk, name: str, password: str) -> AccountRow:
    """A new password for a colleague who forgot it; an account that was shut out comes back."""
    check_password(name.strip(), password)
    with desk.writing() as tx:
        account = with_bases(tx.conn, _account(tx.conn, name))
        names = {v.id: v.name for v in fetch(tx.conn, Village)}
        if account.disabled:
            tx.append([change(account, disabled=False)])
            keys.add_slot(desk.home, desk.database.key, account.id, account.name, password)
        else:
            keys.reset_slot(desk.home, desk.database.key, account.name, password)
    desk.look("password_given", account=account.name)
    return _account_row(replace(account, disabled=False), names)


def _check_liaison(desk: Desk, roles: tuple[str, ...], village: str) -> None:
    if "liaison" in roles and not village and desk.office.level != "village":
        raise RuleViolation(
            "liaison_without_village", "联络员要指明是哪个村（社区）的。",
            mend="请选择村（社区）。", field="village",
        )  # fmt: skip


def _keep_an_admin(conn: Connection, account: Account, roles: tuple[str, ...]) -> None:
    others = [
        a for a in fetch_own(conn, Account)
        if a.id != account.id and "admin" in a.roles and not a.disabled
    ]  # fmt: skip
    if "admin" not in roles and not others:
        raise RuleViolation(
            "last_admin", "这是最后一个系统管理员账号。",
            mend="请先给另一个账号加上系统管理员角色。", field="role",
        )  # fmt: skip


def _account(conn: Connection, name: str) -> Account:
    found = [a for a in fetch_own(conn, Account) if a.name == name.strip()]
    if not found:
        raise RuleViolation(
            "no_account",
            f"没有叫“{name}”的账号。",
            mend="用 account list 查看账号名。",
            field="name",
        )
    return found[0]


# --- the office, its people, its villages ------------------------------------------------------

_VILLAGE_ENDINGS = ("村", "社区", "居委会", "村委会")

_OFFICE_FIXED = frozenset({"id", "feed", "voided", "bases", "code", "level", "practice"})


@use_case("manage_office")
def save_office(desk: Desk, changes: Mapping[str, Any]) -> Changes:
    """Change the office's own data; the code and the level stay."""
    allowed = {f.name for f in fields(Office)} - _OFFICE_FIXED
    unknown = changes.keys() - allowed
    if unknown:
        raise RuleViolation(
            "unknown_field", f"单位信息没有“{'、'.join(sorted(unknown))}”这个栏目，或它不能改。",
            mend="可改的栏目：" + "、".join(sorted(allowed)), field=min(unknown),
        )  # fmt: skip
    clean = _checked(changes, _OFFICE_TEXTS, _OFFICE_CHOICES, _OFFICE_FLAGS)
    with desk.writing() as tx:
        office = with_bases(tx.conn, desk.office)
        tx.append([change(office, **clean)])
    return Changes(frozenset({"office"}), frozenset({office.id}))


_OFFICE_TEXTS = {
    "name": 60, "organ": 60, "doc_prefix": 20, "review_organ": 60, "review_address": 200,
    "address": 200, "phone": 60, "reception_hours": 200, "local_rules": 60,
}  # fmt: skip
_FIRST_TEXTS = ("organ", "doc_prefix", "review_organ", "phone", "address")
_OFFICE_CHOICES = {"acceptance_from": ("notice", "receipt"), "late_after": ("rolled", "raw")}
_OFFICE_FLAGS = frozenset({"simple_procedure"})
_PERSON_TEXTS = {"name": 40, "title": 60, "unit": 60, "phone": 60, "interests": 2000}
_PERSON_FLAGS = frozenset({"may_sign"})


def _checked(
    changes: Mapping[str, Any],
    texts: Mapping[str, int],
    choices: Mapping[str, tuple[str, ...]],
    flags: frozenset[str],
) -> dict[str, Any]:
    """The values as they may be written. Raises RuleViolation for the first that is not right."""
    clean: dict[str, Any] = {}
    for field, value in changes.items():
        offered: tuple[object, ...] = (True, False) if field in flags else choices.get(field, ())
        if not isinstance(value, bool if field in flags else str) or (
            offered and value not in offered
        ):
            words = "、".join(map(str, offered)) or "一行文字"
            raise RuleViolation(
                "bad_value", "这一栏的内容不对。", mend=f"可以填：{words}。", field=field
            )
        if field in texts:
            value = clean_text(
                str(value), "这一栏", texts[field], lines=field == "interests", field=field
            )
        if field == "name" and not value:
            raise RuleViolation("required", "名称不能空着。", mend="请填写名称。", field=field)
        clean[field] = value
    return clean


@use_case("read_settings")
def people(desk: Desk) -> tuple[Person, ...]:
    """The office's list of staff (单位人员); who is bound to a village sees only itself."""
    with desk.reading() as conn:
        seen = (
            p
            for p in fetch_own(conn, Person)
            if desk.village is None or p.name == desk.account.name
        )
        return tuple(sorted(seen, key=lambda p: p.id))


@use_case("manage_office")
def add_person(desk: Desk, asked: NewPerson) -> Person:
    """Put somebody on the list, with or without an account."""
    name = _text(asked.name, "姓名", "name", 40)
    texts = _checked(
        {n: getattr(asked, n) for n in _PERSON_TEXTS if n != "name"}, _PERSON_TEXTS, {}, frozenset()
    )
    person = Person(
        id=new_id(), feed=desk.feed, name=name,
        **{**texts, "unit": texts["unit"] or desk.office.name}, may_sign=asked.may_sign,
    )  # fmt: skip
    with desk.writing() as tx:
        if any(p.name == name for p in fetch_own(tx.conn, Person)):
            raise RuleViolation(
                "person_exists",
                f"名单里已经有“{name}”。",
                mend="同名的请加注职务以便区分。",
                field="name",
            )
        tx.append([new(person)])
    return person


@use_case("manage_office")
def change_person(desk: Desk, id: str, changes: Mapping[str, Any]) -> Changes:
    """Change what the list says of somebody."""
    unknown = changes.keys() - _PERSON_TEXTS.keys() - _PERSON_FLAGS
    if unknown:
        raise RuleViolation(
            "unknown_field", f"单位人员没有“{'、'.join(sorted(unknown))}”这个栏目。",
            mend="可改的栏目：" + "、".join((*_PERSON_TEXTS, *_PERSON_FLAGS)), field=min(unknown),
        )  # fmt: skip
    clean = _checked(changes, _PERSON_TEXTS, {}, _PERSON_FLAGS)
    with desk.writing() as tx:
        person = get(tx.conn, Person, id)
        if person is None:
            raise RuleViolation("no_person", "名单里没有这个人。", mend="请刷新后再试。")
        tx.append([change(person, **clean)])
    return Changes(frozenset({"person"}), frozenset({id}))


@use_case("read_settings")
def villages(desk: Desk) -> tuple[Village, ...]:
    """Villages and communities, in the order of their codes."""
    with desk.reading() as conn:
        found = (v for v in known_villages(conn) if desk.village in (None, v.id))
        return tuple(sorted(found, key=lambda v: (v.code or "9", v.id)))


@use_case("manage_villages")
def add_village(desk: Desk, code: str, name: str) -> Village:
    """Add a village with its 12-digit code, or give one that a ledger named its code."""
    code, name = code.strip(), _text(name, "村（社区）名称", "name")
    if not re.fullmatch(r"[0-9]{12}", code):
        raise RuleViolation(
            "village_code", "村（社区）的代码应是 12 位数字。",
            mend="即统计用区划代码，前 9 位是乡镇。", field="code",
        )  # fmt: skip
    with desk.writing() as tx:
        known = known_villages(tx.conn)
        if any(v.code == code for v in known):
            raise RuleViolation(
                "village_exists", f"代码 {code} 已经用过。", mend="请核对代码。", field="code"
            )
        same = [with_bases(tx.conn, v) for v in known if v.name == name]
        if same and same[0].code:
            raise RuleViolation(
                "village_exists", f"已经有“{name}”。", mend="请核对名称。", field="name"
            )
        village = Village(id=id_of_code(code), feed=own_feed("village", code), name=name, code=code)
        joined = [change(same[0], code=code)] if same else []  # what named it names the coded one
        tx.append([new(village), *joined])
    return village


def find_village(conn: Connection, text: str) -> Village:
    """A village by code or name; 柳溪 means 柳溪村 where there is just one such."""
    wanted = text.strip()
    known = known_villages(conn)
    for village in known:
        if wanted and wanted in (village.code, village.name):
            return village
    called = {f"{wanted}{ending}" for ending in _VILLAGE_ENDINGS}
    meant = [village for village in known if village.name in called]
    if len(meant) == 1:
        return meant[0]
    raise no_village(wanted)


def no_village(wanted: str) -> RuleViolation:
    """The refusal of a village that is not there, or not to be seen."""
    return RuleViolation(
        "no_village", f"没有“{wanted}”这个村（社区）。",
        mend="请先在“设置—村（社区）”里添加，或核对名称。", field="village",
    )  # fmt: skip
