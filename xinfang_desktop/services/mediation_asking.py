"""Reading what a mediation is opened with: from a dispute, about a matter, or by itself (申请调解)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ..domain.dispute_course import DISPUTES
from ..domain.errors import RuleViolation
from ..domain.identity import normalise_phone
from ..domain.inputs import missing, read_fields
from ..domain.matter import MatterFile
from ..domain.mediation_steps import START
from ..domain.names import normalise_name
from ..domain.permissions import may, not_permitted
from ..domain.records import Village
from ..store.database import Connection
from ..store.files import load_file
from .desk import Desk
from .dispute_work import feed_of
from .disputes import dispute_file
from .finding import any_matter, check_joinable, find_matter
from .mediation_opening import OpenMediation, find_committee
from .round_duties import village_in_sight, villages_in_sight

_BY_NAME = {field.name: field for field in START}


@dataclass(frozen=True, slots=True)
class StartRead:
    """What was understood of a mediation as it is asked for, and everything to be mended."""

    values: Mapping[str, Any]
    problems: tuple[RuleViolation, ...]


def read_start(desk: Desk, conn: Connection, data: Mapping[str, Any]) -> StartRead:
    """Read and check it. What a dispute or a matter says need not be typed again."""
    reading = read_fields(START, data)
    values = dict(reading.values)
    found = [*reading.problems, *_problems(desk, conn, values)]
    return StartRead(values, tuple(found))


def _problems(desk: Desk, conn: Connection, values: dict[str, Any]) -> Iterator[RuleViolation]:
    if values.get("applied_on", "") > desk.today.isoformat():
        yield RuleViolation(
            "date_in_future", "日期不能晚于今天。", mend="请核对日期。", field="applied_on"
        )
    for check in (_named_cases, _named_places):
        try:
            check(desk, conn, values)
        except RuleViolation as problem:
            yield problem
    if not values.get("dispute") and not values.get("matter"):
        for name in ("title", "parties"):
            if not values.get(name):
                yield missing(_BY_NAME[name])


def _named_cases(desk: Desk, conn: Connection, values: Mapping[str, Any]) -> None:
    """The dispute is there and may be handed over; the matter is there and may be read."""
    if values.get("dispute"):
        file = dispute_file(desk, conn, values["dispute"])
        if barred := DISPUTES.problems(file, "to_mediation", {}, desk.surroundings(conn)):
            raise barred[0]
    if values.get("matter"):
        if not may(desk.roles, "read_matters"):
            raise not_permitted("read_matters")
        check_joinable(desk, any_matter(desk, conn, values["matter"]))


def _named_places(desk: Desk, conn: Connection, values: dict[str, Any]) -> None:
    """Village, committee and type, as they are known here."""
    if values.get("category"):
        types = desk.setting(conn).codes["dispute_type"]
        values["category"] = types.require(
            values["category"], label="纠纷类型", field="category"
        ).code  # fmt: skip
    if values.get("village"):
        village_in_sight(desk, conn, values["village"])
    if values.get("committee"):
        find_committee(desk, conn, values["committee"])


def asked_by_itself(desk: Desk, conn: Connection, values: Mapping[str, Any]) -> OpenMediation:
    """The mediation that was read without problems; about a matter, with what the matter says."""
    village = _village(desk, conn, values.get("village", ""))
    day = values.get("applied_on")
    typed = OpenMediation(
        title=values.get("title", ""), applied_on=date.fromisoformat(day) if day else desk.today,
        village=village.id if village else "", feed=feed_of(desk, village) if village else desk.feed,
        source=values.get("source", "application"), committee=values.get("committee", ""),
        mediators=tuple(values.get("mediators", ())), recorder=values.get("recorder", ""),
        category=values.get("category", ""), facts=values.get("facts", ""),
        claims=tuple(values.get("claims", ())),
        parties=tuple(party_values(party) for party in values.get("parties", ())),
        said={key: values[key] for key in ("oral", "referred_by", "note") if values.get(key)},
    )  # fmt: skip
    return _about_matter(desk, conn, typed, values["matter"]) if values.get("matter") else typed


def _village(desk: Desk, conn: Connection, written: str) -> Village | None:
    """The village that was named; who is bound to one mediates there."""
    if written:
        return village_in_sight(desk, conn, written)
    bound = [v for v in villages_in_sight(desk, conn) if v.id == desk.village]
    return bound[0] if bound else None


def _about_matter(desk: Desk, conn: Connection, typed: OpenMediation, number: str) -> OpenMediation:
    """With the matter's title, facts and requests where nothing was typed.

    Of who asked for confidence, or gave no name, nothing is taken over (要求保密).
    """
    matter = find_matter(desk, conn, number)
    file = load_file(conn, matter.id)
    assert file is not None
    first = file.first_intake
    return replace(
        typed, matter=matter.id, title=typed.title or matter.title,
        facts=typed.facts or (first.summary if first else ""),
        claims=typed.claims or tuple(claim.text for claim in file.claims),
        parties=typed.parties or _petitioner(file),
    )  # fmt: skip


def _petitioner(file: MatterFile) -> tuple[Mapping[str, Any], ...]:
    who = file.petitioner
    if who is None or not who.name or file.matter.confidential or file.matter.anonymous:
        return ()
    return (
        {"side": "applicant", "name": who.name, "phone": who.phone, "address": who.address},
    )  # fmt: skip


_OF_A_PARTY = ("side", "sex", "age", "ethnicity", "occupation", "address")


def party_values(typed: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed of a party, as its record holds it; what was left out is not there."""
    values = {key: typed[key] for key in _OF_A_PARTY if key in typed}
    if typed.get("phone"):
        values["phone"] = normalise_phone(typed["phone"])
    return {**values, "name": normalise_name(typed["name"])}
