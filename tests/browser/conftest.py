"""The real server on this machine, with a release of its own, and a browser to look at it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import opened, served

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Nothing that Streamlit keeps in the browser, as a folded navigation, is there at the next visit.
FORGET = """if (location.protocol.startsWith('http')) {
    localStorage.clear();
    sessionStorage.clear();
}"""


class Patient:
    """A browser that waits as long as a page may take on a machine that has much else to do."""

    def __init__(self, browser) -> None:
        self._browser = browser

    def new_context(self, **settings):
        """Return a visit that remembers nothing of others."""
        context = self._browser.new_context(**settings)
        context.set_default_timeout(180_000)
        return context

    def new_page(self, **settings):
        """Return the only tab of such a visit."""
        return self.new_context(**settings).new_page()


@pytest.fixture(scope="session")
def server(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the dashboard, started as readers get it."""
    with served(home, tmp_path_factory.mktemp("server")) as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    """Return a browser without a window, or skip the test where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with playwright.sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield Patient(chromium)
        chromium.close()


@pytest.fixture(scope="session")
def refused() -> list[str]:
    """Return what the browser said it was not allowed to do, since the last test."""
    return []


@pytest.fixture(scope="session")
def tab(browser, refused):
    """Return a tab for one visit after the other.

    Streamlit's and Plotly's scripts are compiled once for each tab. That takes a browser longer
    than all that they do on a page.
    """
    context = browser.new_context()
    context.add_init_script(FORGET)
    page = context.new_page()
    page.on(
        "console",
        lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None,
    )
    yield page
    context.close()


@pytest.fixture
def visit(browser, server, tab, refused):
    """Return a function that opens an address on a screen and waits until the page is drawn.

    Each is a new visit to the server. Those of a test replace one another, but for the ones with
    `settings`, which have a browser of their own.
    """
    own = []

    def open_(path: str, width: int = 1280, height: int = 900, **settings):
        page = tab
        if settings:
            own.append(browser.new_context(**settings))
            page = own[-1].new_page()
        opened(page, server + path, width, height)
        return page

    yield open_
    for context in own:
        context.close()
    said, refused[:] = list(refused), []
    assert said == []
