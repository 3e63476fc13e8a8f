"""A program that may write no file longer than so many bytes, as on a disk that is full."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

_BEFORE = """
import resource, sys
from pathlib import Path
from tests.factories import *
from xinfang_desktop.domain.errors import EnvironmentProblem
from xinfang_desktop.services import accounts
from xinfang_desktop.store.reference import load_reference
from xinfang_desktop.places import RESOURCES
reference = load_reference(RESOURCES)
def enter():
    return accounts.sign_in(Path(sys.argv[1]), OFFICE.admin, PASSWORD, MovableClock(), reference)
def limit():
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
def say(*words):
    sys.stdout.buffer.write("\\n".join(map(str, words)).encode())
    sys.stdout.flush()
"""


def run_limited(program: str, home: Path, limit: int) -> list[str]:
    """What the program said: it calls ``enter()``, ``limit()`` and ``say(…)`` as it likes."""
    ran = subprocess.run(
        [sys.executable, "-c", _BEFORE + program, str(home), str(limit)], capture_output=True,
        check=False, cwd=ROOT, timeout=120,
    )  # fmt: skip
    assert ran.stdout, ran.stderr.decode()
    return ran.stdout.decode().split("\n")
