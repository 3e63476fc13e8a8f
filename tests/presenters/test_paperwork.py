"""文书: the draft, its findings, its preview, printing and batches."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.factories import bring_to, register
from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.presenters.jobs import job_now
from xinfang_desktop.presenters.paperwork import (
    BatchPresenter,
    Kept,
    PaperPresenter,
    batch_remarks,
    batch_words,
)
from xinfang_desktop.presenters.running import run_now
from xinfang_desktop.printing.preview import Picture
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.paperwork import BatchDone


@pytest.fixture
def paper(desk: Desk) -> PaperPresenter:
    """The acceptance notice of an accepted matter."""
    matter = register(desk)
    bring_to(desk, matter.number, "S30")
    made = PaperPresenter(desk, run_now, job_now)
    made.choose(matter.number, lambda: None, code="F07")
    made.load(lambda: None)
    return made


def test_papers_that_may_be_printed_come_first(paper: PaperPresenter) -> None:
    words = [option.label for option in paper.form_options()]
    assert "信访事项受理告知书" in words
    later = [word for word in words if word.endswith("（还不能）")]
    assert later and words[-len(later) :] == later


def test_a_contradiction_stops_printing_until_it_is_mended(paper: PaperPresenter) -> None:
    assert paper.blocked() == ""
    values = paper.values()
    assert paper.edit({**values, "on": "2026-09-01"})
    paper.load(lambda: None)
    assert "必须改" in paper.summary() and paper.blocked()
    wrong = next(finding for finding in paper.findings() if finding.level == "must")
    assert paper.field_of(wrong.field) == "on"
    assert paper.edit(values)
    paper.load(lambda: None)
    assert paper.blocked() == ""


def test_unchanged_values_are_no_change(paper: PaperPresenter) -> None:
    assert not paper.edit(paper.values())


def test_the_preview_is_a_picture_of_the_page(paper: PaperPresenter) -> None:
    seen: list[tuple[Picture, int]] = []
    paper.render(1, 1.0, lambda picture, page: seen.append((picture, page)), pytest.fail)
    assert paper.sheet is not None and paper.sheet.pdf.startswith(b"%PDF")
    small, page = seen[0]
    assert page == 1 and small.png.startswith(b"\x89PNG")
    paper.turn(9, 2.0, lambda picture, page: seen.append((picture, page)))
    large, last = seen[1]
    assert last == paper.sheet.pages and large.width > 1.9 * small.width


def test_the_name_on_the_paper_may_be_changed(paper: PaperPresenter) -> None:
    assert "matter__petitioner" in paper.values()
    assert paper.edit({**paper.values(), "matter__petitioner": "王桂芳、王小梅"})
    paper.load(lambda: None)
    assert paper.draft is not None
    assert paper.draft.values["matter.petitioner"] == "王桂芳、王小梅"


def test_large_print_is_the_readers_or_ones_own_choice(paper: PaperPresenter) -> None:
    assert paper.draft is not None and not paper.draft.large_print
    paper.enlarge(True)
    paper.load(lambda: None)
    assert paper.draft.large_print


def test_printing_keeps_the_paper_and_a_second_print_says_so(
    paper: PaperPresenter, tmp_path: Path
) -> None:
    kept: list[Kept] = []
    out = tmp_path / paper.file_name()
    paper.keep(kept.append, out=out)
    assert out.read_bytes() == kept[0].pdf and "王桂芳" not in out.name
    paper.load(lambda: None)
    assert "以前打印过 1 次" in paper.history()
    paper.keep(kept.append)
    assert kept[1].printed.number == kept[0].printed.number
    old: list[bytes] = []
    paper.old_paper(kept[0].printed.document, old.append)
    assert old == [kept[0].pdf]


def test_a_paper_that_is_too_early_says_why(desk: Desk) -> None:
    made = PaperPresenter(desk, run_now, job_now)
    made.choose(register(desk).number, lambda: None, code="F19")
    refused: list[XinfangError] = []
    made.load(lambda: None, refused.append)
    assert refused[0].code == "not_yet" and refused[0].mend


def test_the_chooser_offers_open_matters_by_title_and_pinyin(desk: Desk) -> None:
    register(desk, title="后山路塌方")
    found = []
    PaperPresenter(desk, run_now, job_now).matters(found.extend)
    assert found[0].label.startswith("后山路塌方 · 20260921-")
    assert "hsltf" in found[0].keys


def test_a_batch_names_what_it_left_out(desk: Desk, tmp_path: Path) -> None:
    ready = register(desk, title="后山路塌方")
    bring_to(desk, ready.number, "S30")
    batch = BatchPresenter(desk, job_now)
    assert ("F07", "信访事项受理告知书") in [(o.value, o.label) for o in batch.forms()]
    done: list[BatchDone] = []
    steps: list[tuple[int, int]] = []
    batch.run(
        "F07", "S30", tmp_path / "out", done.append, pytest.fail,
        lambda at, total: steps.append((at, total)),
    )  # fmt: skip
    assert batch_words(done[0]) == "做好 1 份。没有半份的文件。"
    assert steps[0] == (0, 1)
    batch.run("F19", "S30", tmp_path / "out", done.append, pytest.fail)
    assert "1 件没有做" in batch_words(done[1])
    assert ready.number in batch_remarks(done[1])[0]
    assert [path.suffix for path in (tmp_path / "out").iterdir()] == [".pdf"]
