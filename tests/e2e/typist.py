"""A program of its own, to be killed: it types visits in the real window and tells each keystroke.

``python -m tests.e2e.typist HOME``. One JSON line a keystroke: ``at`` (seconds of the monotonic
clock, which all processes share) and ``values`` (what the form holds); after a registration
``saved`` is its number.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.e2e.clerk import ALT, CTRL, PATIENCE_MS, Clerk, open_flow, press, strike
from tests.factories import MovableClock
from xinfang_desktop.places import RESOURCES
from xinfang_desktop.store.reference import load_reference

BETWEEN_KEYS_MS = 30
ADD_CLAIM, SAVE = "\x01", "\x02"
VISITS = (
    "王桂芳\n13800004412\nlxc\n五组\n2\n\n清理后山路塌方" + ADD_CLAIM + "补偿菜地\n雨后塌方，车进不来。"
    + SAVE,
    "李明华\n13900001177\nsjc\n三组\n\n\n恢复水渠通水" + ADD_CLAIM + "修好机耕路\n"
    "渠道断了两个月，下游二十亩田没有水，村里报过一次，没有回音。已经请人看过，要换十米管子。",
)  # fmt: skip
KEYS = sum(len(visit) for visit in VISITS)
_SPECIAL = {
    ADD_CLAIM: (Qt.Key.Key_A, ALT),
    SAVE: (Qt.Key.Key_Return, CTRL),
}


def wait(fact: Callable[[], bool]) -> None:
    """Until the fact is there; ends the program where it never comes."""
    until = time.monotonic() + 4 * PATIENCE_MS / 1000
    while not fact():
        if time.monotonic() > until:
            sys.exit("waited in vain")
        QTest.qWait(5)


def tell(**what: object) -> None:
    """One line to who reads us."""
    sys.stdout.write(json.dumps(what, ensure_ascii=True) + "\n")
    sys.stdout.flush()


def main(home: Path) -> None:
    """Type everything, then stay until killed."""
    QApplication(sys.argv[:1])
    flow = open_flow(home, MovableClock(), load_reference(RESOURCES), home.parent)
    page = Clerk(flow, wait).enter().new_visit()
    for visit in VISITS:
        for key in visit:
            if key in _SPECIAL:
                press(*_SPECIAL[key])
            else:
                strike(key)
            tell(at=time.monotonic(), values=page.form.values())
            if key == SAVE:
                wait(lambda: not flow.runner.busy())
                tell(saved=True)
            QTest.qWait(BETWEEN_KEYS_MS)
    wait(lambda: False)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
