"""The ways on from a page: which of its links are worth a request, and what is known of where each leads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from crawler.addresses import folder_page
from crawler.links import Link
from crawler.organs import Organ, organ_of
from crawler.pages import FEW_LINKS, Page
from crawler.rows import is_article, is_report_row
from crawler.scoring import inside_points, names_a_part, score, weights
from pipelines.placenames import Division

SEED_POINTS = 1000


@dataclass(frozen=True, slots=True)
class Lead:
    """A page worth asking for, and where the link to it was found.

    ``in_column`` says that it was reached as, or through, the annual report's column; ``through`` is the body or level
    whose page led here, where the label itself names none; ``of_others`` says that it is one of the departments' and
    towns', which wait until the government's own lists have been looked for.
    """

    url: str
    label: str
    points: int
    depth: int = 0
    in_column: bool = False
    source: str = ""
    through: str = ""
    of_others: bool = False

    @property
    def column(self) -> str:
        """What the list is called that is found here: by its label, or by the body whose page the way led through."""
        return self.through or self.label

    @property
    def evidence(self) -> str:
        """How the way came here, for people."""
        if self.is_seed or not self.label:
            return self.source
        return f"link “{self.label}” on {self.source} ({self.points} points)"

    @property
    def is_known(self) -> bool:
        """Whether it is a list, or a column that led on to some, of an earlier night."""
        return self.is_seed and self.in_column

    @property
    def is_seed(self) -> bool:
        """Whether the visit began here."""
        return self.points == SEED_POINTS


ENTER = re.compile(r"(?:(?:点击)?进入.{0,12}|.{0,12}(?:首页|主页|网站|门户|官网)|enter)?", re.IGNORECASE)
MORE = re.compile(r"\W*(?:查看)?(?:更多|more)\W*", re.IGNORECASE)


class Ways:
    """Reads them from the links of pages. Only addresses that ``belongs`` knows are any."""

    def __init__(self, belongs: Callable[[str], bool], division: Division | None = None) -> None:
        self._belongs = belongs
        self._division = division

    def organ(self, label: str) -> Organ | None:
        """The body, or the level, of this portal that a label names."""
        return organ_of(label, self._division)

    def on_from(self, lead: Lead, page: Page, more: Sequence[Link], *, holds_list: bool) -> Iterator[Lead]:
        """Where the links of a page lead, and those to ``more`` lists that it knows of, in its order."""
        if lead.in_column and lead.depth >= weights().deepest:
            return
        inside = lead.in_column and not holds_list
        links = self._weighed((*page.links, *more), lead, page, holds_list=holds_list)
        host = urlsplit(page.url).netloc  # a body's own site is no page of the portal
        names = self._names(lead, [(link, points) for link, points in links if urlsplit(link.url).netloc == host])
        for link, points in links:
            is_column = points >= weights().column_from
            if link.is_frame and inside:
                if not is_article(link.url):  # the column itself, from the portal or from its parent city
                    found = Lead(link.url, link.label or lead.label, lead.points - 1, lead.depth, in_column=True)
                    yield self._told(found, lead, page)
            elif link.url in names:
                is_own = names[link.url].is_own  # and so wanted as long as no list is known
                worth = weights().hub_from if is_own else weights().column_from
                found = Lead(link.url, link.label, worth, lead.depth + 1, inside, of_others=not is_own)
                yield self._told(found, lead, page)
            elif lead.of_others and link.label in weights().hub.labels and self.organ(lead.label):
                found = Lead(link.url, link.label, weights().column_from, lead.depth + 1, of_others=True)
                yield self._told(found, lead, page)
            elif is_column or (points >= weights().hub_from and lead.depth < weights().deepest):
                deeper = 0 if link.is_frame else 1  # what a frame holds is part of the page
                depth = 0 if is_column and not lead.in_column else lead.depth + deeper
                yield self._told(Lead(link.url, link.label, points, depth, is_column), lead, page)

    def _weighed(self, links: Sequence[Link], lead: Lead, page: Page, *, holds_list: bool) -> list[tuple[Link, int]]:
        """The links that belong to the portal and are no other views of a list, with the points of each."""
        here = folder_page(urlsplit(page.url).path) if holds_list else None
        beside = _beside_rows(page) if holds_list and not lead.in_column else frozenset()
        return [
            (link, weights().column_from if link.url in beside else self._points(link, lead, page))
            for link in links
            if self._belongs(link.url) and not (here and self._is_another_view(link, here))
        ]

    def _is_another_view(self, link: Link, path: str) -> bool:
        """Whether a link shows a list again, in another order or language, or for printing."""
        if folder_page(urlsplit(link.url).path) != path:
            return False
        is_column = weights().column.points(link.label, "") > 0  # many products have one path for all of them
        return not (is_column or self.organ(link.label) or names_a_part(link.label))

    def _points(self, link: Link, lead: Lead, page: Page) -> int:
        if not lead.in_column and link.label in weights().column.labels and is_article(link.url):
            return weights().column_from  # it may be a report, and it may be a page that lists them
        is_entrance = lead.is_seed and len(page.links) <= FEW_LINKS and bool(ENTER.fullmatch(link.label))
        return max(score(link), weights().hub_from * is_entrance) + (inside_points(link, page) if lead.in_column else 0)

    def _names(self, lead: Lead, links: Sequence[tuple[Link, int]]) -> dict[str, Organ]:
        """The bodies behind the addresses that only their names lead to.

        Mere names count where several make a list, and beyond the home page.
        """
        if lead.depth >= weights().deepest:
            return {}
        named = [(link, organ, points) for link, points in links if (organ := self._named(link, points))]
        is_list = len(named) >= weights().bodies.fewest and (lead.in_column or lead.depth > 0)
        sure = (is_list or points >= weights().hub_from or "公开" in link.label for link, _, points in named)
        return {link.url: organ for (link, organ, _), is_sure in zip(named, sure, strict=True) if is_sure}

    def _named(self, link: Link, points: int) -> Organ | None:
        if points >= weights().column_from or link.is_frame or is_article(link.url):
            return None
        organ = self.organ(link.label)
        return None if organ is None or (organ.is_own and points >= weights().hub_from) else organ

    def _told(self, found: Lead, lead: Lead, page: Page) -> Lead:
        """A lead with where it was found, and whose list it leads to."""
        organ = self.organ(found.label)
        through = lead.column if organ is None and self.organ(lead.column) else ""
        theirs = organ is not None and not organ.is_own and not lead.in_column
        return replace(found, source=page.url, through=through, of_others=found.of_others or theirs)


def _beside_rows(page: Page) -> frozenset[str]:
    """Where 更多 leads that stands right before the first or behind the last report on the page of a hub."""
    rows = [at for at, link in enumerate(page.links) if is_report_row(link)]
    around = [page.links[at] for at in (rows[0] - 1, rows[-1] + 1) if 0 <= at < len(page.links)] if rows else []
    return frozenset(link.url for link in around if MORE.fullmatch(link.label))
