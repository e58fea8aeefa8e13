"""Whose report, of which year, published when: what a document and its provenance tell together."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.bodies import Division
from pipelines.document import Document, Paragraph
from pipelines.identity import Identity, Provenance, identify
from pipelines.opening import Opening, opening
from pipelines.readers.html import read_html
from pipelines.reading import Reading, read
from pipelines.rules import check
from pipelines.store import report_of
from tests.archives import NINGHE
from tests.layouts.form import Draft, draft
from tests.layouts.formats import as_page
from tests.reports import YEAR_2022, outcomes, report

HONGZE = Division("320813", "洪泽区", "江苏省", "淮安市")
TITLE = "宁河区民政局2022年政府信息公开工作年度报告"
BARE = "2022年政府信息公开工作年度报告"


def identity_of(head: str = "", text: str = "", title: str = BARE, **known: str) -> Identity:
    page = f"<html><head>{head}</head><body><h1>{title}</h1>{text}</body></html>"
    return identify(read_html(page.encode()), Provenance(division=NINGHE, **known))


def meta(**tags: str) -> str:
    return "".join(f'<meta name="{name}" content="{content}">' for name, content in tags.items())


def test_a_heading_that_is_a_link_is_the_title_of_another_page():
    link = '<h3><a href="/2.html">宁河区统计局2021年政府信息公开工作年度报告</a></h3>'
    page = f"<html><body>{link}<p>{TITLE}</p><p>一、总体情况</p></body></html>"

    identity = identify(read_html(page.encode()), Provenance(division=NINGHE))

    assert (identity.body_name, identity.report_year) == ("宁河区民政局", 2022)


def test_a_document_without_anything_says_nothing_of_itself():
    identity = identify(Document([]), Provenance())

    assert (identity.title, identity.body_name, identity.years, identity.dates) == (None, None, {}, {})


@pytest.mark.parametrize(
    ("known", "body"),
    [
        ({}, None),
        ({"title": "宁河区民政局2022年政府信息公开工作年度报告"}, "宁河区民政局"),
        ({"title": f"{BARE}（宁河区民政局）", "column": "区政府"}, "宁河区民政局"),
        ({"column": "区政府"}, "宁河区人民政府"),
        ({"column": "宁河区人民政府年报"}, "宁河区人民政府"),
        ({"column": "区本级"}, "宁河区人民政府"),
        ({"column": "区民政局"}, "区民政局"),
        ({"column": "区政府部门"}, None),
        ({"column": "委办局"}, None),
        ({"column": "街道办事处"}, None),
        ({"column": "宁河区政府信息公开年报"}, None),
        ({"head": meta(ContentSource="区政务服务办")}, "区政务服务办"),
        ({"head": meta(ContentSource="本站", SiteName="天津市宁河区人民政府")}, "天津市宁河区人民政府"),
        ({"head": meta(SiteName="天津市宁河区人民政府"), "column": "委办局"}, None),
        ({"head": meta(SiteName="天津市宁河区人民政府"), "text": "<p>我局高度重视。</p>"}, None),
        ({"head": meta(SiteName="天津市宁河区人民政府"), "text": "<p>本机关高度重视。</p>"}, "天津市宁河区人民政府"),
        ({"head": meta(ContentSource="宁河区人民政府"), "text": "<p>我局高度重视。</p>"}, None),
        (
            {"head": meta(ContentSource="宁河区人民政府"), "text": "<p>信息来源：宁河区统计局</p><p>我局重视。</p>"},
            "宁河区统计局",
        ),
        (
            {"head": meta(ContentSource="宁河区人民政府"), "text": "<p>信息来源：宁河区统计局</p><p>本机关重视。</p>"},
            "宁河区人民政府",
        ),
        ({"text": "<p>来源：宁河区人民政府</p><p>我局高度重视。</p>"}, None),
        ({"head": meta(ContentSource="区民政局"), "text": "<p>我局高度重视。</p>"}, "区民政局"),
        ({"text": "<p>来源：宁河区统计局 发布时间：2023-01-05</p>"}, "宁河区统计局"),
        ({"text": "<p>来源：宁河区统计局</p><p>请与天津市宁河区统计局联系。</p>"}, "天津市宁河区统计局"),
        ({"text": "<p>来源：宁河区统计局</p><p>已抄送天津市统计局。</p>"}, "宁河区统计局"),
        ({"text": "<p>现将宁河区统计局2022年度政府信息公开工作年度报告公布如下。</p>"}, "宁河区统计局"),
        ({"text": "<p>本报告由宁河区统计局按照条例编制。</p>"}, "宁河区统计局"),
        ({"text": "<p>本报告由宁河区人民政府办公室按照条例编制。</p>"}, None),
        ({"text": "<p>全区共收到政府信息公开申请122件。</p>"}, "宁河区人民政府"),
        (
            {"text": "<p>全区共收到申请122件。</p>", "head": meta(ContentSource="区政府办公室")},
            "宁河区人民政府",
        ),
        ({"text": "<p>全区共收到申请122件。</p>", "head": meta(ContentSource="区民政局")}, "区民政局"),
        ({"list_title": "宁河区民政局2022年政府信息公开工作年度报告"}, "宁河区民政局"),
        ({"list_title": "区民政局2022年政府信息公开工作年度报告", "column": "区政府部门"}, "区民政局"),
        ({"list_title": "区民政局2022年政府信息公开…", "column": "区政府部门"}, None),
        ({"list_title": "宁河区2022年政府信息公开工作年度报告"}, "宁河区"),
        ({"list_title": "宁河区2022年政府信息公开工作年度报告", "column": "区民政局"}, "区民政局"),
        ({"list_title": "宁河区2022年政府信息公开工作年度报告", "head": meta(ContentSource="区政府办公室")}, "宁河区"),
        ({"list_title": "区民政局2022年政府信息公开工作年度报告", "head": meta(SiteName="宁河区人民政府")}, "区民政局"),
        (
            {"title": TITLE, "list_title": "宁河区统计局2022年政府信息公开工作年度报告"},
            "宁河区民政局",
        ),
        ({"text": "<p>宁河区统计局</p><p>2023年1月12日</p>"}, "宁河区统计局"),
        ({"text": "<p>宁河区统计局 2023年1月12日</p>", "head": meta(SiteName="宁河区人民政府")}, "宁河区统计局"),
        ({"text": "<p>宁河区统计局</p><p>宁河区民政局</p><p>二〇二三年一月十二日</p>"}, "宁河区民政局"),
        ({"text": "<p>宁河区统计局</p><p>2023年1月12日起施行</p>"}, None),
        ({"text": "<p>宁河区人民政府办公室</p><p>2023年1月12日</p>"}, None),
        ({"text": "<p>宁河区统计局</p><p>2023年1月12日</p>" + "<p>一、总体情况</p>" * 4}, None),
        ({"text": "<p>及时汇总上报工作信息。</p>"}, None),
        ({"text": "<p>全区共有养老机构12家。</p>"}, None),
    ],
)
def test_whose_report_it_is_by_the_best_evidence(known: dict[str, str], body: str | None):
    assert identity_of(**known).body_name == body


def test_the_line_above_the_title_names_the_body():
    compiled = "本报告由宁河区人民政府办公室按照条例编制。"

    for name in ("宁河区统计局", "宁河区人民政府"):
        lines = [name, BARE, compiled, "一、总体情况"]
        assert identify(Document([Paragraph(line) for line in lines]), Provenance()).body_name == name


@pytest.mark.parametrize(("said", "body"), [("我镇重视。", "宁河镇"), ("本机关重视。", "宁河区人民政府")])
def test_the_head_of_the_site_names_no_body_where_a_town_speaks(said: str, body: str):
    lines = ["宁河区人民政府", "首页", "政务公开", "机构职能", "宁河镇", BARE, "一、总体情况", said]

    identity = identify(Document([Paragraph(line) for line in lines]), Provenance())

    assert identity.body_name == body


@pytest.mark.parametrize(
    ("texts", "title", "body"),
    [
        (["首页>政府信息公开年报", "区民政局", "宁河区民政局2022年政府信息公开工作年度报告"], None, "宁河区民政局"),
        (
            ["宁河区民政局2022年政府信息公开", "工作年度报告"],
            "宁河区民政局2022年政府信息公开工作年度报告",
            "宁河区民政局",
        ),
        (["公共企事业", BARE], BARE, None),
        (["政府信息公开年报"], "政府信息公开年报", None),
    ],
)
def test_the_title_is_the_line_that_says_more_than_its_column(texts: list[str], title: str | None, body: str | None):
    identity = identify(Document([Paragraph(text) for text in texts]), Provenance())

    assert identity.title == (title or texts[-1])
    assert identity.body_name == body


ADDRESS = "http://x/202301/t20230111_1.html"


@pytest.mark.parametrize(
    ("known", "published", "source"),
    [
        ({"head": meta(PubDate="2023-01-19 10:12"), "list_date": "2023-01-18"}, date(2023, 1, 19), "meta"),
        ({"text": "<p>发布时间：2023-01-12 10:02</p>", "list_date": "2023-01-18"}, date(2023, 1, 12), "page"),
        ({"list_date": "2023-01-18", "url": ADDRESS}, date(2023, 1, 18), "list"),
        ({"text": "<p>成文日期：2023-01-06</p>", "url": ADDRESS}, date(2023, 1, 6), "written"),
        ({"url": ADDRESS}, date(2023, 1, 11), "url"),
        ({"url": "http://x/63ae9ee5f8fd1c4c2133970d.html"}, None, None),
        ({"url": "http://x/63d0b2e5f8fd1c4c2133970d.html"}, date(2023, 1, 25), "url"),
        ({"head": meta(PubDate="2025-06-03"), "url": ADDRESS}, date(2023, 1, 11), "url"),
        ({"head": meta(PubDate="2025-06-03"), "text": "<p>发布日期：2023-01-12</p>"}, date(2023, 1, 12), "page"),
        ({"head": meta(PubDate="2023-01-20"), "list_date": "2023-01-12"}, date(2023, 1, 20), "meta"),
        ({"head": meta(PubDate="$article.date$"), "url": ADDRESS}, date(2023, 1, 11), "url"),
        ({"text": "<p>更新时间：2023-01-12</p>"}, None, None),
        ({"text": "<p>2019年12月3日 星期二</p><p>时间：2019年12月3日 星期二</p>"}, None, None),
    ],
)
def test_the_date_of_publication_is_that_of_the_best_source(known, published, source):
    identity = identity_of(**known)

    assert (identity.published_on, identity.published_source) == (published, source)


def test_every_candidate_date_is_kept_with_its_source():
    text = "<p>发布日期：2023-01-12 成文日期：2023-01-06</p>"
    identity = identity_of(meta(PubDate="2025-06-03"), text, url=ADDRESS, list_date="2023-01-13")

    assert list(identity.dates.items()) == [
        ("page", date(2023, 1, 12)),
        ("list", date(2023, 1, 13)),
        ("written", date(2023, 1, 6)),
        ("url", date(2023, 1, 11)),
        ("meta", date(2025, 6, 3)),
    ]


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("根据条例，现将2022年度政府信息公开工作年度报告公布如下。", Opening(None, 2022)),
        ("按照要求，特编制宁河区民政局2022年政府信息公开工作年度报告。", Opening("宁河区民政局", 2022)),
        ("本年度报告由宁河区民政局根据条例编制。", Opening("宁河区民政局", None)),
        ("宁河区民政局根据《中华人民共和国政府信息公开条例》编制本报告。", Opening("宁河区民政局", None)),
        ("根据条例要求，宁河区统计局编制了2022年度政府信息公开工作年度报告。", Opening("宁河区统计局", 2022)),
        ("根据条例要求，由宁河区统计局编制本报告。", Opening("宁河区统计局", None)),
        ("按照条例，宁河区统计局组织编制了政府信息公开工作年度报告。", Opening("宁河区统计局", None)),
        ("按照条例，结合宁河区统计局编制本报告。", Opening()),
        ("按照条例，我局编制了2022年度政府信息公开工作年度报告。", Opening(None, 2022)),
        ("按照条例，宁河区统计局编制了统计年鉴。", Opening()),
        ("全区工作有序，宁河区统计局编制了2022年度政府信息公开工作年度报告。", Opening(None, 2022)),
        ("本机关根据《中华人民共和国政府信息公开条例》编制本报告。", Opening()),
        ("本报告所列数据统计期限从2022年1月1日至2022年12月31日止。", Opening()),
        ("", Opening()),
    ],
)
def test_the_first_sentence_says_whose_report_it_is(sentence: str, said: Opening):
    assert opening(["导航", sentence]) == said


@given(st.lists(st.text(max_size=80), max_size=5), st.text(max_size=40), st.text(max_size=40))
def test_any_document_is_identified_without_an_error(lines: list[str], column: str, listed: str):
    identify(Document([Paragraph(line) for line in lines]), Provenance("", NINGHE, listed, listed, column))


def reading_of(title: str, division: Division = NINGHE, said: str = "", seed: int = 1) -> Reading:
    report: Draft = draft(seed)
    report.title, report.year = title, 2022
    page = as_page(report).replace("一、总体情况".encode(), f"<p>{said}</p>一、总体情况".encode(), 1)
    reading = read(page, Provenance(division=division))
    check(reading)
    return reading


@pytest.mark.parametrize(
    ("title", "division"),
    [
        ("淮安市人民政府2022年政府信息公开工作年度报告", HONGZE),
        ("淮安市2022年政府信息公开工作年度报告", HONGZE),
        ("淮安市民政局2022年政府信息公开工作年度报告", HONGZE),
        ("清江浦区2022年政府信息公开工作年度报告", HONGZE),
        ("天津市2022年政府信息公开工作年度报告", NINGHE),
        ("武清区民政局2022年政府信息公开工作年度报告", NINGHE),
    ],
)
def test_the_report_of_another_place_is_refused_with_its_name(title: str, division: Division):
    reading = reading_of(title, division)

    assert reading.refusal is not None
    assert reading.refusal.code == "another_place"
    assert title.partition("2022")[0] in reading.refusal.zh
    assert division.name in reading.refusal.en


@pytest.mark.parametrize(
    ("title", "report_id", "id_05"),
    [
        ("宁河区2022年政府信息公开工作年度报告", "120117-government-2022", "pass"),
        ("天津市宁河区人民政府2022年政府信息公开工作年度报告", "120117-government-2022", "pass"),
        ("宁河现代产业区2022年政府信息公开工作年度报告", None, "pass"),
        ("甲县人民政府2022年政府信息公开工作年度报告", None, "fail"),
    ],
)
def test_only_the_division_s_own_government_has_the_government_s_id(title: str, report_id: str | None, id_05: str):
    reading = reading_of(title)

    body, found = report_of(reading)
    assert (found == report_id) if report_id else (body.kind != "district_government" and "government" not in found)
    assert [f.outcome for f in reading.findings if f.rule == "ID-05"] == [id_05]


@pytest.mark.parametrize(
    ("title", "said", "outcome"),
    [
        (TITLE, "", "not_evaluable"),
        (TITLE, "现将2022年度政府信息公开工作年度报告公布如下。", "pass"),
        (TITLE, "现将天津市宁河区民政局2022年度政府信息公开工作年度报告公布如下。", "pass"),
        (TITLE, "现将2021年度政府信息公开工作年度报告公布如下。", "fail"),
        (TITLE, "本报告由宁河区统计局按照条例编制。", "fail"),
        (TITLE, "本报告由宁河区人民政府按照条例编制。", "fail"),
        (TITLE.replace("民政", "教育体育"), "现将区教体局2022年度政府信息公开工作年度报告公布如下。", "pass"),
        ("宁河区2022年政府信息公开工作年度报告", "本报告由宁河区人民政府办公室按照条例编制。", "pass"),
    ],
)
def test_the_first_sentence_is_held_against_the_title(title: str, said: str, outcome: str):
    reading = reading_of(title, said=said)

    [found] = [finding for finding in reading.findings if finding.rule == "ID-06"]
    assert (found.outcome, found.severity) == (outcome, "soft")


@pytest.mark.parametrize(
    "link", ["2021年政府信息公开工作年度报告", TITLE.replace("2022", "2021"), "县水利局2022年政府信息公开年报"]
)
def test_the_title_above_the_text_counts_before_links_further_up(link: str):
    page = f"<ul><li>{link}</li><li>{link}</li></ul><p>{TITLE}</p><p>一、总体情况</p>"

    found = identify(read_html(page.encode()), Provenance())

    assert (found.body_name, found.report_year) == ("宁河区民政局", 2022)


def test_a_name_above_the_title_is_that_above_the_report_s_own():
    page = f"<p>政府信息公开指南</p><p>政府信息公开年报</p><p>宁河区民政局</p><p>{BARE}</p><p>一、总体情况</p>"

    assert identify(read_html(page.encode()), Provenance()).body_name == "宁河区民政局"


def test_a_place_and_its_government_are_one_body_where_no_portal_is_known():
    identity = replace(YEAR_2022, body_name="某县人民政府", opening=Opening("某县", 2022))

    assert outcomes(report(identity=identity), "ID-06") == {"report": "pass"}


def test_a_doubtful_first_sentence_is_told_in_both_languages():
    reading = reading_of(TITLE, said="现将宁河区统计局2021年度政府信息公开工作年度报告公布如下。")

    [found] = [finding for finding in reading.findings if finding.rule == "ID-06"]
    assert found.message_zh == (
        "开头称“宁河区统计局”，标题为“宁河区民政局”；开头称 2021 年，报告年度为 2022 年，可能沿用了其他报告的文字。"
    )
    assert found.message_en == (
        "Perhaps left from another report: the first sentence names “宁河区统计局” but the title “宁河区民政局”; "
        "the first sentence says 2021 but the report is of 2022."
    )
