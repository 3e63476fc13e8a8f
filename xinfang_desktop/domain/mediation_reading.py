"""What the recorded steps of a mediation say: who agreed, what was promised, what the file lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .case_records import CaseStep, MediationParty
from .cases import MediationFile
from .guards import same_name
from .identity import mask_phone
from .mediation_states import AGREED, ENDED
from .mediation_steps import SIDES
from .names import mask_name


def said(step: CaseStep | None) -> Mapping[str, Any]:
    """The data of a step; nothing where there is none."""
    return (step.data or {}) if step else {}


def day_of(data: Mapping[str, Any], key: str) -> date | None:
    """A date field of recorded data."""
    return date.fromisoformat(data[key]) if data.get(key) else None


# --- the sides ---------------------------------------------------------------------------------


def side_of(file: MediationFile, side: str) -> tuple[MediationParty, ...]:
    """The named parties of one side (applicant | respondent)."""
    return tuple(party for party in file.parties if party.side == side and party.name)


def party_called(file: MediationFile, name: str) -> MediationParty | None:
    """The party of that name."""
    return next((party for party in file.parties if same_name(party.name, name)), None)


def answers(file: MediationFile) -> Mapping[str, CaseStep]:
    """Whether each party agrees to the mediation (征求意愿): name → the step that holds now.

    An application (申请) is the applicant's own yes. A party that was added later is not covered
    by what its side had said before.
    """
    sides = {party.name: party.side for party in file.parties if party.name}
    for step in file.all("party"):
        if said(step).get("added"):
            sides.pop(_key(file, said(step)["name"]), None)
    given: dict[str, CaseStep] = {}
    for step in file.all("start", "consent", "party"):
        data = said(step)
        if step.action == "party":
            name = _key(file, data["name"])
            if data.get("added"):
                given.pop(name, None)
            sides[name] = data["side"]
        elif step.action == "consent":
            given |= {name: step for name, side in sides.items() if _covers(data, name, side)}
        elif data.get("source") == "application":
            given |= {name: step for name, side in sides.items() if side == "applicant"}
    present = {party.name for party in file.parties}
    return {name: step for name, step in given.items() if name in present}


def _key(file: MediationFile, name: str) -> str:
    """The name as the party's record spells it."""
    party = party_called(file, name)
    return party.name if party else name


def _covers(data: Mapping[str, Any], name: str, side: str) -> bool:
    one = data.get("party")
    return data["side"] == side and (not one or same_name(one, name))


def agreeing(step: CaseStep) -> bool:
    """Whether an answer is a yes; an application is one."""
    return step.action == "start" or bool(said(step).get("agrees"))


def unanswered(file: MediationFile) -> tuple[MediationParty, ...]:
    """The parties that have not agreed yet."""
    given = answers(file)
    return tuple(
        party
        for party in file.parties
        if party.name and not (party.name in given and agreeing(given[party.name]))
    )


@dataclass(frozen=True, slots=True)
class IdentityCheck:
    """That a party's document was looked at (身份核验): which one, when, by whom."""

    party: MediationParty
    document: str
    on: date
    by: str
    copy_reason: str


def identity_checks(file: MediationFile) -> tuple[IdentityCheck, ...]:
    """The newest check of each party, in the order of the parties."""
    found: dict[str, IdentityCheck] = {}
    for step in file.all("accept", "party"):
        data = said(step)
        for row in data.get("identity", ()) if step.action == "accept" else (data,):
            party = party_called(file, row.get("name", ""))
            if party and row.get("document"):
                found[party.id] = IdentityCheck(
                    party, row["document"], step.on, data.get("registrar") or step.by,
                    row.get("copy_reason", ""),
                )  # fmt: skip
    return tuple(found[party.id] for party in file.parties if party.id in found)


def may_sign_for(file: MediationFile, party: MediationParty, signer: str, on: date) -> bool:
    """Whether ``signer`` is the party, or an agent whose mandate holds on that day and covers it."""
    if same_name(party.name, signer):
        return True
    for step in file.all("agent"):
        data = said(step)
        first, last = day_of(data, "from_on") or step.on, day_of(data, "until_on") or date.max
        if (
            same_name(data["principal"], party.name)
            and "sign" in data["scope"]
            and first <= on <= last
            and any(same_name(agent["name"], signer) for agent in data["agents"])
        ):
            return True
    return False


def agents(file: MediationFile) -> Iterator[Mapping[str, Any]]:
    """Who acts for a party (受托人), as entered."""
    for step in file.all("agent"):
        yield from said(step)["agents"]


# --- the agreement -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that was agreed (协议的一项), numbered from 1, and the step by which it was done."""

    no: int
    what: str
    by: str
    how: str
    due: date | None
    done: CaseStep | None


def effective_on(agreement: CaseStep) -> date:
    """The day an agreement takes effect: an oral one when it is reached (《人民调解法》 art. 30), a
    written one when the parties and the mediator have signed and the seal is on it (art. 29)."""
    data = said(agreement)
    if data.get("form") == "oral":
        return agreement.on
    return max(day_of(data, "signed_on") or agreement.on, day_of(data, "sealed_on") or agreement.on)


def items(file: MediationFile) -> tuple[Item, ...]:
    """What was agreed, item by item; empty without an agreement."""
    done = {
        said(step)["item"]: step
        for step in reversed(tuple(file.all("performance")))
        if not said(step).get("partly")
    }
    return tuple(
        Item(
            no, row["what"], row.get("by", ""), row.get("how", ""), day_of(row, "due"), done.get(no)
        )
        for no, row in enumerate(said(file.last("agreement")).get("items", ()), 1)
    )


# --- the file ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FilePaper:
    """One of the thirteen documents of the statutory file (卷内文书)."""

    no: int
    name: str
    form: str  # the paper it is printed on
    required: bool  # 必须 for a file that stands where this one does
    there: bool  # what it says was recorded


def file_papers(file: MediationFile) -> tuple[FilePaper, ...]:
    """The thirteen documents in their order, and which are there (司法部 2010 formats).

    A mediation that a side refused needs the application and the cover only, one that ended
    without an agreement needs no agreement.
    """
    accepted, agreement = file.last("accept"), file.last("agreement")
    refused = file.state == "refused" and accepted is None
    open_or_agreed = file.state not in ENDED or agreement is not None
    checked = {check.party.id for check in identity_checks(file)}
    named = {party.id for party in file.parties if party.name}
    oral = said(agreement).get("form") == "oral"
    start = said(file.last("start"))
    applied = start.get("source") == "application" and not start.get("oral")
    table = (
        (1, "人民调解申请书" if applied else "人民调解受理登记表", "M01", True,
         bool(file.mediation.facts) and bool(named)),
        (2, "当事人权利义务告知书", "M02", not refused, bool(said(accepted).get("rights_told"))),
        (3, "当事人身份证明", "M03", not refused, bool(named) and named <= checked),
        (4, "授权委托书", "M04", False, file.last("agent") is not None),
        (5, "人民调解调查记录", "M05", False, file.last("inquiry") is not None),
        (6, "证据材料", "M06", False, file.last("evidence") is not None),
        (7, "人民调解记录", "M07", not refused, file.last("session") is not None),
        (8, "人民调解口头协议登记表" if oral else "人民调解协议书", "M08", open_or_agreed,
         agreement is not None),
        (9, "履行凭证", "M09", False, file.last("performance") is not None),
        (10, "人民调解回访记录", "M10", False, file.last("follow") is not None),
        (11, "司法确认有关材料", "M11", False, file.last("court") is not None),
        (12, "卷宗情况说明", "M12", False, bool(said(file.last("archive")).get("explained"))),
        (13, "封底", "M13", True, file.last("archive") is not None),
    )  # fmt: skip
    return tuple(FilePaper(*row) for row in table)


def lacking(file: MediationFile) -> tuple[str, ...]:
    """The required documents that are not there yet."""
    return tuple(paper.name for paper in file_papers(file) if paper.required and not paper.there)


def unperformed(file: MediationFile) -> tuple[Item, ...]:
    """What was agreed and not recorded as done."""
    return tuple(item for item in items(file) if item.done is None) if file.state in AGREED else ()


def masked(file: MediationFile, text: str) -> str:
    """The text with the sides and their agents masked (王** …), as lists and pages show it."""
    people = [(party.name, party.phone) for party in file.parties]
    people += ((agent["name"], agent.get("phone", "")) for agent in agents(file))
    for name in sorted({name for name, _ in people if len(name) > 1}, key=len, reverse=True):
        text = text.replace(name, mask_name(name))
    for phone in {phone for _, phone in people if phone}:
        text = text.replace(phone, mask_phone(phone))
    return text


def side_word(side: str) -> str:
    """申请人 or 被申请人."""
    return dict(SIDES).get(side, side)
