"""Fonts by role (按用途选字体): the PC's own where it has them, else the shipped ones.

GB/T 9704 names 仿宋 for the body and 小标宋 for titles; both are proprietary, so none is
shipped. Where a face lacks a character the next of the chain draws just that run.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from ..places import RESOURCES
from .faces import Face, Unusable, look_into

SHIPPED: Final = RESOURCES / "fonts"

SERIF: Final = Face("思源宋体", SHIPPED / "NotoSerifSC-Regular.ttf", shipped=True)
SERIF_BOLD: Final = Face("思源宋体粗", SHIPPED / "NotoSerifSC-Bold.ttf", shipped=True)
SANS: Final = Face("思源黑体", SHIPPED / "NotoSansSC-Regular.ttf", shipped=True)
SANS_BOLD: Final = Face("思源黑体粗", SHIPPED / "NotoSansSC-Bold.ttf", shipped=True)
KAI: Final = Face("霞鹜文楷", SHIPPED / "LXGWWenKai-Regular.ttf", shipped=True)

LAST_RESORT: Final = (SERIF, SANS, KAI)


@dataclass(frozen=True)
class Role:
    """``postscript`` are names of a PC's own fonts in order of liking, with what people call them."""

    title: str
    shipped: tuple[Face, ...]
    postscript: tuple[tuple[str, str], ...]


ROLES: Final[dict[str, Role]] = {
    "fangsong": Role("仿宋", (SERIF,), (
        ("FangSong_GB2312", "仿宋_GB2312"), ("FangSong", "仿宋"), ("FZFSK--GBK1-0", "方正仿宋"),
        ("FZFSJW--GB1-0", "方正仿宋"), ("FZFangSong-Z02", "方正仿宋"), ("STFangsong", "华文仿宋"),
    )),
    "title": Role("小标宋", (SERIF_BOLD,), (
        ("FZXBSJW--GB1-0", "方正小标宋"), ("FZXBSK--GBK1-0", "方正小标宋"),
        ("FZXiaoBiaoSong-B05", "方正小标宋"), ("FZXiaoBiaoSong-B05S", "方正小标宋"),
        ("STZhongsong", "华文中宋"),
    )),
    "hei": Role("黑体", (SANS_BOLD, SANS), (
        ("SimHei", "黑体"), ("FZHTK--GBK1-0", "方正黑体"), ("FZHTJW--GB1-0", "方正黑体"),
        ("FZHei-B01", "方正黑体"), ("STHeiti", "华文黑体"),
    )),
    "kai": Role("楷体", (KAI,), (
        ("KaiTi_GB2312", "楷体_GB2312"), ("KaiTi", "楷体"), ("FZKTK--GBK1-0", "方正楷体"),
        ("FZKTJW--GB1-0", "方正楷体"), ("FZKai-Z03", "方正楷体"), ("STKaiti", "华文楷体"),
    )),
    "song": Role("宋体", (SERIF,), (
        ("SimSun", "宋体"), ("FZSSK--GBK1-0", "方正书宋"), ("FZShuSong-Z01", "方正书宋"),
        ("STSong", "华文宋体"),
    )),
}  # fmt: skip


def system_folders() -> tuple[Path, ...]:
    """Where this kind of system keeps fonts; those that do not exist are left out."""
    home = Path.home()
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", "C:/Windows"))
        local = Path(os.environ.get("LOCALAPPDATA", home / "AppData/Local"))
        places = (windows / "Fonts", local / "Microsoft/Windows/Fonts")
    else:
        places = tuple(
            Path(p)
            for p in ("/usr/share/fonts", "/usr/local/share/fonts", home / ".local/share/fonts",
                      home / ".fonts", "/opt/kingsoft/wps-office/office6/fonts")
        )  # fmt: skip
    return tuple(place for place in places if place.is_dir())


def _font_files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        for place, _, names in os.walk(folder):
            for name in sorted(names):
                if name.lower().endswith((".ttf", ".ttc")):
                    yield Path(place, name)


class Fonts:
    """A chain of faces for each role. Build one per process and keep it."""

    def __init__(self, own: dict[str, tuple[Face, ...]] | None = None) -> None:
        """``own``: the PC's faces per role in order of liking; empty forces the shipped ones."""
        self._own = own or {}
        self._chains: dict[str, tuple[Face, ...]] = {}
        self._drawn_by: dict[tuple[str, str], Face | None] = {}

    @classmethod
    def shipped(cls) -> Fonts:
        """Only what comes with the program: the same pages on every machine."""
        return cls()

    @classmethod
    def of_this_machine(cls, folders: Iterable[Path] | None = None) -> Fonts:
        """The PC's own 仿宋 小标宋 黑体 楷体 宋体 where found (TrueType outlines only)."""
        wanted = {name: (role, rank, title) for role, r in ROLES.items()
                  for rank, (name, title) in enumerate(r.postscript)}  # fmt: skip
        found: dict[str, list[tuple[int, Face]]] = {}
        for path in _font_files(system_folders() if folders is None else folders):
            for face in look_into(path):
                if face.postscript in wanted:
                    role, rank, title = wanted[face.postscript]
                    found.setdefault(role, []).append((rank, Face(title, path, face.subfont)))
        best = {role: sorted(faces, key=lambda f: f[0]) for role, faces in found.items()}
        return cls({role: tuple(face for _, face in faces) for role, faces in best.items()})

    def chain(self, role: str) -> tuple[Face, ...]:
        """The faces that draw this role, first choice first; unusable ones are passed over."""
        if role not in self._chains:
            chain: list[Face] = []
            for face in (*self._own.get(role, ())[:1], *ROLES[role].shipped, *LAST_RESORT):
                try:
                    _ = face.font
                except Unusable:
                    if face.shipped:
                        raise
                    continue
                if face not in chain:
                    chain.append(face)
            self._chains[role] = tuple(chain)
        return self._chains[role]

    def face_for(self, char: str, role: str) -> Face | None:
        """The face that draws this character in this role; None where no font has it."""
        key = (role, char)
        if key not in self._drawn_by:
            self._drawn_by[key] = next((f for f in self.chain(role) if f.has(char)), None)
        return self._drawn_by[key]

    def missing(self, text: str, role: str = "fangsong") -> tuple[str, ...]:
        """Characters of ``text`` that no font has, each once, in order."""
        return tuple(c for c in _visible(text) if self.face_for(c, role) is None)

    def substituted(self, text: str, role: str = "fangsong") -> tuple[tuple[str, str], ...]:
        """Ideographs drawn by another face than the first: (character, that face's name)."""
        first = self.chain(role)[0]
        return tuple(
            (char, face.title)
            for char in _visible(text)
            if unicodedata.category(char) in ("Lo", "Cn", "Co")
            and (face := self.face_for(char, role)) is not None
            and face is not first
        )

    @cached_property
    def replacements(self) -> tuple[str, ...]:
        """One Chinese sentence for each role whose named font this PC lacks."""
        return tuple(
            f"这台电脑没有{role.title}，改用{self.chain(key)[0].title}"
            for key, role in ROLES.items()
            if self.chain(key)[0].shipped
        )


_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
"""Not unassigned (Cn) and private (Co): rare names come so from young blocks and old systems."""


def _visible(text: str) -> Iterator[str]:
    """Characters that need a glyph, each once: no spaces, no control or format characters."""
    for char in dict.fromkeys(text):
        if unicodedata.category(char) not in _UNSEEN:
            yield char
