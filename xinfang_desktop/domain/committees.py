"""Whether a mediation committee is as the law wants it (调解组织). What is found is told, never refused.

Source: 《人民调解法》 art. 8 (three to nine members, one chair, women among them), art. 9 (a term of
three years), art. 13 (mediators are members, or hired).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from .articles import mediation_law
from .case_records import Committee, Mediator
from .fields import Field
from .vocabulary import Words

POSTS: Words = (
    ("chair", "主任"), ("deputy", "副主任"), ("member", "委员"), ("hired", "聘任的调解员"),
)  # fmt: skip

COMMITTEE: tuple[Field, ...] = (
    Field("name", "名称", required=True, max_length=60, sample="柳溪村人民调解委员会"),
    Field("village", "村（社区）", max_length=60, help="乡镇（街道）自己的不填。"),
    Field("formed_on", "成立、换届日期", "date", article=mediation_law(9), help="任期三年，从这一天算。"),
    Field("mark", "编号的代字", max_length=20, sample="青石人调",
          help="卷宗编号里的字：（2026）青石人调字第3号。不填就从名称来。"),
    Field("address", "地址", max_length=120),
    Field("phone", "电话", max_length=40),
)  # fmt: skip
MEDIATOR: tuple[Field, ...] = (
    Field("name", "姓名", required=True, max_length=40, sample="何建平"),
    Field("post", "职务", "choice", choices=POSTS, article=mediation_law(13), help="不填就是委员。"),
    Field("woman", "女", "bool", article=mediation_law(8), help="调委会应当有妇女成员。"),
    Field("phone", "电话", max_length=40),
    Field("left", "已离任", "bool"),
)  # fmt: skip

FEWEST, MOST, TERM_YEARS = 3, 9, 3


@dataclass(frozen=True, slots=True)
class CommitteeFinding:
    """One thing that is not as the law wants it, with the article."""

    code: str
    sentence: str
    article: str


def findings(
    committee: Committee, mediators: Iterable[Mediator], today: date
) -> tuple[CommitteeFinding, ...]:
    """What to put right about a committee, as of ``today``; empty where all is well."""
    return tuple(
        CommitteeFinding(code, sentence, mediation_law(number))
        for code, sentence, number in _found(committee, mediators, today)
    )


def _found(
    committee: Committee, mediators: Iterable[Mediator], today: date
) -> Iterator[tuple[str, str, int]]:
    members = [m for m in mediators if not m.left and m.post != "hired"]
    chairs = sum(1 for member in members if member.post == "chair")
    if not FEWEST <= len(members) <= MOST:
        yield "member_count", f"委员应当是 3 至 9 人，现在是 {len(members)} 人。", 8
    if chairs != 1:
        yield "one_chair", f"应当有 1 名主任，现在是 {chairs} 名。", 8
    if members and not any(member.woman for member in members):
        yield "no_woman", "应当有妇女成员，现在没有。", 8
    if committee.formed_on is None:
        yield "no_date", "没有写成立、换届的日期，看不出任期到哪一天。", 9
    elif (ends := term_ends(committee.formed_on)) <= today:
        yield "term_over", f"任期三年，{ends.isoformat()} 已经届满，应当换届。", 9


def term_ends(formed_on: date) -> date:
    """The day three years after; 28 February where it began on the 29th."""
    day = 28 if (formed_on.month, formed_on.day) == (2, 29) else formed_on.day
    return date(formed_on.year + TERM_YEARS, formed_on.month, day)


_TAILS = (
    "人民调解委员会", "调解委员会", "人民政府", "街道办事处", "信访工作办公室", "信访办公室", "信访办", "信访室",
    "信访局", "村民委员会", "居民委员会", "村委会", "居委会",
)  # fmt: skip
_KINDS = ("镇", "乡", "街道", "村", "社区")


def mark_of(committee: Committee | None, office: str) -> str:
    """What a file number begins with: the committee's mark (青石人调), or one made of its name or
    the office's (青石镇信访办 → 青石人调)."""
    if committee and committee.mark:
        return committee.mark.removesuffix("字")
    name = committee.name if committee else office
    for tail in _TAILS:
        name = name.removesuffix(tail)
    kind = next((each for each in _KINDS if name.endswith(each)), "")
    short = name.removesuffix(kind)
    return f"{short if len(short) > 1 else name}人调"
