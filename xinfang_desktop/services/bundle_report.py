"""What taking a bundle in came to (导入结果), told to windows and the command alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NEW, WAITING, KNOWN = "new", "waiting", "known"


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the entries."""

    new: int = 0
    known: int = 0
    waiting: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class BundleReport:
    """What one file brought, or would bring. ``result`` is new, waiting or known.

    ``created`` and ``updated`` count records by kind; ``conflicts`` are the new ones; ``missing``
    are the attachments that lack afterwards; ``parallel`` counts records that both sides changed
    without a conflict.
    """

    file: str
    result: str
    sender: str
    sender_name: str
    bundle: str
    serial: int
    part: int
    parts: int
    created_at: str
    entries: Counts = field(default_factory=Counts)
    created: Mapping[str, int] = field(default_factory=dict)
    updated: Mapping[str, int] = field(default_factory=dict)
    conflicts: int = 0
    parallel: int = 0
    attachments: int = 0
    missing: int = 0
    recovered: int = 0  # of our own past, given back after the disk was lost
    lost: tuple[str, ...] = ()  # what only the lost disk had
    gaps: tuple[str, ...] = ()
    alarms: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    sentence: str = ""
