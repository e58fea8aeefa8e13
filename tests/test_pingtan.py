"""A real list page and the real report behind it, served under their own paths and crawled as on any night."""

import json
from pathlib import Path

import pytest
from nights import Answer, Office, office, small_portal

FOLDER = "/zwgk/zfxxgk/zfxxgknb/"
REPORT = f"{FOLDER}202603/t20260313_105587.htm"


@pytest.fixture(scope="module")
def night(shared_samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Office:
    pages = {
        f"{FOLDER}nlist.htm": Answer((shared_samples / "pingtan-list.html").read_bytes()),
        REPORT: Answer((shared_samples / "pingtan-2025.html").read_bytes()),
    }
    with small_portal(pages) as portal:
        one = office(tmp_path_factory.mktemp("pingtan"))
        list_url = f"{portal.home_url.rstrip('/')}{FOLDER}nlist.htm"
        one.registry.write_text(f"code,name,home_url,list_url\n350128,平潭县,{portal.home_url},{list_url}\n", "utf-8")
        done = one.run()
    assert done.returncode == 0, done.stdout + done.stderr
    return one


def test_all_200_figures_are_in_the_archive(night: Office, shared_samples: Path) -> None:
    truth = json.loads((shared_samples / "expected" / "pingtan-2025.json").read_text("utf-8"))
    expected = {(figure["metric"], figure["applicant"]): figure["value"] for figure in truth["observations"]}
    stored = {
        (metric, applicant): value
        for metric, applicant, value in night.rows("SELECT metric, applicant, value FROM observation")
    }
    assert len(expected) == 200
    assert stored == expected


def test_the_report_is_known_by_its_body_year_and_date(night: Office) -> None:
    rows = night.rows("SELECT report_year, edition, title, published_on, status FROM report")
    assert rows == [(2025, "t2021", "平潭综合实验区2025年度政府信息公开工作年度报告", "2026-03-10", "read")]
    assert night.rows("SELECT name, kind FROM body") == [("平潭综合实验区", "functional_zone")]


def test_every_hard_rule_passes(night: Office) -> None:
    failed = night.rows("SELECT rule, subject FROM finding WHERE severity = 'hard' AND outcome = 'fail'")
    assert failed == []
    assert night.rows("SELECT count(*) > 50 FROM finding WHERE severity = 'hard' AND outcome LIKE 'pass%'") == [(1,)]


def test_what_the_list_does_not_give_is_in_the_ledger(night: Office) -> None:
    assert night.rows("SELECT outcome, lists, reports FROM visit") == [("partial", 1, 1)]
    assert night.rows("SELECT kind, count(*) FROM incident GROUP BY kind ORDER BY kind") == [
        ("list_cut", 1),
        ("not_found", 9),
    ]
    assert night.rows("SELECT message_en FROM incident WHERE kind = 'list_cut'") == [
        ("The list says that it has 10 more rows, which could not be had.",)
    ]
