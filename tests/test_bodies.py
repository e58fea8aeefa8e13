"""Bodies: what kind a name tells, when two names mean one body, and whose place a name means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.bodies import Division, body_kind, body_of
from pipelines.divisions import divisions
from pipelines.whose import Whose, standing
from tests.archives import NINGHE

HONGZE = Division("320813", "洪泽区", "江苏省", "淮安市")
KINDS = {
    "bureau": [
        "国有资产监督管理委员会",
        "市场监督管理委员会",
        "宁河区城市管理委员会",
        "区国资委",
        "民政局",
        "机构编制委员会办公室",
        "政务服务办",
        "乡村振兴局",
        "城乡建设局",
        "政府法制办公室",
        "驻京办事处",
        "供销合作社",
    ],
    "functional_zone": [
        "东湖风景区管理委员会",
        "天津经济技术开发区",
        "宁河现代产业区",
        "潘庄工业区管委会",
        "熊口管理区",
        "经开区管委会办公室",
        "金井片区管理局",
    ],
    "subdistrict": ["芦台街道办事处", "佳荣里街", "迎宾路街道", "桥北街道党政办公室", "双井地区办事处"],
    "town": ["宁河镇", "宁河镇人民政府", "大钟庄镇政府", "某苏木", "东双沟镇人民政府办公室", "某乡政府"],
    "district_office": ["宁河区人民政府办公室", "区政府办", "县府办"],
    "vertical_branch": ["公安分局", "国家税务总局天津市宁河区税务局", "某县气象局", "规划资源分局"],
    "public_institution": [
        "公共资源交易中心",
        "某县人民医院",
        "第一中学",
        "实验小学",
        "自来水公司",
        "某区档案馆",
        "县残联",
        "中心幼儿园",
    ],
    "district_government": ["宁河区人民政府", "宁河区", "县政府", "人民政府", "某市", "滨海新区"],
    "unknown": ["", "宁河", "幸福社区", "某村村民委员会", "某区人民法院"],
}


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, names in KINDS.items() for name in names])
def test_a_name_tells_the_kind_of_its_body(kind: str, name: str):
    assert body_kind(name) == kind


@pytest.mark.parametrize(
    ("name", "division", "whose"),
    [
        ("民政局", NINGHE, Whose.OURS),
        ("区民政局", NINGHE, Whose.OURS),
        ("天津宁河区民政局", NINGHE, Whose.OURS),
        ("宁河县人民政府", NINGHE, Whose.OURS),
        ("宁河现代产业区", NINGHE, Whose.OURS),
        ("国家税务总局天津市宁河区税务局", NINGHE, Whose.OURS),
        ("天津市人民政府", NINGHE, Whose.ABOVE),
        ("市人民政府", NINGHE, Whose.ABOVE),
        ("天津市民政局", NINGHE, Whose.ABOVE),
        ("武清区民政局", NINGHE, Whose.ELSEWHERE),
        ("天津市武清区", NINGHE, Whose.ELSEWHERE),
        ("甲县民政局", NINGHE, Whose.UNSURE),
        ("市场监督管理局", NINGHE, Whose.OURS),
        ("社区教育中心", NINGHE, Whose.OURS),
        ("城市管理局", NINGHE, Whose.OURS),
        ("淮安市人民政府", HONGZE, Whose.ABOVE),
        ("江苏省淮安市民政局", HONGZE, Whose.ABOVE),
        ("江苏省人民政府", HONGZE, Whose.ABOVE),
        ("省民政厅", HONGZE, Whose.ABOVE),
        ("江苏省淮安市洪泽区人民政府", HONGZE, Whose.OURS),
        ("淮安市公安局洪泽分局", HONGZE, Whose.OURS),
        ("淮安市清江浦区民政局", HONGZE, Whose.ELSEWHERE),
        ("苏州市人民政府", HONGZE, Whose.ELSEWHERE),
        ("市民政局", Division("520382", "仁怀市", "贵州省", "遵义市"), Whose.OURS),
        ("遵义市民政局", Division("520382", "仁怀市", "贵州省", "遵义市"), Whose.ABOVE),
        ("朝阳市人民政府", Division("211321", "朝阳县", "辽宁省", "朝阳市"), Whose.ABOVE),
        ("朝阳市朝阳县民政局", Division("211321", "朝阳县", "辽宁省", "朝阳市"), Whose.OURS),
        ("朝阳区民政局", Division("211321", "朝阳县", "辽宁省", "朝阳市"), Whose.ELSEWHERE),
        ("荆州市公安局", Division("421022", "公安县", "湖北省", "荆州市"), Whose.ABOVE),
        ("东莞市人民政府", Division("441900", "东莞市", "广东省", "东莞市"), Whose.OURS),
        ("围场县人民政府", Division("130828", "围场满族蒙古族自治县", "河北省", "承德市"), Whose.OURS),
        ("黔东南州凯里市民政局", Division("522601", "凯里市", "贵州省", "黔东南苗族侗族自治州"), Whose.OURS),
        ("黔东南州民政局", Division("522601", "凯里市", "贵州省", "黔东南苗族侗族自治州"), Whose.ABOVE),
        ("新疆乌鲁木齐市天山区教育局", Division("650102", "天山区", "新疆维吾尔自治区", "乌鲁木齐市"), Whose.OURS),
        ("邢台县民政局", Division("130503", "信都区", "河北省", "邢台市"), Whose.OURS),
    ],
)
def test_the_place_in_a_name_tells_whose_body_it_is(name: str, division: Division, whose: Whose):
    assert standing(name, division).whose is whose


@pytest.mark.parametrize(
    "names",
    [
        ["天津市宁河区", "宁河区人民政府", "天津市宁河区人民政府", "区政府", "宁河县人民政府", "人民政府"],
        ["区民政局", "宁河区民政局", "天津市宁河区民政局", "民政局", "宁河县民政局"],
        ["宁河镇人民政府", "宁河区宁河镇", "天津市宁河区宁河镇政府"],
        ["芦台街", "芦台街道", "宁河区芦台街道办事处"],
        ["市场监督管理局", "宁河区市场监督管理局"],
        ["宁河区税务局", "国家税务总局天津市宁河区税务局"],
        ["宁河区人民政府办公室", "区政府办", "政府办公室"],
    ],
    ids=lambda names: names[0],
)
def test_spellings_of_one_body_have_one_id(names: list[str]):
    assert len({body_of(name, NINGHE).id for name in names}) == 1


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("淮安市人民政府", "unknown"),
        ("淮安市", "unknown"),
        ("市政府", "unknown"),
        ("清江浦区人民政府", "unknown"),
        ("甲县人民政府", "unknown"),
        ("淮安市人民政府办公室", "unknown"),
        ("淮安市民政局", "bureau"),
        ("洪泽经济开发区", "functional_zone"),
        ("洪泽现代产业区", "functional_zone"),
        ("洪泽湖新区", "functional_zone"),
        ("洪泽经济开发区管委会办公室", "functional_zone"),
    ],
)
def test_another_body_never_has_the_id_of_the_government_or_its_bureau(name: str, kind: str):
    body = body_of(name, HONGZE)

    assert body.kind == kind
    assert body.id not in {body_of(ours, HONGZE).id for ours in ("洪泽区人民政府", "区政府办公室", "区民政局")}


def test_the_government_and_its_office_are_two_bodies():
    assert body_of("宁河区人民政府", NINGHE).id == "120117-government"
    assert body_of("宁河区人民政府办公室", NINGHE).id == "120117-office"


PORTALS = [Division(c, r["name"], r["province"], r["prefecture"] or "") for c, r in divisions().items()]


@given(st.sampled_from(PORTALS))
def test_every_division_knows_its_own_government_and_that_of_its_city(division: Division):
    assert body_of(f"{division.name}人民政府", division).id == f"{division.code}-government"
    above = division.prefecture or division.province
    places = f"{division.province}{division.prefecture}{division.name}" if above != division.name else division.name
    ours = body_of("民政局", division).id
    assert {body_of(f"{place}民政局", division).id for place in (places, division.name)} == {ours}
    if above != division.name:
        assert standing(f"{above}人民政府", division).whose is Whose.ABOVE
        assert body_of(f"{above}人民政府", division).id != f"{division.code}-government"


@given(st.sampled_from(PORTALS), st.text(max_size=20))
def test_any_name_has_a_body(division: Division, name: str):
    assert body_of(name, division).id.startswith(division.code)
