"""Papers of the practice town for the tests: every form full, every form with the least."""

from __future__ import annotations

from datetime import date

from xinfang_desktop.printing import exchange_facts as X
from xinfang_desktop.printing import facts as F
from xinfang_desktop.printing.catalogue import FORMS

from . import (
    inquiry_papers,
    mediation_papers,
    publication_papers,
    responsibility_papers,
    route_papers,
    sealed_papers,
    talk_papers,
    volume_papers,
    work_papers,
)
from .town import JOINT, MATTER, OFFICE

F07 = F.Acceptance(
    office=OFFICE,
    matter=MATTER,
    number="青信受〔2026〕24号",
    on=date(2026, 9, 21),
    handler="周敏",
    handler_phone="0000-8200117",
    accepted_on=date(2026, 9, 8),
    due=date(2026, 11, 7),
    unit="青石镇信访办",
)
F02 = F.Receipt(
    office=OFFICE,
    matter=MATTER,
    on=date(2026, 9, 6),
    materials="原件2份（土地承包经营权证、现场照片），复印件3份",
    receiver="周敏",
    owed=(
        F.OwedFacts(
            what="书面告知是否受理",
            by=date(2026, 9, 21),
            article="《信访工作条例》第二十三条，15日内",
        ),
        F.OwedFacts(
            what="受理后作出处理意见，书面答复",
            by=date(2026, 11, 20),
            article="《信访工作条例》第三十四条，受理之日起60日内",
        ),
        F.OwedFacts(what="电话告诉您现场查看的时间", by=date(2026, 9, 11), article="当面约定"),
    ),
)
_FOUND = "2026年3月，青石镇水利站组织实施双井村灌溉渠改道工程，渠道由村北改到村东，经过第3组承包地。施工前，村民委员会召开了户主会议，但没有对占用面积逐户丈量，也没有与承包户签订占地补偿协议。经镇自然资源所2026年9月12日现场测量，改道后的渠道和管护便道实际占用欧阳㛃堃户承包地0.83亩，其中渠道0.56亩、便道0.27亩。"


def _answer(i: int) -> F.AnswerFacts:
    return F.AnswerFacts(
        no=i + 1,
        claim=JOINT.claims[i].text,
        facts=_FOUND + ("\n" + _FOUND if i < 3 else ""),
        basis="《中华人民共和国农村土地承包法》第十七条、《中华人民共和国土地管理法》第四十八条；《云岭县征收农用地区片综合地价标准》（云政发〔2024〕7号）",
        outcome=["支持", "支持", "解释说明", "不予支持", "部分支持"][i],
        opinion="由青石镇人民政府按照实际占用面积0.83亩，依照区片综合地价支付补偿款，并于签订协议之日起三十日内拨付到户",
    )


F19 = F.Opinion(
    office=OFFICE,
    matter=JOINT,
    number="青信答〔2026〕9号",
    on=date(2026, 11, 2),
    handler="周敏",
    handler_phone="0000-8200117",
    accepted_on=date(2026, 9, 15),
    hearing="2026年9月20日，本机关在双井村村民委员会听取了您和同组承包户代表的陈述。9月22日至10月15日，镇水利站、自然资源所、农业服务中心共同查阅了工程档案，测量了占用面积，走访了8户承包户。",
    answers=tuple(_answer(i) for i in range(5)),
    tasks=(
        F.TaskFacts(
            what="签订占地补偿协议并拨付补偿款", unit="青石镇财政所", due=date(2026, 12, 15)
        ),
        F.TaskFacts(what="修复田间道路", unit="青石镇水利站", due=date(2027, 1, 31)),
    ),
    materials="复查申请书、本意见书复印件和身份证明",
)
F19s = F.Opinion(
    office=OFFICE,
    matter=MATTER,
    number="青信答〔2026〕10号",
    on=date(2026, 11, 2),
    handler="周敏",
    handler_phone="0000-8200117",
    accepted_on=date(2026, 9, 8),
    hearing="2026年9月20日，本机关在双井村听取了您的陈述，并到现场测量。",
    answers=(
        _answer(0),
        F.AnswerFacts(
            no=2,
            claim="恢复被堵的田间道路",
            facts="改渠后田间道路被渠堤隔断。",
            basis="《农田水利条例》第二十八条",
            outcome="支持",
            opinion="由镇水利站修建过渠盖板两处",
        ),
    ),
)
F01 = F.Registration(
    office=OFFICE,
    matter=JOINT,
    on=date(2026, 9, 6),
    parties=(
        F.PartyFacts(
            role="信访人", name="欧阳㛃堃", phone="00000000000", address="青石镇双井村3组17号"
        ),
        *(F.PartyFacts(role="代表", name=n) for n in ("刘志远", "何建平", "王桂芳", "李䶮生")),
    ),
    repeat="初次",
    summary=_FOUND,
    materials="承包经营权证复印件5份、现场照片12张",
    place="3组东沟",
    category="农村农业／土地承包／征占补偿",
    purpose="申诉求决",
    may_publish=True,
    registered_on=date(2026, 9, 6),
    registrar="周敏",
    proposal="建议受理，由镇水利站、自然资源所共同核实占用面积。",
)
F03 = F.ReceptionRecord(
    office=OFFICE,
    matter=JOINT,
    on=date(2026, 9, 6),
    held_on=date(2026, 9, 6),
    from_time="9:10",
    to_time="10:05",
    place="信访接待室",
    receiver="何建平（副镇长）",
    companions="镇水利站 刘志远；双井村 王桂芳",
    recorder="周敏",
    statement=_FOUND,
    answer="当场说明登记和受理的程序；约定9月11日前电话告知现场查看的时间。",
    unit="青石镇水利站",
    due=date(2026, 9, 21),
    meeting=F.MeetingFacts(
        petitioner_present=True,
        receiver="何建平",
        handler="刘志远",
        supervisor="",
        petitioner_assents=False,
        unit_assents=True,
        refusal_reason="信访人要求先丈量再谈补偿标准。",
    ),
)
F05 = F.RightsNotice(
    office=OFFICE, matter=MATTER, on=date(2026, 9, 6), handler="周敏", handler_phone="0000-8200117"
)
F06 = F.Destination(
    office=OFFICE,
    matter=MATTER,
    number="青信告〔2026〕5号",
    on=date(2026, 9, 10),
    handler="周敏",
    handler_phone="0000-8200117",
    forwarded_on=date(2026, 9, 9),
    unit="青石镇自然资源所",
    unit_address="青石镇青石街22号",
    unit_phone="0000-8200131",
)
F08 = F.Refusal(
    office=OFFICE,
    matter=MATTER,
    number="青信不受〔2026〕3号",
    on=date(2026, 9, 18),
    handler="周敏",
    handler_phone="0000-8200117",
    ground="legal_route",
    decided_on=date(2026, 9, 18),
    organ="云岭县人民法院",
    organ_address="云岭县城关镇法院路6号",
    organ_phone="0000-8112368",
    route="民事诉讼",
    basis="《信访工作条例》第三十一条第一项、《中华人民共和国农村土地承包经营纠纷调解仲裁法》第四条",
    reason="您与刘志远之间的承包地转包合同纠纷，属于平等主体之间的民事争议，可以协商、请求村民委员会或者镇人民政府调解，也可以申请仲裁或者向人民法院起诉",
)
F11 = F.ForwardingLetter(
    office=OFFICE,
    matter=JOINT,
    number="青信转〔2026〕7号",
    on=date(2026, 9, 10),
    handler="周敏",
    handler_phone="0000-8200117",
    unit="云岭县水务局",
    summary="改渠占用承包地0.8亩没有丈量和补偿，田间道路被渠堤隔断，断水23天造成早稻减产。",
    attachments=("来访登记表1份", "承包经营权证复印件5份", "现场照片12张"),
)
F13 = F.InternalOrder(
    office=OFFICE,
    matter=MATTER,
    number="青信交〔2026〕11号",
    on=date(2026, 9, 9),
    handler="周敏",
    handler_phone="0000-8200117",
    unit="青石镇水利站",
    person="刘志远",
    summary=_FOUND,
    requirement="到现场丈量占用面积，听取承包户陈述，写出调查情况和处理建议。",
    due=date(2026, 10, 20),
    approver="何建平",
)
F16 = F.Extension(
    office=OFFICE,
    matter=MATTER,
    number="青信延〔2026〕2号",
    on=date(2026, 11, 5),
    handler="周敏",
    handler_phone="0000-8200117",
    accepted_on=date(2026, 9, 8),
    original_due=date(2026, 11, 7),
    extended_due=date(2026, 12, 7),
    days=30,
    reason="工程档案由县水务局保管，占用面积需要自然资源部门复测，测量结果尚未作出",
    approved_by="何建平",
    approved_on=date(2026, 11, 4),
)
F25 = F.ProofOfService(
    office=OFFICE,
    matter=MATTER,
    on=None,
    papers=(
        F.ServedPaper(title="信访事项受理告知书", number="青信受〔2026〕24号"),
        F.ServedPaper(title="信访人权利义务告知书"),
    ),
    place="青石镇双井村3组",
    method="直接送达",
    servers=("周敏", "刘志远"),
)
V01 = F.FourHaves(
    office=OFFICE,
    matter=MATTER,
    on=date(2026, 9, 6),
    receiver="周敏",
    haves=(
        F.HaveFacts(
            kind="接",
            state="已办",
            done=True,
            done_on=date(2026, 9, 6),
            by="周敏",
            content="9:10 接待登记，编号和查询码当面交给来访人。",
        ),
        F.HaveFacts(
            kind="答",
            state="已办",
            done=True,
            done_on=date(2026, 9, 6),
            by="周敏",
            content="答复：已登记，9月21日前书面告知是否受理。",
        ),
        F.HaveFacts(
            kind="释",
            state="办理中",
            due=date(2026, 9, 11),
            by="刘志远",
            content="说明改渠占地应当先丈量、后补偿；补偿按区片综合地价。",
            article="《中华人民共和国土地管理法》第四十八条",
        ),
        F.HaveFacts(
            kind="困",
            state="没有解决",
            due=date(2026, 9, 21),
            by="王桂芳",
            content="断水影响晚稻灌溉，协调临时抽水；暂时没有解决，因为泵站检修到9月18日。",
        ),
    ),
)
V02 = F.ThreeLevels(
    office=OFFICE,
    matter=MATTER,
    on=date(2026, 9, 8),
    handler="周敏",
    handler_phone="0000-8200117",
    content="事项已于9月8日受理，由镇水利站承办，11月7日前书面答复。9月11日现场丈量，请承包户到场。",
    told=(
        F.ToldFacts(
            level="村（社区）", line="信访人", who="李䶮生", told_on=date(2026, 9, 8), how="当面"
        ),
        F.ToldFacts(
            level="村（社区）",
            line="帮扶联系人",
            who="王桂芳（村妇联主席）",
            told_on=date(2026, 9, 8),
            how="电话",
        ),
        F.ToldFacts(
            level="乡镇（街道）",
            line="办理人",
            who="刘志远（镇水利站）",
            told_on=date(2026, 9, 8),
            how="转办单",
        ),
        F.ToldFacts(
            level="乡镇（街道）", line="督查人", who="何建平", told_on=date(2026, 9, 9), how="当面"
        ),
        F.ToldFacts(
            level="县级主管部门",
            line="办理人",
            who="县水务局农水股",
            told_on=date(2026, 9, 9),
            how="电话",
        ),
    ),
)


def _row(s: str, i: int) -> F.DayRow:
    return F.DayRow(
        state=s,
        what="书面告知：是否受理",
        matter="双井村灌溉渠改道占用承包地补偿",
        who="李**",
        owner="周敏",
        due=date(2026, 9, 21),
        why="第15天；遇国庆，最迟10月8日" if i % 3 == 0 else "",
    )


D01 = F.DaySheet(
    office=OFFICE,
    on=date(2026, 9, 21),
    printed_at="2026年9月21日 9:41",
    printed_by="周敏",
    groups=(
        F.DayGroup(title="已逾期", rows=tuple(_row("逾期 3 天", i) for i in range(2))),
        F.DayGroup(title="今天到期", rows=tuple(_row("今天", i) for i in range(4))),
        F.DayGroup(title="3 天内", rows=tuple(_row("还有 2 天", i) for i in range(5))),
        F.DayGroup(title="以后", rows=tuple(_row("还有 23 天", i) for i in range(30))),
    ),
)


_DIGEST = tuple(f"{n:08x}" for n in range(0xA0, 0xA8))
X01 = X.SiteCardPaper(
    office=OFFICE, on=date(2026, 9, 21), name="青石镇信访办二号机", unit="青石镇信访办",
    site="01a21116-8198-7cc5-946a-3b595392e99a", made_at="2026年9月21日 9:41",
    groups=("56738", "66518", "96019", "88311", "41190", "73230", "62152", "72899"),
    card='{"xinfang":"card"}',
)  # fmt: skip
X02 = X.BundleReceipt(
    office=OFFICE, on=date(2026, 9, 21), way="收到", sender="柳溪村村委会", receiver="青石镇信访办",
    serial=14, part=2, parts=3, file="柳溪村村委会-青石镇信访办-20260921-第14包（共3个之2）.xfb",
    size="19,998,211 字节", entries=38, attachments=4, at="2026年9月21日 9:36", by="周敏",
    bundle="01a21116-8390-75b0-8d0b-b0065cf8688e", sha256="".join(_DIGEST), digest=_DIGEST,
    told="来自柳溪村村委会：新增矛盾纠纷 3 件；更新 5 件；1 处冲突要判断；缺附件 2 个。",
)  # fmt: skip
X03 = X.LogProof(
    office=OFFICE, on=date(2026, 9, 30), at="2026年9月30日 17:20", month="2026年9月",
    entries=18411, whole="".join(_DIGEST), digest=_DIGEST, by="周敏",
    chains=tuple(
        X.ChainFacts(name=f"{name}的登记，{name}村委会写的", epoch=1, seq=1841, digest=_DIGEST)
        for name in ("柳溪村", "大塘村", "石桥村", "双井村", "枫树坳村", "河口社区") * 3
    ),
)  # fmt: skip


FULL = {
    "F01": F01,
    "F02": F02,
    "F03": F03,
    "F05": F05,
    "F06": F06,
    "F07": F07,
    "F08": F08,
    "F11": F11,
    "F13": F13,
    "F16": F16,
    "F19": F19,
    "F25": F25,
    "V01": V01,
    "V02": V02,
    "D01": D01,
    "X01": X01,
    "X02": X02,
    "X03": X03,
    **publication_papers.full(OFFICE, MATTER),
    **responsibility_papers.full(OFFICE, MATTER),
    **talk_papers.full(OFFICE, MATTER),
    **route_papers.FULL,
    **work_papers.FULL,
    **sealed_papers.full(OFFICE, MATTER),
    **inquiry_papers.FULL,
    **volume_papers.full(OFFICE, MATTER),
}


EVERY: dict[str, F.Facts] = {**FULL, **mediation_papers.FULL}
"""The desk's papers and those of mediation."""


def least(code: str) -> F.Facts:
    """The form with nothing but what the program always knows."""
    if FORMS[code].subject == "mediation":
        return mediation_papers.least(code)
    kind = FORMS[code].facts
    office = F.OfficeFacts(organ="云岭县青石镇人民政府")
    if FORMS[code].subject == "office":
        return kind(office=office)
    return kind(office=office, matter=F.MatterFacts(number="20260906-A0003"))
