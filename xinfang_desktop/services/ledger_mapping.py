"""Which mapping a ledger is read with (栏目对应): named, remembered by its head, or said just now.

A person says once what the columns of the office's own ledger mean; the next ledger with the
same head is read the same way, without a name and without being asked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ..domain.errors import RuleViolation
from ..ledgers.mapping import MappingProfile
from ..ledgers.preview import LedgerReading
from ..ledgers.words import normalise_header
from ..store import queries
from .desk import Desk

_BY_HEAD = "表头 "
"""What the name of a mapping begins with that is remembered by the signature of its head."""


@dataclass
class MappingChoice:
    """Gives ``read_ledger`` the mapping for a signature, and knows afterwards whence it came.

    ``name``: only the mapping of that name; else the one remembered by the head, unless
    ``fresh``. ``kind`` is what a person said the ledger is; a mapping of the other kind is not
    used. ``columns`` are choices on top (key of the column → field, ``keep`` or ``drop``);
    ``channel`` is the name of the 信访形式 of rows that do not say it.
    """

    desk: Desk
    name: str = ""
    kind: str = ""
    fresh: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)
    channel: str = ""
    remembered: bool = False  # afterwards: a mapping remembered by the head was used

    def __call__(self, signature: str) -> MappingProfile | None:
        """The mapping, ``None`` where nothing was said. Raises RuleViolation ``unknown_profile``."""
        profile = self._kept(self.name or f"{_BY_HEAD}{signature}")
        self.remembered = profile is not None and not self.name
        if profile is None and self.name and not self.columns:
            raise RuleViolation(
                "unknown_profile", f"没有叫“{self.name}”的导入方案。",
                mend="请核对方案的名字；不写名字时，按这种表头上次的对应读取，没有就按表头认。",
                field="profile",
            )  # fmt: skip
        if self.columns:
            said = MappingProfile.from_json({"columns": self.columns})
            profile = (profile or MappingProfile(self.name)).choosing(said.columns)
        if self.channel:
            profile = replace(profile or MappingProfile(self.name), channel=self.channel)
        return profile

    def check(self, reading: LedgerReading) -> None:
        """Raises RuleViolation where a choice is about a column that the ledger does not have."""
        known = {name for t in reading.tables for c in t.columns for name in (c.key, c.lowest)}
        strange = [key for key in map(normalise_header, self.columns) if key not in known]
        if strange:
            raise RuleViolation(
                "unknown_column", f"表里没有“{'、'.join(strange)[:60]}”这一列。",
                mend="列名请照表头的字写。", field="map",
            )  # fmt: skip

    def remember(self, reading: LedgerReading) -> None:
        """Keep the mapping as this reading used it, under the name or the head."""
        kept = reading.as_profile(self.name or f"{_BY_HEAD}{reading.signature}")
        body = json.dumps(kept.to_json(), ensure_ascii=False)
        with self.desk.database.write() as conn:
            queries.put_profile(conn, kept.name, body)

    def _kept(self, name: str) -> MappingProfile | None:
        if self.fresh:
            return None
        with self.desk.reading() as conn:
            body = queries.profile(conn, name)
        profile = MappingProfile.from_json(json.loads(body)) if body else None
        other_kind = profile is not None and self.kind not in ("", profile.kind)
        return None if other_kind and not self.name else profile
