"""What a visit makes of lists and articles that are not quite what they should be."""

from pathlib import Path

import pytest
from nights import COLUMN, Answer, list_page, office, small_portal

from crawler.continuations import continuations, joined
from crawler.scoring import weights
from samples.portal import portals
from samples.render import render

TITLE = "宁河区{year}年政府信息公开工作年度报告"
OLD, NEW = "/zfxxgknb/202401/t20240130_100001.html", "/nb/202501/t20250130_100002.html"


def article() -> str:
    """A sample report that a portal shows, whole."""
    ninghe = next(portal for portal in portals() if portal.code == "120117")
    path = next(entry.url for _, entry in ninghe.entries if entry.report_year == 2022 and entry.is_a == "report")
    return next(page.body for address, page in render(ninghe).items() if address.endswith(path)).decode()


def test_an_article_of_one_page_goes_on_nowhere() -> None:
    assert continuations("http://a.gov.cn/t20240130_100001.html", b"") == []
    assert continuations("http://a.gov.cn/t20240130_100001.html", b"<p>t20240130_100001' <p>") == []
    lists = b"<script>createPageHTML(3, 0, 'index', 'html')</script>"
    assert continuations("http://a.gov.cn/nb/index.html", lists) == []


@pytest.mark.parametrize(
    ("call", "pages"),
    [
        ("createPageHTML(1, 0, 't20240130_100001', 'html')", []),
        ("createPageHTML(2, 0, 't20240130_100001', 'html')", ["_1"]),
        ('createPageHTML(3, 0, "t20240130_100001", "html")', ["_1", "_2"]),
        ("createPageHTML(3, 0, 't20240130_999999', 'html')", []),
        ("createPageHTML(5000, 0, 't20240130_100001', 'html')", []),
    ],
)
def test_the_pager_of_an_article_spells_where_it_goes_on(call: str, pages: list[str]) -> None:
    found = continuations("http://a.gov.cn/t20240130_100001.html", f"<script>{call}</script>".encode())
    assert found == [f"http://a.gov.cn/t20240130_100001{page}.html" for page in pages]


def test_parts_are_joined_in_order_and_without_the_page_round_them() -> None:
    first = '<meta charset="gbk"><h1>年报</h1><div class="TRS_Editor"><p>一</div><footer>底</footer>'.encode("gbk")
    rest = [f'<nav>n</nav><div class="TRS_Editor"><p>{part}</div>'.encode() for part in ("二", "三")]
    text = joined(first, rest).decode()
    assert [text.index(word) for word in ("年报", "一", "二", "三", "底")] == sorted(
        text.index(word) for word in ("年报", "一", "二", "三", "底")
    )
    assert "nav" not in text


def split(html: str) -> tuple[str, str]:
    """A report cut in two behind its first table."""
    cut = html.index("</table>") + len("</table>")
    pager = f"<script>createPageHTML(2, 0, '{Path(OLD).stem}', 'html')</script>"
    return html[:cut] + pager, f"<body><div>{html[cut:]}"


def test_a_report_split_in_two_is_read_whole(tmp_path: Path) -> None:
    first, second = split(article())
    row = (OLD, TITLE.format(year=2022))
    pages = {"/": COLUMN, "/zfxxgknb/": list_page(row), OLD: first, OLD.replace(".html", "_1.html"): second}
    with small_portal(pages) as portal:
        one = office(tmp_path, ("120117", portal.home_url))
        one.run()
    assert one.rows("SELECT outcome, reports FROM visit") == [("complete", 1)]
    assert one.rows("SELECT status FROM report") == [("read",)]
    assert one.rows("SELECT count(*) FROM observation WHERE status = 'reported'")[0][0] >= 198
    assert one.rows("SELECT method FROM report_version JOIN capture ON capture.id = capture_id") == [("JOIN",)]


def test_half_a_split_report_is_not_read(tmp_path: Path) -> None:
    first, _ = split(article())
    with small_portal({"/": COLUMN, "/zfxxgknb/": list_page((OLD, TITLE.format(year=2022))), OLD: first}) as portal:
        one = office(tmp_path, ("120117", portal.home_url))
        one.run()
    assert one.rows("SELECT outcome, reports FROM visit") == [("partial", 0)]
    assert one.rows("SELECT kind, url FROM incident") == [
        ("not_found", f"{portal.home_url[:-1]}{OLD.replace('.html', '_1.html')}")
    ]


def test_a_row_that_is_no_report_leaves_a_trace(tmp_path: Path) -> None:
    notice = ("/zfxxgknb/202401/t20240101_100009.html", "关于2023年政府信息公开工作年度报告的通知")
    news = ("/zfxxgknb/202401/t20240101_100008.html", "全区工作会议召开")
    rows = list_page((OLD, TITLE.format(year=2023)), notice, news)
    with small_portal({"/": COLUMN, "/zfxxgknb/": rows, OLD: "<p>"}) as portal:
        one = office(tmp_path, ("120117", portal.home_url))
        one.run()
    assert one.rows("SELECT url, message_en FROM incident WHERE kind = 'row_passed_over'") == [
        (
            f"{portal.home_url[:-1]}{notice[0]}",
            f"This row of the list is about a report and is none (“{notice[1]}”: 通知).",
        )
    ]


def test_a_list_that_moved_is_left_alone_once_its_successor_is_known(tmp_path: Path) -> None:
    row = (OLD, TITLE.format(year=2023))
    with small_portal({"/": COLUMN, "/zfxxgknb/": list_page(row), OLD: "<p>"}) as portal:
        one = office(tmp_path, ("120117", portal.home_url))
        one.run()
        portal.pages["/xxgknb/"] = portal.pages.pop("/zfxxgknb/")
        portal.pages["/"] = Answer(COLUMN.replace("/zfxxgknb/", "/xxgknb/"))
        one.run()
        portal.asked.clear()
        one.run()
    lists = one.rows("SELECT url, lost_on IS NULL, evidence FROM report_list ORDER BY url DESC")
    home = portal.home_url
    assert lists == [
        (f"{home}zfxxgknb/", 0, f"link “政府信息公开年报” on {home} (180 points)"),
        (f"{home}xxgknb/", 1, f"link “政府信息公开年报” on {home} (180 points)"),
    ]
    assert "/zfxxgknb/" not in portal.asked
    assert one.rows("SELECT outcome FROM visit ORDER BY run_id")[2] == ("complete",)


def test_a_column_that_no_link_leads_to_is_looked_for_where_it_often_is(tmp_path: Path) -> None:
    rows = list_page((OLD, TITLE.format(year=2023)), (NEW, TITLE.format(year=2024)))
    home = "".join(f'<a href="/news/{at}/">要闻</a>' for at in range(9))
    with small_portal({"/": home, "/zwgk/zfxxgknb/": rows, OLD: "<p>", NEW: "<p>"}) as portal:
        one = office(tmp_path, ("120117", portal.home_url))
        one.run()
    tried = list(weights().usual_paths)
    assert portal.asked[:6] == ["/robots.txt", "/", *tried[:4]]
    assert one.rows("SELECT url, evidence FROM report_list") == [(f"{portal.home_url}zwgk/zfxxgknb/", "usual address")]
    assert one.rows("SELECT outcome FROM visit") == [("complete",)]


def test_a_list_that_comes_again_after_a_stub_is_complete(tmp_path: Path) -> None:
    stub = Answer("<p>wait")
    with small_portal({"/": COLUMN, "/zfxxgknb/": stub, OLD: article()}) as portal:
        stub.before = lambda: portal.pages.update({"/zfxxgknb/": Answer(list_page((OLD, TITLE.format(year=2022))))})
        one = office(tmp_path, ("120117", portal.home_url))
        one.run()
    assert portal.asked == ["/robots.txt", "/", "/zfxxgknb/", "/zfxxgknb/", OLD]
    assert one.rows("SELECT outcome, reports FROM visit") == [("complete", 1)]
