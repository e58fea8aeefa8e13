"""What strangers may try on the site, and what it keeps to itself."""

from pathlib import Path

import pytest

from pipelines.store import open_archive
from publish.plugins.cells import is_link
from tests.site_archive import HOSTILE, Get, client, filled_archive, get

__all__ = ["get"]


@pytest.mark.parametrize(
    "path", ["/", "/report/edu-2022", "/body/b-edu", "/archive/report", "/archive/report/edu-2022"]
)
def test_a_hostile_title_is_text(get: Get, path: str) -> None:
    page = get(path).text
    assert "&lt;script&gt;document.title" in page
    assert HOSTILE not in page
    assert 'href="javascript:' not in page


def test_an_archived_page_cannot_do_anything(get: Get) -> None:
    response = get("/-/capture/1/body")
    policy = response.headers["content-security-policy"]
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "青石县二〇二三年年报" in response.text, "GB18030 behind a declaration of UTF-8"
    assert policy.startswith("sandbox; default-src 'none'")
    assert "script" not in policy
    assert '<iframe src="/-/capture/1/body" sandbox' in get("/-/capture/1").text


def test_an_archived_attachment_is_a_download(get: Get) -> None:
    response = get("/-/capture/2/body")
    assert response.content == b"%PDF-1.4"
    assert response.headers["content-type"] == "application/octet-stream"
    assert response.headers["content-disposition"] == "attachment; filename*=UTF-8''annex.pdf"


@pytest.mark.parametrize("path", ["/\\example.com/", "/%5Cexample.com/", "/archive\\"])
def test_a_backslash_is_refused(get: Get, path: str) -> None:
    response = get(path)
    assert response.status_code == 400
    assert "location" not in response.headers
    assert "content-security-policy" in response.headers


@pytest.mark.parametrize(
    "name", ["databases", "settings", "plugins", "threads", "metadata", "auth-token", "permissions"]
)
def test_the_machinery_is_not_on_show(get: Get, name: str) -> None:
    assert get(f"/-/{name}.json").status_code == 404
    assert get(f"/-/{name}").status_code == 404


def test_a_mistake_of_ours_is_logged_and_not_shown(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    archive = filled_archive(tmp_path)
    open_archive(archive)["incident"].drop()
    response = client(archive)("/night/1")
    assert response.status_code == 500
    assert "It has been written to the log." in response.text
    assert "/night/1 failed" in caplog.text


@pytest.mark.parametrize(
    "path",
    [
        "/archive/finding/one-key-of-three",
        "/archive/report?_timelimit=abc",
        "/archive/report?_where=1;drop",
        "/archive/report?_where=%00",
        "/archive/report?_through=[]",
        '/archive/report?_through={"table":["a"]}',
        "/archive/report?report_year__in=[1,",
        "/archive/report?report_year__in=[[1]]",
    ],
)
def test_a_malformed_condition_is_a_visitors_mistake(get: Get, caplog: pytest.LogCaptureFixture, path: str) -> None:
    response = get(path)
    assert response.status_code == 400
    assert "A condition in this address is not as it must be" in response.text
    assert caplog.text == ""


@pytest.mark.parametrize("path", ["/search?q=%00", "/search?q=%22%00*", "/archive/section?_search=%00"])
def test_no_sign_breaks_a_search(get: Get, path: str) -> None:
    assert get(path).status_code == 200


def test_a_query_that_takes_too_long_is_stopped(get: Get) -> None:
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n"
    response = get(f"/archive?_timelimit=5&sql={endless.replace(' + ', ' %2B ')}")
    assert response.status_code == 400
    assert "took too long and was stopped" in response.text


def test_hidden_tables_stay_hidden(get: Get) -> None:
    page = get("/archive").text
    assert "_sqlite_migrations" not in page
    assert "section_fts" not in page
    assert ">observation<" in page


def test_links_outward_are_http_and_nothing_else() -> None:
    assert is_link("https://www.tjnh.gov.cn/a?b=1")
    refused = ("javascript:alert(1)", "//host/", "http://", "ftp://host/", "http://[bad", "http://a b")
    assert [text for text in refused if is_link(text)] == []


def test_a_query_cannot_build_a_value_of_a_gigabyte(get: Get) -> None:
    page = get("/archive?sql=select+length(hex(zeroblob(200000000)))")

    assert page.status_code == 400
    assert "too big" in page.text
