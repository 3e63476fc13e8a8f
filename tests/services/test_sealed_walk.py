"""No use case and no verb of the command tells anything of a sealed matter to who may not open it.

A mark that stands nowhere else is planted in every text of a sealed matter that lies in the sealed
store, of one that waits in the slot, and of a draft. Then every service is called as each role, and
every verb that lists, shows, searches, logs, prints or packs. The marks come out of no answer, no
refusal, no file; who was let in reads them.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import islice, product
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.conftest import SignIn
from tests.factories import CHINA, OFFICE, PASSWORD, register
from tests.services import two_villages
from tests.services.test_permissions_of_services import USE_CASES
from tests.services.test_village_walls import _shown, values_of
from xinfang_desktop.__main__ import main
from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.services import (
    accounts,
    attachments,
    drafts,
    handling,
    paperwork,
    registration,
    sealed_store,
)
from xinfang_desktop.services.accounts import NewAccount
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.drafts import Draft

MARK = "隐匿记号"
MOST = 12
"""Ways in which one use case is called."""


def marked(kind: str) -> dict[str, Any]:
    """An accusation with the mark in every text a person types."""

    def m(no: int) -> str:
        return f"{MARK}{kind}{no:02}"

    return {
        "channel": "来信", "received_on": "2026-09-21", "title": m(1), "sealed": True,
        "claims": [{"text": m(2), "facts": m(3)}],
        "parties": [{"name": m(4), "phone": m(5), "id_number": m(6), "address": m(7)}],
        "village": m(8), "place": m(9), "summary": m(10), "materials": m(11), "source_ref": m(12),
        "category": m(13), "purpose": m(14), "source": m(15), "late_reason": m(16),
        "reported": [{"name": m(17), "unit": m(18), "post": m(19), "related": m(20)}],
    }  # fmt: skip


class Planted(NamedTuple):
    """Where the marks stand."""

    home: Path
    words: Mapping[str, str]


@pytest.fixture
def planted(desk: Desk, sign_in: SignIn, tmp_path: Path) -> Planted:
    """A sealed matter with a course, a paper, a file and a look; one in the slot; a draft."""
    for name, roles in PEOPLE.items():
        accounts.add_account(
            desk, NewAccount(name, roles, PASSWORD, "柳溪村" if "liaison" in roles else "")
        )
    opened = register(desk).number
    hers = sign_in("专办员")
    number = registration.register_intake(hers, marked("库")).number
    handling.take_step(hers, number, "claim", {"no_interest": True})
    handling.take_step(hers, number, "note", {"record": "other", "content": f"{MARK}办02"})
    handling.take_step(hers, number, "promise", {"what": f"{MARK}办03", "due": "2026-09-22"})
    printed = paperwork.print_form(hers, "F01", number)
    given = tmp_path / f"{MARK}件.txt"
    given.write_text(MARK, "utf-8")
    attached = attachments.attach_file(hers, number, given)
    handling.reveal_names(hers, number, f"{MARK}看01")
    matter = handling.matter_view(hers, number).id
    hers.close()
    waiting = registration.register_intake(desk, marked("投"))
    moved = registration.register_intake(
        desk, {**marked("后"), "sealed": False, "village": "柳溪村"}
    )
    handling.take_step(desk, moved.number, "claim", {"no_interest": True, "nature": "accusation"})
    typed = {**marked("稿"), "more_flags": ["sealed"]}
    drafts.save_draft(
        desk,
        Draft("k", "register", f"{MARK}稿", "诉求", datetime(2026, 9, 21, tzinfo=CHINA), typed),
    )
    return Planted(
        desk.home,
        {
            "number": number, "own.number": opened, "matter": matter, "document": printed.document,
            "attachment": attached.id, "waiting": waiting.number, "moved": moved.number,
        },
    )  # fmt: skip


PEOPLE = {
    "专办员": ("officer", "sealed"), "干事": ("officer",), "领导": ("leader",),
    "督查": ("supervisor",), "两样": ("admin", "officer"), "村里": ("liaison",), "管理": ("admin",),
    "未准入": ("officer", "leader", "sealed"),
}  # fmt: skip


def filled(value: Any, words: Mapping[str, str], folder: Path) -> Any:
    """The value with the number, ids and folder put for the words in braces."""
    if isinstance(value, Mapping):
        return {key: filled(each, words, folder) for key, each in value.items()}
    if isinstance(value, list):
        return [filled(each, words, folder) for each in value]
    if not isinstance(value, str):
        return value
    if "{folder}" in value:
        return Path(value.replace("{folder}", str(folder)))
    return re.sub(r"\{([a-z_.]+)\}", lambda f: words.get(f[1], words["matter"]), value)


def answers(desk: Desk, words: Mapping[str, str], folder: Path) -> Iterator[tuple[str, str]]:
    """What every use case says, as text; refusals too."""
    for name, function in sorted(USE_CASES.items()):
        _, *parameters = inspect.signature(function).parameters.values()
        tried = [values_of(name, each) for each in parameters]
        for each in islice(product(*tried), MOST):
            call = {p.name: filled(v, words, folder) for p, v in zip(parameters, each, strict=True)}
            folder.mkdir(exist_ok=True)
            try:
                said = repr(_shown(function(desk, **call)))
            except XinfangError as refusal:
                said = f"{refusal.code} {refusal.sentence} {refusal.mend} {refusal.field}"
            yield f"{name} {call!r}", said + two_villages.read_away(folder)


@pytest.mark.parametrize("who", [name for name in PEOPLE if name != "专办员"])
def test_no_service_tells_of_it(
    who: str, planted: Planted, sign_in: SignIn, tmp_path: Path
) -> None:
    told = 0
    for number in ("number", "waiting", "moved"):
        desk = sign_in(who)
        words = {**planted.words, "number": planted.words[number]}
        for call, said in answers(desk, words, tmp_path / "out"):
            told += 1
            assert MARK not in said, f"{call}\n→ {said[max(0, said.find(MARK) - 200) :][:400]}"
    assert told > 100
    for path in planted.home.rglob("*"):
        if path.is_file():
            assert MARK.encode() not in path.read_bytes(), path.name


VERBS = (
    "matter list", "matter list --text {mark}", "matter show {number}", "matter can {number}",
    "matter fields {number} note", "matter do {number} note --file step.json",
    "matter share {number} --to x", "matter copy {attachment} --out out/a",
    "matter judge {number} {own.number} related", "haves show {number}",
    "duties", "duties --open", "duties --number {number}",
    "form print F02 {number} --out out/a.pdf", "form check F02 {number}", "form offers {number}",
    "form batch F01 --state S20 --out out/batch", "search {mark}", "search {number}",
    "log verify", "log rebuild --check", "log show {number}", "log proof --out out/p.pdf",
    "bundle status", "bundle conflicts", "bundle export --to x --out out", "sealed status",
    "sealed code", "site list", "account list", "ledger batches",
)  # fmt: skip


@pytest.mark.parametrize("who", ["干事", "领导", "两样", "未准入"])
def test_no_verb_tells_of_it(
    who: str, planted: Planted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XINFANG_PASSWORD", PASSWORD)
    Path("step.json").write_text('{"record": "other", "content": "x"}', "utf-8")
    for number in ("number", "moved"):
        words = {**planted.words, "number": planted.words[number], "mark": MARK}
        for verb in VERBS:
            asked = str(filled(verb, words, tmp_path)).split(" ")
            for form in ((), ("--json",)):
                main(["--data", str(planted.home), "--user", who, *form, *asked])
                said = "".join(capfd.readouterr()).replace(MARK if "{mark}" in verb else "\0", "")
                folder = tmp_path / "out"
                assert MARK not in said, f"{verb}: {said}"
                if folder.is_dir():
                    assert MARK not in two_villages.read_away(folder), verb


def test_who_was_let_in_reads_the_marks(planted: Planted, sign_in: SignIn) -> None:
    hers = sign_in("专办员")
    for key, sort in (("number", "库"), ("waiting", "投"), ("moved", "后")):
        view = handling.matter_view(hers, planted.words[key])
        assert view.title == f"{MARK}{sort}01" and view.claims[0].text == f"{MARK}{sort}02"
        assert view.place == f"{MARK}{sort}09"
    said = repr(handling.matter_view(hers, planted.words["number"]))
    assert f"{MARK}办02" in said and f"{MARK}看01" in said and f"{MARK}件.txt" in said
    assert not sealed_store.sealed_status(hers).waiting
    assert sign_in(OFFICE.admin).vault is None


def test_the_walk_would_notice(planted: Planted, sign_in: SignIn, tmp_path: Path) -> None:
    """The same calls by who was let in tell many of the marks: the tables ask the right things."""
    hers = sign_in("专办员")
    heard = {
        mark
        for _, said in answers(hers, planted.words, tmp_path / "out")
        for mark in re.findall(rf"{MARK}\w\d\d", said)
    }
    assert len({mark for mark in heard if "库" in mark}) > 8
