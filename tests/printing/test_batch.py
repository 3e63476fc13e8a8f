"""Many papers: progress, cancel, no half file, no name in a file name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from xinfang_desktop.domain.errors import EnvironmentProblem
from xinfang_desktop.printing.batch import Job, print_all
from xinfang_desktop.printing.preview import page_count
from xinfang_desktop.printing.render import Printer

from .papers import FULL, MATTER


def jobs(count: int) -> list[Job]:
    numbers = (f"20260906-A{n:04d}" for n in range(1, count + 1))
    return [Job(replace(FULL["F07"], matter=replace(MATTER, number=number))) for number in numbers]


def test_a_batch_writes_every_paper_and_tells_how_far_it_is(
    printer: Printer, tmp_path: Path
) -> None:
    seen: list[tuple[int, int]] = []
    done = print_all(printer, "F07", jobs(4), tmp_path / "out", lambda a, b: seen.append((a, b)))
    assert not done.cancelled
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == [f"000{n}-F07-20260906-A000{n}.pdf" for n in range(1, 5)]
    assert [made.path.name for made in done.made] == names
    assert all(page_count(made.path.read_bytes()) == made.pages for made in done.made)
    assert not any("李" in name for name in names)


def test_a_cancelled_batch_leaves_whole_files_only(printer: Printer, tmp_path: Path) -> None:
    asked = iter((False, False, True))
    done = print_all(printer, "F07", jobs(300), tmp_path, cancelled=lambda: next(asked))
    assert done.cancelled
    assert len(done.made) == 2
    assert sorted(tmp_path.iterdir()) == [made.path for made in done.made]


def test_a_paper_that_cannot_be_made_leaves_nothing_of_itself(
    printer: Printer, tmp_path: Path
) -> None:
    with pytest.raises(TypeError):
        print_all(printer, "F07", [*jobs(1), Job(FULL["F02"])], tmp_path)
    assert [path.suffix for path in tmp_path.iterdir()] == [".pdf"]


def test_a_folder_that_takes_no_files_is_told_in_words(printer: Printer, tmp_path: Path) -> None:
    blocked = tmp_path / "out"
    blocked.write_text("a file, not a folder")
    with pytest.raises(EnvironmentProblem) as caught:
        print_all(printer, "F07", jobs(1), blocked)
    assert "不能写入" in caught.value.sentence
    assert str(tmp_path) not in caught.value.sentence


def test_two_papers_of_one_matter_do_not_overwrite_each_other(
    printer: Printer, tmp_path: Path
) -> None:
    same = jobs(1) * 2
    assert len({made.path for made in print_all(printer, "F07", same, tmp_path).made}) == 2
