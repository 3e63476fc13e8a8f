"""Amounts as people write them, kept to the last 分."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang_desktop.domain.money import MOST, read_yuan, yuan


@pytest.mark.parametrize(
    ("written", "cents"),
    [
        ("12000", 1_200_000), ("3,200.50", 320_050), ("１．５万元", 1_500_000), ("0.5", 50),
        ("约3千元", 300_000), ("¥ 88", 8_800), ("2亿", 20_000_000_000), ("1.2345万", 1_234_500),
        ("300元整", 30_000), ("5万元左右", 5_000_000), (12, 1_200), (Decimal("0.01"), 1), (0, 0),
        ("100000000000", MOST),
    ],
)  # fmt: skip
def test_what_people_write(written: str | int | Decimal, cents: int) -> None:
    assert read_yuan(written) == cents


@pytest.mark.parametrize(
    "written",
    ["", "很多", "-5", "1.005", "12万5千", "1e5", "nan", "12000人", "1.0000001万", "1001亿", "9" * 30,
     "三千", "5-6万", ".5", "5."],
)  # fmt: skip
def test_what_is_no_amount(written: str) -> None:
    assert read_yuan(written) is None


def test_said_again() -> None:
    assert yuan(1_200_000) == "12,000 元"
    assert yuan(320_050) == "3,200.50 元"
    assert yuan(5) == "0.05 元"


@given(st.integers(0, MOST))
def test_what_is_said_reads_back_to_the_last_fen(cents: int) -> None:
    assert read_yuan(yuan(cents)) == cents


@given(st.decimals(0, 10_000_000, places=2, allow_nan=False))
def test_no_fraction_is_lost(amount: Decimal) -> None:
    assert read_yuan(str(amount)) == amount * 100
