"""The ``xinfang`` command: finds the noun, runs its verb, answers with words and a status."""

from __future__ import annotations

import contextlib
import errno
import importlib
import io
import os
import sys
from argparse import REMAINDER, Namespace
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from .. import __version__
from ..domain.errors import EnvironmentProblem, XinfangError
from ..places import default_home
from . import answers, buglog
from .parsing import Parser
from .words import Answer, Call, Clock, UsageError, Verb


class Noun(NamedTuple):
    """A noun of the command, in the module of this package that holds its verbs."""

    module: str
    help: str


NOUNS: dict[str, Noun] = {
    "office": Noun("office", "建立单位，查看和修改单位信息"),
    "demo": Noun("demo", "建立练习单位"),
    "account": Noun("account", "账号"),
    "village": Noun("village", "村（社区）"),
    "staff": Noun("staff", "单位人员"),
    "intake": Noun("intake", "登记信访件"),
    "matter": Noun("matter", "信访事项"),
    "haves": Noun("haves", "四有：接、答、释、困"),
    "duties": Noun("duties", "欠着什么，到哪一天"),
    "deadline": Noun("deadline", "只算期限"),
    "calendar": Noun("calendar", "节假日安排"),
    "ledger": Noun("ledger", "导入台账"),
    "screening": Noun("screening", "排查轮次、各村报送"),
    "dispute": Noun("dispute", "矛盾纠纷"),
    "note": Noun("note", "民情日记、恳谈日"),
    "mediation": Noun("mediation", "人民调解"),
    "work": Noun("work", "工作台账：接访、会议、报送、评查等"),
    "committee": Noun("committee", "调解委员会、调解员"),
    "form": Noun("form", "打印文书"),
    "search": Noun("search", "查找"),
    "site": Noun("site", "数据交换的站点：名片、添加、停用"),
    "bundle": Noun("bundle", "数据包：生成、导入、情况、冲突"),
    "sealed": Noun("sealed", "密件库：情况、准入、恢复码"),
    "log": Noun("log", "变更日志"),
    "bench": Noun("bench", "性能测试"),
    "selftest": Noun("selftest", "自检"),
}
"""Noun → its module; imported only when asked for, because start-up time is felt."""

_COMMON_HINT = "公共选项（--data --user）写在名词前面；xinfang --help 查看全部名词。"


def _now() -> datetime:
    return datetime.now().astimezone()


def main(words: Sequence[str], clock: Clock = _now) -> int:
    """Run the command with these words and return its exit status; ``clock`` is this PC's."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    as_json = "--json" in words
    words = [word for word in words if word != "--json"]  # taken wherever it stands
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said) if as_json else contextlib.nullcontext():
            answer = _run(words, clock)
        return answers.give(answer, as_json=as_json)
    except (XinfangError, UsageError) as problem:
        return answers.refuse(problem, as_json=as_json)
    except KeyboardInterrupt:
        return 130
    except SystemExit as leaving:  # argparse leaves this way after --help and --version
        if as_json:
            answers.give(Answer({"help": said.getvalue()}), as_json=True)
        return int(leaving.code or 0)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return answers.MACHINE
    except (OSError, MemoryError) as problem:
        buglog.record(problem, _noun(words), clock())
        return answers.refuse(_machine(problem), as_json=as_json)
    except Exception as problem:  # noqa: BLE001 - the excepthook of the command
        return answers.our_bug(buglog.record(problem, _noun(words), clock()), as_json=as_json)


def _noun(words: Sequence[str]) -> str:
    return next((word for word in words if word in NOUNS), "")


_REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘写保护",
    errno.ENOSPC: "磁盘已满",
    errno.EMFILE: "打开的文件太多",
    errno.ENOENT: "文件或文件夹不在",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EIO: "读写磁盘出错",
}


def _machine(problem: OSError | MemoryError) -> EnvironmentProblem:
    """What the system refused and nobody below put into words."""
    if isinstance(problem, OSError):
        reason = _REASONS.get(problem.errno or 0, f"系统错误 {problem.errno}")
    else:
        reason = "内存不够"
    return EnvironmentProblem(
        "system",
        f"电脑没有让这一步完成：{reason}。",
        mend="请检查文件夹、权限、磁盘空间和内存后再试。",
    )


def _run(words: Sequence[str], clock: Clock) -> Answer:
    common = _common_options(words)
    verb, options = _find_verb(common.noun, common.rest)
    home = common.data or default_home()
    user = common.user or os.environ.get("XINFANG_USER", "")
    _check_text({"--user": user, **vars(options)})
    return verb.run(Call(options, Path(home), user, clock))


def _common_options(words: Sequence[str]) -> Namespace:
    parser = Parser("xinfang", "信访台的命令。不写名词时打开窗口。")
    parser.add_argument("--data", type=Path, metavar="DIR", help="数据文件夹（或 XINFANG_DATA）")
    parser.add_argument("--user", default="", metavar="NAME", help="账号名（或 XINFANG_USER）")
    parser.add_argument("--json", action="store_true", help="标准输出只有一个 JSON 对象")
    parser.add_argument("--version", action="version", version=f"信访台 {__version__}", help="版本")
    parser.offer((name, noun.help) for name, noun in NOUNS.items())
    parser.add_argument("noun", metavar="名词", help="上面的一个")
    parser.add_argument("rest", nargs=REMAINDER, metavar="…", help="动词和它的参数")
    return parser.parse_args(words)


def _find_verb(name: str, rest: Sequence[str]) -> tuple[Verb, Namespace]:
    noun = NOUNS.get(name)
    if noun is None:
        offered = "、".join(NOUNS)
        raise UsageError(f"没有“{name}”这个名词。", f"可以用：{offered}。{_COMMON_HINT}")
    verbs: tuple[Verb, ...] = importlib.import_module(f".{noun.module}", __package__).VERBS
    if verbs[0].name == "":
        return verbs[0], _options(f"xinfang {name}", verbs[0], rest)
    parser = Parser(f"xinfang {name}", noun.help)
    parser.offer((verb.name, verb.help) for verb in verbs)
    parser.add_argument("verb", metavar="动词", help="上面的一个")
    parser.add_argument("rest", nargs=REMAINDER, metavar="…", help="动词的参数")
    chosen = parser.parse_args(rest)
    for verb in verbs:
        if verb.name == chosen.verb:
            return verb, _options(f"xinfang {name} {verb.name}", verb, chosen.rest)
    raise UsageError(
        f"“{name}”没有“{chosen.verb}”这个动词。",
        "可以用：" + "、".join(v.name for v in verbs) + "。",
    )


def _check_text(options: Mapping[str, object]) -> None:
    """Refuse words that are no text; names of files may be any bytes."""
    for name, value in options.items():
        if isinstance(value, str) and any("\ud800" <= c <= "\udfff" for c in value):
            raise UsageError(
                f"{name.strip('-').upper()} 不是正确的文字。",
                "请检查终端的编码，命令里的文字要用 UTF-8。",
            )


def _options(prog: str, verb: Verb, rest: Sequence[str]) -> Namespace:
    parser = Parser(prog, verb.help)
    parser.take(verb.arguments)
    return parser.parse_args(rest)
