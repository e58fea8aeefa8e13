"""Pages of a PDF whose text lies on its side: wide tables, printed on sheets that stand upright."""

from __future__ import annotations

from collections import Counter

from pdfplumber.page import Page

from pipelines.readers.pdf_text import Glyph
from pipelines.readers.pdf_visible import look_at


def laid_out(page: Page) -> Page:
    """The page laid out, and turned so that the most of its text stands upright.

    Of a page that was turned, what lies now, as its page number does, is left out. Raises ``PdfminerException`` for a
    damaged page.
    """
    look_at(page)
    turns = Counter(map(_turn, page.chars)).most_common(1)
    if not turns or not turns[0][0]:
        return page
    page.page_obj.rotate = page.page_obj.attrs["Rotate"] = (page.rotation + turns[0][0]) % 360
    turned = Page(page.pdf, page.page_obj, page.page_number, page.initial_doctop)
    look_at(turned)
    return turned.filter(lambda thing: thing["object_type"] != "char" or not _turn(thing))


def _turn(glyph: Glyph) -> int:
    """By how many degrees the page must be turned clockwise for this glyph to stand upright."""
    along, up, *_ = glyph["matrix"]
    if abs(along) >= abs(up):
        return 0 if along >= 0 else 180
    return 90 if up > 0 else 270
