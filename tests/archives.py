"""Archives with a place in them, for the tests that store reports or run the ledger."""

from pathlib import Path

import pytest
from sqlite_utils import Database

from pipelines.bodies import Division
from pipelines.store import open_archive

NINGHE = Division("120117", "宁河区", "天津市")


def add_division(db: Database, division: Division = NINGHE) -> None:
    """Write the row of a district of today."""
    row = {"code": division.code, "name": division.name, "level": "市辖区", "code_system": "GB/T 2260"}
    above = {"province_code": f"{division.code[:2]}0000", "province": division.province}
    db.table("division").insert({**row, **above, "prefecture": division.prefecture or None, "status": "current"})


def add_portal(db: Database, division: Division, home_url: str) -> None:
    """Write the row of a district and that of its portal."""
    add_division(db, division)
    row = {"division_code": division.code, "name": division.name, "home_url": home_url, "evidence": "test"}
    db.table("portal").insert({**row, "noted_on": "2026-01-01"})


@pytest.fixture
def db(tmp_path: Path) -> Database:
    """An archive that knows one district."""
    archive = open_archive(tmp_path / "archive.db")
    add_division(archive)
    return archive


@pytest.fixture
def two_portals() -> Database:
    """An archive in memory with the portals of two districts."""
    archive = open_archive(":memory:")
    for code in ("120117", "320813"):
        add_portal(archive, Division(code, code, "天津市"), f"http://{code}.gov.cn/")
    return archive
