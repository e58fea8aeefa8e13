"""What a browser shows of a page and plain text cannot say: hidden parts go, and marks say what is not plain text.

Raised digits become ``¹²``, struck characters are struck through, a figure in a control is read, and whatever not every
program shows, or no program here can read, is marked, so that no cell with it is taken for a plain figure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipelines.readers.looks import Look, Word, looks, words
from pipelines.readers.made_tables import MadeTable, made_tables
from pipelines.readers.marks import CONTROL, DOUBTFUL, PICTURE, doubtful, is_label, raised, struck
from pipelines.readers.mixed import has_trace, is_mixed
from pipelines.readers.stretches import tags_told
from pipelines.readers.stylesheet import FRAME, Styles
from pipelines.readers.tiny import Tiny

_NEVER_SHOWN = ("script", "style", "template", "noscript", "datalist", "rp", "[hidden]")
_CONTROLS = frozenset({"input", "select", "textarea"})
_UNREAD = frozenset({"checkbox", "radio", "password", "file", "image", "color", "range"})
_TABLES = frozenset({"table", "thead", "tbody", "tfoot"})
_STRUCK, _RAISED = ("s", "del", "strike"), ("sup", "sub", "rt")
_SEEN_NOT_SAID, _TURNED = "[aria-hidden='true' i]", ("bdo",)
_NO_TEXT = ("input", "select", "textarea", "img", "svg", "canvas", "object", "embed", "iframe", "video", "math")
_TAG = re.compile(rb"</?([a-z][a-z0-9]*)")
_MADE = (  # each begins with letters that are looked for at once
    re.compile(rb"display\s*:\s*(?:inline-)?table"),
    re.compile(rb"role\s*=\s*[\"']?(?:table|grid)"),
)


class Visible:
    """How the page of a tree looks. Its ``markup``, in UTF-8, is searched for traces first: few pages have any.

    ``hidden`` are the texts of the cells that were removed, since the page's own style hides them.
    """

    def __init__(self, tree: LexborHTMLParser, markup: bytes) -> None:
        self._tree = tree
        self._whole = markup
        told = tags_told(markup)
        self._styles = Styles(tree, has_sheets=b"<style" in told)
        self._markup = told + self._styles.sheet.lower().encode(errors="replace")
        self._said = words(self._markup)
        self.hidden: list[str] = []

    @cached_property
    def tags(self) -> frozenset[str]:
        """The names of the tags in the markup; a parser may have made other elements, such as ``tbody``, beside."""
        named = frozenset(map(bytes.decode, {*_TAG.findall(self._markup)}))
        return named | {"img"} if "image" in named else named  # as browsers do

    def named(self, within: LexborNode, selectors: Iterable[str]) -> list[LexborNode]:
        """What is found by selectors, each a tag, a class or an attribute, of which the markup has the names at all."""
        said = [each for each in selectors if each in self.tags or self._is_named(each)]
        return within.css(", ".join(said)) if said else []

    def _is_named(self, selector: str) -> bool:
        return not selector.isalnum() and selector.strip(".[]").encode() in self._markup

    @cached_property
    def _doubted(self) -> set[int]:
        """The elements whose style says that some programs show them and others do not."""
        told = self._styles.looking(self._words(Look.DOUBTFUL, Look.PALE))
        found = {node.mem_id for node, values in told if self._is_doubtful(node, looks(values))}
        return found | {node.mem_id for node in self._styles.unsure()}

    @cached_property
    def _may_be_mixed(self) -> bool:
        return has_trace(self._whole, self._markup)

    @cached_property
    def _tiny(self) -> Tiny:
        return Tiny(self._tree, self._styles, self._words(Look.TINY))

    def mark_page(self) -> None:
        """Remove what is hidden, and write raised and struck text as such."""
        if self._tree.root is not None:
            self._remove_hidden(self._tree.root)
            self._change(self._tree.root)

    def made_tables(self, body: LexborNode) -> list[MadeTable]:
        """The tables that are made of other elements than ``<table>``."""
        if not any(trace.search(self._markup) for trace in _MADE):
            return []
        told = self._styles.saying("display", "table")
        return made_tables(body, {node.mem_id: values.get("display", "") for node, values in told})

    def mark_cells(self, table: LexborNode, cells: Sequence[LexborNode] = ()) -> None:
        """Write what the controls of a table show, and mark its pictures and what only some programs show.

        ``cells`` are those of a table that is made of other elements.
        """
        for node in self.named(table, _NO_TEXT):
            node.replace_with(_shown(node) if node.tag in _CONTROLS else "" if _is_spacer(node) else PICTURE)
        for node in {node.mem_id: node for node in self._doubtful(table)}.values():
            if node.tag not in _TABLES and node.text(deep=True).strip():
                for part in node.css("td, th") or _cells_in(node, cells) or [node]:
                    _enclose(part, whole=any(part.mem_id == cell.mem_id for cell in cells))
        if self._tiny or self._may_be_mixed or self._styles.overwhelmed:
            self._mark_odd(cells or table.css("td, th"))

    def _mark_odd(self, cells: Sequence[LexborNode]) -> None:
        for text in [text for cell in cells for text in self._tiny.texts(cell)] if self._tiny else ():
            text.replace_with(doubtful(text.text(deep=False)))
        for cell in cells if self._may_be_mixed or self._styles.overwhelmed else ():
            if self._styles.overwhelmed or is_mixed(cell):
                _enclose(cell, whole=True)

    def _remove_hidden(self, root: LexborNode) -> None:
        looking = list(self._looking(Look.HIDDEN))
        for node in looking:
            node.attrs["hidden"] = ""
        never = root.css(", ".join(_NEVER_SHOWN)) if looking else self.named(root, _NEVER_SHOWN)
        found = {node.mem_id: node for node in never}
        for node in reversed(found.values()):  # what is inside another goes first
            if node.tag not in ("html", "body"):
                self.hidden += [cell.text() for cell in node.css("td, th")] if "hidden" in node.attributes else ()
                node.decompose()

    def _change(self, root: LexborNode) -> None:
        seen: set[int] = set()
        for tags, look, change in ((_STRUCK, Look.STRUCK, struck), (_RAISED, Look.RAISED, raised)):
            for node in (*self.named(root, tags), *self._looking(look)):
                if look is Look.STRUCK or node.tag not in FRAME:  # the whole of a cell stands anywhere in it
                    _change_texts(node, change, seen)

    def _doubtful(self, table: LexborNode) -> Iterator[LexborNode]:
        yield from self.named(table, _TURNED)
        yield from table.css(_SEEN_NOT_SAID) if b"aria-hidden" in self._markup else ()
        if self._doubted:
            yield from (node for node in table.css("*") if node.mem_id in self._doubted)

    def _is_doubtful(self, node: LexborNode, found: frozenset[Look]) -> bool:
        pale = Look.PALE in found and not self._styles.is_on_colour(node)
        return Look.DOUBTFUL in found or (pale and not _is_head(node.text(deep=True)))

    def _words(self, *wanted: Look) -> list[Word]:
        return [word for word in self._said if word.look in wanted]

    def _looking(self, look: Look) -> Iterator[LexborNode]:
        told = self._styles.looking(self._words(look))
        return (node for node, values in told if look in looks(values))


def _is_head(text: str) -> bool:
    """True for words with at most a number in front: heads in white stand on a ground that a sheet elsewhere gives."""
    return is_label(text) and not any(map(str.isdigit, text.strip()[1:]))


def _change_texts(node: LexborNode, change: Callable[[str], str], seen: set[int]) -> None:
    """Change every text inside an element, once for all elements round it."""
    if node.mem_id in seen:
        return
    inside = list(node.traverse(include_text=True))
    seen.update(each.mem_id for each in inside)
    for each in inside:
        if each.is_text_node and (text := each.text(deep=False)).strip():
            each.replace_with(change(text))


def _shown(control: LexborNode) -> str:
    """The text that a control shows; of a control that shows none a reader can tell, a mark."""
    attributes = control.attributes
    if control.tag == "textarea":
        return control.text(deep=True)
    if control.tag == "select":
        options = control.css("option")
        chosen = [option for option in options if "selected" in option.attributes] or options[:1]
        return CONTROL if "multiple" in attributes else "".join(option.text(deep=True) for option in chosen[-1:])
    kind = (attributes.get("type") or "text").lower()
    if kind == "hidden":
        return ""
    return CONTROL if kind in _UNREAD else attributes.get("value") or (attributes.get("placeholder") and CONTROL) or ""


def _is_spacer(picture: LexborNode) -> bool:
    """True for a picture that is one point wide or high: old pages keep cells apart with such."""
    return {picture.attributes.get("width"), picture.attributes.get("height")} & {"0", "1"} != set()


def _cells_in(node: LexborNode, cells: Sequence[LexborNode]) -> list[LexborNode]:
    """Those of the cells that an element is, or that are inside it."""
    inside = {each.mem_id for each in node.traverse()} if cells else set()
    return [cell for cell in cells if cell.mem_id in inside]


def _enclose(node: LexborNode, *, whole: bool) -> None:
    """Put the marks of doubt inside a cell, or round an element in it. ``whole``: it is a cell whatever its name."""
    before, behind = DOUBTFUL
    if node.tag not in ("td", "th") and not whole:
        node.insert_before(before)
        node.insert_after(behind)
    elif (first := node.first_child) is not None:
        first.insert_before(before)
        node.insert_child(behind)
