"""数据交换: with whom, what the last bundle brought, and the conflicts that wait for a person."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from xinfang_desktop.presenters.bundles_out import BundlesOut, Receiver
from xinfang_desktop.presenters.conflicts import ConflictsPresenter
from xinfang_desktop.presenters.exchange import ExchangePresenter
from xinfang_desktop.presenters.exchange_words import PeerLine
from xinfang_desktop.services.desk import Changes

from . import theme
from .exchange_conflicts import ConflictsPanel
from .exchange_history import HistoryDialog
from .exchange_in_dialog import ImportBundlesDialog
from .exchange_out_dialog import ExportDialog
from .exchange_page_head import ExchangeHead
from .exchange_peers import PeersPanel
from .exchange_report import ReportPanel
from .notice import NoticeBar
from .page import Page, Workplace
from .sites_dialog import SitesDialog

_LEFT_EM = 35.4
_BESIDE_FROM_EM = 66
_NO_LIMIT = 16_777_215  # Qt's own "no maximum"


class ExchangePage(Page):
    """``open(bundles=[path, …])`` shows what they would bring (none asks for files);
    ``open(conflict=number)`` looks at what is open about that case, ``open(sites=True)`` shows the
    cards.
    """

    key = "exchange"
    help_page = "exchange_start"

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self.exchange = ExchangePresenter(place.desk, place.runner.run)
        self.conflicts = ConflictsPresenter(place.desk, place.runner.run)
        self.out = BundlesOut(place.desk, place.runner.run, place.runner.run_job)
        self._beside: bool | None = None
        self._part = "peers"
        self._wanted = ""
        self._speaks = True
        column = QVBoxLayout(self)
        theme.space(column, (1.15, 0.6, 1.15, 0.8), 0.6)
        self.head = ExchangeHead()
        column.addWidget(self.head)
        self.notice = NoticeBar()
        column.addWidget(self.notice)
        self.peers = PeersPanel()
        self.report = ReportPanel()
        self.judge = ConflictsPanel(self.conflicts, place.form)
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        theme.space(left, 0, 0.7)
        left.addWidget(self.peers, 3)
        left.addWidget(self.report, 2)
        row = QHBoxLayout()
        theme.space(row, 0, 0.85)
        row.addWidget(self._left)
        row.addWidget(self.judge, 1)
        column.addLayout(row, 1)
        self._connect()
        self._arrange()

    def _connect(self) -> None:
        for key, act in self._acts().items():
            self.head.on(key, act)
        self.head.part.chosen.connect(self.show_part)
        self.peers.chosen.connect(self._show_receiver)
        self.peers.table.opened.connect(lambda _line: self.ask_send())
        self.peers.sites_wanted.connect(lambda: self.show_sites())
        self.report.all_wanted.connect(self.show_history)
        self.judge.saved.connect(self._saved)
        self.judge.undone.connect(self._undone)
        self.judge.changed.connect(self._bind_save)
        self.notice.acted.connect(self._take_offered)
        self.place.exchange.changed.connect(self._show_offered)
        self.judge.case_wanted.connect(lambda page, number: self.place.go(page, number=number))

    def _acts(self) -> Mapping[str, Callable[[], object]]:
        return {
            "sites": lambda: self.show_sites(),
            "send": self.ask_send,
            "send_all": self.ask_send_all,
            "import": self.show_import,
        }

    # --- the page ---

    def activate(self) -> None:
        acts = self.place.actions
        acts.bind("copy_table", self._copy)
        self._speaks = True
        self.refresh()
        self.place.exchange.look()
        self._bind()
        self.peers.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        self.exchange.load(self._show)

    def concerns(self, changes: Changes) -> bool:
        """Every record that is written is to be sent, or may settle a conflict."""
        return bool(changes.kinds)

    def open(self, **what: Any) -> None:
        if "bundles" in what:
            self.show_import([Path(name) for name in what["bundles"]])
        elif what.get("sites"):
            self.show_sites()
        elif what.get("conflict"):
            self._wanted = str(what["conflict"])
            self.show_part("conflicts")
            self.refresh()

    # --- room ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def look_changed(self) -> None:
        """Another scale: another arrangement."""
        if hasattr(self, "judge"):
            self._beside = None
            self._arrange()

    def _arrange(self) -> None:
        beside = self.width() >= theme.em(_BESIDE_FROM_EM)
        if beside == self._beside:
            return
        self._beside = beside
        self.head.set_roomy(beside)
        self._left.setMinimumWidth(theme.em(_LEFT_EM) if beside else 0)
        self._left.setMaximumWidth(theme.em(_LEFT_EM) if beside else _NO_LIMIT)
        if beside:
            for widget in (self._left, self.peers, self.report, self.judge):
                widget.show()
        else:
            self.show_part(self._part)

    def show_part(self, part: str) -> None:
        """In large print: the sites, the last report, or the conflicts."""
        self._part = part
        self.head.part.set_value(part)
        if self._beside:
            return
        self._left.setVisible(part != "conflicts")
        self.peers.setVisible(part == "peers")
        self.report.setVisible(part == "report")
        self.judge.setVisible(part == "conflicts")

    # --- showing ---

    def _show(self) -> None:
        self.peers.show_lines(self.exchange.peers())
        self.report.show_report(
            self.exchange.report(), self.exchange.standing(), self.exchange.missing()
        )
        self.conflicts.take(self.exchange.conflicts, self.exchange.settled)
        wanted, self._wanted = self._wanted, ""
        if wanted:
            self.judge.show_number(wanted)
        else:
            self.judge.show_all()
        self.place.badge(self.key, len(self.exchange.conflicts))
        self._show_receiver()
        self._bind()
        if self._speaks:
            self._speaks = False
            self.place.say(self.exchange.message())

    def _show_offered(self) -> None:
        watched = self.place.exchange.watched
        self.notice.say(watched.sentence(), "看看会带来什么" if watched.offered else "")

    def _take_offered(self) -> None:
        self.show_import([each.path for each in self.place.exchange.watched.offered])

    def _show_receiver(self, _line: object = None) -> None:
        line = self.peers.current()
        active = line is not None and line.active
        self.head.show_receiver(line.name if line is not None and active else "")
        self.head.refuse("send", self.exchange.why_not_send(line))
        self.head.refuse("send_all", self.exchange.why_not_send_all())
        self.head.refuse("import", self.exchange.why_not("exchange_bundles"))
        self.head.refuse("sites", self.exchange.why_not("read_sites"))
        waits = line is not None and line.to_send
        self.peers.say(f"{line.name}有 {line.to_send} 条待发" if line and waits else "")

    def _bind(self) -> None:
        acts = self.place.actions
        reasons = {
            "send_bundle": self.exchange.why_not_send(self.peers.current()),
            "send_bundles": self.exchange.why_not_send_all(),
        }
        for key, act in (("send_bundle", self.ask_send), ("send_bundles", self.ask_send_all)):
            acts.bind(key, act)
            acts.refuse(key, reasons[key])
        self._bind_save()

    def _bind_save(self) -> None:
        if not self.isVisible():
            return
        acts = self.place.actions
        acts.bind("save", self.judge.keep, word="按所选保存")
        acts.refuse("save", self.conflicts.why_not_save())

    # --- acting ---

    def ask_send(self) -> ExportDialog | None:
        """A bundle for the site looked at."""
        line = self.peers.current()
        return None if self.exchange.why_not_send(line) or line is None else self._send([line])

    def ask_send_all(self) -> ExportDialog | None:
        """A bundle for every site."""
        lines = self.exchange.active()
        return None if self.exchange.why_not_send_all() else self._send(lines)

    def _send(self, lines: Sequence[PeerLine]) -> ExportDialog:
        to = [Receiver(line.site, line.name) for line in lines]
        dialog = ExportDialog(self, self.place, self.out, to)
        dialog.written.connect(self._written)
        dialog.open()
        return dialog

    def _written(self) -> None:
        self.place.say(self.out.sentence())
        self.refresh()

    def show_import(self, files: Sequence[Path] = ()) -> ImportBundlesDialog | None:
        """导入数据包; files that were dropped or handed over are read at once."""
        if self.exchange.why_not("exchange_bundles"):
            return None
        dialog = ImportBundlesDialog(self, self.place)
        dialog.taken.connect(self._taken)
        dialog.open()
        if files:
            dialog.look(files)
        return dialog

    def _taken(self, sentence: str) -> None:
        self.place.saved()
        self.place.say(sentence)
        if not self._beside:
            self.show_part("report")
        self.place.exchange.look()
        self.refresh()

    def show_history(self) -> HistoryDialog:
        """Every file that went out and came in."""
        dialog = HistoryDialog(self, self.place, self.exchange)
        dialog.open()
        return dialog

    def show_sites(self, tab: str = "own") -> SitesDialog | None:
        """站点名片: our card, the other sites, the exchange folder."""
        if self.exchange.why_not("read_sites"):
            return None
        dialog = SitesDialog(self, self.place, tab)
        dialog.changed.connect(self.refresh)
        dialog.send_wanted.connect(self._send_into)
        dialog.open()
        return dialog

    def _send_into(self, folder: Path) -> None:
        """Bundles for everybody into the exchange folder, at once."""
        dialog = self.ask_send_all()
        if dialog is not None:
            dialog.choose_folder(folder)
            dialog.write()

    def _saved(self, count: int) -> None:
        self.place.saved()
        self.place.say(f"已判断 {count} 处，没选的仍在经过里")
        self.refresh()

    def _undone(self) -> None:
        self.place.saved()
        self.place.say("已换回，原来选的仍在经过里")
        self.refresh()

    def _copy(self) -> None:
        self.peers.table.copy()
        self.place.say("已复制往来单位，可以粘贴到 WPS 表格")
