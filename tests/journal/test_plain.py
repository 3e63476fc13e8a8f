"""Records as plain values: every kind there and back, other schemas, wrong values."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang_desktop.domain.errors import DamagedInput
from xinfang_desktop.domain.kinds import KINDS
from xinfang_desktop.domain.records import Account, Matter, Record, Stamp, Step
from xinfang_desktop.journal.canonical import canonical, parse
from xinfang_desktop.journal.plain import ENVELOPE, from_plain, to_plain, unknown_fields

CHINA = timezone(timedelta(hours=8))
SEEN = {"title": (Stamp("a", 1, 1),)}
MATTER = Matter(
    id="m1", feed="township:511024100", number="511024100-XF-20260304-0001", query_code="7KQ2",
    title="大塘村饮水", state="S10", received_on=date(2026, 3, 4), channel="visit", urgent=True,
    report_due=date(2026, 4, 1),
)  # fmt: skip
STEP = Step(
    id="s1", feed="township:511024100", matter="m1", action="note", on=date(2026, 3, 4),
    at=datetime(2026, 3, 4, 9, 12, 33, tzinfo=CHINA), by="周敏", data={"content": ["来电", 2, None]},
)  # fmt: skip


def test_values_are_plain_json_and_leave_the_envelope_out() -> None:
    plain = to_plain(MATTER)
    assert plain["received_on"] == "2026-03-04"
    assert plain["report_due"] == "2026-04-01"
    assert plain["urgent"] is True
    assert plain.keys().isdisjoint({"id", "feed", "voided", "bases"})
    assert to_plain(STEP)["at"] == "2026-03-04T09:12:33+08:00"


texts = st.text(st.characters(codec="utf-8"), max_size=8)
by_type: dict[Any, st.SearchStrategy[Any]] = {
    str: texts,
    int: st.integers(-(2**63), 2**63 - 1),
    bool: st.booleans(),
    date: st.dates(),
    date | None: st.none() | st.dates(),
    datetime: st.datetimes(timezones=st.sampled_from([CHINA, UTC])),
    tuple[str, ...]: st.lists(texts, max_size=3).map(tuple),
    Any: st.none() | st.dictionaries(texts, st.integers(0, 9) | texts, max_size=3),
}


@pytest.mark.parametrize("cls", KINDS.values(), ids=KINDS)
def test_every_kind_comes_back_through_the_bytes(cls: type[Record]) -> None:
    hints = get_type_hints(cls)
    own = (f.name for f in dataclasses.fields(cls) if f.name not in ENVELOPE)
    fields = {name: by_type[hints[name]] for name in own}

    @given(st.fixed_dictionaries(fields), st.booleans())
    def there_and_back(values: dict[str, Any], voided: bool) -> None:
        record = cls(id="x", feed="f", voided=voided, **values)
        stored = parse(canonical(to_plain(record)))
        again = from_plain(cls, "x", "f", stored, voided, SEEN)
        assert to_plain(again) == to_plain(record)
        assert again.bases == SEEN
        assert from_plain(cls, "x", "f", to_plain(again), voided) == again

    there_and_back()


def test_a_record_of_an_older_or_newer_schema_is_read() -> None:
    plain = to_plain(MATTER)
    del plain["urgent"], plain["report_due"]
    plain["weather"] = "雨"
    assert from_plain(Matter, "m1", MATTER.feed, plain) == replace(
        MATTER, urgent=False, report_due=None
    )
    assert unknown_fields(Matter, plain) == ("weather",)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", None),
        ("title", 7),
        ("urgent", 1),
        ("received_on", "20260304"),
        ("received_on", "2026-02-30"),
        ("received_on", 20260304),
        ("report_due", ""),
    ],
)
def test_a_wrong_value_names_its_field(name: str, value: Any) -> None:
    with pytest.raises(DamagedInput) as caught:
        from_plain(Matter, "m1", "f", {**to_plain(MATTER), name: value})
    assert (caught.value.code, caught.value.field) == ("field_damaged", name)


def test_a_missing_field_without_default_names_itself() -> None:
    plain = to_plain(MATTER)
    del plain["title"]
    with pytest.raises(DamagedInput) as caught:
        from_plain(Matter, "m1", "f", plain)
    assert caught.value.field == "title"


def test_moments_have_an_offset_and_roles_are_texts() -> None:
    naive = STEP.at.replace(tzinfo=None)
    with pytest.raises(ValueError, match="offset"):
        to_plain(replace(STEP, at=naive))
    with pytest.raises(DamagedInput):
        from_plain(Step, "s", "f", {**to_plain(STEP), "at": naive.isoformat()})
    with pytest.raises(DamagedInput):
        from_plain(Account, "a", "f", {"name": "周敏", "roles": ["officer", 3]})
    with pytest.raises(TypeError):
        to_plain(Account(id="a", feed="f", name="周敏", roles="officer"))  # type: ignore[arg-type]


@pytest.mark.parametrize("data", [{"n": 1.5}, {"on": date(2026, 3, 4)}, {3: "x"}])
def test_json_fields_hold_no_floats_dates_or_other_keys(data: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        to_plain(replace(STEP, data=data))


def test_text_is_stored_in_nfc() -> None:
    assert to_plain(replace(MATTER, title="cafe\u0301"))["title"] == "café"
