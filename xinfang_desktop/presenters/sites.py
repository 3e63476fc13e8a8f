"""站点名片: our card, the cards of others and their fingerprints, whom we no longer trust."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from xinfang_desktop.domain import permissions
from xinfang_desktop.domain.errors import XinfangError
from xinfang_desktop.services import exchange_papers, sites
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.outputs import check_output
from xinfang_desktop.services.paperwork import write_whole
from xinfang_desktop.services.sites import CardRead, OwnCard, SiteRow
from xinfang_desktop.store.atomic import disk_problems_in_words

from .running import Run

Done = Callable[[], None]
Failed = Callable[[XinfangError], None]

CARD_SUFFIX = ".card"
LARGEST = 64 * 1024
"""Bytes of a card file that are read; a card takes some eight hundred."""

_ROLES = {
    "upper": "是本单位的上级：它的站点名册本机会照着更新。",
    "peer": "是本单位的另一台电脑：两台的数据全部互通。",
    "lower": "是本单位的下级：与它交换它那里的数据。",
}
REVOKED = (
    "它以前写的都保留，以后写的不再并入，也不再给它数据。下一次交换会告诉其他单位。停用不能撤销。"
)
RENEWED = "只在数据文件夹被复制、两台电脑都在用时做。登记的内容都在，密钥和编号段换新的；做完把新的名片重新交给每个单位。"


@dataclass(frozen=True, slots=True)
class CardShown:
    """A card that came, as it is compared before it is added."""

    data: bytes
    title: str
    told: str
    groups: tuple[str, ...]
    known: str


class SitesPresenter:
    """Everything is asked anew after a change."""

    def __init__(self, desk: Desk, run: Run) -> None:
        self.desk, self._run = desk, run
        self.own: OwnCard | None = None
        self.rows: tuple[SiteRow, ...] = ()

    def load(self, done: Done) -> None:
        """Our card and the list of the others."""

        def came(found: tuple[OwnCard, tuple[SiteRow, ...]]) -> None:
            self.own, self.rows = found
            done()

        self._run(lambda: (sites.own_card(self.desk), sites.site_list(self.desk)), came)

    def why_not(self) -> str:
        """The sentence for what this account may not change, empty where it may."""
        may = permissions.may(self.desk.roles, "manage_sites")
        return "" if may else permissions.not_permitted("manage_sites").sentence

    # --- our card ---

    def groups(self) -> tuple[str, ...]:
        """The eight groups of our fingerprint."""
        return tuple(self.own.fingerprint.split()) if self.own else ()

    def code(self) -> str:
        """What the QR code of our card holds: all of it."""
        return self.own.data.decode() if self.own else ""

    def file_name(self) -> str:
        """What the file of our card is called."""
        return f"{self.own.name if self.own else '站点'}{CARD_SUFFIX}"

    def save_card(self, out: Path, done: Done, failed: Failed) -> None:
        """Write our card as a file for the other side."""
        assert self.own is not None
        data = self.own.data

        def work() -> None:
            check_output(self.desk.home, out)
            write_whole(out, data)

        self._run(work, lambda _none: done(), failed, label="正在存名片")

    def paper(self, done: Callable[[bytes], None], failed: Failed) -> None:
        """Our card as a sheet of paper."""
        self._run(
            lambda: exchange_papers.card_paper(self.desk).pdf, done, failed, label="正在制作名片"
        )

    # --- the other side's card ---

    def read_file(self, path: Path, done: Callable[[CardShown], None], failed: Failed) -> None:
        """What a card file says; nothing is written."""

        def work() -> CardShown:
            with disk_problems_in_words(path.name), path.open("rb") as file:
                return self._shown(file.read(LARGEST))

        self._run(work, done, failed)

    def read_text(self, text: str, done: Callable[[CardShown], None], failed: Failed) -> None:
        """The same for a card that came as text, or from a scanner."""
        self._run(lambda: self._shown(text.strip().encode()[:LARGEST]), done, failed)

    def _shown(self, data: bytes) -> CardShown:
        card = sites.read_card(self.desk, data)
        return CardShown(
            data, card.name, _told(card), tuple(card.fingerprint.split()),
            "这个站点已经添加过，再添加会按新的名片更新名称。" if card.known else "",
        )  # fmt: skip

    def add(self, card: CardShown, done: Callable[[SiteRow], None], failed: Failed) -> None:
        """Trust it: somebody compared the fingerprint by telephone."""
        self._run(lambda: sites.add_site(self.desk, card.data), done, failed, label="正在添加")

    # --- the list ---

    def why_not_revoke(self, row: SiteRow | None) -> str:
        """Why a site cannot be shut out."""
        return self.why_not() or (
            "先选一个站点。" if row is None else "已经停用了。" if row.status != "active" else ""
        )

    def revoke(self, row: SiteRow, done: Done, failed: Failed) -> None:
        """停用."""
        self._run(
            lambda: sites.revoke_site(self.desk, row.site), lambda _row: done(), failed,
            label="正在停用",
        )  # fmt: skip

    def renew(self, done: Done, failed: Failed) -> None:
        """本机重新建立站点."""
        self._run(
            lambda: sites.renew_site(self.desk), lambda _made: done(), failed,
            label="正在重新建立站点",
        )  # fmt: skip


def _told(card: CardRead) -> str:
    name = card.office if card.office != card.name else "它"
    return f"{name}{_ROLES[card.role]}"
