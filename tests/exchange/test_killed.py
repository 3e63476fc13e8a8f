"""kill -9 and full disks while a bundle is made or taken in: the old state or the new, and no trace."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from tests.exchange.network import FEED, PC, Network, contents, create, edit, proofs, seen
from tests.exchange.test_between_offices import contents_of
from xinfang_desktop.domain.errors import DamagedInput
from xinfang_desktop.services import attachments, receiving

ROOT = Path(__file__).parents[2]
SECRET = "只能在密文里的一句话"
PLAIN = (b"Exif-of-a-photograph-that-nobody-may-find", SECRET.encode(), "何冬生".encode())
"""What must not be readable in any file."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is not of Windows")


@pytest.fixture
def temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The temporary folder of the child."""
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


@pytest.fixture
def loaded(net: Network, tmp_path: Path) -> Network:
    """The village has a hundred disputes and photographs that the township has not."""
    dice = random.Random(7)
    with net["V"].desk() as desk:
        for number in range(100):
            id = create(
                desk, summary=f"第{number}件", detail=SECRET, parties=("何冬生",),
                units=dice.randbytes(3_000).hex(),
            )  # fmt: skip
            if number % 5 == 0:
                edit(desk, id, people=number)
        for number in range(3):
            photo = tmp_path / f"{number}.jpg"
            photo.write_bytes(PLAIN[0] + dice.randbytes(1_500_000))
            attachments.attach_to_dispute(desk, seen(desk, id).number, photo)
            photo.unlink()
    return net


class Child:
    """The other program, opened and waiting."""

    def __init__(self, pc: PC, what: str, subject: str, place: Path, most: int = 0) -> None:
        pc.close()
        self.process = subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "tests.exchange.passing", what, str(pc.home),
             pc.account, subject, str(place), str(most)],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT), "XINFANG_STATE": str(pc.state)},
        )  # fmt: skip
        assert self.out.readline() == b"ready\n"

    @property
    def out(self) -> IO[bytes]:
        assert self.process.stdout is not None
        return self.process.stdout

    def go(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(b"go\n")
        self.process.stdin.flush()

    def finish(self) -> str:
        """What it said in the end; nothing if it was killed before."""
        said = self.out.read().decode()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()
        return said

    def killed_after(self, seconds: float) -> bool:
        """Whether the plug was pulled before it was done."""
        self.go()
        plug = threading.Timer(seconds, self.process.send_signal, [signal.SIGKILL])
        plug.start()
        said = self.finish()
        plug.cancel()
        plug.join()
        return "done" not in said


def time_of(pc: PC, what: str, subject: str, place: Path) -> float:
    """How long the work takes here when nobody disturbs it."""
    child = Child(pc, what, subject, place)
    begun = time.monotonic()
    child.go()
    assert child.finish() == "done\n"
    return time.monotonic() - begun


def readable(*folders: Path) -> Iterator[str]:
    """Files of these folders in which plain words stand, and names that say what is inside."""
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and any(word in path.read_bytes() for word in PLAIN):
                yield str(path)
            if "第" in path.name and path.suffix == ".jpg":
                yield str(path)


def moments(number: int, whole: float) -> list[float]:
    """Seconds after which the plug is pulled; a few come too late."""
    dice = random.Random(20260921)
    return [dice.uniform(0.0, whole * 1.1) for _ in range(number)]


def killed_exporting(net: Network, temp: Path, number: int) -> int:
    stick, site = net.folder / "stick", net["T"].site
    whole = time_of(net["V"], "export", site, net.folder / "first")
    killed = 0
    for n, after in enumerate(moments(number, whole)):
        out = stick / str(n)
        killed += Child(net["V"], "export", site, out).killed_after(after)
        files = list(out.glob("*.xfb")) if out.exists() else []
        for path in files:
            with net["T"].desk() as desk:
                assert receiving.preview_bundle(desk, path).entries.new > 0
        assert len(files) <= 1
        assert proofs(net["V"]) == []
        assert list(readable(stick, net["V"].home, temp)) == []
    assert net.carry("V", "T").result == receiving.NEW
    return killed


def killed_importing(net: Network, temp: Path, number: int) -> int:
    (path,) = net.export("V", "T")
    copy = net.keep_copy("T", net.folder / "before", token=True)
    before = contents(net["T"], {FEED})
    whole = time_of(net["T"], "import", "", path)
    after_it = contents(net["T"], {FEED})
    assert before != after_it
    killed = 0
    for after in moments(number, whole):
        net.put_back("T", copy)
        killed += Child(net["T"], "import", "", path).killed_after(after)
        assert proofs(net["T"]) == []
        state = contents(net["T"], {FEED})
        assert state in (before, after_it), "neither the old nor the new"
        assert list(readable(net["T"].home, path.parent, temp)) == []
        report = net.take("T", path)
        assert report.result == (receiving.NEW if state == before else receiving.KNOWN)
        assert contents(net["T"], {FEED}) == after_it
        with net["T"].desk() as desk:
            assert all(desk.blobs.has(sha256) for sha256 in contents_of(desk))
        assert not (net["T"].home / "pieces").exists(), "no piece of a photograph is left over"
    return killed


def test_a_killed_export_leaves_nothing_half_made(loaded: Network, temp: Path) -> None:
    assert killed_exporting(loaded, temp, 10) > 3


def test_a_killed_import_is_as_if_it_never_was(loaded: Network, temp: Path) -> None:
    assert killed_importing(loaded, temp, 10) > 3


@pytest.mark.deep
@pytest.mark.timeout(1800)
def test_thirty_killed_exports(loaded: Network, temp: Path) -> None:
    assert killed_exporting(loaded, temp, 30) > 10


@pytest.mark.deep
@pytest.mark.timeout(1800)
def test_thirty_killed_imports(loaded: Network, temp: Path) -> None:
    assert killed_importing(loaded, temp, 30) > 10


# --- full disks --------------------------------------------------------------------------------


def starved(pc: PC, what: str, subject: str, place: Path, most: int) -> list[str]:
    child = Child(pc, what, subject, place, most)
    child.go()
    return child.finish().split()


def largest(pc: PC) -> int:
    """Bytes of the largest file of a data folder."""
    return max(path.stat().st_size for path in pc.home.rglob("*") if path.is_file())


def test_a_full_disk_while_exporting_is_said_in_words(loaded: Network, temp: Path) -> None:
    out, site = loaded.folder / "stick", loaded["T"].site
    for most in (1_000_000, 2_500_000):
        said = starved(loaded["V"], "export", site, out, most)
        assert said[:1] == ["refused"] and said[1] in ("disk_full", "disk_error")
        assert len(said) == 4 and said[3].startswith("请")
        assert list(out.glob("*")) == [], "nothing half written"
        assert proofs(loaded["V"]) == []
    assert list(readable(out, loaded["V"].home, temp)) == []
    assert loaded.carry("V", "T").result == receiving.NEW


def test_a_full_disk_while_importing_is_said_in_words(loaded: Network, temp: Path) -> None:
    (path,) = loaded.export("V", "T")
    loaded["T"].close()
    before: dict[str, Any] = contents(loaded["T"], {FEED})
    loaded["T"].close()
    for most in (largest(loaded["T"]), largest(loaded["T"]) + 300_000):
        said = starved(loaded["T"], "import", "", path, most)
        assert said[:1] == ["refused"] and said[1] in ("disk_full", "disk_error"), said
        assert len(said) == 4 and said[3].startswith("请")
        assert proofs(loaded["T"]) == []
        assert contents(loaded["T"], {FEED}) == before
    assert list(readable(loaded["T"].home, temp)) == []
    assert loaded.take("T", path).result == receiving.NEW
    with loaded["T"].desk() as desk:
        assert all(desk.blobs.has(sha256) for sha256 in contents_of(desk))
    assert not (loaded["T"].home / "pieces").exists()


def test_a_half_copied_file_is_refused(loaded: Network, tmp_path: Path) -> None:
    (path,) = loaded.export("V", "T")
    half = tmp_path / path.name
    half.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
    with pytest.raises(DamagedInput):
        loaded.take("T", half)
    assert loaded.take("T", path).result == receiving.NEW
