"""Disks that are full, gone or broken, and people who stop: no bundle stands that is not whole."""

from __future__ import annotations

import errno
import itertools
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.exchange import parcels
from tests.exchange.child import run
from tests.exchange.parcels import TOWN, VILLAGE, manifest, outer, read, wrapped
from xinfang_desktop.domain.errors import EnvironmentProblem
from xinfang_desktop.exchange.container import write_bundle
from xinfang_desktop.exchange.layout import BLOB, MUST, Cancelled, Frame

posix = pytest.mark.skipif(sys.platform == "win32", reason="RLIMIT_FSIZE is not of Windows")
LARGE = [Frame(BLOB, MUST, bytes([no]) * 1_000_000) for no in range(4)]


@posix
@pytest.mark.parametrize("limit", [0, 3, 300, 1_000, 70_000, 150_000])
@pytest.mark.parametrize("before", [b"", b"older"])
def test_a_full_disk_leaves_nothing_new(tmp_path: Path, limit: int, before: bytes) -> None:
    path = tmp_path / "a.xfb"
    if before:
        path.write_bytes(before)
    program = (
        f"limit({limit})"
        + """
try:
    wrapped(home / "a.xfb")
    print("written")
except OSError as error:
    print(error.errno)
"""
    )
    assert run(program, tmp_path) == (0, [str(errno.EFBIG)])
    assert [each.read_bytes() for each in tmp_path.iterdir()] == ([before] if before else [])


def test_what_could_not_be_read_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    def frames() -> Iterator[Frame]:
        yield LARGE[0]
        if list(tmp_path.iterdir()):
            raise OSError(errno.EIO, "the disk of the attachments")

    with pytest.raises(OSError) as caught:
        wrapped(tmp_path / "a.xfb", frames=frames)
    assert caught.value.errno == errno.EIO
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a folder with an open file")
@pytest.mark.parametrize("when", [0, 1, 4])
def test_a_folder_that_vanishes_leaves_nothing(tmp_path: Path, when: int) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    runs = itertools.count()

    def frames() -> Iterator[Frame]:
        second = next(runs)
        for no, frame in enumerate(LARGE):
            if no == when and second:
                shutil.rmtree(folder)
            yield frame
        if when == len(LARGE) and second:
            shutil.rmtree(folder)

    with pytest.raises(FileNotFoundError):
        wrapped(folder / "a.xfb", frames=frames)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["nowhere/a.xfb", "file/a.xfb", "x" * 252 + ".xfb"])
def test_a_place_that_is_none_is_said(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_bytes(b"no folder")
    with pytest.raises(OSError) as caught:
        wrapped(tmp_path / name)
    assert caught.value.errno in (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.EINVAL)
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_a_disk_that_gives_back_something_else_is_found_out(tmp_path: Path) -> None:
    path = tmp_path / "a.xfb"
    beside = tmp_path / "a.xfb.tmp"

    def rot(done: int, total: int) -> None:
        if done > total // 2 and not path.exists():  # the reading back has begun
            with beside.open("r+b") as file:
                file.seek(-1_000, 2)
                file.write(b"rotten")

    with pytest.raises(EnvironmentProblem) as caught:
        wrapped(path, frames=lambda: iter(LARGE), progress=rot)
    assert caught.value.code == "disk_differs"
    assert "U盘" in caught.value.mend
    assert list(tmp_path.iterdir()) == []


def test_who_stops_it_at_any_moment_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.xfb"
    for moment in itertools.count(1):
        calls = itertools.count(1)
        try:
            wrapped(path, cancelled=lambda: next(calls) == moment)  # noqa: B023
            break
        except Cancelled:
            assert list(tmp_path.iterdir()) == [], moment
    assert moment > 10
    read(path.read_bytes())


def test_who_stops_it_while_it_is_read_back_leaves_nothing(tmp_path: Path) -> None:
    told: list[bool] = []
    with pytest.raises(Cancelled):
        wrapped(
            tmp_path / "a.xfb", frames=lambda: iter(LARGE),
            progress=lambda done, total: told.append(done > total // 2),
            cancelled=lambda: bool(told) and told[-1],
        )  # fmt: skip
    assert told[-1] and list(tmp_path.iterdir()) == []


def test_frames_that_change_between_the_two_runs_are_our_fault(tmp_path: Path) -> None:
    one, two, three = LARGE[:3]
    for again in ([one, three], [one], [one, two, three], [one, two._replace(flags=3)]):
        runs = iter([[one, two], again])
        with pytest.raises(ValueError):
            wrapped(tmp_path / "a.xfb", frames=lambda: next(runs))  # noqa: B023
        assert list(tmp_path.iterdir()) == []


def test_a_link_in_the_place_of_the_unfinished_file_is_not_followed(tmp_path: Path) -> None:
    ours = tmp_path / "ours"
    ours.write_bytes(b"do not touch")
    folder = tmp_path / "shared"
    folder.mkdir()
    (folder / "a.xfb.tmp").symlink_to(ours)
    read(wrapped(folder / "a.xfb"))
    assert ours.read_bytes() == b"do not touch"


@posix
def test_a_program_that_is_killed_leaves_no_bundle(tmp_path: Path) -> None:
    program = """
def dying():
    yield from frames()
    if list(home.iterdir()):
        os.kill(os.getpid(), signal.SIGKILL)
wrapped(home / "a.xfb", frames=dying)
"""
    assert run(program, tmp_path)[0] == -signal.SIGKILL
    assert [each.name for each in tmp_path.iterdir()] == ["a.xfb.tmp"]
    read(wrapped(tmp_path / "a.xfb"))
    assert [each.name for each in tmp_path.iterdir()] == ["a.xfb"]


def test_the_signature_is_asked_for_once_and_over_the_manifest(tmp_path: Path) -> None:
    asked: list[bytes] = []

    def sign(data: bytes) -> bytes:
        asked.append(data)
        return TOWN.sign(data)

    path = tmp_path / "a.xfb"
    write_bundle(path, outer(), manifest(), parcels.frames, sign, [VILLAGE.address])
    assert asked == [parcels.opened(path.read_bytes())[1][0].payload]
