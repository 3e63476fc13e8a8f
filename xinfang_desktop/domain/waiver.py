"""Clauses by which somebody gives up the right to petition (放弃信访权利的条款).

No agreement may hold one: 《宪法》 art. 41, 《信访工作条例》 art. 18 para 4 (no retaliation against
petitioners), 《人民调解法》 art. 3 (mediation keeps nobody from other lawful ways). The checker
only reads text: it quotes the clause and says where it stands, for a screen to mark and a paper
to refuse. A sentence that keeps the right (不影响当事人依法信访) is no waiver.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

ARTICLES: Final = "《宪法》第四十一条、《信访工作条例》第十八条第四款、《人民调解法》第三条"
MEND: Final = "删去这一句；可以改写为“本协议不影响当事人依法信访的权利”"


@dataclass(frozen=True, slots=True)
class Waiver:
    """``text[start:end]`` are the words that waive; ``clause`` is the sentence around them and
    begins at ``clause_start``. Positions count characters of the text as it was given."""

    start: int
    end: int
    words: str
    clause: str
    clause_start: int


# --- the text as it is compared -----------------------------------------------------------------

_STOP: Final = "|"
"""What separates phrases (， 。 ； and a line's end) in the compared text."""

_SEPARATES: Final = frozenset(",.;:!?。\n")
_ENDS: Final = re.compile(r"[。；;！!？?\n]+")


def _compared(text: str) -> tuple[str, list[int]]:
    """The text without spaces and marks, full-width letters narrowed, and where each character
    came from. 息·访, ＂不再＂上 访 and 不再上\\n访 read as what they are."""
    kept: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for plain in unicodedata.normalize("NFKC", char):
            if plain in _SEPARATES:
                if kept and kept[-1] != _STOP:
                    kept.append(_STOP)
                    places.append(place)
            elif plain.isalnum():
                kept.append(plain)
                places.append(place)
    return "".join(kept), places


# --- what is looked for -------------------------------------------------------------------------


def _apart(pattern: str) -> str:
    """A blank in the pattern: here a mark or a line's end may stand. ``不 再`` finds 不，再 too."""
    return pattern.replace(" ", r"\|?")


_PETITION: Final = _apart(
    "(?:上 访|信 访|走 访|群 访|缠 访|闹 访|非 访|进 京 访|越 级 访)"
    "(?!人|员|件|办|局|部门|机构|中心|工作|专干|接待|事项|材料|登记|编号|回执|条例|期间|客|问|谈)"
)
_COMPLAINT: Final = _apart("(?:投 诉|反 映|举 报|检 举|控 告|告 状|告 发|申 诉)")
_OFFICE: Final = (
    "(?:政府|机关|上级|信访[办局]|信访部门|有关部门|主管部门|法院|纪委|[省市县]里|北京)"
)

_VOW: Final = _apart(
    "(?:永|绝|决|永 远|一 律|从 此|今 后|以 后|往 后|保 证|承 诺|自 愿|同 意|答 应) 不"
)
_FORBIDDEN: Final = _apart("不 (?:得|准|许)")
_NO: Final = f"(?:{_VOW}|{_FORBIDDEN}|" + _apart("不 [可应能会]|不)")
_AGAIN: Final = _apart(" (?:再|又|继 续|重 复)")
_ENDED: Final = _apart(
    "(?:放 弃|不 再 享 有|丧 失|失 去|禁 止|杜 绝|(?:停 止|终 止|中 止)(?!后|时|的|调解|协议))"
)

_KEEPING: Final = (
    "阻|限制|影响|妨碍|妨害|剥夺|干涉|干预|排除|禁止|免除|打击|报复|歧视|刁难|拒绝|推诿|泄露|透露|要求|"
    "强迫|迫使|约定|可以|有权|依法|停止|终止|视为|等于|放弃|"
    "因(?:[甲乙丙对一]方|其|他|她|当事人|任何人|申请人|被申请人)"
)
"""Between 不得 and 信访 these make a sentence that keeps the right: 不得阻止, 不得因其."""

_PROTECTED: Final = "(?!受|而|被|就|遭|减|扣|降|停|取消|歧视|的?(?:打击|报复|限制|阻))"
"""After 信访: 不得因信访受到影响."""


def _upto(most: int) -> str:
    """Up to so many characters of one phrase, none beginning a word that keeps the right."""
    return rf"(?:(?!{_KEEPING})[^|]){{0,{most}}}?"


_GOING: Final = f"(?:(?:去|到|赴|进京|越级|集体|组织|参与|采取|通过|以任何){_upto(10)})?"
_LOST: Final = "(?:退还|退回|返还|赔偿|违约|无效|作废|收回|扣除|扣减|停发|取消|承担)"

_WAIVING: Final = tuple(
    re.compile(pattern)
    for pattern in (
        # 息访 罢访 停访 停访息诉; 信息访问 and 暂停访客 are none
        _apart("(?:息 诉 |息 事 )?(?:(?<![信消休利作安叹讯])息|罢|(?<!暂)停) 访(?![问谈客查员视])(?: 息 诉)?"),
        # 不再上访, 不得再就此事向有关部门反映, 保证不再以任何理由越级上访
        rf"{_NO}{_AGAIN}(?:\|?|{_upto(18)})(?:{_PETITION}{_PROTECTED}|{_COMPLAINT})",
        # 不得以任何理由、任何形式信访, 承诺不因此事上访
        rf"(?:{_VOW}|{_FORBIDDEN})(?:\|?|{_upto(18)})(?<!因)(?<!因为){_PETITION}{_PROTECTED}",
        # 承诺不投诉、不举报
        f"{_VOW}{_upto(12)}{_COMPLAINT}",
        # 不上访, 不越级上访, 不到北京信访
        rf"(?<!并)不\|?{_GOING}{_PETITION}(?!的)",
        # 不再找镇政府要求补偿
        rf"{_NO}{_AGAIN}{_upto(6)}[找到去向]{_upto(6)}{_OFFICE}(?:要求|提出|主张|申请|讨说法|的麻烦|闹|$|\|)",
        # 放弃一切信访、投诉的权利, 停止上访, 不再享有信访权
        rf"(?<!不){_ENDED}{_upto(12)}(?:{_PETITION}(?!办理|程序){_PROTECTED}|{_COMPLAINT}的?权)",
        # 撤回信访并不再提出同一诉求
        rf"撤[回销]{_upto(10)}(?:[信上]访|{_COMPLAINT})[^|]{{0,6}}\|?[并且后也]*{_upto(6)}{_NO}{_AGAIN}",
        # 如再上访，退还补偿款
        rf"(?:如果?|若|一旦|倘若?|凡){_upto(12)}{_PETITION}{_PROTECTED}[^|]{{0,8}}\|?[^|]{{0,12}}{_LOST}",
    )
)  # fmt: skip

_NOBODY_GIVES_UP: Final = re.compile(
    "(?:不|没有|未|无需|勿)(?:得|应|能|会|可|必|是|曾|等于|视为|构成|代表|意味着|表示|属于)*"
    "(?:要求|强迫|迫使|诱使|约定|以|把|将|使)?[^|]{0,10}$"
)
"""Before 放弃信访: 不视为, 没有, 不得要求当事人."""
_GIVING_UP: Final = ("放弃", "停止", "终止", "中止", "丧失", "失去", "禁止")


def find_waivers(text: str) -> tuple[Waiver, ...]:
    """Every waiver in ``text`` in its order, one for each place."""
    compared, places = _compared(text)
    found: list[Waiver] = []
    for start, end in _merged(sorted(_spans(compared))):
        first, last = places[start], places[end - 1] + 1
        clause_start, clause = _clause_around(text, first, last)
        found.append(Waiver(first, last, text[first:last], clause, clause_start))
    return tuple(found)


def _spans(compared: str) -> Iterator[tuple[int, int]]:
    for pattern in _WAIVING:
        for match in pattern.finditer(compared):
            phrase = compared[compared.rfind(_STOP, 0, match.start()) + 1 : match.start()]
            given_up = compared.startswith(_GIVING_UP, match.start())
            if not (given_up and _NOBODY_GIVES_UP.search(phrase)):
                yield match.start(), match.end()


def _merged(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans that overlap are one."""
    current: tuple[int, int] | None = None
    for span in spans:
        if current and span[0] < current[1]:
            current = (current[0], max(current[1], span[1]))
            continue
        if current:
            yield current
        current = span
    if current:
        yield current


def _clause_around(text: str, first: int, last: int) -> tuple[int, str]:
    """Where the sentence that holds these characters begins, and the sentence."""
    start = max((m.end() for m in _ENDS.finditer(text, 0, first)), default=0)
    following = _ENDS.search(text, last)
    whole = text[start : following.start() if following else len(text)]
    return start + len(whole) - len(whole.lstrip()), whole.strip()
