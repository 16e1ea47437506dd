"""The benchmark in a browser: its arithmetic, what it says without one, and one run."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from whole import by_hand

from loti_dash import bench, config
from loti_dash.errors import LotiError


@pytest.fixture
def visits():
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    from loti_dash import visits

    return visits


def test_medians_are_of_ratios_in_the_same_round(visits):
    from loti_dash.bench.browser import figures

    # Bare, ours, another borough: to the headline, to the last chart, bytes.
    rounds = [
        [visits.Visit(1, 2, 1e6), visits.Visit(2, 3, 2e6), visits.Visit(3, 4, 3e6)],
        [visits.Visit(2, 4, 1e6), visits.Visit(2, 4, 2e6), visits.Visit(2, 4, 3e6)],
        [visits.Visit(1, 1, 1e6), visits.Visit(3, 5, 2e6), visits.Visit(4, 9, 3e6)],
    ]
    found = figures(rounds[0], rounds, rounds[:1])

    assert found["new browser, ours: headline, s"] == 2
    assert found["new browser, ours: received, kB"] == 2000
    assert found["ours / bare, headline"] == 2  # of 2, 1 and 3
    assert found["ours / bare, last chart"] == 1.5  # of 1.5, 1 and 5
    assert found["ours / bare, last chart, not opened before"] == 2  # of 2, 1 and 9
    assert found["first after start, ours: last chart, s"] == 3


def test_without_chromium_it_says_how_to_get_it(visits, monkeypatch):
    monkeypatch.setattr("shutil.which", lambda _: None)

    with pytest.raises(LotiError, match="apt-get install chromium"), visits.chromium():
        pass


def test_without_playwright_it_says_how_to_get_it(monkeypatch):
    for name in [name for name in sys.modules if name.partition(".")[0] == "playwright"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "playwright", None)
    monkeypatch.delitem(sys.modules, "loti_dash.visits", raising=False)
    monkeypatch.delitem(sys.modules, "loti_dash.bench.browser", raising=False)

    with pytest.raises(LotiError, match="requirements-dev"):
        list(bench.run("browser", "table"))


@by_hand
@pytest.mark.browser
def test_one_round_gives_every_figure(visits, home):
    if not shutil.which("chromium") and not shutil.which("chromium-browser"):
        pytest.skip("Chromium is not installed: apt-get install chromium")
    # In a process of its own: one process has one browser at a time, and other tests have theirs.
    script = (
        "import json; from loti_dash.bench.browser import measure; print(json.dumps(measure(1)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=config.ROOT,
        env=os.environ | {"LOTI_HOME": str(home)},
        stdout=subprocess.PIPE,
        check=True,
    )
    found = json.loads(done.stdout)

    numbers = [figure for name, figure in found.items() if name not in ("release", "rounds")]
    assert len(numbers) == 7 * 3 + 2 * 3 + 2
    assert min(numbers) > 0
    for kind in ("bare", "ours"):
        assert (
            found[f"new browser, {kind}: headline, s"]
            <= found[f"new browser, {kind}: last chart, s"]
        )
