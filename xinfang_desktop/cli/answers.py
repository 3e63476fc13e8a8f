"""Printing an answer or a refusal: one JSON object, or a few lines for people."""

from __future__ import annotations

import dataclasses
import json
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ..domain.errors import DamagedInput, EnvironmentProblem, RuleViolation, XinfangError
from .words import Answer, UsageError

REFUSED, WRONG_USAGE, MACHINE, DAMAGED, BUG = 1, 2, 3, 4, 70

STATUS: dict[type[Exception], int] = {
    RuleViolation: REFUSED,
    UsageError: WRONG_USAGE,
    EnvironmentProblem: MACHINE,
    DamagedInput: DAMAGED,
}


def plain(value: Any) -> Any:
    """A value as JSON has it: dataclasses are objects, dates ISO text, tuples lists."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, set | frozenset):
        return [plain(each) for each in sorted(value)]
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value


def give(answer: Answer, *, as_json: bool) -> int:
    """Print an answer and return its exit status."""
    if as_json:
        _object(answer.data)
    else:
        _out("\n".join(answer.lines))
    for remark in answer.remarks:
        sys.stderr.write(f"{remark}\n")
    return answer.status


def refuse(problem: XinfangError | UsageError, *, as_json: bool) -> int:
    """Print a refusal and return the exit status of its family."""
    status = next(code for family, code in STATUS.items() if isinstance(problem, family))
    said = {
        "code": getattr(problem, "code", "usage"),
        "sentence": problem.sentence,
        "mend": problem.mend,
        "article": getattr(problem, "article", ""),
    }
    if field := getattr(problem, "field", ""):
        said["field"] = field
    return _refuse(said, status, as_json=as_json)


def our_bug(place: Path | None, *, as_json: bool) -> int:
    """Say that the program failed; ``place`` is the log file with the details."""
    said = {
        "code": "bug",
        "sentence": "程序出了差错，这一步没有完成。",
        "mend": f"请把日志文件发给维护人员：{place}" if place else "请把这条命令告诉维护人员。",
        "article": "",
    }
    return _refuse(said, BUG, as_json=as_json)


def _refuse(said: Mapping[str, str], status: int, *, as_json: bool) -> int:
    if as_json:
        _object({"error": said})
    article = f"（{said['article']}）" if said["article"] else ""
    sys.stderr.write(f"{said['sentence']}{article}\n")
    if said["mend"]:
        sys.stderr.write(f"{said['mend']}\n")
    return status


def _object(data: Mapping[str, Any]) -> None:
    _out(json.dumps(plain(data), ensure_ascii=False, allow_nan=False))


def _out(text: str) -> None:
    if text:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()


def table(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[str]:
    """Lines of a table, columns under each other where a Chinese character is two wide."""
    cells = [list(heads), *([_cell(each) for each in row] for row in rows)]
    widths = [max(_width(line[at]) for line in cells) for at in range(len(heads))]
    return [
        "  ".join(
            text + " " * (width - _width(text)) for text, width in zip(line, widths, strict=True)
        ).rstrip()
        for line in cells
    ]


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | tuple):
        return "、".join(str(each) for each in value)
    return "" if value is None else " ".join(str(value).split())


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
