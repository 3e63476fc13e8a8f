"""The look of the program: palette, fonts, style sheet and the em, put on in one call.

Scale is one font change: every size is a multiple of ``em`` (the body size in px, 14 at 100 %).
``apply`` may be called again at any time; widgets typeset with :func:`typeset` and layouts spaced
with :func:`space` follow, and whoever paints asks :func:`tokens` and :func:`em` while painting.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from string import Template

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QGridLayout, QLayout, QWidget

from xinfang_desktop.places import RESOURCES

from .held_still import held_still
from .tokens import LIGHT, LOOKS, Tokens

BODY_PX = 14
SCALES = (100, 125, 150, 175, 200)
LARGE_FROM = 150
"""From this scale on the large-print layout (大字) is used: fewer columns, nothing smaller."""

_FAMILIES = ["Noto Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "SimSun"]
_SMALLEST = 13.0
# role → (size as a multiple of the body at 100 % and at 200 %, bold)
_ROLES: Mapping[str, tuple[float, float, bool]] = {
    "body": (1.0, 1.0, False),
    "strong": (1.0, 1.0, True),
    "title": (20 / 14, 20 / 14, True),
    "section": (1.0, 1.0, True),
    "secondary": (13 / 14, 13 / 14, False),
    "head": (13 / 14, 13 / 14, True),
    "big": (28 / 14, 28 / 14, True),
}


@dataclass(frozen=True, slots=True)
class Look:
    """What the person chose: palette by name and scale in percent."""

    palette: str = LIGHT.name
    percent: int = 100


def load_fonts() -> None:
    """Load the program's own screen fonts; without them Qt would mix faces."""
    for path in sorted((RESOURCES / "fonts").glob("NotoSansSC-*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


def apply(app: QApplication, look: Look) -> None:
    """Put the look on the whole program: fonts, palette and style sheet; everything follows."""
    app.setProperty("xinfang_palette", look.palette)
    app.setProperty("xinfang_percent", look.percent)
    app.setFont(_font(look.percent, "body"))
    app.setPalette(_palette(tokens()))
    app.setStyleSheet(_style_sheet())
    with held_still():
        widgets = app.allWidgets()
    for widget in widgets:
        refit(widget)


def current() -> Look:
    """The look that is on now."""
    app = QApplication.instance()
    percent = app.property("xinfang_percent") if app is not None else None
    return Look(tokens().name, int(percent or 100))


def tokens() -> Tokens:
    """The colour table that is on now."""
    app = QApplication.instance()
    name = app.property("xinfang_palette") if app is not None else None
    return LOOKS.get(name or LIGHT.name, LIGHT)


def em(times: float = 1.0) -> int:
    """``times`` body sizes in px, rounded, never below 1."""
    return max(1, round(QApplication.font().pixelSize() * times))


def is_large() -> bool:
    """Whether the large-print layout (大字模式) applies."""
    return current().percent >= LARGE_FROM


def font(role: str = "body") -> QFont:
    """The font of one role: body strong title section secondary head big."""
    return _font(current().percent, role)


def metrics(role: str = "body") -> QFontMetrics:
    """The font metrics of one role."""
    return QFontMetrics(font(role))


def color(value: str) -> QColor:
    """A colour of the table by role name (``accent``) or as it stands there (``#1F5673``)."""
    return QColor(value if value.startswith("#") else getattr(tokens(), value))


def typeset(widget: QWidget, role: str, ink: str = "") -> None:
    """Give a widget a type role and, optionally, a text colour role; both follow the look."""
    widget.setProperty("xf_role", role)
    widget.setProperty("xf_ink", ink)
    refit(widget)


def space(
    layout: QLayout,
    margins: float | tuple[float, float, float, float] = 0.0,
    spacing: float = 0.0,
    across: float | None = None,
) -> None:
    """Set a layout's margins (left, top, right, bottom) and spacing in em; both follow the scale.

    ``across`` is the horizontal gap of a grid where it differs from ``spacing``.
    """
    four = (margins,) * 4 if isinstance(margins, int | float) else margins
    layout.setProperty("xf_space", [*four, spacing, spacing if across is None else across])
    _refit_layout(layout)


def hold(widget: QWidget, *, width: float = 0, height: float = 0, least: float = 0) -> None:
    """Fix a width or height, or set a least width, in em; it follows the scale."""
    widget.setProperty("xf_hold", [width, height, least])
    refit(widget)


def refit(widget: QWidget) -> None:
    """Bring one widget and its layout up to the look that is on now."""
    role = widget.property("xf_role")
    if role:
        widget.setFont(font(role))
        ink = widget.property("xf_ink")
        if ink:
            palette = QPalette(QApplication.palette())
            for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
                palette.setColor(group, QPalette.ColorRole.WindowText, color(ink))
                palette.setColor(group, QPalette.ColorRole.Text, color(ink))
            widget.setPalette(palette)
    held = widget.property("xf_hold")
    if held:
        width, height, least = held
        if width:
            widget.setFixedWidth(em(width))
        if height:
            widget.setFixedHeight(em(height))
        if least:
            widget.setMinimumWidth(em(least))
    own = widget.layout()
    for layout in [own, *own.findChildren(QLayout)] if own is not None else []:
        _refit_layout(layout)
    follow = getattr(widget, "look_changed", None)
    if follow is not None:
        follow()
    widget.updateGeometry()


def refit_below(widget: QWidget) -> None:
    """Bring a widget and all in it up to the look that is on now."""
    for each in (widget, *widget.findChildren(QWidget)):
        refit(each)


def _refit_layout(layout: QObject) -> None:
    spaced = layout.property("xf_space")
    if not spaced or not isinstance(layout, QLayout):
        return
    left, top, right, bottom, spacing, across = (
        round(QApplication.font().pixelSize() * n) for n in spaced
    )
    layout.setContentsMargins(left, top, right, bottom)
    if isinstance(layout, QGridLayout):
        layout.setHorizontalSpacing(across)
        layout.setVerticalSpacing(spacing)
    else:
        layout.setSpacing(spacing)


def _font(percent: int, role: str) -> QFont:
    small, _, bold = _ROLES[role]
    face = QFont()
    face.setFamilies(_FAMILIES)
    face.setPixelSize(round(max(_SMALLEST, BODY_PX * small * percent / 100)))
    face.setBold(bold)
    face.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    face.setFeature(QFont.Tag("tnum"), 1)
    return face


def _palette(t: Tokens) -> QPalette:
    """Every role of every group, so that nothing falls back to the desktop's colours."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    table = {
        role.Window: t.window,
        role.WindowText: t.text,
        role.Base: t.base,
        role.AlternateBase: t.alternate,
        role.Text: t.text,
        role.Button: t.base,
        role.ButtonText: t.text,
        role.BrightText: t.on_accent,
        role.Highlight: t.selection,
        role.HighlightedText: t.on_selection,
        role.Link: t.accent,
        role.LinkVisited: t.accent,
        role.PlaceholderText: t.hint,
        role.ToolTipBase: t.base,
        role.ToolTipText: t.text,
        role.Light: t.base,
        role.Midlight: t.alternate,
        role.Mid: t.rule,
        role.Dark: t.border,
        role.Shadow: t.border,
        role.Accent: t.accent,
    }
    dimmed = {
        role.WindowText: t.hint,
        role.Text: t.hint,
        role.ButtonText: t.hint,
        role.Base: t.window,
        role.Button: t.window,
        role.HighlightedText: t.hint,
        role.Highlight: t.head,
        role.Link: t.hint,
        role.LinkVisited: t.hint,
        role.Accent: t.rule,
    }
    made = QPalette()
    for each in (group.Active, group.Inactive, group.Disabled):
        for name, value in table.items():
            made.setColor(each, name, QColor(value))
    for name, value in dimmed.items():
        made.setColor(group.Disabled, name, QColor(value))
    return made


def _style_sheet() -> str:
    """Fill the style sheet: ``$role`` is a colour, ``$em_1_5`` a size of 1.5 em in px.

    ``$field`` and ``$field2`` are the inner height of a field with a thin and with a 2 px border,
    so that nothing jumps when the focus comes.
    """
    source = (RESOURCES / "style" / "app.qss").read_text(encoding="utf-8")
    values: dict[str, str] = {
        f.name: str(getattr(tokens(), f.name)) for f in fields(Tokens) if f.name != "due"
    }
    values["field"] = str(em(2.3) - 2 * tokens().line)
    values["field2"] = str(em(2.3) - 4)
    for name in Template(source).get_identifiers():
        if name.startswith("em_"):
            values[name] = str(em(float(name[3:].replace("_", "."))))
    return Template(source).substitute(values)
