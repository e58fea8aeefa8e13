"""Which addresses belong to a portal: a crawl never leaves it, whatever its pages link or redirect to."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from crawler.portals.registry import Portal

DEFAULT_PORTS = {"http": 80, "https": 443}


def origin(url: str) -> tuple[str, int]:
    """Host name in lower case and port of an address; ("", 0) when it has none.

    A host that is not http or https gives ("", 0) as well, so it never belongs to a portal.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or DEFAULT_PORTS.get(parts.scheme, 0)
    except ValueError:  # a port that is no number
        return "", 0
    return ((parts.hostname or "").rstrip("."), port) if parts.scheme in DEFAULT_PORTS else ("", 0)


def is_private(host: str) -> bool:
    """Whether a host is this machine or its network: never to be reached because a page says so.

    Names without a dot and every numeric spelling count as private, for they can stand for such an address.
    """
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        last = host.rpartition(".")[2]
        return "." not in host or last == "localhost" or last[:1].isdigit()


def registrable(host: str) -> str | None:
    """``www.pingtan.gov.cn`` → ``pingtan.gov.cn``; None outside ``.gov.cn``."""
    labels = host.split(".")
    return ".".join(labels[-3:]) if labels[-2:] == ["gov", "cn"] and len(labels) >= 3 else None


def belongs(url: str, portal: Portal) -> bool:
    """Whether a crawl of this portal may ask for this address."""
    host, port = origin(url)
    named = {origin(address) for address in (portal.home_url, portal.list_url) if address}
    if not host or (host, port) in named:
        return bool(host)
    if is_private(host):
        return False
    if host in portal.extra_hosts:
        return True
    return any(_same_site(host, known) for known, _ in named) and port in DEFAULT_PORTS.values()


def _same_site(host: str, known: str) -> bool:
    """The same host under the other scheme, its ``www`` twin, or a sibling under the same .gov.cn domain."""
    site = registrable(host)
    return host.removeprefix("www.") == known.removeprefix("www.") or (site is not None and site == registrable(known))
