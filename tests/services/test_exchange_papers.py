"""Papers of data exchange, and what the log says about a hash that somebody reads from one."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.factories import register
from tests.neighbours import VILLAGE, Neighbours, bring
from tests.printing.reading import read
from xinfang_desktop.domain.errors import EnvironmentProblem, RuleViolation
from xinfang_desktop.services import exchange_papers, paperwork, sites
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.exchange_status import bundle_history
from xinfang_desktop.store.database import gate_of
from xinfang_desktop.store.verify import verify

DeskAt = Callable[..., Desk]


def words_of(paper: exchange_papers.OfficePaper) -> str:
    return read(paper.pdf)


def printed_digest(paper: exchange_papers.OfficePaper) -> str:
    """The hash over all chains, as it is read from the sheet."""
    return "".join(re.findall(r"[0-9a-f]{8}", words_of(paper))[:8])


def heads(desk: Desk) -> dict[str, str]:
    with desk.reading() as conn:
        return verify(conn).heads


def test_the_card_bears_the_fingerprint_that_is_shown(desk: Desk, tmp_path: Path) -> None:
    made = exchange_papers.card_paper(desk, tmp_path / "名片.pdf")
    own = sites.own_card(desk)
    assert own.fingerprint.replace(" ", "") in words_of(made) and own.name in words_of(made)
    assert (tmp_path / "名片.pdf").read_bytes() == made.pdf


def test_a_receipt_is_printed_for_both_ways(three: Neighbours, desk_at: DeskAt) -> None:
    town = desk_at(three.town)
    bring(town, three.second)
    for row in bundle_history(town):
        made = exchange_papers.receipt_paper(town, row.file)
        words = words_of(made)
        assert row.sha256 in words and VILLAGE.name in words and row.bundle in words
        assert ("收到时间" if row.way == "in" else "发出时间") in words
        assert exchange_papers.receipt_paper(town, row.sha256[:12]).pages == 1
    with pytest.raises(RuleViolation, match="没有收发过"):
        exchange_papers.receipt_paper(town, "别的.xfb")


def test_the_generic_way_prints_them_too(three: Neighbours, desk_at: DeskAt) -> None:
    town = desk_at(three.town)
    assert "总摘要" in read(paperwork.preview(town, "X03").pdf)
    assert three.first.name in read(paperwork.preview(town, "X02", three.first.name).pdf)


# --- the log against a paper -----------------------------------------------------------------------


def test_a_proof_is_found_again_by_its_one_hash(three: Neighbours, desk_at: DeskAt) -> None:
    town = desk_at(three.town)
    digest = printed_digest(exchange_papers.proof_paper(town))
    bring(town, three.second)
    found = exchange_papers.check_paper(town, digest)
    assert found.found and "2026年9月21日 14:00印的存证" in found.sentence
    assert any("柳溪村村委会写的：第" in line for line in found.lines)
    typed = " ".join(digest[n : n + 8] for n in range(0, 64, 8)).upper()
    assert exchange_papers.check_paper(town, typed) == found
    assert exchange_papers.check_paper(town, typed[:17]) == found


def test_every_chain_is_found_by_its_own_hash(three: Neighbours, desk_at: DeskAt) -> None:
    town = desk_at(three.town)
    exchange_papers.proof_paper(town)
    for name, digest in heads(town).items():
        found = exchange_papers.check_paper(town, digest)
        assert found.found, name
        assert len(found.lines) == 1 and "条，2026年9月21日" in found.lines[0]
    missing = exchange_papers.check_paper(town, "ab" * 16)
    assert not missing.found and missing.sentence == "不在日志里。" and missing.lines


@pytest.mark.parametrize(
    ("typed", "code"),
    [("不是", "not_a_digest"), ("abc", "digest_too_short"), ("a" * 65, "digest_too_long")],
)
def test_what_is_no_hash_is_told_so(desk: Desk, typed: str, code: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        exchange_papers.check_paper(desk, typed)
    assert refused.value.code == code and refused.value.mend


def test_another_copy_of_the_office_does_not_pass(three: Neighbours, desk_at: DeskAt) -> None:
    """The folder put back to an earlier state lacks what was written since."""
    digest = printed_digest(exchange_papers.proof_paper(desk_at(three.town)))
    assert not exchange_papers.check_paper(desk_at(three.early), digest).found


def test_a_log_that_was_changed_is_told_and_no_proof_is_printed(desk: Desk, tmp_path: Path) -> None:
    register(desk)
    digest = printed_digest(exchange_papers.proof_paper(desk))
    with desk.database.write() as conn, gate_of(conn):
        conn.exec_driver_sql(
            "UPDATE log_entry SET body = CAST(replace(body, '后山路', '前山路') AS BLOB)"
        )
    found = exchange_papers.check_paper(desk, digest)
    assert not found.found and "日志被改动过" in found.sentence
    with pytest.raises(RuleViolation, match="日志被改动过"):
        exchange_papers.proof_paper(desk, tmp_path / "存证.pdf")
    assert not (tmp_path / "存证.pdf").exists()


def test_no_paper_is_written_among_the_data(desk: Desk) -> None:
    with pytest.raises((RuleViolation, EnvironmentProblem)):
        exchange_papers.card_paper(desk, desk.home / "名片.pdf")


def test_a_liaison_at_the_townships_pc_gets_none(desk_of: Callable[..., Desk]) -> None:
    hers = desk_of("liaison", "admin")
    for ask in (
        lambda: exchange_papers.card_paper(hers),
        lambda: exchange_papers.receipt_paper(hers, "x"),
        lambda: exchange_papers.proof_paper(hers),
        lambda: exchange_papers.check_paper(hers, "ab" * 16),
    ):
        with pytest.raises(RuleViolation):
            ask()
