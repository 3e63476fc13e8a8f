"""Entries for combo boxes from the desk, asked once and again when they change."""

from __future__ import annotations

from collections.abc import Sequence

from xinfang_desktop.presenters import choices
from xinfang_desktop.presenters.choices import Option
from xinfang_desktop.presenters.running import Run
from xinfang_desktop.services.desk import Desk

from .form import FormContext
from .widgets.combo import Choice


def entries(options: Sequence[Option]) -> tuple[Choice, ...]:
    """Options as combo entries."""
    return tuple(Choice(option.value, option.label, option.keys) for option in options)


def form_context(desk: Desk, run: Run) -> FormContext:
    """What forms ask of this desk. People come from the database and are fetched off the screen."""
    people: list[Choice] = []
    tables: dict[str, tuple[Choice, ...]] = {}

    def table(name: str) -> Sequence[Choice]:
        if name not in tables:
            tables[name] = entries(choices.table(desk, name))
        return tables[name]

    def fetch() -> None:
        run(
            lambda: choices.people(desk),
            lambda found: people.__setitem__(slice(None), entries(found)),
        )

    fetch()
    return FormContext(today=lambda: desk.today, table=table, people=lambda: people)
