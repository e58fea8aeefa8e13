"""Addresses made absolute as browsers do it (WHATWG URL): an empty segment, as in ``/zwgk//nb/``, is a segment.

Python's ``urljoin`` leaves such segments out, and some portals have no page at what is left.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

INDEX = re.compile(r"(?<=/)index\.\w+$")
EMPTY_SEGMENT = re.compile(r"(?<=/)(?=/)")
BEHIND_PATH = re.compile(r"(?=[?#])")  # up to here browsers take a backslash for a slash
SESSION = re.compile(r";jsessionid=[\w.!-]*", re.IGNORECASE)  # of this visit alone: the same page has another tomorrow
NUMBER = re.compile(r"[0-9a-f]{8,}|\d+", re.IGNORECASE)
VALUE = re.compile(r"=[^&]*")
FILLING = "\ue000"  # of private use: it stands in no address


def absolute(base: str, address: str) -> str:
    """The address that a page at ``base`` means.

    Raises:
        ValueError: it is none, such as ``http://[年报]``.
    """
    path, *behind = BEHIND_PATH.split(address, maxsplit=1)
    plain = SESSION.sub("", path.replace("\\", "/"))
    return urljoin(_filled(base), _filled("".join([plain, *behind]))).replace(FILLING, "")


def folder_page(address: str) -> str:
    """The address without the name of a folder's own page: ``/zwgk/nb/index.html`` is ``/zwgk/nb/``."""
    return INDEX.sub("", address)


def masked(address: str) -> str:
    """What an address has in common with others of its kind: all but numbers and the values of its query."""
    path, _, query = address.partition("?")
    return f"{NUMBER.sub('#', path)}?{VALUE.sub('', query)}"


def _filled(address: str) -> str:
    parts = urlsplit(address)
    return parts._replace(path=EMPTY_SEGMENT.sub(FILLING, parts.path)).geturl()
