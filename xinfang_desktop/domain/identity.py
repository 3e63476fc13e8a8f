"""Who somebody is on paper: ID numbers, organisation codes, phones, and how they are masked.

Checks are warnings, never a block: an office may register a person whose card it cannot read.
Sources: GB 11643-1999 (公民身份号码), GB 32100-2015 (统一社会信用代码). Names live in ``names`` and are offered here too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from .names import (
    EXACT_FLOAT,
    is_anonymous,
    mask_name,
    normalise_name,
    parse_headcount,
    plain_text,
    split_group,
    split_parties,
    surname,
)

__all__ = [
    "IdCheck",
    "birthday",
    "check_digit",
    "check_id",
    "credit_code_problem",
    "is_anonymous",
    "mask_id",
    "mask_name",
    "mask_phone",
    "normalise_name",
    "normalise_phone",
    "normalise_phones",
    "parse_headcount",
    "phone_problem",
    "plain_text",
    "split_group",
    "split_parties",
    "surname",
]

IdProblem = Literal["", "id_checksum", "id_precision_lost", "id_unclear"]

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
    ]
)
_SCIENTIFIC = re.compile(r"^[+-]?\d(\.\d+)?[eE]\+?\d{1,3}$")

_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


@dataclass(frozen=True, slots=True)
class IdCheck:
    """What was found about one ID number. ``number`` is empty unless ``code`` is empty."""

    number: str
    code: IdProblem = ""
    why: str = ""

    @property
    def ok(self) -> bool:
        """True when nothing is wrong (also for an empty cell)."""
        return not self.code


def check_digit(first17: str) -> str:
    """The 18th character for 17 digits (GB 11643-1999, 附录 A: ISO 7064 MOD 11-2)."""
    total = sum(int(d) * w for d, w in zip(first17, _WEIGHTS, strict=True))
    return _CHECK_DIGITS[total % 11]


def check_id(value: object, *, today: date | None = None) -> IdCheck:
    """Check a citizen ID number (公民身份号码) of 18 characters or the legacy 15 digits.

    ``value`` is a typed text or a cell; a float of 16 digits or more, a text in scientific
    notation and 18 digits that end in 000 with a wrong check digit are *damaged* (受损): their
    last digits are gone and are never guessed. ``today`` lets a birthday in the future be seen. Never raises.
    """
    if _damaged(value):
        why = "号码被表格软件改成了数字，后几位已丢失（受损），请对照原件补录"
        return IdCheck("", "id_precision_lost", why)
    text = re.sub(r"[\s\-_·.,:：]", "", plain_text(value)).upper()
    return _check_text(text, today) if text else IdCheck("")


def _damaged(value: object) -> bool:
    if isinstance(value, float):
        return abs(value) >= EXACT_FLOAT
    return isinstance(value, str) and bool(_SCIENTIFIC.match(plain_text(value)))


def _check_text(text: str, today: date | None) -> IdCheck:
    if "*" in text:
        return IdCheck("", "id_unclear", "号码已被打码，不完整")
    if not re.fullmatch(r"\d{15}|\d{17}[\dX]", text):
        return IdCheck("", "id_unclear", _shape_problem(text))
    if len(text) == 18 and check_digit(text[:17]) != text[17]:
        if text.endswith("000"):
            why = "号码末三位是 000 且校验码不符，应是表格软件丢了后几位（受损），请对照原件补录"
            return IdCheck("", "id_precision_lost", why)
        return IdCheck("", "id_checksum", "身份证号码校验码不符，请对照原件核对")
    if text[:2] not in _PROVINCES:
        return IdCheck("", "id_unclear", f"没有以 {text[:2]} 开头的行政区划")
    born = birthday(text)
    if born is None:
        return IdCheck("", "id_unclear", "号码里的出生日期不存在")
    if today is not None and born > today:
        return IdCheck("", "id_unclear", "号码里的出生日期在今天之后")
    return IdCheck(text)


def _shape_problem(text: str) -> str:
    if re.search(r"[^\dX]", text) or "X" in text[:-1]:
        return "身份证号码只能是数字，末位可以是 X"
    wanted = 18
    if len(text) < wanted:
        return f"身份证号码少 {wanted - len(text)} 位（现有 {len(text)} 位）"
    return f"身份证号码多 {len(text) - wanted} 位（现有 {len(text)} 位）"


def birthday(number: str) -> date | None:
    """The birthday inside an 18- or 15-character number; ``None`` when there is no such day."""
    digits = number[6:14] if len(number) == 18 else "19" + number[6:12]
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def credit_code_problem(value: object) -> str:
    """What is wrong with a unified social credit code (统一社会信用代码); empty when nothing is.

    GB 32100-2015: check character = (31 - sum mod 31) mod 31 of the 17 weighted characters.
    """
    text = re.sub(r"[\s\-]", "", plain_text(value)).upper()
    if not text:
        return ""
    if len(text) != 18:
        return f"统一社会信用代码应为 18 位（现有 {len(text)} 位）"
    strange = sorted({c for c in text if c not in _CREDIT_ALPHABET})
    if strange:
        return f"统一社会信用代码里不会有“{'、'.join(strange)}”"
    total = sum(
        _CREDIT_ALPHABET.index(c) * w for c, w in zip(text[:17], _CREDIT_WEIGHTS, strict=True)
    )
    if _CREDIT_ALPHABET[(31 - total % 31) % 31] != text[17]:
        return "统一社会信用代码校验码不符，请对照证照核对"
    return ""


_PHONE = re.compile(r"\d[\d\-()\s.]{4,}\d|\d{3,}")
_EXTENSION = re.compile(r"(?:转|ext\.?|#)\s*(\d{1,6})", re.IGNORECASE)


def normalise_phones(value: object) -> tuple[str, ...]:
    """Every phone number of a cell, digits only, an extension as ``转N``; +86 is taken off.

    Takes ``17908301661.0`` (float or text), ``153-3079-2440``, full-width digits, and several
    numbers divided by 、 / ; or a line break. A text without a number gives nothing.
    """
    text = plain_text(value)
    text = re.sub(r"^(\d+)\.0+$", r"\1", text)
    found: list[str] = []
    for piece in re.split(r"[、,;/\\|\n\r]|或|(?<=\d{11})\s+(?=1\d{10})", text):
        number = _one_phone(piece)
        if number and number not in found:
            found.append(number)
    return tuple(found)


def _one_phone(piece: str) -> str:
    extension = _EXTENSION.search(piece)
    body = piece[: extension.start()] if extension else piece
    if "*" in body or _SCIENTIFIC.match(body.strip()):
        return body.strip()
    digits = re.sub(r"\D", "", body)
    if len(digits) > 11:
        digits = re.sub(r"^(0086|86)(?=1\d{10}$|0\d{9,11}$)", "", digits)
    return digits + (f"转{extension[1]}" if extension and digits else "")


def normalise_phone(value: object) -> str:
    """The first phone number of a cell or typed text, digits only; empty when there is none."""
    return next(iter(normalise_phones(value)), "")


def phone_problem(value: object) -> str:
    """What is wrong with one phone number, as a sentence; empty when nothing is (or no number)."""
    number = normalise_phone(value)
    written = plain_text(value)
    if not number:
        return "没有认出电话号码" if written else ""
    digits = number.partition("转")[0]
    if "*" in digits:
        return "电话号码含有 * 号，不完整"
    if _SCIENTIFIC.match(digits):
        return "电话号码被表格软件改成了科学计数法，请对照原件补录"
    if digits.startswith("1") and not digits.startswith(("10", "11", "12")) and len(digits) > 5:
        return _length_problem("手机号", len(digits), 11, 11)
    if digits.startswith(("400", "800")) and len(digits) == 10:
        return ""
    if digits.startswith("0"):
        return _length_problem("带区号的固定电话", len(digits), 10, 12)
    if 3 <= len(digits) <= 8:
        return ""
    return f"电话号码位数不对（现有 {len(digits)} 位）"


def _length_problem(what: str, have: int, least: int, most: int) -> str:
    if have < least:
        return f"{what}少 {least - have} 位（现有 {have} 位）"
    if have > most:
        return f"{what}多 {have - most} 位（现有 {have} 位）"
    return ""


def mask_id(number: str) -> str:
    """First six and last four characters, the rest starred (身份证 6+4, DOMAIN 12 P8)."""
    return _masked(number, 6, 4)


def mask_phone(number: str) -> str:
    """First three and last four digits, the rest starred (电话 3+4, DOMAIN 12 P8)."""
    return _masked(number, 3, 4)


def _masked(text: str, head: int, tail: int) -> str:
    hidden = len(text) - head - tail
    if hidden < 1:
        return "*" * len(text)
    return text[:head] + "*" * hidden + text[-tail:]
