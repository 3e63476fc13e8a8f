"""The guard before printing (打印前检查): what must be mended, what should be looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, Final, Literal, cast

from ..domain import waiver
from ..places import FORMS as FOLDER
from .catalogue import FORMS, Form
from .facts import Facts
from .fonts import Fonts
from .words import CONFIDENTIAL, clean, short

Level = Literal["must", "look", "ok"]
Kind = Literal[
    "empty", "dates", "limit", "missing_glyph", "rare_glyph", "citation", "wording", "ok"
]


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the guard. ``field`` is the name in the facts (``matter.title``), ``char`` the
    character it is about; both may be empty."""

    level: Level
    kind: Kind
    title: str
    detail: str
    field: str = ""
    char: str = ""


_GOOD: Final[tuple[tuple[Kind, str], ...]] = (
    ("dates", "日期前后一致"),
    ("citation", "引用条文现行有效"),
    ("missing_glyph", "文字都能打出"),
)

_ALWAYS: Final = frozenset(
    {"office.organ", "matter.title", "matter.number", "mediation.committee", "mediation.title"}
)
"""Needed by every paper that has them, though not marked in the template."""

_ORDER: Final = (
    ("matter.received_on", "accepted_on", "收到", "受理"),
    ("matter.received_on", "forwarded_on", "收到", "转送"),
    ("matter.received_on", "decided_on", "收到", "决定"),
    ("matter.received_on", "held_on", "收到", "接访"),
    ("matter.received_on", "served_on", "收到", "送达"),
    ("matter.received_on", "on", "收到", "落款"),
    ("accepted_on", "on", "受理", "落款"),
    ("accepted_on", "due", "受理", "办结期限"),
    ("accepted_on", "original_due", "受理", "原期限"),
    ("forwarded_on", "on", "转送", "落款"),
    ("decided_on", "on", "决定", "落款"),
    ("approved_on", "on", "批准", "落款"),
    ("approved_on", "original_due", "批准延期", "原期限"),
    ("original_due", "extended_due", "原期限", "延长后的期限"),
    ("on", "due", "落款", "期限"),
    ("dispute.occurred_on", "dispute.found_on", "发生", "发现"),
    ("dispute.found_on", "dispute.due", "发现", "化解时限"),
    ("dispute.found_on", "dispute.settled_on", "发现", "化解"),
    ("dispute.found_on", "on", "发现", "落款"),
    ("mediation.applied_on", "mediation.accepted_on", "申请", "受理"),
    ("mediation.accepted_on", "held_on", "受理", "调查、调解"),
    ("mediation.accepted_on", "mediation.agreed_on", "受理", "达成协议"),
    ("mediation.agreed_on", "effective_on", "达成协议", "协议生效"),
    ("mediation.agreed_on", "visited_on", "达成协议", "回访"),
    ("mediation.agreed_on", "filed_on", "达成协议", "立卷"),
    ("effective_on", "on", "协议生效", "落款"),
    ("on", "deadline", "落款", "申请司法确认的最后一天"),
)
"""(earlier, later, what they are called); art. 34 for the extension, 《人民调解法》 art. 33 for the
last."""

_PARTS: Final = frozenset({"office", "matter", "dispute", "mediation"})
"""Facts within the facts, whose fields have dotted names."""

_MOST_DAYS: Final = 30  # art. 34

_OLD_LAW: Final = re.compile(r"(?<!省)(?<!市)(?<!区)《信访条例》|国务院信访条例")
_QUIET: Final = re.compile(r"息诉")
_LABELS: Final = re.compile(r"缠访|闹访|上访老户|老上访户|重点人员|稳控")

_MARKED: Final = re.compile(r'(?:<v n|\bname)="([\w.]+)"')
"""A marked place, written out or handed to a macro by its name."""

_IMPORT: Final = re.compile(r'{% import "([\w/.]+)" as (\w+)(?: with context)? %}')
_MACRO: Final = re.compile(r"{% macro (\w+)\(.*?{%-? endmacro", re.DOTALL)

_BINDING: Final = frozenset({"M08"})
"""Papers by which people bind themselves: none may hold a waiver of the right to petition."""


@cache
def shown_in(template: str) -> frozenset[str]:
    """The facts that a template marks as shown (``<v n=…>``), through its macros too."""
    text = (FOLDER / template).read_text(encoding="utf-8")
    shown = text
    for path, alias in _IMPORT.findall(text):
        macros = _macros(path)
        called = re.findall(rf"\b{alias}\.(\w+)\(", text)
        while called:
            name = called.pop()
            body = macros.pop(name, "")
            shown += body
            called += [inner for inner in macros if re.search(rf"\b{inner}\(", body)]
    return frozenset(_MARKED.findall(shown))


def _macros(path: str) -> dict[str, str]:
    text = (FOLDER / path).read_text(encoding="utf-8")
    return {match[1]: match[0] for match in _MACRO.finditer(text)}


def check(code: str, facts: Facts, fonts: Fonts) -> tuple[Finding, ...]:
    """All findings, worst first; the last is the count of what is in order.

    Raises KeyError for an unknown form.
    """
    form = FORMS[code]
    found = [
        *_dates(facts),
        *_limits(facts),
        *_empty(form, facts),
        *_words(facts),
        *_waivers(form, facts),
        *_glyphs(facts, fonts),
    ]
    found.sort(key=lambda finding: finding.level != "must")
    looked_at = {path for path, _ in _texts(facts)} | shown_in(form.template)
    fine = len(looked_at - {finding.field for finding in found})
    title = f"其余 {fine} 项没有问题" if found else f"{fine} 项都没有问题"
    kinds = {finding.kind for finding in found}
    good = "，".join(words for kind, words in _GOOD if kind not in kinds)
    return (*found, Finding("ok", "ok", title, good))


def _at(facts: object, path: str) -> Any:
    for name in path.split("."):
        facts = getattr(facts, name, None)
    return facts


def _named(value: date) -> str:
    return f"{value.month}月{value.day}日"


def _dates(facts: Facts) -> Iterator[Finding]:
    for earlier, later, first, second in _ORDER:
        a, b = _at(facts, earlier), _at(facts, later)
        if isinstance(a, date) and isinstance(b, date) and b < a:
            years = "" if a.year == b.year else f"（{b.year}年与{a.year}年）"
            detail = f"{second} {_named(b)}，早于{first} {_named(a)}{years}"
            yield Finding("must", "dates", "日期前后矛盾", detail, later)
    for owed in _at(facts, "owed") or ():
        received = _at(facts, "matter.received_on")
        if owed.by and received and owed.by < received:
            detail = f"{owed.what} {_named(owed.by)}，早于收到 {_named(received)}"
            yield Finding("must", "dates", "日期前后矛盾", detail, "owed")


def _limits(facts: Facts) -> Iterator[Finding]:
    days = _at(facts, "days")
    if isinstance(days, int) and days > _MOST_DAYS:
        yield Finding(
            "must",
            "limit",
            "延期超过 30 日",
            "《信访工作条例》第三十四条：延长不得超过 30 日",
            "days",
        )


def _empty(form: Form, facts: Facts) -> Iterator[Finding]:
    shown = shown_in(form.template)
    for path, label, need, value in _asked(facts, ""):
        if need and (path in shown or path in _ALWAYS) and value in ("", None, 0, ()):
            blocks = need == "must"
            detail = "必须填写后才能打印" if blocks else "可以空着打印，纸上留出填写的位置"
            yield Finding(
                cast(Level, need), "empty", f"{label}没有填", _CONSEQUENCE.get(path, detail), path
            )
    if form.family and not clean(facts.number):
        yield Finding("look", "empty", "文号没有填", "可以空着打印，打印后再编号", "number")
    yield from _empty_rows(facts)


_CONSEQUENCE: Final = {"handler_phone": "可以空着打印，群众会没处问"}


def _empty_rows(facts: Any, prefix: str = "") -> Iterator[Finding]:
    for item in fields(facts):
        rows = getattr(facts, item.name)
        if is_dataclass(rows):
            yield from _empty_rows(rows, f"{prefix}{item.name}.")
        for number, row in enumerate(rows if isinstance(rows, tuple) else (), 1):
            for _, label, need, value in _asked(row, ""):
                if need == "must" and value in ("", None, ()):
                    title = f"第{number}项{label}没有填"
                    yield Finding("must", "empty", title, "必须填写后才能打印", prefix + item.name)


def _asked(facts: object, prefix: str) -> Iterator[tuple[str, str, str, Any]]:
    if not is_dataclass(facts):
        return
    for item in fields(facts):
        value = getattr(facts, item.name)
        if is_dataclass(value):
            yield from _asked(value, f"{prefix}{item.name}.")
        else:
            plain = clean(value) if isinstance(value, str) else value
            yield prefix + item.name, item.metadata["label"], item.metadata["need"], plain


def _texts(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text in the facts with the name of the field that holds it."""
    if isinstance(value, str):
        if clean(value):
            yield path, clean(value)
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item, path)
    elif is_dataclass(value):
        for item in fields(value):
            inside = path if path and path not in _PARTS else ""
            name = f"{path}.{item.name}" if path in _PARTS else item.name
            yield from _texts(getattr(value, item.name), inside or name)


_RULES: Final = (
    (_OLD_LAW, "citation", "must", "引用了旧的《信访条例》", "2022年5月1日起施行《信访工作条例》，请改引"),
    (_QUIET, "wording", "look", "出现“{}”", "不得要求信访人放弃信访权利"),
    (_LABELS, "wording", "look", "出现“{}”", "请改用中性的说法，如来访群众、长期未解决事项"),
)  # fmt: skip


def _words(facts: Facts) -> Iterator[Finding]:
    for path, text in _texts(facts):
        for pattern, kind, level, title, detail in _RULES:
            if match := pattern.search(text):
                yield Finding(
                    cast(Level, level), cast(Kind, kind), title.format(match[0]), detail, path
                )


def _waivers(form: Form, facts: Facts) -> Iterator[Finding]:
    binding = form.code in _BINDING
    for path, text in _texts(facts):
        for found in waiver.find_waivers(text):
            if binding:
                title = f"“{short(found.words, 20)}”是放弃信访权利的话，协议里不能有"
                detail = f"写的是“{short(found.clause, 80)}”。{waiver.MEND}（{waiver.ARTICLES}）"
                yield Finding("must", "wording", title, detail, path)
            else:
                title = f"出现“{short(found.words, 20)}”"
                yield Finding("look", "wording", title, "不得要求信访人放弃信访权利", path)


def _glyphs(facts: Facts, fonts: Fonts) -> Iterator[Finding]:
    seen: set[str] = set()
    body = fonts.chain("fangsong")[0].title
    for path, text in _printed(facts):
        for char in fonts.missing(text):
            if char not in seen:
                yield Finding(
                    "look", "missing_glyph", f"“{char}”没有字体能打",
                    "纸上会留空，打印后请用笔写上", path, char,
                )  # fmt: skip
                seen.add(char)
        for char, face in fonts.substituted(text):
            if char not in seen:
                yield Finding(
                    "look", "rare_glyph", f"生僻字“{char}”{body}没有",
                    f"这个字改用{face}，能打出来", path, char,
                )  # fmt: skip
                seen.add(char)


def _printed(facts: Facts) -> Iterator[tuple[str, str]]:
    """Texts that come on paper: not the name of somebody who asked to be kept confidential."""
    hidden = bool(_at(facts, "matter.confidential"))
    for path, text in _texts(facts):
        yield path, CONFIDENTIAL if hidden and path == "matter.petitioner" else text
