"""How an article of law is cited (条款): one spelling everywhere.

Only the 2022 《信访工作条例》 is cited for petitions; the 2005 《信访条例》 is not in force.
"""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九十"


def _han(number: int) -> str:
    """Chinese numeral of 1 … 99 as statutes write it: 二十三."""
    tens, ones = divmod(number, 10)
    if number <= 10:
        return _DIGITS[number]
    return (_DIGITS[tens] if tens > 1 else "") + "十" + (_DIGITS[ones] if ones else "")


def article(number: int, paragraph: int = 0, *, item: int = 0) -> str:
    """Cite 《信访工作条例》: ``article(23, 2)`` → 《信访工作条例》第二十三条第二款."""
    text = f"《信访工作条例》第{_han(number)}条"
    if paragraph:
        text += f"第{_han(paragraph)}款"
    if item:
        text += f"第{_han(item)}项"
    return text


def mediation_law(number: int) -> str:
    """Cite 《人民调解法》: ``mediation_law(17)`` → 《人民调解法》第十七条."""
    return f"《人民调解法》第{_han(number)}条"


MEDIATION_17 = mediation_law(17)
SIMPLE_RULES = "《信访事项简易办理办法（试行）》"
