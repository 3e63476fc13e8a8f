"""The offices between which bundles travel; made once, copied for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.exchange.network import Network
from tests.state import scratch_state
from xinfang_desktop.store.reference import Reference


@pytest.fixture(scope="session")
def made_network(tmp_path_factory: pytest.TempPathFactory, reference: Reference) -> Network:
    """A township with two PCs, two villages and the county; everybody has everybody's first files."""
    with scratch_state(tmp_path_factory):
        network = Network(tmp_path_factory.mktemp("network"), reference)
        network.make("T", "V", "T2", "W", "C")
        network.close()
    return network


@pytest.fixture
def net(made_network: Network, tmp_path: Path) -> Iterator[Network]:
    """That network, for this test alone."""
    copy = made_network.copied(tmp_path / "net")
    yield copy
    copy.close()
