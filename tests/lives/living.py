"""Living through a story: events on fixed days in the practice office, by service and by command.

A story is a TOML file. Each event stands on a day (``on``), is done by somebody (``by``, 周敏 where
nothing is said) and holds one deed:

``register`` an item · ``do`` a step with its ``data`` · ``have`` one of the four 有 with its ``data``
· ``attach`` a file of that name · ``sort`` a line of the office's registers · ``work`` a step of it.

``as`` gives the matter of a registration a name, ``matter`` chooses one by it. A deed that must be
refused says with which code (``refused``) and by which article (``article``). ``state`` is where the
matter then stands, ``print`` the papers that are handed out then, ``says`` what each of them must
say. Events take turns: one by the command, the next by the services.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
from reportlab.pdfgen.canvas import Canvas

from tests.factories import PASSWORD, MovableClock
from tests.printing.reading import read
from xinfang_desktop.cli import commands
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.services import (
    accounts,
    attachments,
    duties,
    handling,
    haves,
    paper_offers,
    paperwork,
    registration,
)
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.store.reference import Reference

CLERK = "周敏"
STORIES = sorted(Path(__file__).parent.glob("*.toml"))


def told(path: Path) -> Mapping[str, Any]:
    """The story of a file."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


@dataclass
class Refused:
    """How a deed was refused."""

    code: str
    sentence: str
    mend: str
    article: str


@dataclass
class Town:
    """The practice office, its clock, and what was printed so far."""

    home: Path
    clock: MovableClock
    reference: Reference
    out: Path
    numbers: dict[str, str] = field(default_factory=dict)
    printed: dict[str, list[str]] = field(default_factory=dict)
    deeds: int = 0
    papers: int = 0

    @contextlib.contextmanager
    def desk(self, name: str) -> Iterator[Desk]:
        """The desk of somebody, for a moment."""
        desk = accounts.sign_in(self.home, name, PASSWORD, self.clock, self.reference)
        try:
            yield desk
        finally:
            desk.close()

    def command(self, name: str, *words: object) -> tuple[int, Any]:
        """The command run by somebody: its status and its one JSON object."""
        said = io.StringIO()
        line = ["--data", self.home, "--user", name, "--json", *words]
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(io.StringIO()):
            status = commands.main([str(word) for word in line], self.clock)
        return status, json.loads(said.getvalue())

    def live(self, story: Mapping[str, Any]) -> None:
        """Everything that happens in it, in order."""
        for event in story["event"]:
            self.deeds += 1
            self.clock.go(max(event["on"], self.clock.moment.date()), 9)
            self.clock.later(minutes=5 * self.deeds)
            assert self.clock.moment.date() == event["on"], f"{event} lies in the past"
            self._happen(event)

    def _happen(self, event: Mapping[str, Any]) -> None:
        by = event.get("by", CLERK)
        refused = self._deed(by, event)
        wanted = event.get("refused", "")
        if wanted or refused:
            assert refused and refused.code == wanted, f"{event}: {refused}"
            assert refused.sentence.endswith("。") and refused.mend, f"{event}: {refused}"
            assert event.get("article", "") in refused.article, f"{event}: {refused}"
            return
        number = self._number(event)
        if "state" in event:
            with self.desk(by) as desk:
                now = handling.matter_view(desk, number).state
            assert now == event["state"], f"{event}: {now}"
        for code in event.get("print", ()):
            self.print(by, number, code, event.get("says", {}).get(code, ()))

    def _number(self, event: Mapping[str, Any]) -> str:
        return self.numbers[event.get("as") or event.get("matter") or "事项"]

    def _deed(self, by: str, event: Mapping[str, Any]) -> Refused | None:
        kind = next((name for name in DEEDS if name in event), "")
        if not kind:
            return None
        filled = self._filled({**event, "data": event.get("data", {})})
        by_command, by_service = DEEDS[kind]
        if self.deeds % 2:
            status, answer = by_command(self, by, filled)
            if "error" in answer:
                error = answer["error"]
                assert status == 1, answer
                return Refused(error["code"], error["sentence"], error["mend"], error["article"])
            return None
        try:
            with self.desk(by) as desk:
                by_service(self, desk, filled)
        except RuleViolation as error:
            return Refused(error.code, error.sentence, error.mend, error.article)
        return None

    def _filled(self, value: Any) -> Any:
        """``{名字}`` stands for the number of that matter; dates are ISO text."""
        if isinstance(value, dict):
            return {name: self._filled(each) for name, each in value.items()}
        if isinstance(value, list):
            return [self._filled(each) for each in value]
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, str):
            return re.sub(r"\{(\w+)\}", lambda found: self.numbers.get(found[1], found[0]), value)
        return value

    def file(self, data: Any) -> Path:
        """A JSON file for the command."""
        path = self.out / "in.json"
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        return path

    # --- papers ---

    def print(self, by: str, number: str, code: str, says: tuple[str, ...]) -> None:
        """Hand out a paper and read it back as its addressee would."""
        self.papers += 1
        out = self.out / f"{self.papers:02d}_{code}.pdf"
        if self.papers % 2:
            status, answer = self.command(by, "form", "print", code, number, "--out", out)
            assert status == 0, f"{code}: {answer}"
        else:
            with self.desk(by) as desk:
                paperwork.print_form(desk, code, number, out)
        words = read(out.read_bytes())
        for phrase in says:
            assert re.sub(r"\s", "", phrase) in words, f"{code} does not say {phrase}: {words}"
        for leak in ("None", "{{", "}}", "2005", "息访", "罢访", "稳控"):
            assert leak not in words, f"{code} says {leak}"
        self.printed.setdefault(number, []).append(code)

    def left(self, by: str, number: str) -> list[str]:
        """Papers that may be printed and never were."""
        with self.desk(by) as desk:
            offers = paper_offers.forms_for(desk, number)
        return [o.code for o in offers if o.allowed and o.code not in self.printed.get(number, [])]

    def bound(self, by: str, number: str) -> list[str]:
        """Bind the whole file; its bookmarks, each with its number where papers share a title."""
        out = self.out / f"{number}.pdf"
        status, answer = self.command(by, "matter", "binder", number, "--out", out)
        assert status == 0, answer
        with pypdfium2.PdfDocument(out) as document:
            return [mark.get_title() for mark in document.get_toc()]

    def owed(self, by: str, number: str) -> dict[str, str]:
        """Kind of duty → its state, the worst of each kind."""
        worst = ("overdue", "open", "done_late", "unknown", "done", "not_owed")
        with self.desk(by) as desk:
            rows = duties.duties(desk, duties.DutyQuery(number=number))
        found: dict[str, str] = {}
        for row in rows:
            before = found.get(row.kind, "not_owed")
            found[row.kind] = min(before, row.state, key=worst.index)
        return found


def _register_by_command(town: Town, by: str, event: Any) -> Any:
    status, answer = town.command(by, "intake", "add", "--file", town.file(event["register"]))
    if status == 0:
        town.numbers[event.get("as", "事项")] = answer["number"]
    return status, answer


def _register(town: Town, desk: Desk, event: Any) -> None:
    made = registration.register_intake(desk, event["register"])
    town.numbers[event.get("as", "事项")] = made.number


def _do_by_command(town: Town, by: str, event: Any) -> Any:
    path = town.file(event["data"])
    return town.command(by, "matter", "do", town._number(event), event["do"], "--file", path)


def _do(town: Town, desk: Desk, event: Any) -> None:
    handling.take_step(desk, town._number(event), event["do"], event["data"])


def _have_by_command(town: Town, by: str, event: Any) -> Any:
    path = town.file(event["data"])
    return town.command(by, "haves", "set", town._number(event), event["have"], "--file", path)


def _have(town: Town, desk: Desk, event: Any) -> None:
    haves.set_have(desk, town._number(event), event["have"], event["data"])


def _paper_file(town: Town, event: Any) -> Path:
    path = town.out / str(event["attach"])
    scan = Canvas(str(path))
    scan.drawString(72, 720, f"scan {town.deeds}")
    scan.save()
    return path


def _attach_by_command(town: Town, by: str, event: Any) -> Any:
    return town.command(by, "matter", "attach", town._number(event), _paper_file(town, event))


def _attach(town: Town, desk: Desk, event: Any) -> None:
    attachments.attach_file(desk, town._number(event), _paper_file(town, event))


DEEDS: Mapping[str, tuple[Any, Any]] = {
    "register": (_register_by_command, _register),
    "do": (_do_by_command, _do),
    "have": (_have_by_command, _have),
    "attach": (_attach_by_command, _attach),
}
"""A deed: how the command does it, how the services do it."""
