"""Where the tests keep the tokens that lie outside a data folder (see ``services.epochs``)."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SHARED = tempfile.mkdtemp(prefix="xinfang-state-")
"""The state folder of offices that several tests share; each test works on a copy of it."""

os.environ["XINFANG_STATE"] = SHARED
atexit.register(shutil.rmtree, SHARED, ignore_errors=True)


@contextmanager
def apart(folder: Path) -> Iterator[None]:
    """As on a PC of its own: with a state folder that another copy of the office does not touch."""
    with pytest.MonkeyPatch.context() as patch:
        if not folder.exists():
            shutil.copytree(os.environ["XINFANG_STATE"], folder)
        patch.setenv("XINFANG_STATE", str(folder))
        yield


@contextmanager
def scratch_state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """For a shared fixture that works on a copy of a shared office: its tokens are nobody's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XINFANG_STATE", str(tmp_path_factory.mktemp("scratch")))
        shutil.copytree(SHARED, os.environ["XINFANG_STATE"], dirs_exist_ok=True)
        yield
