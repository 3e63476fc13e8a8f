"""Every declared register: whole, lawful in its words, reachable to its end."""

from __future__ import annotations

import math
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang_desktop.domain.fields import Field
from xinfang_desktop.domain.inputs import read_fields
from xinfang_desktop.domain.permissions import GRANTS
from xinfang_desktop.domain.person_words import read_person_words
from xinfang_desktop.domain.register_kit import Register, texts_of
from xinfang_desktop.domain.register_states import STATES
from xinfang_desktop.domain.registers import REGISTERS, columns_in_words
from xinfang_desktop.domain.sampling import draw
from xinfang_desktop.places import RESOURCES

ALL = pytest.mark.parametrize("register", REGISTERS.values(), ids=REGISTERS)
FORBIDDEN = re.compile(r"稳控|缠访|闹访|老户|重点人员|息访|越级|劝返|风险评分|2005|《信访条例》")


def samples(fields: tuple[Field, ...]) -> dict[str, object]:
    """A form filled in with its own samples."""
    return {
        each.name: [samples(each.columns)] if each.kind == "rows" else each.sample
        for each in fields
        if each.kind == "rows" or each.sample
    }


def words_of(register: Register) -> str:
    """Everything that a person may read of the declaration."""
    forms = [register.fields, *(step.asks for step in register.table.actions.values())]
    said = [register.name, register.about, register.group, register.noun]
    for fields in forms:
        for each in fields:
            said += [each.label, each.help, each.sample, *(c.label for c in each.columns)]
    return "\n".join(said)


@ALL
def test_its_own_samples_are_a_lawful_line_and_say_nothing_of_persons(register: Register) -> None:
    words = read_person_words((RESOURCES / "rules" / "note_words.toml").read_text("utf-8"))
    forms = [register.asks, *(step.fields for step in register.table.actions.values())]
    for fields in forms:
        filled = samples(fields)
        reading = read_fields(fields, filled)
        assert not reading.problems, reading.problems
        for path, text in texts_of(fields, reading.values):
            assert words.problem(text, path) is None, (path, text)
    assert register.title_of(read_fields(register.fields, samples(register.fields)).values)


@ALL
def test_every_state_is_known_reached_and_leads_to_an_end(register: Register) -> None:
    steps = register.table.actions.values()
    reached, more = {register.first}, True
    while more:
        found = {t for s in steps if reached & set(s.sources) for t in s.targets} - reached
        reached |= found
        more = bool(found)
    assert set(register.course) <= reached <= set(STATES)
    for state in register.course:
        assert any(state in step.sources and step.name != "note" for step in steps)
        assert STATES[state].open or state == "kept"
    assert any(not STATES[state].open for state in reached - {"void"}) or not register.steps
    assert all(step.right in GRANTS for step in steps)


@ALL
def test_what_it_owes_is_done_by_a_step_of_its_own(register: Register) -> None:
    if register.owed:
        assert set(register.owed.done_by) <= set(register.table.actions)
    names = {each.name for each in register.asks}
    assert not register.due or register.due in names
    said = {each.name for step in register.table.actions.values() for each in step.asks}
    assert register.masked <= said
    assert register.fixed <= names


@ALL
def test_its_words_are_those_of_a_service(register: Register) -> None:
    assert not FORBIDDEN.search(words_of(register))
    assert register.about.endswith("。") and len(register.about) < 80


def test_names_are_used_once_and_a_conflict_is_read_by_its_columns() -> None:
    assert max(Counter(r.name for r in REGISTERS.values()).values()) == 1
    said = dict(columns_in_words({"leader": "刘志远", "place": "接待室", "slots": 3}))
    assert said == {"接访领导": "刘志远", "接访地点": "接待室", "预约名额": "3"}
    assert dict(columns_in_words({"newer": "x"})) == {"newer": "x"}


NUMBERS = st.lists(st.text("0123456789", min_size=4, max_size=4), unique=True, max_size=40)


@given(NUMBERS, st.integers(0, 50), st.text(max_size=8))
def test_a_sample_is_the_same_in_any_order_and_never_repeats(
    numbers: list[str], count: int, seed: str
) -> None:
    first = draw(dict.fromkeys(numbers, 1.0), count, seed)
    again = draw(dict.fromkeys(sorted(numbers), 1.0), count, seed)
    assert first == again
    assert len(set(first)) == len(first) == min(count, len(numbers))
    assert draw(dict.fromkeys(numbers, 1.0), count + 1, seed)[: len(first)] == first


def test_a_heavier_file_is_drawn_as_often_as_its_weight_says() -> None:
    weights = {"happy": 1.0, "unhappy": 3.0}
    hits = sum(draw(weights, 1, f"seed {n}") == ("unhappy",) for n in range(4000))
    assert math.isclose(hits / 4000, 0.75, abs_tol=0.03)


def test_a_known_draw_stays_what_it_was() -> None:
    numbers = {f"20260701-A{n:04d}": 1.0 for n in range(1, 21)}
    assert draw(numbers, 3, "20260921") == (
        "20260701-A0014", "20260701-A0008", "20260701-A0003",
    )  # fmt: skip
