"""The complete file of a mediation as one PDF, read back page by page."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest

from tests.conftest import DeskOf
from tests.services.test_mediation_papers import filed  # noqa: F401 - a fixture
from tests.services.test_mediations import start, take
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.services import mediations, paperwork
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.mediation_binder import bind_mediation


def pages(data: bytes) -> list[str]:
    """The words of every page, without blanks."""
    document = pypdfium2.PdfDocument(data)
    return ["".join(p.get_textpage().get_text_bounded().split()) for p in document]


def test_the_file_lies_in_order_and_the_contents_name_the_right_pages(
    desk: Desk, filed: str, tmp_path: Path  # noqa: F811
) -> None:  # fmt: skip
    made = bind_mediation(desk, filed, tmp_path / "卷.pdf")
    assert made is not None and made.missing == ()
    words = pages(made.out.read_bytes())
    assert made.pages == len(words)
    front = next(
        n for n, page in enumerate(words) if "申请" in page and n > 0 and "目录" not in page
    )
    titles = [title for title, _ in made.contents]
    assert titles.index("人民调解申请书") < titles.index("人民调解记录") < titles.index("人民调解协议书") \
        if "人民调解申请书" in titles else titles  # fmt: skip
    last = 0
    for title, named in made.contents:
        first = int(named.split("—")[0])
        assert first == last + 1, f"{title} follows without a gap"
        last = int(named.split("—")[-1])
        page = words[front + first - 1]
        assert re.sub(r"（.*?）", "", title)[:4] in page, (title, first)
        assert page.endswith(str(first)) or str(first) in page
    assert len(words) == front + last + 1, "cover and contents before, one back cover behind"
    for title, named in made.contents:
        assert title.replace(" ", "") in "".join(words[:front]), title
        assert named in "".join(words[:front])


def test_the_bound_file_is_kept_and_listed(desk: Desk, filed: str, tmp_path: Path) -> None:  # noqa: F811
    made = bind_mediation(desk, filed, tmp_path / "卷.pdf")
    assert made is not None
    assert paperwork.document_pdf(desk, made.document) == made.out.read_bytes()
    (kept, *_) = mediations.mediation_view(desk, filed).documents
    assert (kept.title, kept.pages) == ("人民调解卷宗", made.pages)


def test_what_is_missing_stands_first(desk: Desk, tmp_path: Path) -> None:
    number = start(desk).number
    take(desk, number, "consent", "accept")
    made = bind_mediation(desk, number, tmp_path / "卷.pdf")
    assert made is not None and made.missing
    cover = pages(made.out.read_bytes())
    for name in made.missing:
        assert name in "".join(cover[:2])


def test_a_cancelled_file_leaves_nothing(desk: Desk, filed: str, tmp_path: Path) -> None:  # noqa: F811
    before = len(mediations.mediation_view(desk, filed).documents)
    assert bind_mediation(desk, filed, tmp_path / "卷.pdf", cancelled=lambda: True) is None
    assert list(tmp_path.glob("卷*")) == []
    assert len(mediations.mediation_view(desk, filed).documents) == before


def test_single_papers_print_and_blanks_name_nobody(desk: Desk, filed: str) -> None:  # noqa: F811
    for code in ("M01", "M07", "M08", "M11"):
        made = paperwork.print_form(desk, code, filed)
        assert made.number == "" and "王桂芳" in "".join(
            pages(paperwork.document_pdf(desk, made.document))
        )
        blank = paperwork.print_form(desk, code)
        said = "".join(pages(paperwork.document_pdf(desk, blank.document)))
        assert "王桂芳" not in said and "None" not in said


def test_the_file_of_another_village_is_not_there(
    desk: Desk, desk_of: DeskOf, tmp_path: Path
) -> None:
    number = start(desk, village="双井村").number
    hers = desk_of("liaison")
    for call in (
        lambda: bind_mediation(hers, number, tmp_path / "卷.pdf"),
        lambda: paperwork.print_form(hers, "M01", number),
    ):
        with pytest.raises(RuleViolation, match="没有"):
            call()
    assert list(tmp_path.glob("卷*")) == []
