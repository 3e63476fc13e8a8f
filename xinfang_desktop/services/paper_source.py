"""What the papers of a matter are filled from (文书的来源): its file, the office, the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..domain.duties import duties_of
from ..domain.duty import Duty
from ..domain.matter import MatterFile
from ..domain.records import Office, Person
from ..printing import facts as papers
from ..store.subjects import Setting


@dataclass(frozen=True, slots=True)
class Source:
    """What a paper is filled from."""

    file: MatterFile
    now: Setting
    people: tuple[Person, ...]
    today: date
    actor: str

    def step(self, *actions: str) -> Mapping[str, Any]:
        """The data of the newest step of these actions, with its day as ``_on``."""
        step = self.file.last(*actions)
        return {**(step.data or {}), "_on": step.on, "_by": step.by} if step else {}

    def duty(self, *kinds: str) -> Duty | None:
        """The newest duty of these kinds."""
        found = [d for d in duties_of(self.file, self.now.book, self.now.office) if d.kind in kinds]
        return max(found, key=lambda d: d.started_on, default=None)


def office_facts(office: Office) -> papers.OfficeFacts:
    """Who writes."""
    return papers.OfficeFacts(
        organ=office.organ or office.name, office=office.name, address=office.address,
        phone=office.phone, hours=office.reception_hours, review_organ=office.review_organ,
        review_address=office.review_address,
    )  # fmt: skip


_SENDERS = {
    "forwarded": "上级机关", "assigned": "上级机关", "hotline": "12345政务服务便民热线",
    "media": "问政平台", "inspection": "巡视巡察机构", "department": "有关部门",
    "village": "村（社区）",
}  # fmt: skip
"""Who sent it, as a letter says it (…转来的); a citizen who came, or a leader's word, is nobody."""


def matter_facts(source: Source, *, names: bool = True) -> papers.MatterFacts:
    """The matter as a paper names it; without ``names`` somebody who asked for secrecy is not."""
    file, now = source.file, source.now
    matter, person = file.matter, file.petitioner
    first = file.first_intake
    hide = matter.confidential and not names
    return papers.MatterFacts(
        number=matter.number, query_code=matter.query_code, title=matter.title,
        received_on=matter.received_on, channel=now.codes["channel"].name_of(matter.channel),
        source=_SENDERS.get(first.source, "") if first else "",
        source_ref=first.source_ref if first else "",
        petitioner="" if hide or not person else person.name,
        petitioner_phone="" if hide or not person else person.phone,
        petitioner_address="" if hide or not person else person.address,
        headcount=first.headcount if first else 1, anonymous=matter.anonymous,
        confidential=hide, village=now.villages.get(matter.village, ""),
        claims=tuple(papers.ClaimFacts(no=c.no, text=c.text, facts=c.facts) for c in file.claims),
    )  # fmt: skip


def common(
    source: Source, *, names: bool = True, said: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """What all papers share; one that states a decision (``said``) bears that day's date."""
    matter = source.file.matter
    handler = matter.owner or source.actor
    phone = next((p.phone for p in source.people if p.name == handler and p.phone), "")
    return {
        "office": office_facts(source.now.office),
        "on": (said or {}).get("_on") or source.today,
        "matter": matter_facts(source, names=names),
        "handler": handler,
        "handler_phone": phone or source.now.office.phone,
    }


def code_name(source: Source, table: str, code: str) -> str:
    """What a code of a table is called; empty for none."""
    return source.now.codes[table].name_of(code) if code else ""
