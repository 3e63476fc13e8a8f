"""The command tells a liaison nothing of another village either, and nothing to guess it by.

Every verb about disputes, rounds, notes, mediations, duties and search is called as a liaison of 柳溪村 with the
numbers, ids and names of 双井村, in the two offices of ``tests.services.two_villages``.
"""

from __future__ import annotations

import importlib
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from tests.factories import PASSWORD
from tests.screening import dispute
from tests.services import two_villages
from tests.services.two_villages import LIAISONS, OTHER, OTHER_CODE, OWN, TEXTS, TwoVillages
from tests.state import apart
from xinfang_desktop.cli.commands import NOUNS
from xinfang_desktop.cli.mediation import _STEPS

from .conftest import Command, Ran

Words = Sequence[str]

ROW = dispute(village=None, found_on="2026-09-15", summary="水沟堵了")
FILES: Mapping[str, object] = {
    "dispute.json": {**ROW, "village": OTHER},
    "step.json": {"text": "去看过"},
    "return.json": {"period": "2026-08", "zero": True},
    "progress.json": {"period": "2026-09", "progress": [{"number": "20260916-A0003", "text": "x"}]},
    "note.json": {"village": OTHER, "sort": "diary", "topic": "其他", "text": "路灯坏了。"},
    "row.json": ROW,
    "mediation.json": {"dispute": "20260916-A0003"},
}
SAYS = TEXTS[OTHER]

VERBS: Mapping[str, Sequence[Words]] = {
    # noun and verb → the words after them; {number}, {note}, {mediation} are the other village's
    "dispute add": [["--file", "dispute.json"]],
    "dispute list": [
        [], ["--village", OTHER], ["--village", OTHER_CODE], ["--text", SAYS.names[0]],
        ["--period", "2026-06"], ["--view", "stalled"], ["--state", "mediation"],
    ],
    "dispute share": [["{number}", "--to", OTHER]],
    "dispute show": [["{number}"], ["{short}"]],
    "dispute do": [["{number}", "note", "--file", "step.json"]],
    "dispute attach": [["{number}", "step.json"]],
    "dispute can": [["{number}"]],
    "dispute fields": [["{number}", "settle"]],
    "screening open": [["--kind", "special", "--period", "2026-10", "--theme", "欠薪"]],
    "screening return": [["--village", OTHER, "--file", "return.json"],
                         ["--file", "progress.json"]],
    "screening status": [["2026-09"], ["2026-08"], ["2026-07"],
                         ["2026-09", "--kind", "special", "--theme", "汛期"]],
    "screening grid": [[], ["--kind", "special"], ["--kind", "monthly", "--year", "2026"]],
    "screening sheet": [["--village", OTHER], ["--period", "2026-08"],
                        ["--period", "2026-09", "--kind", "special", "--theme", "汛期"]],
    "screening ledger": [["2026-09", "--out", "out/a.pdf"], ["2026", "--out", "out/a.xlsx"],
                         ["2026-09", "--out", "out/a.xlsx", "--village", OTHER]],
    "screening form": [["--out", "out/a.xlsx"], ["--out", "out/a.xlsx", "--village", OTHER]],
    "screening statistics": [["2026-09"], ["2026-09", "--kind", "special", "--theme", "汛期"]],
    "screening remind": [["2026-09", "--village", OTHER, "--how", "电话"]],
    "note add": [["--file", "note.json"]],
    "note list": [[], ["--village", OTHER], ["--open"]],
    "note show": [["{note}"]],
    "note keep": [["{note}", "2", "--content", "办了"]],
    "note correct": [["{note}", "--file", "note.json", "--reason", "改"]],
    "note to-dispute": [["{note}", "--file", "row.json"]],
    "mediation start": [["--file", "mediation.json"]],
    **{f"mediation {verb}": [["{mediation}", "--file", "step.json"]] for verb, _, _ in _STEPS},
    "mediation do": [["{mediation}", "note", "--file", "step.json"]],
    "mediation list": [[], ["--village", OTHER], ["--text", SAYS.about]],
    "mediation show": [["{mediation}"]],
    "mediation bind": [["{mediation}", "--out", "out/a.pdf"]],
    "mediation can": [["{mediation}"]],
    "mediation fields": [["{mediation}", "note"]],
    "duties": [[], ["--open"], ["--owner", LIAISONS[OTHER]], ["--number", "{short}"]],
    "search": [[SAYS.names[0]], ["quwangshan"], [SAYS.about], [SAYS.phones[0][-4:]], ["{number}"],
               ["石"]],
}  # fmt: skip


def test_no_verb_of_these_nouns_is_left_out() -> None:
    for noun in ("dispute", "screening", "note", "mediation", "duties", "search"):
        module = importlib.import_module(f"xinfang_desktop.cli.{NOUNS[noun].module}")
        for verb in module.VERBS:
            words = f"{noun} {verb.name}".strip()
            assert words in VERBS, f"add what “{words}” is asked about the other village"


def asked(both: TwoVillages) -> Iterator[list[str]]:
    """Every call, with real numbers and ids for the words in braces."""
    number = both.other["number"][4]
    known = {
        "{number}": number,
        "{short}": number.split("-JF-")[1],
        "{note}": both.other["village_note"][0],
        "{mediation}": next(each for each in both.other["number"] if "-TJ-" in each),
    }
    for verb, ways in VERBS.items():
        for words in ways:
            yield [*verb.split(), *(known.get(word, word) for word in words)]


def test_the_command_tells_a_liaison_nothing_of_another_village(
    run: Command,
    both: TwoVillages,
    tmp_path: Path,
    write: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XINFANG_PASSWORD", PASSWORD)
    for name, content in FILES.items():
        write(content, name=name)
    monkeypatch.chdir(tmp_path)
    homes = [
        Path(shutil.copytree(home, tmp_path / home.name)) for home in (both.full, both.without)
    ]
    ran = 0
    for words in asked(both):
        here, there = (_and_files(_asked_at(home, run, words), tmp_path) for home in homes)
        told = {
            each
            for each in both.secrets
            if each in here.out + here.err and not any(each in word for word in words)
        }
        assert not told - _in_files(words), f"{words}\n{here.out[:600]}"
        assert here.status == there.status
        assert _masked(here) == _masked(there), words
        ran += 1
    assert ran > 60


def _asked_at(home: Path, run: Command, words: Sequence[str]) -> Ran:
    """As on a PC of its own."""
    with apart(home.with_name(f"{home.name}-state")):
        return run("--data", home, "--user", LIAISONS[OWN], "--json", *words)


def _and_files(said: Ran, folder: Path) -> Ran:
    """What was said, with what the papers and workbooks say that were written by it."""
    return Ran(said.status, said.out + two_villages.read_away(folder / "out"), said.err)


def _in_files(words: Sequence[str]) -> set[str]:
    """What the asker wrote into the file it gave: a refusal may quote it."""
    given = "".join(str(FILES[word]) for word in words if word in FILES)
    return {word for word in (OTHER, "20260916-A0003", "水沟堵了") if word in given}


def _masked(said: Ran) -> str:
    """What was said, without ids, and without the moment at which something was written just now."""
    text = re.sub(
        r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", "<id>", said.out
    )
    return re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+\-]\d\d:\d\d|\d\d:\d\d", "<moment>", text)
