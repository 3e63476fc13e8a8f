"""The papers of hearings, meetings, help, follow-up and closing, full, about an invented matter."""

from __future__ import annotations

from datetime import date

from xinfang_desktop.printing import facts as F
from xinfang_desktop.printing import talk_facts as T


def full(office: F.OfficeFacts, matter: F.MatterFacts) -> dict[str, F.Facts]:
    """Each of them by its code."""
    tasks = (
        F.TaskFacts(what="请测绘人员重新测量", unit="农业农村办", due=date(2026, 9, 28)),
        F.TaskFacts(what="恢复田间道路", unit="双井村村民委员会", due=date(2026, 10, 10)),
    )
    return {
        "F23": T.HearingNotice(
            office=office, matter=matter, number="青信听〔2026〕2号", on=date(2026, 9, 20),
            handler="周敏", handler_phone="0000-8200117", party="李䶮生",
            subject="改渠占用承包地的面积和补偿标准", held_on=date(2026, 10, 9), time="上午9时",
            place="青石镇政府二楼会议室", host="刘志远", hearers=("马长青", "陆律师"),
            third_parties=("县人大代表一名",),
        ),
        "F24": T.HearingRecord(
            office=office, matter=matter, on=date(2026, 10, 9), handler="周敏",
            handler_phone="0000-8200117", subject="改渠占用承包地的面积和补偿标准",
            held_on=date(2026, 10, 9), place="青石镇政府二楼会议室", host="刘志远", recorder="周敏",
            attended=("信访人", "双井村村民委员会", "农业农村办", "陆律师"),
            statements="信访人：占地不止二分。\n村委会：公示时没有实测。",
            questions="问：当时谁量的？答：估的，没有量。", opinion="应当以实测面积为准补偿。",
        ),
        "F32": T.Minutes(
            office=office, matter=matter, on=date(2026, 9, 18), handler="周敏",
            handler_phone="0000-8200117", held_on=date(2026, 9, 18), place="镇政府会议室",
            convenor="马长青", units=("农业农村办", "水利站", "双井村村民委员会"),
            agenda="占地面积怎样测、道路怎样恢复", talk="各单位介绍了情况。",
            opinion="重新测量；道路先恢复通行。", tasks=tasks,
        ),
        "F34": T.FollowUpSheet(
            office=office, matter=matter, on=date(2026, 11, 20), handler="周敏",
            handler_phone="0000-8200117", visited_on=date(2026, 11, 20), how="上门", present="村组长",
            carried_out="都落实了", solved="解决了一部分", said="路修好了，补偿差额还没到账。",
            attitude="满意", speed="基本满意", result="基本满意", tasks=tasks,
        ),
        "F35": T.HelpReferral(
            office=office, matter=matter, on=date(2026, 9, 12), handler="周敏",
            handler_phone="0000-8200117", need="房屋漏雨，一时无力修缮。", kind="临时救助",
            organ="青石镇民政办", materials="身份证、户口簿、房屋照片。", person="周敏",
            consented_on=date(2026, 9, 12),
        ),
        "C01": T.ClosingSheet(
            office=office, matter=matter, on=date(2026, 11, 5), handler="周敏",
            handler_phone="0000-8200117", accepted_on=date(2026, 9, 8),
            answered_on=date(2026, 10, 20), served_on=date(2026, 10, 21),
            outcomes=("1. 按照实际占用面积补偿承包地损失：支持", "2. 恢复被堵的田间道路：支持"), tasks=tasks,
            closed_on=date(2026, 11, 5),
        ),
    }  # fmt: skip
