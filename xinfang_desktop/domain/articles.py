"""How an article of law is cited (条款): one spelling everywhere.

Only the 2022 《信访工作条例》 is cited for petitions; the 2005 《信访条例》 is not in force.
"""

from __future__ import annotations


def article(number: int, paragraph: int = 0, *, item: int = 0) -> str:
    """Cite an article of 《信访工作条例》: ``article(23, 2)`` → 《信访工作条例》第23条第2款."""
    text = f"《信访工作条例》第{number}条"
    if paragraph:
        text += f"第{paragraph}款"
    if item:
        text += f"第{item}项"
    return text


MEDIATION_17 = "《人民调解法》第17条"
SIMPLE_RULES = "《信访事项简易办理办法（试行）》"
