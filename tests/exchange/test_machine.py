"""The offices under chance: everything converges, nothing is lost; and broken programs are noticed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.conftest import scratch_state
from tests.exchange.machine import Offices
from tests.exchange.network import Network
from xinfang_desktop.domain.records import Stamp
from xinfang_desktop.journal import merge
from xinfang_desktop.journal.entry import Entry
from xinfang_desktop.journal.merge import FieldHeads, Head, apply_write
from xinfang_desktop.services import epochs
from xinfang_desktop.store.inbox import Inbox
from xinfang_desktop.store.reference import Reference

HOUSE = settings(
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
    stateful_step_count=30,
)


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory, reference: Reference) -> Network:
    """A village and two PCs of its township."""
    with scratch_state(tmp_path_factory):
        network = Network(tmp_path_factory.mktemp("three"), reference)
        network.make("T", "V", "T2")
        network.close()
    return network


@pytest.fixture
def offices(three: Network) -> type[Offices]:
    """The machine, working with copies of that network."""
    return type("Offices", (Offices,), {"template": three})


@pytest.mark.timeout(600)
def test_everything_converges_and_nothing_is_lost(offices: type[Offices]) -> None:
    run_state_machine_as_test(offices, settings=settings(HOUSE, max_examples=25))


# --- broken programs ---------------------------------------------------------------------------

BUDGET = settings(
    HOUSE, max_examples=40, phases=(Phase.generate,), report_multiple_bugs=False, print_blob=False
)
"""So many tries, always the same; the first that fails ends them."""


def last_write_wins(
    field: FieldHeads, write: Head, bases: Iterable[Stamp], seen: Callable[[Stamp], bool]
) -> FieldHeads:
    """The latest by the clock replaces all others, seen or not."""
    return FieldHeads((max((*field.heads, write), key=lambda head: (head.hlc, head.stamp)),))


def no_memory(
    field: FieldHeads, write: Head, bases: Iterable[Stamp], seen: Callable[[Stamp], bool]
) -> FieldHeads:
    """What is replaced is forgotten: it comes back when it arrives late."""
    return replace(apply_write(field, write, bases, seen), awaited=frozenset())


def causes_come_anyhow(inbox: Inbox, entry: Entry, base: Stamp) -> bool:
    """Nothing waits for what it replaces, as where the memory of it is to be relied on."""
    return True


@pytest.mark.timeout(600)
def test_last_write_wins_is_noticed(
    offices: type[Offices], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merge, "apply_write", last_write_wins)
    with pytest.raises(AssertionError, match=r"vanished unseen|not what its log says|disagree"):
        run_state_machine_as_test(offices, settings=BUDGET)


@pytest.mark.timeout(600)
def test_forgetting_what_was_replaced_is_noticed(
    offices: type[Offices], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Inbox, "_base_is_here", causes_come_anyhow)
    monkeypatch.setattr(merge, "apply_write", no_memory)
    with pytest.raises(AssertionError, match=r"not what its log says|disagree|came back"):
        run_state_machine_as_test(offices, settings=BUDGET)


@pytest.mark.timeout(600)
def test_going_on_in_the_old_epoch_is_noticed(
    offices: type[Offices], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(epochs, "why_next", lambda site, count: "")
    with pytest.raises(AssertionError, match=r"forked|issued twice|came back"):
        run_state_machine_as_test(offices, settings=BUDGET)


@pytest.mark.deep
@pytest.mark.timeout(7200)
def test_it_does_so_at_great_length(offices: type[Offices]) -> None:
    long = settings(HOUSE, max_examples=1000, derandomize=False, stateful_step_count=60)
    run_state_machine_as_test(offices, settings=long)
