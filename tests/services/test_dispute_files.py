"""Files kept with a dispute as evidence: read back as they were, by those who may see it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import DeskOf
from tests.screening import find
from xinfang_desktop.domain.errors import EnvironmentProblem, RuleViolation
from xinfang_desktop.services import attachments, safekeeping
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.disputes import dispute_view


def test_a_photograph_is_kept_and_copied_out_again(
    desk: Desk, desk_of: DeskOf, tmp_path: Path
) -> None:
    photo = tmp_path / "沟已通.jpg"
    photo.write_bytes(b"\xff\xd8 a ditch \xff\xd9" * 500)
    number = find(desk).number
    liaison = desk_of("liaison")
    kept = attachments.attach_to_dispute(liaison, number, photo)
    (row,) = dispute_view(desk, number).attachments
    assert (row.id, row.name, row.size) == (kept.id, "沟已通.jpg", photo.stat().st_size)
    out = attachments.copy_attachment(liaison, kept.id, tmp_path / "out" / "copy.jpg")
    assert out.read_bytes() == photo.read_bytes()
    liaison.flush_looks()
    assert any(seen.what == "另存附件" for seen in dispute_view(desk, number).seen)
    assert safekeeping.verify_log(desk).ok


def test_a_file_of_another_village_is_not_there(
    desk: Desk, desk_of: DeskOf, tmp_path: Path
) -> None:
    paper = tmp_path / "说明.txt"
    paper.write_text("界桩照片", "utf-8")
    other = find(desk, village="双井村").number
    kept = attachments.attach_to_dispute(desk, other, paper)
    liaison = desk_of("liaison")
    with pytest.raises(RuleViolation) as unknown:
        attachments.attach_to_dispute(liaison, other, paper)
    assert unknown.value.code == "no_dispute"
    with pytest.raises(RuleViolation) as absent:
        attachments.copy_attachment(liaison, kept.id, tmp_path / "copy.txt")
    assert absent.value.code == "no_attachment"
    assert attachments.copy_attachment(desk, kept.id, tmp_path / "copy.txt").is_file()


def test_a_file_that_is_gone_is_told(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as gone:
        attachments.attach_to_dispute(desk, find(desk).number, tmp_path / "没有.jpg")
    assert gone.value.code == "file_unreadable"
