"""A page as the crawler sees it: its links with their full labels, its meta tags, its text, or the data it is."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.asks import Ask
from crawler.rowdates import row_date, scripted_date
from pipelines.readers.encoding import decode
from pipelines.text import squeeze

HIDDEN = (
    "script, style, template, noscript, [hidden], [style*='display:none' i], [style*='display: none' i], "
    "[v-for], [ms-repeat], [ms-for], [ng-repeat]"
)
TEMPLATE_REMAINDER = re.compile(r"\{\{|\}\}|<%|\$\w")
MOBILE_TWIN = re.compile(r"_wap\.s?html?$")
SCRIPTED_ADDRESS = re.compile(r"""['"]([^'"\s]*/[^'"\s]*|[^'"\s]+\.(?:s?html?|pdf|docx?))['"]""")
CUT = re.compile(r"(?:…|\.{2,})+$")
APPLICATION = re.compile(
    r"""<div[^>]*\bid=["']?(?:app|root|__nuxt|main-app)["']?[^>]*>(?:\s|<!--.*?-->|<div[^>]*>|</div>)*<""", re.DOTALL
)
BUNDLE = re.compile(
    r"""<script[^>]+src=["']?[^"'>]*(?:/js/(?:app|chunk|vendors?|index|main)[\w.~-]*|/assets/[\w.-]+|umi[\w.-]*|bundle[\w.-]*)\.js"""
)
FEW_LINKS = 3
JSONP = re.compile(r"^\s*[\w$.]+\s*\((.*)\)\s*;?\s*$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Link:
    """An address and what labels it.

    ``date`` is the ISO date printed beside it; a frame is shown inside the page; ``source`` is the publisher where the
    list names one for each row.
    """

    url: str
    label: str
    date: str | None = None
    is_frame: bool = False
    source: str = ""


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
        self.source = decode(body).text

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
        host = urlsplit(self.url).netloc
        return "\n".join(path_of(link.url) for link in self.links if urlsplit(link.url).netloc == host)

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
        try:
            return json.loads(wrapped[1] if wrapped else self.source.lstrip("\ufeff"))
        except ValueError:
            return None

    @cached_property
    def text(self) -> str:
        """The visible words of the page, without markup."""
        return _text(_visible(self.source).body)

    def links_in(self, html: str) -> list[Link]:
        """The links in a piece of HTML that this page holds or brings, as if it stood on the page."""
        return _links(_visible(html), self.url)

    @cached_property
    def _tree(self) -> _Tree:
        parser = LexborHTMLParser(self.source)
        meta, inputs, base = _meta(parser), _inputs(parser), _base(parser, self.url)
        title = _text(parser.css_first("title"))
        _hide(parser)
        return _Tree(meta, inputs, _links(parser, base), title)


def path_of(url: str) -> str:
    """Path and query of an address: what is the portal's own doing, without scheme and host."""
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


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
    return url if node is None else _join(url, node.attributes.get("href") or "") or url


def _links(parser: LexborHTMLParser, base: str) -> list[Link]:
    found: dict[str, Link] = {}
    for node in parser.css("a, area, iframe[src], frame[src]"):
        url = _join(base, _address(node))
        label = _label(node)
        if not url or TEMPLATE_REMAINDER.search(url + label) or MOBILE_TWIN.search(url):
            continue
        known = found.get(url)
        if known is None or len(label) > len(known.label):
            date = (known and known.date) or _date_beside(node, label)
            found[url] = Link(url, label, date, node.tag in ("iframe", "frame"))
    return list(found.values())


def _address(node: LexborNode) -> str:
    """The address in ``href`` or ``src``, or the one a script would open."""
    address = (node.attributes.get("href") or node.attributes.get("src") or "").strip()
    is_script = address.lower().startswith("javascript:")
    if address and not is_script and not address.startswith("#"):
        return address
    scripts = (node.attributes.get("onclick") or "", address if is_script else "")
    scripted = next((match for script in scripts if (match := SCRIPTED_ADDRESS.search(script))), None)
    return scripted.group(1) if scripted else node.attributes.get("data-url") or ""


def _join(base: str, address: str) -> str:
    try:
        url = urldefrag(urljoin(base, address)).url if address else ""
    except ValueError:  # not an address at all, such as http://[年报]
        return ""
    return url if url.startswith(("http://", "https://")) else ""


def _label(node: LexborNode) -> str:
    """The ``title`` where the text repeats it or cuts it with an ellipsis; else the text, or a picture's name."""
    text, title = squeeze(_text(node)), squeeze(node.attributes.get("title") or "")
    if title and (title in text or title.startswith(CUT.sub("", text))):
        return title
    return text or title or "".join(squeeze(picture.attributes.get("alt") or "") for picture in node.css("img"))


def _date_beside(node: LexborNode, label: str) -> str | None:
    """The date in the smallest element around the link that prints one and holds no other row."""
    around: LexborNode | None = node
    for _ in range(4):
        if around is None or around.tag in ("body", "html", "ul", "tbody", "table") or len(around.css("a")) > 1:
            return None
        printed = row_date(_text(around).replace(label, " "))
        if printed.found:
            return printed.date
        around = around.parent
    return None


def _text(node: LexborNode | None) -> str:
    return "" if node is None else node.text(deep=True, separator=" ").strip()
