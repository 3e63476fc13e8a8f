"""Which pages this version has. The rail shows those of them that the account may open.

A page is imported when it is first opened, or by ``warm_up`` while somebody types the password:
the PDF engine and the spreadsheet readers behind them take longer to load than the first window.
"""

from __future__ import annotations

from .page import Page, Pages, Workplace


def _today(place: Workplace) -> Page:
    from .today import TodayPage

    return TodayPage(place)


def _register(place: Workplace) -> Page:
    from .register import RegisterPage

    return RegisterPage(place)


def _matters(place: Workplace) -> Page:
    from .matters_page import MattersPage

    return MattersPage(place)


def _matter(place: Workplace) -> Page:
    from .matter_page import MatterPage

    return MatterPage(place)


def _return(place: Workplace) -> Page:
    from .return_page import ReturnPage

    return ReturnPage(place)


def _screening(place: Workplace) -> Page:
    from .screening_page import ScreeningPage

    return ScreeningPage(place)


def _disputes(place: Workplace) -> Page:
    from .village_disputes_page import VillageDisputesPage

    return VillageDisputesPage(place)


def _dispute(place: Workplace) -> Page:
    from .dispute_page import DisputePage

    return DisputePage(place)


def _mediations(place: Workplace) -> Page:
    from .mediations_page import MediationsPage

    return MediationsPage(place)


def _mediation(place: Workplace) -> Page:
    from .mediation_page import MediationPage

    return MediationPage(place)


def _notes(place: Workplace) -> Page:
    from .notes_page import NotesPage

    return NotesPage(place)


def _haves(place: Workplace) -> Page:
    from .four_haves_page import FourHavesPage

    return FourHavesPage(place)


def _work(place: Workplace) -> Page:
    from .work_page import WorkPage

    return WorkPage(place)


def _work_item(place: Workplace) -> Page:
    from .work_item_page import WorkItemPage

    return WorkItemPage(place)


def _papers(place: Workplace) -> Page:
    from .paperwork_page import PaperworkPage

    return PaperworkPage(place)


def _exchange(place: Workplace) -> Page:
    from .exchange_page import ExchangePage

    return ExchangePage(place)


def _settings(place: Workplace) -> Page:
    from .settings_page import SettingsPage

    return SettingsPage(place)


def _search(place: Workplace) -> Page:
    from .search_page import SearchPage

    return SearchPage(place)


PAGES: Pages = {
    "today": _today,
    "register": _register,
    "matters": _matters,
    "matter": _matter,
    "mediations": _mediations,
    "mediation": _mediation,
    "notes": _notes,
    "haves": _haves,
    "return": _return,
    "screening": _screening,
    "disputes": _disputes,
    "dispute": _dispute,
    "work": _work,
    "work_item": _work_item,
    "papers": _papers,
    "exchange": _exchange,
    "settings": _settings,
    "search": _search,
}


def warm_up() -> None:
    """Load what the pages need, off the screen's thread, while the sign-in window waits."""
    from . import (
        dispute_page,
        exchange_page,
        four_haves_page,
        matter_page,
        matters_page,
        mediation_page,
        mediations_page,
        notes_page,
        paperwork_page,
        register,
        return_page,
        screening_page,
        search_page,
        settings_page,
        today,
        village_disputes_page,
        work_item_page,
        work_page,
    )

    del dispute_page, exchange_page, four_haves_page, matter_page, matters_page, paperwork_page
    del mediation_page, mediations_page, notes_page, register, return_page
    del screening_page, search_page, settings_page, today, village_disputes_page
    del work_item_page, work_page
