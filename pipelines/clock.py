"""The one way this project writes down a moment: UTC, to the second, ISO 8601."""

from datetime import UTC, datetime


def utc_now() -> str:
    """The present moment as text that sorts in order of time, ``2026-01-31T18:00:00+00:00``."""
    return datetime.now(UTC).isoformat(timespec="seconds")
