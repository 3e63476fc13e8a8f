"""Conditions of the steps after the opinion (送达、落实、办结、复查) and of joining and leaving.

Source: 《信访工作条例》 art. 18, 30, 32-36; chapter 4.2 of the working description.
"""

from __future__ import annotations

from .articles import article
from .file_rules import lacking
from .guards import DECIDED, Asked, Guard, claim_numbers, confirmed, reachable, same_name
from .history import answers, must_be_carried_out, owed_by_hand, tasks
from .vocabulary import word

# --- service ------------------------------------------------------------------------------


def _witnesses(asked: Asked) -> str | None:
    if asked.data.get("method") == "left" and not asked.data.get("witnesses"):
        return "留置送达要有见证人。"
    return None


def _service_reason(asked: Asked) -> str | None:
    method = asked.data.get("method")
    if method in {"left", "public"} and not asked.data.get("reason"):
        return f"{word('service_method', method)}要写明事由。"
    return None


def _electronic(asked: Asked) -> str | None:
    if asked.data.get("method") == "electronic" and not asked.data.get("consented"):
        return "电子送达要经信访人本人同意。"
    return None


def _relation(asked: Asked) -> str | None:
    taker = asked.data.get("recipient", "")
    names = [party.name for party in asked.file.parties if not party.voided and party.name]
    if not taker or asked.data.get("relation") or asked.data.get("method") != "direct":
        return None
    if not names or taker == "本人" or any(same_name(taker, name) for name in names):
        return None
    return "不是本人收的，要写明代收人与信访人的关系。"


SERVE: tuple[Guard, ...] = (
    Guard("no_witness", _witnesses, field="witnesses", mend="写明见证人的姓名和单位。"),
    Guard("field_missing", _service_reason, field="reason",
          mend="例如：本人拒收；下落不明，其他方式都送不到。"),
    Guard("no_consent", _electronic, field="consented",
          mend="先征得本人同意，或者改用直接、邮寄送达。"),
    Guard("field_missing", _relation, field="relation", mend="例如：同住的儿子。"),
)  # fmt: skip


# --- carrying out, closing, later ---------------------------------------------------------


def _something_to_carry_out(asked: Asked) -> str | None:
    if not answers(asked.file) or must_be_carried_out(asked.file):
        return None
    return "处理意见里没有支持的诉求，也没有调解、和解协议，不需要落实。"


TO_FOLLOW = Guard(
    "nothing_to_follow", _something_to_carry_out, article=article(32, 2), standing=True,
    mend="可以直接办结。",
)  # fmt: skip


def _tasks_ahead(asked: Asked) -> str | None:
    early = [
        row
        for row in asked.data.get("tasks", [])
        if "due" in row and row["due"] < asked.on.isoformat()
    ]
    return f"“{early[0].get('what', '')}”的期限早于这一步的日期。" if early else None


TASKS_AHEAD = Guard("due_before_start", _tasks_ahead, field="tasks", mend="请核对两个日期。")


def _open_task(asked: Asked) -> str | None:
    key = asked.data.get("task")
    known = {task.key: task for task in owed_by_hand(asked.file)}
    if not known:
        return "还没有落实任务，也没有承诺。"
    if key is None:
        return None
    if key not in known:
        return f"没有这一项。现有：{'；'.join(f'{k} {task.what}' for k, task in known.items())}。"
    done = known[key].done_on
    return f"“{known[key].what}”已在 {done.isoformat()} 登记过了。" if done else None


OPEN_TASK = Guard(
    "no_such_task", _open_task, field="task", standing=True, mend="请选还没有办的一项。"
)


def _carried_out(asked: Asked) -> str | None:
    if must_be_carried_out(asked.file) and not tasks(asked.file):
        return "还缺：支持的诉求由谁、什么时候落实。"
    return None


CLOSE: tuple[Guard, ...] = (
    DECIDED,
    Guard("not_carried_out", _carried_out, article=article(32, 2), standing=True,
          mend="先用“落实跟踪”定下任务、单位和期限。"),
    confirmed("checked", "办结核对没有通过，先不要办结。", article=article(34),
              mend="逐项核对后再办结；信访人不签字、不满意都不妨碍办结。"),
)  # fmt: skip


def _review_named(asked: Asked) -> str | None:
    if asked.data.get("organ") or asked.around.office.review_organ:
        return None
    return "还缺：复查（复核）机关。"


REVIEW_ORGAN = Guard(
    "field_missing", _review_named, article=article(35), field="organ",
    mend="在这里填，或在“设置—单位”里填一次。",
)  # fmt: skip


def _merge_target(asked: Asked) -> str | None:
    into = asked.data.get("into")
    if into is None:
        return None
    own = asked.file.matter.number
    if same_name(into, own) or own in asked.around.others:
        return "不能并入自己。"
    state = asked.around.others.get(into)
    if state is None:
        return f"没有编号是 {into} 的事项。"
    ended = {
        "T5": "是检举控告密件",
        "T10": "已经并入另一事项",
        "T12": "已经作废",
        "S90": "已经归档",
    }
    return f"{into} {ended[state]}，不能并入。" if state in ended else None


def _merge_told(asked: Asked) -> str | None:
    if reachable(asked) and not asked.data.get("told_how"):
        return "还缺：怎样把并案告知信访人。"
    return None


MERGE: tuple[Guard, ...] = (
    Guard("no_such_matter", _merge_target, field="into", mend="请核对主事项的编号。"),
    Guard("field_missing", _merge_told, article=article(23), field="told_how",
          mend="例如：8月3日电话告知本人。"),
)  # fmt: skip


def _split_possible(asked: Asked) -> str | None:
    if len(claim_numbers(asked)) < 2:
        return "只有一项诉求，不能分案。"
    return None


def _split_claims(asked: Asked) -> str | None:
    numbers = {str(no) for no in claim_numbers(asked)}
    chosen = set(asked.data.get("claims", []))
    strange = sorted(chosen - numbers)
    if strange:
        return f"没有第 {strange[0]} 项诉求。"
    return "至少要留一项诉求在原事项。" if chosen and chosen == numbers else None


SPLIT: tuple[Guard, ...] = (
    Guard("one_claim", _split_possible, standing=True, mend="一件事项只有一项诉求时不用分案。"),
    Guard("no_such_claim", _split_claims, field="claims", mend="填要分出去的诉求序号。"),
)  # fmt: skip


def _accusation_goes_on(asked: Asked) -> str | None:
    matter = asked.file.matter
    if matter.sealed or matter.nature == "accusation":
        return "检举控告不因撤回而停办。"
    return None


def _not_the_handler(asked: Asked) -> str | None:
    name = asked.data.get("recorded_by", "")
    if same_name(name, asked.file.matter.owner or asked.around.actor):
        return "撤回的声明不能由承办人自己记录。"
    return None


WITHDRAW: tuple[Guard, ...] = (
    Guard("accusation_goes_on", _accusation_goes_on, article=article(30), standing=True,
          mend="请继续按检举控告办理、移送。"),
    Guard("handler_records", _not_the_handler, field="recorded_by",
          mend="请名单里承办人以外的人听取并记录本人的话。"),
    confirmed("voluntary", "不是本人自愿的，不能作撤回处理。", article=article(18, 4),
              mend="事项照常办理。"),
)  # fmt: skip


def _lacks_without_reason(asked: Asked) -> str | None:
    if asked.data.get("missing_reason"):
        return None
    names = [each.what for each in lacking(asked.file, asked.around.forms)]
    return f"卷里还缺：{'、'.join(names)}。" if names else None


CATALOGUE = confirmed(
    "catalogue_complete", "卷内目录不齐，不能归档。", mend="补齐材料和目录后再归档。"
)
ARCHIVE: tuple[Guard, ...] = (
    CATALOGUE,
    Guard("file_lacks", _lacks_without_reason, field="missing_reason",
          article="《档案法》第十三条",
          mend="补齐后再归档；确实补不齐的，在“缺少材料的原因”里逐项写明。"),
)  # fmt: skip
