"""Checking the registered portals: what has changed is reported, and replaced only when the operator says so."""

from nights import Answer
from test_portal_search import DONGYANG, FOUND, HEBEI, LANXI, LUANZHOU, PORTALS, ZHEJIANG, Country, country, home

from pipelines.store import open_archive

__all__ = ["country"]


def test_without_portals_there_is_nothing_to_check(country: Country) -> None:
    done = country.run("verify")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (
        0,
        "确认 0 个，有变化或未能确认 0 个 0 confirmed, 0 changed or not confirmed",
    )


def test_what_has_not_changed_is_confirmed(country: Country) -> None:
    country.run("find", *country.seeds(HEBEI, ZHEJIANG), "13", "33")
    done = country.run("verify")
    assert done.returncode == 0, done.stdout + done.stderr
    assert country.rows(PORTALS) == FOUND


def test_a_changed_host_is_reported_and_taken_over_only_on_demand(country: Country) -> None:
    country.run("find", *country.seeds(ZHEJIANG), "33")
    country.portals["new dongyang"].pages["/"] = Answer("", 302, {"Location": country.url(DONGYANG)})
    country.portals[DONGYANG].pages["/"] = Answer(home("东阳市人民政府", DONGYANG))
    done = country.run("verify")
    assert done.returncode == 1
    assert f"{country.url(DONGYANG)} can take its place (--accept)" in done.stdout
    assert (DONGYANG, "new dongyang", "high") in country.rows(PORTALS)
    done = country.run("verify", "--accept")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (DONGYANG, DONGYANG, "high") in country.rows(PORTALS)
    ((evidence,),) = country.rows(f"SELECT evidence FROM portal WHERE division_code = '{DONGYANG}'")
    assert str(evidence).endswith(f"instead of {country.url('new dongyang')}")


def test_a_portal_that_became_another_places_is_reported_and_stays_registered(country: Country) -> None:
    country.run("find", *country.seeds(ZHEJIANG), "33")
    country.portals[LANXI].pages["/"] = Answer(home("福州市鼓楼区人民政府", "350102"))
    done = country.run("verify", LANXI)
    assert done.returncode == 1
    assert "SiteName “福州市鼓楼区人民政府” are those of 福建省福州市鼓楼区" in done.stdout
    assert (LANXI, LANXI, "high") in country.rows(PORTALS)


def test_a_portal_registered_by_hand_is_not_overwritten_by_a_search(country: Country) -> None:
    db = open_archive(country.db)
    row = {"code": LUANZHOU, "name": "滦州市", "level": "县级市", "code_system": "GB/T 2260", "status": "current"}
    db.table("division").insert({**row, "province_code": HEBEI, "province": "河北省"})
    by_hand = {"division_code": LUANZHOU, "name": "滦州市", "home_url": "http://127.0.2.99:9/", "evidence": "mine.csv"}
    db.table("portal").insert({**by_hand, "noted_on": "2026-01-01"})
    done = country.run("find", *country.seeds(HEBEI), "13")
    assert country.rows(PORTALS) == [(LUANZHOU, "http://127.0.2.99:9/", None)]
    assert f"registered as http://127.0.2.99:9/, found at {country.url(LUANZHOU)}; left as it is" in done.stdout
