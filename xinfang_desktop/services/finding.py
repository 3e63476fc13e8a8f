"""Finding one matter by its number, and the doors that stay shut about it (密件、要求保密)."""

from __future__ import annotations

from ..domain import permissions
from ..domain.errors import RuleViolation
from ..domain.inputs import shown_name
from ..domain.office_records import WorkItem
from ..domain.permissions import sees_sealed
from ..domain.records import Attachment, Document, Matter
from ..domain.registers import REGISTERS, open_to
from ..domain.sealing import apart, is_stub, shut
from ..store.database import Connection
from ..store.files import get, matter_by_number
from .desk import Desk
from .reported_people import hidden_from
from .subject_cards import CARDS, readable


def find_matter(desk: Desk, conn: Connection, number: str, *, stub: bool = False) -> Matter:
    """The matter of that number.

    ``stub``: who has no sealed store open is given the stub of a sealed matter, to show that it is
    there. Raises RuleViolation ``no_matter``, or ``sealed`` for a stub: its content lies elsewhere,
    and ``use_case`` asks there for who may.
    """
    matter = any_matter(desk, conn, number)
    if is_stub(matter) and (desk.vault is not None or not stub):
        raise shut()
    if matter.id in hidden_from(desk, conn):
        raise shut()
    return matter


def any_matter(desk: Desk, conn: Connection, number: str) -> Matter:
    """As ``find_matter``; of a sealed matter whatever this store holds, the stub too."""
    matter = matter_by_number(conn, number, prefix=f"{desk.office.code}-XF-")
    if matter is None:
        raise RuleViolation(
            "no_matter",
            f"没有编号为“{shown_name(number)}”的信访事项。",
            mend="请核对编号。",
            field="number",
        )
    return matter


def check_unsealed(desk: Desk, matter: Matter) -> None:
    """Refuse ``sealed`` to those who do not hold the grant (art. 30)."""
    if matter.sealed and not sees_sealed(desk.roles):
        raise shut()


def check_joinable(desk: Desk, matter: Matter) -> None:
    """Refuse to join a sealed matter with anything outside its store; to others it is sealed."""
    if matter.sealed:
        raise shut() if desk.vault is None else apart()


def check_handler(desk: Desk, matter: Matter) -> None:
    """Refuse ``confidential``: who asked for it is known to the handler alone."""
    if matter.confidential and matter.owner != desk.account.name:
        raise RuleViolation(
            "confidential", "信访人要求保密，只有承办人可以看姓名。",
            mend=f"请找承办人{matter.owner}。", article="《信访工作条例》第十八条",
        )  # fmt: skip


def may_see(desk: Desk, conn: Connection, record: Document | Attachment) -> bool:
    """Whether a paper or file of a matter, a case or a round may be opened by this account.

    A line of the office's registers is not a village's, a private one its author's and the leader's.
    Who is bound to a village may open those of its village and those it made itself.

    Raises RuleViolation for a matter that is sealed, or whose people only its handler may know.
    """
    if record.matter:
        matter = get(conn, Matter, record.matter)
        if matter is None or not permissions.may(desk.roles, "read_matters"):
            return False
        check_unsealed(desk, matter)
        if matter.id in hidden_from(desk, conn):
            raise shut()
        check_handler(desk, matter)
        return True
    line = get(conn, WorkItem, record.case)
    if line is not None:
        reads = permissions.may(desk.roles, "read_work") and desk.village is None
        register = REGISTERS.get(line.sort)
        return reads and open_to(register, line.by, desk.account.name, desk.roles)
    if desk.village is None or record.by == desk.account.name:
        return True
    now = desk.setting(conn)
    return any(CARDS[kind](desk, conn, now, [record.case]) for kind in readable(desk))
