"""``xinfang selftest``: the program proves that it works on this machine, in a temporary folder."""

from __future__ import annotations

import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

from .. import __version__
from ..domain.errors import XinfangError
from ..places import FORMS, RESOURCES
from ..printing.fonts import ROLES, Fonts
from ..services.accounts import CreateOffice, create_office, sign_in
from ..services.calendars import reckon
from ..services.desk import Desk
from ..services.epochs import tokens_in
from ..services.paperwork import forms, print_form
from ..services.registration import register_intake
from ..services.safekeeping import rebuild_check, verify_log
from ..services.searching import search_matters
from .account import made_up_password
from .answers import MACHINE, table
from .session import shipped
from .words import Answer, Call, Verb

NAME = "䶮㛃喆"
"""A name of rare characters; no person's."""


class NotAsExpected(Exception):
    """A check came to another result than it must."""


@dataclass
class Trial:
    """What the checks work on: a folder that is thrown away, and a desk in it."""

    call: Call
    folder: Path
    password: str = field(default_factory=made_up_password)
    number: str = ""

    def desk(self) -> Desk:
        """The desk of the trial office."""
        return sign_in(self.folder / "data", "自检", self.password, self.call.clock, shipped())


def _data(_trial: Trial) -> str:
    found = [place for place in (RESOURCES, FORMS) if any(place.iterdir())]
    return _expect(len(found) == 2, f"{len(forms())} 种文书，{len(shipped().codes)} 张代码表")


def _deadline(trial: Trial) -> str:
    due = reckon(shipped(), "notice", trial.call.today).due
    return _expect(due > trial.call.today, f"书面告知 {due.isoformat()}")


def _store(trial: Trial) -> str:
    home = trial.folder / "data"
    asked = CreateOffice("330100101", "自检办", "township", "自检", trial.password)
    create_office(home, asked, trial.call.clock, shipped())
    first = next(home.glob("*.db")).read_bytes()[:16]
    return _expect(not first.startswith(b"SQLite format"), "数据库已加密")


def _registration(trial: Trial) -> str:
    desk = trial.desk()
    try:
        made = register_intake(
            desk,
            {
                "channel": "来访",
                "received_on": trial.call.today.isoformat(),
                "claims": ["自检用的诉求"],
                "parties": [{"name": NAME}],
            },
        )
        trial.number = made.number
        hits = search_matters(desk, "诉求").total
    finally:
        desk.close()
    return _expect(hits == 1, f"{len(made.duties)} 项责任事项，查得到")


def _paper(trial: Trial) -> str:
    out = trial.folder / "F02.pdf"
    desk = trial.desk()
    try:
        made = print_form(desk, "F02", trial.number, out=out)
    finally:
        desk.close()
    lost = [warning for warning in made.warnings if "没有字体" in warning]
    return _expect(out.read_bytes()[:5] == b"%PDF-" and not lost, f"{made.pages} 页")


def _log(trial: Trial) -> str:
    desk = trial.desk()
    try:
        chain, tables = verify_log(desk), rebuild_check(desk)
    finally:
        desk.close()
    return _expect(chain.ok and tables.ok, f"{chain.entries} 条")


def _secrecy(trial: Trial) -> str:
    files = [path for path in (trial.folder / "data").rglob("*") if path.is_file()]
    bare = [path.name for path in files if NAME.encode() in path.read_bytes()]
    return _expect(not bare, f"{len(files)} 个文件里都没有姓名")


CHECKS: tuple[tuple[str, str, Callable[[Trial], str]], ...] = (
    ("data", "随程序的数据齐全", _data),
    ("deadline", "期限能算", _deadline),
    ("store", "加密的数据库能建立", _store),
    ("registration", "能登记、能查找", _registration),
    ("paper", "生僻字姓名的文书能制作", _paper),
    ("log", "日志能校验、能重算", _log),
    ("secrecy", "文件里找不到姓名", _secrecy),
)
"""Each builds on the ones before, so the first failure ends the test."""


def run(call: Call) -> Answer:
    """Set up an office, register, print and verify in a temporary folder; then forget it."""
    checks: list[dict[str, Any]] = []
    with (
        tempfile.TemporaryDirectory(prefix="xinfang-selftest-") as folder,
        tokens_in(Path(folder) / "state"),
    ):
        checks.extend(_checked(Trial(call, Path(folder))))
    ok = len(checks) == len(CHECKS) and all(check["ok"] for check in checks)
    fonts = {role.title: Fonts.of_this_machine().chain(key)[0].title for key, role in ROLES.items()}
    data: dict[str, Any] = {
        "ok": ok,
        "versions": _versions(),
        "fonts": fonts,
        "checks": checks,
    }
    lines = table(
        ("检查", "结果", "说明", "秒"),
        [(c["title"], c["ok"], c["said"], c["seconds"]) for c in checks],
    )
    if ok:
        return Answer(data, lines, ("自检通过。",))
    said, mend = f"自检没有通过：{checks[-1]['title']}。", "请把这份结果发给维护人员。"
    data["error"] = {"code": "selftest", "sentence": said, "mend": mend, "article": ""}
    return Answer(data, lines, (said, mend), status=MACHINE)


def _checked(trial: Trial) -> Iterator[dict[str, Any]]:
    for name, title, check in CHECKS:
        started = time.perf_counter()
        ok, said = True, ""
        try:
            said = check(trial)
        except (XinfangError, NotAsExpected, OSError, ImportError) as problem:
            ok, said = False, f"{type(problem).__name__}：{problem}"
        seconds = round(time.perf_counter() - started, 2)
        yield {"name": name, "title": title, "ok": ok, "said": said, "seconds": seconds}
        if not ok:
            return


def _expect(met: bool, said: str) -> str:
    if not met:
        raise NotAsExpected(said)
    return said


_PACKAGES = (
    "SQLAlchemy",
    "sqlcipher3",
    "cryptography",
    "reportlab",
    "z3c.rml",
    "PySide6_Essentials",
)


def _versions() -> dict[str, str]:
    found = {
        "xinfang": __version__,
        "python": sys.version.split()[0],
        "system": platform.platform(),
    }
    for package in _PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            found[package] = ""
    return found


VERBS = (Verb("", "自检：在临时文件夹里走一遍，证明程序在这台电脑上能用", run),)
