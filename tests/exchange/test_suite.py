"""The seal and the signature: round trips, foreign keys, and whose exception it was."""

from __future__ import annotations

import errno
import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.parcels import NEIGHBOUR, TOWN, VILLAGE
from xinfang_desktop.domain.errors import DamagedInput
from xinfang_desktop.exchange import suite


def sealed(plain: bytes, *recipients: str) -> bytes:
    target = io.BytesIO()
    suite.seal(io.BytesIO(plain), target, recipients or [VILLAGE.address])
    return target.getvalue()


def plain_of(data: bytes, secret: str = VILLAGE.box) -> bytes:
    sink = io.BytesIO()
    suite.open_sealed(io.BytesIO(data), sink, secret)
    return sink.getvalue()


def refusal(data: bytes, secret: str = VILLAGE.box) -> str:
    with pytest.raises(DamagedInput) as caught:
        plain_of(data, secret)
    return caught.value.code


@given(st.binary(max_size=300) | st.integers(65_530, 65_540).map(bytes))
def test_what_is_sealed_opens_for_everyone_it_was_sealed_for(plain: bytes) -> None:
    data = sealed(plain, VILLAGE.address, NEIGHBOUR.address)
    assert plain_of(data) == plain == plain_of(data, NEIGHBOUR.box)
    assert refusal(data, TOWN.box) == "not_for_us"


def test_as_many_recipients_as_a_bundle_may_have() -> None:
    crowd = [suite.box_public(suite.new_box()) for _ in range(suite.MAX_RECIPIENTS - 1)]
    assert plain_of(sealed(b"x" * 200_000, *crowd, VILLAGE.address)) == b"x" * 200_000
    for wrong in ([], [*crowd, VILLAGE.address, NEIGHBOUR.address]):
        with pytest.raises(ValueError, match="1 to 1000"):
            suite.seal(io.BytesIO(b""), io.BytesIO(), wrong)


def test_every_cut_and_anything_behind_is_noticed() -> None:
    data = sealed(b"x" * 70_000)
    cuts = [*range(0, 700, 7), 65_700, 65_800, len(data) - 17, len(data) - 16, len(data) - 1]
    assert {refusal(data[:cut]) for cut in cuts} == {"bundle_damaged"}
    assert refusal(data + b"\0") == refusal(data + data) == "bundle_damaged"


def test_a_head_without_end_does_not_hold_the_program() -> None:
    first, *stanza = sealed(b"").split(b"\n")[:3]
    endless = first + b"\n" + (b"\n".join(stanza) + b"\n") * 40_000
    before = time.process_time()
    assert refusal(endless) == "bundle_damaged"
    assert time.process_time() - before < 10, "the library takes a minute for 4 MB of it"


class _Broken(io.BytesIO):
    """A disk that fails after so many calls."""

    def __init__(self, data: bytes, after: int, fault: BaseException) -> None:
        super().__init__(data)
        self.after, self.fault = after, fault

    def _count(self) -> None:
        if not self.after:
            raise self.fault
        self.after -= 1

    def read(self, size: int | None = -1, /) -> bytes:
        self._count()
        return super().read(size)

    def write(self, data: object, /) -> int:
        self._count()
        return super().write(data)  # type: ignore[call-overload]


@pytest.mark.parametrize("after", [0, 1, 2])
@pytest.mark.parametrize("fault", [OSError(errno.ENOSPC, "full"), KeyError("ours")])
def test_what_our_own_ends_raise_comes_through(after: int, fault: BaseException) -> None:
    plain = b"x" * 300_000
    data = sealed(plain)
    for work in (
        lambda: suite.seal(_Broken(plain, after, fault), io.BytesIO(), [VILLAGE.address]),
        lambda: suite.seal(io.BytesIO(plain), _Broken(b"", after, fault), [VILLAGE.address]),
        lambda: suite.open_sealed(_Broken(data, after, fault), io.BytesIO(), VILLAGE.box),
        lambda: suite.open_sealed(io.BytesIO(data), _Broken(b"", after, fault), VILLAGE.box),
    ):
        with pytest.raises(type(fault)) as caught:
            work()
        assert caught.value is fault


def test_a_signature_is_of_one_key_and_one_text() -> None:
    made = TOWN.sign(b"text")
    assert len(made) == suite.SIGNATURE_BYTES
    assert len(TOWN.public) == suite.PUBLIC_BYTES
    suite.check(TOWN.public, made, b"text")
    wrong = [
        (VILLAGE.public, made, b"text"),
        (TOWN.public, made, b"texu"),
        (TOWN.public, bytes([made[0] ^ 1]) + made[1:], b"text"),
        (TOWN.public, made[:-1], b"text"),
        (b"short", made, b"text"),
        (TOWN.public, b"", b"text"),
    ]
    for public, signature, data in wrong:
        assert not suite.valid(public, signature, data)
        with pytest.raises(DamagedInput) as caught:
            suite.check(public, signature, data)
        assert caught.value.code == "signature_wrong"


def test_receiving_keys_are_told_from_other_text() -> None:
    assert suite.is_box(VILLAGE.address)
    other = VILLAGE.address[:-1] + ("q" if VILLAGE.address[-1] == "p" else "p")
    for text in ("", "age1", other, VILLAGE.box, VILLAGE.address.upper()):
        assert not suite.is_box(text)


def test_no_suite_is_weaker_than_the_minimum_or_unknown() -> None:
    assert suite.strong_enough(suite.SUITE, suite.SUITE)
    assert not suite.strong_enough("rot13", suite.SUITE)
    assert not suite.strong_enough(suite.SUITE, "sm2+sm3+sm4")
