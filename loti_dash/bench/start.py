"""How long a server takes from its start to its first answer, beside an empty Streamlit app.

Each start is a process of its own; the answer is the whole first page, over Streamlit's agent
interface. What is imported before that, and what is not, is told too.
"""

import socket
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from loti_dash import config, releases, serving
from loti_dash.agents import OPTIONS, visitor
from loti_dash.bench_lines import Figures, Line
from loti_dash.serving import EMPTY

AIM = 1.5
QUICK = {"rounds": 1}
# What the first page does not need, and a first visit should not wait for.
HEAVY = "pandas geopandas scipy sqlalchemy alembic typst docx gptables httpx authlib".split()


def measure(rounds: int = 7) -> Figures:
    """Return seconds from start to the first answer: medians of starts that take turns."""
    found: Figures = {"release": releases.open_().release}
    with TemporaryDirectory() as folder:
        empty = serving.script(Path(folder), EMPTY)
        app = config.ROOT / "app.py"
        times = [[_first_answer(page) for page in (empty, app)] for _ in range(rounds)]
    found |= {
        "empty app: listening, s": median(bare[0] for bare, _ in times),
        "empty app: first answer, s": median(bare[1] for bare, _ in times),
        "ours: listening, s": median(ours[0] for _, ours in times),
        "ours: first answer, s": median(ours[1] for _, ours in times),
        "ours / empty, first answer": median(ours[1] / bare[1] for bare, ours in times),
    }
    imported = _imported()
    return found | {f"imported for the first page: {name}": imported[name] for name in HEAVY}


def lines(of: Figures) -> list[Line]:
    """Return how near the aim is."""
    ours, empty = (float(of[f"{side}: first answer, s"]) for side in ("ours", "empty app"))
    ratio = float(of["ours / empty, first answer"])
    return [Line("start to first answer", ours, empty, ratio, AIM, beside="empty app")]


def _first_answer(page: Path) -> tuple[float, float]:
    """Return seconds from the start of a server until it listens, and until a page is there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = perf_counter()
    process = serving.started(page, port, *OPTIONS)
    try:
        address = f"http://127.0.0.1:{port}"
        serving.wait_for(address, process, pause=0.01)
        listening = perf_counter() - started
        visitor(address)()
        return listening, perf_counter() - started
    finally:
        process.terminate()
        process.wait(timeout=30)


def _imported() -> dict[str, str]:
    """Return which heavy libraries a new process has after it imported the first page."""
    # What app.py, the router and pages/home.py import.
    script = "import sys, app; from loti_dash.ui import everyone, later, page, show"
    script += "; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=config.ROOT, capture_output=True, text=True, check=True
    )
    there = set(done.stdout.split())
    return {name: "yes" if name in there else "no" for name in HEAVY}
