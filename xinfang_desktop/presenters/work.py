"""工作台账: the registers with their counts, the lines of the chosen one, the form of a new line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from xinfang_desktop.domain import permissions
from xinfang_desktop.domain.fields import Field
from xinfang_desktop.domain.register_kit import Register
from xinfang_desktop.domain.registers import REGISTERS
from xinfang_desktop.services import register_work, registers
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.register_work import WorkStood
from xinfang_desktop.services.registers import WorkQuery
from xinfang_desktop.services.work_lines import RegisterRow, WorkRow

from .next_steps import tidy
from .running import Refused, Run, check_and_do
from .saved_views import Listed, SavedViews

OPEN, ALL = "open", "all"


class WorkPresenter(SavedViews[WorkRow]):
    """The registers and the lines of one of them."""

    VIEWS = ((OPEN, "未办"), (ALL, "全部"))
    noun = "台账"

    def __init__(self, desk: Desk, run: Run) -> None:
        super().__init__(desk, run, ALL)
        self.key = next(iter(REGISTERS))
        self.registers: tuple[RegisterRow, ...] = ()

    @property
    def register(self) -> Register:
        """The chosen register."""
        return REGISTERS[self.key]

    def turn_to(self, key: str, done: Callable[[], None]) -> None:
        """Another register; what was searched is forgotten."""
        if key in REGISTERS:
            self.key, self.text = key, ""
            self.load(done)

    def _list(self, view: str, text: str) -> Listed[WorkRow]:
        key = self.key
        counted = registers.register_list(self.desk)
        rows = registers.item_list(
            self.desk, WorkQuery(key, state=OPEN if view == OPEN and not text else "", text=text)
        )
        self.registers = counted
        own = next(row for row in counted if row.key == key)
        return Listed(rows, {OPEN: own.open, ALL: own.total})

    def groups(self) -> tuple[tuple[str, tuple[RegisterRow, ...]], ...]:
        """The registers under the headings of their groups."""
        heads = dict.fromkeys(row.group for row in self.registers)
        return tuple(
            (head, tuple(row for row in self.registers if row.group == head)) for head in heads
        )

    def note(self) -> str:
        """What stands beside the title."""
        if self.text:
            return f"搜索“{self.text}”，找到 {len(self.rows)} 条"
        late = sum(row.due_state == "late" for row in self.rows)
        return f"逾期 {late} 条" if late else self.register.about

    def empty(self) -> tuple[str, str, str]:
        """Sentence, action word and key of the action where there is nothing to show."""
        if self.text:
            return f"没有找到“{self.text}”。", "清除搜索", "clear"
        if self.view != ALL:
            return f"“{self.register.name}”没有未办的。", "看全部", ALL
        return self.register.about, "" if self.why_not_new() else self.new_word(), "new"

    # --- a new line ---

    def new_word(self) -> str:
        """What the button for a new line says."""
        return "登记一条"

    def why_not_new(self) -> str:
        """Why this account writes nothing, empty where it may."""
        if permissions.may(self.desk.roles, "write_work"):
            return ""
        return permissions.not_permitted("write_work").sentence

    def fields(self) -> tuple[Field, ...]:
        """What is asked for a new line."""
        return self.register.asks

    def start_values(self) -> dict[str, Any]:
        """What its form begins with."""
        return {} if self.register.ahead else {"on": self.desk.today}

    def start(
        self, values: Mapping[str, Any], done: Callable[[WorkStood], None], refused: Refused
    ) -> None:
        """Write it; everything wrong is told at once."""
        key, data = self.key, tidy(self.fields(), values)
        check_and_do(
            self._run,
            lambda: register_work.write_problems(self.desk, key, data),
            lambda: register_work.write_item(self.desk, key, data),
            done, refused, label="正在登记",
        )  # fmt: skip
