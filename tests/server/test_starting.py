"""What a server does before its first page is there, and what only after that."""

import asyncio
import os
import subprocess
import sys
import threading
import time

import looping

from loti_dash import config
from loti_dash.server import running

# What app.py and the router import, and a release as the first page reads it.
FIRST = """
import sys

import app
from loti_dash import releases
from loti_dash.ui import everyone, later, page, show

assert releases.open_().catalogue.outcomes
print("there:", *sys.modules)
"""
# Whoever opens another page, and whoever asks for figures, while the rest is being loaded.
AT_ONCE = """
import sys
import threading

from starlette.applications import Starlette
from starlette.testclient import TestClient

from loti_dash import api, feeds
from loti_dash.ui import later

wrong = []

def tried(do, *what):
    try:
        do(*what)
    except BaseException as error:
        wrong.append(repr(error))

def asked(routes, path):
    client = TestClient(Starlette(routes=routes))
    assert client.get(path).status_code < 500

doing = [(later.get_ready,), (later.load,)]
doing.append((asked, api.routes(), "/api/v1/compare?indicator=stop_and_search"))
doing.append((asked, feeds.ROUTES, "/feeds/E09000012.atom"))
threads = [threading.Thread(target=tried, args=each) for each in doing]
for each in threads:
    each.start()
for each in threads:
    each.join()
assert not wrong, wrong
print("there:", *sys.modules)
"""
HEAVY = {"pandas", "numpy", "scipy", "geopandas", "pyarrow", "sqlalchemy", "alembic"}


def modules_after(script, home):
    """Return the modules that a new process has loaded after a script."""
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=config.ROOT,
        env=os.environ | {"LOTI_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.partition("there:")[2].split())


def test_the_first_page_waits_for_no_library_that_it_does_not_need(home):
    there = modules_after(FIRST, home)

    assert {"duckdb", "loti_dash.store", "loti_dash.ui.page"} <= there
    assert not HEAVY & there
    assert not {name for name in there if name.startswith(("loti_dash.api.", "loti_dash.feeds."))}


def test_what_it_does_without_can_be_loaded_from_several_ends_at_once(home):
    there = modules_after(AT_ONCE, home)

    assert {"pandas", "loti_dash.ui.domain", "loti_dash.ui.upload", "loti_dash.ui.board"} <= there


def a_life(get_ready, monkeypatch):
    """Live as a server for a moment that gets ready at once."""
    monkeypatch.setattr(running, "_SOON", 0.0)
    settled = []
    monkeypatch.setattr(running, "settle", lambda: settled.append(True))

    async def live():
        async with running.running(get_ready)(None):
            until = time.monotonic() + 60
            while not settled and time.monotonic() < until:
                await asyncio.sleep(0.005)

    looping.run(live())
    return settled


def test_a_server_gets_ready_beside_its_answers_and_settles_then(monkeypatch):
    threads = []

    assert a_life(lambda: threads.append(threading.current_thread()), monkeypatch) == [True]
    assert len(threads) == 1
    assert threads[0] is not threading.main_thread()


def test_what_goes_wrong_in_getting_ready_is_written_down_and_stops_nothing(monkeypatch):
    said = []
    monkeypatch.setattr(running.logs, "write_failure", lambda event: said.append(event))

    def broken():
        raise ValueError("broken")

    assert a_life(broken, monkeypatch) == [True]
    assert said == ["not ready"]
