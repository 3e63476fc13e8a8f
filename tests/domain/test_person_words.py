"""What a village note may say, and what it may not: problems pass, people's moods do not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.domain.person_words import PersonWords, read_person_words
from xinfang_desktop.places import RESOURCES

WORDS: PersonWords = read_person_words((RESOURCES / "rules" / "note_words.toml").read_text("utf-8"))

PASS = """
外出务工人员的医保怎么缴
外出务工的村民回来办社保卡要跑两趟
摸清外出务工情况，帮助找工作
王大爷的儿子外出务工，屋顶漏雨没人修
王大爷外出时摔伤，村道没有路灯
救灾款去向要公开
他的补偿款去向不明，要求查账
毕业生去向登记表要交到镇里
牛走失，行踪不明，帮忙在群里问
思想道德讲堂每月一次，地点太小
解放思想大讨论安排在周五
村民对垃圾清运不满意，要求每天清一次
村民对补偿标准有意见，要求重新测量
对政府补贴的发放时间不清楚
想到镇信访办反映排水问题，已告诉接待时间
打算走法律途径，已告诉法律援助电话
慢病重点人群签约服务名单贴出来了
重点工程占地没有补偿
24小时值守大坝，缺两个手电
水库包保责任人牌子倒了
党员看望孤寡老人，水缸没水
老人买药不方便，卫生室没有降压药
得了糖尿病的老人买药要去镇上，卫生室没有药
果树得了溃疡病，请农技员来看
王大爷的果树得了溃疡病
张建国家的猪得了猪瘟，要求保险理赔
因病住院的医药费报销慢
精神文明建设评比公开
精神障碍患者免费服药政策宣传
信息访问不了，网络差
暂停访客登记
宽带不稳定，信号差
电压不稳，灯忽明忽暗
电路串联接错
群众昨天到县里办低保，少一份证明
修路占了三户菜地，没有补偿
孩子到北京看病，报销问题
高铁进京票难买
河道24小时监控坏了
村监控探头坏了三个
路面情况不稳定，雨后有塌方
三组和五组争水，轮灌时间没有定
情绪管理讲座改到周六下午
心理咨询室钥匙谁保管
要求公开低保评议结果
要求进村道路加宽
组织村民清沟，镇里出水管
准备组织村民到县里学习种植技术
要求到市里参加培训的名额
想请律师，已告诉12348
上访接待日改到周二
信访接待室搬到一楼
信访条例宣传单发完了
提出信访事项三件，已转镇里
老住户的水表要换
去年报告的桥裂缝没有修
了解低保户家庭收入，核对材料
关注留守儿童暑假溺水隐患，补两块警示牌
上报危房三处
孩子上学没有校车
老李家门口的沟堵了
老王反映路灯不亮
王桂芳要求补偿占地三分
何建平答应周五前回话
周敏周五来村里开恳谈会
高压线离屋顶太近
金桥水库渗水
石门组的路断了
方便面厂污水排到河里
马路边的树遮挡视线
有人散布停水的假消息，已贴通知说明
低保停发的原因要书面告诉
他家的房子是危房，申请改造
她要求把残疾人证补办下来
残疾人两项补贴没有到账
村里吸毒检测点要搬走
妇女患乳腺癌可以免费筛查
妇女两癌筛查通知没有贴
残疾人王某的轮椅坏了
患病住院的可以申请医疗救助
上访不如走访，干部下组问需求
村里想要一个信访代办点
想要上级修路
准备材料去县里申请低保
陈家院子进水三户，方志强说周六清沟
老人和孩子过马路危险
石桥村对口帮扶项目进度慢
不满一年的小树被压断
不满意的地方写在公开栏旁边
政府对不满足条件的说明理由
自来水管道去向图找不到
外出打工的人多，田没人种
外出期间房屋漏水，邻居代为看护
他外出打工，家里的田被水淹了
看护老人的护工工资没有发
修路期间24小时看守材料
"""

REFUSED = """
王某情绪激动，在村部吵
张三情绪不稳定
群众情绪很大
他有抵触情绪
做好情绪安抚，稳定他的情绪
他心情不好
掌握其思想动态
此人思想偏激
思想波动较大
性格暴躁，脾气古怪
对政府不满，经常发牢骚
对社会心存怨恨
言论过激
掌握他的行踪
了解上访人去向
王桂芳去向不明
老李外出未归
他外出去了县城
李某昨日离村前往省城
每天核实是否外出
手机轨迹显示在外地
与几户来往密切
四处串联村民
扬言要去北京
打算去上访
想去县里上访
准备进京
可能越级上访
有上访苗头
上访意图明显
存在上访的可能
声称要集体上访
重点人员名单更新
稳控措施已落实
该户为上访老户
缠访闹访
刑满释放人员一名
签了息访承诺书
派人劝返
他患有糖尿病
张建国患有精神病
其妻确诊为癌症
疑似有精神问题
老人得了重病
该人精神异常
情·绪·激·动
安排专人盯防
跟踪他到县城
他信基督
刁民
每天上报人员动向
"""


@pytest.mark.parametrize("sentence", PASS.split())
def test_an_ordinary_sentence_of_a_village_passes(sentence: str) -> None:
    found = WORDS.find(sentence)
    assert found is None, found and (found.words, found.about.what)


@pytest.mark.parametrize("sentence", REFUSED.split())
def test_a_sentence_about_a_person_is_found(sentence: str) -> None:
    found = WORDS.find(sentence)
    assert found is not None
    assert found.words in sentence
    assert found.about.instead


def test_the_refusal_quotes_the_words_and_says_what_to_write() -> None:
    problem = WORDS.problem("三组沟堵了。王某 情绪 激动，要求清沟。", "text")
    assert isinstance(problem, RuleViolation)
    assert (problem.code, problem.field) == ("about_persons", "text")
    assert "“王某 情绪”" in problem.sentence or "“情绪 激动”" in problem.sentence
    assert "问题、事实和承诺" in problem.sentence
    assert "例如" in problem.mend
    assert "个人信息保护法" in problem.article


def test_the_first_of_several_is_told() -> None:
    found = WORDS.find("扬言去县里，情绪激动")
    assert found is not None and found.words == "扬言"


def test_words_pulled_apart_or_in_full_width_are_found() -> None:
    for written in ("情　绪　不　稳", "情-绪-不-稳", "情绪\u200b不稳"):
        assert WORDS.find(written), written


def test_every_category_names_what_it_is_and_every_pattern_is_a_pattern() -> None:
    assert len(WORDS.abouts) >= 6
    for about in WORDS.abouts:
        assert about.what and about.instead.endswith(("。", "。”"))
        assert all(re.compile(pattern) for pattern in about.patterns)
        assert not any("{人}" in pattern or "{姓}" in pattern for pattern in about.patterns)
        assert WORDS.find(about.instead) is None or "稳控" in about.instead


@given(st.text(max_size=60))
def test_any_text_is_read_and_what_is_found_stands_in_it(text: str) -> None:
    found = WORDS.find(text)
    assert found is None or found.words in text
