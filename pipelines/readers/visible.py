"""What a browser shows of a page and plain text cannot say: hidden parts go, and marks say what is not plain text.

Raised digits become ``¹²``, struck characters are struck through, a figure in a control is read, and whatever not every
program shows, or no program here can read, is marked, so that no cell with it is taken for a plain figure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipelines.readers.marks import CONTROL, DOUBTFUL, PICTURE, raised, struck
from pipelines.readers.stylesheet import hidden_by_sheet

_NEVER_SHOWN = "script, style, template, noscript, datalist, [hidden]"
_CONTROLS = frozenset({"input", "select", "textarea"})
_UNREAD = frozenset({"checkbox", "radio", "password", "file", "image", "color", "range"})
_TABLES = frozenset({"table", "thead", "tbody", "tfoot"})
_ZERO = r"\s*:\s*0(?:\.0*)?(?![\d.])"


class _Habit(NamedTuple):
    """One way of writing something: its trace in a page, what to look for then, and what its style must say."""

    trace: re.Pattern[bytes]
    selector: str
    style: re.Pattern[str] | None = None


def _tags(trace: bytes, selector: str) -> _Habit:
    return _Habit(re.compile(trace), selector)


def _style(prop: str, value: str) -> _Habit:
    said = prop + value
    style = re.compile(rf"(?<![\w-]){said}", re.IGNORECASE)
    return _Habit(re.compile(said.encode()), f"[style*='{prop}' i]", style)


_NO_TEXT = _tags(  # browsers take <image> for <img>
    rb"<(?:input|select|textarea|im(?:g|age)|svg|canvas|object|embed|iframe|video|math)",
    "input, select, textarea, img, svg, canvas, object, embed, iframe, video, math",
)
_HIDDEN = (_style("display", r"\s*:\s*none"), _style("visibility", r"\s*:\s*(?:hidden|collapse)"))
_STRUCK = (
    _tags(rb"<(?:s|del|strike)[\s>]", "s, del, strike"),
    _style("text-decoration", r"[\w-]*\s*:[^;]*line-through"),
)
_RAISED = (_tags(rb"<su[bp][\s>]", "sup, sub"), _style("vertical-align", r"\s*:\s*(?:super|sub)"))
_SHOWN_BY_SOME = (
    _tags(rb"aria-hidden", "[aria-hidden='true' i]"),
    _tags(rb"<bdo", "bdo"),
    _style("mso-hide", r"\s*:\s*all"),
    _style("opacity", _ZERO),
    _style("font-size", _ZERO),
    _style("text-indent", r"\s*:\s*-\d{3}"),
    _style("color", r"\s*:\s*transparent"),
    _style("position", r"\s*:\s*(?:absolute|fixed)"),
    _Habit(
        re.compile(rb"overflow\s*:\s*hidden"),
        "[style*='overflow' i]",
        re.compile(rf"(?<![\w-])(?:width|height){_ZERO}"),
    ),
)


class Visible:
    """How the page of a tree looks. Its ``markup`` is searched for traces first, since few pages have any.

    The parts between its quotation marks repeat from cell to cell; each is searched once.
    """

    def __init__(self, tree: LexborHTMLParser, markup: str) -> None:
        self._tree = tree
        self._markup = b'"'.join(set(markup.encode(errors="replace").lower().split(b'"')))

    @cached_property
    def _no_text(self) -> list[_Habit]:
        return self._of_this_page([_NO_TEXT])

    @cached_property
    def _shown_by_some(self) -> list[_Habit]:
        return self._of_this_page(_SHOWN_BY_SOME)

    def mark_page(self) -> None:
        """Remove what is hidden, and write raised and struck text as such."""
        self._remove_hidden()
        seen: set[int] = set()
        for habits, change in ((_STRUCK, struck), (_RAISED, raised)):
            for node in _found(self._tree.root, self._of_this_page(habits)):
                _change_texts(node, change, seen)

    def mark_cells(self, table: LexborNode) -> None:
        """Write what the controls of a table show, and mark its pictures and what only some programs show."""
        for node in list(_found(table, self._no_text)):
            node.replace_with(_shown(node) if node.tag in _CONTROLS else "" if _is_spacer(node) else PICTURE)
        for node in _found(table, self._shown_by_some):
            if node.tag not in _TABLES and node.text(deep=True).strip():
                for part in node.css("td, th") or [node]:
                    _enclose(part)

    def _remove_hidden(self) -> None:
        habits = self._of_this_page(_HIDDEN)
        hidden = [*_found(self._tree.root, habits)]
        if b"<style" in self._markup and _HIDDEN[0] in habits:
            hidden += hidden_by_sheet(self._tree)
        for node in hidden:
            node.attrs["hidden"] = ""
        found = {node.mem_id: node for node in self._tree.css(_NEVER_SHOWN)}
        for node in reversed(found.values()):  # what is inside another goes first
            if node.tag not in ("html", "body"):
                node.decompose()

    def _of_this_page(self, habits: Iterable[_Habit]) -> list[_Habit]:
        return [habit for habit in habits if habit.trace.search(self._markup)]


def _found(within: LexborNode | None, habits: Iterable[_Habit]) -> Iterator[LexborNode]:
    for habit in habits:
        for node in within.css(habit.selector) if within is not None else ():
            if habit.style is None or habit.style.search(node.attributes.get("style") or ""):
                yield node


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


def _enclose(node: LexborNode) -> None:
    """Put the marks of doubt inside a cell, or round an element in it."""
    before, behind = DOUBTFUL
    if node.tag not in ("td", "th"):
        node.insert_before(before)
        node.insert_after(behind)
    elif (first := node.first_child) is not None:
        first.insert_before(before)
        node.insert_child(behind)
