"""The whole file of a matter as one PDF, read back page by page."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from tests.conftest import DeskOf
from tests.services.test_mediation_binder import pages
from tests.services.test_route_papers import matter
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.services import handling, paperwork
from xinfang_desktop.services.attachments import attach_file
from xinfang_desktop.services.binding import FileBound
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.handling import take_step
from xinfang_desktop.services.matter_binder import bind_matter
from xinfang_desktop.services.paperwork import print_form

ANSWERS = [
    {"no": no, "outcome": "explained", "facts": "现场查看，排水沟未被填平。",
     "basis": "《民法典》第二百九十条", "opinion": "请双方保持排水沟畅通。"}
    for no in (1, 2)
]  # fmt: skip


def closed(desk: Desk) -> str:
    """A letter that was accepted, looked into, answered, served and closed; some papers printed."""
    number = matter(desk)
    print_form(desk, "F01", number)
    take_step(desk, number, "accept", {})
    print_form(desk, "F07", number)
    for action, data in (
        ("start", {"how": "电话", "content": "约定查看时间"}),
        ("note", {"record": "statement", "content": "当面听取陈述"}),
        ("note", {"record": "inquiry", "content": "现场查看排水沟"}),
        ("draft", {"answers": ANSWERS}),
        ("sign", {"signer": "刘志远", "review_organ": "云岭县人民政府"}),
    ):
        take_step(desk, number, action, data)
    print_form(desk, "F19", number)
    take_step(desk, number, "serve", {
        "method": "direct", "recipient": "赵秀兰", "proof": "送达回证本人签名",
    })  # fmt: skip
    print_form(desk, "F25", number)
    take_step(desk, number, "close", {"checked": True})
    return number


def bound(desk: Desk, number: str, folder: Path) -> FileBound:
    made = bind_matter(desk, number, folder / "卷.pdf")
    assert made is not None
    return made


def test_papers_lie_once_in_order_with_numbers_and_bookmarks(desk: Desk, tmp_path: Path) -> None:
    number = closed(desk)
    print_form(desk, "F07", number)  # a reprint is the same paper
    print_form(desk, "F01", number, overrides={"proposal": "建议受理"})  # a newer version
    made = bound(desk, number, tmp_path)
    titles = [title for title, _ in made.contents]
    assert titles == ["信访登记表", "信访事项受理告知书", "信访事项处理意见书", "送达回证"]
    words = pages(made.out.read_bytes())
    front = len(words) - 1 - int(made.contents[-1][1].split("—")[-1])
    assert "卷内还缺的材料" in words[0] and "信访事项卷宗" in words[1] and "卷内目录" in words[2]
    assert "另有1个旧稿" in words[2] and "青信受〔2026〕1号" in words[2]
    with pypdfium2.PdfDocument(made.out.read_bytes()) as document:
        marks = [(m.get_title(), m.get_dest().get_index()) for m in document.get_toc()]
    assert [title for title, _ in marks] == ["封面和卷内目录", *titles, "备考表"]
    for (title, page), (_, named) in zip(marks[1:-1], made.contents, strict=True):
        assert page == front + int(named.split("—")[0]) - 1
        assert title.removesuffix("书")[-4:] in words[page]
    assert "卷内备考表" in words[-1]
    assert "建议受理" in words[front], "the newest version is the one that is bound"


def test_what_is_missing_stands_first_with_its_reason(desk: Desk, tmp_path: Path) -> None:
    made = bound(desk, closed(desk), tmp_path)
    first = pages(made.out.read_bytes())[0]
    assert "来信处理签、拟办单" in made.missing
    assert "有签收的送达回证扫描件" in made.missing
    for what, why in zip(made.missing, made.why, strict=True):
        assert what.replace(" ", "") in first and why in first


def test_attachments_are_bound_or_listed_with_their_hash(desk: Desk, tmp_path: Path) -> None:
    number = closed(desk)
    picture = io.BytesIO()
    Image.new("RGB", (1200, 900), "white").save(picture, "JPEG")
    held = {
        "签收件.jpg": picture.getvalue(), "破图.png": b"no picture", "录音.mp3": b"ID3sound",
        "来信.pdf": (tmp_path / "x.pdf").read_bytes() if bound_blank(tmp_path) else b"",
    }  # fmt: skip
    for name, data in held.items():
        (tmp_path / name).write_bytes(data)
        attach_file(desk, number, tmp_path / name)
    made = bound(desk, number, tmp_path)
    titles = [title for title, _ in made.contents]
    assert set(titles[-2:]) == {"签收件.jpg", "来信.pdf"}
    assert "有签收的送达回证扫描件" not in made.missing
    back = pages(made.out.read_bytes())[-1]
    assert "录音.mp3（8字节），SHA-256：" in back and "破图.png" in back
    assert any("破图.png" in warning for warning in made.warnings)


def bound_blank(folder: Path) -> bool:
    """A PDF of one empty page."""
    with pypdfium2.PdfDocument.new() as document:
        document.new_page(300, 400)
        document.save(folder / "x.pdf")
    return True


def test_a_binder_bound_again_does_not_hold_itself(desk: Desk, tmp_path: Path) -> None:
    number = closed(desk)
    first, again = bound(desk, number, tmp_path), bound(desk, number, tmp_path)
    assert first.contents == again.contents
    kept = handling.matter_view(desk, number).documents
    assert [each.title for each in kept].count("信访事项卷宗") == 2
    assert paperwork.document_pdf(desk, again.document) == again.out.read_bytes()


def test_archiving_asks_why_something_is_missing(desk: Desk, tmp_path: Path) -> None:
    number = closed(desk)
    filed = {"retention": "30", "catalogue_complete": True, "volume": "2026-XF-18"}
    with pytest.raises(RuleViolation, match="卷里还缺：") as refused:
        take_step(desk, number, "archive", filed)
    assert refused.value.field == "missing_reason"
    take_step(desk, number, "archive", {**filed, "missing_reason": "来信信封破损，没有留存"})
    words = pages(bound(desk, number, tmp_path).out.read_bytes())
    assert "30年" in words[1] and "2026-XF-18" in words[1]
    assert "缺少材料的原因：来信信封破损，没有留存" in words[-1]


def test_a_cancelled_binder_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    number = closed(desk)
    assert bind_matter(desk, number, tmp_path / "卷.pdf", cancelled=lambda: True) is None
    assert list(tmp_path.glob("卷*")) == []


def test_who_does_not_handle_a_confidential_matter_binds_nothing(
    desk: Desk, desk_of: DeskOf, tmp_path: Path
) -> None:
    number = matter(desk, confidential=True)
    with pytest.raises(RuleViolation):
        bind_matter(desk_of("officer"), number, tmp_path / "卷.pdf")
    assert list(tmp_path.glob("卷*")) == []
