"""``xinfang form``: the catalogue of papers (文书), printing one, printing many."""

from __future__ import annotations

import hashlib
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..services.paper_offers import offers_for
from ..services.paperwork import FormRow, batch_forms, draft_form, forms, print_form
from ..services.screening_ledger import screening_ledger
from .answers import table
from .matter import state_code
from .reading import read_object
from .words import Answer, Call, Verb, argument

INTERRUPTED = 130
"""The exit status of a batch that was cancelled with Ctrl+C."""


LEDGER = FormRow("P02", "矛盾纠纷排查台账", "round")
"""Drawn row by row, without a template: 10,000 rows would take a template a minute."""


def show_list(_call: Call) -> Answer:
    """Every paper; needs no store."""
    rows = sorted((*forms(), LEDGER), key=lambda form: form.code)
    return Answer(
        {"forms": [{"code": f.code, "name": f.name, "subject": f.subject} for f in rows]},
        table(("编号", "文书", "用于"), [(f.code, f.name, f.subject) for f in rows]),
    )


def make(call: Call) -> Answer:
    """Make one paper, keep it by its hash and write the PDF."""
    options = call.options
    if options.code.strip().upper() == LEDGER.code:
        return _ledger(call)
    changed = read_object(options.file) if options.file else {}
    with call.desk() as desk:
        made = print_form(
            desk,
            options.code,
            options.number,
            out=options.out,
            overrides=changed,
            large_print=True if options.large else None,
        )
    data = {
        "document": made.document,
        "form": made.form,
        "number": made.number,
        "pages": made.pages,
        "sha256": made.sha256,
        "warnings": list(made.warnings),
        "out": options.out,
    }
    said = f"已制作 {made.form} {made.number}，{made.pages} 页：{options.out}"
    return Answer(data, (said,), made.warnings)


def _ledger(call: Call) -> Answer:
    """The ledger of a period: its NUMBER is the period, 2026-05 or 2026-Q2."""
    options = call.options
    with call.desk() as desk:
        made = screening_ledger(desk, options.number, options.out)
    pages, warnings = (made.pages, made.warnings) if made else (0, ())
    data = {
        "document": "",
        "form": LEDGER.code,
        "number": "",
        "pages": pages,
        "sha256": hashlib.sha256(options.out.read_bytes()).hexdigest(),
        "warnings": list(warnings),
        "out": options.out,
    }
    return Answer(data, (f"已制作 {LEDGER.name}，{pages} 页：{options.out}",), warnings)


def check(call: Call) -> Answer:
    """What to look at before printing, and what ``--file`` may change."""
    options = call.options
    with call.desk() as desk:
        draft = draft_form(desk, options.code, options.number)
    findings = [
        {"level": f.level, "kind": f.kind, "field": f.field, "title": f.title, "detail": f.detail}
        for f in draft.findings
    ]
    fields = [
        {"name": f.name, "label": f.label, "kind": f.kind, "value": draft.values.get(f.name)}
        for f in draft.fields
    ]
    data = {
        "form": draft.code,
        "number": draft.number,
        "blocked": draft.blocked,
        "findings": findings,
        "fields": fields,
    }
    lines = [f"{f.title}：{f.detail}" for f in draft.findings] or ["没有要看的。"]
    return Answer(data, lines)


def offers(call: Call) -> Answer:
    """Which papers may be printed for a case now, and why not the others."""
    with call.desk() as desk:
        found = offers_for(desk, call.options.number)
    data = [
        {
            "code": f.code,
            "name": f.name,
            "allowed": f.allowed,
            "why": f.why,
            "printed": f.times_printed,
        }
        for f in found
    ]
    lines = table(
        ("编号", "文书", "可以打印", "已打印", "说明"),
        [(f.code, f.name, f.allowed, f.times_printed, f.why) for f in found],
    )
    return Answer({"forms": data}, lines)


def batch(call: Call) -> Answer:
    """One paper for every matter in a state; Ctrl+C stops between two papers."""
    options = call.options
    with call.desk() as desk, _interrupts() as interrupted:
        done = batch_forms(
            desk,
            options.code,
            state_code(options.state),
            options.out,
            progress=_progress,
            cancelled=lambda: bool(interrupted),
        )
    data = {
        "files": [str(path) for path in done.files],
        "cancelled": done.cancelled,
        "skipped": list(done.skipped),
        "warnings": list(done.warnings),
    }
    remarks = [
        *done.skipped,
        *done.warnings,
        "已取消，没有留下半份文件。" if done.cancelled else "",
    ]
    return Answer(
        data,
        (f"已制作 {len(done.files)} 份：{options.out}",),
        [remark for remark in remarks if remark],
        status=INTERRUPTED if done.cancelled else 0,
    )


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done}/{total}" + ("\n" if done == total else ""))
        sys.stderr.flush()


@contextmanager
def _interrupts() -> Iterator[list[int]]:
    """Collect Ctrl+C instead of dying in the middle of a paper."""
    caught: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: caught.append(number))
    try:
        yield caught
    finally:
        signal.signal(signal.SIGINT, before)


_CODE = argument("code", metavar="CODE", help="文书编号，例如 F07")

VERBS = (
    Verb("list", "文书目录", show_list),
    Verb(
        "print",
        "制作一份文书",
        make,
        (
            _CODE,
            argument(
                "number",
                nargs="?",
                default="",
                metavar="NUMBER",
                help="信访、纠纷、调解的编号；排查写期间，如 2026-05/柳溪村",
            ),
            argument("--out", required=True, type=Path, metavar="F.pdf", help="写到哪里"),
            argument("--file", type=Path, metavar="F.json", help="打印前要改的栏目"),
            argument("--large", action="store_true", help="大字版"),
        ),
    ),
    Verb(
        "check",
        "打印前看一看：缺什么、缺哪个字",
        check,
        (_CODE, argument("number", nargs="?", default="", metavar="NUMBER", help="信访编号")),
    ),
    Verb(
        "offers",
        "一件事项、纠纷或调解现在可以打印哪些文书",
        offers,
        (argument("number", metavar="NUMBER", help="信访、纠纷或调解的编号"),),
    ),
    Verb(
        "batch",
        "给一个状态的所有事项各制作一份",
        batch,
        (
            _CODE,
            argument("--state", required=True, metavar="S", help="状态的代码或名称"),
            argument("--out", required=True, type=Path, metavar="DIR", help="写到哪个文件夹"),
        ),
    ),
)
