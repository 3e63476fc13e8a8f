"""Taking the citizens out of a text (隐去个人信息) before it is hung up on the notice board.

Pure rules: the names of all who came, as written, spaced out, with a title or 老/小 before it; and
whatever looks like a telephone, a document, an account, a plate, an address below the village.
What a rule takes out is replaced by a plain word, never by a hint such as 张某. Who else may be
meant by the words (a neighbour) no rule can know: a person reads the card before it is printed.
Source: 《个人信息保护法》 art. 6, 25; 《信访工作条例》 art. 30.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from .matter import MatterFile
from .names import COMPOUND_SURNAMES

PERSON: Final = "信访人"
NUMBER: Final = "（号码略）"
PLACE: Final = "（住址略）"

_GAP: Final = r"[\s·•\-—–\u200b-\u200f\u2060\ufeff]*"
_TITLES: Final = (
    "某某|某|大爷|大娘|大妈|大叔|大婶|大哥|大姐|大嫂|先生|女士|阿姨|师傅|同志|老师|老汉|奶奶|爷爷|"
    "婆婆|伯伯|叔叔|姨|叔|婶|伯|嫂|爷|婆|哥|姐|弟|妹|家|氏|姓(?:村民|群众|户)?"
)


@dataclass(frozen=True, slots=True)
class People:
    """Whom a text must not show: names, numbers and addresses as they were registered."""

    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


def people_of(file: MatterFile) -> People:
    """All who came about a matter, with what they left, and the spot below the village."""
    parties = [party for party in file.parties if not party.voided]
    spots = (file.matter.place, *(intake.place for intake in file.intakes))
    return People(
        names=_said(party.name for party in parties),
        numbers=_said(n for p in parties for n in (p.phone, p.id_number)),
        places=_said((*(party.address for party in parties), *spots)),
    )


def redact(text: str, people: People) -> str:
    """The text without them. Redacting again changes nothing."""
    return _cleaned(text, people)[0]


def leaks(text: str, people: People) -> tuple[str, ...]:
    """What of a text ``redact`` would take out, as it stands there; empty where it is clean."""
    return tuple(dict.fromkeys(_cleaned(text, people)[1]))


def _cleaned(text: str, people: People) -> tuple[str, list[str]]:
    plain, taken = _half_width(text), list[str]()
    for rule in _rules(people):

        def replaced(match: re.Match[str], rule: Rule = rule) -> str:
            if rule.spares is not None and rule.spares(match):
                return match[0]
            taken.append(match[0])
            return rule.word

        plain = rule.pattern.sub(replaced, plain)
    return plain, taken


def _half_width(text: str) -> str:
    """Letters, digits and what stands in addresses of the net in one width; the rest as it is."""
    return "".join(
        unicodedata.normalize("NFKC", c) if c.isalnum() or c in "＠．－＿＋" else c for c in text
    )


def _said(values: Iterable[str]) -> tuple[str, ...]:
    clean = (_half_width(value).strip() for value in values)
    return tuple(sorted({value for value in clean if value}, key=lambda v: (-len(v), v)))


@dataclass(frozen=True, slots=True)
class Rule:
    """What is taken out, the word in its place, and what of it may stay."""

    pattern: re.Pattern[str]
    word: str
    spares: Callable[[re.Match[str]], bool] | None = None


def _rules(people: People) -> Iterator[Rule]:
    """Longest first: what was registered, then what looks like it."""
    for place in people.places:
        yield Rule(_spaced(place), PLACE)
    for number in people.numbers:
        yield Rule(_spaced(number), NUMBER)
    for name in people.names:
        yield from _of_name(name)
    yield from _ALWAYS


def _spaced(words: str) -> re.Pattern[str]:
    """The words with any blanks or dots between the characters."""
    return re.compile(_GAP.join(re.escape(c) for c in words if not c.isspace()), re.IGNORECASE)


def _of_name(name: str) -> Iterator[Rule]:
    letters = [c for c in name if not c.isspace()]
    if len(letters) < 2:
        return
    yield Rule(_spaced("".join(letters)), PERSON)
    surname = "".join(letters[:2]) if "".join(letters[:2]) in COMPOUND_SURNAMES else letters[0]
    given = "".join(letters)[len(surname) :]
    if len(given) > 1:
        yield Rule(_spaced(given), PERSON)
    called = _spaced(given).pattern
    yield Rule(
        re.compile(rf"[小阿老]{_GAP}{called}|{called}{_GAP}(?:哥|姐|弟|妹|子|叔|婶|嫂|伯|姨)"),
        PERSON,
    )
    spaced = _GAP.join(re.escape(c) for c in surname)
    yield Rule(re.compile(rf"{spaced}{_GAP}(?:{_TITLES})"), PERSON)
    yield Rule(re.compile(rf"[老小阿]{_GAP}{spaced}"), PERSON)


_DIGIT: Final = "[0-9零〇一二三四五六七八九○壹贰叁肆伍陆柒捌玖]"
_LONG: Final = re.compile(rf"(?<!{_DIGIT}){_DIGIT}(?:[ \-—–./]?{_DIGIT}){{6,}}[Xx]?")
_DATE: Final = re.compile(r"(?:19|20)\d\d[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])")
_WORTH: Final = re.compile(r"[1-9]\d{6,8}(?:\.\d+)?\s*(?:元|万|亿|亩|平方|立方|公斤|吨|米)")


def _no_number(match: re.Match[str]) -> bool:
    """A date, or a sum or measure of seven to nine digits."""
    return bool(_DATE.fullmatch(match[0]) or _WORTH.match(match.string, match.start()))


_PROVINCES: Final = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_HAN: Final = "[0-9零〇一二三四五六七八九十百]"
_ALWAYS: Final = (
    Rule(re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), NUMBER),
    Rule(re.compile(rf"[{_PROVINCES}]\s?[A-Za-z][·\s-]?[A-Za-z0-9]{{5,6}}"), NUMBER),
    Rule(re.compile(r"(?:微信|QQ)号?[:：\s]*[A-Za-z0-9_-]{5,}", re.IGNORECASE), NUMBER),
    Rule(_LONG, NUMBER, spares=_no_number),
    Rule(
        re.compile(
            rf"(?<![〕月0-9零〇一二三四五六七八九十百]){_HAN}+\s*(?:村民小组|小组|组|队|号楼|号院|号|栋|幢|单元|室)(?:附{_HAN}+)?(?![令文])"
        ),
        PLACE,
    ),
)
