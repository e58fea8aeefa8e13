"""The pages of nights: what came of a whole country, and a night that nobody is at work on any more."""

from pathlib import Path

import pytest

from pipelines import ledger
from pipelines.lock import archive_lock
from pipelines.store import open_archive
from tests.site_archive import client, filled_archive


def test_the_outcomes_of_a_night_are_counted_before_its_visits_are_told(tmp_path: Path) -> None:
    page = client(filled_archive(tmp_path))("/night/1").text
    assert page.index('/archive/visit?run_id=1&amp;outcome=complete">1</a>') < page.index("逐站访问结果")
    assert 'outcome=unreachable_from_here">1</a>' in page
    assert "其余见" not in page


def test_of_a_whole_country_the_first_visits_stand_on_the_page(tmp_path: Path) -> None:
    path = filled_archive(tmp_path)
    db = open_archive(path)
    codes = [f"{number:06}" for number in range(1, 301)]
    for code in codes:
        like = {"name": "某县", "name_en": "X", "pinyin": "x", "level": "县", "province_code": "0", "province": "某省"}
        db["division"].insert({"code": code, **like, "code_system": "GB/T 2260", "status": "current"})
        db["portal"].insert(
            {"division_code": code, "name": code, "home_url": "http://a/", "evidence": "test", "noted_on": "2026-03-01"}
        )
        db["visit"].insert({"run_id": 1, "division_code": code, "outcome": "complete" if code > "000250" else None})
    db["run"].update(1, {"portals": 302})
    db.close()
    page = client(path)("/night/1").text
    assert "以下为前 200 个" in page
    assert "全部 302 个" in page
    assert page.count("某省") == 200
    assert 'outcome__isnull=1">250</a>' in page


@pytest.mark.parametrize(("at_work", "said"), [(True, "进行中"), (False, "被中断")])
def test_a_night_that_nobody_is_at_work_on_is_called_killed(tmp_path: Path, *, at_work: bool, said: str) -> None:
    path = filled_archive(tmp_path)
    db = open_archive(path)
    with archive_lock(path, "A night") as descriptor:
        night = ledger.Night("r.csv", None, "samples", "Gongkai", "1")
        number = ledger.open_run(db, night, ["999901"])
        ledger.begin_process(db, number, _holder(path) if at_work else 1)
        db.close()
        get = client(path)
        for address in ("/night", f"/night/{number}", "/"):
            assert said in get(address).text
        assert descriptor
    if at_work:
        assert "被中断" in get(f"/night/{number}").text


def _holder(path: Path) -> int:
    return int(path.with_name(f"{path.name}.lock").read_text().rpartition(" ")[2].rstrip(")"))


def test_an_archive_that_was_carried_here_says_what_its_ledger_says(tmp_path: Path) -> None:
    path = filled_archive(tmp_path)
    db = open_archive(path)
    number = ledger.open_run(db, ledger.Night("r.csv", None, "samples", "Gongkai", "1"), ["999901"])
    ledger.begin_process(db, number, 1)
    db.close()
    assert "进行中" in client(path)(f"/night/{number}").text
