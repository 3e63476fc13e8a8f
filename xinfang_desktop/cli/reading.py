"""The JSON files that a verb is given: UTF-8 with or without BOM, one object."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NoReturn

from ..domain.errors import DamagedInput, EnvironmentProblem, RuleViolation
from ..domain.inputs import shown_name

MOST_BYTES = 8_000_000
"""Larger input is refused: a registration has a few kilobytes, and at most some megabytes."""

_MEND = '文件应是 UTF-8 编码的 JSON，最外层是一对花括号，例如 {"channel": "来访"}。'


def read_bytes(path: Path, most: int = MOST_BYTES) -> bytes:
    """The bytes of a file given on the command line; a pipe or a device is read no further.

    Raises RuleViolation where there are more than ``most``, EnvironmentProblem.
    """
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except (OSError, ValueError) as problem:
        raise EnvironmentProblem(
            "file_unreadable",
            f"读不了文件“{shown_name(path.name)}”：{_why(problem)}。",
            mend="请检查文件名和权限。",
        ) from problem
    if len(data) > most:
        raise RuleViolation(
            "file_too_big",
            f"文件“{shown_name(path.name)}”超过 {most / 1e6:.0f} MB。",
            mend="请检查是不是选错了文件。",
            field="file",
        )
    return data


def read_object(path: Path) -> dict[str, Any]:
    """The object in a JSON file.

    Raises DamagedInput where it is no JSON, RuleViolation where it is no object or names a key
    twice, EnvironmentProblem where the file cannot be read.
    """
    data = read_bytes(path)
    try:
        value = json.loads(
            data.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_number
        )
    except UnicodeDecodeError as problem:
        raise DamagedInput(
            "not_utf8", f"文件“{shown_name(path.name)}”不是 UTF-8 编码。", mend=_MEND
        ) from problem
    except json.JSONDecodeError as problem:
        raise DamagedInput(
            "not_json",
            f"文件“{shown_name(path.name)}”第 {problem.lineno} 行不是正确的 JSON。",
            mend=_MEND,
        ) from problem
    except (RecursionError, ValueError) as problem:
        raise DamagedInput(
            "not_json", f"文件“{shown_name(path.name)}”嵌套太深，或有过大的数。", mend=_MEND
        ) from problem
    if not isinstance(value, dict):
        raise RuleViolation(
            "not_object", f"文件“{shown_name(path.name)}”里不是一个对象。", mend=_MEND
        )
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise RuleViolation(
            "key_twice",
            f"“{shown_name(twice)}”写了两次。",
            mend="每个栏目只写一次。",
            field=shown_name(twice),
        )
    return found


def _no_number(word: str) -> NoReturn:
    raise RuleViolation("not_number", f"“{word}”不是 JSON 里的数。", mend=_MEND)


def _why(problem: OSError | ValueError) -> str:
    reasons: dict[type[Exception], str] = {
        FileNotFoundError: "没有这个文件",
        PermissionError: "没有权限",
        IsADirectoryError: "它是文件夹",
        NotADirectoryError: "路径里有一段不是文件夹",
    }
    return reasons.get(type(problem), "系统不让读")
