"""Papers of the office's registers, printed from what was written down."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from tests.conftest import DeskOf
from tests.domain.test_registers import samples
from tests.factories import register
from tests.printing.reading import read
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.domain.registers import REGISTERS
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.paper_offers import offers_for
from xinfang_desktop.services.paperwork import draft_form, print_form
from xinfang_desktop.services.register_work import take_item_step, write_item
from xinfang_desktop.services.work_papers import BUILDERS


def day(**over: object) -> dict[str, object]:
    """A reception day."""
    plain = {"on": "2026-09-23", "leader": "刘志远", "post": "副镇长", "start": "8:30",
             "end": "11:30", "place": "镇信访接待室", "slots": 3}  # fmt: skip
    return {**plain, **over}


def printed(desk: Desk, code: str, number: str, folder: Path) -> str:
    """The words of a printed paper."""
    out = folder / f"{code}.pdf"
    print_form(desk, code, number, out)
    return read(out.read_bytes())


def test_the_public_timetable_says_who_receives_and_never_who_booked(
    desk: Desk, tmp_path: Path
) -> None:
    number = write_item(desk, "reception_day", day()).number
    take_item_step(desk, number, "book", {"subject": "低保审批", "visitor": "李䶮生"})
    off = write_item(desk, "reception_day", day(on="2026-09-24", leader="何建平")).number
    take_item_step(desk, off, "cancel", {"reason": "防汛会议。"})
    write_item(desk, "reception_day", day(on="2026-09-30", leader="彭文斌"))
    words = printed(desk, "F38", "2026-W39", tmp_path)
    assert "2026年9月21日至2026年9月27日" in words
    assert "刘志远" in words and "9月23日星期三" in words and "8:30—11:30" in words
    for secret in ("李䶮生", "低保审批", "何建平", "彭文斌"):
        assert secret not in words
    assert "刘志远" in printed(desk, "F38", "", tmp_path)
    assert "刘志远" in printed(desk, "F38", number, tmp_path)
    assert [offer.code for offer in offers_for(desk, number)] == ["F38"]
    with pypdfium2.PdfDocument(tmp_path / "F38.pdf") as document:
        assert "李" not in str(document.get_metadata_dict())


def test_the_public_notice_tells_the_periods_in_force(desk: Desk, tmp_path: Path) -> None:
    write_item(desk, "reception_day", day())
    words = printed(desk, "F37", "", tmp_path)
    for told in ("15日", "60日，经批准可延长30日", "您可以在30日内请求上一级复查", "刘志远",
                 "《信访工作条例》第二十三条", "不受打击报复"):  # fmt: skip
        assert told in words
    assert "《信访条例》" not in words


@pytest.mark.parametrize("code", BUILDERS)
def test_a_line_with_everything_and_a_blank_print(desk: Desk, tmp_path: Path, code: str) -> None:
    key = BUILDERS[code][0]
    one = REGISTERS[key]
    register(desk)
    made = write_item(desk, key, {**samples(one.fields), "on": "2026-09-21"})
    words = printed(desk, code, made.number, tmp_path)
    assert "None" not in words
    if code != "S01":
        assert desk.office.name in words or desk.office.organ in words
    assert "None" not in printed(desk, code, "", tmp_path)
    offered = offers_for(desk, made.number)
    assert [(o.code, o.allowed, o.times_printed) for o in offered] == [(code, True, 1)]
    take_item_step(desk, made.number, "void", {"reason": "登记重复。"})
    with pytest.raises(RuleViolation, match="已作废"):
        draft_form(desk, code, made.number)


def test_a_suggestion_has_its_number_and_waits_for_a_day(desk: Desk, tmp_path: Path) -> None:
    said = {"kind": "完善政策", "organ": "县自然资源局", "subject": "统一补偿标准",
            "facts": "三件反映不一。", "content": "公布标准。"}  # fmt: skip
    number = write_item(desk, "suggestion", said).number
    take_item_step(desk, number, "send", {"how": "邮寄", "reply_by": "2026-10-21"})
    words = printed(desk, "S01", number, tmp_path)
    assert "建〔2026〕1号" in words and "2026年10月21日前将采纳情况书面反馈" in words
    assert "《信访工作条例》第四十条" in words
    with pytest.raises(RuleViolation, match="不是“三项建议”的"):
        draft_form(desk, "S02", number)


def test_an_emergency_report_tells_whom_it_went_to(desk: Desk, tmp_path: Path) -> None:
    said = {"time": "9:20", "place": "接待室", "people": 23, "cause": "反映工程欠薪", "facts": "秩序正常。",
            "measures": "当场接访。", "reporter": "周敏"}  # fmt: skip
    number = write_item(desk, "emergency", said).number
    take_item_step(
        desk, number, "send", {"to": "主管部门", "organ": "县人社局 谭玉珍", "time": "9:50"}
    )
    take_item_step(desk, number, "more", {"text": "总包到场。"})
    words = printed(desk, "F33", number, tmp_path)
    for told in ("主管部门", "县人社局谭玉珍", "9:50", "总包到场", "23人", "9月21日"):
        assert told in words


def test_a_supervisor_and_a_liaison_print_none(desk: Desk, desk_of: DeskOf) -> None:
    number = write_item(desk, "risk", samples(REGISTERS["risk"].fields)).number
    for role in ("supervisor", "liaison"):
        with pytest.raises(RuleViolation, match="没有这项权限"):
            draft_form(desk_of(role), "S02", number)


def test_each_paper_belongs_to_the_register_that_names_it() -> None:
    named = {one.paper: key for key, one in REGISTERS.items() if one.paper}
    assert named == {"F38": "reception_day", **{code: row[0] for code, row in BUILDERS.items()}}
