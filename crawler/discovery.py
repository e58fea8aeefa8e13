"""Finding the report lists from the home page: which lead to follow next, best first, and when to give up.

Nothing here asks for a page: the visit does, and tells what it found.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count

from crawler.addresses import folder_page
from crawler.links import Link, join
from crawler.pages import FEW_LINKS, Page
from crawler.patience import Patience
from crawler.scoring import page_in_folder, weights
from crawler.ways import SEED_POINTS, Lead, Ways
from pipelines.placenames import Division


class Search:
    """A best-first search over one portal; leads come out by points, then in the order they were seen.

    ``list_found`` says that it has come to a list since it began, or began anew; ``own_found``, that any so far was not
    of other bodies than the government.
    """

    def __init__(
        self,
        belongs: Callable[[str], bool],
        division: Division | None = None,
        asked_lately: Callable[[str], bool] = lambda url: False,
    ) -> None:
        self._asked_lately = asked_lately
        self._ways = Ways(belongs, division)
        self._queue: list[tuple[int, int, Lead]] = []
        self._order = count()
        self._seen: set[str] = set()
        self._waiting: list[Lead] | None = []  # of other bodies than the government; None when their turn has come
        self._patience = Patience()
        self._fruitless = 0
        self._links = 0
        self.list_found = False
        self.own_found = False

    def seed(self, url: str, label: str, *, in_column: bool) -> None:
        """Begin at this address."""
        self._push(Lead(url, label, SEED_POINTS, in_column=in_column, source="registry"))

    def is_of_others(self, title: str) -> bool:
        """Whether a list is called by another body than the government, whose rows its pages may show as well."""
        organ = self._ways.organ(title)
        return organ is not None and not organ.is_own

    def start_over(self, url: str, label: str) -> None:
        """Begin anew at the home page, as if no list were known."""
        self.list_found = False
        self._fruitless = 0
        self.seed(url, label, in_column=False)

    def try_usual_paths(self, home_url: str) -> None:
        """Begin at the addresses that the column usually has, since no link led to it; not behind a stub."""
        if self._links <= FEW_LINKS:
            return
        for path in weights().usual_paths:
            self._push(Lead(join(home_url, path), "", weights().column_from, 1, source="usual address"))

    def turn_to_bodies(self) -> None:
        """Go on to departments and towns, now that the government's own lists have been looked for."""
        waiting, self._waiting = self._waiting or [], None
        office = [lead for *_, lead in self._queue if self._ways.organ(lead.label)]  # whose list was not needed before
        self._seen -= {folder_page(lead.url) for lead in office}
        for lead in (*office, *waiting):
            self._push(replace(lead, points=max(lead.points, weights().column_from), of_others=True))

    def go_on(self, url: str) -> None:
        """Take up a page again that named more bodies than an earlier night could ask for."""
        self._push(Lead(url, "", weights().column_from, 1, source="left over"))

    @property
    def left(self) -> Counter[str]:
        """How many columns, and pages of bodies, no request is left for, by the page that links them."""
        wanted = (lead for *_, lead in self._queue if lead.in_column or lead.of_others)
        return Counter(lead.source for lead in wanted if not self._patience.is_lost(lead))

    def next(self) -> Lead | None:
        """The best lead that is still worth a request; None when the search is over."""
        threshold = weights().column_from if self.list_found else weights().hub_from
        while self._queue and -self._queue[0][0] >= threshold and self._fruitless < weights().fruitless:
            lead = heapq.heappop(self._queue)[-1]
            if not self._patience.is_lost(lead):
                return lead
        return None

    def learn(
        self, lead: Lead, page: Page, *, holds_list: bool, is_news: bool = True, more: Sequence[Link] = ()
    ) -> None:
        """Take in a page that was asked for: whether it is a list, and where its links lead.

        ``is_news`` says that the list has rows that no other had; ``more`` are lists that it knows of without a link.
        """
        self._seen.add(folder_page(page.url))
        self._links += len(page.links)
        self.list_found = self.list_found or holds_list
        self.own_found = self.own_found or (holds_list and not self.is_of_others(lead.column))
        is_fruit = lead.is_known or (holds_list and is_news)
        self._fruitless += not is_fruit
        found = [way for way in self._ways.on_from(lead, page, more, holds_list=holds_list) if self._push(way)]
        self._patience.weigh(lead, found, is_fruit=is_fruit)

    def fail(self, lead: Lead) -> None:
        """Take in that a lead could not be had. Some products have a page in a folder, and none for the folder."""
        self._fruitless += not lead.is_known
        found = []
        if page := page_in_folder(lead.url):
            points = min(lead.points, weights().column_from)
            found = [replace(lead, url=page, points=points, source=lead.url)]
            self._push(found[0])
        self._patience.weigh(lead, found, is_fruit=False)

    def _push(self, lead: Lead) -> bool:
        """Take a lead in; False where it was seen before, or is of no use."""
        page = folder_page(lead.url)
        if page in self._seen or (lead.of_others and self._asked_lately(lead.url)) or self._patience.is_lost(lead):
            return False
        if lead.of_others and self._waiting is not None:
            self._waiting.append(lead)
            return True
        self._seen.add(page)
        heapq.heappush(self._queue, (-lead.points, next(self._order), lead))
        return True
