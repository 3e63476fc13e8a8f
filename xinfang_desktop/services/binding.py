"""Binding a whole file (整卷装订) as one PDF, kept by its hash: of a matter or of a mediation.

A volume says which papers lie in it and how its cover and back are made; what a file must hold
and in which order is for the rules of its kind.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from ..domain.records import Document
from ..printing.binder import BoundPart, bind
from ..printing.contents import ContentsRow
from ..printing.facts import Facts
from ..printing.render import Printer
from ..printing.values import to_json
from ..store.changelog import new, new_id
from .desk import Changes, Desk
from .paperwork import printer_of, staged

Rows = tuple[ContentsRow, ...]
Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class FileBound:
    """The bound file: its pages, its papers with their pages, what it still lacks.

    ``why`` says for each of ``missing`` why it has to be there, empty where its kind says nothing.
    """

    document: str
    number: str
    pages: int
    sha256: str
    contents: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    warnings: tuple[str, ...]
    out: Path
    changes: Changes
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Volume:
    """One file to bind. ``cover`` and ``back`` make their facts when the pages are known."""

    number: str
    title: str
    cover_form: str
    back_form: str
    parts: tuple[BoundPart, ...]
    cover: Callable[[Rows], Facts]
    back: Callable[[Rows], Facts]
    feed: str
    missing: tuple[str, ...]
    why: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    matter: str = ""
    case: str = ""
    large_print: bool = False


def bind_volume(
    desk: Desk, volume: Volume, out: Path, *, two_sided: bool, progress: Progress, cancelled: Cancelled
) -> FileBound | None:  # fmt: skip
    """Bind it, keep it by its hash, write it to ``out``. None where it was cancelled."""
    printer = printer_of(desk)
    made: list[Rows] = [()]

    def front(rows: Rows) -> bytes:
        made[0] = rows
        return _page(printer, volume.cover_form, volume.cover(rows), volume.large_print)

    bound = bind(
        volume.parts, front=front, back=lambda rows: _page(
            printer, volume.back_form, volume.back(rows), volume.large_print
        ),
        two_sided=two_sided, fonts=printer.fonts, progress=progress, cancelled=cancelled,
    )  # fmt: skip
    if bound is None:
        return None
    blob = desk.blobs.put_bytes(bound.pdf)
    record = Document(
        id=new_id(), feed=volume.feed, matter=volume.matter, case=volume.case,
        form=volume.cover_form, number="", title=volume.title, sha256=blob.sha256,
        pages=bound.pages, at=desk.now(), by=desk.account.name, large_print=volume.large_print,
        facts=to_json(volume.cover(made[0])), warnings=volume.warnings,
    )  # fmt: skip
    with ExitStack() as after_commit, desk.writing() as tx:
        tx.append([new(record)])
        after_commit.enter_context(staged(out, bound.pdf))
    return FileBound(
        record.id, volume.number, bound.pages, record.sha256,
        tuple((row.title, row.pages) for row in bound.contents), volume.missing, volume.warnings,
        out, Changes(frozenset({"document"}), frozenset({volume.matter or volume.case})),
        volume.why,
    )  # fmt: skip


def _page(printer: Printer, form: str, facts: Facts, large_print: bool) -> bytes:
    return printer.render(form, facts, large_print=large_print).pdf
