"""A Streamlit script served on this machine by a process of its own, and what that process takes.

For benchmarks only. What a process takes is read from /proc, so it is known on Linux alone.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.error import URLError
from urllib.request import urlopen

from loti_dash import config
from loti_dash.errors import LotiError

_SECONDS = 60
# Of our settings, those without which a server would not keep to this machine.
_ALONE = (
    "--server.headless=true",
    "--server.address=127.0.0.1",
    "--server.fileWatcherType=none",
    "--browser.gatherUsageStats=false",
)
BARE = """import plotly.graph_objects as go
import streamlit as st

st.header("A bare page")
st.plotly_chart(go.Figure(go.Bar(x=[1, 2, 3], y=[1, 3, 2])))
"""
EMPTY = """import streamlit as st

st.header("An empty page")
"""


class Served(NamedTuple):
    """A server: where it answers, and its process."""

    address: str
    pid: int

    def processor_seconds(self) -> float:
        """Return how long its process has kept a processor busy; NaN where that is not known."""
        try:
            told = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8")
        except OSError:
            return float("nan")
        # The name in brackets may have blanks in it.
        user, system = told.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Return how many bytes of memory its process holds; NaN where that is not known."""
        try:
            told = Path(f"/proc/{self.pid}/statm").read_text(encoding="utf-8")
        except OSError:
            return float("nan")
        return float(int(told.split()[1]) * os.sysconf("SC_PAGE_SIZE"))


def script(folder: Path, words: str) -> Path:
    """Write a script to a folder, and return it: it is served with the settings of Streamlit."""
    written = folder / "page.py"
    written.write_text(words, encoding="utf-8")
    return written


@contextmanager
def served(page: Path, *options: str, home: Path | None = None) -> Iterator[Served]:
    """Serve a script from its own folder on a free port of this machine; end it after use.

    `home` is that of its releases, if it is another than ours.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = started(page, port, *options, home=home)
    served_ = Served(f"http://127.0.0.1:{port}", process.pid)
    try:
        wait_for(served_.address, process)
        yield served_
    finally:
        process.terminate()
        process.wait(timeout=30)


@contextmanager
def several(
    of: Sequence[tuple[Path, Sequence[str], Path]],
) -> Iterator[list[Served]]:
    """Serve several scripts at once, each with its options and its home."""
    with ExitStack() as stack:
        yield [
            stack.enter_context(served(page, *options, home=home)) for page, options, home in of
        ]


def started(
    page: Path, port: int, *options: str, home: Path | None = None
) -> subprocess.Popen[bytes]:
    """Return the process of a server that was told to start."""
    command = [sys.executable, "-m", "streamlit", "run", page.name, *options]
    return subprocess.Popen(
        [*command, f"--server.port={port}", *_ALONE],
        cwd=page.parent,
        env=os.environ
        | {
            "LOTI_HOME": str((home or config.home()).resolve()),
            # Everybody who asks in a benchmark asks from one address.
            "LOTI_REQUESTS_PER_MINUTE": "1000000000",
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def wait_for(address: str, process: subprocess.Popen[bytes], pause: float = 0.05) -> None:
    """Wait until a server answers. Raises LotiError if it does not start."""
    late = time.monotonic() + _SECONDS
    while time.monotonic() < late and process.poll() is None:
        try:
            with urlopen(f"{address}/_stcore/health", timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(pause)
    raise LotiError(f"The server did not start at {address}: try `streamlit run app.py` by hand.")
