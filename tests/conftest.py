"""What several test modules need: a real browser, and the real documents kept beside the repository."""

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A runner that starts us in the background has Ctrl-C ignored, and so would every program that the tests interrupt.
    signal.signal(signal.SIGINT, signal.default_int_handler)

# How long an example takes depends on what else the machine does.
hypothesis.settings.register_profile("gongkai", deadline=None)
hypothesis.settings.load_profile("gongkai")

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium, without a window.

    One a module and not one a session: while Playwright's synchronous interface is open, an event loop runs
    in this thread, and `asyncio.run` in any other test would refuse to start.
    """
    chromium = shutil.which("chromium")
    assert chromium, "No Chromium: 'make test' installs it, or install the package chromium by hand."
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of the browser, closed behind the test."""
    opened = browser.new_page()
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def shared_samples() -> Path:
    """The real documents kept beside the repository; tests that need them are skipped without them."""
    folder = Path(__file__).parents[1].parent / "shared" / "samples"
    if not folder.is_dir():
        pytest.skip(f"no real documents at {folder}")
    return folder
