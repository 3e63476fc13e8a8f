"""The look: one table of colours, one change of font, readable in every state and scale."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import Up
from xinfang_desktop import ui
from xinfang_desktop.places import RESOURCES
from xinfang_desktop.ui import icons, theme
from xinfang_desktop.ui.tokens import HIGH_CONTRAST, LIGHT, Tokens
from xinfang_desktop.ui.widgets.buttons import Button
from xinfang_desktop.ui.widgets.text import Link, label

SOURCES = sorted(Path(ui.__file__).parent.rglob("*.py"))


def _light(color: QColor) -> float:
    def part(value: float) -> float:
        return value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4

    return (
        0.2126 * part(color.redF()) + 0.7152 * part(color.greenF()) + 0.0722 * part(color.blueF())
    )


def contrast(one: str, other: str) -> float:
    """Contrast of two colours by WCAG 2."""
    low, high = sorted((_light(QColor(one)), _light(QColor(other))))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("look", [LIGHT, HIGH_CONTRAST])
def test_words_are_readable_on_every_ground(look: Tokens) -> None:
    least = 7.0 if look is HIGH_CONTRAST else 4.5
    for ink in (look.text, look.text2, look.hint):
        for ground in (look.window, look.base, look.alternate, look.rail, look.head):
            assert contrast(ink, ground) >= least, (ink, ground)
    for state, due in look.due.items():
        assert contrast(due.ink, due.fill or look.base) >= least, state
    assert contrast(look.on_accent, look.accent) >= 7
    assert contrast(look.on_selection, look.selection) >= 7
    assert contrast(look.border, look.window) >= 3


def test_no_widget_has_a_colour_or_a_size_of_its_own() -> None:
    named = re.compile(r"#[0-9A-Fa-f]{6}\b|setPointSize|setStyleSheet\(|setPixelSize")
    allowed = {"tokens.py", "theme.py", "printers.py", "help.py"}  # the last two print on paper
    found = [
        f"{path.name}: {line.strip()}"
        for path in SOURCES
        if path.name not in allowed
        for line in path.read_text(encoding="utf-8").splitlines()
        if named.search(line)
    ]
    assert not found


def test_the_style_sheet_is_short_and_leaves_sizes_of_type_alone() -> None:
    text = (RESOURCES / "style" / "app.qss").read_text(encoding="utf-8")
    assert len(text.splitlines()) < 200
    assert "font-size" not in text
    assert not re.search(r"#[0-9A-Fa-f]{3,6}\b", text)


def test_every_colour_role_is_set_in_every_state(look: QApplication) -> None:
    palette, groups = look.palette(), QPalette.ColorGroup
    for role in QPalette.ColorRole:
        if role in (QPalette.ColorRole.NColorRoles, QPalette.ColorRole.NoRole):
            continue
        for group in (groups.Active, groups.Inactive, groups.Disabled):
            assert palette.isBrushSet(group, role), (group, role)


@pytest.mark.parametrize("percent", theme.SCALES)
@pytest.mark.parametrize("palette", ["light", "contrast"])
def test_one_change_scales_what_is_open(
    up: Up, look: QApplication, percent: int, palette: str
) -> None:
    title, button, link = (
        label("登记", "title"),
        Button("保存", "printer", main=True),
        Link("为什么"),
    )
    up(title, button, link)
    theme.apply(look, theme.Look(palette, percent))
    assert title.font().pixelSize() == round(20 * percent / 100)
    assert button.sizeHint().height() == theme.em(2.7)
    assert theme.font("secondary").pixelSize() >= 13
    if theme.is_large():
        assert link.sizeHint().height() >= 36 and button.sizeHint().height() >= 36
    assert theme.current() == theme.Look(palette, percent)


def test_every_icon_named_in_the_program_is_shipped(look: QApplication) -> None:
    shipped = {path.stem for path in (RESOURCES / "icons").glob("*.svg")}
    assert (RESOURCES / "icons" / "LICENSE.txt").is_file()
    for name in sorted(shipped):
        assert not icons.pixmap(name).toImage().isNull()
    asked = re.compile(r'(?:pixmap|icon|draw)\(\s*(?:painter, )?"([a-z0-9-]+)"')
    named = {name for path in SOURCES for name in asked.findall(path.read_text(encoding="utf-8"))}
    assert named and named <= shipped


EAGER = """
import gc
from PySide6.QtWidgets import QApplication, QComboBox, QSpinBox, QWidget
from xinfang_desktop.ui import theme

class Forgotten(QWidget):
    def __init__(self):
        super().__init__()
        self.itself, self.inner = self, (QComboBox(self), QSpinBox(self))

app = QApplication([])
gc.set_threshold(5)
for turn in range(30):
    for _ in range(15):
        Forgotten()
    theme.apply(app, theme.Look("light", 100 + 25 * (turn % 2)))
"""


def test_windows_that_are_freed_meanwhile_do_not_crash_the_look() -> None:
    ran = subprocess.run([sys.executable, "-c", EAGER], capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode()
