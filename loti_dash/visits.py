"""Visits to a Streamlit server in a browser, with their times.

For benchmarks only: needs playwright, which comes with requirements-dev.txt, and Chromium.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from playwright.sync_api import Browser, BrowserContext, sync_playwright
from playwright.sync_api import TimeoutError as Late

from loti_dash.errors import LotiError

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()
_SECONDS = 60

# Notes when the headline can be read, and when every chart is drawn and the script has ended.
_WATCH = """(() => {
    const seen = window.seen = {};
    const all = part => [...document.querySelectorAll(part)];
    const look = () => {
        if (!seen.headline && all('h2').some(head => head.textContent.trim()))
            seen.headline = performance.now();
        const charts = all('[data-testid=stPlotlyChart], .board img');
        if (charts.length && charts.every(
                chart => chart.complete || chart.querySelector('svg.main-svg'))
            && !all('[data-testid=stSkeleton]').length
            && all('[data-testid=stApp][data-test-script-state=notRunning]').length)
            seen.drawn = performance.now();
        else
            setTimeout(look, 5);
    };
    look();
})()"""


class Visit(NamedTuple):
    """Seconds from navigation to the headline and to the last chart, and bytes that came in."""

    headline: float
    drawn: float
    received: float


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a browser without a window. Raises LotiError if there is none."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if found is None:
        raise LotiError("This benchmark needs Chromium: `apt-get install chromium` brings it.")
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


def twice(browser: Browser, address: str) -> tuple[Visit, Visit]:
    """Return a visit in a new browser context, without cache, and one more in the same."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    try:
        return _once(context, address), _once(context, address)
    finally:
        context.close()


def _once(context: BrowserContext, address: str) -> Visit:
    """Return one visit, in a new tab."""
    page = context.new_page()
    page.add_init_script(_WATCH)
    network, received = context.new_cdp_session(page), [0.0]

    def over_http(event: dict[str, Any]) -> None:
        received[0] += event["encodedDataLength"]

    def over_socket(event: dict[str, Any]) -> None:
        frame = event["response"]
        # Frames that are not text come as base64, four letters for three bytes.
        received[0] += len(frame["payloadData"]) * (0.75 if frame["opcode"] == 2 else 1)

    network.on("Network.loadingFinished", over_http)
    network.on("Network.webSocketFrameReceived", over_socket)
    network.send("Network.enable")
    page.goto(address, wait_until="commit")
    try:
        page.wait_for_function("() => window.seen && window.seen.drawn", timeout=_SECONDS * 1000)
    except Late as error:
        raise LotiError(
            f"{address} has drawn no chart within {_SECONDS} seconds: open it in a browser to see "
            "what it says."
        ) from error
    seen = page.evaluate("() => window.seen")
    page.close()
    return Visit(seen["headline"] / 1000, seen["drawn"] / 1000, received[0])
