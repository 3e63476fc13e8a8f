"""附件: files that citizens gave or the office made, kept encrypted with the matter."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from ..domain.errors import EnvironmentProblem, RuleViolation
from ..domain.inputs import shown_name
from ..domain.records import Attachment, Matter
from ..domain.sealing import is_stub
from ..store.atomic import disk_problems_in_words, replacing
from ..store.changelog import new, new_id
from ..store.files import get, load_file
from . import sealing
from .desk import Desk, use_case
from .disputes import find_dispute
from .finding import any_matter, find_matter, may_see
from .mediations import find_mediation
from .outputs import check_output
from .work_lines import find_item


@use_case("register_intake")
def attach_file(desk: Desk, number: str, path: Path) -> Attachment:
    """Take a file into the matter's file, encrypted, by its hash.

    Who cannot open a sealed matter can still hand in what a citizen gave for it.
    """
    _check_readable(path)
    with desk.reading() as conn:
        matter = any_matter(desk, conn, number)
        if is_stub(matter) and desk.vault is None:
            return _dropped(desk, path, matter)
        matter = find_matter(desk, conn, number)
        file = load_file(conn, matter.id)
    intake = file.intakes[-1].id if file and file.intakes else ""
    return _take(desk, path, matter.feed, matter=matter.id, intake=intake)


@use_case("register_dispute")
def attach_to_dispute(desk: Desk, number: str, path: Path) -> Attachment:
    """Take a file (a photo, an agreement) into the file of a dispute, encrypted, by its hash."""
    _check_readable(path)
    with desk.reading() as conn:
        dispute = find_dispute(desk, conn, number)
    return _take(desk, path, dispute.feed, case=dispute.id)


@use_case("take_mediation_step")
def attach_to_mediation(desk: Desk, number: str, path: Path) -> Attachment:
    """Take a file (evidence, a receipt, the signed agreement) into the file of a mediation."""
    _check_readable(path)
    with desk.reading() as conn:
        mediation = find_mediation(desk, conn, number)
    return _take(desk, path, mediation.feed, case=mediation.id)


@use_case("write_work")
def attach_to_work(desk: Desk, number: str, path: Path) -> Attachment:
    """Take a file (minutes, a photo, a reply) into the file of a register's line."""
    _check_readable(path)
    with desk.reading() as conn:
        item = find_item(desk, conn, number)
    return _take(desk, path, item.feed, case=item.id)


def _check_readable(path: Path) -> None:
    if not path.is_file():
        raise EnvironmentProblem(
            "file_unreadable", f"读不了文件“{shown_name(path.name)}”。", mend="请检查文件是否还在。"
        )


def _take(
    desk: Desk, path: Path, feed: str, *, matter: str = "", case: str = "", intake: str = ""
) -> Attachment:
    blob = desk.blobs.put_file(path)
    assert blob is not None, "nobody could have cancelled"
    record = Attachment(
        id=new_id(), feed=feed, matter=matter, case=case, intake=intake,
        name=shown_name(path.name), media=_media(path), size=blob.size, sha256=blob.sha256,
        at=desk.now(), by=desk.account.name,
    )  # fmt: skip
    with desk.writing() as tx:
        tx.append([new(record)])
    return record


def _dropped(desk: Desk, path: Path, matter: Matter) -> Attachment:
    """Into the slot of the sealed store: nothing of it stays here, neither name nor content."""
    with disk_problems_in_words(path.name):
        content = path.read_bytes()
    record = Attachment(
        id=new_id(), feed=desk.local_feed, matter=matter.id, name=shown_name(path.name),
        media=_media(path), size=len(content), sha256=sha256(content).hexdigest(), at=desk.now(),
        by=desk.account.name,
    )  # fmt: skip
    with desk.writing() as tx:
        sealing.drop_file(desk, tx.conn, matter.id, content)
        sealing.drop_record(desk, tx, record, matter.id)
    return record


_MEDIA = {
    ".pdf": "application/pdf", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png",
    ".txt": "text/plain", ".mp3": "audio/mpeg", ".mp4": "video/mp4",
}  # fmt: skip


def _media(path: Path) -> str:
    return _MEDIA.get(path.suffix.lower(), "application/octet-stream")


@use_case("read_documents")
def copy_attachment(desk: Desk, attachment: str, out: Path) -> Path:
    """Put a readable copy outside the data folder; that somebody took one is logged."""
    check_output(desk.home, out)
    with desk.reading() as conn:
        record = get(conn, Attachment, attachment)
        if record is None or not may_see(desk, conn, record):
            raise RuleViolation("no_attachment", "没有这个附件。", mend="请刷新后再试。")
    with disk_problems_in_words(out.name):
        out.parent.mkdir(parents=True, exist_ok=True)
        with replacing(out) as copy:
            for piece in desk.blobs.stream(record.sha256):
                copy.write(piece)
    desk.look("export", record.matter, case=record.case, attachment=record.id)
    return out
