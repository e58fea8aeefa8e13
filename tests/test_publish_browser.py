"""The site as people meet it: the real command, a real browser, a wide and a narrow window."""

import errno
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.site_archive import filled_archive, served, start

WIDTHS = (1280, 390)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(filled_archive(tmp_path_factory.mktemp("site"))) as address:
        yield address


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", ["/", "/report/gov-2023", "/archive/report", "/night/1", "/body/b-gov"])
def test_pages_fit_their_window_and_load_only_from_here(server: str, page: Page, path: str, width: int) -> None:
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: wrong.append(message.text))
    page.set_viewport_size({"width": width, "height": 900})

    page.goto(server + path)

    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert [url for url in asked if not url.startswith(server)] == []
    assert wrong == []
    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang") == "zh-CN"


def test_from_a_district_to_the_archived_page(server: str, page: Page) -> None:
    page.goto(server)
    page.fill("#bigfind", "青石")
    page.click(".bigfind button")
    page.click("text=青石县人民政府")
    page.click("text=青石县2023年政府信息公开工作年度报告")
    assert page.locator("table.form caption").count() == 3
    assert page.locator(".form3 td.suspect").count() == 7
    page.click("text=查看采集时的原样")
    frame = page.frame_locator("iframe")
    assert frame.locator("h1").inner_text() == "青石县二〇二三年年报"
    assert page.title().startswith("留存原样")


def test_a_hostile_title_runs_nothing(server: str, page: Page) -> None:
    page.goto(f"{server}/report/edu-2022")
    assert page.locator("h1").inner_text().startswith("<script>")
    assert page.title() != "owned"


def test_the_keyboard_reaches_the_content_first(server: str, page: Page) -> None:
    page.goto(server)
    page.keyboard.press("Tab")
    assert "跳到正文" in str(page.evaluate("document.activeElement.textContent"))


def test_a_taken_port_is_said_in_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = start(filled_archive(tmp_path), port)
        output, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    reason = os.strerror(errno.EADDRINUSE)
    said = f"Error: Port {port} of 127.0.0.1 cannot be used ({reason}): close what uses it, or pass --port.\n"
    assert output == said
