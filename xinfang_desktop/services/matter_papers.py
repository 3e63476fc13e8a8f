"""All papers of a matter (信访事项文书): who fills each, and the step that must have come before."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..domain.matter import MatterFile
from ..printing import facts as papers
from . import paper_facts, responsibility_papers
from .paper_source import Source

BUILDERS: Mapping[str, Callable[[Source], papers.MatterPaper]] = {
    **paper_facts.BUILDERS,
    **responsibility_papers.BUILDERS,
}

STEP_BEFORE: Mapping[str, tuple[tuple[str, ...], str]] = {
    **paper_facts.STEP_BEFORE,
    **responsibility_papers.STEP_BEFORE,
}
"""Papers that state a decision, and the step by which it is taken."""

CONDITIONS: Mapping[str, Callable[[MatterFile], str]] = {
    **paper_facts.CONDITIONS,
}
"""Papers with a condition of their own: why not now, or nothing."""
