"""One request of a visit, whatever its method: what is asked of which address, with which words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlencode

FORM = "application/x-www-form-urlencoded"
JSON = "application/json; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Ask:
    """A request. ``headers`` are sent beside those of every request; ``of_list``: what comes should be a list."""

    url: str
    method: str = "GET"
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    of_list: bool = field(default=False, compare=False)

    @classmethod
    def get(cls, url: str, referer: str) -> Self:
        """A plain request that says which page it comes from, as a script on that page would."""
        return cls(url, headers=(("Referer", referer),))

    @classmethod
    def form(cls, url: str, fields: Iterable[tuple[str, str]], referer: str) -> Self:
        """A form sent by POST (HTML, application/x-www-form-urlencoded)."""
        return cls(url, "POST", urlencode(list(fields)).encode(), (("Content-Type", FORM), ("Referer", referer)))

    @classmethod
    def json(cls, url: str, value: Any, referer: str) -> Self:
        """A JSON value sent by POST; the same value always gives the same bytes."""
        body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        return cls(url, "POST", body, (("Content-Type", JSON), ("Referer", referer)))

    @property
    def payload(self) -> str:
        """SHA-256 of the body in hex digits, empty without one: it tells apart two requests to one address."""
        return hashlib.sha256(self.body).hexdigest() if self.body else ""
