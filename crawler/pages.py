"""A page as the crawler sees it: its links with their full labels, its meta tags, its text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urldefrag, urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipelines.readers.encoding import decode
from pipelines.text import squeeze

HIDDEN = "script, style, template, noscript, [hidden], [style*='display:none' i], [style*='display: none' i]"
TEMPLATE_REMAINDER = re.compile(r"\{\{|\}\}|<%|\$\w")
MOBILE_TWIN = re.compile(r"_wap\.s?html?$")
SCRIPTED_ADDRESS = re.compile(r"""['"]([^'"\s]*/[^'"\s]*|[^'"\s]+\.(?:s?html?|pdf|docx?))['"]""")
CUT = re.compile(r"(?:…|\.{2,})+$")
DATE = re.compile(r"((?:19|20)\d\d)\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Link:
    """An address and what labels it; ``date`` is the ISO date printed beside it; a frame is shown inside the page."""

    url: str
    label: str
    date: str | None = None
    is_frame: bool = False


@dataclass(slots=True)
class _Tree:
    meta: dict[str, str] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    title: str = ""


class Page:
    """A received HTML page. Links come absolute, without fragment, each address once, template remainders left out."""

    def __init__(self, url: str, body: bytes) -> None:
        self.url = url
        self.size = len(body)
        self.source = decode(body).text

    @property
    def meta(self) -> dict[str, str]:
        """Content of the meta tags by lower-case name; empty and unexpanded ones are missing."""
        return self._tree.meta

    @property
    def links(self) -> list[Link]:
        """The visible links, in the order of the page."""
        return self._tree.links

    @property
    def title(self) -> str:
        """What the page calls itself: the column of its meta tags, else its title."""
        return self.meta.get("columnname") or self._tree.title

    @cached_property
    def _tree(self) -> _Tree:
        parser = LexborHTMLParser(self.source)
        meta = _meta(parser)
        base = _base(parser, self.url)
        title = _text(parser.css_first("title"))
        for node in parser.css(HIDDEN):
            node.decompose()
        return _Tree(meta, _links(parser, base), title)


def _meta(parser: LexborHTMLParser) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in parser.css("meta[name]"):
        content = (node.attributes.get("content") or "").strip()
        if content and not TEMPLATE_REMAINDER.search(content):
            found.setdefault((node.attributes.get("name") or "").strip().lower(), content)
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
    if address and not address.lower().startswith("javascript:") and not address.startswith("#"):
        return address
    scripted = SCRIPTED_ADDRESS.search(node.attributes.get("onclick") or "")
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
        match = DATE.search(_text(around).replace(label, " "))
        if match:
            year, month, day = (int(part) for part in match.groups())
            return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None
        around = around.parent
    return None


def _text(node: LexborNode | None) -> str:
    return "" if node is None else node.text(deep=True, separator=" ").strip()
