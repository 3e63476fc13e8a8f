"""Command line or window (or the child process that reads a spreadsheet); nothing else."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

LEDGER_WORKER = "--ledger-worker"
"""How the built program is told to read a foreign spreadsheet in a process of its own."""

FILE_ENDINGS = (".xlsx", ".xls", ".ods", ".csv", ".xfb")
"""Files that are opened with us: ledgers and bundles."""


def _window_words(words: Sequence[str]) -> argparse.Namespace | None:
    """The options of the window, or ``None`` where the words are for the command.

    One word that names a ledger or a bundle is for the window: somebody opened that file with us.
    """
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--user", default="")
    parser.add_argument("--practice", action="store_true")
    parser.add_argument("--tour", type=Path)
    try:
        options, rest = parser.parse_known_args(words)
    except argparse.ArgumentError:
        return None
    options.file = None
    if len(rest) == 1 and Path(rest[0]).suffix.lower() in FILE_ENDINGS:
        options.file = Path(rest.pop())
    return None if rest else options


def main(words: Sequence[str] | None = None) -> int:
    """Run ``xinfang`` with these words (default: those of the process). Returns the exit status.

    Each way imports only what it uses: the worker's memory is limited, the command does without
    Qt, the window without the command. The imports are absolute because the built program starts
    this file as a script.
    """
    words = list(sys.argv[1:] if words is None else words)
    if words[:1] == [LEDGER_WORKER]:
        from xinfang_desktop.ledgers.worker import main as read_ledger

        return read_ledger(words[1:])
    options = _window_words(words)
    if options is None:
        from xinfang_desktop.cli.commands import main as command

        return command(words)
    from xinfang_desktop.app import main as window

    return window(
        data=options.data,
        user=options.user,
        practice=options.practice,
        tour=options.tour,
        file=options.file,
    )


if __name__ == "__main__":
    sys.exit(main())
