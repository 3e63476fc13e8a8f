"""One window per data folder: a second start raises the first and hands over its file."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MS = 1000


def _name(home: Path) -> str:
    return "xinfang-" + hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:16]


def hand_over(home: Path, argument: str = "") -> bool:
    """Tell a running window to come up; False when there is none."""
    socket = QLocalSocket()
    socket.connectToServer(_name(home))
    if not socket.waitForConnected(_WAIT_MS):
        return False
    socket.write(argument.encode() + b"\n")
    socket.waitForBytesWritten(_WAIT_MS)
    socket.disconnectFromServer()
    return True


class Doorbell(QObject):
    """Listens for second starts; ``rung`` carries the file they were given."""

    rung = Signal(str)

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        if not self._server.listen(_name(home)):
            # left behind by a window that was killed; hand_over found nobody there
            QLocalServer.removeServer(_name(home))
            self._server.listen(_name(home))
        self._server.newConnection.connect(self._answer)

    def close(self) -> None:
        """Stop listening."""
        self._server.close()

    def _answer(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.readyRead.connect(lambda: self._read(socket))
        socket.disconnected.connect(socket.deleteLater)

    def _read(self, socket: QLocalSocket) -> None:
        words = bytes(socket.readAll().data()).decode(errors="replace")
        self.rung.emit(words.strip())
