"""Sites with real keys, bundles between them, and a hand that takes bundles apart."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from xinfang_desktop.exchange import manifest as manifests
from xinfang_desktop.exchange import packing, suite
from xinfang_desktop.exchange.container import read_bundle, write_bundle
from xinfang_desktop.exchange.layout import (
    BLOB,
    CHECKPOINTS,
    END,
    FRAME_HEAD,
    LOG,
    MANIFEST,
    MUST,
    RELAY,
    ROSTER,
    SIGNATURE,
    Frame,
    Outer,
)
from xinfang_desktop.exchange.manifest import Blob, Listed, Manifest, Point, Range
from xinfang_desktop.exchange.parser import end_payload

NOW: Final = "2026-03-04T09:12:33+08:00"
FEED: Final = "village:511024100201"
ENTRIES: Final = (b'{"a":1}', '{"b":"柳溪村"}'.encode(), b"x" * 70_000)


def ident(number: int) -> str:
    """A UUID that is told apart at sight."""
    return str(UUID(int=number))


@dataclass(frozen=True)
class Place:
    """A site: its id, the key it signs with, the key it receives with."""

    id: str
    signing: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    box: str = field(default_factory=suite.new_box)

    @property
    def public(self) -> bytes:
        return self.signing.public_key().public_bytes_raw()

    @property
    def address(self) -> str:
        return suite.box_public(self.box)

    def sign(self, data: bytes) -> bytes:
        return suite.sign(self.signing, data)


TOWN: Final = Place(ident(1))
VILLAGE: Final = Place(ident(2))
NEIGHBOUR: Final = Place(ident(3))
BLOB_BYTES: Final = bytes(range(256)) * 600


def outer(**changes: Any) -> Outer:
    return replace(Outer(bundle=ident(9), kind="changes", sender=TOWN.id, created=NOW), **changes)


def manifest(**changes: Any) -> Manifest:
    """What a bundle of the town for the village says, with something in every list."""
    head = sha256(ENTRIES[-1]).hexdigest()
    chain = {"feed": FEED, "site": TOWN.id, "epoch": 1}
    made = Manifest(
        bundle=ident(9), kind="changes", serial=7, epoch=1, sender=TOWN.id, to=(VILLAGE.id,),
        app="1.4.2", schema=17, created=NOW,
        ranges=(Range(**chain, first=4, last=6, prev="a" * 64, hash=head, count=3),),
        requires=(Point(**chain, seq=3, hash="a" * 64),),
        vector=(Point(**chain, seq=6, hash=head), Point(**chain | {"epoch": 2}, seq=1, hash=head)),
        want=("b" * 64,), blobs=(Blob(sha256=sha256(BLOB_BYTES).hexdigest(), size=153_600),),
        counts={"entries": 3, "matters": 2},
    )  # fmt: skip
    return replace(made, **changes)


def frames() -> list[Frame]:
    """Three entries, an attachment, checkpoints and a roster."""
    return [
        *(Frame(LOG, MUST, each) for each in packing.pack(0, ENTRIES)),
        *(Frame(BLOB, MUST | RELAY, each) for each in packing.pieces(0, io.BytesIO(BLOB_BYTES))),
        Frame(CHECKPOINTS, MUST, b'{"checkpoints":[]}'),
        Frame(ROSTER, RELAY, b""),
    ]


def wrapped(path: Path, **changes: Any) -> bytes:
    """The bytes of the bundle that ``write_bundle`` makes; ``changes`` are its arguments."""
    asked: dict[str, Any] = {
        "outer": outer(), "manifest": manifest(), "frames": frames, "sign": TOWN.sign,
        "recipients": [VILLAGE.address],
    }  # fmt: skip
    write_bundle(path, **asked | changes)
    return path.read_bytes()


@dataclass
class Kept:
    """A sink that keeps what it was given."""

    manifests: list[Manifest] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)

    def manifest(self, manifest: Manifest) -> None:
        self.manifests.append(manifest)

    def frame(self, type: int, flags: int, payload: bytes) -> None:
        self.frames.append(Frame(type, flags, payload))


def town_key(sender: str) -> bytes:
    """Who signs: only the town is known."""
    assert sender == TOWN.id
    return TOWN.public


def read(
    data: bytes, place: Place = VILLAGE, key_of: Callable[[str], bytes] = town_key
) -> tuple[Manifest, Kept]:
    """Read a bundle as ``place``."""
    kept = Kept()
    return read_bundle(io.BytesIO(data), place.box, place.id, key_of, kept), kept


# --- taking it apart ---------------------------------------------------------------------------


def opened(data: bytes, place: Place = VILLAGE) -> tuple[bytes, list[Frame]]:
    """What is before the seal, and the frames under it, as a recipient can get at them."""
    size = 8 + int.from_bytes(data[4:8], "big")
    plain = io.BytesIO()
    suite.open_sealed(io.BytesIO(data[size:]), plain, place.box)
    rest, found = plain.getvalue(), []
    while rest:
        type, flags, length = FRAME_HEAD.unpack_from(rest)
        found.append(Frame(type, flags, rest[FRAME_HEAD.size : FRAME_HEAD.size + length]))
        rest = rest[FRAME_HEAD.size + length :]
    return data[:size], found


def sealed(head: bytes, plain: bytes, recipients: Sequence[str]) -> bytes:
    """A seal around any bytes, behind any head."""
    target = io.BytesIO()
    suite.seal(io.BytesIO(plain), target, recipients)
    return head + target.getvalue()


def ending(inner: Iterable[Frame]) -> list[Frame]:
    """``inner`` without its end frames, and one that fits."""
    rest = [each for each in inner if each.type != END]
    running = sha256(b"".join(each.encoded() for each in rest)).hexdigest()
    return [*rest, Frame(END, MUST, end_payload(len(rest), running))]


def told_by(
    signer: Place, raw: dict[str, Any] | bytes, content: Sequence[Frame], head: bytes
) -> bytes:
    """A bundle whose manifest is any JSON (or bytes) and truly signed: a sender who means harm."""
    if isinstance(raw, dict):
        listed = [listing(each) for each in content]
        raw = manifests.canonical(
            {"outer": sha256(head).hexdigest(), "frames": [vars_of(each) for each in listed]} | raw
        )
    inner = [Frame(MANIFEST, MUST, raw), Frame(SIGNATURE, MUST, signer.sign(raw)), *content]
    return sealed(head, b"".join(each.encoded() for each in ending(inner)), [VILLAGE.address])


def listing(frame: Frame) -> Listed:
    digest = sha256(frame.payload).hexdigest()
    return Listed(type=frame.type, flags=frame.flags, length=len(frame.payload), sha256=digest)


def vars_of(listed: Listed) -> dict[str, Any]:
    return {name: getattr(listed, name) for name in ("type", "flags", "length", "sha256")}
