"""Letters too small to be seen: a size without any is inherited until an element sets one of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipelines.readers.looks import Look, Word, is_size_of_its_own, looks
from pipelines.readers.marks import DOUBTFUL, PICTURE
from pipelines.readers.stylesheet import Styles

_BLANK_OR_MARKED = f" \t\r\n\u00a0\u3000{''.join(DOUBTFUL)}"


class Tiny:
    """The elements of a page that set the size of their letters, if any makes them too small; false if none does."""

    def __init__(self, tree: LexborHTMLParser, styles: Styles, words: Collection[Word]) -> None:
        self._sizes: dict[int, bool] = {}
        if any(Look.TINY in looks(values) for _, values in styles.looking(words)):
            self._sizes = {node.mem_id: False for node in tree.css("font[size]")}
            for node, values in styles.saying("font-size"):
                tiny = Look.TINY in looks(values)
                if tiny or is_size_of_its_own(values.get("font-size", "")):
                    self._sizes[node.mem_id] = tiny

    def __bool__(self) -> bool:
        return bool(self._sizes)

    def texts(self, cell: LexborNode) -> Iterator[LexborNode]:
        """The texts of a cell whose letters are too small: the element nearest to each that sets their size says so."""
        for node in cell.traverse(include_text=True):
            shown = node.text(deep=False).replace(PICTURE, "") if node.is_text_node else ""
            if shown.strip(_BLANK_OR_MARKED) and self._is_tiny(node):
                yield node

    def _is_tiny(self, text: LexborNode) -> bool:
        """Whether the nearest size round a text is too small; it is noted on the way, as others go the same."""
        way: list[int] = []
        node = text.parent
        while node is not None and node.mem_id not in self._sizes:
            way.append(node.mem_id)
            node = node.parent
        tiny = node is not None and self._sizes[node.mem_id]
        self._sizes.update(dict.fromkeys(way, tiny))
        return tiny
