"""被反映的人和单位: whom an accusation is about, and who may therefore have nothing to do with it.

Known inside the sealed store alone. Neither the reported person nor the reported unit, nor a unit
above or below it, handles, signs, or is told (《信访工作条例》 art. 30). An account of that name does
not open the matter until a holder has written down that it is somebody else of the same name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from .articles import article
from .fields import Field
from .guards import Action, Asked, Guard, not_ahead, same_name
from .matter import MatterFile
from .records import Office, Step
from .when import RECORDABLE

ARTICLE = article(30)

COLUMNS: tuple[Field, ...] = (
    Field("name", "姓名", max_length=60, help="只反映单位的不填。", sample="徐大明"),
    Field("unit", "单位", max_length=120, help="写全称，移送时据此核对去向。", sample="双井村村委会"),
    Field("post", "职务", max_length=60, sample="村主任"),
    Field("related", "上下级单位", max_length=300,
          help="它的直接上级和下属，用顿号分开；信不能送到这些单位。", sample="青石镇农业农村办"),
)  # fmt: skip

FIELD = Field(
    "reported", "被反映的人和单位", "rows", columns=COLUMNS, article=ARTICLE,
    help="信里反映的是谁。只存在密件库里，用来核对谁应当回避、信不能转给谁。",
)  # fmt: skip

SAID_BY = ("register", "repeat", "name_reported")
"""Steps whose data may say who is reported."""


@dataclass(frozen=True, slots=True)
class Reported:
    """One reported person or unit; ``related`` are the units above and below it."""

    name: str = ""
    unit: str = ""
    post: str = ""
    related: tuple[str, ...] = ()

    @property
    def units(self) -> tuple[str, ...]:
        """The unit and those above and below it."""
        return tuple(filter(None, (self.unit, *self.related)))


def reported_of(steps: Iterable[Step]) -> tuple[Reported, ...]:
    """Everybody and every unit that these steps name as reported, in the order of writing."""
    return tuple(dict.fromkeys(_rows(steps)))


def _rows(steps: Iterable[Step]) -> Iterator[Reported]:
    for step in steps:
        if step.voided or step.action not in SAID_BY:
            continue
        for row in (step.data or {}).get("reported", ()):
            text = {key: str(row.get(key) or "").strip() for key in ("name", "unit", "post")}
            related = re.split(r"[、,，;；\s]+", str(row.get("related") or ""))
            yield Reported(**text, related=tuple(filter(None, related)))


def is_reprisal(file: MatterFile) -> bool:
    """Whether the file reports a reprisal for a petition (art. 18 para 4: nobody may take one)."""
    return any((step.data or {}).get("reprisal") for step in file.all("register", "repeat"))


def is_excluded(steps: tuple[Step, ...], name: str) -> bool:
    """Whether an account of this name may not open the matter: it is reported, or may be."""
    if not any(same_name(_core(row.name), _core(name)) for row in reported_of(steps)):
        return False
    said = [s for s in steps if s.action == "confirm_namesake" and not s.voided]
    decided = [s.data or {} for s in said if same_name(_core(str(s.data["name"])), _core(name))]
    return not decided or bool(decided[-1].get("same"))


def _core(name: str) -> str:
    """A name without what was added in brackets to tell it from another (王强（民政））."""
    return re.sub(r"[(（].*?[)）]", "", unicodedata.normalize("NFKC", name)).strip()


# --- conditions ----------------------------------------------------------------------------------

_UNITS = frozenset({"unit", "organ", "suggested_unit", "to_unit", "host_unit"})
_PEOPLE = frozenset({"handler", "recipient", "contact", "leader"})


def kept_apart(action: Action) -> Action:
    """The same step, refused where a person or unit it names is the reported one."""
    found = tuple(guard for field in action.asks for guard in _guards(field))
    return replace(action, guards=(*action.guards, *found))


def _guards(field: Field) -> Iterator[Guard]:
    if field.kind == "person" or field.name in _PEOPLE:
        yield Guard(
            "reported_person", lambda asked: _person(asked, asked.data.get(field.name)),
            article=ARTICLE, field=field.name, mend="请另派人；确是同名的另一个人，先“核对同名”。",
        )  # fmt: skip
    elif field.name in _UNITS:
        yield Guard(
            "reported_unit", lambda asked: _unit(asked, asked.data.get(field.name)),
            article=ARTICLE, field=field.name,
            mend="请改送有权处理的上级机关、纪检监察机关或其他部门。",
        )  # fmt: skip
    elif field.kind == "rows":
        for column in field.columns:
            if column.name in _UNITS or column.kind == "person":
                yield _in_rows(field.name, column)


def _in_rows(rows: str, column: Field) -> Guard:
    ask = _person if column.kind == "person" else _unit

    def check(asked: Asked) -> str | None:
        given = asked.data.get(rows) or ()
        return next(
            (said for row in given if (said := ask(asked, row.get(column.name)))), None
        )  # fmt: skip

    code = "reported_person" if column.kind == "person" else "reported_unit"
    return Guard(code, check, article=ARTICLE, field=rows, mend="请另派人，或改由其他单位办。")


def _person(asked: Asked, name: object) -> str | None:
    if not isinstance(name, str) or not asked.file.matter.sealed:
        return None
    if is_excluded(asked.file.steps, name):
        return f"{name}与被反映的人同名，不能承办、签批或者接收。"
    return None


def _unit(asked: Asked, unit: object) -> str | None:
    if not isinstance(unit, str) or not unit.strip() or not asked.file.matter.sealed:
        return None
    for row in reported_of(asked.file.steps):
        if any(_related(unit, each) for each in row.units):
            return f"{unit}是被反映的单位，或者是它的上下级单位，不能转给它办。"
    return None


def _related(left: str, right: str) -> bool:
    """The same unit, or one written as part of the other (青石镇人民政府、青石镇人民政府民政办)."""
    one, other = ("".join(unicodedata.normalize("NFKC", u).split()) for u in (left, right))
    return min(len(one), len(other)) > 1 and (one.startswith(other) or other.startswith(one))


def _sealed(asked: Asked) -> str | None:
    return None if asked.file.matter.sealed else "这一步只用于检举控告密件。"


_SEALED = Guard("not_sealed", _sealed, article=ARTICLE, standing=True)


def _own(unit: str, office: Office) -> bool:
    return any(_related(unit, own) for own in (office.name, office.organ) if own)


def _reprisal_target(asked: Asked) -> str | None:
    unit = asked.data.get("unit")
    if not isinstance(unit, str) or not is_reprisal(asked.file):
        return None
    return "反映打击报复的，不能留在本单位处理。" if _own(unit, asked.around.office) else None


TO_ABOVE = Guard(
    "reprisal_target", _reprisal_target, article=article(18, 4), field="unit",
    mend="请送上级机关或纪检监察机关。",
)  # fmt: skip
"""A report of a reprisal goes to the superior or the discipline organ, not to the office itself."""


def _known(asked: Asked) -> str | None:
    name = asked.data.get("name")
    if not isinstance(name, str):
        return None
    known = any(same_name(_core(r.name), _core(name)) for r in reported_of(asked.file.steps))
    return None if known else f"被反映的人里没有叫{name}的。"


def _not_oneself(asked: Asked) -> str | None:
    name = asked.data.get("name")
    if not isinstance(name, str) or not same_name(_core(name), _core(asked.around.actor)):
        return None
    return "不能由本人核对自己是不是被反映的人。"


ACTIONS: tuple[Action, ...] = (
    Action("name_reported", "补记被反映人", RECORDABLE, (), ARTICLE, (_SEALED,), group="密件",
           asks=(replace(FIELD, required=True),)),
    Action("confirm_namesake", "核对同名", RECORDABLE, (), ARTICLE,
           (_SEALED, Guard("nobody_reported", _known, field="name", mend="请核对姓名。"),
            Guard("own_cause", _not_oneself, article=article(28, 3), field="name",
                  mend="请由另一位专办员核对。"),
            not_ahead("checked_on", "核对的日子")), group="密件",
           asks=(
               Field("name", "同名的工作人员", required=True, sample="徐大明",
                     help="和被反映的人同名的本单位人员或账号。"),
               Field("same", "就是被反映的人", "bool", required=True,
                     help="“是”：他不能打开、承办；“否”：只是同名，可以办理。"),
               Field("basis", "怎么核对的", "long", required=True,
                     help="凭什么认定是或不是同一个人，例如单位、职务不同。"),
               Field("checked_on", "核对的日子", "date"),
           )),
)  # fmt: skip
"""Steps that only a sealed matter knows."""
