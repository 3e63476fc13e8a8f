"""Words, names and files that nobody should write: one sentence, the right status, nothing kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Command

Write = Callable[..., Path]

BIDI = "\u202e反"
NOT_TEXT = "\udcff"
"""What Linux makes of a byte among the words that is no UTF-8."""


@pytest.mark.parametrize(
    "words",
    [
        ("matter", "show", NOT_TEXT),
        ("matter", "list", "--owner", NOT_TEXT),
        ("log", "show", NOT_TEXT),
        ("search", NOT_TEXT),
        ("account", "add", NOT_TEXT, "--role", "officer"),
    ],
)
def test_words_that_are_no_text_are_wrong_usage(desk: Command, words: tuple[str, ...]) -> None:
    refused = desk(*words, status=2)
    assert "UTF-8" in refused.error["mend"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("account", "add", BIDI, "--role", "officer"), "control_character"),
        (("village", "add", "330100101001", BIDI), "control_character"),
        (("staff", "add", BIDI), "control_character"),
        (("staff", "add", "何建平", "--title", "\x1b[31m"), "control_character"),
        (("staff", "add", "何建平", "--phone", "1" * 61), "too_long"),
        (("matter", "list", "--village", "没有村"), "no_village"),
        (("matter", "list", "--channel", "飞鸽"), "unknown_code"),
        (("calendar", "show", "9999"), "date_out_of_range"),
        (("deadline", "--rule", "answer", "--start", "9999-12-31"), "date_out_of_range"),
        (("deadline", "--rule", "answer", "--start", "0001-01-01"), "date_out_of_range"),
        (("deadline", "--rule", "answer", "--start", "2099-12-31"), "date_out_of_range"),
    ],
)
def test_what_no_office_has_is_refused_by_name(
    desk: Command, words: tuple[str, ...], code: str
) -> None:
    refused = desk(*words, status=1)
    assert refused.error["code"] == code and refused.error["mend"]


def test_a_list_is_narrowed_by_code_or_chinese_name(desk: Command, write: Write) -> None:
    desk("village", "add", "330100101001", "柳溪村")
    visit = {"channel": "来访", "received_on": "2026-03-10", "claims": ["修路"]}
    made = desk("intake", "add", "--file", write({**visit, "village": "柳溪村"})).json
    for words in (
        ("--village", "柳溪村"), ("--village", "330100101001"), ("--channel", "来访"),
        ("--channel", "visit"),
    ):  # fmt: skip
        found = desk("matter", "list", *words).json["matters"]
        assert [matter["number"] for matter in found] == [made["number"]], words
    assert desk("matter", "list", "--channel", "来信").json["matters"] == []


def test_a_number_in_full_width_is_the_same_number(desk: Command, write: Write) -> None:
    visit = {"channel": "来访", "received_on": "2026-03-10", "claims": ["修路"]}
    number: str = desk("intake", "add", "--file", write(visit)).json["number"]
    typed = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in number)
    assert desk("matter", "show", typed).json["number"] == number


def test_an_unknown_name_among_choices_is_quoted_once(desk: Command) -> None:
    refused = desk("haves", "set", "1", "甲", "--file", "x", status=2)
    assert "“甲”" in refused.error["sentence"]
    assert "…" not in desk("matter", status=2).error["sentence"]
