"""Log chunks and attachment pieces: everything comes back, nothing grows beyond its cap."""

from __future__ import annotations

import io
from collections.abc import Callable
from itertools import chain, pairwise
from random import Random

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from xinfang_desktop.domain.errors import DamagedInput
from xinfang_desktop.exchange import packing
from xinfang_desktop.exchange.layout import MAX_PAYLOAD
from xinfang_desktop.exchange.packing import PIECE, SEGMENT, Unpacker, pack, unpack
from xinfang_desktop.journal.entry import MAX_ENTRY_BYTES

ranges = st.lists(st.lists(st.binary(min_size=1, max_size=200), min_size=1), max_size=5)
HEAD = b"\0\0\0\0\0\0"


def packed(all_ranges: list[list[bytes]]) -> list[bytes]:
    return list(chain.from_iterable(pack(no, each) for no, each in enumerate(all_ranges)))


def unpacked(payloads: list[bytes], counts: list[int]) -> list[list[bytes]]:
    found: list[list[bytes]] = [[] for _ in counts]
    unpacker = Unpacker(counts)
    for payload in payloads:
        for index, entry in unpacker.take(payload):
            found[index].append(entry)
    unpacker.finish()
    return found


def refusal(work: Callable[[], object]) -> str:
    with pytest.raises(DamagedInput) as caught:
        work()
    assert caught.value.sentence and caught.value.mend
    return caught.value.code


@given(ranges)
def test_entries_come_back_in_their_ranges(all_ranges: list[list[bytes]]) -> None:
    payloads = packed(all_ranges)
    assert unpacked(payloads, [len(each) for each in all_ranges]) == all_ranges


@given(st.lists(st.integers(1, 40), min_size=1, max_size=20), st.integers(1, 60))
def test_segments_cut_entries_anywhere(sizes: list[int], segment: int) -> None:
    entries = [bytes([no % 256]) * size for no, size in enumerate(sizes)]
    raw = b"".join(len(each).to_bytes(4, "big") + each for each in entries)
    payloads = [
        chunk(0, no, raw[start : start + segment])
        for no, start in enumerate(range(0, len(raw), segment))
    ]
    assert unpacked(payloads, [len(entries)]) == [entries]


def chunk(index: int, number: int, raw: bytes) -> bytes:
    return index.to_bytes(2, "big") + number.to_bytes(4, "big") + zstandard.compress(raw, 3)


def incompressible(size: int) -> bytes:
    return Random(size).randbytes(size)


def test_long_entries_take_several_segments_and_every_one_fits_a_frame() -> None:
    entries = [incompressible(SEGMENT + 1), b"x", incompressible(2 * SEGMENT - 8), b"y" * SEGMENT]
    payloads = packed([entries])
    assert all(len(each) <= MAX_PAYLOAD for each in payloads)
    assert [unpack(each).number for each in payloads] == list(range(len(payloads)))
    assert max(len(unpack(each).raw) for each in payloads) == SEGMENT
    assert unpacked(payloads, [4]) == [entries]


def test_what_is_written_is_written_the_same_again() -> None:
    entries = [incompressible(5_000), b"x" * 5_000_000]
    assert packed([entries]) == packed([entries])


@pytest.mark.parametrize("entry", [b"", bytes(MAX_ENTRY_BYTES + 1)], ids=["empty", "too long"])
def test_what_is_no_entry_is_never_packed(entry: bytes) -> None:
    with pytest.raises(ValueError, match="no bytes or too many"):
        list(pack(0, [entry]))


def test_an_entry_may_have_64_mib_and_no_more() -> None:
    whole = packed([[bytes(MAX_ENTRY_BYTES)]])
    assert unpacked(whole, [1]) == [[bytes(MAX_ENTRY_BYTES)]]
    longer = chunk(0, 0, (MAX_ENTRY_BYTES + 1).to_bytes(4, "big") + bytes(1_000))
    assert refusal(lambda: unpacked([longer], [1])) == "chunk_damaged"


TWO = [[b"a" * 9, b"b" * 9], [b"c" * 9]]
A, B = packed(TWO)
WRONG: dict[str, tuple[list[bytes], list[int]]] = {
    "a range is missing": ([A], [2, 1]),
    "the first range is missing": ([B], [2, 1]),
    "ranges changed places": ([B, A], [2, 1]),
    "a chunk twice": ([A, A, B], [2, 1]),
    "a range that is not listed": ([A, B], [2]),
    "fewer entries than listed": ([A, B], [3, 1]),
    "more entries than listed": ([A, B], [1, 1]),
    "nothing came": ([], [1]),
    "a segment is missing": ([chunk(0, 1, b"\0\0\0\1x")], [1]),
    "an entry without bytes": ([chunk(0, 0, b"\0\0\0\0")], [1]),
    "an entry cut short": ([chunk(0, 0, b"\0\0\0\5xx")], [1]),
    "half a length": ([chunk(0, 0, b"\0\0")], [1]),
    "an entry across two ranges": ([chunk(0, 0, b"\0\0\0\1x\0\0\0\1"), chunk(1, 0, b"y")], [1, 1]),
    "bytes behind the last entry": ([chunk(0, 0, b"\0\0\0\1x\0")], [1]),
    "no head": ([b"\0\0"], [1]),
    "nothing behind the head": ([HEAD], [1]),
    "not zstd": ([HEAD + b"hello"], [1]),
    "two frames in one": ([chunk(0, 0, b"\0\0\0\1") + zstandard.compress(b"x")], [1]),
    "a frame and something": ([chunk(0, 0, b"\0\0\0\1x") + b"x"], [1]),
    "a frame of nothing": ([chunk(0, 0, b"")], [1]),
    "a frame cut short": ([A[:-3], B], [2, 1]),
}


@pytest.mark.parametrize("case", WRONG)
def test_chunks_that_do_not_add_up_are_refused(case: str) -> None:
    payloads, counts = WRONG[case]
    assert refusal(lambda: unpacked(payloads, counts)) == "chunk_damaged"


def test_no_entry_is_handed_on_that_the_manifest_does_not_count() -> None:
    taking = Unpacker([1, 1]).take(A)
    assert next(taking) == (0, b"a" * 9)
    assert refusal(lambda: next(taking)) == "chunk_damaged"


def unstated(raw: bytes) -> bytes:
    """A zstd frame that does not say how much comes out."""
    packer = zstandard.ZstdCompressor(write_content_size=False)
    return packer.compress(raw)


@pytest.mark.parametrize("squeeze", [zstandard.compress, unstated])
def test_more_than_a_frame_never_comes_out(squeeze: Callable[[bytes], bytes]) -> None:
    bomb = HEAD + squeeze(bytes(MAX_PAYLOAD + 1))
    assert refusal(lambda: unpack(bomb)) == "bundle_bomb"
    assert len(unpack(HEAD + zstandard.compress(bytes(MAX_PAYLOAD))).raw) == MAX_PAYLOAD


def test_a_frame_must_say_how_much_comes_out() -> None:
    assert refusal(lambda: unpack(HEAD + unstated(b"\0\0\0\1x"))) == "chunk_damaged"


def framed(raw: bytes, window_log: int) -> bytes:
    """A zstd frame (RFC 8878) with a window of its own, the size stated, ``raw`` as it is."""
    head = b"\x28\xb5\x2f\xfd\x80" + bytes([(window_log - 10) << 3])
    return head + len(raw).to_bytes(4, "little") + (len(raw) << 3 | 1).to_bytes(3, "little") + raw


def test_a_window_beyond_the_cap_is_refused() -> None:
    raw = incompressible(100_000)  # more than goes out at once, which would need no window
    assert unpack(HEAD + framed(raw, 23)).raw == raw
    assert zstandard.get_frame_parameters(framed(raw, 24)).window_size == 2**24
    assert refusal(lambda: unpack(HEAD + framed(raw, 24))) == "chunk_damaged"


@given(st.binary(max_size=400))
def test_any_bytes_are_taken_or_refused_in_words(data: bytes) -> None:
    for payload in (data, HEAD + data, HEAD + zstandard.compress(data)):
        try:
            list(Unpacker([2]).take(payload))
        except DamagedInput as problem:
            assert problem.code in ("chunk_damaged", "bundle_bomb")


class _Dribble(io.RawIOBase):
    """A file that gives a little at a time."""

    def __init__(self, data: bytes) -> None:
        self.inner = io.BytesIO(data)

    def read(self, size: int = -1, /) -> bytes:
        return self.inner.read(min(size, 100_000))


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE])
def test_attachments_come_back_from_their_pieces(size: int) -> None:
    data = incompressible(size)
    payloads = list(packing.pieces(3, io.BytesIO(data)))
    assert payloads == list(packing.pieces(3, _Dribble(data)))
    found = [packing.unpack_piece(each) for each in payloads]
    assert b"".join(each.data for each in found) == data
    assert {each.blob for each in found} <= {3}
    assert all(after.number == before.number + 1 for before, after in pairwise(found))
    assert all(len(each) <= MAX_PAYLOAD for each in payloads)


@pytest.mark.parametrize("size", [0, 7, 8, 8 + PIECE + 1])
def test_a_piece_has_a_head_and_some_bytes(size: int) -> None:
    assert refusal(lambda: packing.unpack_piece(bytes(size))) == "piece_damaged"
