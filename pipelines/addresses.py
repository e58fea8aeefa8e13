"""The date in an address, in the dialects of the common content-management systems: ``addresses.yaml``."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from pipelines.yaml_file import load_yaml

_CHINA = timezone(timedelta(hours=8))
_OBJECT_ID = re.compile(r"(?<![0-9a-f])([0-9a-f]{8})[0-9a-f]{16}(?![0-9a-f])")
_SNOWFLAKE = re.compile(r"(?<!\d)(\d{19})(?!\d)")
_SNOWFLAKE_BITS, _SNOWFLAKE_EPOCH = 22, 1_288_834_974_657  # milliseconds; what the common generators start from
_FIRST = date(2003, 1, 1)  # no portal shows a report from before


def url_date(url: str) -> date | None:
    """The date in the path of an address, stricter dialects first; None where it has only a month, a year or none."""
    path = _path(url)
    for dialect in _dialects():
        for match in dialect.finditer(path):
            if found := _date(int(match["y"]), int(match["m"]), int(match["d"])):
                return found
    return None


def creation_date(url: str) -> date | None:
    """The day on which the number of a document was made: an ObjectId of MongoDB, or a 19-digit snowflake.

    A snowflake counts from what the common generators start from, and may mislead: check it against the report year.
    """
    path = _path(url)
    if match := _OBJECT_ID.search(path):
        return _of_seconds(int(match[1], 16))
    if match := _SNOWFLAKE.search(path):
        return _of_seconds(((int(match[1]) >> _SNOWFLAKE_BITS) + _SNOWFLAKE_EPOCH) // 1000)
    return None


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:  # brackets that hold no IPv6 address
        return ""


@cache
def _dialects() -> tuple[re.Pattern[str], ...]:
    loaded = load_yaml(Path(__file__).with_suffix(".yaml"))
    return tuple(re.compile(entry["path"]) for entry in loaded["dialects"])


def _of_seconds(seconds: int) -> date | None:
    made = datetime.fromtimestamp(seconds, UTC)
    return made.astimezone(_CHINA).date() if _FIRST <= made.date() <= datetime.now(UTC).date() else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if found >= _FIRST else None
