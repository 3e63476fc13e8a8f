"""密件: what the open store keeps of an accusation, and what its own store is for.

The content of a sealed matter lies in a store and under a key of its own. The open store holds a
stub (存根) of it: number, state, when and how it came in, nothing else. The query code lies with
the content, so a sealed matter without one is a stub. Source: 《信访工作条例》 art. 18, 30.
"""

from __future__ import annotations

from .articles import article
from .errors import RuleViolation
from .records import Intake, Matter

TITLE = "密件"
"""All that a stub is called."""


def is_stub(matter: Matter) -> bool:
    """Whether this is what the open store keeps of a matter whose content lies in the sealed one."""
    return matter.sealed and not matter.query_code


def stub_of(matter: Matter, feed: str) -> Matter:
    """What the open store may say of a sealed matter."""
    return Matter(
        id=matter.id, feed=feed, number=matter.number, query_code="", title=TITLE,
        state=matter.state, received_on=matter.received_on, channel=matter.channel, sealed=True,
    )  # fmt: skip


def stub_of_item(intake: Intake, feed: str) -> Intake:
    """What the open store may say of an item about a sealed matter: its number stays used."""
    return Intake(
        id=intake.id, feed=feed, number=intake.number, matter=intake.matter,
        channel=intake.channel, received_on=intake.received_on,
        registered_at=intake.registered_at, registered_by=intake.registered_by, sealed=True,
        first=intake.first,
    )  # fmt: skip


def shut() -> RuleViolation:
    """The one sentence that everybody else hears; it says only that the matter is sealed."""
    return RuleViolation(
        "sealed", "这是密件，只有涉密举报件专办员可以查看和办理。",
        mend="请转告专办员。", article=article(30),
    )  # fmt: skip


def apart() -> RuleViolation:
    """A sealed matter is joined with nothing outside its store: the join would tell of it."""
    return RuleViolation(
        "sealed_apart", "这是检举控告密件，不能和密件以外的登记连在一起。",
        mend="请各办各的；要一并移送的，由专办员在密件里写明。", article=article(30),
    )  # fmt: skip


def stays() -> RuleViolation:
    """A sealed matter goes to nobody by way of bundles."""
    return RuleViolation(
        "sealed_stays", "检举控告密件不出本机，不能共享给别的单位。",
        mend="请按保密渠道移送。", article=article(30),
    )  # fmt: skip
