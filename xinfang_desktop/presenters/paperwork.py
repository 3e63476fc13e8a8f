"""文书: one paper before printing, its true preview and findings; printing, keeping, batches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.domain.fields import Field
from xinfang_desktop.domain.states import STATES
from xinfang_desktop.printing.catalogue import FORMS
from xinfang_desktop.printing.check import Finding
from xinfang_desktop.printing.preview import Picture, page_count, picture
from xinfang_desktop.services import handling, paper_offers, paperwork
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.duty_rows import short_number
from xinfang_desktop.services.handling import MatterQuery
from xinfang_desktop.services.paper_offers import FormOffer
from xinfang_desktop.services.paperwork import BatchDone, FormDraft, Printed

from .choices import Option, spellings
from .jobs import RunJob, Talk
from .running import Run

SCREEN_DPI = 96.0
_DOT = "__"  # a form knows no dotted names: matter.title is matter__title on the screen
MATTERS_OFFERED = 400
Failed = Callable[[XinfangError], None]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A matter as the chooser shows it, and the papers it may have now."""

    number: str
    title: str
    forms: tuple[FormOffer, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A rendered paper: the PDF, how many pages, what the fonts lacked."""

    pdf: bytes
    pages: int
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A printed paper with its bytes, ready for the printer."""

    printed: Printed
    pdf: bytes
    title: str


class PaperPresenter:
    """The matter, the form, what was changed on it; answers that come late are dropped."""

    def __init__(self, desk: Desk, run: Run, job: RunJob) -> None:
        self.desk, self._run, self._job = desk, run, job
        self.chosen: Chosen | None = None
        self.code = ""
        self.large: bool | None = None
        self.draft: FormDraft | None = None
        self.sheet: Sheet | None = None
        self._base: Mapping[str, Any] = {}
        self._overrides: dict[str, Any] = {}
        self._asked = 0

    # --- choosing ---

    def matters(self, done: Callable[[tuple[Option, ...]], None]) -> None:
        """The matters to choose from: open ones, newest first."""

        def work() -> tuple[Option, ...]:
            asked = MatterQuery(open_only=True, limit=MATTERS_OFFERED)
            rows = handling.matter_list(self.desk, asked).matters
            return tuple(
                Option(row.number, f"{row.title} · {row.short_number}", spellings(row.title))
                for row in rows
                if not row.sealed
            )

        self._run(work, done)

    def choose(
        self,
        number: str,
        done: Callable[[], None],
        failed: Failed | None = None,
        *,
        code: str = "",
    ) -> None:
        """Another matter; ``code`` opens that paper, else the first that may be printed."""

        def work() -> Chosen:
            view = handling.matter_view(self.desk, number)
            return Chosen(view.number, view.title, paper_offers.forms_for(self.desk, number))

        def came(chosen: Chosen) -> None:
            again = self.chosen is not None and self.chosen.number == chosen.number
            self.chosen = chosen
            if again and code in ("", self.code) and self.code:
                done()  # the same paper: what was changed on it stays
                return
            able = [form.code for form in chosen.forms if form.allowed]
            self._take(code or (self.code if self.code in able else "") or next(iter(able), ""))
            done()

        self._run(work, came, failed, label="正在打开事项")

    def take(self, code: str) -> None:
        """Another paper of the same matter."""
        self._take(code)

    def _take(self, code: str) -> None:
        self.code, self.large = code, None
        self.draft, self.sheet = None, None
        self._base, self._overrides = {}, {}

    def form_options(self) -> tuple[Option, ...]:
        """The papers of this matter; those that may not be printed yet say so."""
        forms = self.chosen.forms if self.chosen else ()
        return tuple(
            Option(form.code, form.name if form.allowed else f"{form.name}（还不能）")
            for form in sorted(forms, key=lambda form: not form.allowed)
        )

    def subject(self) -> str:
        """双井村改渠占用承包地补偿 · 20260906-A0002."""
        if self.chosen is None:
            return ""
        return f"{self.chosen.title} · {short_number(self.chosen.number)}"

    # --- the draft ---

    def load(self, done: Callable[[], None], failed: Failed | None = None) -> None:
        """Make the draft anew with what was changed: fields, findings, number."""
        if self.chosen is None or not self.code:
            return
        self._asked += 1
        asked, number, code = self._asked, self.chosen.number, self.code
        overrides, large = dict(self._overrides), self.large

        def came(draft: FormDraft) -> None:
            if asked == self._asked:
                self.draft = draft
                if not overrides:
                    self._base = draft.values
                done()

        def refused(error: XinfangError) -> None:
            if asked == self._asked and failed is not None:
                failed(error)

        self._run(
            lambda: paperwork.draft_form(self.desk, code, number, overrides, large), came, refused
        )

    def edit(self, values: Mapping[str, Any]) -> bool:
        """Take what the form holds now; returns whether anything is different from before."""
        told = {name.replace(_DOT, "."): value for name, value in values.items()}
        changed = {
            name: value
            for name, value in told.items()
            if value != self._base.get(name) and not (value is False and not self._base.get(name))
        }
        different = changed != self._overrides
        self._overrides = changed
        return different

    def enlarge(self, large: bool) -> None:
        """大字 or standard."""
        self.large = large

    def fields(self) -> tuple[Field, ...]:
        """What may be changed on this paper. A 文号 is asked only where the paper carries one."""
        if self.draft is None:
            return ()
        numbered = bool(FORMS[self.draft.code].family)
        return tuple(
            replace(each, name=each.name.replace(".", _DOT))
            for each in self.draft.fields
            if each.name != "number" or numbered
        )

    def values(self) -> dict[str, Any]:
        """The values of these fields as they stand on the paper."""
        values = self.draft.values if self.draft else {}
        return {name.replace(".", _DOT): value for name, value in values.items()}

    def field_of(self, path: str) -> str:
        """The name of the field that a finding is about; empty where it is not changed here."""
        name = path.replace(".", _DOT)
        return name if any(each.name == name for each in self.fields()) else ""

    # --- the preview ---

    def render(
        self, page: int, zoom: float, done: Callable[[Picture, int], None], failed: Failed
    ) -> None:
        """The page as it will be printed, with the place of the seal; in the lane of files."""
        draft, asked = self.draft, self._asked
        if draft is None:
            return

        def work(_talk: Talk) -> tuple[Sheet, Picture, int]:
            made = paperwork.printer_of(self.desk).render(
                draft.code, draft.facts, large_print=draft.large_print, preview=True
            )
            sheet = Sheet(made.pdf, page_count(made.pdf), made.warnings)
            shown = max(1, min(page, sheet.pages))
            return sheet, picture(sheet.pdf, shown, SCREEN_DPI * zoom), shown

        def came(found: tuple[Sheet, Picture, int]) -> None:
            if asked == self._asked:
                self.sheet = found[0]
                done(found[1], found[2])

        self._job(work, came, failed, lane="files", label="正在排版")

    def turn(self, page: int, zoom: float, done: Callable[[Picture, int], None]) -> None:
        """Another page or another size of the paper that is already rendered."""
        sheet = self.sheet
        if sheet is None:
            return
        shown = max(1, min(page, sheet.pages))
        self._job(
            lambda _talk: picture(sheet.pdf, shown, SCREEN_DPI * zoom),
            lambda found: done(found, shown) if sheet is self.sheet else None,
            lane="files",
        )

    # --- what stands at the right ---

    def findings(self) -> tuple[Finding, ...]:
        """What must be mended, what should be looked at, and what is in order."""
        return self.draft.findings if self.draft else ()

    def summary(self) -> str:
        """1 处必须改，2 处请看."""
        counts = {
            level: sum(finding.level == level for finding in self.findings())
            for level in ("must", "look")
        }
        words = {"must": "必须改", "look": "请看"}
        told = [f"{count} 处{words[level]}" for level, count in counts.items() if count]
        return "，".join(told) or "没有问题"

    def blocked(self) -> str:
        """Why it cannot be printed yet; empty where it can."""
        count = sum(finding.level == "must" for finding in self.findings())
        return f"改好 {count} 处“必须改”后才能打印。" if count else ""

    def history(self) -> str:
        """以前打印过 2 次，再打印会标“补打”."""
        times = self.draft.printed_before if self.draft else 0
        return f"以前打印过 {times} 次，内容不变的会标“补打”" if times else "还没有打印过"

    # --- printing ---

    def keep(
        self, done: Callable[[Kept], None], failed: Failed | None = None, *, out: Path | None = None
    ) -> None:
        """Give the paper its number and keep it; ``out`` also writes the PDF there."""
        chosen, draft = self.chosen, self.draft
        if chosen is None or draft is None:
            return
        overrides, large = dict(self._overrides), self.large

        def work() -> Kept:
            printed = paperwork.print_form(
                self.desk, draft.code, chosen.number, out, overrides, large
            )
            pdf = paperwork.document_pdf(self.desk, printed.document)
            return Kept(printed, pdf, draft.name)

        self._run(work, done, failed, label="正在制作文书")

    def file_name(self) -> str:
        """A name for the file without anybody's name: F07_20260906-A0002.pdf."""
        if self.chosen is None:
            return f"{self.code}.pdf"
        return f"{self.code}_{short_number(self.chosen.number)}.pdf"

    def old_paper(
        self, document: str, done: Callable[[bytes], None], failed: Failed | None = None
    ) -> None:
        """The bytes of a paper as it was printed."""
        self._run(lambda: paperwork.document_pdf(self.desk, document), done, failed)


# --- many papers -------------------------------------------------------------------------------


class BatchPresenter:
    """One paper for every matter in a state, into a folder."""

    def __init__(self, desk: Desk, job: RunJob) -> None:
        self.desk, self._job = desk, job

    def forms(self) -> tuple[Option, ...]:
        """The papers about a matter."""
        rows = (row for row in paperwork.forms() if row.subject == "matter")
        return tuple(Option(row.code, row.name, spellings(row.name)) for row in rows)

    def states(self) -> tuple[Option, ...]:
        """The states a matter can be in, in the order of the course."""
        return tuple(
            Option(state.code, state.name, spellings(state.name))
            for state in STATES.values()
            if state.code not in ("S00", "T12")
        )

    def run(
        self,
        code: str,
        state: str,
        folder: Path,
        done: Callable[[BatchDone], None],
        failed: Failed,
        moved: Callable[[int, int], None] = lambda done, total: None,
    ) -> object:
        """Print them all; returns the job, which can be cancelled."""

        def work(talk: Talk) -> BatchDone:
            def progress(done: int, total: int) -> None:
                talk.progress(done, total)
                moved(done, total)

            return paperwork.batch_forms(self.desk, code, state, folder, progress, talk.cancelled)

        return self._job(work, done, failed, label="正在批量制作文书")


def batch_words(done: BatchDone) -> str:
    """What a batch came to, in one sentence."""
    stopped = "已停止，" if done.cancelled else ""
    left = f"，{len(done.skipped)} 件没有做" if done.skipped else ""
    return f"{stopped}做好 {len(done.files)} 份{left}。没有半份的文件。"


def batch_remarks(done: BatchDone) -> tuple[str, ...]:
    """What was left out and why, then each warning once with how many papers it is about."""
    counts = Counter(warning.partition("：")[2] or warning for warning in done.warnings)
    return (*done.skipped, *(f"{text}（{count} 份）" for text, count in counts.items()))
