"""Requests that send something along: what tells them apart, in the crawl and in the archive."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse
from scrapy.settings import Settings
from sqlite_utils import Database

from crawler.asks import Ask
from crawler.attachments import shown_files
from crawler.links import Link
from crawler.pages import Page
from crawler.platforms import PLATFORMS, platform_of
from crawler.platforms.answers import Keys, inside, iso_date, number, parameters, with_parameters
from crawler.refusals import says_missing
from crawler.rowdates import row_date
from crawler.shells import ShellPages, script_target
from pipelines.captures import CaptureStore, Exchange
from pipelines.ledger import Night, open_run
from pipelines.migrations import migrations
from pipelines.store import open_archive

HERE = "http://a.gov.cn/nb/"


def test_a_request_that_sends_nothing_has_no_payload() -> None:
    assert Ask(HERE).payload == ""
    assert Ask(HERE) == Ask(HERE, "GET", b"", ())


def test_the_same_value_is_always_the_same_request() -> None:
    first, again, other = (Ask.json(HERE, {"a": value, "b": "年报"}, HERE) for value in (1, 1, 2))
    assert first == again
    assert first.payload == again.payload != other.payload
    assert first.body == '{"a":1,"b":"年报"}'.encode()
    assert Ask.form(HERE, [("a", "年报"), ("a", "2")], HERE).body == b"a=%E5%B9%B4%E6%8A%A5&a=2"


def test_two_posts_to_one_address_are_two_captures(tmp_path: Path) -> None:
    with closing(open_archive(tmp_path / "archive.db")) as db:
        run_id = open_run(db, Night("registry.csv", None, "samples", "Gongkai/0", "1"), [])
        store = CaptureStore(db, tmp_path / "captures.db")
        pages = [Ask.json(HERE, {"page": turn}, HERE).payload for turn in (1, 2)]
        for payload, body in zip(pages, (b"first", b"second"), strict=True):
            store.record(Exchange(run_id, None, HERE, 200, [], "samples", "POST", payload=payload), body)
        replayed = [store.replay(run_id, HERE, "POST", payload=payload) for payload in pages]
        assert [store.body(capture.sha256) for capture in replayed if capture] == [b"first", b"second"]
        assert store.replay(run_id, HERE, "POST") is None
        assert store.replay(run_id, HERE) is None
        store.close()


BEFORE = """
INSERT INTO run (id, state, started_at, vantage, reader) VALUES (1, 'complete', '2026-01-01', 'samples', '1');
INSERT INTO division (code, name, level, code_system, status, province_code, province)
    VALUES ('120117', '宁河区', '市辖区', 'GB/T 2260', 'current', '120000', '天津市');
INSERT INTO body VALUES ('120117-a', '120117', '宁河区人民政府', 'district_government');
INSERT INTO report (id, body_id, report_year, title, url, status, sha256, fingerprint)
    VALUES ('120117-a-2023', '120117-a', 2023, '年报', 'http://a.gov.cn/nb/', 'read', 'aa', 'f');
INSERT INTO capture (id, run_id, url, status, headers, sha256, size, vantage, received_at)
    VALUES (7, 1, 'http://a.gov.cn/nb/', 200, '[]', 'aa', 2, 'samples', '2026-01-01');
INSERT INTO capture (id, run_id, url, status, headers, sha256, size, revisit_of, vantage, received_at)
    VALUES (8, 1, 'http://a.gov.cn/nb/2', 304, '[]', 'aa', 2, 7, 'samples', '2026-01-02');
INSERT INTO report_source (report_id, url, sha256, capture_id, role)
    VALUES ('120117-a-2023', 'http://a.gov.cn/nb/', 'aa', 7, 'current');
"""


def test_captures_of_an_older_archive_keep_their_numbers_and_what_refers_to_them(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with closing(open_archive(path)) as db:
        ours = db.execute("PRAGMA application_id").fetchone()[0]
    path.unlink()
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute(f"PRAGMA application_id = {ours}")
        older = Database(raw)
        migrations.apply(older, stop_before="0007_post")
        raw.executescript(BEFORE)
    with closing(open_archive(path)) as db:
        assert db.execute("SELECT id, url, payload, revisit_of FROM capture ORDER BY id").fetchall() == [
            (7, HERE, "", None),
            (8, f"{HERE}2", "", 7),
        ]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("SELECT capture_id FROM report_source").fetchall() == [(7,)]
        with pytest.raises(sqlite3.IntegrityError):
            db.execute("DELETE FROM capture WHERE id = 7")


@pytest.mark.parametrize(
    ("url", "changes", "becomes"),
    [
        ("http://a/x", {"page": 2}, "http://a/x?page=2"),
        ("http://a/x?page=1&q=%C4%EA", {"page": 2}, "http://a/x?page=2&q=%C4%EA"),
        ("http://a/x?q=年&_=0.5", {"_": None}, "http://a/x?q=%E5%B9%B4"),
        ("http://a/x?empty=&f=/a/b", {}, "http://a/x?empty=&f=/a/b"),
    ],
)
def test_addresses_with_other_parameters(url: str, changes: dict[str, str | int | None], becomes: str) -> None:
    assert with_parameters(url, changes) == becomes


def test_values_that_are_not_there() -> None:
    assert (number(None), number("x", 3), number("12"), number(7)) == (0, 3, 12, 7)
    assert (inside(None, "a"), inside({"a": {"b": 1}}, "a", "b"), inside({"a": []}, "a", "b")) == (None, 1, None)
    assert (iso_date(""), iso_date("01-19"), iso_date("1674000000000")) == (None, None, "2023-01-18")
    assert parameters("http://a/x") == {}


def test_rows_of_objects_without_an_address_are_left_out() -> None:
    keys = Keys(url=("url",), title=("title",))
    page = Page(HERE, b"")
    assert keys.rows(None, page) == keys.rows([], page) == keys.rows({"url": "x"}, page) == []
    items = [
        {"title": "a"},
        "text",
        {"url": "javascript:x"},
        {"url": "//b.cn/c#d", "title": "<em>c</em>"},
    ]
    assert keys.rows(items, page) == [Link("http://b.cn/c", "c")]


@pytest.mark.parametrize(
    ("body", "data"),
    [
        ("", None),
        ("<p>{}", None),
        ('{"a": 1}', {"a": 1}),
        ('cb({"a": 1});', {"a": 1}),
        ("[1]", [1]),
        ("{broken", None),
        ("[" * 100_000, None),
    ],
)
def test_data_is_json_or_jsonp(body: str, data: object) -> None:
    assert Page(HERE, body.encode()).data == data


@pytest.mark.parametrize(
    ("script", "target"),
    [
        ("", ""),
        ("window.location.href='/html/'", "http://a.gov.cn/html/"),
        ("top.location = 'index.shtml'", f"{HERE}index.shtml"),
        ('self.location.replace("//b.gov.cn/")', "http://b.gov.cn/"),
        ("location.href='/search?q=' + word", ""),
        ("// location.href='/old/'", ""),
        ("if (phone) location.href='/wap/index.html'", ""),
        ("location.href='http://[bad'", ""),
        ("location.href='javascript:;'", ""),
        ("var location_of = '/map/'", ""),
    ],
)
def test_where_a_script_sends_the_browser(script: str, target: str) -> None:
    assert script_target(HERE, f"<script>{script}</script>".encode()) == target


def test_a_huge_page_is_not_decoded_to_see_whether_it_refreshes() -> None:
    shells = ShellPages(Settings({"METAREFRESH_ENABLED": True}))
    page = HtmlResponse(HERE, body=b"<html>" + b"\xff" * 32_000_000)
    before = time.process_time()
    assert shells.process_response(Request(HERE), page) is page
    assert time.process_time() - before < 3


def test_a_page_with_links_or_of_some_size_is_no_shell() -> None:
    script = b"<script>location.href='/html/'</script>"
    assert script_target(HERE, script + b"<a href=x>1</a>" * 4) == ""
    assert script_target(HERE, script + b" " * 4096) == ""


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("", None),
        ("<title>404 Not Found</title>", "404 Not Found"),
        ("<title>资源不存在</title>", "资源不存在"),
        ("<p>对不起，该页面不存在-404", "该页面不存在"),
        ("<title>甲县2023年政府信息公开工作年度报告</title><p>其中信息不存在 3 件", None),
        (f"<title>甲县人民政府</title><p>页面不存在{'年报' * 200}", None),
    ],
)
def test_a_page_may_say_that_it_is_missing(html: str, words: str | None) -> None:
    assert says_missing(html.encode()) == words


@pytest.mark.parametrize(
    ("printed", "date"),
    [
        ("", None),
        ("01-19", None),
        ("2023 01-19", "2023-01-19"),
        ("01/19 2023", "2023-01-19"),
        ("2023-13-40", None),
        ("[2023-1-9]", "2023-01-09"),
        ("2023.01.19 10:12", "2023-01-19"),
        ("2023年1月19日", "2023-01-19"),
        ("2023/1/19", "2023-01-19"),
        ("19 2023-01", "2023-01-19"),
        ("2023-01 19", "2023-01-19"),
        ("19 2023年1月", "2023-01-19"),
    ],
)
def test_dates_of_rows_in_every_notation(printed: str, date: str | None) -> None:
    assert row_date(printed).date == date


@pytest.mark.parametrize(
    ("row", "date"),
    [
        ('<li><a href="/a">年报</a><i>19</i><em>2023-01</em></li>', "2023-01-19"),
        ('<li><a href="/a">年报</a><script>document.write("2023-01-19".substr(0,10))</script></li>', "2023-01-19"),
        ('<li><a href="/a">年报</a><script>fmt("2023/1/19 10:00")</script></li>', "2023-01-19"),
        ('<li><a href="/a">年报</a><script>fmt("")</script></li>', None),
    ],
)
def test_dates_that_are_split_or_written_by_a_script(row: str, date: str | None) -> None:
    assert [link.date for link in Page(HERE, row.encode()).links] == [date]


@pytest.mark.parametrize(
    "html",
    [
        '<ul><li v-for="row in rows"><a href="/a">年报</a></li></ul>',
        '<ul><li ms-repeat="rows"><a href="/a">年报</a></li></ul>',
        '<a href="/a">$title</a><a href="/b"><%= title %></a>',
    ],
)
def test_rows_left_over_from_templates_are_none(html: str) -> None:
    assert Page(HERE, html.encode()).links == []


def test_an_address_in_the_script_of_a_link_is_one() -> None:
    html = """<a href="javascript:openurl('/nb/2023.html')">年报</a>"""
    assert [link.url for link in Page(HERE, html.encode()).links] == ["http://a.gov.cn/nb/2023.html"]


def test_a_page_without_files_shows_none() -> None:
    assert shown_files(HERE, b"") == []
    assert shown_files(HERE, b"%PDF-1.4 data-pdf='x.pdf'") == []
    assert shown_files(HERE, '<p data-pdf="http://[年报]/x.pdf">'.encode()) == []


@pytest.mark.parametrize(
    ("html", "file"),
    [
        ('<iframe src="/pdfjs/web/viewer.html?file=/nb/2023.pdf"></iframe>', "http://a.gov.cn/nb/2023.pdf"),
        ('<iframe src="/pdfjs/web/viewer.html?file=%2Fnb%2F2023.pdf&x=1"></iframe>', "http://a.gov.cn/nb/2023.pdf"),
        ('<embed type="application/pdf" src="./2023.pdf#toolbar=0">', f"{HERE}2023.pdf"),
        ('<object width=9 data="2023.pdf"></object>', f"{HERE}2023.pdf"),
        ('<div id="pdf" data-pdf="/files/8f2"></div>', "http://a.gov.cn/files/8f2"),
        ("<a onclick=\"window.open('/files/2023.docx')\">下载</a>", "http://a.gov.cn/files/2023.docx"),
        (
            '<a href="/module/download/downfile.jsp?classid=0&amp;filename=8f2.pdf">附件</a>',
            "http://a.gov.cn/module/download/downfile.jsp?classid=0&filename=8f2.pdf",
        ),
        (
            '<a href="/system/_content/download.jsp?urltype=news.DownloadAttachUrl&wbfileid=9">附件</a>',
            "http://a.gov.cn/system/_content/download.jsp?urltype=news.DownloadAttachUrl&wbfileid=9",
        ),
        ('<a href="/OpennessContent/download/77.html">附件</a>', "http://a.gov.cn/OpennessContent/download/77.html"),
    ],
)
def test_files_are_shown_in_many_ways(html: str, file: str) -> None:
    assert shown_files(HERE, html.encode()) == [file]


@pytest.mark.parametrize(
    "word", ["<record>", "title:'a'", "Pager({", "<embed ", "ajax_type:[", 'queryData="{', "<a href=x>"]
)
def test_a_hostile_page_is_done_with_soon(word: str) -> None:
    body = ("<datastore>articleList:[{ jpaas-publish-server " + word * 20_000).encode()
    before = time.process_time()
    hostile = Page(HERE, body)
    for platform in (*PLATFORMS, platform_of(hostile)):
        platform.rows(hostile)
        platform.further(hostile)
        platform.missing_rows(hostile)
    shown_files(HERE, body)
    assert time.process_time() - before < 20
