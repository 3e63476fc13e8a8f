"""What the fields of records are called (栏目名), where two values of one stand side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

KIND_NAMES: Final[Mapping[str, str]] = {
    "office": "单位信息", "account": "账号", "person": "单位人员", "village": "村（社区）",
    "intake": "信访件", "matter": "信访事项", "claim": "诉求", "party": "信访人",
    "verdict": "相似判断", "calendar_year": "节假日安排", "import_batch": "导入批次",
    "dispute": "矛盾纠纷", "screening_return": "排查报送", "round": "排查轮次",
    "round_call": "报送任务", "committee": "调解委员会", "mediator": "调解员",
    "mediation": "人民调解", "mediation_party": "调解当事人", "village_note": "民情日记",
    "work_item": "工作台账",
}  # fmt: skip
"""Kind of a record that can be changed → its name."""

_NAMES: Final[Mapping[str, str]] = {
    "acceptance_from": "受理之日口径", "address": "地址", "age": "年龄", "amount": "涉及金额",
    "anonymous": "匿名", "applied_on": "申请日期", "at": "时间", "batch": "导入批次",
    "by": "登记人", "carried": "跟踪的旧纠纷", "category": "类别", "category_text": "类别（原文）",
    "channel": "信访形式", "claims": "申请事项", "code": "机构代码", "committee": "调解委员会",
    "confidential": "要求保密", "danger": "当事人安全有危险", "days": "放假和调休", "detail": "详细情况",
    "disabled": "停用", "dispute": "来源纠纷", "disputes": "报送的纠纷", "doc_prefix": "文号代字",
    "document": "文号", "due": "期限", "ethnicity": "民族", "facts": "事实", "file": "文件",
    "file_no": "卷宗编号", "filed_in": "报送批次", "filed_on": "报送日期", "first": "初次",
    "formed_on": "成立日期", "found_by": "排查人员", "found_on": "发现日期", "grade": "级别",
    "headcount": "人数", "history": "历史件", "id_number": "证件号码", "id_type": "证件类型",
    "imported": "导入行数", "intake": "信访件", "interests": "申报的利害关系", "judged": "判断",
    "large_print": "需要大字文书", "late_after": "逾期口径", "late_entry": "补录",
    "leader": "包案领导", "left": "左边一件", "level": "层级", "local_rules": "地方规则",
    "mark": "卷宗代字", "materials": "收到材料", "matter": "信访事项", "may_publish": "同意公开",
    "may_sign": "可以签发", "measures": "化解措施", "mediation": "人民调解", "mediators": "调解员",
    "method": "化解方式", "name": "名称", "nature": "性质", "no": "序号", "note": "说明",
    "number": "编号", "occupation": "职业", "occurred_on": "发生日期", "on": "日期",
    "opened_on": "发起日期", "organ": "落款机关", "origin": "提出方式", "owner": "承办人",
    "parties": "当事人", "people": "涉及人数", "period": "时段", "person": "责任人",
    "phone": "联系电话", "phones": "当事人电话", "place": "地点", "post": "职务",
    "practice": "练习", "profile": "列的对应", "promises": "承诺", "purpose": "目的",
    "query_code": "查询码", "received_on": "收到日期", "reception_hours": "接待时间",
    "recorder": "记录人", "registered_at": "登记时间", "registered_by": "登记人",
    "report_due": "交办反馈期限", "reporter": "报送人", "result": "化解情况",
    "review_address": "复查机关地址", "review_organ": "复查机关", "right": "右边一件",
    "role": "身份", "roles": "角色", "round": "排查轮次", "rows": "行数", "sealed": "密件",
    "series": "排查类型", "settled_on": "化解日期", "sex": "性别", "sha256": "校验值",
    "sheet": "工作表", "side": "申请或被申请", "simple_procedure": "简易办理", "sort": "种类",
    "source": "来源", "source_ref": "来文号", "state": "状态", "summary": "简述", "text": "内容",
    "theme": "主题", "title": "名称", "topic": "话题", "undone": "已撤销", "unit": "责任单位",
    "units": "涉及单位", "unreachable": "姓名或地址不清", "urgent": "紧急", "village": "村（社区）",
    "woman": "女", "year": "年份", "zero": "零报告",
}  # fmt: skip

_OF_KIND: Final[Mapping[tuple[str, str], str]] = {
    ("person", "name"): "姓名", ("party", "name"): "姓名", ("mediator", "name"): "姓名",
    ("mediation_party", "name"): "姓名", ("account", "name"): "账号名",
    ("person", "title"): "职务", ("matter", "title"): "事项名称", ("matter", "unit"): "承办单位",
    ("dispute", "due"): "化解时限", ("round", "due"): "报送期限", ("round_call", "due"): "报送期限",
    ("person", "unit"): "单位", ("party", "address"): "住址", ("mediation_party", "address"): "住址",
    ("mediator", "left"): "已离任", ("claim", "text"): "诉求", ("village", "code"): "区划代码",
    ("mediation", "title"): "纠纷名称", ("village_note", "headcount"): "到会人数",
    ("dispute", "summary"): "纠纷简述", ("work_item", "owner"): "责任人",
    ("work_item", "sort"): "台账", ("work_item", "matters"): "有关事项", ("work_item", "data"): "登记的内容",
    ("intake", "summary"): "事实和理由",
}  # fmt: skip


AFTER_VOID: Final = "!"
"""Stands where a field's name does: 作废后仍有修改."""

SAME_NUMBER: Final = "#"
"""Stands before the name of a field: 编号重复."""


def conflict_words(kind: str, field: str) -> str:
    """What an open conflict is about, for the page of the record: 化解时限两边写的不一样."""
    if field == AFTER_VOID:
        return "作废后仍有修改"
    if field.startswith(SAME_NUMBER):
        return f"{field_name(kind, field.removeprefix(SAME_NUMBER))}与另一件重复"
    return f"{field_name(kind, field)}两边写的不一样"


def kind_name(kind: str) -> str:
    """The name of a kind of record; one of a newer program is shown as it is."""
    return KIND_NAMES.get(kind, kind)


def field_name(kind: str, field: str) -> str:
    """The name of a field; one of a newer program is shown as it is."""
    return _OF_KIND.get((kind, field)) or _NAMES.get(field, field)
