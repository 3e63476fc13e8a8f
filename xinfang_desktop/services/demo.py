"""The practice office (练习): an invented town whose matters and disputes stand in every state.

Everything is done through the same services as in an office, on invented days, so the log, the
duties and the papers of the practice office are as real as any.
"""

from __future__ import annotations

import random
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ..places import RESOURCES
from ..store.keyfile import Cost
from ..store.reference import Reference
from .accounts import (
    CreateOffice,
    NewAccount,
    NewPerson,
    add_account,
    add_person,
    add_village,
    change_person,
    create_office,
    people,
    save_office,
    set_account,
    sign_in,
)
from .demo_matters import matters_of
from .demo_mediations import found_committee
from .demo_screening import Screened
from .demo_sealed import seal_two
from .demo_town import Town, TownClock
from .demo_work import work_of
from .desk import Clock, Desk

MONTHS_BACK = 24

SEALED = 2
"""So many of the matters are accusations, in the sealed store; none where there are very few."""

PRACTICE_PASSWORD = "qingshi-lianxi"
"""Of every account where the window makes the practice office, so that a learner can sign in."""


@dataclass(frozen=True, slots=True)
class DemoUser:
    """An account of the practice office; its password is told here and nowhere else."""

    name: str
    role: str
    password: str


@dataclass(frozen=True, slots=True)
class DemoMade:
    """What was made."""

    matters: int
    disputes: int
    users: tuple[DemoUser, ...]
    recovery_code: str


def create_demo(
    home: Path,
    *,
    matters: int = 40,
    seed: int = 1,
    today: date,
    clock: Clock,
    shipped: Reference,
    password: str = "",
    cost: Cost | None = None,
) -> DemoMade:
    """Make the practice office in a new or empty folder; ``seed`` makes it the same again.

    Each account gets a random password, or ``password``; ``cost`` is what one guess of it costs.
    """
    words = _words()
    first = today - timedelta(days=MONTHS_BACK * 365 // 12)
    told = TownClock(first, clock().tzinfo)
    office = dict(words["office"])
    passwords = {a["name"]: password or secrets.token_urlsafe(9) for a in words["account"]}
    admin = next(a["name"] for a in words["account"] if a["role"] == "admin")
    made = create_office(
        home,
        CreateOffice(
            code=office["code"], name=office["name"], kind="township", admin=admin,
            password=passwords[admin], organ=office["organ"], doc_prefix=office["doc_prefix"],
            review_organ=office["review_organ"], phone=office["phone"], address=office["address"],
            practice=True,
        ),
        told, shipped, cost=cost,
    )  # fmt: skip
    desk = sign_in(home, admin, passwords[admin], told, shipped)
    try:
        _settle(desk, words, passwords)
        town = Town(desk, told, words, first, today)
        found_committee(town)
        sealed = SEALED if matters > 2 * SEALED else 0
        lives = list(matters_of(town, matters - sealed, random.Random(seed)))
        screened = Screened(town, matters, random.Random(seed + 1), lives)
        town.live([*lives, *screened.courses(), *work_of(town)])
        town.sit(admin)
        set_account(desk, admin, roles=("admin",))
        told.go(today)
    finally:
        desk.close()
    if sealed:
        holder = next(a["name"] for a in words["account"] if a["role"] == "sealed")
        desk = sign_in(home, holder, passwords[holder], told, shipped)
        try:
            seal_two(desk, today)
        finally:
            desk.close()
    users = tuple(DemoUser(a["name"], a["role"], passwords[a["name"]]) for a in words["account"])
    return DemoMade(matters, screened.registered, users, made.recovery_code)


def _words() -> Mapping[str, Any]:
    """The texts of the town and of its disputes."""
    folder = RESOURCES / "demo"
    texts = (
        (folder / name).read_text(encoding="utf-8")
        for name in ("town.toml", "disputes.toml", "work.toml")
    )
    return {name: value for text in texts for name, value in tomllib.loads(text).items()}


_ROLES = {"sealed": ("officer", "sealed")}
"""A grant stands beside a role."""


def _settle(desk: Desk, town: Mapping[str, Any], passwords: Mapping[str, str]) -> None:
    office = town["office"]
    save_office(
        desk,
        {
            "review_address": office["review_address"],
            "reception_hours": office["reception_hours"],
            "simple_procedure": True,
        },
    )
    for village in town["village"]:
        add_village(desk, village["code"], village["name"])
    for account in town["account"]:
        if account["role"] != "admin":
            asked = NewAccount(
                account["name"], _ROLES.get(account["role"], (account["role"],)), passwords[account["name"]],
                account.get("village", ""),
            )  # fmt: skip
            add_account(desk, asked)
    for person in town["person"]:
        add_person(desk, NewPerson(**person))
    titles = {a["name"]: a.get("title", "") for a in town["account"]}
    for person in people(desk):
        if titles.get(person.name):
            change_person(desk, person.id, {"title": titles[person.name]})
