"""The machine's own Chromium, for pages that only scripts fill in. It never touches the network.

Every request of a page is answered by the crawl itself, so that robots.txt, the allowed hosts, the pauses, the limits
and the archive hold for what a script asks for as well. Optional: needs Playwright and a Chromium (``make browser``).
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, Page, Request, Route

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
NOWHERE = "http://127.0.0.1:9"  # a proxy that does not exist: what slips past us comes nowhere
FLAGS = [
    "--no-sandbox",  # nights run as root in containers, where Chromium starts no other way
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--host-resolver-rules=MAP * ~NOTFOUND",
]
UNSEEN = {"image", "media", "font", "stylesheet", "manifest", "texttrack", "eventsource", "websocket", "ping"}
AT_ONCE = 2  # pages in one Chromium; each takes about 100 MB
CLOSING_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the crawl answers to a request of a page."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Wanted:
    """A request of a page."""

    url: str
    method: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as its scripts have made it: the address that it shows, and its HTML."""

    url: str
    html: str


Load = Callable[[Wanted], Awaitable[Loaded | None]]
"""Answers a request of a page; None where it is not to be had."""


class RenderFailed(Exception):
    """The browser did not come to an end with a page; the message is one sentence."""


def is_installed() -> bool:
    """Whether there is a browser to render with."""
    try:
        return find_spec("playwright.async_api") is not None and _program() is not None
    except ImportError:
        return False


def _program() -> str | None:
    return next((path for name in PROGRAMS if (path := shutil.which(name))), None)


class Chromium:
    """One Chromium, started by the first page that needs it and started anew when it dies."""

    def __init__(self, user_agent: str) -> None:
        self._user_agent = user_agent
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._starting = asyncio.Lock()
        self._playwright: Any = None
        self._browser: Browser | None = None

    async def render(self, url: str, load: Load, seconds: float) -> Rendered:
        """Let the scripts of a page work until nothing more is asked for.

        Raises:
            RenderFailed: the page did not come to rest in time, or the browser died of it.
        """
        from playwright.async_api import Error

        async with self._turns:
            try:
                async with self._page(load) as page:
                    try:
                        async with asyncio.timeout(seconds):
                            await page.goto(url, wait_until="load", timeout=0)
                            await page.wait_for_load_state("networkidle", timeout=0)
                            return Rendered(page.url, await page.content())
                    except TimeoutError as error:
                        raise RenderFailed(
                            f"{seconds:.0f} 秒内未稳定 not at rest within {seconds:.0f} seconds"
                        ) from error
            except Error as error:
                raise RenderFailed(error.message.splitlines()[0]) from error

    async def stop(self) -> None:
        """End the browser."""
        browser, self._browser = self._browser, None
        playwright, self._playwright = self._playwright, None
        for ending in (browser and browser.close, playwright and playwright.stop):
            if ending:
                await _within(CLOSING_SECONDS, ending())

    @asynccontextmanager
    async def _page(self, load: Load) -> AsyncIterator[Page]:
        browser = await self._running()
        context = await browser.new_context(
            user_agent=self._user_agent,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            accept_downloads=False,
            service_workers="block",
        )
        try:
            await _answer_by(load, context)
            yield await context.new_page()
        finally:
            if not await _within(CLOSING_SECONDS, context.close()):
                await self.stop()  # a script that never ends holds its page; the next one gets another browser

    async def _running(self) -> Browser:
        async with self._starting:
            if self._browser is None or not self._browser.is_connected():
                await self.stop()
                from playwright.async_api import async_playwright

                self._playwright = await async_playwright().start()
                self._browser = await self._playwright.chromium.launch(
                    executable_path=_program(),
                    args=FLAGS,
                    proxy={"server": NOWHERE, "bypass": "<-loopback>"},
                    handle_sigint=False,
                    handle_sigterm=False,
                    handle_sighup=False,
                )
            assert self._browser is not None
            return self._browser


async def _answer_by(load: Load, context: BrowserContext) -> None:
    """Have every request of a context answered by ``load``; what nobody would see is not asked for."""

    async def answer(route: Route, request: Request) -> None:
        in_frame = request.is_navigation_request() and request.frame.parent_frame is not None
        unwanted = request.resource_type in UNSEEN or in_frame
        body = request.post_data_buffer or b""
        loaded = None if unwanted else await load(Wanted(request.url, request.method, request.headers, body))
        if loaded is None:
            await route.abort()
        else:
            await route.fulfill(status=loaded.status, headers=loaded.headers, body=loaded.body)

    await context.route("**/*", answer)
    await context.route_web_socket("**/*", lambda socket: None)  # a socket that nobody answers is connected to nothing


async def _within(seconds: float, ending: Awaitable[Any]) -> bool:
    """Wait for something to end, and not for ever; whether it did."""
    from playwright.async_api import Error

    try:
        async with asyncio.timeout(seconds):
            await ending
    except (TimeoutError, Error):
        return False
    return True
