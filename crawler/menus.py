"""Columns without reports of their own: menus that lead on to the lists by year or by level, or columns that are empty.

A menu is asked for again every night, as its lists are: it is there that the list of next year will be linked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from crawler.addresses import folder_page
from crawler.links import Link
from crawler.pages import Page
from crawler.reporting import Reporter
from crawler.ways import Lead


@dataclass(slots=True)
class Menu:
    """A column without rows, and where its links lead; ``leads_on``: one of them is a list, or a menu that leads on."""

    lead: Lead
    url: str
    links: frozenset[str]
    leads_on: bool = False


@dataclass(slots=True)
class Menus:
    """Those that one visit has met; ``known`` are those from which it began."""

    reporter: Reporter
    known: set[str]
    all: list[Menu] = field(default_factory=list)
    _lists: set[str] = field(default_factory=set)

    def note(self, lead: Lead, page: Page, more: Sequence[Link]) -> None:
        """Take in a column without rows; ``more`` are lists that it knows of and has no link to."""
        links = (link.url for link in (*page.links, *more) if not link.is_frame)  # a frame is the column itself
        menu = Menu(lead, page.url, frozenset(links))
        self.all.append(menu)
        if lead.url in self.known and menu.links & self._lists:
            self._lead_on(menu)

    def found(self, url: str, lead: Lead) -> None:
        """Take in a list, or a menu that leads on to one: whichever led here is a menu too.

        A column whose rows are gone links to others as well, and a dead one may lead home: of those that a visit begins
        with, only known menus and those that led here themselves, under their own address, count.
        """
        self._lists |= {url, lead.url}
        for menu in self.all:
            led = lead.source == menu.url and folder_page(menu.url) == folder_page(menu.lead.url)
            if not menu.leads_on and lead.url in menu.links and (led or menu.lead.url in self.known):
                self._lead_on(menu)

    def gone(self) -> Iterator[str]:
        """The addresses with which the visit began that have no rows, and are no menus either."""
        return (menu.lead.url for menu in self.all if menu.lead.is_seed and not self._is_known(menu))

    def _is_known(self, menu: Menu) -> bool:
        return menu.leads_on and menu.lead.url in self.known

    def _lead_on(self, menu: Menu) -> None:
        menu.leads_on = True
        self.reporter.list_found(menu.url, menu.lead.column, menu.lead.evidence, is_menu=True)
        self.found(menu.url, menu.lead)
