"""Which face draws which character, and what is told before printing."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from xinfang_desktop.printing.faces import look_into
from xinfang_desktop.printing.fonts import KAI, ROLES, SANS_BOLD, SERIF, SHIPPED, Fonts

RARE = "䶮㛃𬭊喆堃𠅤𬱖"
NOBODY = "\U000323ae"  # CJK Extension H: in none of the shipped fonts


def _tables(data: bytes, start: int) -> dict[bytes, tuple[int, int]]:
    """Tag → (place of the directory row, offset of the table)."""
    count = struct.unpack_from(">H", data, start + 4)[0]
    rows = (start + 12 + 16 * i for i in range(count))
    return {
        bytes(data[row : row + 4]): (row, struct.unpack_from(">L", data, row + 8)[0])
        for row in rows
    }


def _renamed(source: Path, name: str) -> bytearray:
    """The font under another PostScript name, as if a PC had it."""
    data = bytearray(source.read_bytes())
    table = _tables(data, 0)[b"name"][1]
    _, count, strings = struct.unpack_from(">3H", data, table)
    for row in range(count):
        place = table + 6 + 12 * row
        platform, _, _, name_id, _, offset = struct.unpack_from(">6H", data, place)
        if name_id == 6:
            raw = name.encode("utf-16-be" if platform in (0, 3) else "latin-1")
            begin = table + strings + offset
            data[begin : begin + len(raw)] = raw
            struct.pack_into(">H", data, place + 8, len(raw))
    return data


def _collection(font: bytearray) -> bytes:
    """A .ttc of one face."""
    head = b"ttcf" + struct.pack(">HHLL", 1, 0, 1, 16)
    for row, offset in _tables(font, 0).values():
        struct.pack_into(">L", font, row + 8, offset + len(head))
    return head + bytes(font)


@pytest.fixture
def pc(tmp_path: Path) -> Path:
    """A PC whose 仿宋 lacks rare names, whose 黑体 comes in a collection, with litter beside."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "simfang.TTF").write_bytes(_renamed(SANS_BOLD.path, "FangSong"))
    (tmp_path / "hei.ttc").write_bytes(_collection(_renamed(SANS_BOLD.path, "SimHei")))
    (tmp_path / "broken.ttf").write_bytes(b"\0\1\0\0\0\x20no font at all")
    (tmp_path / "empty.ttf").write_bytes(b"")
    return tmp_path


def test_the_shipped_regular_faces_hold_the_rare_names() -> None:
    assert all(SERIF.has(char) for char in RARE)
    assert all(SERIF.has(char) and KAI.has(char) for char in "信访〔〕—“”《》①㎡℃·0")


def test_shipped_fonts_stay_under_fifty_megabytes_and_bring_their_licences() -> None:
    assert sum(path.stat().st_size for path in SHIPPED.glob("*.ttf")) < 50_000_000
    for path in SHIPPED.glob("*.ttf"):
        family = path.stem.partition("-")[0]
        assert "SIL OPEN FONT LICENSE" in (SHIPPED / f"OFL-{family}.txt").read_text("utf-8").upper()


def test_a_pc_without_own_fonts_says_so_for_every_role() -> None:
    sentences = Fonts.shipped().replacements
    assert len(sentences) == len(ROLES)
    assert "这台电脑没有仿宋，改用思源宋体" in sentences


def test_own_fonts_come_first_and_the_shipped_ones_draw_what_they_lack(pc: Path) -> None:
    fonts = Fonts.of_this_machine([pc])
    assert fonts.chain("fangsong")[0].title == "仿宋"
    assert fonts.chain("hei")[0].title == "黑体"
    assert fonts.substituted("李䶮生") == (("䶮", "思源宋体"),)
    assert not any("没有仿宋" in sentence for sentence in fonts.replacements)
    assert any("没有楷体" in sentence for sentence in fonts.replacements)


def test_a_face_that_names_itself_but_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    whole = _renamed(SANS_BOLD.path, "FangSong")
    row = _tables(whole, 0)[b"cmap"][0]
    struct.pack_into(">L", whole, row + 8, len(whole) + 99)
    (tmp_path / "simfang.ttf").write_bytes(whole)
    assert [found.postscript for found in look_into(tmp_path / "simfang.ttf")] == ["FangSong"]
    assert Fonts.of_this_machine([tmp_path]).chain("fangsong")[0] is SERIF


def test_a_character_that_no_font_has_is_named_once(fonts: Fonts) -> None:
    assert fonts.missing(f"王{NOBODY}生{NOBODY}") == (NOBODY,)
    assert fonts.missing("王　生\u200b\n") == ()


def test_two_calls_find_the_same_faces(pc: Path) -> None:
    first, second = Fonts.of_this_machine([pc]), Fonts.of_this_machine([pc])
    assert [f.key for f in first.chain("hei")] == [f.key for f in second.chain("hei")]
