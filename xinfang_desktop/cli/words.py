"""What a verb of the command is made of: its arguments, what it is called with, its answer."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # a name for the type only; what needs no store shall start without it
    from ..services.desk import Desk

Clock = Callable[[], datetime]

DONE, NOTHING_NEW = 0, 6


@dataclass(frozen=True, slots=True)
class Answer:
    """What a verb says: ``data`` is the JSON object, ``lines`` the same for people.

    ``status`` is the exit status. ``remarks`` are sentences for standard error.
    """

    data: Mapping[str, Any]
    lines: Sequence[str] = ()
    remarks: Sequence[str] = ()
    status: int = DONE


class UsageError(Exception):
    """The words of the command are wrong (exit status 2). Sentence and mend are Chinese."""

    def __init__(self, sentence: str, mend: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.mend = mend


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a verb: its options, and the desk that they lead to."""

    options: argparse.Namespace
    home: Path
    user: str
    clock: Clock

    @property
    def now(self) -> datetime:
        """This moment, with its offset."""
        return self.clock()

    @property
    def today(self) -> date:
        """This day."""
        return self.clock().date()

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """The desk of the account that signs in; closed at the end."""
        from .session import open_desk  # the store takes half a second; a deadline does without

        desk = open_desk(self.home, self.user, self.clock)
        try:
            yield desk
        finally:
            desk.close()


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a verb, in the words of ``argparse.add_argument``."""

    names: tuple[str, ...]
    options: Mapping[str, Any]


def argument(*names: str, **options: Any) -> Argument:
    """Declare an argument: a positional word or an option."""
    return Argument(names, options)


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb of a noun. ``name`` is empty where the noun itself is the verb."""

    name: str
    help: str
    run: Callable[[Call], Answer]
    arguments: Sequence[Argument] = field(default=())
