"""The documents that a page offers by a link, or shows in a frame, a viewer or an element of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser

_DOCUMENT = re.compile(r"\.(?:pdf|docx?|wps|xlsx?|et|rtf|odt|ofd|zip|rar)(?:$|[?#])", re.IGNORECASE)
_VIEWED = re.compile(r"/viewer\.html\?(?:[^#]*&)?file=([^&#]+)", re.IGNORECASE)  # pdf.js takes its file quoted
_SHOWN = {"iframe": "src", "embed": "src", "object": "data"}


def attachments(tree: LexborHTMLParser, tags: frozenset[str]) -> list[str]:
    """The addresses of such documents, as printed, each once. ``tags`` are the names of the tags in the page."""
    return list(dict.fromkeys((*_linked(tree), *_shown(tree, tags))))


def _linked(tree: LexborHTMLParser) -> Iterator[str]:
    links = (node.attributes.get("href") or "" for node in tree.css("a[href]"))
    return (link for link in links if _DOCUMENT.search(link))


def _shown(tree: LexborHTMLParser, tags: frozenset[str]) -> Iterator[str]:
    for tag, attribute in _SHOWN.items():
        for node in tree.css(tag) if tag in tags else ():
            address = node.attributes.get(attribute) or ""
            if viewed := _VIEWED.search(address):
                yield unquote(viewed[1])
            elif _DOCUMENT.search(address):
                yield address
