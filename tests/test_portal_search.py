"""Searches for portals over a small country on loopback: namesakes, copies, departments, moved and dead portals."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest
from nights import ROOT, SECONDS, Answer, SmallPortal, children, environment, small_portal, wait_until

from crawler.child import Files
from crawler.configuration import Configuration, ConfigurationError
from crawler.portals import search
from pipelines.store import open_archive

HEBEI, TANGSHAN, LUANZHOU = "130000", "130200", "130284"
HEILONGJIANG, SUIHUA, LANXI_HLJ = "230000", "231200", "231222"
ZHEJIANG, JINHUA, LANXI, YIWU, DONGYANG = "330000", "330700", "330781", "330782", "330783"
ZHOUSHAN, PUTUO, DINGHAI, DAISHAN = "330900", "330903", "330902", "330921"


def home(name: str, code: str = "", links: str = "", domain: str = "") -> str:
    tags = {"SiteName": name, "SiteIDCode": code and f"{code}0001", "SiteDomain": domain}
    metas = "".join(f'<meta name="{tag}" content="{value}">' for tag, value in tags.items() if value)
    return f"<html><head>{metas}<title>首页</title></head><body>{links}"


def link(url: str, label: str) -> str:
    return f'<a href="{url}">{label}</a>'


@dataclass
class Country:
    """The servers by name, and the folder in which searches leave their databases."""

    folder: Path
    portals: dict[str, SmallPortal]

    @property
    def db(self) -> Path:
        return self.folder / "archive.db"

    def url(self, name: str) -> str:
        return self.portals[name].home_url

    def command(self, *words: str) -> list[str]:
        files = ["--db", str(self.db), "--captures", str(self.folder / "captures.db"), "--pause", "0", "--private"]
        return [sys.executable, "-m", "crawler", "portals", *words, *files]

    def seeds(self, *codes: str) -> tuple[str, str]:
        lines = "".join(f'\n  - {{code: "{code}", home_url: "{self.url(code)}"}}' for code in codes)
        path = self.folder / "seeds.yaml"
        path.write_text(f"seeds:{lines}\n", encoding="utf-8")
        return "--seeds", str(path)

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = self.command(*words)
        return subprocess.run(
            command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=SECONDS, check=False
        )

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """Rows of the database; addresses are named by their portal."""
        names = {portal.home_url: name for name, portal in self.portals.items()}
        found = open_archive(self.db).execute(query).fetchall()
        return [tuple(names.get(value, value) if isinstance(value, str) else value for value in row) for row in found]


@pytest.fixture
def country(tmp_path: Path) -> Iterator[Country]:
    names = [
        *(HEBEI, TANGSHAN, LUANZHOU, HEILONGJIANG, SUIHUA, ZHEJIANG, JINHUA, LANXI, YIWU, DONGYANG, "new dongyang"),
        *(ZHOUSHAN, PUTUO, "copy of dinghai", "office of daishan"),
    ]
    with ExitStack() as stack:
        portals = {
            name: stack.enter_context(small_portal({}, f"127.0.2.{number}"))
            for number, name in enumerate(names, start=1)
        }
        url = {name: portal.home_url for name, portal in portals.items()}
        homes = {
            HEBEI: home("河北省人民政府", HEBEI, link(url[TANGSHAN], "唐山市")),
            TANGSHAN: home("唐山市人民政府", TANGSHAN, link(url[LUANZHOU], "滦州市")),
            LUANZHOU: home("滦县人民政府", LUANZHOU),  # renamed in 2018, and the tag was forgotten
            HEILONGJIANG: home("黑龙江省人民政府", HEILONGJIANG, link(url[SUIHUA], "绥化")),
            SUIHUA: home("绥化市人民政府", SUIHUA, link(url[LANXI], "兰西县")),  # the namesake's
            ZHEJIANG: home("浙江省人民政府门户网站", ZHEJIANG, link("/sxwz/", "市县政府网站")),
            JINHUA: home(
                "金华市人民政府",
                JINHUA,
                link(url[LANXI], "兰溪市") + link("http://127.0.2.99:9/", "义乌市") + link(url[DONGYANG], "东阳市"),
            ),
            LANXI: home("兰溪市人民政府门户网站", LANXI),
            "new dongyang": home("东阳市人民政府", DONGYANG),
            ZHOUSHAN: home(
                "舟山市人民政府",
                ZHOUSHAN,
                f'<select><option value="{url[PUTUO]}">普陀区人民政府</option></select>'
                + link(url["copy of dinghai"], "定海区")
                + link(url["office of daishan"], "岱山县"),
            ),
            PUTUO: home("舟山市普陀区人民政府", ZHOUSHAN),
            "copy of dinghai": home("舟山市定海区人民政府", DINGHAI, domain="www.dinghai.gov.cn"),
            "office of daishan": home("岱山县财政局", DAISHAN),
        }
        for name, html in homes.items():
            portals[name].pages["/"] = Answer(html)
        portals[ZHEJIANG].pages["/sxwz/"] = Answer(link(url[JINHUA], "金华市") + link(url[ZHOUSHAN], "舟山"))
        portals[DONGYANG].pages["/"] = Answer("", 302, {"Location": url["new dongyang"]})
        yield Country(tmp_path, portals)


PORTALS = "SELECT division_code, home_url, confidence FROM portal ORDER BY 1"
FOUND = [
    (LUANZHOU, LUANZHOU, "high"),
    (LANXI, LANXI, "high"),
    (DONGYANG, "new dongyang", "high"),
    (PUTUO, PUTUO, "medium"),
]


def test_a_search_whose_seeds_are_all_dead_settles_nothing_and_says_so(country: Country) -> None:
    country.portals[HEBEI].pages.clear()
    done = country.run("find", *country.seeds(HEBEI), "13")
    assert done.returncode == 1
    assert "0 portals are new" in done.stdout
    assert f"130000 河北省: {country.url(HEBEI)} 页面不存在（HTTP 404）" in done.stdout
    assert country.rows(PORTALS) == []


def test_the_whole_country_is_found_from_its_provinces(country: Country) -> None:
    done = country.run("find", *country.seeds(HEBEI, HEILONGJIANG, ZHEJIANG))
    assert done.returncode == 1, done.stdout + done.stderr
    assert country.rows(PORTALS) == FOUND
    refused = country.rows(
        "SELECT place_code, url, state FROM portal_candidate WHERE level = 'county' AND state != 'accepted' ORDER BY 1"
    )
    assert refused == [
        (LANXI_HLJ, LANXI, "refused"),
        (YIWU, "http://127.0.2.99:9/", "unsettled"),
        (DONGYANG, DONGYANG, "refused"),
        (DINGHAI, "copy of dinghai", "unsettled"),
        (DAISHAN, "office of daishan", "refused"),
    ]
    assert "231222 黑龙江省绥化市兰西县" in done.stdout
    assert "are those of 浙江省金华市兰溪市, not of 黑龙江省绥化市兰西县" in done.stdout
    assert "330922 浙江省舟山市嵊泗县: 上级网站上没有指向它的链接 | no portal above links to it" in done.stdout
    assert "110000 北京市" in done.stdout
    assert country.rows("SELECT DISTINCT kind, state FROM run") == [("search", "complete")]
    ((evidence,),) = country.rows(f"SELECT evidence FROM portal WHERE division_code = '{LANXI}'")
    assert str(evidence).startswith(f"found by search: link “兰溪市” on {country.url(JINHUA)}; SiteIDCode 3307810001,")


def test_every_page_is_archived_and_robots_is_obeyed(country: Country) -> None:
    robots = Answer("User-agent: *\nDisallow: /", headers={"Content-Type": "text/plain"})
    country.portals[LANXI].pages["/robots.txt"] = robots
    country.run("find", *country.seeds(ZHEJIANG), "33")
    assert country.portals[LANXI].asked == ["/robots.txt"]
    captured = {url for (url,) in country.rows("SELECT url FROM capture WHERE status = 200")}
    assert captured >= {ZHEJIANG, JINHUA, ZHOUSHAN, PUTUO}
    assert country.rows(f"SELECT state, reason_en FROM portal_candidate WHERE place_code = '{LANXI}'") == [
        ("unsettled", "robots.txt does not allow this address.")
    ]


def test_addresses_of_our_own_network_are_not_followed_unless_they_are_let(country: Country) -> None:
    command = [word for word in country.command("find", *country.seeds(HEBEI), "13") if word != "--private"]
    subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, timeout=SECONDS, check=False)
    assert country.portals[TANGSHAN].asked == []


def test_a_search_that_was_killed_goes_on_and_asks_nothing_twice(country: Country) -> None:
    find = ("find", *country.seeds(HEBEI, HEILONGJIANG, ZHEJIANG))
    running: list[subprocess.Popen[str]] = []

    def kill() -> None:
        if running:
            search = running.pop()
            for child in children(search.pid):
                os.kill(child, signal.SIGKILL)
            search.kill()

    country.portals[ZHOUSHAN].pages["/"].before = kill
    search = subprocess.Popen(country.command(*find), cwd=ROOT, env=environment(), text=True, stdout=subprocess.DEVNULL)
    running.append(search)
    assert search.wait(timeout=SECONDS) == -signal.SIGKILL
    wait_until(lambda: not running, "the search is killed")
    assert country.rows("SELECT state FROM run") == [("running",)]
    country.run(*find)
    assert country.rows("SELECT id, state FROM run") == [(1, "complete")]
    assert country.rows(PORTALS) == FOUND
    assert country.portals[HEBEI].asked == ["/robots.txt", "/"]
    assert country.portals[LANXI].asked == ["/robots.txt", "/"]


@pytest.mark.parametrize(
    ("moment", "refused"), [("2026-01-05T02:00:00+00:00", True), ("2026-01-05T18:00:00+00:00", False)]
)
def test_nobody_is_searched_while_offices_are_open(moment: str, refused: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return datetime.fromisoformat(moment)

    monkeypatch.setattr(search, "datetime", Clock)
    order = search.SearchOrder(Files(Path("a.db"), Path("c.db")))
    configuration = Configuration(contact="https://example.org/")
    assert search.permitted(["http://127.0.0.1/"], order, configuration) is None
    assert search.permitted(["https://www.fujian.gov.cn/"], replace(order, now=True), configuration) is None
    if refused:
        with pytest.raises(ConfigurationError, match="offices are open until 18:00"):
            search.permitted(["https://www.fujian.gov.cn/"], order, configuration)
    else:
        until = search.permitted(["https://www.fujian.gov.cn/"], order, configuration)
        assert until is not None
        assert until.isoformat() == "2026-01-06T09:00:00+08:00"


def test_a_night_visits_what_the_search_has_found(country: Country) -> None:
    country.run("find", *country.seeds(HEBEI), "13")
    files = ["--db", str(country.db), "--captures", str(country.folder / "captures.db"), "--pause", "0"]
    command = [sys.executable, "scheduler.py", "run", *files]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=SECONDS, check=False
    )
    assert country.rows("SELECT division_code, outcome FROM visit") == [(LUANZHOU, "no_list_found")], done.stdout
    assert country.rows(PORTALS) == [(LUANZHOU, LUANZHOU, "high")]
