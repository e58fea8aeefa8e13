"""Articles that go on on further pages, as TRS splits long ones: ``t20230119_2136694.html``, ``…_1.html``."""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.pages import Page
from crawler.platforms.family import GENERIC
from crawler.platforms.pagers import pager_of
from crawler.rows import is_article
from pipelines.readers.encoding import decode

MOST_PARTS = 20
TEXT = (
    "#UCAP-CONTENT, ucapcontent, .TRS_Editor, .TRS_UEDITOR, .trs_editor_view, .Custom_UnionStyle, "
    "#zoom, #Zoom, #zoomcon, #vsb_content, .v_news_content, .article-content, .article_zoom, .article, "
    "#content, .content"
)


def continuations(url: str, body: bytes) -> list[str]:
    """The addresses of the pages on which an article goes on, by a pager that spells the article's own file."""
    name = PurePosixPath(urlsplit(url).path).stem
    if not is_article(url) or body.lstrip()[:1] != b"<" or f"{name}'".encode() not in body.replace(b'"', b"'"):
        return []
    page = Page(url, body)
    pager = pager_of(page, GENERIC)
    if pager is None or not pager.is_spelled or pager.name != name or pager.total > MOST_PARTS:
        return []
    return pager.addresses(page, GENERIC)


def joined(first: bytes, rest: list[bytes]) -> bytes:
    """The first page of an article with the text of the others behind its own, in UTF-8."""
    whole = LexborHTMLParser(decode(first).text)
    last = _text_of(whole)
    for body in rest:
        part = _text_of(LexborHTMLParser(decode(body).text))
        if last is not None and part is not None:
            last.insert_after(part)
            last = last.next if last.next is not None else last
    for node in whole.css("meta[charset], meta[http-equiv='Content-Type' i]"):
        node.decompose()  # the bytes are UTF-8 now, whatever they were
    return (whole.html or "").encode()


def _text_of(page: LexborHTMLParser) -> LexborNode | None:
    """The element that holds an article's text; the body of a page where no known one does."""
    return page.css_first(TEXT) or page.body
