"""Amounts as people write them, exact to the 分, never rounded in silence."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang_desktop.domain.money import read_amount, yuan


@pytest.mark.parametrize(
    ("written", "cents"),
    [
        (5000, 500_000),
        (1234.5, 123_450),
        (0.1 + 0.2, 30),
        (Decimal("0.01"), 1),
        ("5000", 500_000),
        ("５，０００元", 500_000),
        ("12,345.67 元", 1_234_567),
        ("1.5万元", 1_500_000),
        ("约3万", 3_000_000),
        ("人民币2000元整", 200_000),
        ("¥300", 30_000),
        ("1万5千元", 1_500_000),
        ("1万2000", 1_200_000),
        ("三千元", 300_000),
        ("一万二千元", 1_200_000),
        ("1.2亿", 12_000_000_000),
        ("0", 0),
        ("无", None),
        ("", None),
        (None, None),
    ],
)
def test_what_is_clear_is_read_exactly(written: object, cents: int | None) -> None:
    found = read_amount(written)
    assert (found.cents, found.why) == (cents, "")


@pytest.mark.parametrize(
    "written",
    ["很多", "1万5", "一万五", "3-5万", "0.001", 1.005, -3, "-20", float("nan"), 1e300, "9" * 40, True],
)  # fmt: skip
def test_what_is_not_clear_is_asked(written: object) -> None:
    found = read_amount(written)
    assert found.cents is None and found.why


@given(st.integers(0, 10**12))
def test_an_amount_written_with_its_cents_is_read_to_the_cent(cents: int) -> None:
    assert read_amount(f"{cents // 100:,}.{cents % 100:02}元").cents == cents


@given(st.text(max_size=12))
def test_no_text_whatever_makes_it_fail(text: str) -> None:
    read_amount(text)


def test_an_amount_is_said_with_its_cents_where_it_has_any() -> None:
    assert (yuan(1_200_000), yuan(320_050), yuan(5)) == ("12,000 元", "3,200.50 元", "0.05 元")


@given(st.integers(0, 10**13))
def test_what_is_said_reads_back_to_the_last_cent(cents: int) -> None:
    assert read_amount(yuan(cents)).cents == cents
