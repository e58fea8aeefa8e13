"""Titles: the variants seen on real portals, and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.bodies import body_kind
from pipelines.text import squeeze
from pipelines.titles import look_alike_word, looks_like_report_title, may_be_a_copy, parse_title
from pipelines.years import YEAR, year_of

TITLES = [
    ("天津市蓟州区2021年政府信息公开工作年度报告", "天津市蓟州区", 2021, "district_government"),
    ("河东区民政局2019年度政府信息公开工作年度报告", "河东区民政局", 2019, "bureau"),
    ("2020年宁河镇人民政府信息公开工作年度报告", "宁河镇人民政府", 2020, "town"),
    ("宝坻区大钟庄镇政府信息公开工作年度报告 (2019年)", "宝坻区大钟庄镇", 2019, "town"),
    ("武清区河西务镇2019年政府信息公开年度报告", "武清区河西务镇", 2019, "town"),
    ("红桥区人民政府办公室2023年政府信息公开工作报告", "红桥区人民政府办公室", 2023, "district_office"),
    ("某区档案馆2020年政府信息公开工作的年度报告", "某区档案馆", 2020, "public_institution"),
    ("舒兰市市场监督管理局2016年政务信息公开年度报告", "舒兰市市场监督管理局", 2016, "bureau"),
    ("衡阳市国资委2019年度政府信息公开年度报告", "衡阳市国资委", 2019, "bureau"),
    ("2009年上海市长宁区政府信息公开年报", "上海市长宁区", 2009, "district_government"),
    ("2024年政府信息公开工作年度报告", "", 2024, "unknown"),
    ("区政务服务办政府信息公开工作年度报告", "区政务服务办", None, "bureau"),
    (
        "上海市黄浦区人民政府2022年政府信息公开工作年度报告(超链版).pdf",
        "上海市黄浦区人民政府",
        2022,
        "district_government",
    ),
    ("宁河区统计局2023年政府信息公开\n工作年度报告", "宁河区统计局", 2023, "bureau"),
    ("二○二二年河西务镇政府信息公开工作年度报告", "河西务镇", 2022, "town"),
    ("二OO八年度某县信息公开年报", "某县", 2008, "district_government"),
    ("二0一七年汉沽街政府信息公开年度报告", "汉沽街", 2017, "subdistrict"),
    ("２０２２年某区公安分局政府信息公开工作年度报告", "某区公安分局", 2022, "vertical_branch"),
    ("东湖风景区管理委员会2021年政府信息公开工作年度报告", "东湖风景区管理委员会", 2021, "functional_zone"),
    ("河东区民政局2019年度政府信息公开工作年度报告(更正)", "河东区民政局", 2019, "bureau"),
    ("附件1：宁河区民政局2022年政府信息公开工作年度报告.docx", "宁河区民政局", 2022, "bureau"),
    ("1.宁河镇2022年政府信息公开工作年度报告", "宁河镇", 2022, "town"),
    ("[2023]12号 宁河区2022年政府信息公开工作年度报告", "宁河区", 2022, "district_government"),
    ("宁政办发〔2023〕12号宁河区2022年政府信息公开工作年度报告", "宁河区", 2022, "district_government"),
    ("[2023-01-30] 宁河区民政局2022年政府信息公开工作年度报告", "宁河区民政局", 2022, "bureau"),
    ("宁河区民政局2022年政府信息公开工作年度报告2023-01-30", "宁河区民政局", 2022, "bureau"),
    ("2022年政府信息公开工作年度报告（宁河区民政局）", "宁河区民政局", 2022, "bureau"),
    ("2022年政府信息公开工作年度报告(宁河区统计局)", "宁河区统计局", 2022, "bureau"),
    ("政府信息公开工作年度报告（2022年）", "", 2022, "unknown"),
    ("某县政府信息公开年报（2022年）", "某县", 2022, "district_government"),
    ("二〇二二年宁河区民政局政府信息公开工作年度报告", "宁河区民政局", 2022, "bureau"),
    ("宁河区民政局2022年度政府信息公开工作年度报告", "宁河区民政局", 2022, "bureau"),
    ("宁河区民政局政府信息公开2022年度报告", "宁河区民政局", 2022, "bureau"),
    ("宁河区民政局政府信息公开工作2022年年度报告", "宁河区民政局", 2022, "bureau"),
    ("宁河区民政局关于2022年度政府信息公开工作情况的报告", "宁河区民政局", 2022, "bureau"),
    ("关于公布宁河区民政局2022年政府信息公开工作年度报告", "宁河区民政局", 2022, "bureau"),
    ("2023年宁河区民政局2022年度政府信息公开工作年度报告", "宁河区民政局", 2022, "bureau"),
    ("宁河区民政局2022政府信息公开工作年度报告", "宁河区民政局", 2022, "bureau"),
    ("宁河区民政局2022年政府信息公开工作年...", "宁河区民政局", 2022, "bureau"),
    ("宁河区民政局2022年政府信息公开工作年度报…", "宁河区民政局", 2022, "bureau"),
    ("宁河区民政局2022年政府信息公开工作年度报告_政府信息公开目录_宁河区人民政府", "宁河区民政局", 2022, "bureau"),
    ("宁河区民政局2022年政府信息公开工作年度报告-宁河政务网", "宁河区民政局", 2022, "bureau"),
    ("宁河区民政局2022年政府信息公开工作年度报告|宁河区统计局", "宁河区民政局", 2022, "bureau"),
    ("政府信息公开年报-宁河区民政局2022年政府信息公开工作年度报告", "宁河区民政局", 2022, "bureau"),
    ("首页>政务公开>宁河区民政局2022年政府信息公开年报", "宁河区民政局", 2022, "bureau"),
    ("民政局-2022年政府信息公开工作年度报告", "民政局", 2022, "bureau"),
    ("宁河区\n民政局 2022年\u3000政府信息公开 工作年度报告", "宁河区民政局", 2022, "bureau"),
    ("寧河區民政局2022年政府信息公開工作年度報告", "宁河区民政局", 2022, "bureau"),
    ("江苏省淮安市洪泽区2022年政府信息公开工作年度报告", "江苏省淮安市洪泽区", 2022, "district_government"),
    ("机构编制委员会办公室2022年政府信息公开工作年度报告", "机构编制委员会办公室", 2022, "bureau"),
    ("《宁河区统计局2022年政府信息公开工作年度报告》", "宁河区统计局", 2022, "bureau"),
    ("全区2022年政府信息公开工作年度报告", "", 2022, "unknown"),
    ("某区培训中心2022年政府信息公开年度报告", "某区培训中心", 2022, "public_institution"),
    ("2023年1月宁河区2022年政府信息公开工作年度报告", "宁河区", 2022, "district_government"),
    ("宁河区2O22年政府信息公开工作年度报告", "宁河区", 2022, "district_government"),
    ("宁河区民政局2022年政务公开和政府信息公开工作年度报告", "宁河区民政局", 2022, "bureau"),
    ("宁河区司法局2022年法治政府建设暨政府信息公开年度报告", "宁河区司法局", 2022, "bureau"),
    ("宁河区府办关于印发《宁河区2022年政府信息公开工作年度报告》的通知", "宁河区", 2022, "district_government"),
    ("宁河区民政局2022年政府信息公开工作年度报告(含图解)", "宁河区民政局", 2022, "bureau"),
    ("宁河区人民政府办公室关于宁河区2022年政府信息公开工作年度报告", "宁河区", 2022, "district_government"),
    ("宁河区人民政府办公室关于2022年政府信息公开工作的报告", "宁河区人民政府办公室", 2022, "district_office"),
    ("宁河区人民政府办公室关于公布2022年政府信息公开工作年度报告", "", 2022, "unknown"),
    ("宁河区民政局关于印发2022年政府信息公开工作年度报告的通知", "宁河区民政局", 2022, "bureau"),
    ("区府办关于印发宁河区2022年政府信息公开工作年度报告的通知", "宁河区", 2022, "district_government"),
    ("宁河区人民政府办公室关于公布2022年政府信息公开工作年度报告的公告", "", 2022, "unknown"),
    ("宁河区民政局关于报送二〇二二年政府信息公开工作年度报告的报告", "宁河区民政局", 2022, "bureau"),
    ("宁河区2022年政府信息公开工作年度报告（区民政局）", "宁河区民政局", 2022, "bureau"),
    ("天津市宁河区人民政府2022年政府信息公开工作年度报告(区民政局)", "天津市宁河区民政局", 2022, "bureau"),
    ("2022年宁河区政府信息公开工作年度报告（教体局）", "教体局", 2022, "bureau"),
    ("宁河区2022年政府信息公开工作年度报告（宁河镇）", "宁河镇", 2022, "town"),
    ("宁河区2022年政府信息公开工作年度报告-宁河镇", "宁河镇", 2022, "town"),
    ("宁河区2022年政府信息公开工作年度报告——区水利局", "宁河区水利局", 2022, "bureau"),
    ("舒兰市2022年政府信息公开工作年度报告（市场监督管理局）", "市场监督管理局", 2022, "bureau"),
    ("舒兰市2022年政府信息公开工作年度报告（市民政局）", "舒兰市民政局", 2022, "bureau"),
    ("宁河区2022年政府信息公开工作年度报告（全区）", "宁河区", 2022, "district_government"),
    ("宁河区2022年政府信息公开工作年度报告（区政府办公室）", "宁河区", 2022, "district_government"),
    ("宁河区2022年政府信息公开工作年度报告（政府信息公开办公室）", "宁河区", 2022, "district_government"),
    ("宁河区2022年政府信息公开工作年度报告-信息公开平台", "宁河区", 2022, "district_government"),
    ("宁河区2022年政府信息公开工作年度报告-区民政局-宁河政务网", "宁河区", 2022, "district_government"),
    ("宁河区2022年政府信息公开工作年度报告-宁河区人民政府", "宁河区", 2022, "district_government"),
    ("宁河区民政局关于落实条例的2022年政府信息公开工作年度报告", "宁河区民政局", 2022, "bureau"),
    ("区民政局22年政府信息公开工作年度报告", "区民政局", None, "bureau"),
    ("22年度宁河区民政局政府信息公开工作年度报告", "宁河区民政局", None, "bureau"),
]
LOOK_ALIKES = [  # and the word that tells
    ("", None),
    ("关于我们", None),
    ("法治政府建设年度报告", "法治政府建设"),
    ("某区2022年法治政府建设情况报告", "法治政府建设"),
    ("政府网站工作年度报表", "工作年度报表"),
    ("2022年某县人民政府网站工作年度报表", "工作年度报表"),
    ("某市2019年政务公开工作总结", "工作总结"),
    ("2023年某县政府工作报告", "政府工作报告"),
    ("某局2022年部门决算公开", "决算"),
    ("某局2023年部门预算", "预算"),
    ("某县审计局2022年度审计结果公告", "审计"),
    ("某县审计局2022年年报", None),
    ("某区2021年国民经济和社会发展统计公报", "统计公报"),
    ("政府信息公开指南", "指南"),
    ("政府信息公开目录", "目录"),
    ("2023年上半年政府信息公开数据统计", None),
    ("某区2023年上半年政府信息公开工作报告", "上半年"),
    ("2022年第四季度政府信息公开工作报告", "季度"),
    ("政府信息公开工作年度报告制度", "制度"),
    ("政府信息公开工作年度报告范文", "范文"),
    ("某区2022年政府信息公开工作年度报告目录", "目录"),
    ("某区2022年政府信息公开工作年度报告数据统计表", "统计"),
    ("某区2022年政府信息公开工作年度报告解读", "解读"),
    ("某区2022年政府信息公开工作年度报告_政策解读_某区人民政府", "解读"),
    ("一图读懂某区2022年政府信息公开工作年度报告", "一图读懂"),
    ("【图解】某区2022年政府信息公开工作年度报告", "图解"),
    ("宿州市人民政府2019年政府信息公开工作年度报告(图片版)", "图片版"),
    ("某区2022年政府信息公开工作年度报告（征求意见稿）", "意见稿"),
    ("2012—2022年政府信息公开工作年度报告汇编", "2012—2022年"),
    ("某小学2022-2023学年度信息公开年度报告", "2022-2023学年"),
    ("2021年和2022年政府信息公开工作年度报告", "2021年和2022年"),
    ("2020年第三季度依申请公开情况统计", None),
    ("某区整体支出绩效评价报告", "绩效评价"),
    ("关于做好2022年政府信息公开工作年度报告编制工作的通知", "关于做好"),
    ("关于报送2022年政府信息公开工作年度报告的函", "关于报送"),
    ("关于印发政府信息公开工作年度报告的通知", "通知"),
    ("关于印发2022年政府信息公开工作年度报告格式的通知", "格式"),
    ("关于公布2022年政府信息公开工作年度报告评估结果的通知", "通知"),
    ("某局关于报送2022年政府信息公开工作年度报告的通知", "关于报送"),
    ("某区人民政府办公室关于报送2022年政府信息公开工作年度报告的报告", "关于报送"),
    ("关于转发2022年政府信息公开工作年度报告的通知", "关于转发"),
    ("某区2022年政府信息公开工作年度报告（汇总）", "汇总"),
    ("某局2022年政府信息公开工作年度报告的说明", "说明"),
    ("关于印发《政府信息公开工作年度报告格式》的通知", "格式"),
    ("某区2022年政府信息公开工作年度报告(图解)", "图解"),
]


@pytest.mark.parametrize(("text", "body", "year", "kind"), TITLES)
def test_a_title_gives_its_body_and_year(text, body, year, kind):
    title = parse_title(text)

    assert title is not None
    assert (title.body, title.year, body_kind(title.body)) == (body, year, kind)


@pytest.mark.parametrize(("text", "word"), LOOK_ALIKES)
def test_a_look_alike_is_not_the_title_of_a_report(text, word):
    assert not looks_like_report_title(text)
    assert parse_title(text) is None
    assert look_alike_word(text) == word


def test_a_title_that_was_cut_off_may_be_something_else():
    cut = parse_title("宁河区民政局2022年政府信息公开工作年度...")

    assert cut is not None
    assert cut.cut
    assert not looks_like_report_title("宁河区民政局2022年政府信息公开工作年度...")


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("", False),
        ("附件", True),
        ("附件1：点击下载", True),
        ("PDF版", True),
        ("年度报告全文.docx", True),
        ("宁河区民政局2022年政府信息公开工作年度报告.pdf", True),
        ("宁河区民政局2022年政府信息公开工作年度报告解读", False),
        ("行政许可事项清单.xlsx", False),
    ],
)
def test_a_file_that_may_hold_the_report_again_is_known_by_its_label(label, expected):
    assert may_be_a_copy(label) == expected


@given(st.text(max_size=80))
def test_any_text_is_judged_without_an_error(text):
    title = parse_title(text)

    assert looks_like_report_title(text) == (title is not None and not title.cut)
    assert title is None or title.year is None or 1900 <= title.year <= 2999


ZEROS = st.sampled_from("〇○◯零0OoＯ０")
NUMERALS = "零一二三四五六七八九"
YEARS = st.integers(2003, 2099)


@st.composite
def chinese_year(draw):
    """A year and one way to write it: each zero is drawn anew."""
    year = draw(YEARS)
    return year, "".join(draw(ZEROS) if digit == "0" else NUMERALS[int(digit)] for digit in str(year))


@given(chinese_year(), st.sampled_from(["年", "年度"]))
def test_a_year_in_chinese_numerals_is_that_year(written, suffix):
    year, numerals = written

    assert [year_of(match) for match in YEAR.finditer(squeeze(f"{numerals}{suffix}"))] == [year]


BODIES = st.sampled_from(
    ["宁河区民政局", "天津市宁河区", "宁河镇", "芦台街道办事处", "宁河区人民政府办公室", "市统计局"]
)
NOUNS = st.sampled_from(
    ["政府信息公开工作年度报告", "政府信息公开年报", "信息公开年度报告", "政务信息公开工作的年度报告"]
)
FRONTS = st.sampled_from(["", "附件2：", "3、", "(1)", "【置顶】", "[2031]7号", "2031-01-20 ", "· "])
BACKS = st.sampled_from(["", ".pdf", "(全文)", "_某某网站", "-信息公开", "（公开版）.docx", " [2031-01-20]", "|首页"])


@given(BODIES, YEARS, NOUNS, st.tuples(FRONTS, BACKS), st.integers(0, 2), st.booleans())
def test_a_title_survives_what_lists_and_files_add_to_it(body, year, noun, added, order, spaced):
    front, back = added
    written = [f"{body}{year}年{noun}", f"{year}年度{body}{noun}", f"{body}{noun}({year}年)"][order]
    text = front + (" ".join(written) if spaced else written) + back

    title = parse_title(text)

    assert title is not None
    assert (title.body, title.year) == (body, year)


def test_radicals_are_the_characters_that_they_look_like():
    assert squeeze("甲县⼈⺠政府⾏政⻓官") == "甲县人民政府行政长官"


def test_a_title_is_looked_for_at_the_beginning_of_a_line_alone():
    title = "宁河区民政局2022年政府信息公开工作年度报告"

    assert parse_title(title + "附" * 5000) is not None
    assert parse_title("甲" * 600 + title) is None
