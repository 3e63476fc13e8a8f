"""A bundle that is written is read as it was, in any size, and skips what it need not understand."""

from __future__ import annotations

import io
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exchange import parcels
from tests.exchange.parcels import (
    NEIGHBOUR,
    TOWN,
    VILLAGE,
    ident,
    manifest,
    outer,
    read,
    wrapped,
)
from xinfang_desktop.exchange import container, packing
from xinfang_desktop.exchange.layout import (
    BLOB,
    CHECKPOINTS,
    END,
    LOG,
    MAX_PAYLOAD,
    MUST,
    RELAY,
    ROSTER,
    SIGNATURE,
    Cancelled,
    Frame,
)


def test_a_bundle_comes_back_as_it_was_written(tmp_path: Path) -> None:
    data = wrapped(tmp_path / "a.xfb")
    found, kept = read(data)
    assert kept.frames == parcels.frames()
    assert kept.manifests == [found]
    filled = {"outer": found.outer, "frames": found.frames}
    assert found == manifest(**filled)
    assert [each.length for each in found.frames] == [len(each.payload) for each in kept.frames]
    assert found.outer == sha256(data[: 8 + int.from_bytes(data[4:8], "big")]).hexdigest()


def test_the_attachment_is_in_it(tmp_path: Path) -> None:
    _, kept = read(wrapped(tmp_path / "a.xfb"))
    pieces = [packing.unpack_piece(each.payload) for each in kept.frames if each.type == BLOB]
    assert b"".join(each.data for each in pieces) == parcels.BLOB_BYTES


def test_the_outer_header_needs_no_key_and_says_nothing_else(tmp_path: Path) -> None:
    data = wrapped(tmp_path / "a.xfb")
    assert container.read_outer(io.BytesIO(data)) == outer()
    size = int.from_bytes(data[4:8], "big")
    assert data[:4] == b"XFB1"
    assert data[8 : 8 + size].decode() == (
        f'{{"bundle":"{ident(9)}","created":"{parcels.NOW}","fmt":1,"from":"{TOWN.id}",'
        '"kind":"changes","part":1,"parts":1,"suite":"age-x25519+ed25519+sha256"}'
    )


def test_nothing_readable_is_outside_the_seal(tmp_path: Path) -> None:
    def frames() -> list[Frame]:
        return [Frame(CHECKPOINTS, MUST, "柳溪村水渠漏水".encode())]

    data = wrapped(tmp_path / "a.xfb", frames=frames)
    assert "柳溪村".encode() not in data and VILLAGE.id.encode() not in data


def test_every_site_it_is_for_can_read_it(tmp_path: Path) -> None:
    both = manifest(to=(VILLAGE.id, NEIGHBOUR.id))
    recipients = [VILLAGE.address, NEIGHBOUR.address]
    data = wrapped(tmp_path / "a.xfb", manifest=both, recipients=recipients)
    assert read(data)[1] == read(data, NEIGHBOUR)[1]


def test_what_was_written_is_named_by_hash_and_size(tmp_path: Path) -> None:
    path = tmp_path / "a.xfb"
    told: list[tuple[int, int]] = []
    written = container.write_bundle(
        path, outer(), manifest(), parcels.frames, TOWN.sign, [VILLAGE.address],
        lambda done, total: told.append((done, total)),
    )  # fmt: skip
    assert written == (sha256(path.read_bytes()).hexdigest(), path.stat().st_size)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1] == (2 * written.size, 2 * written.size)
    assert all(done <= total for done, total in told)
    assert list(tmp_path.iterdir()) == [path]


def test_a_bundle_takes_the_place_of_an_older_one(tmp_path: Path) -> None:
    path = tmp_path / "a.xfb"
    path.write_bytes(b"older")
    (tmp_path / "a.xfb.tmp").write_bytes(b"left by a program that was killed")
    read(wrapped(path))
    assert list(tmp_path.iterdir()) == [path]


def test_reading_twice_is_the_same_and_does_not_mind_where_the_file_stands(tmp_path: Path) -> None:
    wrapped(path := tmp_path / "a.xfb")
    with path.open("rb") as file:
        container.read_outer(file)
        kept = [parcels.Kept(), parcels.Kept()]
        for sink in kept:
            container.read_bundle(file, VILLAGE.box, VILLAGE.id, parcels.town_key, sink)
    assert kept[0] == kept[1]


types = st.sampled_from([LOG, BLOB, CHECKPOINTS, ROSTER])
some_frames = st.builds(
    Frame, types, st.integers(0, 3), st.binary(max_size=50) | st.integers(0, 70_000).map(bytes)
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(some_frames, max_size=12), st.integers(1, 9), st.integers(0, 9))
def test_any_frames_come_back(tmp_path: Path, frames: list[Frame], part: int, more: int) -> None:
    parts = {"part": part, "parts": part + more, "kind": "recovery"}
    data = wrapped(
        tmp_path / "a.xfb", frames=lambda: iter(frames), outer=outer(**parts),
        manifest=manifest(**parts),
    )  # fmt: skip
    found, kept = read(data)
    assert kept.frames == frames
    assert (found.part, found.parts, found.kind) == (part, part + more, "recovery")


def test_the_largest_frame_fits_and_a_larger_one_is_our_fault(tmp_path: Path) -> None:
    largest = Frame(BLOB, MUST, bytes(MAX_PAYLOAD))
    assert read(wrapped(tmp_path / "a.xfb", frames=lambda: [largest]))[1].frames == [largest]
    larger = Frame(BLOB, MUST, bytes(MAX_PAYLOAD + 1))
    with pytest.raises(ValueError, match="cannot be written"):
        wrapped(tmp_path / "b.xfb", frames=lambda: [larger])
    with pytest.raises(ValueError, match="more than 4 MiB"):
        larger.encoded()


def test_a_type_of_a_newer_program_is_skipped_where_that_is_allowed(tmp_path: Path) -> None:
    frames = [Frame(LOG, MUST, b"a"), Frame(77, RELAY, b"newer"), Frame(LOG, MUST, b"b")]
    found, kept = read(wrapped(tmp_path / "a.xfb", frames=lambda: frames))
    assert kept.frames == [frames[0], frames[2]]
    assert [each.type for each in found.frames] == [LOG, 77, LOG]


@pytest.mark.parametrize(
    "wrong",
    [
        {"outer": outer(part=2, parts=2)},
        {"outer": outer(bundle=ident(8))},
        {"manifest": manifest(kind="recovery")},
        {"manifest": manifest(sender=VILLAGE.id)},
        {"manifest": manifest(to=())},
        {"manifest": manifest(serial=0)},
        {"manifest": manifest(ranges=(replace(manifest().ranges[0], count=2),))},
        {"outer": outer(suite="rot13")},
        {"outer": outer(created="yesterday"), "manifest": manifest(created="yesterday")},
        {"frames": lambda: [Frame(END, MUST, b"")]},
        {"frames": lambda: [Frame(SIGNATURE, MUST, b"")]},
        {"recipients": []},
    ],
)
def test_a_bundle_that_nobody_would_take_is_never_written(
    tmp_path: Path, wrong: dict[str, object]
) -> None:
    with pytest.raises(ValueError):
        wrapped(tmp_path / "a.xfb", **wrong)
    assert list(tmp_path.iterdir()) == []


def test_reading_stops_when_somebody_wants_it_to(tmp_path: Path) -> None:
    data = wrapped(tmp_path / "a.xfb")
    asked = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) == 4

    kept = parcels.Kept()
    with pytest.raises(Cancelled):
        container.read_bundle(
            io.BytesIO(data), VILLAGE.box, VILLAGE.id, parcels.town_key, kept, cancelled
        )
    assert len(kept.frames) == 1
