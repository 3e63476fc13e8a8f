"""The desk (工作台): what a person works at, and the frame every use case runs in."""

from __future__ import annotations

import functools
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from ..domain import permissions
from ..domain.errors import EnvironmentProblem, RuleViolation
from ..domain.matter import Surroundings
from ..domain.records import Account, Office, Person
from ..journal.entry import Actor
from ..printing.catalogue import FORMS
from ..store import changelog, derived, meta, queries
from ..store.blobs import BlobStore
from ..store.database import Connection, Database
from ..store.files import fetch_own, get, office_of
from ..store.reference import Reference
from ..store.subjects import Setting
from . import epochs

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

Clock = Callable[[], datetime]
"""Says what time it is, with the offset; tests pass a fixed one."""

LOOKS_KEPT_FOR = 2.0
"""Seconds: looks, searches and sign-ins are written to the log in batches no older than this."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a use case wrote: which kinds of record, and which ones."""

    kinds: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()


class Desk:
    """The open store, who is signed in, the clock. ``close`` it: it holds files and a timer."""

    def __init__(
        self, *, home: Path, database: Database, account: Account, clock: Clock, shipped: Reference
    ) -> None:
        self.home = home
        self.database = database
        self.account = account
        self.shipped = shipped
        self.blobs = BlobStore(home, database.key)
        self.kept: dict[str, object] = {}  # what is costly to make and lives as long as the desk
        self._clock = clock
        self._listeners: list[Callable[[Changes], None]] = []
        self.vault: Desk | None = None  # the same account's desk over the sealed store (密件库)
        self.vault_shut = ""  # why it is not open although the account holds the grant, in words
        self.outer: Desk | None = None  # of the desk over the sealed store: the ordinary one
        self._looks: list[changelog.Change] = []
        self._looks_lock = threading.Lock()
        self._flushing = threading.Lock()
        self._timer: threading.Timer | None = None
        with database.read() as conn:
            self.site = meta.read_site(conn)
            self._office = office_of(conn)
        self._version = database.data_version()

    # --- who and when ---

    @property
    def office(self) -> Office:
        """The office, as last written or read here."""
        return self._office

    @property
    def practice(self) -> bool:
        """Practice mode (练习): a fictional office, every paper watermarked."""
        return self._office.practice

    @property
    def roles(self) -> frozenset[str]:
        """Rights are the union of the account's roles."""
        return frozenset(self.account.roles)

    def now(self) -> datetime:
        """The moment, to the second, with offset."""
        return self._clock().replace(microsecond=0)

    def moment_for(self, conn: Connection, case: str) -> datetime:
        """When a step of this matter or case is written down: now, never before its last step.

        The course is read in this order, also where the PC's clock was set back.
        """
        last = queries.last_written(conn, case)
        before = datetime.fromisoformat(last) if last else None
        now = self.now()
        return now if before is None or now >= before else before + timedelta(seconds=1)

    @property
    def today(self) -> date:
        """The day, by the desk's clock."""
        return self._clock().date()

    @property
    def feed(self) -> str:
        """The audience of what is registered here: the office's own PCs."""
        return f"{self._office.level}:{self._office.code}"

    @property
    def village(self) -> str | None:
        """Id of the only village whose records this account may see; None where all may be."""
        return self.account.village if permissions.bound_to_village(self.roles) else None

    @property
    def of_one_village(self) -> bool:
        """Whether this is a village's account on another office's PC."""
        return self.village is not None and self._office.level != "village"

    @property
    def local_feed(self) -> str:
        """Looks, searches and sign-ins: they never travel."""
        return f"local:{self.site.id}"

    # --- reading and writing ---

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent view of the store."""
        with self.database.read() as conn:
            yield conn

    @contextmanager
    def writing(self) -> Iterator[changelog.Transaction]:
        """One transaction; what it touched is published after the commit."""
        author = Actor(self.account.id, self.account.name)
        with changelog.transaction(
            self.database, author, self.now(), self.site, self.setting
        ) as tx:
            # as it is now: who wrote before us, here or beside us, may have opened the next epoch
            self.site = tx.site = meta.read_site(tx.conn)
            yield tx
            mark = epochs.written(tx.conn, tx.site) if tx.travelling else None
        if mark is not None:
            epochs.leave(tx.site.id, mark)
        self.site = tx.site
        changes = Changes(
            frozenset(kind for kind, _ in tx.touched), frozenset(id for _, id in tx.touched)
        )
        if "office" in changes.kinds or "account" in changes.kinds:
            self.reread()
        self.publish(changes)

    def publish(self, changes: Changes) -> None:
        """Tell who listens what was written."""
        for listener in tuple(self._listeners):
            listener(changes)

    def setting(self, conn: Connection) -> Setting:
        """Rules, calendar and codes in force, as the store says just now."""
        return derived.setting(conn, self.shipped)

    def surroundings(self, conn: Connection) -> Surroundings:
        """What a decision about a matter may look at besides its file."""
        return Surroundings(
            today=self.today,
            office=self._office,
            people=tuple(fetch_own(conn, Person)),
            actor=self.account.name,
            roles=self.roles,
            grades=self.shipped.grades,
            forms=frozenset(FORMS),
        )

    def check_account(self) -> None:
        """That the account still stands, with the roles it has now: others may write beside us.

        Raises EnvironmentProblem ``account_disabled``.
        """
        version = self.database.data_version()
        if version != self._version:
            self._version = version
            self.reread()
        if self.account.disabled or self.account.voided:
            raise EnvironmentProblem(
                "account_disabled", "这个账号已经停用。", mend="请联系本单位的系统管理员。"
            )

    def reread(self) -> None:
        """Office, site and account as the store says them now."""
        with self.database.read() as conn:
            self.site = meta.read_site(conn)
            self._office = office_of(conn)
            self.account = get(conn, Account, self.account.id) or self.account

    # --- who saw what ---

    def look(self, what: str, matter: str = "", **data: Any) -> None:
        """Remember that somebody read, revealed, searched or printed; logged within two seconds.

        ``case`` names a dispute or mediation, ``matter`` a matter; both by id.
        """
        record = changelog.note(
            self.local_feed,
            what,
            changelog.new_id(),
            {"matter": matter, "at": self.now().isoformat(), **data},
        )
        with self._looks_lock:
            self._looks.append(record)
            if self._timer is None:
                self._timer = threading.Timer(LOOKS_KEPT_FOR, self._flush_in_time)
                self._timer.daemon = True
                self._timer.start()

    def flush_looks(self) -> None:
        """Write the looks that wait; those being written just now are written when this returns.

        Where writing fails they go on waiting.
        """
        with self._flushing:
            with self._looks_lock:
                waiting, self._looks = self._looks, []
                if self._timer is not None:
                    self._timer.cancel()
                    self._timer = None
            if not waiting:
                return
            try:
                with self.writing() as tx:
                    tx.append(waiting)
            except BaseException:
                with self._looks_lock:
                    self._looks = waiting + self._looks
                raise

    def _flush_in_time(self) -> None:
        try:
            self.flush_looks()
        except EnvironmentProblem as problem:  # told at the next write; the looks wait for it
            log.warning("looks not written yet: %s", problem.code)

    # --- living and closing ---

    def subscribe(self, listener: Callable[[Changes], None]) -> Callable[[], None]:
        """Call ``listener`` after each commit, on the thread that wrote; returns how to stop."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def data_version(self) -> int:
        """Changes when another process wrote to the same store."""
        return self.database.data_version()

    def close(self) -> None:
        """Write what waits and let go of the files."""
        try:
            self.flush_looks()
        finally:
            self.database.close()
            if self.vault is not None:
                self.vault.close()

    # --- the sealed store ---

    def shut_in(self, refused: RuleViolation) -> Desk | None:
        """The desk over the sealed store, where what was asked for may lie there; else None."""
        if self.vault is None or refused.code not in _MAY_BE_SEALED:
            return None
        if not permissions.opens_sealed(self.roles):
            return None
        self.vault.account = self.account
        return self.vault


_MAY_BE_SEALED = frozenset({"sealed", "no_document", "no_attachment", "no_duty"})
"""Refusals of the ordinary store after which a holder's question goes to the sealed one."""


def use_case(
    verb: str,
) -> Callable[[Callable[Concatenate[Desk, P], T]], Callable[Concatenate[Desk, P], T]]:
    """Marks a service: the permission table is asked for ``verb`` before it runs.

    What names a sealed matter is refused by the ordinary store; for who holds the grant the same
    service then runs once more, over the sealed store.
    """

    def mark(service: Callable[Concatenate[Desk, P], T]) -> Callable[Concatenate[Desk, P], T]:
        @functools.wraps(service)
        def checked(desk: Desk, *args: P.args, **kwargs: P.kwargs) -> T:
            desk.check_account()
            permissions.require(desk.roles, verb)
            if verb in permissions.WHOLE_OFFICE and desk.of_one_village:
                raise permissions.not_for_village()
            try:
                return service(desk, *args, **kwargs)
            except RuleViolation as refused:
                vault = desk.shut_in(refused)
                if vault is None:
                    raise
                return service(vault, *args, **kwargs)

        checked.verb = verb  # type: ignore[attr-defined]
        return checked  # type: ignore[return-value]

    return mark
