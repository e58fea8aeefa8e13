"""The site through Datasette's own client: every page, an empty archive, and what strangers may try."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipelines.store import open_archive
from publish.__main__ import main
from publish.forms import lay_out
from publish.plugins.search import phrases
from publish.site import NoArchiveError, build
from tests.site_archive import Get, client, empty_archive, filled_archive, get

__all__ = ["get"]

PAGES = [
    "/",
    "/search",
    "/search?q=复议",
    '/search?q="',
    "/night",
    "/archive",
    "/archive/report",
    "/archive/finding",
    "/archive/observation",
    "/archive/section?_search=复议",
    "/archive?sql=select+count(*)+from+report",
]


@pytest.fixture
def empty(tmp_path: Path) -> Get:
    return client(empty_archive(tmp_path / "archive.db"))


@pytest.mark.parametrize("path", PAGES)
def test_an_empty_archive_shows_friendly_pages(empty: Get, path: str) -> None:
    response = empty(path)
    assert response.status_code == 200
    assert "公开" in response.text


def test_an_empty_archive_says_what_to_do(empty: Get) -> None:
    assert "There are no reports yet. Run make night" in empty("/").text
    assert "样例数据" not in empty("/").text
    assert empty("/archive/not_adding_up").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        *PAGES,
        "/report/gov-2023",
        "/report/gov-2020",
        "/report/edu-2022",
        "/report/edu-2023",
        "/body/b-gov",
        "/division/999901",
        "/division/999902",
        "/night/1",
        "/-/capture/1",
        "/-/capture/2",
        "/archive/report/gov-2023",
        "/archive/finding/gov-2023,T3-COL,partly_granted",
    ],
)
def test_every_page_is_whole_and_carries_no_script(get: Get, path: str) -> None:
    response = get(path)
    assert response.status_code == 200
    assert response.text.rstrip().endswith("</html>")
    assert "<script" not in response.text
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"


def test_every_ready_query_answers(get: Get) -> None:
    names = ("disclosure_rate", "not_adding_up", "missing_reports", "late_reports", "contest_rate", "refusal_reasons")
    answers = {name: get(f"/archive/{name}.json?_shape=array").json() for name in (*names, "covered_divisions")}
    assert {name: len(rows) for name, rows in answers.items()} == {
        "disclosure_rate": 3,
        "not_adding_up": 1,
        "missing_reports": 2,
        "late_reports": 1,
        "contest_rate": 3,
        "refusal_reasons": 48,
        "covered_divisions": 1,
    }
    assert answers["disclosure_rate"][0]["disclosed"] == 86, "a proven total counts"
    assert [get(f"/archive/{name}").status_code for name in answers] == [200] * 7


def test_the_start_page_counts_what_is_there(get: Get) -> None:
    page = get("/").text
    assert "样例数据" in page
    assert "<strong>4</strong>份年报" in page
    assert "<strong>2020–2023</strong>" in page
    assert "2026-04-01 02:00" in page, "moments are shown in Beijing time"
    assert '/archive/obligation?report_year=2022&amp;state=missing">1</a>' in page


def test_the_report_page_shows_the_figures_as_printed(get: Get) -> None:
    page = get("/report/gov-2023").text
    assert page.count('<td class="figure') == 10 + 25 * 7 + 15
    assert ">4166.241619<" in page
    assert 'is-derived"><span class="hidden">空白 blank: </span>[43]</td>' in page
    assert page.count("suspect") == 7 + 1, "the row that does not add up, and the legend"
    assert "The total should be 43; 42 is printed." in page
    assert "If the total were 43." in page
    assert "the publisher&#39;s error" in page
    assert page.index("is-hard") < page.index("holds")


def test_the_2019_form_keeps_marks_and_units(get: Get) -> None:
    page = get("/report/gov-2020").text
    assert page.count('<td class="figure') == 22 + 23 * 7 + 15
    assert re.search(r'is-na_mark"><a href="[^"]*&amp;metric=regulations_made#archived">/</a></td>', page)
    assert ">251000 元<" in page


def test_a_report_without_tables_says_so(get: Get) -> None:
    assert "The tables of this report have not been read" in get("/report/edu-2023").text


def test_a_body_shows_its_missing_years_with_the_reason(get: Get) -> None:
    page = get("/body/b-gov").text
    assert [year for year in ("2023", "2022", "2020") if f'<th scope="row">{year}</th>' in page] == [
        "2023",
        "2022",
        "2020",
    ]
    assert "the portal could not be reached" in page
    assert "200.0%" in page, "disclosed of handled, with a proven total"
    assert "86/43" in page


def test_the_ledger_is_told_in_words(get: Get) -> None:
    page = get("/night/1").text
    assert "complete, something needs a human" in page
    assert "portal unreachable" in page
    assert "connection refused" in page
    assert "2 portals visited, 4 reports read." in page


def test_an_import_is_not_called_a_night(tmp_path: Path) -> None:
    archive = filled_archive(tmp_path)
    open_archive(archive)["run"].update(1, {"kind": "import"})
    get = client(archive)
    for path in ("/night", "/night/1"):
        assert "import of captures made elsewhere" in get(path).text
    assert "Night 1" not in get("/night/1").text


def test_a_webmaster_finds_the_receipts_of_a_night(get: Get) -> None:
    assert '<td class="figure">12</td><td class="figure">3.0</td>' in get("/night/1").text
    assert "/archive/receipt?run_id=1" in get("/night/1").text
    assert get("/archive/receipt.json?run_id=1&_shape=array&_col=requests&_col=shortest_gap").json()[0]["requests"] == 2


def test_two_characters_are_found(get: Get) -> None:
    page = get("/search?q=复议").text
    assert "青石县2023年政府信息公开工作年度报告" in page
    assert "&lt;b&gt;未收取" in page
    assert "青石县人民政府" in get("/search?q=青石").text
    assert len(get("/archive/section.json?_search=复议&_shape=array").json()) == 1
    assert get("/archive/section.json?_search=复核&_shape=array").json() == []


def test_an_index_query_is_made_of_phrases() -> None:
    assert phrases("行政 GB2312") == '"行 政" "GB2312"'
    assert phrases('"') == '""'


def test_a_lost_body_is_said_to_be_lost(tmp_path: Path) -> None:
    archive = filled_archive(tmp_path)
    for file in tmp_path.glob("captures.db*"):
        file.unlink()
    get = client(archive)
    assert "There is no captures.db beside the archive." in get("/-/capture/1").text
    assert get("/-/capture/1/body").status_code == 404


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/archive/report?_sort=nothing", 400, "Cannot sort table by nothing"),
        ("/report/none", 404, "There is no such page"),
        ("/night/999999999999999999", 404, "There is no such page"),
        ("/-/capture/9", 404, "There is no such page"),
        ("/archive/none", 404, "There is no such page"),
        ("/archive.db", 403, "This page is not open"),
        ("/archive?sql=delete+from+report", 400, "The request cannot be answered"),
        ("/archive?sql=select+nothing", 400, "The query cannot be run"),
    ],
)
def test_what_is_not_there_is_said_in_words(get: Get, path: str, status: int, said: str) -> None:
    response = get(path)
    assert response.status_code == status
    assert said in response.text
    assert "Traceback" not in response.text


def test_a_mixture_of_editions_shows_what_it_prints(tmp_path: Path) -> None:
    db = open_archive(filled_archive(tmp_path))
    db["disclosure"].update("gov-2023", {"regulations_made": 5})

    forms, figures = lay_out(db.conn, "gov-2023", "hybrid")

    assert len(forms) == 3
    assert figures.of("regulations_made").text == "5"
    db.close()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "run `make night` first"),
        (b"not a database at all", "cannot be read (file is not a database)"),
        (b"", "is not an archive made by Gongkai"),
    ],
)
def test_without_an_archive_one_sentence_says_what_to_do(tmp_path: Path, content: bytes | None, said: str) -> None:
    path = tmp_path / "archive.db"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(NoArchiveError):
        build(path, tmp_path / "captures.db")
    result = CliRunner().invoke(main, ["serve", "--db", str(path)])

    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert said in result.output
    assert len(result.output.splitlines()) == 1
