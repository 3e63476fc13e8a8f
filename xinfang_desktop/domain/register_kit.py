"""What a register (台账) is declared with: its columns, its course, what is owed for a line of it.

A register is data. ``domain.registers`` joins the declared ones; screens, the command, papers,
duties and search read the declaration, so a new register needs no code of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from . import course
from .articles import article
from .course import Course, Values
from .fields import Field
from .inputs import choices_of
from .register_states import STATES
from .work_file import WorkFile

Asked = course.Asked[WorkFile]
Guard = course.Guard[WorkFile]
Action = course.Action[WorkFile]

OURS = "本机关规定（工作台账）"
WRITE = "write_work"

NOTE_TEXT = Field("text", "内容", "long", required=True, max_length=2000,
                  sample="已电话联系，星期四上午再办。", help="做了什么、结果怎样。")  # fmt: skip
REASON = Field("reason", "原因", "long", required=True, max_length=500, sample="登记重复。",
               help="写一句原因，会留下记录。")  # fmt: skip
MATTERS = Field("matters", "有关信访事项", "many", help="信访编号，一行一个；没有就不填。",
                sample="20260921-A0001", max_length=60)  # fmt: skip

TASK: tuple[Field, ...] = (
    Field("what", "办什么", required=True, max_length=200, sample="核对三组占地补偿名单"),
    Field("by", "谁来办", "person", max_length=40, sample="何建平"),
    Field("due", "到哪一天", "date", required=True, sample="2026-09-28"),
)  # fmt: skip

TASKS = Field("tasks", "议定的任务", "rows", columns=TASK,
              help="一行一项：办什么、谁来办、到哪一天；到期前会提醒。")  # fmt: skip


def step(
    name: str,
    label: str,
    sources: str,
    target: str = "",
    *asks: Field,
    icon: str = "file-text",
    guards: tuple[Guard, ...] = (),
    after: tuple[str, ...] = (),
    source: str = OURS,
    changes: Any = None,
    group: str = "",
) -> RegisterStep:
    """One step: ``sources`` are codes with blanks between; without a target the state stays."""
    more = {"changes": changes} if changes else {}
    action = Action(
        name, label, tuple(sources.split()), (target,) if target else (), source, guards,
        after=after, asks=asks, group=group, right=WRITE, **more,
    )  # fmt: skip
    return RegisterStep(action, icon)


@dataclass(frozen=True)
class RegisterStep:
    """A step of a register's course and the icon that stands for it."""

    action: Action
    icon: str = "file-text"


@dataclass(frozen=True)
class Owed:
    """What a line makes us owe by ``item.due``: ``kind`` of duty, what to do, by which step done."""

    title: str
    done_by: tuple[str, ...]
    kind: str = "work"


@dataclass(frozen=True)
class Register:
    """One register. ``title`` is a pattern of field names; ``due`` names the field (or ``on``) that
    sets the day; ``course`` are the open states in their order, the first is where a line begins.

    ``private``: seen by its author and the leader. ``fades``: out of the ordinary lists and never
    searched, once over. ``paper`` is the code of its own paper. ``masked`` fields of people are
    shown in part. ``fixed`` columns are never amended.
    """

    key: str
    name: str
    group: str
    noun: str
    on: str  # what the day is called
    title: str
    fields: tuple[Field, ...]
    course: tuple[str, ...]
    steps: tuple[RegisterStep, ...] = ()
    about: str = ""  # one sentence: what it is for
    due: str = ""
    owed: Owed | None = None
    paper: str = ""
    with_matters: bool = False
    with_owner: bool = False
    searched: bool = True
    private: bool = False
    fades: bool = False
    ahead: bool = False  # its day may lie in the future
    fixed: frozenset[str] = frozenset()
    masked: frozenset[str] = frozenset()
    table: Course[WorkFile] = field(init=False)

    def __post_init__(self) -> None:
        actions = {each.action.name: each.action for each in (*self.steps, *_common(self.course))}
        made = Course[WorkFile](
            noun=self.noun, actions=actions, states=STATES, void="void", beginning="登记的日子"
        )
        object.__setattr__(self, "table", made)

    @property
    def first(self) -> str:
        """The state in which a line begins."""
        return self.course[0]

    @property
    def asks(self) -> tuple[Field, ...]:
        """Everything that is asked for a new line, its day first."""
        help = "" if self.ahead else "不填就是今天。"
        on = Field("on", self.on, "date", required=self.ahead, help=help, sample="2026-09-21")
        owner = Field("owner", "责任人", "person", max_length=40, sample="何建平", help="谁来办。")
        return (
            on, *self.fields, *((owner,) if self.with_owner else ()),
            *((MATTERS,) if self.with_matters else ()),
        )  # fmt: skip

    def icon_of(self, action: str) -> str:
        """The icon of a step."""
        found = (each.icon for each in self.steps if each.action.name == action)
        return next(found, _ICONS.get(action, "file-text"))

    def label_of(self, action: str) -> str:
        """What a step is called."""
        known = self.table.actions.get(action)
        return known.label if known else _LABELS.get(action, action)

    def fields_of(self, action: str) -> tuple[Field, ...]:
        """What a step says, in the order of its form."""
        if action == "register":
            return ()
        known = self.table.actions.get(action)
        return known.asks if known else _SAID.get(action, ())

    def title_of(self, values: Values) -> str:
        """What a line is called in lists: at most 60 characters of one line."""
        words = {each.name: field_words(each, values.get(each.name)) for each in self.fields}
        line = " ".join(self.title.format_map(words).split())
        return line if len(line) <= 60 else line[:59] + "…"


_LABELS: Mapping[str, str] = {"register": "登记", "amend": "修改"}
_ICONS: Mapping[str, str] = {
    "register": "clipboard-text", "amend": "history", "note": "file-text", "void": "ban",
}  # fmt: skip
_SAID: Mapping[str, tuple[Field, ...]] = {
    "amend": (Field("fields", "改了哪些栏目", "many"), REASON),
}


def _common(states: Iterable[str]) -> tuple[RegisterStep, ...]:
    """Steps that every register has."""
    here = " ".join(states)
    return (
        step("note", "记一笔", f"{here} held done handled", "", NOTE_TEXT, group="其他"),
        step(
            "void", "作废", f"{here} held done cancelled", "void", REASON, group="其他", icon="ban"
        ),
    )


def field_words(asked: Field, value: Any) -> str:
    """The value of one field in words; empty for none. Rows are joined by ；."""
    if value is None or value == "" or value is False:
        return ""
    if value is True:
        return "是"
    if asked.kind == "rows":
        said = (
            "、".join(
                filter(None, (field_words(each, row.get(each.name)) for each in asked.columns))
            )
            for row in value
        )
        return "；".join(said)
    chosen = dict(choices_of(asked))
    values = value if isinstance(value, list | tuple) else [value]
    return "、".join(chosen.get(str(each), str(each)) for each in values)


def texts_of(fields: Iterable[Field], values: Values, where: str = "") -> Iterable[tuple[str, str]]:
    """Every free text of a form with the path of its field (``tasks.1.what``)."""
    for each in fields:
        value, path = values.get(each.name), f"{where}{each.name}"
        if not value:
            continue
        if each.kind == "rows":
            for no, row in enumerate(value, 1):
                yield from texts_of(each.columns, row, f"{path}.{no}.")
        elif each.kind in ("text", "long"):
            yield path, str(value)
        elif each.kind == "many" and not each.choices:
            yield path, "\n".join(map(str, value))


def cite(number: int, paragraph: int = 0) -> str:
    """《信访工作条例》 as the registers cite it."""
    return article(number, paragraph)
