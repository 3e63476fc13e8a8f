"""What this PC remembers of the screens of one office: columns, printer, printer offsets."""

from __future__ import annotations

from PySide6.QtCore import QSettings

from xinfang_desktop.services.desk import Desk

FILE = "screen.ini"


def kept(desk: Desk) -> QSettings:
    """The settings beside the data; nothing registered is ever written there."""
    return QSettings(str(desk.home / FILE), QSettings.Format.IniFormat)
