"""However large a bundle is, or pretends to be, the program stays small."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.exchange.child import run

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="VmHWM is Linux's")

BOMB = """
import time, zstandard
from xinfang_desktop.exchange.packing import Unpacker
packer = zstandard.ZstdCompressor(level=3, write_content_size=STATED).compressobj(SIZE)
squeezed = b"".join(packer.compress(bytes(2**20)) for _ in range(1024)) + packer.flush()
def bomb():
    yield Frame(LOG, MUST, bytes(6) + squeezed)
data = wrapped(home / "a.xfb", frames=bomb)
class Applied(Kept):
    def frame(self, type, flags, payload):
        for _ in Unpacker([3]).take(payload):
            print("accepted")
before = peak()
start = time.process_time()
try:
    read_bundle(io.BytesIO(data), VILLAGE.box, VILLAGE.id, town_key, Applied())
except DamagedInput as problem:
    print(problem.code)
print(len(data), peak() - before, peak(), time.process_time() - start)
"""


@pytest.mark.parametrize(("stated", "size"), [(True, 2**30), (False, -1)])
def test_a_small_file_that_unpacks_to_a_gigabyte_is_refused(
    tmp_path: Path, stated: bool, size: int
) -> None:
    program = BOMB.replace("STATED", str(stated)).replace("SIZE", str(size))
    ended, (code, length, grown, peak, seconds) = run(program, tmp_path)
    assert (ended, code) == (0, "bundle_bomb")
    assert int(length) < 64 * 1024
    assert int(grown) < 32 and int(peak) < 300
    assert float(seconds) < 10


BRACKETS = """
def hostile(raw):
    return told_by(TOWN, raw, [], outer().encoded())
for raw in (b"[" + b"[]," * 1_390_000 + b"[]]", b"[" * 4_000_000, b"9" * 4_000_000,
            b'{"a":' * 800_000, b'"' + b"\\\\u0000" * 690_000 + b'"'):
    try:
        read(hostile(raw))
        print("accepted")
    except DamagedInput as problem:
        print(problem.code)
print(peak())
"""


def test_json_that_is_made_to_be_large_is_refused(tmp_path: Path) -> None:
    _, (*codes, peak) = run(BRACKETS, tmp_path)
    assert codes == ["manifest_damaged"] * 5
    assert int(peak) < 300


PIECES = """
piece = os.urandom(2**20)
def many():
    for no in range(COUNT):
        yield Frame(BLOB, MUST | RELAY, no.to_bytes(8, "big") + piece * 3)
class Counting(Kept):
    seen = 0
    def frame(self, type, flags, payload):
        self.seen += len(payload)
start = peak()
container.write_bundle(home / "a.xfb", outer(), manifest(), many, TOWN.sign, [VILLAGE.address])
sink = Counting()
with (home / "a.xfb").open("rb") as file:
    read_bundle(file, VILLAGE.box, VILLAGE.id, town_key, sink)
print(sink.seen, peak() - start)
"""


def _flat(home: Path, count: int) -> None:
    ended, (seen, grown) = run(PIECES.replace("COUNT", str(count)), home, timeout=170)
    assert ended == 0
    assert int(seen) == count * (8 + 3 * 2**20)
    assert int(grown) < 48


def test_memory_is_flat_for_60_mb(tmp_path: Path) -> None:
    _flat(tmp_path, 20)


@pytest.mark.deep
def test_memory_is_flat_for_300_mb(tmp_path: Path) -> None:
    _flat(tmp_path, 100)
