"""Facts and a template make a PDF (制作文书)."""

from __future__ import annotations

import functools
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree  # type: ignore[import-untyped]

from ..places import FORMS as FOLDER
from . import layout as layouts
from .catalogue import FORMS, Form
from .check import check
from .directives import PaperDocument
from .drawing import Paper
from .faces import REGISTRY
from .facts import Facts
from .fonts import Fonts
from .layout import Layout
from .sheetcanvas import Decoration, PaperCanvas
from .words import FILTERS, shown

_TIGHTER: Final = (2.0, 3.5)
"""Points of line pitch given up where that spares a last page (GB/T 9704 7.3.5.5 asks to adjust
the pitch rather than let a seal stand alone)."""


_NUMBERING: Final = {"letter": "dash", "sheet": "of", "plain": "of", "cover": ""}
"""How the pages of a skin are numbered, see Decoration."""

_ON_THE_CHARACTER: Final = ("ok", "missing_glyph", "rare_glyph")
"""Findings that are marked at one character, not at the whole field."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished paper. ``warnings``: Chinese sentences about fonts and characters."""

    pdf: bytes = field(repr=False)
    pages: int
    warnings: tuple[str, ...]


def _environment() -> jinja2.Environment:
    env = ImmutableSandboxedEnvironment(
        loader=jinja2.FileSystemLoader(FOLDER, encoding="utf-8"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.filters.update(FILTERS)
    return env


class Printer:
    """Makes papers. Keep one: the first paper reads the fonts, the next take some 40 ms."""

    def __init__(self, fonts: Fonts | None = None, *, practice: bool = False) -> None:
        """``practice`` (练习) watermarks every page."""
        self.fonts = fonts or Fonts.of_this_machine()
        self.practice = practice
        self._environment = _environment()

    def render(
        self,
        code: str,
        facts: Facts,
        *,
        large_print: bool = False,
        preview: bool = False,
        reprint: bool = False,
    ) -> Rendered:
        """One paper as PDF. ``preview`` shows where the seal goes and what to look at.

        Raises KeyError for an unknown form and TypeError for facts of another form.
        """
        form = FORMS[code]
        if not isinstance(facts, form.facts):
            raise TypeError(f"{code} takes {form.facts.__name__}, not {type(facts).__name__}")
        layout = layouts.load(large_print)
        if form.landscape:
            layout = layout.turned()
        marks = self._marks(code, facts) if preview else {}
        make = functools.partial(
            self._make, form, facts, preview=preview, reprint=reprint, marks=marks
        )
        with REGISTRY:
            return _fitted(make, layout) if form.fits else make(layout)

    def _marks(self, code: str, facts: Facts) -> dict[str, str]:
        found = [f for f in check(code, facts, self.fonts) if f.kind not in _ON_THE_CHARACTER]
        return {finding.field: finding.level for finding in reversed(found)}

    def _make(
        self,
        form: Form,
        facts: Facts,
        layout: Layout,
        *,
        preview: bool,
        reprint: bool,
        marks: Mapping[str, str],
        most: int | None = None,
    ) -> Rendered:
        """Lay out the paper; with more than ``most`` pages it is only counted, not written."""
        paper = Paper(self.fonts, layout, preview=preview, marks=marks)
        decoration = Decoration(
            paper,
            _NUMBERING[form.skin],
            always=form.subject == "office",
            practice=self.practice,
            reprint=reprint,
            most=most,
        )
        root = etree.fromstring(self._fill(form, facts, layout).encode())
        document = PaperDocument(root, paper, functools.partial(PaperCanvas, decoration=decoration))
        output = io.BytesIO()
        document.process(output)
        return Rendered(output.getvalue(), document.doc.page, paper.warnings)

    def _fill(self, form: Form, facts: Facts, layout: Layout) -> str:
        names: dict[str, Any] = {
            "f": facts,
            "m": getattr(facts, "matter", None),
            "d": getattr(facts, "dispute", None),
            "o": facts.office,
            "form": form,
            "layout": layout.numbers,
            "large": layout.large,
        }
        return self._environment.get_template(form.template).render(names)


def _fitted(make: Callable[..., Rendered], layout: Layout) -> Rendered:
    """The paper on one page less where closer lines achieve that; counting a page costs less
    than half of writing it."""
    first = make(layout, most=1)
    if first.pages == 1:
        return first
    closer, closest = (layout.tighter(points) for points in _TIGHTER)
    if make(closest, most=0).pages == first.pages:
        return make(layout)
    gentle = make(closer, most=first.pages - 1)
    return gentle if gentle.pages < first.pages else make(closest)
