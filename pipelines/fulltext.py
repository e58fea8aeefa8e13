"""Chinese full text: one character a token, so that words of two characters are found.

FTS5 by itself takes a whole run of ideographs for one word.
"""

from __future__ import annotations

import re

_IDEOGRAPHS = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(f"[{_IDEOGRAPHS}]|[^{_IDEOGRAPHS}]+")


def spaced(text: str) -> str:
    """The text with every ideograph standing alone: what is put into the index, and what a query is turned into."""
    return " ".join(_TOKEN.findall(text))
