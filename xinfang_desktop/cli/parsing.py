"""Reading the words of the command, with refusals and help in Chinese."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NoReturn

from .words import Argument, UsageError

_REFUSALS = (
    (r"the following arguments are required: (.+?)(?:, …)?", "还缺：{}。"),
    (r"unrecognized arguments: (.+)", "不认识的参数：{}。"),
    (r"argument (.+?): invalid choice: '?(.+?)'? \(.*", "{}没有“{}”这个选择。"),
    (r"argument (.+?): expected one argument", "{}后面要写一个值。"),
    (r"argument (.+?): expected at least one argument", "{}后面至少要写一个值。"),
    (r"argument (.+?): invalid .* value: (.+)", "{}的值{}不对。"),
    (r"argument (.+?): not allowed with argument (.+)", "{}和{}不能同时用。"),
    (r"argument (.+?): (.+)", "{}：{}。"),
)


class _Help(argparse.RawDescriptionHelpFormatter):
    """Usage lines that begin in Chinese."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """Raises ``UsageError`` where argparse would print English and leave."""

    def __init__(self, prog: str, about: str) -> None:
        super().__init__(
            prog=prog, description=about, add_help=False, allow_abbrev=False, formatter_class=_Help
        )
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    def error(self, message: str) -> NoReturn:
        """Refuse in Chinese, with the usage line as the mend."""
        usage = " ".join(self.format_usage().split())
        raise UsageError(_translated(message), usage)

    def offer(self, words: Iterable[tuple[str, str]]) -> None:
        """List what may stand in a place, one a line, below the usage."""
        lines = "\n".join(f"  {name:<10} {about}" for name, about in words)
        self.description = f"{self.description}\n\n{lines}"

    def take(self, arguments: Sequence[Argument]) -> None:
        """Declare what a verb takes."""
        for each in arguments:
            self.add_argument(*each.names, **each.options)


def _translated(message: str) -> str:
    for pattern, sentence in _REFUSALS:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            return sentence.format(*match.groups())
    return f"命令写得不对：{message}"


def day(text: str) -> date:
    """An ISO date among the words; anything else is wrong usage."""
    try:
        if len(text) != len("2026-03-10"):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，请写成 2026-03-10") from None


def count(text: str) -> int:
    """A number from 0 among the words."""
    if not text.isascii() or not text.isdigit() or len(text) > 7:
        raise argparse.ArgumentTypeError(f"“{text}”不是数")
    return int(text)
