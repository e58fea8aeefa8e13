"""A page of too many elements to parse in time, brought down to what a crawl looks for: links, tags of the head, words.

The work of a parser may grow with the square of the elements in or beside one another, and meanwhile every other
portal would wait.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

KEPT = {"a", "area", "base", "meta", "title", "input", "frame", "iframe"}
LONGEST_TAG = 2000  # characters; it may hold as many attributes as it likes, and a parser compares each with all
TOKEN = re.compile(
    r"(<script\b.*?(?:</script\s*+>|\Z))|<!--.*?(?:-->|\Z)|<(/?)([a-z][^\s/<>]*+)[^<>]*+>", re.DOTALL | re.IGNORECASE
)  # never goes back over what it has seen: linear


def flattened(source: str) -> str:
    """The page with its links and tags of the head side by side; scripts stay as they are, and so do all words."""
    return "".join(_pieces(source))


def _pieces(source: str) -> Iterator[str]:
    at = 0
    for token in TOKEN.finditer(source):
        yield source[at : token.start()]
        yield token[1] or _tag(token)
        at = token.end()
    yield source[at:]


def _tag(token: re.Match[str]) -> str:
    is_end, name = token[2], (token[3] or "").lower()
    if name not in KEPT or len(token[0]) > LONGEST_TAG:
        return " "
    return f"</a>{token[0]}" if name == "a" and not is_end else token[0]
