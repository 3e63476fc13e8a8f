"""The papers of finding out and of 复查、复核, filled from real steps."""

from __future__ import annotations

from xinfang_desktop.services import paperwork
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.handling import take_step

from .test_route_papers import allowed, matter, printed

_TALK = {
    "whom": "petitioner", "person": "赵秀兰", "from_time": "9:10", "to_time": "10:05",
    "investigators": ["周敏", "刘志远"], "content": "要求恢复排水沟",
    "talk": [{"question": "什么时候填的？", "answer": "今年六月。"}],
}  # fmt: skip
_REPORT = {
    "found": "排水沟被填平12米", "evidence": ["现场照片6张"], "conclusion": "反映属实",
    "proposal": "由石桥村恢复排水沟",
}  # fmt: skip


def served(desk: Desk) -> str:
    """A matter whose opinion was served; heard and found out by talk and report alone."""
    number = matter(desk)
    take_step(desk, number, "accept", {})
    take_step(desk, number, "start", {"how": "电话", "content": "约定见面"})
    take_step(desk, number, "interview", _TALK)
    take_step(desk, number, "inquiry_report", _REPORT)
    answer = {"outcome": "explained", "facts": "填平12米", "basis": "《民法典》第二百九十条",
              "opinion": "由村里协调"}  # fmt: skip
    take_step(desk, number, "draft", {"answers": [{"no": no, **answer} for no in (1, 2)]})
    signed = {"signer": "刘志远", "number": "青信答〔2026〕5号", "review_organ": "云岭县人民政府"}
    take_step(desk, number, "sign", signed)
    take_step(desk, number, "serve", {"method": "direct", "recipient": "本人", "proof": "回证签名"})
    return number


def test_a_talk_and_a_report_are_printed_as_they_were_recorded(desk: Desk) -> None:
    number = served(desk)
    talk = printed(desk, "F17", number)
    for expected in ("9:10", "周敏、刘志远", "问：什么时候填的？", "答：今年六月。", "逐页签名"):
        assert expected in talk
    report = printed(desk, "F18", number)
    for expected in ("赵秀兰的调查笔录", "现场照片6张", "反映属实。", "由石桥村恢复排水沟。"):
        assert expected in report


def test_the_request_for_a_review_is_filled_with_what_is_known(desk: Desk) -> None:
    words = printed(desk, "F26", served(desk))
    for expected in ("复查申请书", "青信答〔2026〕5号", "云岭县人民政府", "赵秀兰", "可以申请到"):
        assert expected in words


def test_the_papers_of_a_review_are_the_reviewing_organs(desk: Desk) -> None:
    number = served(desk)
    take_step(desk, number, "review", {"organ": "云岭县人民政府", "handed_over": ["处理意见书5页"]})
    assert not allowed(desk, "F27", number)
    assert "处理意见书5页" in printed(desk, "F28", number)


def test_an_office_that_reviews_accepts_and_decides(desk: Desk) -> None:
    number, organ = served(desk), desk.office.organ or desk.office.name
    asked = {"organ": organ, "respondent": "青石镇水利站", "request": "请求重新丈量"}
    take_step(desk, number, "review", asked)
    assert "复查申请受理通知书" in printed(desk, "F27", number)
    result = {"result": "upheld", "number": "复〔2026〕1号", "organ": organ, "found": "已经丈量",
              "basis": "《民法典》第二百九十条", "next_organ": "市人民政府", "further": True}  # fmt: skip
    take_step(desk, number, "review_result", result)
    words = printed(desk, "F27", number)
    assert "复查意见书" in words
    assert "三十日内，向市人民政府请求复核" in words
    assert paperwork.draft_form(desk, "F26", number).facts.title == "信访事项复核申请书"  # type: ignore[attr-defined]
    take_step(desk, number, "review_result",
              {"result": "upheld", "number": "复核〔2026〕2号", "organ": organ})  # fmt: skip
    final = printed(desk, "F27", number)
    assert "最终复核意见" in final
    assert "请求复核。" not in final
