"""Papers of dispute screening for the tests: every form full, every form with the least."""

from __future__ import annotations

from datetime import date

from xinfang_desktop.printing import screening_facts as S
from xinfang_desktop.printing.catalogue import FORMS
from xinfang_desktop.printing.facts import Facts, OfficeFacts

from .papers import OFFICE

DISPUTE = S.DisputeFacts(
    number="530126104-JF-20260908-A0003",
    summary="枫树坳村3组与5组山林界址不清",
    detail=(
        "2026年8月，5组村民在老鹰嘴山场砍伐杉木12棵，3组认为山场属于本组。两组的林权证四至记载都写“至山脊”，"
        "现场有两道山脊。双方各有十余户在场争执，经村干部劝开，没有人受伤，杉木暂存村部。"
    ),
    village="枫树坳村",
    place="老鹰嘴山场",
    occurred_on=date(2026, 8, 29),
    found_on=date(2026, 9, 8),
    found_by="王桂芳",
    source="村（社区）上报",
    category="山林土地",
    people=12,
    amount="1.8 万元",
    units="枫树坳村3组、5组",
    parties=(
        S.DisputePartyFacts(name="李䶮生", phone="00000000001"),
        S.DisputePartyFacts(name="欧阳㛃堃", phone="00000000002"),
        S.DisputePartyFacts(name="何建平", phone="00000000003"),
    ),
    grade="复杂",
    level=3,
    urgent=True,
    unit="青石镇林业站",
    person="刘志远",
    person_phone="0000-8200131",
    leader="何建平",
    leader_title="副镇长",
    measures="9月20日前查阅林权档案，到现场勘界；约两组代表协商，必要时由镇人民调解委员会调解。",
    help="协调护林队代管存放的杉木，避免损失扩大。",
    due=date(2026, 10, 8),
    state="化解中",
    method="人民调解",
    result="9月28日双方在现场确认以东侧山脊为界，签订调解协议，立界桩4根；杉木归3组，5组补栽12棵。",
    settled_on=date(2026, 9, 28),
)
P01 = S.DisputeRegistration(
    office=OFFICE, dispute=DISPUTE, on=date(2026, 9, 8), handler="周敏", handler_phone="0000-8200117",
    verification="9月10日到现场查看，询问两组组长和3户村民；砍伐、争执属实，人数12人。",
    truth="属实", fair="部分合理", cause="林权证四至记载不清，没有立过界桩。",
    verified_by="周敏", verified_on=date(2026, 9, 10), crossing=True,
    reasons=("涉及 12 人，达到 10 人以上：复杂", "牵涉几个村（社区）或者几个单位：复杂", "情况紧急：一般"),
    village_opinion="请镇林业站到现场勘界。",
    office_opinion="情况属实，建议由林业站牵头，何建平副镇长包案。",
    note="附现场照片4张。",
)  # fmt: skip
P03 = S.DisputeAssignment(
    office=OFFICE, dispute=DISPUTE, number="青信纠交〔2026〕6号", on=date(2026, 9, 11),
    handler="周敏", handler_phone="0000-8200117",
    requirement="查阅两组林权档案，会同村民委员会到现场勘界，听取双方意见后提出处理办法。",
)  # fmt: skip
P04 = S.LeaderCard(
    office=OFFICE, dispute=DISPUTE, on=date(2026, 9, 11), handler="周敏", handler_phone="0000-8200117",
    contact="王桂芳", explain="刘志远", settle="刘志远", report="何建平", taken_on=date(2026, 9, 11),
    progress=(
        S.ProgressFacts(on=date(2026, 9, 12), what="约见两组组长，说明先勘界、后处理杉木。", by="何建平"),
        S.ProgressFacts(on=date(2026, 9, 18), what="现场勘界，两组代表各4人到场。", by="刘志远"),
        S.ProgressFacts(on=date(2026, 9, 28), what="签订调解协议，立界桩4根。", by="刘志远"),
    ),
)  # fmt: skip
P05 = S.DisputeClosing(
    office=OFFICE, dispute=DISPUTE, on=date(2026, 10, 29), handler="周敏", handler_phone="0000-8200117",
    confirmations=(
        S.ConfirmationFacts(
            kind="责任", confirmed=True, evidence="交办单（青信纠交〔2026〕6号），林业站9月11日签收。",
            by="何建平", on=date(2026, 9, 12),
        ),
        S.ConfirmationFacts(
            kind="问题", confirmed=True, evidence="勘界记录1份、林权档案复印件6页、照片4张。",
            by="刘志远", on=date(2026, 9, 18),
        ),
        S.ConfirmationFacts(
            kind="隐患", confirmed=True, evidence="界桩4根已立，双方签字；补栽12棵已验收。",
            by="王桂芳", on=date(2026, 10, 15),
        ),
    ),
    follow_ups=(
        S.FollowUpFacts(
            on=date(2026, 10, 28), way="上门", findings="协议已履行，没有反复，双方表示满意。", by="王桂芳"
        ),
    ),
    unit_opinion="已按协议履行，申请销号。",
    office_opinion="材料齐全，同意报批。",
    leader_opinion="同意销号。",
)  # fmt: skip
TYPES = (
    "婚姻家庭", "邻里", "房产、宅基地", "合同", "生产经营", "损害赔偿", "山林土地", "征地拆迁", "项目建设", "环境污染",
    "劳动争议", "拖欠农民工工资", "旅游", "消费", "医疗", "道路交通事故", "物业管理", "知识产权", "互联网", "村务管理", "其他",
)  # fmt: skip
_CARRIED = (
    "3组与5组山林界址不清", "村道排水沟堵塞，涉及2户", "合作社农资款没有结清，涉及18户", "机井轮灌次序",
    "水渠清淤和护坡加固占用田埂，涉及6户", "老屋翻建采光",
)  # fmt: skip
P06 = S.VillageReturn(
    office=OFFICE, village="枫树坳村", period="2026年9月", round="每月小排查", due=date(2026, 9, 25),
    types=TYPES,
    carried=tuple(
        S.CarriedFacts(
            number=f"530126104-JF-202608{10 + n}-A000{n}", found_on=date(2026, 8, 10 + n), summary=what
        )
        for n, what in enumerate(_CARRIED)
    ),
)  # fmt: skip
_VILLAGES = ("柳溪村", "大塘村", "石桥村", "双井村", "枫树坳村", "河口社区")
P07 = S.ScreeningStatistics(
    office=OFFICE, on=date(2026, 9, 30), period="2026年9月", round="每月小排查",
    villages=tuple(
        S.VillageCounts(
            name=name, due=1, returned=int(n != 4), zero=int(n == 3), late=int(n == 1),
            missing=int(n == 4), found=found, settled=found // 2, open=found - found // 2,
            rate=f"{found // 2 * 100 // found}.0%" if found else "—",
        )
        for n, (name, found) in enumerate(zip(_VILLAGES, (2, 1, 3, 0, 0, 4), strict=True))
    ),
    total=S.VillageCounts(
        name="合计", due=6, returned=5, zero=1, late=1, missing=1, found=10, settled=4, open=6,
        rate="40.0%",
    ),
    types=(
        S.TypeCounts(name="邻里", found=3, share="30.0%", settled=2, open=1, rate="66.7%"),
        S.TypeCounts(name="山林土地", found=4, share="40.0%", settled=1, open=3, rate="25.0%"),
        S.TypeCounts(name="物业管理", found=3, share="30.0%", settled=1, open=2, rate="33.3%"),
    ),
    unsettled=(
        S.UnsettledFacts(
            village="枫树坳村", summary="3组与5组山林界址不清", unit="青石镇林业站",
            next="9月20日前勘界，再协商",
        ),
        S.UnsettledFacts(
            village="大塘村", summary="合作社农资款没有结清，涉及18户", unit="农业农村办公室",
            next="核对账目，约合作社商定还款日期",
        ),
    ),
    basis="化解率＝已化解÷新排查；没有新排查的不计算",
    filled_by="周敏",
)  # fmt: skip

FULL: dict[str, Facts] = {"P01": P01, "P03": P03, "P04": P04, "P05": P05, "P06": P06, "P07": P07}
OF_A_DISPUTE = ("P01", "P03", "P04", "P05")


def least(code: str) -> Facts:
    """The form with nothing but what the program always knows: a blank to fill in by hand."""
    kind = FORMS[code].facts
    office = OfficeFacts(organ="云岭县青石镇人民政府")
    if issubclass(kind, S.DisputePaper):
        return kind(office=office, dispute=S.DisputeFacts())
    return kind(office=office)
