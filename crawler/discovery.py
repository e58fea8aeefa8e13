"""Finding the report lists from the home page: which lead to follow next, best first, and when to give up.

Nothing here asks for a page: the visit does, and tells what it found.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import count

from crawler.addresses import folder_page
from crawler.links import Link, join
from crawler.pages import FEW_LINKS, Page
from crawler.rows import is_article
from crawler.scoring import inside_points, page_in_folder, score, weights

SEED_POINTS = 1000


@dataclass(frozen=True, slots=True)
class Lead:
    """A page worth asking for, and where the link to it was found.

    ``in_column`` says that it was reached as, or through, the annual report's column.
    """

    url: str
    label: str
    points: int
    depth: int = 0
    in_column: bool = False
    source: str = ""

    @property
    def evidence(self) -> str:
        """How the way came here, for people."""
        if self.is_seed or not self.label:
            return self.source
        return f"link “{self.label}” on {self.source} ({self.points} points)"

    @property
    def is_seed(self) -> bool:
        """Whether the visit began here."""
        return self.points == SEED_POINTS


class Search:
    """A best-first search over one portal; leads come out by points, then in the order they were seen."""

    def __init__(self, belongs: Callable[[str], bool]) -> None:
        self._belongs = belongs
        self._queue: list[tuple[int, int, Lead]] = []
        self._order = count()
        self._seen: set[str] = set()
        self._fruitless = 0
        self._links = 0
        self.list_found = False

    def seed(self, url: str, label: str, *, in_column: bool) -> None:
        """Begin at this address."""
        self._push(Lead(url, label, SEED_POINTS, in_column=in_column, source="registry"))

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

    def next(self) -> Lead | None:
        """The best lead that is still worth a request; None when the search is over."""
        if not self._queue or self._fruitless >= weights().fruitless:
            return None
        lead = heapq.heappop(self._queue)[2]
        threshold = weights().column_from if self.list_found else weights().hub_from
        return lead if lead.points >= threshold else None

    def learn(self, lead: Lead, page: Page, *, holds_list: bool, more: Sequence[Link] = ()) -> None:
        """Take in a page that was asked for: whether it is a list, and where its links lead.

        ``more`` are lists that it knows of and has no link to.
        """
        self._seen.add(folder_page(page.url))
        self._links += len(page.links)
        if holds_list:
            self.list_found = True
        else:
            self._fruitless += 1
        if lead.in_column and lead.depth >= weights().deepest:
            return
        for link in (*page.links, *more):
            if link.is_frame and lead.in_column and not holds_list:
                self._look_inside(link, lead, page)
            else:
                self._consider(link, lead, page)

    def fail(self, lead: Lead) -> None:
        """Take in that a lead could not be had. Some products have a page in a folder, and none for the folder."""
        self._fruitless += 1
        if page := page_in_folder(lead.url):
            points = min(lead.points, weights().column_from)
            self._push(replace(lead, url=page, points=points, source=lead.url))

    def _look_inside(self, frame: Link, lead: Lead, page: Page) -> None:
        """A frame in a column without rows may be the column itself, from the portal or from its parent city."""
        if self._belongs(frame.url) and not is_article(frame.url):
            label = frame.label or lead.label
            self._push(Lead(frame.url, label, lead.points - 1, lead.depth, in_column=True, source=page.url))

    def _consider(self, link: Link, lead: Lead, page: Page) -> None:
        points = score(link) + (inside_points(link, page) if lead.in_column else 0)
        if points < weights().hub_from or not self._belongs(link.url):
            return
        is_column = points >= weights().column_from
        if not is_column and lead.depth >= weights().deepest:
            return
        deeper = 0 if link.is_frame else 1  # what a frame holds is part of the page
        depth = 0 if is_column and not lead.in_column else lead.depth + deeper
        self._push(Lead(link.url, link.label, points, depth, in_column=is_column, source=page.url))

    def _push(self, lead: Lead) -> None:
        if (page := folder_page(lead.url)) not in self._seen:
            self._seen.add(page)
            heapq.heappush(self._queue, (-lead.points, next(self._order), lead))
