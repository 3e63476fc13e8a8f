"""Papers of data exchange (站点名片、交接单、月度存证), and checking the log against such a paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from ..domain.errors import RuleViolation
from ..journal.ops import EventOp
from ..printing.facts import Facts
from ..printing.render import Rendered
from ..store import proofs, verify
from ..store.changelog import entries_about
from ..store.database import Connection
from ..store.proofs import Hashed
from .desk import Desk, use_case
from .exchange_door import check_offered
from .exchange_facts import BUILDERS, ChainNames, minute_words, plain_heads, whole_of
from .outputs import check_output
from .paperwork import printer_of, write_whole

CARD, RECEIPT, PROOF = "X01", "X02", "X03"

PRINTED: Final = "proof_printed"
"""The entry of a printed proof: the newest hash of every chain at that moment."""

LEAST: Final = 16
"""Hexadecimal digits that are needed to find a hash."""

_DIGITS: Final = re.compile(r"[0-9a-f]+")


@dataclass(frozen=True, slots=True)
class OfficePaper:
    """A finished paper; ``path`` where it was also written to a file."""

    code: str
    pdf: bytes
    pages: int
    warnings: tuple[str, ...]
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class PaperChecked:
    """Whether what stands on a paper is in the log here; ``lines`` say what exactly."""

    found: bool
    sentence: str
    lines: tuple[str, ...] = ()


@use_case("read_sites")
def card_paper(desk: Desk, out: Path | None = None) -> OfficePaper:
    """站点名片 with fingerprint and code, for the other side."""
    return _paper(desk, CARD, "", out)


@use_case("exchange_bundles")
def receipt_paper(desk: Desk, which: str, out: Path | None = None) -> OfficePaper:
    """数据包交接单 of a file that went out or came in; ``which`` is its name, its hash or the id of
    its bundle. Raises RuleViolation for one that is not known.
    """
    return _paper(desk, RECEIPT, which, out)


@use_case("verify_log")
def proof_paper(desk: Desk, out: Path | None = None) -> OfficePaper:
    """月度存证: the newest hash of every chain, on a log that was checked first.

    What was printed is noted in the log. Raises RuleViolation ``log_damaged``.
    """
    check_offered(desk)
    desk.flush_looks()
    with desk.reading() as conn:
        report = verify.verify(conn)
        heads = plain_heads(conn)
        facts = BUILDERS[PROOF](desk, conn, "")
    if not report.ok:
        raise RuleViolation(
            "log_damaged", f"日志被改动过，第一处：{report.first_bad.rstrip('。')}。",
            mend="请保留数据文件夹原样，联系维护人员；不要打印存证。",
        )  # fmt: skip
    made = _printed(desk, PROOF, facts, out)
    desk.look(PRINTED, whole_of(heads), heads=heads)
    desk.flush_looks()
    return made


def _paper(desk: Desk, code: str, number: str, out: Path | None) -> OfficePaper:
    with desk.reading() as conn:
        facts = BUILDERS[code](desk, conn, number)
    return _printed(desk, code, facts, out)


def _printed(desk: Desk, code: str, facts: Facts, out: Path | None) -> OfficePaper:
    if out is not None:
        check_output(desk.home, out)
    rendered: Rendered = printer_of(desk).render(code, facts)
    if out is not None:
        write_whole(out, rendered.pdf)
    return OfficePaper(code, rendered.pdf, rendered.pages, rendered.warnings, out)


# --- the log against a paper -----------------------------------------------------------------------


@use_case("verify_log")
def check_paper(desk: Desk, text: str) -> PaperChecked:
    """Whether a hash on a proof or a part of it (at least 16 digits) is in the log here.

    The whole log is checked first: a hash that merely stands there proves nothing. Blanks, hyphens
    and capitals do not matter. Raises RuleViolation for what is no hash.
    """
    check_offered(desk)
    wanted = read_digits(text)
    desk.flush_looks()
    with desk.reading() as conn:
        report = verify.verify(conn)
        if not report.ok:
            told = f"日志被改动过，第一处：{report.first_bad.rstrip('。')}。"
            return PaperChecked(False, told, ("请保留数据文件夹原样，联系维护人员。",))
        names = ChainNames(desk, conn)
        return _whole(conn, names, wanted) or _single(conn, names, wanted)


def read_digits(text: str) -> str:
    """The hexadecimal digits that somebody typed or scanned. Raises RuleViolation."""
    plain = re.sub(r"[\s\-—_·:：,，。]", "", text).lower()
    if not _DIGITS.fullmatch(plain):
        raise RuleViolation(
            "not_a_digest", "这不是存证纸上的摘要。",
            mend="摘要只有数字和字母 a 到 f，八个一组。请照纸上输入，或扫二维码。", field="text",
        )  # fmt: skip
    if len(plain) < LEAST:
        raise RuleViolation(
            "digest_too_short", f"只输了 {len(plain)} 个字，太短，认不准。",
            mend=f"请至少输 {LEAST} 个（两组）。", field="text",
        )  # fmt: skip
    if len(plain) > 64:
        raise RuleViolation(
            "digest_too_long", "输得太长，一串摘要只有 64 个字。", mend="请只输一串。", field="text"
        )
    return plain


def _whole(conn: Connection, names: ChainNames, wanted: str) -> PaperChecked | None:
    """The hash over all chains: the log notes what it was made of, which the hash itself proves."""
    for about in sorted(proofs.noted_about(conn, wanted)):
        for entry in entries_about(conn, about):
            for op in entry.ops:
                if isinstance(op, EventOp) and op.t == PRINTED and whole_of(op.d["heads"]) == about:
                    return _compared(conn, names, op.d["heads"], entry.wall)
    return None


def _compared(
    conn: Connection, names: ChainNames, heads: list[list[Any]], wall: str
) -> PaperChecked:
    gone = [
        f"{names.of(feed, site)}第 {seq} 条与纸上不同。"
        for feed, site, epoch, seq, digest in heads
        if proofs.hash_at(conn, feed, site, epoch, seq) != digest
    ]
    printed = minute_words(datetime.fromisoformat(wall))
    if gone:
        return PaperChecked(False, f"{printed}印的存证与现在的日志不一致。", tuple(gone))
    lines = tuple(f"{names.of(f, s)}：第 {n} 条以前都一样。" for f, s, _, n, _ in heads)
    return PaperChecked(
        True, f"在日志里：{printed}印的存证，{len(heads)} 条记录链到那时为止都一字不差。", lines
    )


def _single(conn: Connection, names: ChainNames, wanted: str) -> PaperChecked:
    found = proofs.hashes_from(conn, wanted)
    if len(found) > 1:
        return PaperChecked(False, "有几条都这样开头，认不准。", ("请多输几组。",))
    if not found:
        return PaperChecked(
            False, "不在日志里。",
            ("先核对有没有输错。没有输错，就是日志被换过，请保留原样，联系维护人员。",),
        )  # fmt: skip
    return PaperChecked(
        True, "在日志里：从第一条到纸上这一条，一字不差。", (_told(names, found[0]),)
    )


def _told(names: ChainNames, found: Hashed) -> str:
    at = minute_words(datetime.fromisoformat(found.entry.wall))
    epoch = f"第 {found.epoch} 期" if found.epoch > 1 else ""
    return f"{names.of(found.feed, found.site)}，{epoch}第 {found.seq} 条，{at}，{found.entry.actor.name}。"
