"""Splits an address into village and place: ``大塘村2组`` → 大塘村, 2组."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ABOVE = re.compile(
    r"^(?:[^村社]{2,8}?(?:省|自治区))?(?:[^村社]{1,8}?(?:自治州|地区|市|州|盟))?"
    r"(?:[^村社]{1,6}?(?:自治县|县|区|旗|市))?(?:[^村社]{1,8}?(?:镇|乡|街道办事处|街道|苏木))?"
)
_VILLAGE = re.compile(
    r"^(.{1,10}?(?:社区居委会|社区居民委员会|社区|居民委员会|居委会|村民委员会|村委会|村村(?!委会|民)|村|嘎查|街(?!道)))"
)
_LONGER = re.compile("^(?:社区居民委员会|社区居委会|社区|居民委员会|居委会|村民委员会|村委会)")
_COMMITTEE = ((re.compile("村?(?:村民委员会|村委会)$"), "村"), (re.compile("(?<=社区)(?:居民委员会|居委会)$"), ""))  # fmt: skip
_NOT_ONE = re.compile(r"[、,，;；/]|等")


def split_village(text: str, *, known: Sequence[str] = (), whole: bool = False) -> tuple[str, str]:
    """Village (or community) and the rest (组, 路, 门牌) of an address.

    ``known`` are villages of the office, looked for first. With ``whole`` the cell stands under a
    head that says 村: what does not look like one is taken as its name. Without a village the
    first part is empty and the second is the text.
    """
    text = re.sub(r"\s+", "", text)
    for name in sorted(known, key=len, reverse=True):
        before, found, after = text.partition(name)
        if found and not _VILLAGE.match(before):
            return name, after
    for start in dict.fromkeys((_ABOVE.match(text).end(), 0)):  # type: ignore[union-attr]
        village, place = _split(text[start:])
        if village:
            return village, place
    if whole and text and not re.match(r"\d|第", text):
        return text, ""
    return "", text


def _split(text: str) -> tuple[str, str]:
    found = _VILLAGE.match(text)
    if not found or _NOT_ONE.search(found[1]):
        return "", text
    village, place = found[1], text[found.end() :]
    if longer := _LONGER.match(place):
        village, place = village + longer[0], place[longer.end() :]
    for pattern, name in _COMMITTEE:
        village = pattern.sub(name, village)
    return village, place
