"""The real command, run in this process in an empty home."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from xinfang_desktop.__main__ import main
from xinfang_desktop.cli.session import shipped
from xinfang_desktop.services.accounts import CreateOffice, create_office
from xinfang_desktop.store.keyfile import Cost

ADMIN = "周敏"
PASSWORD = "青石-Test-2026"


@dataclass(frozen=True)
class Ran:
    """What one call of the command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one object on standard output."""
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, str]:
        """The refusal."""
        found: dict[str, str] = self.json["error"]
        return found


Command = Callable[..., Ran]


@pytest.fixture(autouse=True)
def empty_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No variable and no folder of the person who runs the tests."""
    for name in ("XINFANG_DATA", "XINFANG_USER", "XINFANG_NEW_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XINFANG_PASSWORD", PASSWORD)
    home = tmp_path / "home"
    for name in ("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    return home


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Command:
    """Run the command with these words."""

    def call(*words: object) -> Ran:
        capsys.readouterr()
        status = main([str(word) for word in words])
        said = capsys.readouterr()
        return Ran(status, said.out, said.err)

    return call


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a JSON file for a verb, with or without BOM."""

    def put(value: object, *, bom: bool = False, name: str = "in.json") -> Path:
        path = tmp_path / name
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        path.write_text(text, encoding="utf-8-sig" if bom else "utf-8")
        return path

    return put


@pytest.fixture(scope="session")
def fresh_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A township office whose password is cheap to check; copied for each test."""
    home = tmp_path_factory.mktemp("offices") / "office"
    asked = CreateOffice(
        code="330100101", name="青石镇信访办", kind="township", admin=ADMIN, password=PASSWORD
    )
    create_office(home, asked, lambda: datetime.now().astimezone(), shipped(), cost=Cost(8, 1, 1))
    return home


@pytest.fixture
def office(fresh_office: Path, tmp_path: Path) -> Path:
    """The data folder of an office that has only its first account."""
    return Path(shutil.copytree(fresh_office, tmp_path / "office"))


@pytest.fixture
def desk(run: Command, office: Path) -> Command:
    """Run a verb in that office with ``--json`` and insist that it is done."""

    def call(*words: object, status: int = 0) -> Ran:
        said = run("--data", office, "--user", ADMIN, "--json", *words)
        assert said.status == status, said.out + said.err
        return said

    return call
