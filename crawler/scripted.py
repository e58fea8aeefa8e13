"""Addresses that only a script opens: ``openurl('/a.html')``, or ``goUrl(12)`` where the page says what that does."""

from __future__ import annotations

import re
from functools import cache

ADDRESS = re.compile(
    r"""['"]([^'"\s]*/[^'"\s]*|[^'"\s]+\.(?:[sj]?html?|thtml|jspx?|aspx?|php|pdf|docx?|wps|xlsx?|odt|ofd)(?:\?[^'"\s]*)?"""
    r"""|\?\w+=[^'"\s]+)['"]"""
)
JOINED = re.compile(r"""(['"])\s*\+\s*(['"])""")
CALL = re.compile(r"^\s*(?:javascript:)?\s*(?:return\s+)?([A-Za-z_$]\w*)\(\s*(['\"]?)([\w-]{1,64})\2\s*[,)]")
LONGEST_FUNCTION = 600  # characters; one that only opens a page is short


class Functions:
    """The functions that the scripts of a page define, as far as they open an address made of their argument."""

    def __init__(self, scripts: str = "") -> None:
        self._scripts = scripts
        self._address_of = cache(self._find)

    def address(self, script: str) -> str:
        """The address that a piece of script would open; empty where it tells none."""
        if spelled := ADDRESS.search(JOINED.sub("", script)):
            return spelled[1]
        call = CALL.search(script)
        around = self._address_of(call[1]) if call else None
        return f"{around[0]}{call[3]}{around[1]}" if call and around else ""

    def _find(self, name: str) -> tuple[str, str] | None:
        """What a function puts before and behind its argument."""
        start = re.search(rf"function\s+{re.escape(name)}\s*\(\s*(\w+)[^)]{{0,80}}\)\s*\{{", self._scripts)
        if start is None:
            return None
        body = self._scripts[start.end() : start.end() + LONGEST_FUNCTION].partition("function ")[0]
        made = re.search(
            rf"""["']([^"'\s]*[/?=][^"'\s]*)["']\s*\+\s*{start[1]}\b(?:\s*\+\s*["']([^"'\s]*)["'])?""", body
        )
        if made:
            return made[1], made[2] or ""
        file = re.search(rf"""["']([\w./-]*)["']\s*\+\s*{start[1]}\s*\+\s*["']([\w-]*\.\w{{2,5}})["']""", body)
        return (file[1], file[2]) if file else None
