"""Which pages this version has. The rail shows those of them that the account may open."""

from __future__ import annotations

from .four_haves_page import FourHavesPage
from .matter_page import MatterPage
from .matters_page import MattersPage
from .page import Pages
from .paperwork_page import PaperworkPage
from .register import RegisterPage
from .search_page import SearchPage
from .settings_page import SettingsPage
from .today import TodayPage

PAGES: Pages = {
    "today": TodayPage,
    "register": RegisterPage,
    "matters": MattersPage,
    "matter": MatterPage,
    "haves": FourHavesPage,
    "papers": PaperworkPage,
    "settings": SettingsPage,
    "search": SearchPage,
}
