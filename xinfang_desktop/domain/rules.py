"""Rule packs (规则包): how long each duty runs, and the article that says so. Data, not code.

The national pack comes from 《信访工作条例》; a local overlay (地方规则包) may shorten a period and
never lengthen it (DOMAIN §2.1).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Literal

from .errors import RuleViolation

Unit = Literal["calendar", "workday", "given"]

UNIT_WORDS: dict[Unit, str] = {"calendar": "日", "workday": "个工作日", "given": "约定的日子"}

_OVERLAY_KEYS = frozenset({"kind", "length", "unit", "max_extension", "article", "note"})


@dataclass(frozen=True, slots=True)
class Rule:
    """One period (期限). ``length`` and ``max_extension`` count days of ``unit``.

    A ``given`` rule has no length: its day is agreed or ordered. ``ceiling`` is the national
    rule an overlay shortened; the earlier of the two dates always counts.
    """

    kind: str
    name: str
    length: int
    unit: Unit
    article: str
    start: str  # what happens on day 0, which is not counted: 收到, 受理 …
    note: str = ""
    max_extension: int = 0
    basis: Literal["law", "office"] = "law"  # office = 本机关规定
    against: Literal["office", "citizen"] = "office"  # citizen: a right, always the later date
    hearing_excluded: bool = False  # art. 36 only
    ceiling: Rule | None = None

    @property
    def words(self) -> str:
        """The period as one says it: 15日 · 5个工作日 · 当日."""
        if self.unit == "given":
            return UNIT_WORDS["given"]
        return f"{self.length}{UNIT_WORDS[self.unit]}" if self.length else "当日"


@dataclass(frozen=True, slots=True)
class Overlay:
    """A local rule pack as written: what it changes, kind by kind, not yet judged."""

    name: str
    title: str
    document: str
    changes: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class RulePack:
    """The periods in force here. ``pack["answer"]`` is a rule; an unknown kind is refused."""

    name: str
    title: str
    document: str
    in_force: date
    rules: Mapping[str, Rule]
    overlay: str = ""

    def __getitem__(self, kind: str) -> Rule:
        if kind not in self.rules:
            raise RuleViolation(
                "unknown_rule",
                f"没有“{kind}”这项期限。",
                mend="可用的有：" + "、".join(self.rules),
                field="rule",
            )
        return self.rules[kind]

    def __contains__(self, kind: str) -> bool:
        return kind in self.rules

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules.values())

    def with_overlay(self, overlay: Overlay) -> RulePack:
        """This pack with the overlay's shorter periods. A longer one raises ``RuleViolation``."""
        changed = {
            change["kind"]: _shortened(self[change["kind"]], change, overlay)
            for change in overlay.changes
        }
        return replace(
            self, overlay=overlay.name, rules=MappingProxyType({**self.rules, **changed})
        )


def parse_pack(text: str, name: str) -> RulePack:
    """The national pack as its TOML says. Needs a law with an article for every period."""
    data = tomllib.loads(text)
    rules = {entry["kind"]: Rule(**entry) for entry in data["rule"]}
    for rule in rules.values():
        if rule.unit not in UNIT_WORDS or rule.length < 0 or not rule.article:
            raise ValueError(f"rule pack {name}: {rule.kind} is not a period")
    return RulePack(
        name, data["title"], data["document"], data["in_force"], MappingProxyType(rules)
    )


def parse_overlay(text: str, name: str) -> Overlay:
    """A local pack as an office wrote it. What cannot be read raises ``RuleViolation``."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise RuleViolation(
            "overlay_unreadable",
            f"地方规则包“{name}”读不出来：{problem}",
            mend="请对照 local-example.toml 的写法改正。",
        ) from problem
    changes = data.get("rule", [])
    if not isinstance(changes, list) or not changes:
        raise _unclear(name, "里面没有一条 [[rule]]")
    for number, change in enumerate(changes, start=1):
        _check_change(name, number, change)
    return Overlay(
        name, str(data.get("title", name)), str(data.get("document", "")), tuple(changes)
    )


def _check_change(name: str, number: int, change: Any) -> None:
    where = f"第 {number} 条"
    if not isinstance(change, dict) or not isinstance(change.get("kind"), str):
        raise _unclear(name, f"{where}没有写 kind")
    unknown = sorted(set(change) - _OVERLAY_KEYS)
    if unknown:
        raise _unclear(name, f"{where}有看不懂的项目 {'、'.join(unknown)}")
    for key in ("length", "max_extension"):
        value = change.get(key, 0)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise _unclear(name, f"{where}的 {key} 不是天数")
    if change.get("unit", "calendar") not in ("calendar", "workday"):
        raise _unclear(name, f"{where}的 unit 应写 calendar 或 workday")


def _unclear(name: str, what: str) -> RuleViolation:
    return RuleViolation(
        "overlay_unreadable",
        f"地方规则包“{name}”：{what}。",
        mend="请对照 local-example.toml 的写法改正。",
    )


def _shortened(national: Rule, change: Mapping[str, Any], overlay: Overlay) -> Rule:
    if national.against == "citizen":
        raise RuleViolation(
            "overlay_citizen",
            f"地方规则包“{overlay.title}”不能缩短信访人“{national.name}”的{national.words}。",
            mend="请从规则包里删去这一条。",
            article=national.article,
        )
    if national.unit == "given":
        raise RuleViolation(
            "overlay_given",
            f"“{national.name}”的期限由约定的日子决定，地方规则包不能改。",
            mend="请从规则包里删去这一条。",
        )
    written = {"article": overlay.document or overlay.title, **change}
    local = replace(national, **written, ceiling=national.ceiling or national)
    if not _not_longer(local, national):
        raise RuleViolation(
            "overlay_longer",
            f"“{national.name}”国家规定{national.words}，地方规则包“{overlay.title}”写了"
            f"{local.words}：只能缩短，不能延长。",
            mend=f"请改成不超过{national.words}。",
            article=national.article,
        )
    if local.max_extension > national.max_extension:
        raise RuleViolation(
            "overlay_longer",
            f"“{national.name}”国家规定最多延长{national.max_extension}日，地方规则包"
            f"“{overlay.title}”写了{local.max_extension}日：只能缩短，不能延长。",
            mend=f"请改成不超过{national.max_extension}日。",
            article=national.article,
        )
    return local


def _not_longer(local: Rule, national: Rule) -> bool:
    """By the numbers: n working days are never fewer days than n calendar days.

    What holidays add to working days beyond a calendar period is cut off when a date is computed:
    the national date is the latest (``clocks.due_dates``).
    """
    return local.length <= national.length
