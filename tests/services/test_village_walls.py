"""A liaison sees, finds, exports and guesses nothing of another village, through any service.

Every use case is called as a liaison of 柳溪村 with the numbers, ids, names and codes of 双井村, in
an office that has the records of 双井村 and in the same one without. No answer, refusal or file
holds a word of them, and the answers in both offices are the same: so nothing can be guessed.
"""

from __future__ import annotations

import inspect
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tests.factories import CHINA, OFFICE, PASSWORD, TODAY, MovableClock, visit
from tests.screening import dispute
from tests.services import two_villages
from tests.services.test_permissions_of_services import USE_CASES
from tests.services.two_villages import LIAISONS, OTHER, OTHER_CODE, OWN, TEXTS, TwoVillages
from tests.state import apart
from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.domain.matter import MatterFile
from xinfang_desktop.domain.records import Matter
from xinfang_desktop.domain.screening import RoundKey
from xinfang_desktop.ledgers.mapping import MappingProfile
from xinfang_desktop.services import accounts
from xinfang_desktop.services.accounts import NewAccount, NewPerson
from xinfang_desktop.services.desk import Changes, Desk
from xinfang_desktop.services.disputes import VIEWS, DisputeQuery
from xinfang_desktop.services.drafts import Draft
from xinfang_desktop.services.duties import DutyQuery
from xinfang_desktop.services.handling import MatterQuery
from xinfang_desktop.services.importing import ImportLedger
from xinfang_desktop.services.mediations import VIEWS as MEDIATION_VIEWS
from xinfang_desktop.services.mediations import MediationQuery
from xinfang_desktop.services.note_views import NoteQuery
from xinfang_desktop.services.registers import WorkQuery
from xinfang_desktop.services.registration import Clues
from xinfang_desktop.services.rounds import OpenRound
from xinfang_desktop.store.reference import Reference

# --- what every use case is called with -----------------------------------------------------------

Values = Mapping[str, Sequence[Any]]

SAYS = TEXTS[OTHER]
DRAFTS = [two_villages.draft_key(OWN), two_villages.draft_key(OTHER)]
SPECIAL = RoundKey("2026-09", "special", "flood")
NOTE = {"sort": "diary", "topic": "其他", "text": "路灯坏了。", "village": OTHER}
ROW = dispute(village=None, found_on="2026-09-15", summary="水沟堵了")
"""Found on a day on which the other village found nothing: a number counts what the whole office
found on its day, so it tells that something was found elsewhere, and neither where nor what."""
COMMITTEE = two_villages.committee_of(OTHER)
CALM = {"title": "相邻纠纷", "category": "邻里", "parties": [
    {"side": "applicant", "name": "罗春生"}, {"side": "respondent", "name": "谭玉珍"},
]}  # fmt: skip
PAPERS: Values = {
    "code": ["P01", "M01", "P06", "P07"], "out": [None],
    "number": ["{number}", "{own.number}", f"2026-09/{OTHER}", f"2026-09/{OWN}", "2026-09"],
}  # fmt: skip
TYPED = MatterFile(Matter(
    id="m", feed="local:x", number="20260921-A0001", query_code="", title="密件", state="S10",
    received_on=TODAY, channel="visit", sealed=True,
))  # fmt: skip
RETURN = {"period": "2026-09", "disputes": [ROW]}
QUERIES: Mapping[str, Sequence[Any]] = {
    "DisputeQuery": [
        *(DisputeQuery(view=view) for view in VIEWS),
        DisputeQuery(village=OTHER), DisputeQuery(village=OTHER_CODE),
        DisputeQuery(text=SAYS.names[0]), DisputeQuery(text=SAYS.about),
        DisputeQuery(period="2026-06"), DisputeQuery(state="mediation"),
    ],
    "DutyQuery": [
        DutyQuery(), DutyQuery(open_only=True), DutyQuery(owner=LIAISONS[OTHER]),
        DutyQuery(today=date(2027, 3, 1)), DutyQuery(kinds=("promise", "settle", "follow_up")),
    ],
    "NoteQuery": [
        NoteQuery(), NoteQuery(village=OTHER), NoteQuery(open_promises=True),
        NoteQuery(period="2026-09", sort="talk"),
    ],
    "MediationQuery": [
        *(MediationQuery(view=view) for view in MEDIATION_VIEWS), MediationQuery(village=OTHER),
        MediationQuery(text=SAYS.about),
    ],
    "MatterQuery": [MatterQuery(), MatterQuery(text=SAYS.names[0]), MatterQuery(village=OTHER)],
    "WorkQuery": [WorkQuery("reception_day"), WorkQuery("reception_day", text=SAYS.about)],
    "OpenRound": [OpenRound("special", "2026-10", "欠薪", villages=(OTHER,))],
    "NewAccount": [NewAccount("新来的", ("liaison",), PASSWORD, OTHER_CODE)],
    "NewPerson": [NewPerson("新来的人")],
    "ImportLedger": [ImportLedger(Path("nothing.csv"))],
}  # fmt: skip
"""``asked``: by its class."""

OF: Mapping[str, Values] = {
    # use case → the values of its own parameters, where the name means something else elsewhere
    "accounts.add_village": {"code": [OTHER_CODE, "430522101299"], "name": [OTHER, "新村"]},
    "accounts.change_person": {"id": ["{person}"], "changes": [{"title": "会计"}]},
    "accounts.save_office": {"changes": [{"phone": "0739-1"}]},
    "dispute_work.dispute_problems": {"data": [{"text": "看过"}, {"method": "其他"}]},
    "dispute_work.register_dispute": {"data": [ROW | {"village": OTHER}, ROW | {"village": OWN}]},
    "dispute_work.take_dispute_step": {"data": [{"text": "看过"}]},
    "conflicts.resolve_conflict": {"id": ["0123456789ab"], "pick": ["1"], "value": [None]},
    "conflicts.undo_decision": {"id": ["0123456789ab"], "other": [0]},
    "drafts.drop_draft": {"key": DRAFTS},
    "exchange_status.bundle_history": {"site": ["", OTHER]},
    "receiving.import_bundle": {"path": ["{folder}/2027.csv"]},
    "receiving.preview_bundle": {"path": ["{folder}/2027.csv"]},
    "sending.export_bundle": {"to": [OTHER, OTHER_CODE], "out": ["{folder}"], "budget": [None],
                              "recovery": [False]},
    "sharing.share_dispute": {"to": [OTHER]},
    "sharing.share_matter": {"to": [OTHER]},
    "sites.add_site": {"data": [b"no card"], "role": [""], "feeds": [()]},
    "sites.read_card": {"data": [b"no card"]},
    "sites.revoke_site": {"which": [OTHER, OTHER_CODE]},
    "exchange_folder.offered_bundles": {"folder": ["{folder}"]},
    "exchange_papers.check_paper": {"text": ["ab" * 16, "{dispute}"]},
    "exchange_papers.receipt_paper": {"which": [OTHER, "x.xfb"]},
    "committees.add_committee": {"data": [{"name": f"{OTHER}第二调委会", "village": OTHER}]},
    "committees.change_committee": {"name": [COMMITTEE], "data": [{"phone": "0739-2"}]},
    "committees.set_mediator": {"committee": [COMMITTEE], "data": [{"name": "新调解员"}]},
    "mediation_binder.bind_mediation": {"number": ["{number}"], "out": ["{folder}/卷.pdf"]},
    "matter_binder.bind_matter": {"number": ["{number}"], "out": ["{folder}/信访卷.pdf"]},
    "mediation_work.mediation_problems": {"action": ["consent"], "data": [{}]},
    "mediation_work.start_mediation": {"data": [
        {"dispute": "{number}"}, {"matter": "{number}"}, {**CALM, "village": OTHER},
        {**CALM, "village": OWN, "committee": COMMITTEE},
    ]},
    "mediation_work.start_problems": {"data": [{"dispute": "{number}"}, {**CALM, "village": OTHER}]},
    "mediation_work.take_mediation_step": {"action": ["consent", "note"], "data": [{}]},
    "paperwork.sealed_receipt": {"code": ["F02", "F01"], "file": [TYPED]},
    "paperwork.print_form": PAPERS, "paperwork.draft_form": PAPERS, "paperwork.preview": PAPERS,
    "round_papers.round_statistics": {"key": [SPECIAL, RoundKey("2026-09")]},
    "return_forms.make_return_form": {"village": [OTHER, OWN], "key": [None],
                                      "out": ["{folder}/表.xlsx"]},
    "screening_ledger.screening_ledger": {
        "period": ["2026-09", "2026"], "village": ["", OTHER, OWN],
        "out": ["{folder}/台账.pdf", "{folder}/台账.xlsx"],
    },
    "handling.step_problems": {"action": ["note"]},
    "handling.take_step": {"action": ["note"]},
    "note_views.note_view": {"id": ["{village_note}", "{own.village_note}"]},
    "registration.check_intake": {"data": [visit(village=OTHER)]},
    "registration.register_intake": {"data": [visit(village=OTHER)], "draft_key": ["x"]},
    "returns.file_return": {"data": [
        RETURN, {"period": "2026-08", "zero": True}, {"kind": "special", "theme": "汛期",
                                                     "period": "2026-09", "zero": True},
        {"progress": [{"number": "{number}", "text": "去看过"}]},
    ]},
    "returns.return_problems": {"data": [RETURN, {"progress": [{"number": "{number}"}]}]},
    "village_notes.check_note": {"data": [NOTE, {**NOTE, "village": ""}]},
    "village_notes.write_note": {"data": [NOTE, {**NOTE, "village": ""}]},
    "village_notes.correct_note": {"id": ["{village_note}"], "data": [NOTE]},
    "village_notes.keep_promise": {"id": ["{village_note}"], "data": [{"content": "办了"}]},
    "village_notes.make_dispute": {"id": ["{village_note}", "{own.village_note}"], "data": [ROW]},
}  # fmt: skip

BY_NAME: Values = {
    "sort": ["reception_day"],
    "action": ["verify", "settle", "note", "confirm", "to_matter"],
    "attachment": ["{attachment}"],
    "batch_id": ["{import_batch}"],
    "cancelled": [lambda: False],
    "clues": [Clues(name=SAYS.names[0], village=OTHER, text=SAYS.about)],
    "code": ["F01", "F35"],
    "data": [{"record": "other", "content": "x"}],
    "document": ["{document}", "国办发明电〔2026〕7号"],
    "draft": [Draft(DRAFTS[1], "screening", "x", "", datetime(2026, 9, 21, tzinfo=CHINA), {})],
    "duty_id": ["{dispute}/settle", "{dispute}/follow_up", "{village_note}/promise:1",
                "{village}/return:monthly:2026-09", "{own.dispute}/settle"],
    "count": [2], "seed": ["7"],
    "judged": ["same"],
    "key": [SPECIAL, RoundKey("2026-09"), None],
    "kind": ["答"],
    "large_print": [False],
    "left": ["{number}"], "right": ["{own.number}"],
    "limit": [50, 1],
    "month": [TODAY],
    "name": [LIAISONS[OTHER], "没有这个人"],
    "no": [1, 2],
    "number": ["{number}", "{own.number}"],
    "old": ["不是这个"], "new_password": [PASSWORD + "x"], "password": [PASSWORD + "y"],
    "out": ["{folder}/out.pdf"],
    "overrides": [None],
    "path": ["{folder}/2027.csv", "{folder}/2026.csv"],
    "period": ["2026-09", "2026-08", "2026-07", "2026-06", "2026-Q3"],
    "profile": [MappingProfile(name="x")],
    "progress": [lambda done, total: None],
    "reason": ["核对情况"],
    "received_on": [TODAY],
    "roles": [("liaison",)],
    "screen": ["", "screening"],
    "two_sided": [False],
    "series": ["", "monthly", "special"], "theme": ["", "汛期", "欠薪"],
    "state": ["S10"],
    "text": [SAYS.names[0], "quwangshan", "qws", SAYS.about[:2], SAYS.phones[0][-4:], "{number}",
             TEXTS[OWN].names[0], "石", OTHER],
    "village": [OTHER, "双井", OTHER_CODE, "{village}", "", OWN],
    "year": [2026, 2027],
}  # fmt: skip


def values_of(name: str, parameter: inspect.Parameter) -> Sequence[Any]:
    """What one parameter of a use case is tried with; a parameter nobody thought of fails."""
    if parameter.name == "asked":
        known: Sequence[Any] | None = QUERIES.get(str(parameter.annotation).strip("'"))
    else:
        known = OF.get(name, {}).get(parameter.name) or BY_NAME.get(parameter.name)
    if known is None:
        pytest.fail(
            f"{name} takes {parameter.name!r}, which no table of this test knows: add a line with "
            "values of the other village, so that the wall is tried here too"
        )
    return known


def test_the_tables_know_every_use_case_and_nothing_else() -> None:
    assert OF.keys() <= USE_CASES.keys()
    for name, function in USE_CASES.items():
        _, *parameters = inspect.signature(function).parameters.values()
        assert all(values_of(name, each) for each in parameters)
    assert not {"{number}", "{own.number}"}.isdisjoint(BY_NAME["number"])


@dataclass(frozen=True)
class Places:
    """Puts real ids, numbers and folders for the words in braces."""

    both: TwoVillages
    folder: Path

    def filled(self, value: Any) -> Iterator[Any]:
        """Every value that one line of the tables stands for."""
        if isinstance(value, dict):
            yield from self._objects(value)
        elif isinstance(value, list):
            yield from ([each] for one in value for each in self.filled(one))
        elif isinstance(value, str) and (found := re.search(r"\{([a-z_.]+)\}", value)):
            for each in self._named(found[1]):
                text = value.replace(found[0], each)
                yield Path(text) if found[1] == "folder" else text
        else:
            yield value

    def _objects(self, value: Mapping[str, Any]) -> Iterator[Any]:
        for each in product(*(tuple(self.filled(one)) for one in value.values())):
            yield dict(zip(value, each, strict=True))

    def _named(self, word: str) -> Sequence[str]:
        if word == "folder":
            return [str(self.folder)]
        side, _, kind = word.rpartition(".")
        if side:  # our own: one says enough, and each writes
            return self.both.own[kind][:1]
        return self.both.other.get(kind) or self._everybodys(kind)

    def _everybodys(self, kind: str) -> Sequence[str]:
        """Of a kind that the other village has nothing of by itself: its village, its people."""
        return self.both.own[kind]


def calls(name: str, function: Callable[..., Any], places: Places) -> Iterator[Mapping[str, Any]]:
    """All ways in which one use case is called."""
    _, *parameters = inspect.signature(function).parameters.values()
    tried = [
        [each for value in values_of(name, one) for each in places.filled(value)]
        for one in parameters
    ]
    for each in product(*tried):
        yield {one.name: value for one, value in zip(parameters, each, strict=True)}


# --- the walk --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Said:
    """One call and what came of it."""

    call: str
    answer: str


def walk(home: Path, folder: Path, roles: tuple[str, ...], both: TwoVillages,
         reference: Reference) -> list[Said]:  # fmt: skip
    """Every use case with every argument, as 何春生 with these roles; what was said."""
    with apart(folder.with_name(f"{folder.name}-state")):
        return _walk(home, folder, roles, both, reference)


def _walk(
    home: Path, folder: Path, roles: tuple[str, ...], both: TwoVillages, reference: Reference
) -> list[Said]:
    clock = MovableClock()
    clock.go("2026-10-16")
    officer = accounts.sign_in(home, OFFICE.admin, PASSWORD, clock, reference)
    accounts.set_account(officer, LIAISONS[OWN], roles=roles)
    officer.close()
    folder.mkdir()
    for year, day in (("2027", "2027-01-01,rest,元旦"), ("2026", "2026-10-01,rest,国庆")):
        (folder / f"{year}.csv").write_text(f"date,type,name\n{day}\n", "utf-8")
    desk = accounts.sign_in(home, LIAISONS[OWN], PASSWORD, clock, reference)
    told: list[Said] = []
    try:
        places = Places(both, folder)
        for name, function in sorted(USE_CASES.items()):
            for arguments in calls(name, function, places):
                call = f"{name} {arguments!r}".replace(str(folder), "out")
                told.append(
                    Said(call, _answer(desk, function, arguments) + two_villages.read_away(folder))
                )
                desk.flush_looks()  # who looked stands in the next answer, in both walks alike
    finally:
        desk.close()
    return told


def _answer(desk: Desk, function: Callable[..., Any], arguments: Mapping[str, Any]) -> str:
    try:
        return repr(_shown(function(desk, **arguments)))
    except XinfangError as refusal:
        return f"REFUSED {refusal.code} {refusal.sentence} {refusal.mend} {refusal.field}"


def _shown(answer: Any) -> Any:
    """An answer as plain values: sets in an order, a refusal by what it says."""
    if isinstance(answer, XinfangError):
        return (answer.code, answer.sentence, answer.mend, answer.field)
    if isinstance(answer, Changes):
        return (sorted(answer.kinds), len(answer.ids))
    if is_dataclass(answer) and not isinstance(answer, type):
        return {each.name: _shown(getattr(answer, each.name)) for each in fields(answer)}
    if isinstance(answer, Path):
        return answer.name
    if isinstance(answer, tuple | list):
        return [_shown(each) for each in answer]
    return answer


ROLES = [("liaison",), ("liaison", "admin"), ("liaison", "admin", "sealed")]
ADMIN_KNOWS = frozenset({OTHER, OTHER_CODE, LIAISONS[OTHER]})
"""Who manages accounts knows the villages and who signs in for them; not what they filed."""


@pytest.mark.parametrize("roles", ROLES, ids="+".join)
def test_nothing_of_the_other_village_is_told_written_or_to_be_guessed(
    roles: tuple[str, ...], both: TwoVillages, reference: Reference, tmp_path: Path
) -> None:
    homes = [
        Path(shutil.copytree(home, tmp_path / home.name)) for home in (both.full, both.without)
    ]
    before = two_villages.kept_of(homes[0], both.other, reference)
    full, without = (
        walk(home, tmp_path / f"{home.name}-out", roles, both, reference) for home in homes
    )
    secrets = both.secrets - (ADMIN_KNOWS if "admin" in roles else frozenset())
    assert len(full) > 500 and len(secrets) > 100
    for said in full:
        told = {each for each in secrets if each in said.answer and each not in said.call}
        assert not told, f"{said.call}\n→ {told} in {said.answer[:600]}"
    assert not _written(tmp_path / "full-out", secrets)
    assert [said.call for said in full] == [said.call for said in without]
    for here, there in zip(_masked(full), _masked(without), strict=True):
        assert here.answer == there.answer, here.call
    assert two_villages.kept_of(homes[0], both.other, reference) == before, "it was changed"


def test_the_walk_would_notice(both: TwoVillages, reference: Reference, tmp_path: Path) -> None:
    """The same walk as an officer tells nearly everything: the tables ask the right things."""
    copy = Path(shutil.copytree(both.full, tmp_path / "full"))
    told = "\n".join(
        said.answer for said in walk(copy, tmp_path / "out", ("officer",), both, reference)
    )
    heard = {secret for secret in both.secrets if secret in told}
    words = {secret for secret in both.secrets if not re.fullmatch(r"[0-9a-f\-]{36}", secret)}
    assert len(heard) > len(both.secrets) / 3
    assert len(heard & words) > len(words) * 3 / 4


def _written(folder: Path, secrets: frozenset[str]) -> set[tuple[str, str]]:
    """Secrets that stand in a file of this folder, or in its name."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {
        (path.name, secret)
        for path in files
        for secret in secrets
        if secret in path.name or secret.encode() in path.read_bytes()
    }


_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
_HASH = re.compile(r"\b[0-9a-f]{64}\b")
_FUNCTION = re.compile(r"<function .*?>|<xinfang.*?>")


def _masked(told: list[Said]) -> Iterator[Said]:
    """Ids by the order in which they came up, no hashes, no places in memory."""
    places: dict[str, str] = {}

    def named(found: re.Match[str]) -> str:
        return places.setdefault(found[0], f"<id {len(places)}>")

    for said in told:
        answer = _HASH.sub("<hash>", _ID.sub(named, said.answer))
        yield Said(said.call, _FUNCTION.sub("<function>", answer))
