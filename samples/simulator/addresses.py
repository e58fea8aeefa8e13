"""Addresses of columns and articles, made up from a seed as each family writes them."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from samples.simulator.dialect import Dialect


def column_names(chance: random.Random, slug: str) -> dict[str, object]:
    """What the address of a column may be filled in with."""
    return {
        "slug": slug,
        "id": chance.randint(1_000, 99_999),
        "uuid": UUID(int=chance.getrandbits(128), version=4),
        "oid": f"63{chance.getrandbits(88):022x}",
        "y": 2025,
    }


def row_names(chance: random.Random, day: date) -> dict[str, object]:
    """What the address of an article may be filled in with, besides what its column gives."""
    serial = chance.randint(1_000_000, 9_999_999)
    return {
        "serial": serial,
        "million": serial // 1_000_000,
        "thousand": serial // 1_000,
        "stamp": f"{day:%Y%m%d}{chance.randint(0, 235959):06d}{chance.randint(0, 99999):05d}",
        "hex": f"{chance.getrandbits(128):032x}",
        "snow": chance.randint(10**18, 2 * 10**18),
        "row_uuid": UUID(int=chance.getrandbits(128), version=4),
        "row_oid": f"65{chance.getrandbits(88):022x}",
        "y": day.year,
        "m": day.month,
        "d": day.day,
        "mm": f"{day:%m}",
        "dd": f"{day:%d}",
        "ym": f"{day:%Y%m}",
        "ymd": f"{day:%Y%m%d}",
    }


def column_path(dialect: Dialect, names: Mapping[str, object]) -> str:
    """The path of a column."""
    return dialect.column % names


def article_path(dialect: Dialect, path: str, column: Mapping[str, object], row: Mapping[str, object]) -> str:
    """The path of an article of the column at `path`."""
    return dialect.article % {**column, "path": path, **row}
