"""Encrypted contents: back as they were, never half, never readable without the key."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from xinfang_desktop.domain.errors import EnvironmentProblem, RuleViolation
from xinfang_desktop.store.blobs import CHUNK, LIMIT, Blob, BlobStore, Cancelled, Progress

KEY = bytes(range(32))
LETTER = "柳溪村王桂芳反映水渠漏水".encode()


@pytest.fixture
def store(tmp_path: Path) -> BlobStore:
    return BlobStore(tmp_path, KEY)


def files(home: Path) -> list[Path]:
    return [path for path in home.rglob("*") if path.is_file()]


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK])
def test_a_content_comes_back_as_it_was(store: BlobStore, tmp_path: Path, size: int) -> None:
    data = (b"0123456789abcdef" * (size // 16 + 1))[:size]
    source = tmp_path / "照片.jpg"
    source.write_bytes(data)
    blob = store.put_file(source)
    assert blob == Blob(hashlib.sha256(data).hexdigest(), size)
    assert store.read(blob.sha256) == data
    assert store.verify(blob.sha256)
    assert all(len(part) <= CHUNK for part in store.stream(blob.sha256))


def test_equal_contents_are_stored_once(store: BlobStore, tmp_path: Path) -> None:
    first = store.put_bytes(LETTER)
    (kept,) = files(tmp_path)
    before = kept.read_bytes()
    assert store.put_bytes(LETTER) == first
    assert files(tmp_path) == [kept]
    assert kept.read_bytes() == before


def test_the_disk_gives_away_neither_content_nor_hash(store: BlobStore, tmp_path: Path) -> None:
    blob = store.put_bytes(LETTER)
    (kept,) = files(tmp_path)
    assert blob.sha256[:8] not in str(kept.relative_to(tmp_path))
    assert "王桂芳".encode() not in kept.read_bytes()
    other = BlobStore(tmp_path, bytes(32))
    assert not other.has(blob.sha256)
    assert store.has(blob.sha256)


def tamper(home: Path, change: str) -> None:
    (kept,) = files(home)
    data = kept.read_bytes()
    kept.write_bytes(
        {
            "flipped": data[:-5] + bytes([data[-5] ^ 1]) + data[-4:],
            "magic": b"Y" + data[1:],
            "salt": data[:6] + bytes([data[6] ^ 1]) + data[7:],
            "cut": data[:-1],
            "cut at a chunk": data[: 36 + CHUNK + 16],
            "longer": data + b"\0",
            "doubled": data + data[36:],
            "empty": b"",
        }[change]
    )


@pytest.mark.parametrize(
    "change",
    ["flipped", "magic", "salt", "cut", "cut at a chunk", "longer", "doubled", "empty"],
)
def test_any_damage_is_noticed_and_mended_by_adding_it_again(
    store: BlobStore, tmp_path: Path, change: str
) -> None:
    data = LETTER * (CHUNK // len(LETTER) + 1)
    blob = store.put_bytes(data)
    tamper(tmp_path, change)
    assert not store.verify(blob.sha256)
    with pytest.raises(EnvironmentProblem) as caught:
        store.read(blob.sha256)
    assert caught.value.code == "blob_damaged"
    store.put_bytes(data)
    assert store.read(blob.sha256) == data


def test_one_content_cannot_stand_in_for_another(store: BlobStore, tmp_path: Path) -> None:
    store.put_bytes(LETTER)
    (first,) = files(tmp_path)
    second = store.put_bytes("另一封信".encode())
    place = next(path for path in files(tmp_path) if path != first)
    place.write_bytes(first.read_bytes())
    assert not store.verify(second.sha256)


def test_a_missing_content_is_named_missing(store: BlobStore) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        store.read(hashlib.sha256(LETTER).hexdigest())
    assert caught.value.code == "blob_missing"


def test_a_file_over_the_limit_is_refused_before_it_is_read(
    store: BlobStore, tmp_path: Path
) -> None:
    source = tmp_path / "录像.mp4"
    with source.open("wb") as file:
        file.truncate(300 * 1024 * 1024)
    with pytest.raises(RuleViolation) as caught:
        store.put_file(source)
    assert caught.value.code == "attachment_too_large"
    assert "300 MB" in caught.value.sentence
    assert "200 MB" in caught.value.sentence
    assert caught.value.mend
    assert files(tmp_path) == [source]
    assert LIMIT == 200 * 1024 * 1024


def watch(seen: list[int], stop_after: int) -> tuple[Progress, Cancelled]:
    """Progress that is written down, and a cancel once so much of it came."""
    return lambda done, _: seen.append(done), lambda: len(seen) >= stop_after


def test_progress_rises_to_the_end_and_a_cancel_leaves_nothing(
    store: BlobStore, tmp_path: Path
) -> None:
    source = tmp_path / "扫描件.pdf"
    source.write_bytes(b"x" * (3 * CHUNK))
    for stop_after in range(1, 6):
        seen: list[int] = []
        assert store.put_file(source, *watch(seen, stop_after)) is None
        assert files(tmp_path) == [source]
    seen = []
    assert store.put_file(source, *watch(seen, 1000))
    assert seen == sorted(seen)
    assert seen[-1] == 3 * CHUNK


def test_what_cannot_be_read_is_a_sentence(store: BlobStore, tmp_path: Path) -> None:
    for path in (tmp_path / "没有.pdf", tmp_path):
        with pytest.raises(EnvironmentProblem) as caught:
            store.put_file(path)
        assert caught.value.mend


def test_a_file_that_changes_while_it_is_read_is_not_kept(store: BlobStore, tmp_path: Path) -> None:
    source = tmp_path / "正在写.docx"
    source.write_bytes(b"a" * 100)

    def write_meanwhile(done: int, total: int) -> None:
        source.write_bytes(b"b" * 100)

    with pytest.raises(EnvironmentProblem) as caught:
        store.put_file(source, write_meanwhile)
    assert caught.value.code == "file_changed"
    assert files(tmp_path) == [source]


def test_a_folder_that_cannot_be_made_is_a_sentence(store: BlobStore, tmp_path: Path) -> None:
    (tmp_path / "blobs").write_bytes(b"")  # a file where the folder should be
    with pytest.raises(EnvironmentProblem):
        store.put_bytes(LETTER)
