"""What a person sees of a page of a PDF, where its text layer says more.

A page that is one picture is a scan: the text over it was made by a recognition program, which takes 3 for 8, so it is
not read. Elsewhere figures that are struck through, printed white on white, painted over or never painted are marked
(``pipelines.readers.marks``), so that they are never taken for digits of the figure beside them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pdfminer.layout import LTChar, LTContainer, LTCurve, LTItem
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFTextState
from pdfplumber.page import Page, PDFPageAggregatorWithMarkedContent
from pdfplumber.utils.exceptions import PdfminerException

from pipelines.readers.marks import doubtful, struck
from pipelines.readers.pdf_text import Glyph, height, middle

THIN = 2.0  # points: a filled rectangle this thin is a drawn line whatever its colour
_UNSEEN = "unseen"
_NO_INK = (3, 7)  # ISO 32000-1, table 106: text rendering modes that paint nothing
_MOST_OF_A_PAGE = 0.5
_THROUGH = (0.6, 0.12)  # of a glyph's height above its baseline: a line between these goes through a digit
_WHITE = 0.95  # of full light
_DEVICE_COLOURS = ("DeviceGray", "DeviceRGB", "DeviceCMYK", "CalGray", "CalRGB", "ICCBased")


class _Eye(PDFPageAggregatorWithMarkedContent):
    """Lays a page out as pdfplumber does, and tags the text that shows nothing when all is painted."""

    _inkless = False

    def render_string(self, textstate: PDFTextState, seq: Any, ncs: Any, graphicstate: PDFGraphicState) -> None:
        """Remember the rendering mode, which neither library hands on."""
        self._inkless = textstate.render in _NO_INK
        super().render_string(textstate, seq, ncs, graphicstate)

    def tag_cur_item(self) -> None:
        """Tag a glyph that is not painted."""
        super().tag_cur_item()
        last = self.cur_item._objs[-1:]
        if self._inkless and last and isinstance(last[0], LTChar):
            last[0].tag = _UNSEEN  # type: ignore[attr-defined]

    def paint_path(self, *args: Any, **kwargs: Any) -> None:
        """Tag the glyphs under what is painted white."""
        before = len(self.cur_item._objs)
        super().paint_path(*args, **kwargs)
        for shape in self.cur_item._objs[before:]:
            if isinstance(shape, LTCurve) and shape.fill and is_white(shape.non_stroking_color) and shape.height > THIN:
                _cover(self.cur_item._objs[:before], shape)


def _cover(painted: Iterable[LTItem], shape: LTCurve) -> None:
    for item in painted:
        if isinstance(item, LTChar):
            if shape.x0 < (item.x0 + item.x1) / 2 < shape.x1 and shape.y0 < (item.y0 + item.y1) / 2 < shape.y1:
                item.tag = _UNSEEN  # type: ignore[attr-defined]
        elif isinstance(item, LTContainer):
            _cover(item, shape)


def look_at(page: Page) -> None:
    """Lay the page out, with what nobody sees tagged. Raises ``PdfminerException`` for a damaged page."""
    eye = _Eye(page.pdf.rsrcmgr, pageno=page.page_number, laparams=page.pdf.laparams)
    try:
        PDFPageInterpreter(page.pdf.rsrcmgr, eye).process_page(page.page_obj)
    except (MemoryError, RecursionError):  # too large, which is no damage
        raise
    except Exception as error:
        raise PdfminerException(error) from error
    page._layout = eye.get_result()


def is_scan(page: Page) -> bool:
    """True for a page that pictures cover the most of: its text, if any, is what a program made of them."""
    covered = sum(image["width"] * image["height"] for image in page.images)
    return bool(covered > _MOST_OF_A_PAGE * page.width * page.height)


def is_seen(glyph: Glyph) -> bool:
    """True for a glyph that is painted, and not painted over."""
    return bool(glyph["tag"] != _UNSEEN)


def as_seen(page: Page) -> list[Glyph]:
    """The glyphs of a page, the figures among them marked that a person does not see, or sees struck through."""
    strokes = sorted(_strokes(page), key=lambda stroke: float(stroke["top"]))
    tops = [float(stroke["top"]) for stroke in strokes]
    return [_as_seen(glyph, page, strokes, tops) if _is_of_a_figure(glyph) else glyph for glyph in page.chars]


def _as_seen(glyph: Glyph, page: Page, strokes: Sequence[dict[str, Any]], tops: Sequence[float]) -> Glyph:
    text = str(glyph["text"])
    if not is_seen(glyph) or (_is_pale(glyph) and not _has_ground(glyph, page)):
        return {**glyph, "text": doubtful(text)}
    first, last = (_baseline(glyph) - share * height(glyph) for share in _THROUGH)
    through = strokes[bisect_left(tops, first) : bisect_right(tops, last)]
    if any(stroke["x0"] < middle(glyph)[0] < stroke["x1"] for stroke in through):
        return {**glyph, "text": struck(text)}
    return glyph


def _baseline(glyph: Glyph) -> float:
    """What a glyph stands on, from the top of the page: its edges depend on what its font says of all its letters."""
    return float(glyph["bottom"] + glyph["y0"] - glyph["matrix"][5])


def _is_of_a_figure(glyph: Glyph) -> bool:
    """True for digits and what may stand among them; words are told by their labels, and fail there."""
    text = glyph["text"]
    return not (text.isalpha() or text.isspace())


def _strokes(page: Page) -> Iterator[dict[str, Any]]:
    return (thing for thing in (*page.lines, *page.rects, *page.curves) if thing["height"] < THIN < thing["width"])


def _is_pale(glyph: Glyph) -> bool:
    return glyph.get("ncs") in _DEVICE_COLOURS and is_white(glyph["non_stroking_color"])


def _has_ground(glyph: Glyph, page: Page) -> bool:
    """True when something dark lies under a glyph: the heads of a table are often white on blue."""
    x, y = middle(glyph)
    filled = [thing for thing in (*page.rects, *page.curves) if thing["fill"]]
    dark = [thing for thing in filled if not is_white(thing["non_stroking_color"])]
    return any(
        ground["x0"] < x < ground["x1"] and ground["top"] < y < ground["bottom"] for ground in dark + page.images
    )


def is_white(colour: object) -> bool:
    """True for white in shades of grey, in red, green and blue, or in inks."""
    said = list(colour) if isinstance(colour, tuple | list) else [colour]
    parts = [float(part) for part in said if isinstance(part, int | float)]
    if len(parts) != len(said) or len(parts) not in (1, 3, 4):
        return False
    return max(parts) <= 1 - _WHITE if len(parts) == 4 else min(parts) >= _WHITE
