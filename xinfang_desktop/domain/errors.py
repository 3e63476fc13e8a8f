"""The families of errors a person can meet (everything else is our bug).

Every sentence is Chinese and says what is wrong; ``mend`` says what to do about it.
"""

from __future__ import annotations


class XinfangError(Exception):
    """Base of what is told to a person. ``code`` is stable and for programs."""

    def __init__(
        self, code: str, sentence: str, *, mend: str = "", article: str = "", field: str = ""
    ) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.mend = mend
        self.article = article
        self.field = field


class RuleViolation(XinfangError):
    """The clerk can mend it: a sentence beside ``field``, with the ``article`` behind it."""


class EnvironmentProblem(XinfangError):
    """The machine's fault: disk full, locked, wrong password, file unreadable."""


class DamagedInput(XinfangError):
    """Refused as damaged, forged, or not meant for us."""
