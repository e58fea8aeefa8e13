"""A page as the crawler sees it: its links with their full labels, its meta tags, its text, or the data it is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any, TypeVar
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.asks import Ask
from crawler.flattening import flattened
from crawler.links import MOST_LINKS, TEMPLATE_REMAINDER, Link, join, links_of, text_of
from crawler.rowdates import scripted_date
from crawler.scripted import Functions
from pipelines.readers import is_deep, is_monstrous
from pipelines.readers.encoding import decode
from pipelines.titles import parse_title

HIDDEN = "script, style, template, noscript, [v-for], [ms-repeat], [ms-for], [ng-repeat]"
FOLDED = "[hidden], [style*='display:none' i], [style*='display: none' i]"
"""What a visitor does not see, and what he may see after a click."""
APPLICATION = re.compile(
    r"""<div[^>]*\bid=["']?(?:app|root|__nuxt|main-app)["']?[^>]*>(?:\s|<!--[^>]{0,200}-->|<div[^>]*>|</div>)*"""
    r"""(?:<(?:script|noscript|style|link|/body|/html)\b|$)"""
)
BUNDLE = re.compile(
    r"""<script[^>]+src=["']?[^"'>]*(?:/js/(?:app|chunk|vendors?|index|main)|/assets/|umi|bundle)[\w.~-]*\.js"""
)
FEW_LINKS = 3
MOST_CHARACTERS = 1_000_000
LONGEST_CHARACTER = 3  # bytes, of Chinese in UTF-8
ENOUGH_LINKS = 1000  # to know a product by
Found = TypeVar("Found")
JSONP = re.compile(r"^\s*[\w$.]+\s*\((.*)\)\s*;?\s*$", re.DOTALL)


@dataclass(slots=True)
class _Tree:
    meta: dict[str, str] = field(default_factory=dict)
    inputs: dict[str, str] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    title: str = ""


class Page:
    """A received page. Links come absolute, without fragment, each address once, template remainders left out.

    ``ask`` is the request that it answers; an answer that is no HTML has ``data`` or pieces of HTML for ``links_in``.
    """

    def __init__(self, url: str, body: bytes, ask: Ask | None = None) -> None:
        self.url = url
        self.ask = ask or Ask(url)
        self.size = len(body)
        self._known: dict[Hashable, Any] = {}
        source = decode(body[: MOST_CHARACTERS * LONGEST_CHARACTER]).text[:MOST_CHARACTERS]
        self.source = flattened(source) if _is_too_much(source.encode()) else source

    def once(self, what: Hashable, find: Callable[[], Found]) -> Found:
        """What ``find`` finds, which is looked for once however often it is asked for; it is not to be changed."""
        if what not in self._known:
            self._known[what] = find()
        found: Found = self._known[what]
        return found

    @property
    def meta(self) -> dict[str, str]:
        """Content of the meta tags by lower-case name; empty and unexpanded ones are missing."""
        return self._tree.meta

    @property
    def inputs(self) -> dict[str, str]:
        """Values of the input fields by name, or by id where they have none; the first of a name."""
        return self._tree.inputs

    @property
    def links(self) -> list[Link]:
        """The visible links, in the order of the page."""
        return self._tree.links

    @property
    def title(self) -> str:
        """What the page calls itself: the column of its meta tags, else its title."""
        return self.meta.get("columnname") or self._tree.title

    @cached_property
    def paths(self) -> str:
        """Path and query of the links that stay on the page's host, one a line: what tells a product by its shapes."""
        host = f"//{urlsplit(self.url).netloc}/"
        here = (link.url.partition(host)[2] for link in self.links if host in link.url)
        return "\n".join(f"/{path}" for path in islice(here, ENOUGH_LINKS))

    @cached_property
    def is_application(self) -> bool:
        """Whether the page is the empty shell of an application that scripts build in the browser."""
        return bool(len(self.links) <= FEW_LINKS and APPLICATION.search(self.source) and BUNDLE.search(self.source))

    @cached_property
    def data(self) -> Any:
        """The value of a page that is JSON or JSONP; None for any other."""
        start = self.source.lstrip("\ufeff \r\n\t")[:1]
        wrapped = None if start in "{[<" else JSONP.match(self.source)
        if not wrapped and start not in ("{", "["):
            return None
        return parsed(wrapped[1] if wrapped else self.source.lstrip("\ufeff"))

    @cached_property
    def text(self) -> str:
        """The visible words of the page, without markup."""
        return text_of(_visible(self.source).body)

    def links_in(self, html: str) -> list[Link]:
        """The links in a piece of HTML that this page holds or brings, as if it stood on the page."""
        return links_of(_visible(html), self.url)

    @cached_property
    def _tree(self) -> _Tree:
        parser = LexborHTMLParser(self.source)
        meta, inputs, base = _meta(parser), _inputs(parser), _base(parser, self.url)
        title = text_of(parser.css_first("title"))
        functions = Functions(" ".join(node.text(deep=True) for node in parser.css("script:not([src])")))
        _hide(parser)
        return _Tree(meta, inputs, links_of(parser, base, functions), title)


def _is_too_much(source: bytes) -> bool:
    """Whether parsing a page may keep every other portal waiting."""
    return is_monstrous(source) or is_deep(source)


def parsed(text: str) -> Any:
    """The value of a text that is JSON; None for any other, and for one without an end inside."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def path_of(url: str) -> str:
    """Path, query and route of an address: what is the portal's own doing, without scheme and host."""
    parts = urlsplit(url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return f"{path}#{parts.fragment}" if parts.fragment else path


def _visible(html: str) -> LexborHTMLParser:
    parser = LexborHTMLParser(html)
    _hide(parser)
    return parser


def _hide(parser: LexborHTMLParser) -> None:
    """Take out what a visitor does not see; a date that a script would write takes the place of the script."""
    for node in parser.css(HIDDEN):
        date = scripted_date(node.text(deep=True)) if node.tag == "script" else None
        if date:
            node.replace_with(f" {date} ")
        else:
            node.decompose()
    folded = parser.css(FOLDED)
    links = parser.css("a")[:MOST_LINKS] if folded else []
    of_reports = {part for link in links if _is_of_report(link) for part in _around(link)}
    folded = [node for node in folded if node.mem_id not in of_reports]
    gone = {node.mem_id for node in folded}
    for node in [node for node in folded if gone.isdisjoint(_around(node))]:  # what holds them takes others along
        node.decompose()


def _around(node: LexborNode) -> Iterator[int]:
    """The elements that hold this one."""
    while (parent := node.parent) is not None:
        node = parent
        yield node.mem_id


def _is_of_report(link: LexborNode) -> bool:
    """Whether a link in a part that is folded away, as the tabs of years and levels are, is the row of a report."""
    title = parse_title(link.attributes.get("title") or "") or parse_title(text_of(link))
    return title is not None and title.says_whose


def _meta(parser: LexborHTMLParser) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in parser.css("meta[name]"):
        content = (node.attributes.get("content") or "").strip()
        if content and not TEMPLATE_REMAINDER.search(content):
            found.setdefault((node.attributes.get("name") or "").strip().lower(), content)
    return found


def _inputs(parser: LexborHTMLParser) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in parser.css("input"):
        name = node.attributes.get("name") or node.attributes.get("id")
        if name:
            found.setdefault(name, node.attributes.get("value") or "")
    return found


def _base(parser: LexborHTMLParser, url: str) -> str:
    node = parser.css_first("base[href]")
    return url if node is None else join(url, node.attributes.get("href") or "") or url
