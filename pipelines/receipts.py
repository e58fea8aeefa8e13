"""Receipts of politeness: what each host was asked in a night, so that whoever runs it can compare with his own log.

They are written with every request and count what went over the network, also in a night that was killed.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlite_utils import Database

from pipelines.clock import utc_now

RECORD = """
INSERT INTO receipt (run_id, division_code, host, addresses, tls, requests, bytes, pause, shortest_gap,
                     first_at, last_at)
VALUES (:run_id, :division_code, :host, :addresses, :tls, 1, :size, :pause, :gap, :now, :now)
ON CONFLICT (run_id, division_code, host) DO UPDATE SET
    addresses = excluded.addresses, tls = ifnull(excluded.tls, tls), requests = requests + 1,
    bytes = bytes + excluded.bytes, pause = excluded.pause, last_at = excluded.last_at,
    shortest_gap = min(ifnull(shortest_gap, excluded.shortest_gap), ifnull(excluded.shortest_gap, shortest_gap))
"""


@dataclass(frozen=True, slots=True)
class Receipt:
    """One request that went out.

    ``addresses`` are those of the host, separated by spaces; ``tls`` the profile of encryption, None without any;
    ``size`` the bytes of the body as sent; ``pause`` and ``gap`` in seconds, the gap from the begin of the request
    before that shared host, domain or address.
    """

    run_id: int
    division_code: str
    host: str
    addresses: str
    tls: str | None
    size: int
    pause: float
    gap: float | None


def record_request(db: Database, receipt: Receipt) -> None:
    """Add one request to the receipt of its host."""
    gap = None if receipt.gap is None else round(receipt.gap, 3)
    with db.atomic():
        db.execute(RECORD, {**asdict(receipt), "gap": gap, "now": utc_now()})


def known_profile(db: Database, host: str) -> str | None:
    """The profile of encryption that a host was last found to need; None for a host not met with encryption."""
    row = db.execute(
        "SELECT tls FROM receipt WHERE host = ? AND tls NOTNULL ORDER BY run_id DESC LIMIT 1", [host]
    ).fetchone()
    return None if row is None else str(row[0])
