"""How this project writes down a moment: UTC, to the second, ISO 8601; and what day it is where reports are due."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")


def utc_now() -> str:
    """The present moment as text that sorts in order of time, ``2026-01-31T18:00:00+00:00``."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def utc_in(time: timedelta) -> str:
    """The moment so long from now, as ``utc_now`` writes it."""
    return (datetime.now(UTC) + time).isoformat(timespec="seconds")


def day_of(moment: str) -> date:
    """The day in China on which a moment fell that ``utc_now`` wrote."""
    return datetime.fromisoformat(moment).astimezone(ZONE).date()


def today() -> date:
    """The present day in China, to which all statutory dates refer."""
    return datetime.now(ZONE).date()
