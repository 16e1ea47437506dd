"""The web API as it is served, without pages: routes behind the server's middleware."""

import shutil

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from loti_dash import api, server


@pytest.fixture
def ask(home, monkeypatch):
    """Return a client of the web API, over the project's own figures."""
    monkeypatch.setenv("LOTI_HOME", str(home))
    return client()


@pytest.fixture
def own_home(home, tmp_path, monkeypatch):
    """Return a home with the same release, in which something may be taken back."""
    shutil.copytree(home / "releases", tmp_path / "releases")
    monkeypatch.setenv("LOTI_HOME", str(tmp_path))
    return tmp_path


def client():
    """Return a client that does not ask for compression of its own accord."""
    app = Starlette(routes=api.routes(), middleware=server.middleware())
    found = TestClient(
        app,
        base_url="http://dashboard.example",
        raise_server_exceptions=False,
        client=("127.0.0.1", 50000),
    )
    found.headers.pop("accept-encoding")
    return found
