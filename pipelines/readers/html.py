"""HTML into a ``Document``: lexbor parses as browsers do, spans are expanded, hidden copies are dropped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipelines.document import Block, Document, Grid, Paragraph, rows_joined
from pipelines.readers.attached import attachments
from pipelines.readers.encoding import Decoded, decode
from pipelines.readers.kinds import Kind
from pipelines.readers.made_tables import MadeTable, grid_of
from pipelines.readers.marks import PICTURE, is_label
from pipelines.readers.mojibake import undo
from pipelines.readers.spans import SourceCell, lay_out
from pipelines.readers.visible import Visible

_NO_PROSE = frozenset({"select", "textarea", "svg"})
_LINES_IN_CELLS = frozenset(
    {"p", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd"}
    | {"section", "article", "header", "footer", "ul", "dl"}
)
_LINES_OF_LAYOUT = "tr, td, th, table"
_HEADINGS = ("h1", "h2", "h3", ".title", ".article_title", ".xl_title", ".bt", "ucaptitle")
_TEMPLATE_REMAINDER = re.compile(r"\{\{|\}\}|<%|\$\w+\.|<!--")
_INNERMOST_TABLES = "table:not(:has(table))"
_TABLE_MARK, _PICTURE_MARK = "\ue001", "\ue002"
_PICTURE = re.compile(f"{_PICTURE_MARK}([^{_PICTURE_MARK}]*){_PICTURE_MARK}")
_SECTION = re.compile(r"\s*[一二三四五六]\s*、")

_CELLS = frozenset(cell.tag_id for cell in LexborHTMLParser("<table><td><th>").css("td, th"))  # told faster than names

ReadText = Callable[[LexborNode], str]


def read_text(cell: LexborNode) -> str:
    """The text of a cell. A picture is noted where a figure may be in it, not beside a label."""
    text = cell.text_lexbor().strip()
    return words if PICTURE in text and is_label(words := text.replace(PICTURE, "")) else text


def read_html(data: bytes, read: ReadText = read_text) -> Document:
    """Read the bytes of a page, the text of each of its cells by ``read``.

    A table that holds other tables is layout: only the inner ones become grids. A heading that is nothing but a link
    leads to another page, and is none of this one.
    """
    decoded = undo(decode(data), Kind.HTML)
    markup = _markup(decoded)
    tree = LexborHTMLParser(markup)
    meta = _meta(tree)
    page_title = _text(tree.css_first("title"))
    visible = Visible(tree, markup)
    visible.mark_page()
    headings = _headings(visible.named(tree.root, _HEADINGS)) if tree.root is not None else []
    attached = attachments(tree, visible.tags)
    blocks, pictures = _blocks(tree, visible, read)
    return Document(
        blocks=blocks,
        meta=meta,
        page_title=page_title,
        headings=headings,
        pictures=pictures,
        attachments=attached,
        hidden=visible.hidden,
    )


def _markup(decoded: Decoded) -> bytes:
    """The text in UTF-8, without the characters that are marks of ours, and without zeros."""
    text, markup = decoded.text, decoded.utf8
    if markup is None or _TABLE_MARK in text or _PICTURE_MARK in text:
        markup = text.replace(_TABLE_MARK, "").replace(_PICTURE_MARK, "").encode(errors="replace")
    return markup.replace(b"\0", b"")


def _meta(tree: LexborHTMLParser) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree.css("meta[name]"):
        attributes = node.attributes
        name = (attributes.get("name") or "").strip().lower()
        content = (attributes.get("content") or "").strip()
        if content and not _TEMPLATE_REMAINDER.search(content):
            found.setdefault(name, content)
    return found


def _headings(nodes: Iterable[LexborNode]) -> list[str]:
    return [text for node in nodes if (text := _text(node)) and _text(node.css_first("a")) != text]


def _blocks(tree: LexborHTMLParser, visible: Visible, read: ReadText) -> tuple[list[Block], list[str]]:
    """Put marks where tables and pictures stood, break the text at every element that starts a line, and split.

    Gives the blocks, and the addresses of the pictures between the first and the last section heading.
    """
    if tree.body is None:
        return [], []
    made = visible.made_tables(tree.body)
    _break_lines_in_cells(tree.body, visible.tags)
    grids = [_made_grid(table, number, visible) for number, table in enumerate(made)]
    for table in tree.body.css(_INNERMOST_TABLES):
        inside = "".join(map(_picture, _all("img[src]", table, visible.tags)))
        visible.mark_cells(table)
        caption = "".join(map(_text, _all("caption", table, visible.tags)[:1]))
        if (grid := _grid(table, read)) is not None:
            table.replace_with(f"\n{caption}\n{_TABLE_MARK}{len(grids)}\n{inside}\n")
            grids.append(grid)
    for tag in _NO_PROSE:
        for node in _all(tag, tree.body, visible.tags):
            node.decompose()
    for node in tree.body.css(_LINES_OF_LAYOUT):
        _break_lines(node)
    for node in _all("img[src]", tree.body, visible.tags):
        node.replace_with(_picture(node))
    lines = [stripped for line in tree.body.text_lexbor().split("\n") if (stripped := line.strip())]
    pictures = _pictures(lines)
    bare = (_PICTURE.sub("", line).strip() if _PICTURE_MARK in line else line for line in lines)
    blocks = (grids[int(line[1:])] if line.startswith(_TABLE_MARK) else Paragraph(line) for line in bare if line)
    return rows_joined(blocks), pictures


def _pictures(lines: Sequence[str]) -> list[str]:
    headings = [number for number, line in enumerate(lines) if _SECTION.match(line)]
    body = lines[headings[0] : headings[-1]] if headings else []
    return list(dict.fromkeys(_PICTURE.findall("\n".join(body))))


def _picture(picture: LexborNode) -> str:
    """The address of a picture between marks; of one that is written into the page, only its type."""
    address = " ".join((picture.attributes.get("src") or "").split())
    return f"{_PICTURE_MARK}{address.partition(',')[0] if address.startswith('data:') else address}{_PICTURE_MARK}"


def _break_lines_in_cells(body: LexborNode, tags: frozenset[str]) -> None:
    """Break the text at every element that starts a line in a cell.

    The one paragraph of a cell, as most cells have it, starts and ends none: its text is the cell's.
    """
    for node in body.css(", ".join(_LINES_IN_CELLS & tags) or "br"):
        around = node.parent
        if around is None or around.tag_id not in _CELLS or node.prev is not None or node.next is not None:
            _break_lines(node)


def _break_lines(node: LexborNode) -> None:
    node.insert_after("\n")
    node.insert_before("\n")


def _all(selector: str, within: LexborNode, tags: frozenset[str]) -> list[LexborNode]:
    return within.css(selector) if selector.partition("[")[0] in tags else []


def _grid(table: LexborNode, read: ReadText) -> Grid | None:
    """The grid of a table; every cell of one is inside a row, whatever the markup says."""
    spanning = {cell.mem_id: _spans(cell) for cell in table.css("[rowspan], [colspan]")}
    rows: list[list[SourceCell]] = []
    row: list[SourceCell] = []
    for node in table.css("tr, td, th"):
        if node.tag_id in _CELLS:
            tall, wide = spanning.get(node.mem_id, (None, None))
            row.append((read(node), tall, wide))
        else:
            rows.append(row := [])
    return lay_out(rows) if any(rows) else None


def _spans(cell: LexborNode) -> tuple[str | None, str | None]:
    attributes = cell.attributes
    return attributes.get("rowspan"), attributes.get("colspan")


def _made_grid(table: MadeTable, number: int, visible: Visible) -> Grid:
    visible.mark_cells(table.node, table.cells)
    rows = [[(read_text(cell), cell) for cell in row] for row in table.rows]
    table.node.replace_with(f"\n{_TABLE_MARK}{number}\n")
    return grid_of(rows)


def _text(node: LexborNode | None) -> str:
    return "" if node is None else node.text_lexbor().strip()
