"""What every test may use: real stores, real files, a clock that stands still until it is moved."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import neighbours
from tests.factories import CHEAP, OFFICE, PASSWORD, MovableClock
from tests.neighbours import Neighbours
from tests.services import two_villages
from tests.services.two_villages import TwoVillages
from tests.state import SHARED, scratch_state
from xinfang_desktop.places import RESOURCES
from xinfang_desktop.services import accounts
from xinfang_desktop.services.accounts import NewAccount, NewPerson, OfficeCreated
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.store.reference import Reference, load_reference

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# how long an example takes says something about the machine's other work, not about the code
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.fixture(autouse=True)
def state_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's state folder of this test, with the tokens of the offices that were made before."""
    folder = Path(shutil.copytree(SHARED, tmp_path_factory.mktemp("state") / "xinfang"))
    monkeypatch.setenv("XINFANG_STATE", str(folder))
    return folder


@pytest.fixture
def shared_data() -> Path:
    """The folder of real input, where the workplace has one."""
    place = Path(os.environ.get("XINFANG_SHARED", Path(__file__).parents[2] / "shared")) / "data"
    if not place.is_dir():
        pytest.skip("the real input files are not part of the project; this place has none")
    return place


@pytest.fixture(scope="session")
def reference() -> Reference:
    """Calendars, rules and code tables as they are shipped."""
    return load_reference(RESOURCES)


@pytest.fixture
def clock() -> MovableClock:
    """Monday, 21 September 2026, nine o'clock."""
    return MovableClock()


@pytest.fixture(scope="session")
def made_office(
    tmp_path_factory: pytest.TempPathFactory, reference: Reference
) -> tuple[Path, OfficeCreated]:
    """A new office whose passwords are cheap to check, with two people who may sign."""
    home = tmp_path_factory.mktemp("session") / "home"
    made = accounts.create_office(home, OFFICE, MovableClock(), reference, cost=CHEAP)
    desk = accounts.sign_in(home, OFFICE.admin, PASSWORD, MovableClock(), reference)
    accounts.add_person(desk, NewPerson("刘志远", title="副镇长", may_sign=True))
    accounts.add_person(desk, NewPerson("何建平", title="村建办主任"))
    accounts.add_village(desk, "430522101203", "柳溪村")
    accounts.add_village(desk, "430522101205", "双井村")
    desk.close()
    return home, made


@pytest.fixture
def office_home(made_office: tuple[Path, OfficeCreated], tmp_path: Path) -> Path:
    """The data folder of that office, for this test alone."""
    return Path(shutil.copytree(made_office[0], tmp_path / "office"))


@pytest.fixture(scope="session")
def both(
    made_office: tuple[Path, OfficeCreated],
    reference: Reference,
    tmp_path_factory: pytest.TempPathFactory,
) -> TwoVillages:
    """That office with the records of two villages, and with those of one; to be copied."""
    with scratch_state(tmp_path_factory):
        return two_villages.make(made_office[0], tmp_path_factory.mktemp("two"), reference)


@pytest.fixture(scope="session")
def made_neighbours(reference: Reference, tmp_path_factory: pytest.TempPathFactory) -> Neighbours:
    """Three offices that exchange bundles; to be copied."""
    return neighbours.make(tmp_path_factory.mktemp("neighbours"), reference)


@pytest.fixture
def three(made_neighbours: Neighbours, tmp_path: Path) -> Neighbours:
    """Those three offices, for this test alone."""
    return made_neighbours.copied(tmp_path / "three")


SignIn = Callable[..., Desk]


@pytest.fixture
def sign_in(office_home: Path, clock: MovableClock, reference: Reference) -> Iterator[SignIn]:
    """Sign in there, as often as wanted; everything is closed at the end."""
    opened: list[Desk] = []

    def enter(name: str = OFFICE.admin, password: str = PASSWORD) -> Desk:
        opened.append(accounts.sign_in(office_home, name, password, clock, reference))
        return opened[-1]

    yield enter
    for desk in opened:
        desk.close()


@pytest.fixture
def desk_at(clock: MovableClock, reference: Reference) -> Iterator[Callable[..., Desk]]:
    """Sign in at one of several offices, three hours after they were last at work."""
    opened: list[Desk] = []
    clock.later(hours=5)

    def enter(home: Path, name: str = OFFICE.admin) -> Desk:
        opened.append(accounts.sign_in(home, name, PASSWORD, clock, reference))
        return opened[-1]

    yield enter
    for desk in opened:
        desk.close()


@pytest.fixture
def desk(sign_in: SignIn) -> Desk:
    """The desk of 周敏: administrator and officer."""
    return sign_in()


DeskOf = Callable[..., Desk]


@pytest.fixture
def desk_of(desk: Desk, sign_in: SignIn) -> DeskOf:
    """The desk of somebody who holds these roles and no others (a liaison is 柳溪村's)."""

    def of(*roles: str, name: str = "") -> Desk:
        who = name or f"账号-{'-'.join(roles)}"
        village = "柳溪村" if "liaison" in roles else ""
        accounts.add_account(desk, NewAccount(who, roles, PASSWORD, village))
        return sign_in(who)

    return of
