"""Registry files, selectors and hand-made corrections: each fault is one sentence with its place."""

import re
from datetime import date
from pathlib import Path

import pytest

from crawler.portals.overrides import Override, corrected, load_overrides, load_seeds, own_registry
from crawler.portals.places import places
from crawler.portals.registry import RegistryError, load_registry, select
from pipelines.divisions import divisions, fill_divisions
from pipelines.store import open_archive

HEADING = "code,name,home_url"
NINGHE = "120117,宁河区,https://www.tjnh.gov.cn/"
HONGZE = "320813,洪泽区,http://www.hongze.gov.cn"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "registry.csv"


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_an_empty_file_is_refused(path: Path) -> None:
    with pytest.raises(RegistryError, match=re.escape(f"{path} is empty: its first line must be {HEADING}.")):
        load_registry(write(path))


def test_a_file_without_portals_is_refused(path: Path) -> None:
    with pytest.raises(RegistryError, match="has a heading but no portal"):
        load_registry(write(path, HEADING))


def test_portals_come_in_order_of_code_with_complete_addresses(path: Path) -> None:
    registry = load_registry(write(path, HEADING, HONGZE, NINGHE))
    assert [(portal.code, portal.home_url) for portal in registry.portals] == [
        ("120117", "https://www.tjnh.gov.cn/"),
        ("320813", "http://www.hongze.gov.cn/"),
    ]
    assert re.fullmatch(r"registry\.csv sha256:[0-9a-f]{16}", registry.label)


def test_spaces_around_the_names_of_columns_are_no_fault(path: Path) -> None:
    assert len(load_registry(write(path, " code, name ,home_url ", NINGHE)).portals) == 1


def test_hints_are_optional_and_a_byte_order_mark_is_no_fault(path: Path) -> None:
    path.write_text(
        f"{HEADING},list_url,platform\n{NINGHE},,\n{HONGZE},http://www.hongze.gov.cn/nb/,trs\n", encoding="utf-8-sig"
    )
    hints = [(portal.list_url, portal.platform) for portal in load_registry(path).portals]
    assert hints == [(None, None), ("http://www.hongze.gov.cn/nb/", "trs")]


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["code,name", "120117,宁河区"], "row 1: the column “home_url” is missing; the first line must be"),
        ([f"{HEADING},homepage", f"{NINGHE},x"], "row 1: the column “homepage” is unknown; use only"),
        ([HEADING, NINGHE, "999999,某县,https://a.gov.cn/"], "row 3: code: “999999” is not a division code; take it"),
        ([HEADING, NINGHE, NINGHE], "row 3: code 120117 appears twice; keep one row a division"),
        ([HEADING, "120117,宁河区,www.tjnh.gov.cn"], "row 2: home_url: “www.tjnh.gov.cn” is not a web address"),
        ([HEADING, "120117,宁河区,https://a.gov.cn:port/"], "row 2: home_url: “https://a.gov.cn:port/” is not a web"),
        ([HEADING, "120117,宁河区,https://a.gov.cn:99999/"], "row 2: home_url: “https://a.gov.cn:99999/” is not a web"),
        ([HEADING, "120117,宁河区,https://[年报]/"], "row 2: home_url: “https://[年报]/” is not a web address"),
        (
            [HEADING, "120117,宁河区,https://a.gov.cn/\0"],
            "row 2: home_url: “https://a.gov.cn/\N{REPLACEMENT CHARACTER}” is",
        ),
        (
            [HEADING, "", "12\0,宁河区,https://a.gov.cn/"],
            "row 3: code: “12\N{REPLACEMENT CHARACTER}” is not a division",
        ),
        ([f"{HEADING},", f"{NINGHE},"], "row 1: a column has no name; take out the comma before it."),
        ([f"{HEADING},name", f"{NINGHE},x"], "row 1: the column “name” appears twice; keep one of them."),
        ([f"{HEADING},platform", f"{NINGHE},wcm"], "row 2: platform: “wcm” is not a platform of"),
        ([HEADING, "120117,,https://a.gov.cn/"], "row 2: name: is empty; fill it in"),
        (
            [HEADING, "120117,\x1b[2J,https://a.gov.cn/"],
            "row 2: name: “�[2J” holds a sign that cannot be shown; take it",
        ),
        ([HEADING, "120117,宁河区"], "row 2: it does not have as many fields as the first line; correct it"),
        ([HEADING, f"{NINGHE},more"], "row 2: it does not have as many fields as the first line; correct it"),
    ],
)
def test_a_fault_is_one_sentence_with_file_and_row(path: Path, lines: list[str], sentence: str) -> None:
    with pytest.raises(RegistryError) as refusal:
        load_registry(write(path, *lines))
    assert str(refusal.value).startswith(f"{path}, {sentence}")
    assert "\n" not in str(refusal.value)


def test_a_file_that_is_not_utf_8_is_refused(path: Path) -> None:
    path.write_bytes(f"{HEADING}\n{NINGHE}\n".encode("gbk"))
    with pytest.raises(RegistryError, match="is not in UTF-8: save it as “CSV UTF-8” and run again"):
        load_registry(path)


def test_a_missing_file_is_refused(path: Path) -> None:
    with pytest.raises(RegistryError, match="does not exist: check the path given with --registry"):
        load_registry(path)


@pytest.mark.parametrize(
    ("selectors", "codes"),
    [
        ([], ["120117", "320813"]),
        (["120117"], ["120117"]),
        (["32"], ["320813"]),
        (["www.hongze.gov.cn", "12"], ["120117", "320813"]),
    ],
)
def test_selectors_name_codes_prefixes_and_hosts(path: Path, selectors: list[str], codes: list[str]) -> None:
    portals = load_registry(write(path, HEADING, HONGZE, NINGHE)).portals
    assert [portal.code for portal in select(portals, selectors)] == codes


def test_a_selector_may_be_a_file_of_selectors(path: Path, tmp_path: Path) -> None:
    portals = load_registry(write(path, HEADING, HONGZE, NINGHE)).portals
    wanted = write(tmp_path / "wanted.txt", "# tonight", "120117  # Ninghe", "")
    assert [portal.code for portal in select(portals, [str(wanted)])] == ["120117"]


@pytest.mark.parametrize("selector", ["44", "1", "www.elsewhere.gov.cn"])
def test_a_selector_that_matches_nothing_is_refused(path: Path, selector: str) -> None:
    portals = load_registry(write(path, HEADING, NINGHE)).portals
    with pytest.raises(RegistryError, match=f"--portals {selector} matches no portal of the registry"):
        select(portals, [selector])


def test_without_registry_and_corrections_the_sentence_says_what_to_pass() -> None:
    with pytest.raises(RegistryError, match="python -m crawler portals find, or pass --registry FILE"):
        own_registry({})


def test_the_shipped_corrections_can_be_read() -> None:
    assert load_overrides() == {}


def test_a_correction_needs_its_reason_and_its_date(tmp_path: Path) -> None:
    path = write(tmp_path / "portals.yaml", 'overrides: [{code: "120117", date: 2026-01-31}]')
    with pytest.raises(RegistryError, match=r"portals\.yaml, entry overrides\.0\.reason: Field required; correct it"):
        load_overrides(path)


def test_the_shipped_seeds_are_the_portals_of_the_31_provinces() -> None:
    codes = [code for code, _ in load_seeds()]
    assert codes == sorted(place.code for place in places().values() if place.level == "province")
    assert len(codes) == 31


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "has no seeds: give the code and home_url of at least one portal to start from"),
        ("seeds: [", r"seeds\.yaml is not valid YAML"),
        ('seeds: [{code: "990000", home_url: "http://a.gov.cn/"}]', "entry seeds.0.code: “990000” is the code of no"),
        ('seeds: [{code: "350000", home_url: "a.gov.cn"}]', "entry seeds.0.home_url: “a.gov.cn” is not a web address"),
    ],
)
def test_seeds_that_cannot_be_used_are_refused_in_one_sentence(tmp_path: Path, content: str, sentence: str) -> None:
    with pytest.raises(RegistryError, match=sentence):
        load_seeds(write(tmp_path / "seeds.yaml", content))


def test_a_correction_is_laid_over_the_registry(path: Path) -> None:
    registry = load_registry(write(path, HEADING, NINGHE, HONGZE))
    override = Override(
        code="320813",
        reason="the list is made by script",
        date=date(2026, 1, 31),
        list_url="http://zfxxgk.hongze.gov.cn/nb/",
        extra_hosts=("nb.example.cn",),
    )
    ninghe, hongze = corrected(registry.portals, {"320813": override})
    assert (ninghe.list_url, ninghe.extra_hosts) == (None, ())
    assert (hongze.list_url, hongze.extra_hosts) == ("http://zfxxgk.hongze.gov.cn/nb/", ("nb.example.cn",))
    assert hongze.evidence == "portals.yaml 2026-01-31: the list is made by script"


def test_there_are_3080_divisions_and_filling_twice_leaves_as_many() -> None:
    db = open_archive(":memory:")
    fill_divisions(db)
    fill_divisions(db)
    assert db.table("division").count == len(divisions()) == 3080
    assert db.table("division").get("120117")["prefecture_code"] is None


def test_a_file_of_selectors_without_any_is_an_error_and_not_every_portal(tmp_path):
    empty = tmp_path / "none.txt"
    empty.write_text("\n# none\n", encoding="utf-8")

    with pytest.raises(RegistryError, match="names no portal"):
        select([], [str(empty)])
