"""Suggestions that two matters are one: always with reasons, never with a decision."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang_desktop.domain.similar import likeness, shared_phrases

NOTHING = {
    "same_name": False, "same_phone": False, "same_village": False, "same_place": False,
    "phrases": (),
}  # fmt: skip


@pytest.mark.parametrize(
    ("agrees", "reasons"),
    [
        ({"same_village": True}, None),
        ({"same_village": True, "same_place": True}, None),
        ({"phrases": ("塌方",)}, None),
        ({"same_village": True, "phrases": ("塌方",)}, None),
        ({"same_name": True}, ("姓名",)),
        ({"same_phone": True}, ("电话",)),
        ({"same_village": True, "phrases": ("后山路塌方",)}, ("村（社区）", "“后山路塌方”")),
        ({"phrases": ("后山路塌方", "恢复通车")}, ("“后山路塌方”", "“恢复通车”")),
    ],
)
def test_what_is_worth_showing_and_why(
    agrees: dict[str, object], reasons: tuple[str, ...] | None
) -> None:
    found = likeness(**{**NOTHING, **agrees})  # type: ignore[arg-type]
    assert (found and found.reasons) == reasons


def test_a_phone_says_more_than_a_name_and_a_name_more_than_a_place() -> None:
    phone = likeness(**{**NOTHING, "same_phone": True})  # type: ignore[arg-type]
    name = likeness(**{**NOTHING, "same_name": True})  # type: ignore[arg-type]
    assert phone and name
    assert phone.weight > name.weight


def test_words_that_every_request_holds_are_no_reason() -> None:
    assert shared_phrases("要求尽快处理", "希望解决，要求") == ()


def test_the_longest_shared_words_come_first() -> None:
    assert shared_phrases("后山路塌方，恢复通车", "请恢复通车：后山路塌方了") == (
        "后山路塌方",
        "恢复通车",
    )


@given(
    st.text("山路塌方通车，。 补偿菜地", max_size=40),
    st.text("山路塌方通车，。 补偿菜地", max_size=40),
)
def test_every_phrase_stands_in_both_texts(left: str, right: str) -> None:
    for phrase in shared_phrases(left, right):
        assert len(phrase) >= 2
        assert phrase in left
        assert phrase in right
