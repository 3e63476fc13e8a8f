"""Clauses that give up the right to petition are found; sentences that keep it are left alone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang_desktop.domain.waiver import find_waivers

WAIVERS = (
    # the plain words
    "乙方承诺息访", "双方息诉罢访", "停访息诉", "同意停访", "息访", "罢访", "承诺息诉息访",
    # never again
    "乙方保证不再上访", "双方签字后不再信访", "不得再上访", "不得再就此事上访", "不得再就此事信访",
    "不得再就此事投诉", "不得再反映", "不得再就此事向有关部门反映", "保证今后不再因此事上访",
    "不再以任何方式向任何国家机关提出申诉", "不再进行任何形式的信访", "不再提起信访", "再也不上访",
    "不得再提起诉讼、仲裁、信访", "以后不再向上级机关控告", "不再就该信访事项投诉", "不再走访、缠访",
    "双方不再因本纠纷到各级政府上访", "不再通过信访途径解决", "乙方领款后不准再去上访",
    # without 再
    "保证不上访", "保证不去信访", "今后不得上访", "不得以任何方式信访", "不得以任何理由、任何形式再次上访",
    "永不上访", "绝不信访", "乙方不上访", "乙方自愿不信访", "乙方今后不到北京上访", "乙方不得因补偿问题上访",
    "乙方承诺不投诉、不举报", "承诺今后不因此事到任何部门反映问题", "承诺案结事了、不缠访闹访",
    # to a higher level
    "保证不以任何理由越级上访", "不再（越级）上访", "不越级上访", "不得越级、进京上访", "不再进京访",
    # the office instead of the word
    "以后不再找镇政府要求补偿", "不再到信访局", "保证不再到县里要求解决",
    # giving up, stopping
    "自愿放弃信访", "放弃上访权利", "放弃一切信访、投诉的权利", "不再享有信访的权利", "丧失信访权利",
    "乙方放弃其他诉讼请求及信访请求", "乙方签字领款后，即放弃就此事上访", "停止一切上访行为", "终止信访",
    "禁止乙方上访",
    # withdrawing for good
    "撤回信访事项并不再提出同一诉求", "撤回信访，并且不再就此事提出要求", "乙方撤回投诉后不再反映",
    # a penalty
    "如再上访，乙方退还全部补偿款", "一旦信访，本协议作废", "乙方若就此事上访的，视为违约",
    "如果继续上访，补偿协议作废",
    # pulled apart, full-width
    "息  访", "息·访", "息，访", "不 再 上 访", "不再“上访”", "不再上\n访", "不—再—信—访", "不．再．上．访",
    "ｘ不再，上访", "不再信　访", "不\u200b再上访",
)  # fmt: skip

KEPT = (
    "不影响当事人信访的权利", "本协议不影响当事人依法信访的权利", "有权依法信访", "当事人有权依法信访",
    "不因信访受影响", "任何一方的权益不因信访受影响", "不得因信访受到影响", "本协议不限制信访",
    "本协议不限制当事人依法信访、仲裁、诉讼的权利", "任何一方不得阻止对方信访", "禁止甲方阻拦信访",
    "不得因对方信访而降低补偿", "保证不因乙方上访停止供水", "不得要求当事人放弃信访权利",
    "双方不得以放弃信访为条件订立协议", "协议不得约定放弃信访", "签订本协议不视为放弃信访",
    "当事人没有放弃信访的权利", "乙方未放弃信访权利", "停止对乙方信访的打击报复", "不得打击报复信访人",
    "任何人不得泄露信访材料", "不得拒绝受理信访", "甲方承诺不歧视信访的村民", "信访不受影响",
    "如一方不履行，另一方可以依法信访或者起诉，由违约方承担责任", "当事人不服的，可以依法信访",
    "一方不履行的，另一方可以向有关部门反映", "不影响乙方向有关部门投诉、反映的权利", "不予受理的信访事项",
    "调解终止后当事人信访的，由有权机关办理", "甲方不得限制乙方向有关部门投诉举报", "撤回信访事项申请",
    "如果信访部门认定有误，另行处理", "本纠纷由20260906-A0002号信访事项转来",
    # other words, other rights
    "信息访问系统", "休息，访客登记", "消息访谈", "暂停访问", "对不上访客名单", "回信访谈",
    "乙方不再占用通道，信访事项另行处理", "乙方不再占用通道。上访期间的费用由各自承担",
    "承包合同不反映实际面积", "账目不能反映实际支出", "信访办不再另行通知", "不再由信访办转交",
    "不再收取管理费", "双方不再争议", "不再就损失向对方提出其他请求", "乙方不再反对施工",
    "甲方不得再向乙方收费，乙方的信访事项已经答复", "不是信访事项", "如有争议可以向人民法院起诉",
    "撤回诉讼后不再缴纳诉讼费", "排水沟由两家共同维护，任何一方不得再行填堵", "",
)  # fmt: skip


@pytest.mark.parametrize("text", WAIVERS)
def test_a_waiver_is_found_alone_and_within_an_agreement(text: str) -> None:
    assert find_waivers(text)
    (found,) = find_waivers(f"甲方补偿乙方800元。{text}。本协议一式三份。")
    assert found.clause_start == len("甲方补偿乙方800元。")


@pytest.mark.parametrize("text", KEPT)
def test_what_keeps_the_right_or_means_something_else_is_no_waiver(text: str) -> None:
    assert find_waivers(text) == ()
    assert find_waivers(f"甲方补偿乙方800元。{text}。本协议一式三份。") == ()


def test_the_words_and_their_clause_are_where_they_are_said_to_be() -> None:
    text = "1. 甲方付款；\n2. 乙方领款后，保 证 不再 上访；\n3. 双方再无争议。"
    (found,) = find_waivers(text)
    assert found.words == text[found.start : found.end] == "保 证 不再 上访"
    assert found.clause == "2. 乙方领款后，保 证 不再 上访"
    assert text[found.clause_start :].startswith(found.clause)


def test_each_place_is_told_once_in_its_order() -> None:
    text = "乙方不再上访。甲方付款。乙方停访息诉，保证不再反映。"
    assert [found.words for found in find_waivers(text)] == ["不再上访", "停访息诉", "保证不再反映"]


@given(st.text("不再得上访信息就此事，。 \n因放弃停止保证", max_size=60))
def test_any_text_is_read_and_positions_fit(text: str) -> None:
    for found in find_waivers(text):
        assert 0 <= found.clause_start <= found.start < found.end <= len(text)
        assert found.words in found.clause


@pytest.mark.parametrize(
    "piece",
    ["不得", "不再到政府找政府向", "不去到", "如果", "没有放弃", "不越级集体", "撤回", "不再上"],
)
def test_a_hostile_text_of_twenty_thousand_characters_takes_no_time(piece: str) -> None:
    start = time.process_time()
    find_waivers(piece * (20_000 // len(piece)))
    assert time.process_time() - start < 1
