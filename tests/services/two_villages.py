"""One office twice: with the records of a second village and without them, else the same.

The office without is made first and copied; so what 柳溪村 has is the same to the last id, and an
account of 柳溪村 must be told the same in both. All people and texts are invented.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
from sqlalchemy import select

from tests.factories import OFFICE, PASSWORD, MovableClock
from tests.screening import COURSES, bring, dispute
from tests.state import apart
from xinfang_desktop.domain.names import mask_name
from xinfang_desktop.services import (
    accounts,
    attachments,
    committees,
    dispute_work,
    drafts,
    importing,
    returns,
    rounds,
    village_notes,
)
from xinfang_desktop.services.accounts import NewAccount
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.drafts import Draft
from xinfang_desktop.services.importing import ImportLedger
from xinfang_desktop.services.rounds import OpenRound
from xinfang_desktop.store.reference import Reference
from xinfang_desktop.store.tables import DRAFT, TABLES

OWN, OTHER = "柳溪村", "双井村"
OTHER_CODE = "430522101205"
LIAISONS = {OWN: "何春生", OTHER: "屈二全"}


@dataclass(frozen=True)
class Texts:
    """What one village says; nothing of it is in what the other says."""

    names: tuple[str, str]
    phones: tuple[str, str]
    found_on: str
    place: str
    about: str
    talk: str
    return_note: str
    reminder: str
    round_note: str
    attachment: str
    ledger: str
    promise: str


TEXTS: Mapping[str, Texts] = {
    OWN: Texts(
        ("罗春生", "谭玉珍"), ("13788880001", "13788880002"), "2026-09-17", "五组 · 后山路",
        "排水沟", "路灯坏了四盏", "八月查过两遍", "答应周五报", "报欠薪情况", "照片.jpg", "果树遮光",
        "换灯泡",
    ),
    OTHER: Texts(
        ("屈望山", "鄢秀禾"), ("13655550001", "13655550002"), "2026-09-16", "石门坳 · 鱼塘边",
        "鱼塘堤埂渗漏", "砂石料款拖了半年", "双抢期间漏报", "屈会计说明早补", "专问砂石场", "塘埂测绘.jpg",
        "祠堂翻修分摊", "找砂石场结账",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class TwoVillages:
    """Both offices, what the village has that looks (``own``) and what the other has (``other``).

    ``other`` is kind of record → ids, and ``number`` → numbers in full and in short.
    """

    without: Path
    full: Path
    own: Mapping[str, tuple[str, ...]]
    other: Mapping[str, tuple[str, ...]]
    secrets: frozenset[str]


def make(made: Path, folder: Path, reference: Reference) -> TwoVillages:
    """From an office that has both villages and nothing else."""
    without = Path(shutil.copytree(made, folder / "without"))
    clock = MovableClock()
    desk = _enter(without, clock, reference)
    for village, name in LIAISONS.items():
        accounts.add_account(desk, NewAccount(name, ("liaison",), PASSWORD, village))
    rounds.open_round(desk, OpenRound("monthly", "2026-09"))
    own = _live(desk, without, OWN, clock, reference, folder)
    full = Path(shutil.copytree(without, folder / "full"))
    with apart(folder / "full-state"):
        desk = _enter(full, clock, reference)
        everything = _live(desk, full, OTHER, clock, reference, folder)
    other = {
        kind: tuple(id for id in ids if id not in own.get(kind, ()))
        for kind, ids in everything.items()
    }
    secrets = frozenset(_secrets(without, full, reference, other))
    return TwoVillages(without, full, own, other, secrets)


def _enter(home: Path, clock: MovableClock, reference: Reference, name: str = "") -> Desk:
    return accounts.sign_in(home, name or OFFICE.admin, PASSWORD, clock, reference)


def _live(
    officer: Desk, home: Path, village: str, clock: MovableClock, reference: Reference, folder: Path
) -> Mapping[str, tuple[str, ...]]:
    """Everything a village can have, done by its liaison and by the office. Closes the desk."""
    clock.go("2026-09-21")
    says = TEXTS[village]
    liaison = _enter(home, clock, reference, LIAISONS[village])
    found: dict[str, list[str]] = {"number": []}
    for state in (*COURSES, "reopened"):
        number = _dispute(officer, village, says, state)
        found["number"] += [number, number.split("-JF-")[1]]
    _rounds(officer, liaison, village, says)
    _notes(liaison, says)
    _committee(officer, village, says)
    _import(officer, village, says, folder)
    _of_the_matter(officer, says, folder)
    now = clock()
    liaison_draft = {"text": f"{says.about}没有写完"}
    drafts.save_draft(
        liaison, Draft(draft_key(village), "screening", says.about, "text", now, liaison_draft)
    )
    with officer.reading() as conn:
        for kind, table in TABLES.items():
            found[kind] = [id for (id,) in conn.execute(select(table.c.id))]
        for kind in ("mediation", "matter", "intake"):
            found["number"] += conn.scalars(select(TABLES[kind].c.number))
    liaison.close()
    officer.close()
    return {kind: tuple(ids) for kind, ids in found.items()}


def committee_of(village: str) -> str:
    """The name of a village's mediation committee."""
    return f"{village}人民调解委员会"


def _committee(officer: Desk, village: str, says: Texts) -> None:
    made = {"name": committee_of(village), "village": village, "phone": says.phones[1]}
    committees.add_committee(officer, made)
    mediator = {"name": says.names[1], "post": "chair"}
    committees.set_mediator(officer, made["name"], mediator)


def draft_key(village: str) -> str:
    """Under which its liaison left something unfinished."""
    return f"draft-{list(LIAISONS).index(village)}"


def _dispute(desk: Desk, village: str, says: Texts, state: str) -> str:
    parties = [
        {"name": name, "phone": phone} for name, phone in zip(says.names, says.phones, strict=True)
    ]
    made = dispute_work.register_dispute(
        desk,
        dispute(
            village=village, found_on=says.found_on, summary=f"{says.about}（{state}）",
            detail=f"{says.about}的经过", place=says.place, parties=parties,
            due=None if state == "found" else "2026-09-30",
        ),
    )  # fmt: skip
    target = "closed" if state == "reopened" else state
    if COURSES[target]:
        bring(desk, made.number, target)
    if state == "reopened":
        reason = {"reason": f"{says.about}又起争执"}
        dispute_work.take_dispute_step(desk, made.number, "reopen", reason)
    elif state not in ("closed", "void"):
        told = {"text": f"{says.about}去看过"}
        dispute_work.take_dispute_step(desk, made.number, "note", told)
    return made.number


def _rounds(officer: Desk, liaison: Desk, village: str, says: Texts) -> None:
    theme = "欠薪" if village == OWN else "汛期"
    opened = rounds.open_round(
        officer,
        OpenRound("special", "2026-09", theme, villages=(village,), note=says.round_note),
    )
    rounds.remind_village(officer, village, opened.key, {"how": "电话", "note": says.reminder})
    row = dispute(
        village=None, found_on=says.found_on, summary=f"{says.about}（报送）", place=says.place
    )
    late = {"period": "2026-08", "filed_on": "2026-09-04", "note": says.return_note}
    returns.file_return(liaison, "", {**late, "disputes": [row]})
    returns.file_return(liaison, "", {"period": "2026-07", "zero": True, "filed_on": "2026-07-31",
                                      "note": f"{says.return_note}（零报告）"})  # fmt: skip


def _notes(liaison: Desk, says: Texts) -> None:
    page = {
        "sort": "diary", "topic": "其他", "text": f"{says.talk}，要求月底前办。", "place": says.place,
        "promises": [
            {"what": says.promise, "due": "2026-09-25"},
            {"what": f"{says.promise}以后去看", "due": "2026-09-30"},
        ],
    }  # fmt: skip
    first = village_notes.write_note(liaison, page).note
    village_notes.keep_promise(liaison, first, 1, {"content": f"{says.promise}办到了"})
    talk = village_notes.write_note(liaison, {**page, "sort": "talk", "headcount": 9}).note
    village_notes.correct_note(liaison, talk, {**page, "sort": "talk"}, f"{says.talk}人数记错")
    told = {"category": "其他", "summary": f"{says.talk}（由记录转来）"}
    village_notes.make_dispute(liaison, first, told)


def _import(officer: Desk, village: str, says: Texts, folder: Path) -> None:
    path = folder / f"{says.ledger}台账.csv"
    path.write_text(
        "矛盾纠纷排查台账\n序号,排查日期,村（社区）,矛盾纠纷内容,当事人,责任人,化解情况\n"
        f"1,2026-06-03,{village},{says.ledger}引起争执,{says.names[0]},{says.names[1]},还在谈\n",
        "utf-8",
    )
    report = importing.import_ledger(officer, ImportLedger(path, kind="disputes"))
    assert report.imported == 1


def _of_the_matter(officer: Desk, says: Texts, folder: Path) -> None:
    """A file in the matter that a dispute was handed over to, which was then looked at."""
    with officer.reading() as conn:
        table = TABLES["dispute"]
        matter = conn.scalar(
            select(TABLES["matter"].c.number)
            .join(table, table.c.matter == TABLES["matter"].c.id)
            .where(table.c.summary.startswith(says.about))
        )
    photo = folder / says.attachment
    photo.write_bytes(says.attachment.encode())
    attachments.attach_file(officer, str(matter), photo)


def kept_of(home: Path, ids: Mapping[str, tuple[str, ...]], reference: Reference) -> list[Any]:
    """The rows of these records, what was done about them, and what was left unfinished."""
    desk = _enter(home, MovableClock(), reference)
    try:
        with desk.reading() as conn:
            rows = [
                conn.execute(select(table).where(table.c.id.in_(ids[kind])).order_by("id")).all()
                for kind, table in TABLES.items()
            ]
            steps = TABLES["case_step"]
            done = select(steps).where(steps.c.case.in_([*ids["dispute"], *ids["village_note"]]))
            unfinished = select(DRAFT).where(DRAFT.c.title == TEXTS[OTHER].about)
            return [*rows, conn.execute(done.order_by(steps.c.id)).all(),
                    conn.execute(unfinished).all()]  # fmt: skip
    finally:
        desk.close()


def read_away(folder: Path) -> str:
    """What the papers and workbooks say that a call left behind; they are taken away."""
    said = []
    for path in sorted(p for p in folder.rglob("*.pdf") if p.is_file()):
        data = path.read_bytes()
        path.unlink()
        if data.startswith(b"%PDF"):
            document = pypdfium2.PdfDocument(data)
            said += [page.get_textpage().get_text_bounded() for page in document]
        else:  # a copy of a file that somebody gave
            said.append(data.decode("utf-8", "replace"))
    for path in sorted(folder.glob("*.xlsx")):
        book = openpyxl.load_workbook(path)
        said += [
            str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value
        ]
        path.unlink()
    return " ".join(said)


# --- what may not be told ------------------------------------------------------------------------

_PLAIN = re.compile(r"[\d:T+.\-]*|[0-9a-f]{64}|[a-z_]+")
"""Dates, hashes and codes of tables: they say nothing by themselves."""


def _secrets(
    without: Path, full: Path, reference: Reference, other: Mapping[str, tuple[str, ...]]
) -> Iterator[str]:
    """Every word of the full store that the other does not hold; long ones by their beginning."""
    common = "\n".join(_words(without, reference))
    for word in _words(full, reference) - _words(without, reference):
        beginning = word[:8] if not re.fullmatch(r"[0-9a-f\-]{36}", word) else word
        if not _PLAIN.fullmatch(word) and len(word) > 1 and beginning not in common:
            yield beginning
    says = TEXTS[OTHER]
    yield from (mask_name(name) for name in says.names)
    yield from (
        *says.names,
        *says.phones,
        says.place,
        says.about,
        says.talk,
        says.return_note,
        says.reminder,
        says.round_note,
        says.attachment,
        says.ledger,
        says.promise,
    )
    yield from (each for each in other["number"] if each not in common)
    yield from (OTHER, OTHER_CODE, LIAISONS[OTHER])


def _words(home: Path, reference: Reference) -> set[str]:
    desk = _enter(home, MovableClock(), reference)
    try:
        with desk.reading() as conn:
            rows = [row for table in TABLES.values() for row in conn.execute(select(table))]
    finally:
        desk.close()
    return {word for row in rows for value in row for word in _texts(value)}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
        if value.startswith(('["', '{"', "[{")):
            yield from _texts(json.loads(value))
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
