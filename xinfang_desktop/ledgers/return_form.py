"""The village's reporting form (矛盾纠纷排查报送表): what stands where, for its writer and reader.

One workbook for one village and one period. The township sends it out, a PC with only WPS fills
it in (or it is printed and filled in by hand), the township takes it in. It asks about disputes
and work, never for a label on a person (DOMAIN 8.1, 12 P15).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

MARK = "xinfang-return"
"""First word of the first cell of the sheet that no one sees; the version of the form follows."""
VERSION = 1
MARKED = ("village_code", "village", "series", "theme", "period", "words")
"""What the unseen sheet says below, one a row: the form is known by it, whatever was retyped."""

YES_NO = ("是", "否")
DANGER = ("有", "没有")
SOMETHING, NOTHING = "有", "没有（零报告）"

LABELS = {
    "village": "村（社区）",
    "village_code": "村代码",
    "words": "排查期",
    "due": "报送期限",
    "answer": "本期有没有新发现的纠纷？",
    "reporter": "填报人",
    "filled_on": "填报日期",
    "hint": "没有的，只填这一行",
    "note": "备注",
}
"""The words before the cells above the table; what is said stands right of its words."""

Series = Literal["monthly", "quarterly", "weekly", "special"]
Kind = Literal["number", "text", "long", "day", "id", "count", "money", "list"]


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One column. ``name`` is the field of a ledger row where there is one; ``choices`` names the
    list of a drop-down; ``given`` columns are written by the township and locked. ``width`` in
    characters."""

    name: str
    header: str
    width: float
    kind: Kind = "text"
    choices: str = ""
    given: bool = False


NEW = (
    FormColumn("no", "序号", 5, "number", given=True),
    FormColumn("received_on", "发现日期", 12, "day"),
    FormColumn("address", "发生地点", 14),
    FormColumn("detail", "纠纷简述（谁和谁、为什么事）", 30, "long"),
    FormColumn("category", "类别", 12, "list", "types"),
    FormColumn("headcount", "涉及人数", 6, "count"),
    FormColumn("parties", "当事人姓名（几个人用、隔开）", 15),
    FormColumn("phone", "联系电话", 13, "id"),
    FormColumn("amount", "涉及金额（元）", 10, "money"),
    FormColumn("urgent", "是否紧急", 6, "list", "yes_no"),
    FormColumn("danger", "当事人安全有无危险", 9, "list", "danger"),
    FormColumn("source", "来源", 11, "list", "sources"),
    FormColumn("settled", "是否已化解", 7, "list", "yes_no"),
    FormColumn("method", "化解方式", 11, "list", "methods"),
    FormColumn("unit", "责任单位", 12),
    FormColumn("responsible", "责任人", 9),
    FormColumn("due", "化解时限", 12, "day"),
)
"""The table of new disputes; who is in danger is asked for the sake of that person's safety."""

CARRIED = (
    FormColumn("source_number", "编号", 22, "id", given=True),
    FormColumn("received_on", "发现日期", 12, "day", given=True),
    FormColumn("detail", "纠纷简述", 34, "long", given=True),
    FormColumn("category", "类别", 12, given=True),
    FormColumn("state", "目前状态", 12, given=True),
    FormColumn("result", "最新进展", 46, "long"),
    FormColumn("settled", "是否已化解", 11, "list", "yes_no"),
    FormColumn("method", "化解方式", 13, "list", "methods"),
)
"""The table of disputes that were open when the form was made: one line of progress each."""

PREPARED_ROWS = 30


@dataclass(frozen=True, slots=True)
class CarriedDispute:
    """A dispute that was open at the end of the last period (上期未了的纠纷)."""

    number: str
    found_on: date
    summary: str
    category: str
    state: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReturnForm:
    """What a form for one village and one period says before anybody fills it in.

    ``village_code`` has 12 digits, or is empty; ``period`` is ``2026-09`` (as the round has it)
    and ``words`` is what people call it (``2026年9月 每月小排查``); ``theme`` and ``theme_word``
    are the code and name of a special round, else empty. The last three are the drop-downs.
    """

    office: str
    village: str
    village_code: str
    series: Series
    period: str
    words: str
    due: date
    types: tuple[str, ...]
    sources: tuple[str, ...]
    methods: tuple[str, ...]
    theme: str = ""
    theme_word: str = ""
    carried: tuple[CarriedDispute, ...] = ()

    @property
    def shown_period(self) -> str:
        """The period as it stands on the sheet."""
        return f"{self.words}（{self.theme_word}）" if self.theme_word else self.words
