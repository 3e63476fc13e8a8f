"""本期填报: a village answers one round; drafts, problems in their places, the receipt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xinfang_desktop.domain import permissions
from xinfang_desktop.domain.clocks import left_words
from xinfang_desktop.domain.errors import RuleViolation, XinfangError
from xinfang_desktop.domain.screening import RoundKey
from xinfang_desktop.services import drafts, returns
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.dispute_views import DisputeRow
from xinfang_desktop.services.filed import FiledReturn, what_was_filed
from xinfang_desktop.services.returns import ReturnFiled, ReturnSheet, RoundChoice

from . import choices
from .case_words import plain_day
from .choices import Option
from .return_forms import NO, Placed, asked, filled, unanswered
from .running import Run, check_and_do
from .screening import FILED, column_key, round_data

SCREEN = "return"
_URGENCY = {"missing": "late", "waiting": "soon", "later": "stopped"}


@dataclass(frozen=True, slots=True)
class _Loaded:
    sheet: ReturnSheet
    filed: tuple[FiledReturn, ...]
    draft: drafts.Draft | None


class ReturnPresenter:
    """Which village and round are answered, and what was typed so far."""

    def __init__(self, desk: Desk, run: Run) -> None:
        self.desk, self._run = desk, run
        self.sheet: ReturnSheet | None = None
        self.filed: tuple[FiledReturn, ...] = ()
        self.values: Mapping[str, Any] = {}
        self.adding = False  # 补报: the round was answered already
        self.restored = False  # what is shown was left unfinished before
        self.receipt: ReturnFiled | None = None
        self._last = ""
        self._dirty = False
        self._asked = 0

    @property
    def for_others(self) -> bool:
        """Whether this account writes for villages (代为填报), not only for its own."""
        return self.desk.village is None

    # --- opening ---

    def open(
        self,
        done: Callable[[], None],
        failed: Callable[[XinfangError], None] | None = None,
        *,
        village: str = "",
        key: RoundKey | None = None,
    ) -> None:
        """Answer another round, or the one that waits; an unfinished return is taken up again."""
        if not village and not self.desk.account.village:
            self.sheet, self.filed, self.values = None, (), {}
            done()
            return
        self._load(village, key, lambda loaded: self._opened(loaded, done), failed)

    def reload(self, done: Callable[[], None]) -> None:
        """Ask again for the round that is open; what was typed stays."""
        if self.sheet is None:
            return

        def came(loaded: _Loaded) -> None:
            self.sheet, self.filed = loaded.sheet, loaded.filed
            done()

        self._load(self.sheet.village, self.sheet.key, came, lambda _error: None)

    def _load(
        self,
        village: str,
        key: RoundKey | None,
        came: Callable[[_Loaded], None],
        failed: Callable[[XinfangError], None] | None,
    ) -> None:
        self._asked += 1
        number = self._asked

        def work() -> _Loaded:
            sheet = returns.return_sheet(self.desk, village, key)
            was = sheet.state in FILED
            filed = what_was_filed(self.desk, sheet.village, sheet.key) if was else ()
            mine = self._draft_key(sheet)
            kept = drafts.drafts(self.desk, SCREEN)
            return _Loaded(sheet, filed, next((d for d in kept if d.key == mine), None))

        def take(loaded: _Loaded) -> None:
            if number == self._asked:
                came(loaded)

        self._run(work, take, failed, label="正在打开填报")

    def _opened(self, loaded: _Loaded, done: Callable[[], None]) -> None:
        changed = self.sheet is None or (self.sheet.village, self.sheet.key) != (
            loaded.sheet.village, loaded.sheet.key,
        )  # fmt: skip
        self.sheet, self.filed = loaded.sheet, loaded.filed
        self.values = dict(loaded.draft.values) if loaded.draft else {}
        self.restored = loaded.draft is not None
        self.adding = self.restored and self.was_filed
        if changed:
            self.receipt = None
        self._dirty = False
        done()

    def start_anew(self, done: Callable[[], None]) -> None:
        """从头填: forget what was left unfinished."""
        self.values, self.restored, self._dirty = {}, False, False
        self._run(lambda: drafts.drop_draft(self.desk, self._key), lambda _none: done())

    def add_more(self) -> None:
        """补报: something was found after the round was answered."""
        self.adding, self.receipt = True, None

    def villages(self, done: Callable[[tuple[Option, ...]], None]) -> None:
        """The villages one may write for."""
        self._run(lambda: choices.villages(self.desk), done)

    # --- what the page says ---

    @property
    def seen(self) -> ReturnSheet:
        """The sheet that is open; asking before it came is our bug."""
        assert self.sheet is not None
        return self.sheet

    @property
    def was_filed(self) -> bool:
        """Whether this round was answered before."""
        return self.seen.state in FILED

    @property
    def shows_form(self) -> bool:
        """Whether there is something to fill in: not answered yet, or 补报."""
        return not self.was_filed or self.adding

    def chip(self) -> tuple[str, str]:
        """State and words of the chip: how long there is, or that it was filed."""
        sheet, today = self.seen, self.desk.today
        if not self.was_filed:
            words = left_words(sheet.due, today)
            near = "today" if sheet.due == today else _URGENCY[sheet.state]
            return near, words
        if sheet.filed_on and sheet.filed_on > sheet.due:
            return "soon", f"迟报 {(sheet.filed_on - sheet.due).days} 天"
        return "done", "零报告" if sheet.zero else f"已报 {sheet.found} 件"

    def until(self) -> str:
        """9月30日前报."""
        return f"{plain_day(self.seen.due, self.desk.today)}前报"

    def rounds(self) -> tuple[tuple[str, str], ...]:
        """The rounds that may be chosen: those that wait, and the one that is open."""
        return tuple((_round_key(each.key), self._round_words(each)) for each in self.seen.rounds)

    def round_of(self, key: str) -> RoundKey | None:
        """The round behind an entry."""
        return next((e.key for e in self.seen.rounds if _round_key(e.key) == key), None)

    def current_round(self) -> str:
        """The entry of the round that is open."""
        return _round_key(self.seen.key)

    def _round_words(self, each: RoundChoice) -> str:
        if each.state == "missing":
            return f"{each.words}，{left_words(each.due, self.desk.today)}"
        if each.state in FILED:
            return f"{each.words}，已报"
        return f"{each.words}，{plain_day(each.due, self.desk.today)}前"

    def others_waiting(self) -> tuple[RoundChoice, ...]:
        """Other rounds that nobody answered yet, the oldest first."""
        found = [
            each for each in self.seen.rounds
            if each.key != self.seen.key and each.state in ("missing", "waiting")
        ]  # fmt: skip
        return tuple(sorted(found, key=lambda each: each.due))

    def carried_words(self, row: DisputeRow) -> str:
        """9月12日 · 化解中 · 何建平."""
        parts = (plain_day(row.found_on, self.desk.today), row.state_name, row.person)
        return " · ".join(part for part in parts if part)

    def send_word(self) -> str:
        """What the big button says."""
        return "报零报告" if asked(self.values, {}).data["zero"] else "报送"

    def why_not(self) -> str:
        """Why this account may not file, empty where it may."""
        may = permissions.may(self.desk.roles, "file_return")
        return "" if may else permissions.not_permitted("file_return").sentence

    def receipt_words(self) -> tuple[str, ...]:
        """The receipt, what comes next, and what was not understood."""
        if self.receipt is None:
            return ()
        told = [self.receipt.sentence]
        if self.receipt.numbers:
            told.append("乡镇会来核实、分级、交办；以后有进展，随时写在纠纷里。")
        waiting = self.others_waiting()
        if waiting:
            told.append(f"还有{waiting[0].words}没有报。")
        else:
            told.append("下一期照常报，没有新增也要报。")
        return (*told, *self.receipt.warnings)

    def filed_words(self, each: FiledReturn) -> str:
        """9月18日 周敏报：2 件; who reported where somebody else wrote it down."""
        day = plain_day(each.on, self.desk.today) if each.on else "台账里没有写日期"
        who = f"{each.reporter}报，{each.by}代为填写" if each.reporter else f"{each.by}报"
        what = "零报告" if each.zero else f"新增 {len(each.disputes)} 件"
        if each.carried:
            what += f"，进展 {len(each.carried)} 件"
        return f"{day} {who}：{what}"

    # --- typing ---

    def edited(self, place: str, values: Mapping[str, Any]) -> None:
        """Something was typed; ``place`` is where, in words."""
        self.values = dict(values)
        self._last = place or self._last
        self._dirty = True

    def is_empty(self) -> bool:
        """Whether nothing was typed that would be worth keeping."""
        values = self.values
        lines = values.get("progress", {}).values()
        return not (
            values.get("answer") == NO
            or values.get("note")
            or values.get("reporter")
            or any(filled(card) for card in values.get("disputes", ()))
            or any(line.get("text") or line.get("settled") for line in lines)
        )

    def keep_draft(self, done: Callable[[], None], *, always: bool = False) -> None:
        """Store the draft when something changed since the last time."""
        if self.sheet is None or self.is_empty() or not (self._dirty or always):
            return
        self._dirty = False
        sheet = self.seen
        where = {"village": sheet.village, "round": round_data(sheet.key)}
        draft = drafts.Draft(
            self._key, SCREEN, f"填报 · {sheet.village} · {sheet.words}", self._last or "第一问",
            self.desk.now(), {**self.values, **where},
        )  # fmt: skip
        self._run(lambda: drafts.save_draft(self.desk, draft), lambda _none: done())

    @property
    def _key(self) -> str:
        return self._draft_key(self.seen)

    def _draft_key(self, sheet: ReturnSheet) -> str:
        return f"{SCREEN}/{self.desk.account.id}/{sheet.village}/{_round_key(sheet.key)}"

    # --- filing ---

    def file(self, done: Callable[[], None], refused: Callable[[Sequence[Placed]], None]) -> None:
        """File the return; everything wrong is told at once in its place, and nothing is lost."""
        village, key = self.seen.village, self._key
        wanted = asked(self.values, round_data(self.seen.key))

        def told(problems: Sequence[XinfangError]) -> None:
            refused([wanted.place(problem) for problem in problems])

        problem = unanswered(self.values)
        if problem is not None:
            told([problem])
            return

        def act() -> ReturnFiled:
            made = returns.file_return(self.desk, village, wanted.data)
            drafts.drop_draft(self.desk, key)
            return made

        def came(made: ReturnFiled) -> None:
            self.receipt, self.values = made, {}
            self.adding = self.restored = self._dirty = False
            self.reload(done)

        def check() -> tuple[RuleViolation, ...]:
            return returns.return_problems(self.desk, village, wanted.data)

        check_and_do(self._run, check, act, came, told, label="正在报送")


def _round_key(key: RoundKey) -> str:
    """A round of any series as one word."""
    return f"{key.series}/{column_key(key)}"
