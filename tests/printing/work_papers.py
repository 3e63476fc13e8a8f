"""Papers of the office's registers, full."""

from __future__ import annotations

from datetime import date

from xinfang_desktop.printing import facts as F
from xinfang_desktop.printing import work_facts as W

OFFICE = F.OfficeFacts(
    organ="云岭县青石镇人民政府",
    office="青石镇信访办",
    address="青石镇青石街18号",
    phone="0000-8200116",
    hours="工作日 8:30—12:00，14:30—17:30",
    review_organ="云岭县人民政府",
    review_address="云岭县信访局（云岭县城关镇人民路1号）",
)
WHO = {"handler": "周敏", "handler_phone": "0000-8200117"}
DAYS = (
    W.ReceptionFacts(
        on=date(2026, 9, 21), weekday="星期一", time="8:30—11:30", leader="刘志远", post="副镇长",
        place="镇信访接待室", field="农业农村、征地补偿",
    ),
    W.ReceptionFacts(
        on=date(2026, 9, 23), weekday="星期三", time="14:30—17:00", leader="欧阳㛃堃",
        post="党委副书记、镇长", place="镇便民服务中心一楼联合接访区",
    ),
)  # fmt: skip
F33 = W.EmergencyReport(
    office=OFFICE, on=date(2026, 9, 21), item="530126104-GZ-20260921-A0003", **WHO,
    happened_on=date(2026, 9, 21), time="9:20", place="镇信访接待室", people=23,
    cause="反映工程欠薪", harm="没有人身危险；一人中暑，已送镇卫生院，无碍。",
    facts="9时20分，镇污水管网工程23名工人到接待室，反映6月至8月工资未发。现场秩序正常，五名代表进接待室反映，其余在等候区休息。",
    measures="刘志远副镇长当场接访；请劳动监察到场登记；安排饮水、午餐和休息；联系总包单位负责人到场。",
    coordinate="请县人力资源和社会保障局督促总包单位先行清偿。", reporter="周敏",
    reporter_phone="0000-8200117",
    sent=(
        W.SentFacts(to="党委、政府", organ="镇党委值班室 彭文斌", on=date(2026, 9, 21), time="9:40",
                    how="电话、书面"),
        W.SentFacts(to="主管部门", organ="县人力资源和社会保障局劳动监察大队 谭玉珍",
                    on=date(2026, 9, 21), time="9:50", how="电话"),
        W.SentFacts(to="信访工作联席会议办公室", organ="县联席办 罗春生", on=date(2026, 9, 21),
                    time="9:55", how="公文系统"),
    ),
    more=(W.ToldFacts(on=date(2026, 9, 21), text="11时，总包单位到场，约定当天17时前发放。"),),
    result="17时工资发放完毕，工人离场；已登记信访事项。",
)  # fmt: skip
F37 = W.PublicNotice(
    office=OFFICE, on=date(2026, 9, 21), days=DAYS, website="国家信访局网上信访平台（手机程序同名）",
    postcode="000000",
    chart=(
        W.ProcedureFacts(step="登记", what="当场登记，给登记回执和查询码", period="收到时",
                         article="第二十二条"),
        W.ProcedureFacts(step="告知", what="书面告诉您是否受理、由谁办；不属于我们的，告诉您找谁",
                         period="15日", article="第二十二条、第二十三条"),
        W.ProcedureFacts(step="办理", what="听取陈述、调查核实，逐项作出处理意见，书面答复",
                         period="60日，经批准可延长30日", article="第三十四条"),
        W.ProcedureFacts(step="复查", what="对处理意见不服的，您可以在30日内请求上一级复查",
                         period="30日", article="第三十五条"),
        W.ProcedureFacts(step="复核", what="对复查意见不服的，您可以在30日内请求再上一级复核",
                         period="30日", article="第三十六条"),
    ),
)  # fmt: skip
F38 = W.Timetable(office=OFFICE, on=date(2026, 9, 18), period="2026年9月21日至9月27日", days=DAYS)
S01 = W.SuggestionLetter(
    office=OFFICE, number="青信建〔2026〕3号", on=date(2026, 9, 21), item="530126104-GZ-20260921-A0002",
    **WHO, kind="完善政策", organ="云岭县自然资源局", subject="统一机耕路占地补偿标准",
    facts="今年以来，本机关收到3件反映机耕路占地补偿的信访事项，涉及双井、柳溪两村五个组。同一条路，2024年7月前后占地的两批补偿标准不同，公示时没有说明日期界限，群众看不到依据。",
    content="一、在局网站和村务公开栏公布两个标准、适用的日期和文件。\n二、对已补偿的逐户核对，有误的补发，并书面答复本人。\n三、以后调整标准，公示时写明从哪一天起、哪些地适用，村务公开栏同时张贴，方便群众核对。",
    basis="《土地管理法》第四十八条；云岭县征地补偿安置标准（2024年）。", matters=3,
    reply_by=date(2026, 10, 21),
)  # fmt: skip
S02 = W.RiskSheet(
    office=OFFICE, on=date(2026, 9, 21), item="530126104-GZ-20260901-A0001", **WHO,
    name="青石镇农贸市场搬迁", organ="青石镇党政联席会议", started_on=date(2026, 9, 1),
    decide_on=date(2026, 10, 20), affected="老市场42个摊位、周边三个村赶集的群众、两条公交线路。",
    checks=(
        W.CheckFacts(name="合法性", question="权限、程序、内容有没有法律和政策依据", answer="是",
                     note="规划已批准，选址经公示。"),
        W.CheckFacts(name="合理性", question="各方利益是不是兼顾，补偿、安置是不是公平", answer="部分",
                     note="过渡期摊位费还没有明确，老年摊主有困难。"),
        W.CheckFacts(name="可行性", question="资金、时间、人力够不够，时机合适不合适", answer="是"),
        W.CheckFacts(name="损害可控性", question="会给谁带来什么损害，能不能避免、补救", answer="部分",
                     note="搬迁期间收入减少，可以用免费过渡摊位补救。"),
    ),
    asked="公示、座谈会", people=31, opinions="过渡期不收摊位费；保留老市场的公交站到新站建好。",
    answered="过渡期三个月免摊位费；公交站保留到年底。", result="调整后实施",
    reason="依据充分，过渡安排补足后可以实施。", measures="公布过渡摊位方案；与公交公司签约。",
    decision="10月20日会议同意，按评估意见调整后实施。",
)  # fmt: skip
S03 = W.MeetingMinutes(
    office=OFFICE, on=date(2026, 9, 21), item="530126104-GZ-20260921-A0004", **WHO, kind="联席会议",
    subject="三季度突出问题：机耕路占地补偿", held_on=date(2026, 9, 21), time="9:00",
    place="镇政府二楼会议室", chair="刘志远",
    present=("镇自然资源所 何建平", "镇财政所 彭文斌", "柳溪村 谭玉珍", "双井村 罗春生"),
    absent=("镇司法所",), agenda=("通报三季度情况", "研究补偿标准", "定责任和时限"),
    views="自然资源所说明：2024年7月调整标准，此前占地的按旧标准。财政所：差额可以列入四季度预算。两村都要求公布依据。",
    decisions=("重新公示两批占地补偿表，写明日期和标准", "逐户核对，差额10月底前补发"),
    tasks=(
        W.MeetingTask(no=1, what="重新公示补偿表", by="何建平", due=date(2026, 9, 28),
                      done_on=date(2026, 9, 26)),
        W.MeetingTask(no=2, what="逐户核对并列出差额", by="彭文斌", due=date(2026, 10, 15)),
    ),
)  # fmt: skip
S04 = W.DutySheet(
    office=OFFICE, on=date(2026, 1, 8), item="530126104-GZ-20260108-A0001", **WHO, year=2026,
    person="何建平", post="镇村建办主任", signer="刘志远",
    duties=(
        "分管领域的信访事项，按期受理、按期答复，意见逐项回应", "每月至少一次到村接访，带着事项下去办",
        "支持的诉求按写明的日子落实，落实不了的及时说明并报告",
        "同类问题有三件以上的，提出改进工作或者完善政策的建议",
    ),
    support=("保证每月一次接访时间和车辆", "复杂事项由分管领导牵头会商，三个工作日内答复责任人"),
)  # fmt: skip
FULL: dict[str, F.Facts] = {
    "F33": F33, "F37": F37, "F38": F38, "S01": S01, "S02": S02, "S03": S03, "S04": S04,
}  # fmt: skip
