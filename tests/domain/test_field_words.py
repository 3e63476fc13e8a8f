"""Every field that can stand in a conflict has a name that a clerk knows."""

from __future__ import annotations

import pytest

from xinfang_desktop.domain.field_words import KIND_NAMES, conflict_words, field_name, kind_name
from xinfang_desktop.domain.kinds import KINDS
from xinfang_desktop.journal.plain import converters

CHANGEABLE = {kind: cls for kind, cls in KINDS.items() if not cls.event}


@pytest.mark.parametrize("kind", CHANGEABLE)
def test_kind_and_fields_have_chinese_names(kind: str) -> None:
    assert not kind_name(kind).isascii()
    assert [f for f in converters(CHANGEABLE[kind]) if field_name(kind, f).isascii()] == []


def test_no_name_is_left_over() -> None:
    assert KIND_NAMES.keys() == CHANGEABLE.keys()


def test_what_a_newer_program_added_is_shown_as_it_is() -> None:
    assert (kind_name("meeting"), field_name("dispute", "colour")) == ("meeting", "colour")


@pytest.mark.parametrize(
    ("field", "words"),
    [("due", "化解时限两边写的不一样"), ("!", "作废后仍有修改"), ("#number", "编号与另一件重复")],
)
def test_what_a_conflict_is_about(field: str, words: str) -> None:
    assert conflict_words("dispute", field) == words
