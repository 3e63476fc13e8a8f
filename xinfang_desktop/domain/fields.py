"""Declaration of one input field (栏目), used by screens, commands, validation and help alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FieldKind = Literal[
    "text",  # one line
    "long",  # several lines
    "date",
    "int",
    "money",  # typed in 元, kept in 分
    "bool",
    "choice",  # one value of ``choices``
    "many",  # several values of ``choices``, or free lines where ``choices`` is empty
    "person",  # a name of the office's list (单位人员)
    "matter",  # the number of another matter
    "rows",  # a list of objects; ``columns`` declares them
]


@dataclass(frozen=True, slots=True)
class Field:
    """One field: ``name`` is the key in a command's JSON, ``label`` what the screen says.

    ``choices`` is either a tuple of ``(value, label)`` or the name of a code table in
    ``resources/codes``. ``help`` says what to write, ``sample`` shows it, ``article`` is the
    source of the duty to ask.
    """

    name: str
    label: str
    kind: FieldKind = "text"
    required: bool = False
    help: str = ""
    sample: str = ""
    article: str = ""
    choices: tuple[tuple[str, str], ...] | str = ()
    columns: tuple[Field, ...] = ()
    max_length: int = 2000
