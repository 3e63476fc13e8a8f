"""The palette as data: one table for the light look, one for high contrast.

Every colour of the program stands here and nowhere else; contrasts are computed in VISUAL.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ink:
    """How one due state (期限状态) is drawn: ink, fill and border, empty meaning none."""

    ink: str
    fill: str = ""
    border: str = ""
    dashed: bool = False
    bold: bool = True


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours by role. ``second`` marks the other side of a comparison; ``line`` is the width of a
    control's border in px.
    """

    name: str
    window: str
    base: str
    alternate: str
    rail: str
    head: str
    group: str
    text: str
    text2: str
    hint: str
    accent: str
    on_accent: str
    selection: str
    on_selection: str
    tint: str
    border: str
    rule: str
    hairline: str
    rest_day: str
    error: str
    error_tint: str
    done: str
    done_tint: str
    second: str
    line: int
    due: Mapping[str, Ink]


LIGHT = Tokens(
    name="light",
    window="#F2F3F1",
    base="#FFFFFF",
    alternate="#F8F9F7",
    rail="#E6E9E7",
    head="#E9ECEA",
    group="#F5F6F4",
    text="#1C2326",
    text2="#4A5558",
    hint="#586366",
    accent="#1F5673",
    on_accent="#FFFFFF",
    selection="#DCE8EE",
    on_selection="#1C2326",
    tint="#F1F6F8",
    border="#78837F",
    rule="#C3C9C6",
    hairline="#DDE1DF",
    rest_day="#ECEEEC",
    error="#A11D16",
    error_tint="#FBE6E3",
    done="#2B6440",
    done_tint="#E5F1E8",
    second="#6B5A2E",
    line=1,
    due={
        "rest": Ink("#41525C", bold=False),
        "soon": Ink("#7A5200", "#FBF3DC"),
        "near": Ink("#8F3E00", "#FCE9D9"),
        "today": Ink("#8F3E00", "#FCE9D9", "#8F3E00"),
        "late": Ink("#FFFFFF", "#A11D16", "#A11D16"),
        "done": Ink("#2B6440", bold=False),
        "provisional": Ink("#5A4B86", "", "#5A4B86", dashed=True),
        "stopped": Ink("#586366", bold=False),
    },
)

HIGH_CONTRAST = Tokens(
    name="contrast",
    window="#FFFFFF",
    base="#FFFFFF",
    alternate="#FFFFFF",
    rail="#F2F2F2",
    head="#F2F2F2",
    group="#F2F2F2",
    text="#000000",
    text2="#1A1A1A",
    hint="#333333",
    accent="#003A70",
    on_accent="#FFFFFF",
    selection="#003A70",
    on_selection="#FFFFFF",
    tint="#FFFFFF",
    border="#000000",
    rule="#000000",
    hairline="#000000",
    rest_day="#F2F2F2",
    error="#8B0000",
    error_tint="#FFFFFF",
    done="#1D4A2D",
    done_tint="#FFFFFF",
    second="#573A00",
    line=2,
    due={
        "rest": Ink("#243038", bold=False),
        "soon": Ink("#573A00", "#FFFFFF", "#573A00"),
        "near": Ink("#662C00", "#FFFFFF", "#662C00"),
        "today": Ink("#662C00", "#FFFFFF", "#662C00"),
        "late": Ink("#FFFFFF", "#8B0000", "#8B0000"),
        "done": Ink("#1D4A2D", bold=False),
        "provisional": Ink("#3D3260", "#FFFFFF", "#3D3260", dashed=True),
        "stopped": Ink("#333333", bold=False),
    },
)

LOOKS = {look.name: look for look in (LIGHT, HIGH_CONTRAST)}
