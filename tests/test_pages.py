"""Links and rows as real portals write them."""

from time import process_time

import pytest

from crawler.links import Link
from crawler.pages import Page
from crawler.rows import is_report_row

HERE = "https://www.pingtan.gov.cn/zwgk/zfxxgknb/index.html"


def links(html: str) -> list[Link]:
    return Page(HERE, html.encode()).links


def test_an_empty_page_has_no_links_no_title_and_no_meta() -> None:
    page = Page(HERE, b"")
    assert (page.links, page.title, page.meta) == ([], "", {})


@pytest.mark.parametrize(
    ("anchor", "url"),
    [
        (
            '<a href="./202301/t20230119_2136694.shtml">',
            "https://www.pingtan.gov.cn/zwgk/zfxxgknb/202301/t20230119_2136694.shtml",
        ),
        ('<a href="../../zfxxgk/">', "https://www.pingtan.gov.cn/zfxxgk/"),
        ('<a href="//zfxxgk.pingtan.gov.cn/x">', "https://zfxxgk.pingtan.gov.cn/x"),
        ('<a href="/a.html#top">', "https://www.pingtan.gov.cn/a.html"),
        ("""<a href="javascript:void(0)" onclick="openurl('/a/b.html')">""", "https://www.pingtan.gov.cn/a/b.html"),
        ('<a href="#" data-url="/a/c.html">', "https://www.pingtan.gov.cn/a/c.html"),
        ('<base href="https://www.pingtan.gov.cn/root/"><a href="a.html">', "https://www.pingtan.gov.cn/root/a.html"),
    ],
)
def test_addresses_come_absolute(anchor: str, url: str) -> None:
    assert [link.url for link in links(f"{anchor}年报</a>")] == [url]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="javascript:;">年报</a>',
        '<a href="mailto:a@b.cn">年报</a>',
        '<a href="http://[年报]/">年报</a>',
        '<a href="{{item.url}}">年报</a>',
        '<a href="/a.html">{{item.title}}</a>',
        '<a href="/a.html">$title$</a>',
        '<div style="display: none"><a href="/a.html">年报</a></div>',
        "<div hidden>" * 50 + '<a href="/a.html">年报</a>',
        "<script>document.write(\"<a href='/a.html'>年报</a>\")</script>",
        '<a href="/202301/t20230119_2136694_wap.html">年报</a>',
    ],
)
def test_what_a_visitor_cannot_follow_is_no_link(html: str) -> None:
    assert links(html) == []


def test_rows_of_reports_in_folded_tabs_are_links_and_what_is_folded_beside_them_is_none() -> None:
    tab = '<div style="display:none"><ul><li><a href="/a.html">甲县2022年政府信息公开工作年度报告</a></ul>'
    beside = '<p hidden><a href="/b.html">要闻</a></p></div><div hidden><a href="/c.html">要闻</a></div>'
    assert [link.url[-7:] for link in links(tab + beside)] == ["/a.html"]


@pytest.mark.parametrize(
    ("anchor", "label"),
    [
        ('<a href="/a">政府信息<br>公开年报</a>', "政府信息公开年报"),
        (
            '<a href="/a" title="甲县2022年信息公开年报">甲县2022年信息…</a>',
            "甲县2022年信息公开年报",
        ),
        (
            '<a href="/a" title="甲县2022年信息公开年报">甲县2022年信息...</a>',
            "甲县2022年信息公开年报",
        ),
        ('<a href="/a" title="甲县年报">甲县年报<span>[2023-01-19]</span></a>', "甲县年报"),
        ('<a href="/a" title="点击查看">甲县年报</a>', "甲县年报"),
        ('<a href="/a"><img alt="政府信息公开"></a>', "政府信息公开"),
    ],
)
def test_a_label_is_the_full_title(anchor: str, label: str) -> None:
    assert [link.label for link in links(anchor)] == [label]


@pytest.mark.parametrize(
    ("row", "date"),
    [
        ('<li><a href="/a">年报</a><span>2023-01-19</span></li>', "2023-01-19"),
        ('<li><a href="/a">年报<span>[2023.1.9]</span></a></li>', "2023-01-09"),
        ("<dl><dd><a href='/a'>年报</a></dd><dd> 2023年1月19日 </dd></dl>", "2023-01-19"),
        ("<table><tr><td><a href='/a'>年报</a></td><td>2023/1/19</td></tr></table>", "2023-01-19"),
        ('<ul><li><a href="/a">2022年年报</a></li><li><a href="/b">年报</a><i>2023-01-19</i></li></ul>', None),
        ('<li><a href="/a">年报</a><span>01-19</span></li>', None),
        ('<li><a href="/a">年报</a><span>2023-13-40</span></li>', None),
        ('<div>2019年12月3日星期二<ul><li><a href="/a">年报</a></li></ul></div>', None),
    ],
)
def test_a_date_is_that_of_its_own_row(row: str, date: str | None) -> None:
    assert links(row)[0].date == date


@pytest.mark.parametrize(
    ("label", "path", "is_row"),
    [
        ("甲县2022年政府信息公开工作年度报告", "/nb/202301/t20230119_2136694.html", True),
        ("甲县民政局政府信息公开工作年度报告", "/nb/2136694.html", True),
        ("政府信息公开工作年度报告", "/nb/content_184762", True),
        ("政府信息公开工作年度报告", "/nb/2022.pdf", True),
        ("政府信息公开年报", "/zfxxgknb/", False),
        ("政府信息公开年报", "/zfxxgknb/nlist.htm", False),
        ("2022年政府信息公开年报", "/zfxxgknb/2022n/", False),
        ("区民政局政府信息公开年报", "/mzj/zfxxgknb/index.html", False),
        ("一图读懂甲县2022年政府信息公开工作年度报告", "/nb/202301/t20230119_2136695.html", False),
        ("甲县2022年法治政府建设年度报告", "/nb/202301/t20230119_2136696.html", False),
    ],
)
def test_the_row_of_a_report_is_told_from_a_column(label: str, path: str, is_row: bool) -> None:
    assert is_report_row(Link(f"http://a.gov.cn{path}", label)) is is_row


def test_unexpanded_and_empty_meta_tags_are_missing() -> None:
    tags = ['content="年报" name="ColumnName"', 'name="PubDate" content=""', 'name="Url" content="{{url}}"']
    page = Page(HERE, "".join(f"<meta {tag}>" for tag in tags).encode())
    assert page.meta == {"columnname": "年报"}
    assert page.title == "年报"


def test_a_page_in_gbk_is_read() -> None:
    page = Page(HERE, '<meta charset="utf-8"><a href="/nb/">信息公开年报</a>'.encode("gbk"))
    assert [link.label for link in page.links] == ["信息公开年报"]


MENU = '<base href="/zw/"><title>某县</title><script>createPageHTML(3)</script><meta name=x content=y>'


@pytest.mark.parametrize(
    "ballast",
    [
        "<select>" + "<option>某镇</option>" * 40_000,
        "<div>" * 200_000,
        "<a href=1><b><i>" * 4_900 + "<p>" * 4_900,
        "<p " + " ".join(f"a{number}" for number in range(100_000)) + ">",
        "<a<" * 300_000,
        "<" + "a" * 900_000,
    ],
    ids=["options", "nested", "formatting", "attributes", "beginnings", "name"],
)
def test_a_page_made_to_be_parsed_for_minutes_still_shows_its_links_at_once(ballast: str) -> None:
    before = process_time()
    page = Page(HERE, f'{MENU}<a href="nb.html"><b>年报</b></a>{ballast}'.encode())
    assert (page.title, page.meta) == ("某县", {"x": "y"})
    assert page.links[0] == Link("https://www.pingtan.gov.cn/zw/nb.html", "年报")
    assert "createPageHTML(3" in page.source
    assert process_time() - before < 3


def test_of_a_huge_body_only_the_beginning_is_decoded() -> None:
    before = process_time()
    assert Page(HERE, "<title>年报</title>".encode() + b"\xff" * 32_000_000).title == "年报"
    assert process_time() - before < 3
