"""案件评查: a random sample of closed files, looked through form by form, errors mended.

It scores files and forms, never a village by its petitions. Dissatisfied answers weigh more.
Source: chapter 13.2 of the working description (案件评查、抽查、不满意件重点抽查).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .fields import Field
from .register_kit import Asked, Guard, Owed, Register, step
from .work_file import WorkFile

UNSATISFIED_WEIGHT = 3.0
"""How much likelier a file whose petitioner was not satisfied is drawn than another one."""

CHECKS: tuple[tuple[str, str], ...] = (
    ("registered", "登记：诉求逐项、要素齐全"), ("accepted", "受理：15日内书面告知，依据写对"),
    ("heard", "办理：听取陈述、调查核实有记录"), ("on_time", "期限：60日内，延期经批准并告知"),
    ("answered", "意见书：逐项答复、写明理由和依据"), ("remedy", "意见书：写明复查途径和30日期限"),
    ("served", "送达：有回证、签收人对"), ("carried_out", "落实：支持的诉求有落实记录"),
    ("asked", "回访：问过结果和评价"), ("filed", "归档：目录、页码、缺件说明"),
)  # fmt: skip
"""Field and what is looked at: the papers of a file in their order."""

SAMPLE_COLUMNS: tuple[Field, ...] = (
    Field("number", "信访编号"), Field("title", "事项"), Field("why", "为什么容易抽到"),
)  # fmt: skip

_LOOK = (("good", "好"), ("flaw", "有瑕疵"), ("bad", "有错误"), ("none", "不涉及"))


def sampled(file: WorkFile) -> tuple[str, ...]:
    """Numbers of the drawn files."""
    return tuple(str(row["number"]) for row in file.values.get("sample", ()))


def checked(file: WorkFile) -> Mapping[str, Mapping[str, Any]]:
    """Number → the newest check of it."""
    return {_tail(said.get("matter", "")): said for said in file.said("check")}


def faulty(said: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of the checks that found something."""
    return tuple(label for name, label in CHECKS if said.get(name) in ("flaw", "bad"))


def unmended(file: WorkFile) -> tuple[str, ...]:
    """Numbers of files with errors that nobody recorded as mended since the check."""
    mended = {_tail(said.get("matter", "")) for said in file.said("mend")}
    return tuple(n for n in sampled(file) if _tail(n) in _wrong(file) and _tail(n) not in mended)


def _wrong(file: WorkFile) -> frozenset[str]:
    return frozenset(number for number, said in checked(file).items() if faulty(said))


def _tail(number: Any) -> str:
    return str(number).strip().upper().split("-XF-")[-1]


def _not_drawn(asked: Asked) -> str | None:
    number = asked.data.get("matter")
    if not number or _tail(number) in {_tail(each) for each in sampled(asked.file)}:
        return None
    return "这一件不在抽中的卷里。"


def _unchecked(asked: Asked) -> str | None:
    left = [n for n in sampled(asked.file) if _tail(n) not in checked(asked.file)]
    return f"还有 {len(left)} 件没有评查。" if left else None


def _errors_left(asked: Asked) -> str | None:
    left = unmended(asked.file)
    return f"有问题的还有 {len(left)} 件没有登记整改。" if left else None


_DRAWN = Guard("not_drawn", _not_drawn, mend="请看抽中的清单。", field="matter")
_WHICH = Field(
    "matter", "信访编号", "matter", required=True, max_length=60, sample="20260921-A0001"
)

FILE_REVIEW = Register(
    "file_review", "案件评查", "归类、建议和评查", "评查", "评查日期", "{period} 抽查 {count} 件",
    (
        Field("period", "哪段时间办结的", required=True, max_length=20, sample="2026-Q3",
              help="例如 2026-09、2026-Q3、2026。"),
        Field("count", "抽几件", "int", required=True, sample="10"),
        Field("seed", "抽签号", required=True, max_length=40, sample="20260921",
              help="事先当众定下的任何字；用同一个号可以原样再抽一遍。"),
        Field("until", "评查到哪一天", "date", sample="2026-10-15"),
        Field("reviewers", "评查人", "many", max_length=40, sample="周敏"),
    ),
    ("checking",),
    (
        step("check", "评查一件", "checking", "", _WHICH,
             *(Field(name, label, "choice", choices=_LOOK, sample="好") for name, label in CHECKS),
             Field("text", "问题和建议", "long", max_length=2000,
                   sample="意见书没有写复查机关的地址。"),
             icon="checkup-list", guards=(_DRAWN,)),
        step("mend", "登记整改", "checking", "", _WHICH,
             Field("text", "怎么改的", "long", required=True, max_length=1000,
                   sample="补送了更正通知，写明复查机关和地址。"), icon="file-text", guards=(_DRAWN,)),
        step("finish", "评查完毕", "checking", "done",
             Field("summary", "共性问题和改进", "long", required=True, max_length=2000,
                   sample="送达回证签收人不写关系的有三件，下周业务学习讲。"), icon="archive",
             guards=(
                 Guard("unchecked", _unchecked, mend="每一件都评查后再办结。", standing=True),
                 Guard("errors_left", _errors_left, mend="先登记整改。", standing=True),
             )),
    ),
    about="从办结的卷里按抽签号随机抽，逐份文书评查，错的改；不满意件更容易抽到。",
    fixed=frozenset({"period", "count", "seed"}),
    due="until", owed=Owed("评查完毕", ("finish",)), with_owner=True,
)  # fmt: skip

REGISTERS = (FILE_REVIEW,)
