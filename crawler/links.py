"""The links of a page as real portals write them: scripted, cut short, dated in many ways, left over from templates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urldefrag

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.addresses import absolute
from crawler.rowdates import row_date
from crawler.scripted import Functions
from pipelines.text import squeeze
from pipelines.titles import parse_title

TEMPLATE_REMAINDER = re.compile(r"\{\{|\}\}|<%|\$\w")
LINKS = ("a", "area", "iframe", "frame")
HELD = ("data-url", "data-href")
OPENING = ":is(li, tr, td, dd, div, p, span):is([onclick], [data-url], [data-href]), select[onchange] option[value]"
"""Elements that open a page though they are no links, and the attributes that may hold its address."""
CHOSEN = re.compile(r"this\.value|this\.options\[this\.selectedIndex\]\.value")
LONGEST_ROW = 200  # characters of an element that is one row
MOST_LINKS = 5000  # on a page; no list of reports comes near
MOBILE_TWIN = re.compile(r"_wap\.s?html?$")
ROUTE = re.compile(r"!?/.")
OPENS = re.compile(
    r"[\[(【]?(?:点击)?(?:查看|浏览|阅读|下载|打开)?(?:详情|详细|全文|原文|内容|附件|文件)?[\])】]?|more|view|pdf|word",
    re.IGNORECASE,
)
"""The label, or none, of a link that only opens what stands beside it."""
CUT = re.compile(r"(?:…|\.{2,})+$")


@dataclass(frozen=True, slots=True)
class Link:
    """An address and what labels it; ``date`` is the ISO date printed beside it; a frame is shown inside the page."""

    url: str
    label: str
    date: str | None = None
    is_frame: bool = False


def links_of(parser: LexborHTMLParser, base: str, functions: Functions | None = None) -> list[Link]:
    """The links of a parsed page, absolute, each address once; what a script left unfilled is none."""
    functions = functions or Functions()
    found: dict[str, Link] = {}
    for node in parser.css(f"a, area, iframe[src], frame[src], {OPENING}")[:MOST_LINKS]:
        url = join(base, _address(node, functions))
        label = _label(node)
        if node.tag not in LINKS and (len(label) > LONGEST_ROW or node.css_first("a")):
            continue
        if not url or TEMPLATE_REMAINDER.search(url + label) or MOBILE_TWIN.search(url):
            continue
        known = found.get(url)
        if known is None or len(label) > len(known.label):
            date = (known and known.date) or _date_beside(node, label if node.tag in LINKS else "")
            found[url] = Link(url, label, date, node.tag in ("iframe", "frame"))
    return list(found.values())


def _address(node: LexborNode, functions: Functions) -> str:
    """The address in ``href`` or ``src``, or the one a script would open."""
    address = (node.attributes.get("href") or node.attributes.get("src") or "").strip()
    is_script = address.lower().startswith("javascript:")
    is_place = address.startswith("#") and not ROUTE.match(address[1:])
    if address and not is_script and not is_place:
        return address
    scripts = (node.attributes.get("onclick") or "", address if is_script else "", _choice(node))
    scripted = next((found for script in scripts if (found := functions.address(script))), "")
    return scripted or next((value for name in HELD if (value := node.attributes.get(name))), "")


def _choice(node: LexborNode) -> str:
    """What the choice of an option runs: the script of its list, with the value of the option in it."""
    if node.tag != "option" or node.parent is None:
        return ""
    return CHOSEN.sub(repr(node.attributes.get("value") or ""), node.parent.attributes.get("onchange") or "")


def join(base: str, address: str) -> str:
    """The absolute address without its fragment; empty for anything that http cannot ask for.

    A fragment that is a route of an application, as in ``#/reports/12``, stays: it is a page of its own.
    """
    try:
        url, fragment = urldefrag(absolute(base, address)) if address else ("", "")
    except ValueError:  # not an address at all, such as http://[年报]
        return ""
    url = f"{url}#{fragment}" if ROUTE.match(fragment) else url
    return url if url.startswith(("http://", "https://")) else ""


def _label(node: LexborNode) -> str:
    """The ``title`` where the text repeats or cuts it, or only it is a report's; else the text, or a picture's name."""
    text, title = squeeze(text_of(node)), squeeze(node.attributes.get("title") or "")
    if title and (title in text or title.startswith(CUT.sub("", text)) or node.tag not in LINKS):
        return title
    if parse_title(title) and not parse_title(text):  # 查看详情
        return title
    if OPENS.fullmatch(text) and (in_row := _title_in_row(node)):
        return in_row
    return text or title or "".join(squeeze(picture.attributes.get("alt") or "") for picture in node.css("img"))


def _title_in_row(node: LexborNode) -> str:
    """The report's title that stands in the row of a table or list, beside its only link."""
    row = node.parent
    while row is not None and row.tag not in ("tr", "li", "dl", "table", "ul", "body"):
        row = row.parent
    if row is None or row.tag not in ("tr", "li", "dl") or len(row.css("a")) > 1:
        return ""
    cells = (squeeze(text_of(cell)) for cell in row.css("td, th, span, p, div, h3, h4, dt, dd"))
    return next((cell for cell in cells if len(cell) < LONGEST_ROW and parse_title(cell)), "")


def _date_beside(node: LexborNode, label: str) -> str | None:
    """The date in the smallest element around the link that prints one and holds no other row."""
    around: LexborNode | None = node
    for _ in range(4):
        if around is None or around.tag in ("body", "html", "ul", "tbody", "table") or len(around.css("a")) > 1:
            return None
        words = text_of(around)
        printed = row_date(words.replace(label, " ") if label else words)
        if printed.found:
            return printed.date
        around = around.parent
    return None


def text_of(node: LexborNode | None) -> str:
    """The words of an element, in one line."""
    return "" if node is None else node.text(deep=True, separator=" ").strip()
