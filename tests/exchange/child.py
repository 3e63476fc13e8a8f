"""A program of its own: what it may write, how much memory it took, what it said."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]

_BEFORE: Final = """
import io, os, re, resource, signal, sys
from pathlib import Path
from tests.exchange.parcels import *
from xinfang_desktop.domain.errors import DamagedInput
from xinfang_desktop.exchange import container
home = Path(sys.argv[1])
def peak():
    # ru_maxrss would count the parent's too
    return int(re.search(r"VmHWM:\\s*(\\d+) kB", Path("/proc/self/status").read_text())[1]) // 1024
def limit(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
"""


def run(program: str, home: Path, *, timeout: int = 120) -> tuple[int, list[str]]:
    """Run ``program`` in its own process; its exit code and the words it printed."""
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", _BEFORE + program, str(home)],
        capture_output=True, check=False, cwd=ROOT, timeout=timeout,
    )  # fmt: skip
    assert ran.stdout or ran.returncode < 0, ran.stderr.decode()
    return ran.returncode, ran.stdout.decode().split()
