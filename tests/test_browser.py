"""Portals that are applications: filled in by a real Chromium where there is one, and said to need it elsewhere."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

import pytest
from nights import ROOT, SECONDS, Answer, Office, SmallPortal, environment, list_page, office, small_portal

from samples.portal import portals
from samples.render import render

NINGHE = next(portal for portal in portals() if portal.code == "120117")
JSON = {"Content-Type": "application/json"}
TITLE = "宁河区2022年政府信息公开工作年度报告"
SHELL = '<html><title>宁河</title><div id="app"></div><script src="/static/js/app.3f2a.js"></script>'
APP = """
const show = async () => {
  const answer = await fetch('/api/page?route=' + encodeURIComponent(location.hash.slice(1) || '/'));
  document.getElementById('app').innerHTML = (await answer.json()).html;
};
addEventListener('hashchange', show);
show();
"""
ENDLESS = "document.getElementById('app').innerHTML = '<a>'; while (true) {}"


def report() -> str:
    """What a sample portal shows of its report of 2022, without the page round it."""
    path = next(entry.url for column, entry in NINGHE.entries if entry.report_year == 2022 and entry.is_a == "report")
    pages = render(NINGHE)
    body = next(page.body for address, page in pages.items() if address.endswith(path)).decode()
    return re.sub(r"(?s).*<body[^>]*>|</body>.*|<script.*?</script>", "", body)


def application(routes: Mapping[str, str], script: str = APP) -> dict[str, Answer | str]:
    """The pages of an application whose service gives HTML for each route."""
    scripts = {"/static/js/app.3f2a.js": Answer(script, headers={"Content-Type": "application/javascript"})}
    answers = {
        f"/api/page?route={quote(route, safe='')}": Answer(json.dumps({"html": html}), headers=JSON)
        for route, html in routes.items()
    }
    return {"/": SHELL, **scripts, **answers}


ROUTES = {
    "/": '<a href="#/zfxxgk/nb">政府信息公开年报</a>',
    "/zfxxgk/nb": f'<ul><li><a href="#/article/1">{TITLE}</a><span>2023-03-01</span></li></ul>',
    "/article/1": report(),
}


def run(one: Office, *, browser: bool) -> subprocess.CompletedProcess[str]:
    """One night, with Playwright hidden as in an installation without the extra, or not."""
    env = environment() if not browser else {**os.environ, "PYTHONPATH": ""}
    return subprocess.run(
        one.command("run"), cwd=ROOT, env=env, capture_output=True, text=True, timeout=2 * SECONDS, check=False
    )


def visited(folder: Path, portal: SmallPortal, *, browser: bool = True) -> Office:
    one = office(folder, ("120117", portal.home_url))
    run(one, browser=browser)
    return one


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, SmallPortal]]:
    with small_portal(application(ROUTES)) as portal:
        yield visited(tmp_path_factory.mktemp("office"), portal), portal


def outcome(one: Office) -> list[tuple[object, ...]]:
    return one.rows("SELECT outcome, lists, reports FROM visit")


def test_without_a_browser_an_application_needs_one(tmp_path: Path) -> None:
    with small_portal(application(ROUTES)) as portal:
        one = visited(tmp_path, portal, browser=False)
    assert portal.asked == ["/robots.txt", "/"]
    assert outcome(one) == [("needs_browser", 0, 0)]
    assert one.rows("SELECT kind FROM incident") == [("needs_browser",)]


def test_an_application_that_shows_nothing_still_needs_somebody(tmp_path: Path) -> None:
    with small_portal({"/": SHELL}) as portal:
        one = visited(tmp_path, portal)
    assert outcome(one) == [("needs_browser", 0, 0)]


def test_with_a_browser_its_report_is_read_to_the_last_figure(rendered: tuple[Office, SmallPortal]) -> None:
    one, _ = rendered
    assert outcome(one) == [("complete", 1, 1)]
    assert one.rows("SELECT report_year, title, published_on, edition, status FROM report") == [
        (2022, "天津市宁河区人民政府2022年政府信息公开工作年度报告", "2023-03-01", "t2021", "read")
    ]
    assert one.rows("SELECT count(*) FROM observation WHERE status = 'reported'")[0][0] >= 198


def test_what_was_received_and_what_was_shown_are_both_archived(rendered: tuple[Office, SmallPortal]) -> None:
    one, portal = rendered
    shown = one.rows("SELECT url, status, media_type FROM capture WHERE method = 'RENDER' ORDER BY id")
    routes = ("", "#/zfxxgk/nb", "#/article/1")
    assert shown == [(f"{portal.home_url}{route}", 200, "text/html") for route in routes]
    assert one.rows("SELECT count(*) FROM capture WHERE method = 'GET' AND url = ?", portal.home_url) == [(1,)]
    assert one.rows("SELECT method FROM report_version JOIN capture ON capture.id = capture_id") == [("RENDER",)]


def test_the_browser_asks_only_through_the_crawl(rendered: tuple[Office, SmallPortal]) -> None:
    one, portal = rendered
    asked = ["/robots.txt", "/", "/static/js/app.3f2a.js"]
    assert portal.asked == [*asked, *(f"/api/page?route={quote(route, safe='')}" for route in ROUTES)]
    assert {headers["User-Agent"].partition("/")[0] for headers in portal.headers} == {"Gongkai"}
    assert one.rows("SELECT requests FROM visit") == [(len(portal.asked),)]


def test_a_second_night_finds_nothing_new(tmp_path: Path) -> None:
    with small_portal(application(ROUTES)) as portal:
        one = visited(tmp_path, portal)
        run(one, browser=True)
    assert one.rows("SELECT outcome, new_bodies FROM visit ORDER BY run_id")[1] == ("complete", 0)
    assert one.rows("SELECT count(*) FROM report_version") == [(1,)]


def test_robots_and_foreign_hosts_hold_for_scripts_too(tmp_path: Path) -> None:
    with small_portal({"/secret.json": "{}"}, "127.0.0.2") as other:
        script = (
            f"fetch('{other.home_url}secret.json'); fetch('/api/closed'); new WebSocket('ws://{other.home_url[7:]}')"
        )
        pages = {**application({}, script), "/robots.txt": Answer("User-agent: *\nDisallow: /api/", headers=TEXT)}
        with small_portal(pages) as portal:
            one = visited(tmp_path, portal)
    assert other.asked == []
    assert portal.asked == ["/robots.txt", "/", "/static/js/app.3f2a.js"]
    assert outcome(one) == [("needs_browser", 0, 0)]


def test_no_script_gets_to_solve_the_puzzle_of_a_wall(tmp_path: Path) -> None:
    pages = application({}, "fetch('/api/wall').then(() => fetch('/api/after'))")
    pages["/api/wall"] = Answer("<script>document.cookie='x'</script>", 521, {"Set-Cookie": "__jsluid_s=1"})
    with small_portal(pages) as portal:
        one = visited(tmp_path, portal)
    assert portal.asked[-1] == "/api/wall"
    assert outcome(one) == [("declines_programs", 0, 0)]


def test_a_column_whose_rows_are_templates_is_shown_by_the_browser(tmp_path: Path) -> None:
    rows = f'<li><a href="/nb/t20230301_100001.html">{TITLE}</a><span>2023-03-01</span></li>'
    template = '<ul id="rows"><li v-for="row in rows"><a :href="row.url">{{row.title}}</a></li></ul>'
    script = f"<script>document.getElementById('rows').innerHTML = {json.dumps(rows)}</script>"
    pages = {
        "/": '<a href="/zfxxgknb/">政府信息公开年报</a>',
        "/zfxxgknb/": template + script,
        "/nb/t20230301_100001.html": report(),
    }
    with small_portal(pages) as portal:
        one = visited(tmp_path, portal)
    assert outcome(one) == [("complete", 1, 1)]


def test_a_portal_without_scripts_is_visited_alike_with_a_browser_at_hand(tmp_path: Path) -> None:
    home = '<title>宁河</title><a href="/zfxxgknb/">政府信息公开年报</a>'
    missing = "<title>宁河</title><p>请稍后再来"  # says only by its title that there is no such page
    pages = {"/": home, "/zfxxgknb/": list_page(("/1.html", TITLE)), "/1.html": missing}
    with small_portal(pages) as portal:
        with_browser, without = (visited(tmp_path / str(given), portal, browser=given) for given in (True, False))
    incidents = "SELECT kind, message_en FROM incident"
    assert outcome(with_browser) == outcome(without) == [("partial", 1, 0)]
    assert with_browser.rows(incidents) == without.rows(incidents)


def test_a_script_that_never_ends_is_ended(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SHORT.format(root=str(ROOT), script=json.dumps(ENDLESS))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert done.stdout.splitlines() == ["2 秒内未稳定 not at rest within 2 seconds", "<p>well</p>"], done.stderr


TEXT = {"Content-Type": "text/plain"}
SHORT = """
import asyncio
from crawler.browser import Chromium, Loaded, RenderFailed

async def main():
    chromium = Chromium("Gongkai/0")
    async def load(wanted):
        page = '<div id="app"></div><script>' + {script} + '</script>' if "a.test" in wanted.url else "<p>well</p>"
        return Loaded(200, {{"content-type": "text/html"}}, page.encode())
    try:
        await chromium.render("http://a.test/", load, 2)
    except RenderFailed as failure:
        print(failure)
    print("<p>well</p>" if "<p>well</p>" in (await chromium.render("http://b.test/", load, 20)).html else "lost")
    await chromium.stop()

asyncio.run(main())
"""
