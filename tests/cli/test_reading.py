"""The JSON files that verbs are given: what is understood and how the rest is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from xinfang_desktop.cli.reading import MOST_BYTES, read_object
from xinfang_desktop.domain.errors import (
    DamagedInput,
    EnvironmentProblem,
    RuleViolation,
    XinfangError,
)

Write = Callable[..., Path]


@pytest.mark.parametrize("bom", [False, True])
def test_with_and_without_bom(write: Write, bom: bool) -> None:
    assert read_object(write({"channel": "来访"}, bom=bom)) == {"channel": "来访"}


@pytest.mark.parametrize(
    ("text", "family", "code"),
    [
        ("", DamagedInput, "not_json"),
        ('{"channel": "来访"', DamagedInput, "not_json"),
        ('{"a": ' * 100_000, DamagedInput, "not_json"),
        ('{"headcount": ' + "9" * 5000 + "}", DamagedInput, "not_json"),
        ('["来访"]', RuleViolation, "not_object"),
        ('"来访"', RuleViolation, "not_object"),
        ('{"headcount": NaN}', RuleViolation, "not_number"),
        ('{"channel": "来访", "channel": "来信"}', RuleViolation, "key_twice"),
    ],
)
def test_what_is_no_object_is_refused_in_words(
    write: Write, text: str, family: type[XinfangError], code: str
) -> None:
    with pytest.raises(family) as refused:
        read_object(write(text))
    assert refused.value.code == code
    assert refused.value.mend


def test_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gbk.json"
    path.write_bytes('{"channel": "来访"}'.encode("gb18030"))
    with pytest.raises(DamagedInput, match="UTF-8"):
        read_object(path)


def test_a_missing_file_and_a_folder_are_the_machines_fault(tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path):
        with pytest.raises(EnvironmentProblem) as refused:
            read_object(path)
        assert refused.value.code == "file_unreadable"


def test_an_enormous_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "big.json"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(RuleViolation) as refused:
        read_object(path)
    assert refused.value.code == "file_too_big"


def test_a_device_without_end_is_read_no_further_than_a_file_may_be_long() -> None:
    endless = Path("/dev/zero")
    if not endless.exists():
        pytest.skip("this system has no endless device")
    with pytest.raises(RuleViolation) as refused:
        read_object(endless)
    assert refused.value.code == "file_too_big"


def test_a_name_that_no_file_can_have_is_a_sentence(tmp_path: Path) -> None:
    for name in ("a\0b", "长" * 5000):
        with pytest.raises(EnvironmentProblem) as refused:
            read_object(tmp_path / name)
        assert "\0" not in refused.value.sentence and len(refused.value.sentence) < 200
