"""A program that makes a bundle or takes one in, to be killed or starved while it does.

``python -m tests.exchange.passing export|import HOME ACCOUNT …``: it says ``ready`` when the store is
open, waits for a line, works, and says ``done`` or the code and the words of a refusal.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.factories import PASSWORD, MovableClock
from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.places import RESOURCES
from xinfang_desktop.services import accounts, receiving, sending
from xinfang_desktop.store.reference import load_reference


def say(*words: object) -> None:
    """One line, at once."""
    sys.stdout.buffer.write(" ".join(map(str, words)).encode() + b"\n")
    sys.stdout.buffer.flush()


def main() -> None:
    """Work as the arguments say; the last one may be the most bytes a file may have."""
    what, home, account, subject, place, most = sys.argv[1:]
    desk = accounts.sign_in(
        Path(home), account, PASSWORD, MovableClock(), load_reference(RESOURCES)
    )
    desk.flush_looks()
    say("ready")
    sys.stdin.readline()
    if most != "0":
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (int(most), int(most)))
    try:
        if what == "export":
            sending.export_bundle(desk, subject, Path(place))
        else:
            receiving.import_bundle(desk, Path(place))
        say("done")
    except XinfangError as problem:
        say("refused", problem.code, problem.sentence, problem.mend)


if __name__ == "__main__":
    main()
