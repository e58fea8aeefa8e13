"""HTML into a ``Document``: lexbor parses as browsers do, spans are expanded, hidden copies are dropped."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipelines.document import Block, Document, Grid, Paragraph
from pipelines.readers.encoding import decode
from pipelines.readers.kinds import Kind
from pipelines.readers.mojibake import undo
from pipelines.readers.spans import lay_out

_INVISIBLE = (
    "script, style, template, noscript, select, textarea, svg, [hidden], "
    "[style*='display:none' i], [style*='display: none' i], [style*='visibility:hidden' i]"
)
_LINES = "p, div, br, h1, h2, h3, h4, h5, h6, li, dt, dd, tr, td, th, section, article, header, footer, ul, dl, table"
_HEADINGS = "h1, h2, h3, .title, .article_title, .xl_title, .bt, ucaptitle"
_ATTACHMENT = re.compile(r"\.(?:pdf|docx?|wps|xlsx?|et|rtf|ofd|zip|rar)(?:$|[?#])", re.IGNORECASE)
_TEMPLATE_REMAINDER = re.compile(r"\{\{|\}\}|<%|\$\w+\.|<!--")
_TABLE_MARK = "\ue000"


def read_html(data: bytes) -> Document:
    """Read the bytes of a page.

    A table that holds other tables is layout: only the inner ones become grids.
    """
    decoded = undo(decode(data), Kind.HTML)
    tree = LexborHTMLParser(decoded.text.replace(_TABLE_MARK, ""))
    meta = _meta(tree)
    page_title = _text(tree.css_first("title"))
    for node in tree.css(_INVISIBLE):
        node.decompose()
    headings = [text for node in tree.css(_HEADINGS) if (text := _text(node))]
    pictures = [address for node in tree.css("img[src]") if (address := node.attributes.get("src"))]
    attachments = _attachments(tree)
    return Document(
        blocks=_blocks(tree),
        meta=meta,
        page_title=page_title,
        headings=headings,
        pictures=pictures,
        attachments=attachments,
        encoding=decoded.encoding,
        replaced_characters=decoded.replaced,
    )


def _meta(tree: LexborHTMLParser) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree.css("meta[name]"):
        name = (node.attributes.get("name") or "").strip().lower()
        content = (node.attributes.get("content") or "").strip()
        if content and not _TEMPLATE_REMAINDER.search(content):
            found.setdefault(name, content)
    return found


def _attachments(tree: LexborHTMLParser) -> list[str]:
    links = (node.attributes.get("href") or "" for node in tree.css("a[href]"))
    return list(dict.fromkeys(link for link in links if _ATTACHMENT.search(link)))


def _blocks(tree: LexborHTMLParser) -> list[Block]:
    """Break the text at every element that starts a line, put a mark where each table stood, and split."""
    if tree.body is None:
        return []
    for node in tree.body.css(_LINES):
        node.insert_after("\n")
        node.insert_before("\n")
    grids: list[Grid] = []
    for table in tree.body.css("table"):
        if len(table.css("table")) == 1 and (grid := _grid(table)) is not None:
            table.replace_with(f"\n{_TABLE_MARK}{len(grids)}\n")
            grids.append(grid)
    lines = (line.strip() for line in tree.body.text(deep=True, separator="").split("\n"))
    return [grids[int(line[1:])] if line.startswith(_TABLE_MARK) else Paragraph(line) for line in lines if line]


def _grid(table: LexborNode) -> Grid | None:
    rows = [
        [
            (cell.text(deep=True, separator="").strip(), cell.attributes.get("rowspan"), cell.attributes.get("colspan"))
            for cell in row.iter()
            if cell.tag in ("td", "th")
        ]
        for row in table.css("tr")
    ]
    return lay_out(rows) if any(rows) else None


def _text(node: LexborNode | None) -> str:
    return "" if node is None else node.text(deep=True, separator="").strip()
