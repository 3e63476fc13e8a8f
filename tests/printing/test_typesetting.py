"""Lines as a Chinese reader expects them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from xinfang_desktop.printing.fonts import Fonts
from xinfang_desktop.printing.typesetting import (
    NO_END,
    NO_START,
    Line,
    Span,
    atoms_of,
    break_lines,
    gap_of,
    natural_width,
)

FONTS = Fonts.shipped()
SIZE, ROOM = 16.0, 442.2
SQUEEZE, HANG = 0.02, 0.035

WORDS = st.sampled_from(
    ["信访", "承包地", "《信访工作条例》", "第二十三条", "（2026年9月6日）", "，", "。", "“补偿”", "；",
     "20260906-A0002", "0000-8200116", "、", "李䶮生", "云政发〔2024〕7号", "A", "——", "……", "的"]
)  # fmt: skip
TEXTS = st.lists(WORDS, min_size=1, max_size=120).map("".join)


def _lines(text: str, room: float = ROOM) -> list[Line]:
    atoms = atoms_of([Span(text)], FONTS, SIZE)
    return break_lines(atoms, room - 2 * SIZE, room, SIZE, SQUEEZE, HANG)


def _words(line: Line) -> str:
    return "".join(atom.text for atom in line)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_nothing_is_lost_and_no_line_is_too_long(text: str) -> None:
    lines = _lines(text)
    assert "".join(map(_words, lines)) == text
    for number, line in enumerate(lines):
        room = ROOM - (2 * SIZE if number == 0 else 0)
        assert natural_width(line) <= room + (len(_words(line)) + 1) * SIZE * HANG + 0.01


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(["信", "访《", "》", "，", "“补", "偿”", "2026年"]), max_size=150))
def test_closing_marks_do_not_begin_a_line_nor_opening_marks_end_one(parts: list[str]) -> None:
    # marks alone in heaps have no lawful break; between every two marks stands a character
    text = "字".join(parts)
    for line in _lines(text)[1:]:
        assert _words(line)[:1] not in NO_START
    for line in _lines(text)[:-1]:
        assert _words(line)[-1:] not in NO_END


def test_a_year_and_a_telephone_are_never_cut() -> None:
    for filler in range(20, 30):
        text = "字" * filler + "2026年电话0000-8200116。"
        broken = [_words(line) for line in _lines(text)]
        assert any("2026年" in line for line in broken)
        assert any("0000-8200116" in line for line in broken)


def test_a_long_number_in_a_narrow_cell_breaks_behind_a_hyphen() -> None:
    lines = [_words(line) for line in _lines("530126104-XF-20260906-A0002", 160)]
    assert all(line.endswith("-") for line in lines[:-1])


def test_a_word_wider_than_the_line_is_broken_and_ends() -> None:
    lines = _lines("9" * 400, 100)
    assert "".join(map(_words, lines)) == "9" * 400
    assert all(natural_width(line) <= 101 for line in lines)


def test_full_lines_reach_the_margin_and_gaping_ones_are_left() -> None:
    full = _lines("字" * 60)[0]
    assert (
        abs(natural_width(full) + gap_of(full, ROOM - 32, 2) * (len(full) - 1) - (ROOM - 32)) < 0.01
    )
    short = _lines("字字")[0]
    assert gap_of(short, ROOM, 2) == 0
