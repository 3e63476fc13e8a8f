"""Composition root: the one place that builds everything a desk or a window needs."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from .places import RESOURCES, default_home
from .services.accounts import sign_in
from .services.desk import Clock, Desk
from .store.reference import Reference, load_reference


def system_clock() -> datetime:
    """Now, by this PC's clock, with its offset."""
    return datetime.now().astimezone()


def shipped() -> Reference:
    """Calendars, rules and code tables as they came with the program."""
    return load_reference(RESOURCES)


def open_desk(home: Path, name: str, password: str, clock: Clock = system_clock) -> Desk:
    """Sign in. Raises EnvironmentProblem where that fails; then nothing was written."""
    return sign_in(home, name, password, clock, shipped())


def main(
    *,
    data: Path | None = None,
    user: str = "",
    practice: bool = False,
    tour: Path | None = None,
    file: Path | None = None,
) -> int:
    """Open the window and stay until it is closed. Returns the exit status.

    ``file`` is a ledger or a bundle to import, handed over where a window is open already.

    ``practice`` opens the practice office; ``tour`` lets the program drive its main job by itself
    on a fixed day and leave pictures and papers in that folder.
    """
    from PySide6.QtCore import QSettings  # the command needs none of Qt
    from PySide6.QtWidgets import QApplication

    from .presenters.sign_in import Installation
    from .services.demo import PRACTICE_PASSWORD, create_demo
    from .ui.flow import Flow
    from .ui.pages import PAGES, warm_up

    app = QApplication(sys.argv[:1])
    if tour is not None:
        from .ui.tour import run_tour

        return run_tour(app, tour, shipped())
    home = data or default_home()
    reference = shipped()
    installation = Installation(
        home, home.with_name(f"{home.name}-practice"), system_clock, reference
    )
    settings = QSettings(
        QSettings.Format.IniFormat, QSettings.Scope.UserScope, "xinfang", "xinfang"
    )

    def make_practice(folder: Path) -> object:
        return create_demo(
            folder, today=system_clock().date(), clock=system_clock, shipped=reference,
            password=PRACTICE_PASSWORD,
        )  # fmt: skip

    flow = Flow(app, installation, PAGES, make_practice, settings, warm_up)
    flow.begin(practice=practice, user=user, argument=str(file.absolute()) if file else "")
    try:
        return int(app.exec())
    finally:
        flow.close()
