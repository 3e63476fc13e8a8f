"""All papers of a matter (信访事项文书): who fills each, and what must have come before."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..domain.matter import MatterFile
from ..domain.records import Office
from ..printing import facts as papers
from . import (
    inquiry_papers,
    paper_facts,
    publication_papers,
    responsibility_papers,
    review_papers,
    route_papers,
    sealed_papers,
    talk_papers,
    volume_papers,
)
from .paper_source import Source

BUILDERS: Mapping[str, Callable[[Source], papers.MatterPaper]] = {
    **paper_facts.BUILDERS,
    **publication_papers.BUILDERS,
    **responsibility_papers.BUILDERS,
    **route_papers.BUILDERS,
    **sealed_papers.BUILDERS,
    **inquiry_papers.BUILDERS,
    **review_papers.BUILDERS,
    **talk_papers.BUILDERS,
    **volume_papers.BUILDERS,
}

STEP_BEFORE: Mapping[str, tuple[tuple[str, ...], str]] = {
    **paper_facts.STEP_BEFORE,
    **responsibility_papers.STEP_BEFORE,
    **route_papers.STEP_BEFORE,
    **sealed_papers.STEP_BEFORE,
    **inquiry_papers.STEP_BEFORE,
    **review_papers.STEP_BEFORE,
    **talk_papers.STEP_BEFORE,
}
"""Papers that state a decision, and the step by which it is taken."""

WHY_NOT: Mapping[str, Callable[[MatterFile, Office], str]] = {
    **paper_facts.WHY_NOT,
    **publication_papers.WHY_NOT,
    **route_papers.WHY_NOT,
    **review_papers.WHY_NOT,
    **talk_papers.WHY_NOT,
}
"""Papers that fit only some files: why not this one, empty where they fit."""
