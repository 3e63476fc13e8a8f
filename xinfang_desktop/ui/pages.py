"""Which pages this version has. The rail shows those of them that the account may open."""

from __future__ import annotations

from .page import Pages
from .register import RegisterPage
from .search_page import SearchPage
from .today import TodayPage

PAGES: Pages = {
    "today": TodayPage,
    "register": RegisterPage,
    "search": SearchPage,
}
