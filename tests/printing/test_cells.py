"""Where lines of a cell end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang_desktop.printing.cells import break_cell
from xinfang_desktop.printing.ledger_table import shared_out
from xinfang_desktop.printing.twobyte import Remembered
from xinfang_desktop.printing.typesetting import NO_END, NO_START

EM = Remembered(lambda char: 0.5 if char.isascii() else 1.0)


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("柳溪村", 3, ["柳溪村"]),
        ("", 3, [""]),
        ("双方在场，没谈成", 4, ["双方在", "场，没谈", "成"]),
        ("张贴《村规民约》", 3, ["张贴", "《村规", "民约》"]),
        ("截至2026年3月2日止", 7, ["截至", "2026年3月2日止"]),
        ("截至2026年3月2日止", 5, ["截至", "2026年3月", "2日止"]),
        ("郭军杰、马芳海、李明", 5, ["郭军杰、", "马芳海、", "李明"]),
        ("郭军杰、马芳海", 2, ["郭军", "杰、", "马芳", "海"]),
        ("2026-11-30", 4, ["2026-11-", "30"]),
        ("共 3 户 反映", 4, ["共 3 户", "反映"]),
        ("！！！！", 2, ["！！", "！！"]),
        ("柳溪村", 0.5, ["柳", "溪", "村"]),
    ],
)
def test_lines_end_where_a_reader_expects(text: str, room: float, lines: list[str]) -> None:
    assert break_cell(text, EM, room) == lines


WORDS = st.text(
    st.sampled_from("信访村，。《》（）、0123456789年月日-abc "), min_size=1, max_size=60
).map(str.strip)


@given(WORDS, st.integers(1, 12))
def test_nothing_is_lost_and_nothing_is_too_long(text: str, room: int) -> None:
    lines = break_cell(text, EM, room)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(sum(map(EM.__getitem__, line)) <= room + 0.01 for line in lines)


@given(
    st.text(st.sampled_from("信访村社区，。《》（）"), min_size=1, max_size=60), st.integers(2, 9)
)
def test_marks_stand_where_they_may(text: str, room: int) -> None:
    """A line ends badly only where it could not end well anywhere."""
    end = 0
    for line in break_cell(text, EM, room)[:-1]:
        start, end = end, end + len(line)
        well = [at for at in range(start + 1, end + 1)
                if text[at] not in NO_START and text[at - 1] not in NO_END]  # fmt: skip
        assert not well or well[-1] == end


def test_columns_get_their_share_but_never_less_than_what_must_fit() -> None:
    assert shared_out(100, [1, 1, 2], [0, 0, 0]) == [25, 25, 50]
    assert shared_out(100, [1, 1, 2], [40, 0, 0]) == [40, 20, 40]
    assert shared_out(100, [1, 4, 5], [30, 36, 0]) == [30, 36, 34]
    assert shared_out(100, [1, 1, 2], [90, 90, 0]) == [25, 25, 50]
