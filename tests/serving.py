"""The dashboard started as readers get it, and when a page of it is drawn: for browser tests."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from loti_dash import config


@contextmanager
def served(home: Path, folder: Path, script: str = "app.py") -> Iterator[str]:
    """Start the dashboard with a home folder, and end it after use. Its log goes to `folder`.

    `script` is another one to start in its place.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / "log.txt"
    command = [sys.executable, "-m", "streamlit", "run", script]
    options = [f"--server.port={port}", "--server.headless=true"]
    with log.open("w") as out:
        process = subprocess.Popen(
            command + options,
            cwd=config.ROOT,
            env=os.environ | {"LOTI_HOME": str(home)},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address, process, log)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=30)


def opened(page, address: str, width: int = 1280, height: int = 900) -> None:
    """Open an address on a screen, in a tab that may have been elsewhere, and wait for it."""
    page.goto("about:blank")
    page.context.clear_cookies()
    page.mouse.move(0, 0)
    page.set_viewport_size({"width": width, "height": height})
    page.goto(address)
    finished(page)


def finished(page) -> None:
    """Wait until a page is drawn: its script has ended and its charts stand."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning] h1")
    page.wait_for_function(
        """() => !document.querySelector('[data-testid=stSkeleton]')
            && [...document.querySelectorAll('[data-testid=stPlotlyChart]')]
                .every(chart => chart.querySelector('svg.main-svg'))"""
    )
    page.wait_for_timeout(500)


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 300
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            with urlopen(f"{address}/_stcore/health", timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.5)
    raise RuntimeError(f"the server did not start:\n{log.read_text()}")
