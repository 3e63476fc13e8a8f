"""Recognising the same matter (同一事项): suggestions with their reasons, never a decision.

What is compared is matters: name or phone given for them, the place, the words of the claims.
Nothing is kept about a person, nothing is counted per person.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_IGNORED = frozenset("，。、；：？！“”‘’（）()《》〔〕-—…· \n\t,.;:?!\"'")
_COMMON = frozenset(
    {
        "要求",
        "反映",
        "问题",
        "尽快",
        "处理",
        "解决",
        "希望",
        "请求",
        "没有",
        "一直",
        "情况",
        "有关",
        "关于",
        "给予",
        "进行",
    }
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two matters look: a weight to sort by, and the reasons in words."""

    weight: int
    reasons: tuple[str, ...]


def shared_phrases(left: str, right: str, *, most: int = 4) -> tuple[str, ...]:
    """The longest phrases of two characters or more that occur in both texts, longest first."""
    found: list[str] = []
    start = 0
    while start < len(left):
        end = start + 2
        longest = ""
        while end <= len(left) and end - start <= 12:
            piece = left[start:end]
            if _IGNORED & set(piece) or piece not in right:
                break
            longest = piece
            end += 1
        if longest and longest not in _COMMON and not any(longest in other for other in found):
            found.append(longest)
        start += len(longest) or 1
    return tuple(sorted(found, key=len, reverse=True)[:most])


def likeness(
    *,
    same_name: bool,
    same_phone: bool,
    same_village: bool,
    same_place: bool,
    phrases: Iterable[str],
) -> Likeness | None:
    """Weigh what agrees. None where it is too little to bother a clerk with.

    A shared village or a shared word alone says nothing; a name or a phone does, and so do
    several words of the claim in one village.
    """
    words = tuple(phrases)
    text = sum(len(word) for word in words)
    weight = 40 * same_name + 50 * same_phone + 10 * same_village + 10 * same_place + 5 * text
    alike = same_phone or same_name or (same_village and text >= 4) or text >= 8
    if not alike:
        return None
    reasons = [
        word
        for word, agrees in (
            ("姓名", same_name), ("电话", same_phone), ("村（社区）", same_village), ("地点", same_place),
        )
        if agrees
    ]  # fmt: skip
    return Likeness(weight, (*reasons, *(f"“{word}”" for word in words)))
