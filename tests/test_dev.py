"""The entry for developers: what it finds missing, what it says, when it does nothing."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def dev(tmp_path: Path) -> Any:
    """A fresh dev.py whose checkout is a temporary folder."""
    spec = importlib.util.spec_from_file_location("dev_under_test", ROOT / "dev.py")
    assert spec is not None and spec.loader is not None
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.ROOT, module.LOCKS = tmp_path, tmp_path / ".lock"
    module.VENV, module.STAMP = tmp_path / ".venv", tmp_path / ".venv" / ".ready"
    module.LOCKS.mkdir()
    (tmp_path / "pyproject.toml").write_text("[project]\n", "utf-8")
    for name in module.DEV_LOCKS:
        (module.LOCKS / name).write_text("", "utf-8")
    return module


def test_the_top_level_is_what_it_may_be() -> None:
    if shutil.which("git") is None:
        pytest.skip("this machine has no git")
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    if tracked.returncode:
        pytest.skip("this checkout has no git")
    top = {path.split("/")[0] for path in tracked.stdout.split("\0") if path}
    allowed = {
        *("pyproject.toml", "xinfang_desktop", "resources", "forms", "tests", "docs"),
        *("build_installer.spec", "README.md", "dev.py", "CHANGELOG.md", "LICENSE"),
    }
    assert {name for name in top if not name.startswith(".")} <= allowed


def test_every_locked_line_is_pinned_and_names_no_registry() -> None:
    for lock in (ROOT / ".lock").glob("*.txt"):
        for line in lock.read_text("utf-8").splitlines():
            if not line.startswith("#"):
                assert re.match(r"^[A-Za-z0-9._-]+==[0-9][^ ]*( ; .+)?$", line), (lock.name, line)


def test_the_lock_holds_every_declared_dependency() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    run = _names((ROOT / ".lock" / "run.txt").read_text("utf-8").splitlines())
    dev = _names((ROOT / ".lock" / "dev.txt").read_text("utf-8").splitlines())
    assert _names(declared["project"]["dependencies"]) <= run
    assert _names(declared["build-system"]["requires"]) <= run
    assert _names(declared["dependency-groups"]["dev"]) <= dev


def _names(lines: list[str]) -> set[str]:
    words = (re.match(r"[A-Za-z0-9._-]+", line) for line in lines if not line.startswith("#"))
    return {re.sub(r"[-_.]+", "-", word.group().lower()) for word in words if word}


def test_a_second_install_does_nothing(dev: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []
    monkeypatch.setattr(dev, "make_venv", lambda: dev.VENV.mkdir(exist_ok=True))

    def call(words: list[object], **_: object) -> int:
        ran.append(" ".join(map(str, words)))
        return 0

    monkeypatch.setattr(dev, "call", call)
    dev.install(dev.DEV_LOCKS)
    first = len(ran)
    dev.install(dev.RUN_LOCKS)
    assert first == 2 and len(ran) == 2
    (dev.LOCKS / "run.txt").write_text("segno==1.6.6\n", "utf-8")
    dev.install(dev.RUN_LOCKS)
    assert len(ran) == 4


def test_a_failed_install_says_what_to_do_and_is_tried_again(
    dev: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "make_venv", lambda: dev.VENV.mkdir(exist_ok=True))
    monkeypatch.setattr(dev, "call", lambda words, **_: 1)
    with pytest.raises(dev.Trouble, match="检查网络"):
        dev.install(dev.RUN_LOCKS)
    assert not dev.STAMP.exists()


def test_missing_libraries_font_and_screen_are_named(
    dev: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "loads", lambda library: library != "libxcb-cursor.so.0")
    monkeypatch.setattr(dev, "has_chinese_font", lambda: False)
    monkeypatch.setattr(dev.shutil, "which", lambda name: None)
    assert dev.missing_packages(virtual_screen=True) == [
        *("libxcb-cursor0", "fontconfig", "fonts-wqy-microhei", "xvfb", "xauth")
    ]
    assert "xvfb" not in dev.missing_packages(virtual_screen=False)


def test_without_root_the_exact_command_is_named(
    dev: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "LINUX", True)
    monkeypatch.setattr(dev, "debian_like", lambda: True)
    monkeypatch.setattr(dev, "become_root", lambda: None)
    monkeypatch.setattr(dev, "missing_packages", lambda **_: ["libegl1", "xvfb"])
    dev.prepare_system(virtual_screen=True)
    assert "sudo apt-get install libegl1 xvfb" in capsys.readouterr().out


def test_an_old_python_gets_a_sentence() -> None:
    """The check runs before anything that an older Python would stumble over."""
    code = (
        "import sys, runpy; sys.version_info = (3, 9, 0); sys.argv = ['dev.py', 'run'];"
        f"runpy.run_path({str(ROOT / 'dev.py')!r}, run_name='__main__')"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False
    )
    assert answer.returncode == 2
    assert "需要 Python 3.11" in answer.stderr


def test_ci_calls_the_same_command() -> None:
    script = ROOT / ".ci" / "run"
    assert "python3 dev.py test" in script.read_text("utf-8")
    assert script.stat().st_mode & 0o111
