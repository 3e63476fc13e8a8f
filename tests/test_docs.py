"""What the documents name exists, and the picture of the layers is the one that is checked."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from xinfang_desktop.cli.commands import NOUNS

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_and_paths_lead_somewhere(document: Path) -> None:
    text = document.read_text("utf-8")
    links = re.findall(r"\]\(([^)#]+)", text)
    assert all((document.parent / link).exists() for link in links)
    named = re.findall(r"`((?:xinfang_desktop|resources|forms|docs|tests)/[\w./-]*\w)`", text)
    named = [path for path in named if "F99" not in path]
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_commands_that_are_shown_exist(document: Path) -> None:
    for line in re.findall(r"^xinfang .+$|`xinfang [^`]+`", document.read_text("utf-8"), re.M):
        words = [word for word in line.strip("`").split()[1:] if not word.startswith("-")]
        assert NOUNS.keys() & set(words) or "--help" in line, line


def test_the_picture_is_the_contract() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    layers = next(c for c in contracts["contracts"] if c["type"] == "layers")["layers"]
    picture = (ROOT / "docs" / "architecture.md").read_text("utf-8").split("```")[1]
    drawn = [re.split(r" {2,}", line)[0] for line in picture.strip().splitlines()]
    assert drawn == layers


def test_rooms_that_are_named_exist() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    table = text.split("## 各间屋子")[1].split("##")[0]
    for line in table.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        packages = re.findall(r"`(\w+)`", cells[0]) if len(cells) == 2 else []
        for room in re.findall(r"`(\w+)/?`", cells[1]) if packages else []:
            places = [ROOT / "xinfang_desktop" / package / room for package in packages]
            assert any(p.is_dir() or p.with_suffix(".py").exists() for p in places), room
