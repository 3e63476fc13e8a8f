"""文书: the draft with its findings, printing, keeping, batches."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ..domain import permissions
from ..domain.errors import RuleViolation
from ..domain.fields import Field
from ..domain.file_rules import which_paper
from ..domain.inputs import read_fields
from ..domain.matter import MatterFile
from ..domain.records import Document
from ..printing import check
from ..printing import facts as papers
from ..printing.catalogue import FORMS, Form, document_number
from ..printing.render import Printer, Rendered
from ..printing.values import fields_of, to_json, with_values
from ..store import queries
from ..store.atomic import disk_problems_in_words, replacing
from ..store.changelog import new, new_id
from ..store.database import Connection
from ..store.files import fetch
from ..store.tables import TABLES
from .desk import Changes, Desk, use_case
from .finding import may_see
from .matter_papers import BUILDERS
from .outputs import check_output
from .paper_cases import PaperCase, case_of, not_yet, source_of


@dataclass(frozen=True, slots=True)
class FormRow:
    """One paper of the catalogue."""

    code: str
    name: str
    subject: str


@dataclass(frozen=True, slots=True)
class FormDraft:
    """A paper before printing. ``fields`` and ``values`` are what a person may still change."""

    code: str
    name: str
    number: str
    fields: tuple[Field, ...]
    values: Mapping[str, Any]
    findings: tuple[check.Finding, ...]
    facts: papers.Facts
    large_print: bool
    printed_before: int
    copies: tuple[tuple[str, int], ...]
    about: PaperCase

    @property
    def blocked(self) -> bool:
        """True while something must be mended before printing."""
        return any(finding.level == "must" for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed paper: its record, its number, its bytes' hash."""

    document: str
    form: str
    number: str
    pages: int
    sha256: str
    warnings: tuple[str, ...]
    path: Path | None
    changes: Changes


@dataclass(frozen=True, slots=True)
class BatchDone:
    """What a batch printed; ``skipped`` names matters and why."""

    files: tuple[Path, ...]
    cancelled: bool
    skipped: tuple[str, ...]
    warnings: tuple[str, ...]


def forms() -> tuple[FormRow, ...]:
    """The catalogue; needs no open store."""
    return tuple(FormRow(form.code, form.name, form.subject) for form in FORMS.values())


def form_name(code: str) -> str:
    """The name of a paper; refused where there is no such code."""
    return _form(code).name


def _form(code: str) -> Form:
    form = FORMS.get(code.strip().upper())
    if form is None:
        raise RuleViolation(
            "unknown_form", f"没有编号为“{code[:20]}”的文书。",
            mend="可用的文书：" + "、".join(f"{f.code} {f.name}" for f in FORMS.values()),
            field="code",
        )  # fmt: skip
    return form


# --- one paper ---------------------------------------------------------------------------------


@use_case("print_form")
def draft_form(
    desk: Desk,
    code: str,
    number: str = "",
    overrides: Mapping[str, Any] | None = None,
    large_print: bool | None = None,
) -> FormDraft:
    """The paper as it would be printed now, and everything to look at before."""
    form = _form(code)
    with desk.reading() as conn:
        return _draft(desk, conn, form, number, overrides or {}, large_print)


def _draft(
    desk: Desk,
    conn: Connection,
    form: Form,
    number: str,
    overrides: Mapping[str, Any],
    large_print: bool | None,
) -> FormDraft:
    about = case_of(desk, conn, form, number)
    printed = [d for d in about.documents if d.form == form.code]
    large = about.large_print if large_print is None else large_print
    blank = not (about.matter or about.case)
    fields = editable(form)
    reading = read_fields(fields, overrides)
    if reading.problems:
        raise reading.problems[0]
    facts = with_values(about.facts, reading.values)
    if "number" not in reading.values:
        proposed = "" if blank else _number_for(desk, conn, form, facts, printed)
        facts = dataclasses.replace(facts, number=proposed)
    return FormDraft(
        code=form.code, name=form.name, number=facts.number, fields=fields,
        values={f.name: _value(facts, f.name) for f in fields},
        findings=(
            *_personal(about, facts),
            *_findings(desk, form, facts, blank=blank and form.subject not in _OURS),
        ),
        facts=facts,
        large_print=large, printed_before=len(printed),
        about=about,
        copies=tuple(
            (copy.recipient, copy.count)
            for copy in form.copies
            if copy.recipient != _SENDER or about.forwarded
        ),
    )  # fmt: skip


_OURS = ("matter", "office")
"""Subjects whose papers are never blanks for the pen."""


def _personal(about: PaperCase, facts: papers.Facts) -> Iterator[check.Finding]:
    """A card for the notice board that would show a citizen is not printed (四个公开)."""
    for words in about.personal(facts):
        yield check.Finding(
            "must", "wording", f"“{words}”会让人认出信访人",
            "公开的内容不写姓名、号码和住址，请改成“信访人”或者删去", "text",
        )  # fmt: skip


def _findings(
    desk: Desk, form: Form, facts: papers.Facts, *, blank: bool
) -> tuple[check.Finding, ...]:
    """What to look at; on a blank nothing that is empty stands in the way."""
    found = check.check(form.code, facts, printer_of(desk).fonts)
    if not blank:
        return tuple(found)
    return tuple(dataclasses.replace(f, level="look") if f.kind == "empty" else f for f in found)


_SENDER = "来文机关"
"""Gets a copy only where the matter was forwarded to us."""


_ABOUT_IT = frozenset({"matter.title", "matter.petitioner", "dispute.summary"})


def editable(form: Form) -> tuple[Field, ...]:
    """The fields of a paper that a person may change before printing; none must be."""
    return tuple(
        dataclasses.replace(field, required=False, max_length=20_000)
        for field in fields_of(form.facts)
        if field.kind != "rows" and ("." not in field.name or field.name in _ABOUT_IT)
    )


def _value(facts: papers.Facts, name: str) -> Any:
    value: Any = facts
    for part in name.split("."):
        value = getattr(value, part)
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _number_for(
    desk: Desk, conn: Connection, form: Form, facts: papers.Facts, printed: list[Document]
) -> str:
    """The 文号: that of the first print of this very paper, or the next of the family and year in
    this PC's block. A second reminder, or a letter to another unit, is a paper of its own.
    """
    if not form.family:
        return ""
    which = which_paper(form.code, to_json(facts))
    before = [d for d in printed if which_paper(form.code, d.facts) == which]
    if before:
        return before[0].number
    prefix = desk.office.doc_prefix or desk.office.name[:1]
    block = desk.site.number_block
    block = {"A": "", "MA": "M"}.get(block, block)  # the first PC writes numbers as ever
    named = functools.partial(document_number, prefix, form.family, desk.today.year, block=block)
    lead = named(0).removesuffix("0号")
    return named(queries.highest(conn, "document", "number", lead) + 1)


def printer_of(desk: Desk) -> Printer:
    """The desk's printer: made on the first paper, kept for the next ones."""
    printer = desk.kept.get("printer")
    if printer is None:
        printer = desk.kept["printer"] = Printer(practice=desk.practice)
    assert isinstance(printer, Printer)
    return printer


@use_case("print_form")
def preview(
    desk: Desk,
    code: str,
    number: str = "",
    overrides: Mapping[str, Any] | None = None,
    large_print: bool | None = None,
) -> Rendered:
    """The same page with the place of the seal and what to look at marked; nothing is written."""
    draft = draft_form(desk, code, number, overrides, large_print)
    return printer_of(desk).render(
        draft.code, draft.facts, large_print=draft.large_print, preview=True
    )


@use_case("print_form")
def print_form(
    desk: Desk,
    code: str,
    number: str = "",
    out: Path | None = None,
    overrides: Mapping[str, Any] | None = None,
    large_print: bool | None = None,
) -> Printed:
    """Make the paper, keep it by its hash, record its number. A second print is marked 补打."""
    form = _form(code)
    if out is not None:
        check_output(desk.home, out)
    with contextlib.ExitStack() as after_commit, desk.writing() as tx:
        draft = _draft(desk, tx.conn, form, number, overrides or {}, large_print)
        if draft.blocked:
            first = next(f for f in draft.findings if f.level == "must")
            raise RuleViolation(
                "paper_incomplete", f"{first.title}。", mend=first.detail, field=first.field
            )
        about = draft.about
        before = _same_paper(about, draft)
        rendered = printer_of(desk).render(
            form.code, draft.facts, large_print=draft.large_print, reprint=before is not None
        )
        blob = desk.blobs.put_bytes(rendered.pdf)
        record = Document(
            id=new_id(), feed=about.feed, matter=about.matter, case=about.case, form=form.code,
            number=draft.number, title=form.name, sha256=blob.sha256, pages=rendered.pages,
            at=desk.now(), by=desk.account.name, large_print=draft.large_print,
            reprint_of=before.id if before else "", facts=to_json(draft.facts),
            warnings=rendered.warnings,
        )  # fmt: skip
        tx.append([new(record)])
        if out is not None:
            after_commit.enter_context(staged(out, rendered.pdf))
    return Printed(
        record.id, form.code, record.number, record.pages, record.sha256, rendered.warnings, out,
        Changes(frozenset({"document"}), frozenset({record.matter or record.case})),
    )  # fmt: skip


RECEIPTS = frozenset({"F02", "F05"})
"""What a citizen takes home from the counter: the receipt with the query code, the rights."""


@use_case("register_intake")
def sealed_receipt(desk: Desk, code: str, file: MatterFile) -> bytes:
    """The receipt of a sealed matter, made from what the clerk typed just now and kept nowhere.

    That it was made is logged by the number alone.
    """
    form = _form(code)
    if form.code not in RECEIPTS or not file.matter.sealed:
        raise not_yet(form, "密件登记后，柜台上只打印登记回执和权利义务告知。")
    with desk.reading() as conn:
        facts = BUILDERS[form.code](source_of(desk, conn, file))
    rendered = printer_of(desk).render(form.code, facts, large_print=file.matter.large_print)
    desk.look("print", file.matter.id, form=form.code)
    return rendered.pdf


def _same_paper(about: PaperCase, draft: FormDraft) -> Document | None:
    """The earlier print of the very same paper, if there is one."""
    plain = to_json(draft.facts)
    for document in about.documents:
        if document.form == draft.code and document.facts == plain and not document.reprint_of:
            return document
    return None


def write_whole(out: Path, data: bytes) -> None:
    """Write a file as a whole or not at all. Raises EnvironmentProblem."""
    with staged(out, data):
        pass


@contextlib.contextmanager
def staged(out: Path, data: bytes) -> Iterator[None]:
    """The file waits beside its place and takes it when the block ends well."""
    with disk_problems_in_words(out.name):
        out.parent.mkdir(parents=True, exist_ok=True)
        with replacing(out) as file:
            file.write(data)
            yield


@use_case("read_documents")
def document_pdf(desk: Desk, document: str) -> bytes:
    """The bytes of a printed paper as they were."""
    with desk.reading() as conn:
        found = fetch(conn, Document, TABLES["document"].c.id == document)
        if not found or not may_see(desk, conn, found[0]):
            raise RuleViolation("no_document", "没有这份文书。", mend="请刷新后再试。")
    return desk.blobs.read(found[0].sha256)


# --- many papers -------------------------------------------------------------------------------


@use_case("batch_forms")
def batch_forms(
    desk: Desk,
    code: str,
    state: str,
    out: Path,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> BatchDone:
    """Print one paper for every matter in a state. Cancelled, no half file stays.

    Matters for which the paper is incomplete are named and left out.
    """
    form = _form(code)
    if form.subject != "matter":
        raise RuleViolation(
            "not_a_matter_form", f"{form.name}不是事项文书。", mend="请选事项文书。"
        )
    check_output(desk.home, out, folder=True)
    with desk.reading() as conn:
        rows, _ = queries.matters(conn, queries.MatterFilter(state=state))
    skipped: list[str] = []
    jobs = [row["number"] for row in reversed(rows) if not row["sealed"] or _sees(desk)]
    files: list[Path] = []
    warnings: list[str] = []
    stopped = False
    for done, number in enumerate(jobs):
        progress(done, len(jobs))
        if cancelled():
            stopped = True
            break
        try:
            printed = print_form(desk, code, number, out / f"{form.code}_{number}.pdf")
        except RuleViolation as problem:
            skipped.append(f"{number}：{problem.sentence}{problem.mend}")
            continue
        files.append(out / f"{form.code}_{number}.pdf")
        warnings += (f"{number}：{warning}" for warning in printed.warnings)
    progress(len(files) + len(skipped), len(jobs))
    return BatchDone(tuple(files), stopped, tuple(skipped), tuple(dict.fromkeys(warnings)))


def _sees(desk: Desk) -> bool:
    return permissions.sees_sealed(desk.roles)
