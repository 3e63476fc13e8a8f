"""Our own tags of RML (模板标记), beside those of ReportLab's language.

``zh`` a paragraph, ``sign`` organ and date, ``closing`` last paragraph with the signature,
``row``/``c`` a row of a form, ``qr`` a code, ``space`` in millimetres, ``spring`` the rest of a
cell's height, ``need`` a page with so much room. Inside ``zh``: ``b`` 黑体, ``kai`` 楷体, ``u`` underlined,
``v n=…`` the place of a fact, ``blank w=…`` to be filled by hand, ``nb`` never broken,
``tick on=…`` a drawn box, ``br``, ``may`` where words that are too long for a line are broken by
sense.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

from lxml import etree  # type: ignore[import-untyped]
from reportlab import rl_config
from reportlab.graphics import testshapes
from reportlab.platypus.flowables import CondPageBreak, Flowable, Spacer
from z3c.rml import canvas as rml_canvas
from z3c.rml import directive, document, flowable, interfaces, rlfix, template
from zope.interface import implementer

from .drawing import Paper, draw_line
from .flowables import Closing, Sign, Text
from .layout import MM, Align
from .ornaments import Code, Cut
from .rows import Cell, Row, Spring
from .typesetting import Span, atoms_of, gap_of, natural_width

_INDENTATION = re.compile(r"[ \t]*[\r\n]+[ \t]*")
_INLINE_ROLES = {"b": "hei", "kai": "kai", "song": "song", "titlefont": "title"}


@implementer(  # z3c.rml looks only at the class itself, not at its bases
    interfaces.IManager, interfaces.IPostProcessorManager, interfaces.ICanvasManager
)
class PaperDocument(document.Document):  # type: ignore[misc]
    """The root that knows fonts, layout and marks of the paper being made."""

    def __init__(self, element: etree._Element, paper: Paper, canvas_class: Any) -> None:
        super().__init__(element, canvas_class)
        self.paper = paper


def paper_of(here: Any) -> Paper:
    """Walk up from a directive to its document."""
    while here.parent is not None:
        here = here.parent
    assert isinstance(here, PaperDocument)
    return here.paper


def spans_of(element: etree._Element, span: Span) -> Iterator[Span]:
    """Flatten inline marks into spans. Line ends and indentation of the template vanish."""
    if text := _INDENTATION.sub("", element.text or ""):
        yield replace(span, text=text)
    for child in element:
        yield from _inline(child, span)
        if text := _INDENTATION.sub("", child.tail or ""):
            yield replace(span, text=text)


def _inline(child: etree._Element, span: Span) -> Iterator[Span]:
    match child.tag:
        case "blank":
            yield replace(span, kind="blank", width=float(child.get("w", "6")))
        case "gap":
            yield replace(span, kind="gap", width=float(child.get("w", "1")))
        case "tick":
            yield replace(span, kind="tick" if child.get("on") == "1" else "box")
        case "br":
            yield replace(span, kind="break")
        case "may":
            yield replace(span, kind="may")
        case "u":
            yield from spans_of(child, replace(span, underline=True))
        case "nb":
            yield from spans_of(child, replace(span, together=True))
        case "v":
            yield from spans_of(child, replace(span, name=child.get("n", "")))
        case tag if tag in _INLINE_ROLES:
            yield from spans_of(child, replace(span, role=_INLINE_ROLES[tag]))
        case tag:
            raise ValueError(f"unknown inline tag {tag}")


class _Ours(directive.RMLDirective):  # type: ignore[misc]
    signature = interfaces.IRMLDirectiveSignature

    def get(self, name: str, default: str = "") -> str:
        """An attribute of the element."""
        return str(self.element.get(name, default))

    def number(self, name: str, default: float = 0) -> float:
        """A numeric attribute."""
        return float(self.element.get(name, default))

    def add(self, item: Flowable) -> None:
        """Append to the flow."""
        self.parent.flow.append(item)


class Zh(_Ours):
    """``<zh style="body" after="6">…</zh>``"""

    def made(self) -> Text:
        """The paragraph."""
        paper = paper_of(self)
        style = paper.layout.styles[self.get("style", "body")]
        if "align" in self.element.attrib:
            style = replace(style, align=cast(Align, self.get("align")))
        if "indent" in self.element.attrib:
            style = replace(style, indent=self.number("indent"))
        spans = tuple(spans_of(self.element, Span(role=self.get("role") or style.role)))
        return Text(
            paper, style, spans, after=self.number("after") * MM, hanging=self.number("hanging")
        )

    def process(self) -> None:
        """Append the paragraph."""
        self.add(self.made())


class Signature(_Ours):
    """``<sign><organ>…</organ><date>…</date></sign>``"""

    def made(self) -> Sign:
        """The signature block."""
        role = paper_of(self).layout.styles["sign"].role
        parts = {child.tag: tuple(spans_of(child, Span(role=role))) for child in self.element}
        return Sign(
            paper_of(self),
            parts["organ"],
            parts["date"],
            style=self.get("style", "sign"),
            sealed=self.get("seal", "1") == "1",
            ends_page=self.get("inside", "0") == "0",
        )

    def process(self) -> None:
        """Append the block."""
        self.add(self.made())


class Last(_Ours):
    """``<closing><zh/>…<sign/></closing>``: the last ``zh`` goes with the signature."""

    def process(self) -> None:
        """Append what comes before, then the closing."""
        *texts, signed = self.element
        paragraphs = [Zh(child, self).made() for child in texts]
        for paragraph in paragraphs[:-1]:
            self.add(paragraph)
        self.add(Closing(paragraphs[-1], Signature(signed, self).made()))


_LABEL_GROWTH = 1.25


class FormRow(_Ours):
    """``<row><c w="24" label="1">姓名</c><c w="146"><zh style="cell">…</zh></c></row>``;
    widths in millimetres, in large print labels take more of the row. A cell without ``zh`` is
    one paragraph of its text, a cell of rows stands beside one label for all of them."""

    def process(self) -> None:
        """Append the row."""
        paper = paper_of(self)
        widths = [float(child.get("w")) for child in self.element]
        labels = [
            w if c.get("label") == "1" else 0 for w, c in zip(widths, self.element, strict=True)
        ]
        grown = _LABEL_GROWTH if paper.layout.large and 0 < sum(labels) < sum(widths) else 1.0
        others = (sum(widths) - grown * sum(labels)) / ((sum(widths) - sum(labels)) or 1)
        cells = [
            self._cell(child, width * (grown if label else others if grown > 1 else 1))
            for child, width, label in zip(self.element, widths, labels, strict=True)
        ]
        pad = self.number("pad") if "pad" in self.element.attrib else None
        self.add(Row(paper, cells, bare=self.get("bare") == "1", pad=pad))

    def _cell(self, element: etree._Element, width: float) -> Cell:
        label = element.get("label") == "1"
        flow = flowable.Flow(element, self)
        if any(child.tag in _BLOCKS for child in element):
            flow.process()
        else:
            plain = etree.Element("zh", style=element.get("style", "label" if label else "cell"))
            plain.text = element.text
            plain.extend(list(element))
            Zh(plain, flow).process()
        minimum = float(element.get("min", "0" if "pad" in self.element.attrib else "9"))
        middle = label or element.get("middle") == "1"
        rows = all(child.tag == "row" for child in element) and len(element) > 0
        return Cell(flow.flow, width, middle=middle, minimum=minimum, rows=rows)


class Space(_Ours):
    """``<space mm="4"/>``"""

    def process(self) -> None:
        """Append the space."""
        self.add(Spacer(1, self.number("mm") * MM))


class Rest(_Ours):
    """``<spring/>``: what follows stands at the foot of its cell."""

    def process(self) -> None:
        """Append the spring."""
        self.add(Spring())


class Need(_Ours):
    """``<need mm="50"/>``: go to the next page where less room is left."""

    def process(self) -> None:
        """Append the condition."""
        self.add(CondPageBreak(self.number("mm") * MM))


class Qr(_Ours):
    """``<qr mm="24" align="centre">20260906-A0002</qr>``"""

    def process(self) -> None:
        """Append the code."""
        words = "".join(self.element.itertext()).strip()
        self.add(Code(words, self.number("mm", 24) * MM, self.get("align", "left")))


class CutLine(_Ours):
    """``<cutline>…</cutline>``: where the paper is cut in two."""

    def process(self) -> None:
        """Append the line."""
        self.add(Cut(paper_of(self), tuple(spans_of(self.element, Span()))))


class At(_Ours):
    """``<at x="105" y="30" style="mark" align="centre" max="150">…</at>`` on the page itself:
    ``y`` millimetres from the upper edge to the top of the glyphs; shrinks to ``max``."""

    def process(self) -> None:
        """Draw at once on the page's canvas."""
        paper = paper_of(self)
        style = paper.layout.styles[self.get("style")]
        spans = tuple(spans_of(self.element, Span(role=style.role)))
        limit = self.number("max", 156) * MM
        size = style.size
        line = tuple(atoms_of(spans, paper.fonts, size))
        if natural_width(line) > limit:
            size *= limit / natural_width(line)
            line = tuple(atoms_of(spans, paper.fonts, size))
        spread = self.number("spread") * MM
        gap = max(0.0, gap_of(line, spread, 0.5 * size) if spread else 0)
        wide = natural_width(line) + gap * max(0, len(line) - 1)
        x = self.number("x") * MM
        x -= {"centre": wide / 2, "right": wide}.get(self.get("align", "left"), 0)
        y = (paper.layout["page"]["height"] - self.number("y")) * MM - 0.88 * size
        canvas = self.parent.parent.canvas
        draw_line(canvas, paper, line, x, y, size, gap)


_BLOCKS: dict[str, Any] = {
    "zh": Zh, "sign": Signature, "closing": Last, "row": FormRow, "space": Space, "need": Need,
    "spring": Rest, "qr": Qr, "cutline": CutLine,
}  # fmt: skip

for _table in (flowable.Flow.factories, template.Story.factories):
    _table.update(_BLOCKS)
rml_canvas.Drawing.factories["at"] = At

_DEMO_FONTS = (testshapes.resetFonts, rlfix.resetFonts)
"""ReportLab and z3c.rml each read eight demo fonts from disk at every paper (50 of 90 ms); our
papers use none of them."""

rl_config._registered_resets[:] = [
    known for known in rl_config._registered_resets if known() not in _DEMO_FONTS
]
