"""``python -m crawler find URL``: what is told of one portal, and what is said when there is none to visit."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
import yaml
from nights import ROOT, SECONDS, Answer, environment, left_running, list_page, small_portal, wait_until

from crawler.portals.overrides import PortalsFile
from samples.fleet import Fleet, fleet

NAMELESS = '<html><title>首页</title><a href="/zfxxgknb/">政府信息公开年报</a>'
PUTUO = '<html><meta name="SiteName" content="普陀区人民政府"><a href="/zfxxgknb/">政府信息公开年报</a>'


def find(*words: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "crawler", "find", *words, "--pause", "0"]
    return subprocess.run(
        command, cwd=cwd, env=environment(), capture_output=True, text=True, timeout=SECONDS, check=False
    )


@pytest.fixture(scope="module")
def portals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    with fleet(tmp_path_factory.mktemp("fleet")) as running:
        yield running


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["www.pingtan.gov.cn"], "“www.pingtan.gov.cn” is not a web address; write it in full, like https://"),
        (["http://127.0.0.1/", "--code", "999999"], "--code “999999” is no division code"),
        (["http://127.0.0.1/", "--db", "x.db"], "Give both --db and --captures"),
        (["https://www.pingtan.gov.cn/"], "set contact to a web address or a mail address"),
    ],
)
def test_a_wrong_command_gets_one_sentence(words: list[str], sentence: str) -> None:
    done = find(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_dead_host_is_one_sentence_in_both_languages() -> None:
    done = find("http://127.0.2.99:9/")
    assert done.returncode == 1
    assert done.stderr == "http://127.0.2.99:9/: 对方拒绝连接 The host refused the connection.\n"


def test_a_look_that_is_interrupted_says_so() -> None:
    answer = Event()
    with small_portal({"/": Answer(NAMELESS, before=lambda: answer.wait(30))}) as portal:
        looking = left_running([sys.executable, "-m", "crawler", "find", portal.home_url])
        wait_until(lambda: "/" in portal.asked, "the page was asked for")
        looking.send_signal(signal.SIGINT)
        said, _ = looking.communicate(timeout=30)
        answer.set()
    assert (looking.returncode, said) == (1, f"{portal.home_url}: 已中断 interrupted.\n")


@pytest.mark.parametrize(
    ("home", "sentence"),
    [
        (NAMELESS, "The home page names no county: give --code."),
        (PUTUO, "上海市普陀区 310107、浙江省舟山市普陀区 330903，请用 --code 指明 Several counties go by that name"),
    ],
)
def test_a_home_page_that_does_not_say_whose_it_is_needs_a_code(home: str, sentence: str) -> None:
    with small_portal({"/": home, "/zfxxgknb/": list_page()}) as portal:
        refused = find(portal.home_url)
        told = find(portal.home_url, "--code", "330903")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert sentence in refused.stderr
    assert "门户网站 Portal: 浙江省舟山市普陀区 330903" in told.stdout
    assert "结果 Outcome: list_empty" in told.stdout
    assert told.returncode == 1


def test_robots_is_obeyed_from_the_first_request_on() -> None:
    robots = Answer("User-agent: *\nDisallow: /", headers={"Content-Type": "text/plain"})
    with small_portal({"/": NAMELESS, "/robots.txt": robots}) as portal:
        done = find(portal.home_url)
    assert "robots.txt does not allow this address." in done.stderr
    assert portal.asked == ["/robots.txt"]


def test_a_portal_is_told_with_its_evidence_lists_reports_and_entry(portals: Fleet) -> None:
    home_url = portals.portals[0].home_url
    done = find(home_url)
    assert done.returncode == 0, done.stdout + done.stderr
    said = done.stdout
    assert f"门户网站 Portal: 天津市宁河区 120117 {home_url}\n  unsettled: 网页自称域名为 www.sample" in said
    assert "平台 Platform: trs: 网页中有 the page has “" in said
    assert re.search(rf"  {home_url}\S+ “\S+”: link “\S+” on {home_url}\S* \(\d+ points\)", said)
    assert "  2022  2023-03-01  天津市宁河区人民政府  " in said
    assert "结果 Outcome: " in said
    assert re.search(r"请求 \d+ 次 \d+ requests", said)
    (entry,) = PortalsFile(overrides=yaml.safe_load(said.partition("portals.yaml:\n")[2])).overrides
    assert (entry.code, entry.name, entry.home_url, entry.platform) == ("120117", "宁河区", home_url, "trs")


def test_nothing_is_written_unless_asked_for(portals: Fleet, tmp_path: Path) -> None:
    before = {path.name for path in ROOT.iterdir()}
    find(portals.portals[2].home_url)
    assert {path.name for path in ROOT.iterdir()} - before <= {".hypothesis", ".pytest_cache", "__pycache__"}
    find(portals.portals[2].home_url, "--db", str(tmp_path / "a.db"), "--captures", str(tmp_path / "c.db"))
    assert {"a.db", "c.db"} <= {path.name for path in tmp_path.iterdir()}
