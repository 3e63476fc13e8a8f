"""Every page and dialog at 100 %, 150 % and 200 % in a window of 1366×698."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollBar,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from tests import mediating, screening
from tests.domain.test_registers import samples
from tests.e2e import looking
from tests.e2e.clerk import WINDOW, Clerk, Key, focused, press
from tests.e2e.conftest import Hire
from tests.factories import COURSE, OFFICE, PASSWORD, MovableClock, bring_to, register, visit
from tests.state import scratch_state
from xinfang_desktop.domain.registers import REGISTERS
from xinfang_desktop.domain.screening import RoundKey
from xinfang_desktop.services import (
    accounts,
    committees,
    disputes,
    handling,
    mediations,
    note_views,
    register_work,
    registers,
    registration,
    village_notes,
)
from xinfang_desktop.services.accounts import OfficeCreated
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.drafts import Draft, save_draft
from xinfang_desktop.services.handling import MatterQuery
from xinfang_desktop.services.mediations import MediationQuery
from xinfang_desktop.services.registers import WorkQuery
from xinfang_desktop.store.reference import Reference
from xinfang_desktop.ui import theme
from xinfang_desktop.ui.actions import ACTS
from xinfang_desktop.ui.dispute_page import DisputePage
from xinfang_desktop.ui.form import FieldBox
from xinfang_desktop.ui.matter_page import MatterPage
from xinfang_desktop.ui.mediation_page import MediationPage
from xinfang_desktop.ui.notes_page import NotesPage
from xinfang_desktop.ui.pages import PAGES
from xinfang_desktop.ui.return_page import ReturnPage
from xinfang_desktop.ui.screening_page import ScreeningPage
from xinfang_desktop.ui.settings_page import SettingsPage
from xinfang_desktop.ui.settings_page_committees import CommitteesTab
from xinfang_desktop.ui.settings_page_lists import AccountsTab, PeopleTab, VillagesTab
from xinfang_desktop.ui.work_item_page import WorkItemPage

LEAVES = {"quit", "sign_out", "lock", "new", "contrast"}
"""Actions that end the walk, lead to a page that is walked anyway, or change the look."""
EVERYWHERE = {
    "find", "refresh", "import", "import_bundle", "sites", "proof", "new_dispute", "help_field", "manual", "cheat_sheet", "about", "undo", "redo", "cut", "copy",
    "paste", "today",
}  # fmt: skip
"""Actions that are the same on every page: looked at once."""


@pytest.fixture(scope="session")
def busy_office(
    made_office: tuple[Path, OfficeCreated],
    reference: Reference,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """An office at work: matters in several states, one overdue, one draft."""
    with scratch_state(tmp_path_factory):
        return _busy(made_office[0], reference, tmp_path_factory)


def _busy(made: Path, reference: Reference, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = Path(shutil.copytree(made, tmp_path_factory.mktemp("busy") / "home"))
    clock = MovableClock()
    clock.go("2025-10-13")
    desk = accounts.sign_in(home, OFFICE.admin, PASSWORD, clock, reference)
    old = register(desk, received_on="2025-10-13", claims=["清理河道", "补种护岸的树"])
    bring_to(desk, old.number, "S40")
    clock.go("2025-11-12")
    task = {"what": "清理河道", "unit": "农业农村综合服务中心", "due": "2025-12-12"}
    for action, state, data in COURSE:
        if state >= "S50":
            handling.take_step(
                desk, old.number, action, {"tasks": [task]} if action == "follow" else data
            )
    clock.go("2026-06-01")
    register(desk, received_on="2026-06-01", parties=None, channel="来信")
    at_work = register(
        desk, received_on="2026-06-01", place="三组", village="双井村",
        claims=["恢复水渠通水，今年秋收之前把断掉的一百二十米渠道修好", "赔偿二十亩田的减产", "换管子", "修机耕路", "公开账目"],
        parties=[{"name": "李明华", "phone": "13900001177"}],
    )  # fmt: skip
    clock.go("2026-07-20")
    bring_to(desk, at_work.number, "S40")
    clock.go("2026-09-18")
    served = register(desk, received_on="2026-09-18", claims=["公开低保名单", "说明评议经过"])
    bring_to(desk, served.number, "S65")
    clock.go("2026-09-21")
    registration.register_intake(desk, visit(confidential=True, haves={"困": {"hardship": False}}))
    values = {"channel": "visit", "village": "柳溪村", "claims": ["路灯"], "judged": {}}
    screening.a_quarter(desk, clock)
    screening.find(desk, village="双井村", found_on="2026-09-10", summary="田埂界线不清，3 户")
    for summary, state in (
        ("村道排水沟堵塞，涉 2 户", ""),
        ("山林界址不清，3 户", "open"),
        ("机井轮灌次序", "settled"),
    ):
        found = screening.find(desk, summary=summary)
        if state:
            screening.bring(desk, found.number, state)
    mediating.start(desk, title="宅基地边界纠纷")
    refused = mediating.start(desk, title="化粪池渗水纠纷")
    mediating.take(desk, refused.number, "consent", agrees=False)
    talking = mediating.start(desk, title="山林界址纠纷")
    mediating.take(desk, talking.number, "consent", "accept", "session")
    agreed = mediating.start(desk, dispute=screening.find(desk).number)
    mediating.take(desk, agreed.number, "consent", side="applicant")
    mediating.take(desk, agreed.number, *mediating.TO_AGREEMENT, "performance")
    _diary(desk)
    _registers(desk, served.number)
    committees.add_committee(desk, {"name": "青石镇人民调解委员会", "mark": "青石人调"})
    committees.set_mediator(desk, "青石镇人民调解委员会", {"name": "周敏", "post": "chair"})
    save_draft(desk, Draft("d1", "register", "来访 · 柳溪村 · 路灯", "诉求", clock(), values))
    desk.close()
    return home


def _registers(desk: Desk, matter: str) -> None:
    """A line of each register, a booking, a topic, a meeting with a task that is late."""
    for sort, one in REGISTERS.items():
        if sort not in _WALKED:
            more = {"period": "2025", "count": 1} if sort == "file_review" else {}
            told = {**samples(one.fields), **more}
            told |= {"on": "2026-09-21"} if one.ahead else {}
            register_work.write_item(desk, sort, told)
    day = {"on": "2026-09-28", "leader": "刘志远", "place": "镇信访接待室", "slots": 3}
    made = register_work.write_item(desk, "reception_day", day)
    booked = {"subject": "低保审批", "visitor": "李秀兰", "visitor_phone": "0739-5550123"}
    register_work.take_item_step(desk, made.number, "book", booked)
    topic = {"name": "机耕路占地补偿标准不一", "claim": "统一标准。", "matters": [matter]}
    register_work.write_item(desk, "topic", topic)
    meeting = {"on": "2026-09-15", "kind": "联席会议", "subject": "三季度突出问题"}
    met = register_work.write_item(desk, "office_meeting", meeting)
    task = {"what": "重新公示补偿表", "by": "何建平", "due": "2026-09-18"}
    held = {"present": ["镇自然资源所"], "decisions": ["重新公示"], "tasks": [task]}
    register_work.take_item_step(desk, met.number, "held", {**held, "on": "2026-09-15"})


def _diary(desk: Desk) -> None:
    """Two pages of the village diary, one of them with promises late and kept."""
    page = {
        "village": "柳溪村", "sort": "diary", "topic": "农田水利", "on": "2026-09-18", "place": "三组 · 沟口",
        "text": "三组反映沟口淤堵，雨天漫水上路，要求在稻子收割前清完。",
    }  # fmt: skip
    promises = [
        {"what": "清三组沟口的淤泥", "due": "2026-09-19"},
        {"what": "量沟的长度", "due": "2026-09-20"},
    ]
    made = village_notes.write_note(desk, {**page, "promises": promises})
    village_notes.keep_promise(desk, made.note, 2, {"content": "量了，一百二十米。"})
    talk = {
        "sort": "talk",
        "headcount": 12,
        "topic": "照明",
        "text": "路灯坏了四盏，孩子上学看不见路。",
    }
    village_notes.write_note(desk, {**page, **talk})


@pytest.fixture
def busy_clerk(hire: Hire, busy_office: Path, tmp_path: Path) -> Clerk:
    """周敏 in that office."""
    return hire(Path(shutil.copytree(busy_office, tmp_path / "busy"))).enter()


def windows(clerk: Clerk, *, dialogs: bool) -> Iterator[tuple[str, QWidget]]:
    """Every page; with ``dialogs`` what the actions table, the steps and the tabs lead to."""
    for key in PAGES:
        if key in _CASES:
            yield from _CASES[key](clerk, dialogs=dialogs)
            continue
        clerk.window.go(key, **({"text": "水渠"} if key == "search" else {}))
        clerk.calm()
        yield key, clerk.window
        if key == "register":
            yield from _registering(clerk)
        if key == "return":
            yield from _returning(clerk)
        if key == "screening":
            yield from _screening(clerk, dialogs=dialogs)
        if key == "mediations" and dialogs:
            clerk.window.go("mediations", new=True)
            clerk.calm()
            yield "mediations, a new one", clerk.dialog()
            _close_dialogs()
        if key == "work" and dialogs:
            yield from _work(clerk)
        if key == "notes":
            yield from _notes(clerk, dialogs=dialogs)
        if key == "settings":
            yield from _tabs(clerk, dialogs=dialogs)
        if dialogs:
            yield from _actions(clerk, key)
    clerk.window.go("register")
    clerk.window.book.action("help_field").trigger()
    clerk.calm()
    yield "help", clerk.window


def _actions(clerk: Clerk, key: str, **what: str) -> Iterator[tuple[str, QWidget]]:
    skipped = LEAVES if key == "register" else LEAVES | EVERYWHERE
    for act in ACTS:
        action = clerk.window.book.action(act.key)
        if act.key in skipped or not action.isEnabled():
            continue
        action.trigger()
        clerk.calm()
        dialog = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        if dialog is not None:
            yield f"{key}, {act.word}", dialog
            _close_dialogs()
        if clerk.window._current != key:
            clerk.window.go(key, **what)
        clerk.calm()


def _registering(clerk: Clerk) -> Iterator[tuple[str, QWidget]]:
    """登记 with everything wrong, with every field in sight, and with something registered."""
    page = clerk.new_visit()
    for name, wrong in (("channel", "飞鸽传书"), ("received_on", "明天"), ("headcount", "很多")):
        page.form.editor(name).set_value(wrong)
    page.save()
    clerk.calm()
    assert len([name for name in page.form.names() if page.form.box(name).problem()]) > 3
    yield "register, refused", clerk.window
    page = clerk.new_visit()
    page.more.show()
    page.haves.answer.button("promise").click()
    page.haves.policy.click()
    page.haves.hardship.button("refer").click()
    clerk.calm()
    yield "register, all fields", clerk.window
    page = clerk.new_visit()
    page.form.set_values({"claims": ["公开低保名单"], "name": "李明华", "phone": "13900001177"})
    page.save()
    clerk.calm()
    yield "register, registered", clerk.window


def _returning(clerk: Clerk) -> Iterator[tuple[str, QWidget]]:
    """本期填报: to be filled in, with everything wrong, answered, and its receipt."""
    key = RoundKey("2026-09")
    clerk.window.go("return", village="双井村", round=key)
    clerk.calm()
    page = clerk.page
    assert isinstance(page, ReturnPage)
    yield "return, to be filled in", clerk.window
    page.form.say_yes()
    page.form.cards.cards[0].turn_more()
    page.form.cards.cards[0].form.set_values({"found_on": "明天", "amount": "很多"})
    for row in page.form.progress.rows.values():
        row.settled.click()
    clerk.calm()
    yield "return, all fields", clerk.window
    page.file()
    clerk.calm()
    assert page.form.cards.cards[0].form.box("summary").problem()
    yield "return, refused", clerk.window
    page.returning.start_anew(page._show_all)
    clerk.calm()
    page.form.question.radios.button("no").click()
    page.file()
    clerk.calm()
    assert page.receipt.words()
    yield "return, receipt", clerk.window
    clerk.window.go("return", village="柳溪村", round=key)
    clerk.calm()
    yield "return, filed", clerk.window


def _screening(clerk: Clerk, *, dialogs: bool) -> Iterator[tuple[str, QWidget]]:
    """排查台账: every part of it, a cell that was filed, and all it asks."""
    page = clerk.page
    assert isinstance(page, ScreeningPage)
    for part in ("cell", "list", "grid"):
        page.show_part(part)
        clerk.calm()
        yield f"screening, {part}", clerk.window
    page.grid.select("柳溪村", "2026-09")
    page.show_part("cell")
    clerk.calm()
    yield "screening, filed", clerk.window
    page.show_part("grid")
    page.grid.select("枫树坳村", "2026-09")
    clerk.calm()
    asked = page.dialogs
    for ask in (asked.ask_round, asked.ask_dispute, asked.ask_zero, asked.ask_reminder):
        if dialogs:
            ask()
            clerk.calm()
            yield f"screening, {ask.__name__}", clerk.dialog()
            _close_dialogs()
    clerk.window.go("screening", round=RoundKey("2026-Q3", "quarterly"))
    clerk.calm()
    yield "screening, no round", clerk.window
    clerk.window.go("screening", round=RoundKey("2026-09"))


def _tabs(clerk: Clerk, *, dialogs: bool) -> Iterator[tuple[str, QWidget]]:
    page = clerk.page
    assert isinstance(page, SettingsPage)
    for number in range(page.tabs.count()):
        page.tabs.setCurrentIndex(number)
        clerk.calm()
        yield f"settings, {page.tabs.tabText(number)}", clerk.window
    if not dialogs:
        return
    accounts_tab, people_tab, villages_tab, committees_tab = (
        page.parts[n] for n in ("accounts", "people", "villages", "committees")
    )
    assert isinstance(committees_tab, CommitteesTab)
    assert isinstance(accounts_tab, AccountsTab)
    assert isinstance(people_tab, PeopleTab) and isinstance(villages_tab, VillagesTab)
    for ask in (
        accounts_tab.ask_account,
        accounts_tab.ask_password,
        lambda: people_tab.ask_person(None),
        villages_tab.ask_village,
        committees_tab.ask_add,
        committees_tab.ask_change,
        committees_tab.ask_person,
    ):
        ask()
        clerk.calm()
        yield "settings", clerk.dialog()
        _close_dialogs()


def _matters(clerk: Clerk, *, dialogs: bool) -> Iterator[tuple[str, QWidget]]:
    seen: set[str] = set()
    for row in handling.matter_list(clerk.desk, MatterQuery()).matters:
        if not dialogs and row.state not in ("S40", "S75"):
            continue
        clerk.window.go("matter", number=row.number)
        clerk.calm()
        page = clerk.page
        assert isinstance(page, MatterPage)
        yield f"matter {row.state}", clerk.window
        if not dialogs:
            continue
        steps = page.matter.steps()
        for step in (*steps.main, *steps.more):
            if step.allowed and step.key not in seen:
                seen.add(step.key)
                page.ask_step(step.key)
                clerk.calm()
                yield f"matter {row.state}, {step.label}", clerk.dialog()
                _close_dialogs()
        if row.state == "S40":
            page.ask_reveal()
            yield "matter, names", clerk.dialog()
            _close_dialogs()
            yield from _actions(clerk, "matter", number=row.number)


def _disputes(clerk: Clerk, *, dialogs: bool) -> Iterator[tuple[str, QWidget]]:
    seen: set[str] = set()
    for row in disputes.dispute_list(clerk.desk):
        clerk.window.go("dispute", number=row.number)
        clerk.calm()
        page = clerk.page
        assert isinstance(page, DisputePage)
        yield f"dispute {row.state}", clerk.window
        if not dialogs:
            continue
        steps = page.dispute.steps()
        keys = [step.key for step in (*steps.main, *steps.more) if step.allowed]
        keys += [f"confirm:{each.what}" for each in page.dispute.three() if not each.done]
        for key in keys:
            if key not in seen and page.ask_step(key) is not None:
                clerk.calm()
                yield f"dispute {row.state}, {key}", clerk.dialog()
            seen.add(key)
            _close_dialogs()
        if row.state == "open":
            page.ask_reveal()
            yield "dispute, names", clerk.dialog()
            _close_dialogs()
            yield from _actions(clerk, "dispute", number=row.number)


def _notes(clerk: Clerk, *, dialogs: bool) -> Iterator[tuple[str, QWidget]]:
    page = clerk.page
    assert isinstance(page, NotesPage)
    first = next(row for row in note_views.note_list(clerk.desk) if row.promises)
    page.open(number=first.id)
    clerk.calm()
    yield "notes, a page", clerk.window
    if not dialogs:
        return
    for ask in (page.ask_new, lambda: page.ask_keep(1), page.ask_dispute, page.ask_correct):
        ask()
        clerk.calm()
        yield "notes, a form", clerk.dialog()
        _close_dialogs()


def _mediations(clerk: Clerk, *, dialogs: bool) -> Iterator[tuple[str, QWidget]]:
    seen: set[str] = set()
    for row in mediations.mediation_page(clerk.desk, MediationQuery()).rows:
        clerk.window.go("mediation", number=row.number)
        clerk.calm()
        page = clerk.page
        assert isinstance(page, MediationPage)
        yield f"mediation {row.state}", clerk.window
        if not dialogs:
            continue
        steps = page.case.steps()
        for step in (*steps.main, *steps.more):
            if step.allowed and step.key not in seen:
                seen.add(step.key)
                page.ask_step(step.key)
                clerk.calm()
                yield f"mediation {row.state}, {step.label}", clerk.dialog()
                _close_dialogs()
        if row.state == "agreed":
            page.ask_reveal()
            yield "mediation, names", clerk.dialog()
            _close_dialogs()
            yield from _actions(clerk, "mediation", number=row.number)


_WALKED = frozenset({"reception_day", "topic", "office_meeting"})
"""Registers whose steps are walked; the others have the same kinds of form."""


def _work_items(clerk: Clerk, *, dialogs: bool) -> Iterator[tuple[str, QWidget]]:
    for sort in REGISTERS:
        row = registers.item_list(clerk.desk, WorkQuery(sort))[0]
        clerk.window.go("work_item", number=row.number)
        clerk.calm()
        page = clerk.page
        assert isinstance(page, WorkItemPage)
        yield f"work item {sort}", clerk.window
        if not dialogs or sort not in _WALKED:
            continue
        for step in page.case.steps().main:
            page.ask_step(step.key)
            clerk.calm()
            yield f"work item {sort}, {step.label}", clerk.dialog()
            _close_dialogs()
        page.ask_amend()
        clerk.calm()
        yield f"work item {sort}, amended", clerk.dialog()
        _close_dialogs()


def _work(clerk: Clerk) -> Iterator[tuple[str, QWidget]]:
    """工作台账: the form of a new line of every register."""
    for sort in REGISTERS:
        clerk.window.go("work", sort=sort)
        clerk.calm()
        clerk.window.go("work", new=True)
        clerk.calm()
        yield f"work, {sort}", clerk.dialog()
        _close_dialogs()


_CASES = {
    "matter": _matters, "dispute": _disputes, "mediation": _mediations, "work_item": _work_items,
}  # fmt: skip


def _close_dialogs() -> None:
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
    while (dialog := QApplication.activeModalWidget()) is not None:
        assert isinstance(dialog, QDialog)
        dialog.reject()


CHECKS = (
    looking.nameless, looking.foreign, looking.clipped, looking.overlapping, looking.hard_to_hit,
)  # fmt: skip


def wrong_in(window: QWidget) -> list[str]:
    """What every check finds."""
    return [f"{check.__name__}: {told}" for check in CHECKS for told in check(window)]


@pytest.mark.parametrize(("percent", "dialogs"), [(100, False), (150, False), (200, True)])
def test_every_window_can_be_read_and_used(busy_clerk: Clerk, percent: int, dialogs: bool) -> None:
    busy_clerk.flow.change_look(theme.Look("light", percent))
    busy_clerk.calm()
    wrong: dict[str, str] = {}
    walked = 0
    for where, window in windows(busy_clerk, dialogs=dialogs):
        walked += 1
        wrong.update(dict.fromkeys(wrong_in(window), where))
    assert walked > (50 if dialogs else 12)
    assert not wrong, "\n" + "\n".join(f"[{where}] {told}" for told, where in wrong.items())


@pytest.mark.parametrize("percent", [100, 200])
def test_the_windows_before_the_desk_can_be_read_and_used(
    hire: Hire, office_home: Path, tmp_path: Path, percent: int
) -> None:
    wrong: list[str] = []
    for home in (tmp_path / "nothing yet", office_home):
        clerk = hire(home)
        clerk.flow.change_look(theme.Look("light", percent))
        clerk.flow.begin()
        clerk.calm()
        assert clerk.flow.window is not None
        clerk.flow.window.resize(*WINDOW)
        clerk.calm()
        wrong += wrong_in(clerk.flow.window)
    clerk.sign_in()
    clerk.window.lock()
    clerk.calm()
    wrong += wrong_in(clerk.window)
    assert not wrong, "\n".join(wrong)


def test_what_is_wrong_with_a_window_is_found(clerk: Clerk) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    cut = QLabel("这一句太长，放不下")
    cut.setFixedWidth(40)
    window.setFixedSize(320, 220)
    low = QLabel("这一句\n有三行\n放不下")
    low.setFixedHeight(20)
    column.addWidget(cut)
    column.addWidget(low)
    column.addWidget(QLineEdit())
    column.addWidget(QPushButton("Cancel"))
    beyond = QPushButton("出界", window)
    beyond.setGeometry(300, 5, 80, 30)
    for text in ("一个", "另一个"):  # no room for both
        low_label = QLabel(text)
        low_label.setMinimumHeight(120)
        column.addWidget(low_label)
    tick = QCheckBox("太矮")
    column.addWidget(tick)
    window.show()
    clerk.calm()
    assert len(looking.nameless(window)) == 1
    assert looking.foreign(window) == ["Cancel"]
    cut_off = "\n".join(looking.clipped(window))
    assert all(words in cut_off for words in ("这一句太长", "有三行", "出界"))
    assert looking.overlapping(window)
    theme.apply(clerk.app, theme.Look("light", 150))
    tick.setFixedHeight(30)
    assert any("太矮" in told for told in looking.hard_to_hit(window))
    window.close()
    window.deleteLater()


def test_tab_goes_through_the_registration_in_reading_order(clerk: Clerk) -> None:
    page = clerk.new_visit()
    page.form.focus("channel")
    seen: list[tuple[list[QPoint], str]] = []
    while not page.similar.isAncestorOf(focused()) and page.isAncestorOf(focused()):
        seen.append((_place(focused(), page), clerk.at()))
        press(Key.Key_Tab)
        assert len(seen) < 60, "Tab goes in circles"
    assert len(seen) > 20
    for (here, name), (there, following) in pairwise(seen):
        step = next(b - a for a, b in zip(here, there, strict=True) if a != b)
        same_line = abs(step.y()) < theme.em(1)
        assert step.x() > 0 if same_line else step.y() > 0, f"{name} → {following}"


def _place(widget: QWidget, page: QWidget) -> list[QPoint]:
    """Where one reads it: first its field with label and editor, then its place in that."""
    field: QWidget | None = widget
    while field is not None and not isinstance(field, FieldBox):
        field = field.parentWidget()
    middle = widget.mapTo(page, QPoint(0, widget.height() // 2))
    return [field.mapTo(page, QPoint(0, field.height() // 2)) if field else middle, middle]


def test_the_wheel_changes_no_value(busy_clerk: Clerk) -> None:
    for key in ("register", "matters", "papers", "settings"):
        busy_clerk.window.go(key)
        busy_clerk.calm()
        page = busy_clerk.page
        values = [w for kind in _VALUES for w in page.findChildren(kind) if w.isVisible()]
        for widget in values:
            if isinstance(widget, QScrollBar):
                continue
            before = _value(widget)
            for notches in (-120, 120):
                _roll(widget, notches)
            assert _value(widget) == before, f"{key}: {widget.accessibleName()}"
            assert isinstance(widget, QTabBar) or before is not None


_VALUES: tuple[type[QWidget], ...] = (QComboBox, QAbstractSpinBox, QAbstractSlider, QTabBar)


def _value(widget: QWidget) -> object:
    return next(
        (
            getattr(widget, name)()
            for name in ("currentText", "text", "value", "currentIndex")
            if hasattr(widget, name)
        ),
        None,
    )


def _roll(widget: QWidget, notches: int) -> None:
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle, QPointF(widget.mapToGlobal(widget.rect().center())), QPoint(0, 0),
        QPoint(0, notches), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)
