"""Which addresses belong to a portal: a crawl never leaves it, whatever its pages link or redirect to."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from crawler.portals.registry import Portal

DEFAULT_PORTS = {"http": 80, "https": 443}
LOCAL_NAMES = {"localhost", "test"}  # top-level names that stand for no public host (RFC 6761)


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
        return is_inside(host)
    except ValueError:
        last = host.rpartition(".")[2]
        return "." not in host or last in LOCAL_NAMES or last[:1].isdigit()


def is_inside(address: str) -> bool:
    """Whether an address is none of the public internet's: loopback, private, link-local, shared, multicast.

    Raises:
        ValueError: it is no address.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None) or ip
    return not mapped.is_global or mapped.is_multicast


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


def twins(url: str, *, answered: bool) -> list[str]:
    """The address under the other scheme, and with or without ``www``: where a portal may answer that does not here.

    A host that is an address stays, and so does a port that is named; where that has ``answered`` it speaks no other
    scheme.
    """
    parts = urlsplit(url)
    host, other = parts.hostname or "", "http" if parts.scheme == "https" else "https"
    if parts.port not in (None, DEFAULT_PORTS.get(parts.scheme)):
        return [] if answered else [parts._replace(scheme=other).geturl()]
    hosts = [host] if is_private(host) else [host, host.removeprefix("www.") if host[:4] == "www." else f"www.{host}"]
    schemes = (parts.scheme, other)
    variants = [parts._replace(scheme=scheme, netloc=name).geturl() for name in hosts for scheme in schemes]
    return variants[1:]
