"""登记: one screen while the person talks. State, drafts, similar matters, saving, papers."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from xinfang_desktop.domain import intake
from xinfang_desktop.domain.clocks import Arithmetic
from xinfang_desktop.domain.errors import RuleViolation, XinfangError
from xinfang_desktop.domain.fields import Field
from xinfang_desktop.services import attachments, drafts, paperwork, registration
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.registration import Candidate, Clues, Registered

from .duty_lines import day_words
from .running import Run

SCREEN = "register"
PAPERS = (("F02", "登记回执（含查询码）"), ("F05", "权利义务告知"))
CLUE_FIELDS = frozenset({"name", "phone", "village", "place", "claims", "summary"})
VISIT = "visit"
_PROCEDURE = "《信访工作条例》第二十三条、第三十四条"
"""What 讲了办理程序 rests on: the notice of acceptance and the period for the answer."""

_DECLARED = {f.name: f for f in intake.FIELDS}
_PARTY = {f.name: f for f in intake.PARTY_COLUMNS}

FLAGS = (("anonymous", "匿名"), ("confidential", "要求保密"), ("large_print", "需要大字文书"))
MORE_FLAGS = (
    ("urgent", "事情紧急"),
    ("may_publish", "同意公开办理情况"),
    ("sealed", "检举控告密件"),
    ("reprisal", "反映打击报复（密件，送上级）"),
)


def _as(name: str, **changes: Any) -> Field:
    return replace(_DECLARED.get(name) or _PARTY[name], **changes)


FIELDS: tuple[Field, ...] = (
    _as("channel", kind="choice", choices="channel"),
    _as("received_on"),
    _as("name"),
    _as("phone"),
    _as("village", kind="choice"),
    _as("place"),
    _as("headcount"),
    Field(
        "flags", "称呼与保密", "many", choices=FLAGS,
        help="不愿留姓名就勾“匿名”，照常登记和办理；怕被人知道就勾“要求保密”，姓名只有承办人看得到；"
        "看不清小字就勾“需要大字文书”。",
    ),
    _as("claims", kind="many", columns=()),
    _as("summary"),
    _as("category", kind="choice", choices="category"),
    _as("purpose", kind="choice", choices="purpose"),
    _as("materials"),
)  # fmt: skip
MORE_FIELDS: tuple[Field, ...] = (
    _as("id_number"),
    _as("address"),
    Field("companions", "同来的人", "rows", help="代表、代理人或联名的人。可以不填。", columns=(
        _PARTY["name"], _PARTY["phone"], _PARTY["role"],
    )),
    _as("title"),
    _as("source", kind="choice", choices="source"),
    _as("source_ref"),
    _as("origin"),
    _as("report_due"),
    _as("late_reason"),
    Field(
        "more_flags", "其他", "many", choices=MORE_FLAGS,
        help="“紧急”指事情紧急，不是指人。检举控告、反映打击报复的进密件库，不存草稿，保存后只有专办员看得到。",
    ),
    _as("reported"),
)  # fmt: skip
LABELS = {f.name: f.label for f in (*FIELDS, *MORE_FIELDS)} | {"haves": "四有"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of saving: problems, or the registration with the papers made for it."""

    problems: tuple[XinfangError, ...] = ()
    registered: Registered | None = None
    papers: tuple[tuple[str, bytes], ...] = ()
    paper_problems: tuple[XinfangError, ...] = ()


@dataclass
class _State:
    """What is on the screen now."""

    key: str
    values: dict[str, Any] = field(default_factory=dict)
    last: str = ""
    judged: dict[str, str] = field(default_factory=dict)  # number → same | related | different
    dirty: bool = False


class RegisterPresenter:
    """Keeps what was typed and says what the page shows of it."""

    def __init__(self, desk: Desk, run: Run) -> None:
        self._desk, self._run = desk, run
        self._state = self._fresh()
        self._asked = 0
        self.candidates: tuple[Candidate, ...] = ()
        self.notice: Arithmetic | None = None

    # --- a new form, a draft ---

    def _fresh(self) -> _State:
        first = {"channel": VISIT, "received_on": self._desk.today.isoformat(), "headcount": 1}
        return _State(key=secrets.token_hex(8), values=dict(first))

    @property
    def values(self) -> Mapping[str, Any]:
        """What is on the screen."""
        return self._state.values

    @property
    def judged(self) -> Mapping[str, str]:
        """Earlier matters judged so far, by number."""
        return self._state.judged

    def start(self) -> None:
        """An empty form; what was there stays a draft."""
        self._state = self._fresh()
        self.candidates = ()

    def resume(self, key: str, done: Callable[[], None]) -> None:
        """Take an unfinished registration up again."""

        def take(found: Sequence[drafts.Draft]) -> None:
            draft = next((d for d in found if d.key == key), None)
            if draft is None:
                return
            values = dict(draft.values)
            judged = dict(values.pop("judged", {}))
            self._state = _State(key, values, draft.place_in_form, judged)
            done()

        self._run(lambda: drafts.drafts(self._desk, SCREEN), take)

    def edited(self, name: str, values: Mapping[str, Any]) -> None:
        """Something was typed."""
        self._state.values = dict(values)
        self._state.last = name or self._state.last
        self._state.dirty = True

    def is_empty(self) -> bool:
        """Whether nothing was typed that would be worth keeping."""
        plain = {"channel", "received_on", "headcount", "haves", "flags"}
        return not any(value for name, value in self._state.values.items() if name not in plain)

    def keep_draft(self, done: Callable[[], None], *, always: bool = False) -> None:
        """Store the draft when something changed since the last time."""
        state = self._state
        if self.is_empty() or not (state.dirty or always):
            return
        state.dirty = False
        draft = drafts.Draft(
            state.key, SCREEN, self.draft_title(), LABELS.get(state.last, "信访形式"),
            self._desk.now(), {**state.values, "judged": dict(state.judged)},
        )  # fmt: skip
        self._run(lambda: drafts.save_draft(self._desk, draft), lambda _none: done())

    def draft_title(self) -> str:
        """来访 · 大塘村 · 引水管漏水."""
        values = self._state.values
        channel = self._desk.shipped.codes["channel"].name_of(str(values.get("channel", "")))
        claims = values.get("claims") or [""]
        pieces = (channel, str(values.get("village", "")), str(claims[0])[:14])
        return " · ".join(piece for piece in pieces if piece)

    @property
    def is_visit(self) -> bool:
        """Whether the four 有 are owed: a visit in person."""
        return self._state.values.get("channel") == VISIT

    @property
    def reception(self) -> str:
        """What the block says of 接."""
        now = self._desk.now()
        return f"{now.hour}:{now.minute:02d} 已接待，登记人 {self._desk.account.name}"

    # --- what is asked while one types ---

    def look_for_similar(self, done: Callable[[], None]) -> None:
        """Ask for earlier matters that may be the same; a late answer to an old question is dropped."""
        self._asked += 1
        asked, values = self._asked, self._state.values
        gone = tuple(n for n, verdict in self._state.judged.items() if verdict == "different")
        clues = Clues(
            name=str(values.get("name", "")), phone=str(values.get("phone", "")),
            village=str(values.get("village", "")), place=str(values.get("place", "")),
            text=" ".join([*(values.get("claims") or []), str(values.get("summary", ""))]),
            exclude=gone,
        )  # fmt: skip
        if not any((clues.name, clues.phone, clues.place, clues.text.strip())):
            self.candidates = ()
            done()
            return

        def keep(found: tuple[Candidate, ...]) -> None:
            if asked == self._asked:
                self.candidates = found
                done()

        self._run(lambda: registration.similar_matters(self._desk, clues), keep)

    def look_for_warnings(self, done: Callable[[Mapping[str, str]], None]) -> None:
        """Doubtful input, by field: told under the field, never in the way."""
        data = self.command()
        self._run(
            lambda: registration.check_intake(self._desk, data),
            lambda checked: done({screen_field(w.field): w.sentence for w in checked.warnings}),
            lambda _error: None,
        )

    def count_notice(self, done: Callable[[], None]) -> None:
        """The day by which the written notice will be owed."""
        written = str(self._state.values.get("received_on", ""))
        try:
            received = date.fromisoformat(written)
        except ValueError:
            self.notice = None
            done()
            return

        def keep(found: Arithmetic) -> None:
            self.notice = found
            done()

        self._run(lambda: registration.promised_notice(self._desk, received), keep)

    def notice_words(self) -> tuple[str, str]:
        """Bold day and the rest: 10月6日 周二 · 前书面告知（遇国庆，最迟 10月8日）."""
        found = self.notice
        if found is None:
            return "", "填了收到日期，这里会算出最迟哪天书面告知。"
        today = self._desk.today
        day = day_words(found.due_raw or found.due, today)
        rolled = f"（遇{found.met.removesuffix('放假')}，最迟 {day_words(found.due, today, weekday=False)}）"
        return day, f"前书面告知{rolled if found.rolled else ''}"

    # --- judging ---

    def judge(self, number: str, verdict: str) -> None:
        """同一事项, 关联 or 不同; only one matter can be the same."""
        if verdict == "same":
            for other, said in list(self._state.judged.items()):
                if said == "same":
                    del self._state.judged[other]
        self._state.judged[number] = verdict
        self._state.dirty = True

    def unjudge(self, number: str) -> None:
        """Take a judgement back."""
        self._state.judged.pop(number, None)
        self._state.dirty = True

    def judged_as(self, verdict: str) -> tuple[str, ...]:
        """Numbers judged so."""
        return tuple(n for n, said in self._state.judged.items() if said == verdict)

    # --- saving ---

    def command(self) -> dict[str, Any]:
        """The screen's values as the service wants them."""
        values = self._state.values
        flags = {*(values.get("flags") or ()), *(values.get("more_flags") or ())}
        first = {k: values[k] for k in ("name", "phone", "id_number", "address") if values.get(k)}
        parties = [first] if first else []
        parties += [dict(row) for row in values.get("companions") or ()]
        kept = {
            name: values[name]
            for name in (
                "channel", "received_on", "village", "place", "headcount", "summary", "category",
                "purpose", "materials", "title", "source", "source_ref", "origin", "report_due",
                "late_reason", "reported",
            )
            if values.get(name) not in (None, "", [])
        }  # fmt: skip
        data: dict[str, Any] = {
            **kept,
            "claims": [{"text": text} for text in values.get("claims") or ()],
            **dict.fromkeys(flags, True),
        }
        if parties:
            data["parties"] = parties
        if same := self.judged_as("same"):
            data["matter"] = same[0]
        if self.is_visit and (haves := haves_command(values.get("haves") or {})):
            data["haves"] = haves
        return data

    def save(
        self, codes: Sequence[str], done: Callable[[Outcome], None], *, files: Sequence[Path] = ()
    ) -> None:
        """Register, write the judgements down, take the files, make the papers."""
        desk, state = self._desk, self._state
        data, judged = self.command(), dict(state.judged)
        early = tuple(haves_problems(state.values.get("haves") or {})) if self.is_visit else ()

        def work() -> Outcome:
            checked = registration.check_intake(desk, data)
            problems = (*(on_screen(p) for p in checked.problems), *early)
            if problems:
                return Outcome(problems)
            made = registration.register_intake(desk, data, draft_key=state.key)
            for number, verdict in judged.items():
                if verdict in ("related", "different"):
                    registration.judge_similar(desk, made.number, number, verdict)
            for path in files:
                attachments.attach_file(desk, made.intake_number, path)
            return _with_papers(desk, made, codes)

        def finish(outcome: Outcome) -> None:
            if outcome.registered is not None:
                self.start()
            done(outcome)

        self._run(work, finish, lambda error: done(Outcome((on_screen(error),))), label="正在保存")


def _with_papers(desk: Desk, made: Registered, codes: Sequence[str]) -> Outcome:
    """The papers asked for. A paper that fails does not undo the registration: it is told."""
    papers, failed = [], []
    names = dict(PAPERS)
    for code in codes:
        try:
            if made.as_typed is not None:
                papers.append((names[code], paperwork.sealed_receipt(desk, code, made.as_typed)))
                continue
            printed = paperwork.print_form(desk, code, made.number)
            papers.append((names[code], paperwork.document_pdf(desk, printed.document)))
        except XinfangError as error:
            failed.append(error)
    return Outcome((), made, tuple(papers), tuple(failed))


def screen_field(path: str) -> str:
    """The field of this screen for a path of the command (parties.1.phone → phone)."""
    head, *rest = path.split(".")
    if head == "parties" and rest:
        return rest[-1] if rest[0] == "1" else "companions"
    if head in ("anonymous", "confidential", "large_print"):
        return "flags"
    if head in ("urgent", "may_publish", "sealed", "reprisal"):
        return "more_flags"
    return head


def on_screen(error: XinfangError) -> XinfangError:
    """The same error with the field of this screen."""
    error.field = screen_field(error.field) if error.field else ""
    return error


def haves_command(said: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The block's ticks as evidence of 答 释 困; what was not done is left out."""
    found: dict[str, dict[str, Any]] = {}
    if said.get("answer") == "now" and said.get("answered"):
        found["答"] = {"content": said["answered"]}
    elif said.get("answer") == "promise" and said.get("promised_on"):
        found["答"] = {"promised_on": said["promised_on"], "how": said.get("how") or "电话"}
    told = [
        word
        for key, word in (("procedure", "讲了办理程序"), ("policy", "讲了政策依据"))
        if said.get(key)
    ]
    article = said.get("article") or (_PROCEDURE if said.get("procedure") else "")
    if told and article:
        found["释"] = {"content": "，".join(told), "article": article}
    if said.get("hardship") == "none":
        found["困"] = {"hardship": False}
    elif said.get("hardship") == "refer" and said.get("referral"):
        found["困"] = {"hardship": True, "referral": said["referral"]}
        if said.get("item"):
            found["困"]["item"] = said["item"]
    return found


def haves_problems(said: Mapping[str, Any]) -> list[RuleViolation]:
    """A tick that needs words beside it."""
    wants = (
        (said.get("answer") == "now" and not said.get("answered"), "勾了“当场答复”，还没有写答了什么。"),
        (said.get("answer") == "promise" and not said.get("promised_on"), "勾了“约定答复”，还没有写哪一天。"),
        (said.get("policy") and not said.get("article"), "勾了“讲了政策依据”，还没有写哪一条。"),
        (said.get("hardship") == "refer" and not said.get("referral"), "有困难要帮助转介，还没有写转到哪里。"),
    )  # fmt: skip
    return [
        RuleViolation("evidence_missing", sentence, mend="请写上，或者取消勾选。", field="haves")
        for wrong, sentence in wants
        if wrong
    ]
