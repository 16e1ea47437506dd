"""A home with two releases of drawn figures, a fresh copy of it for each test."""

import shutil

import pytest
from sharing import two_releases


@pytest.fixture(scope="session")
def built_once(tmp_path_factory):
    return two_releases(tmp_path_factory.mktemp("two_releases"))


@pytest.fixture
def folder(built_once, tmp_path, monkeypatch):
    """Return the folder of two releases, from which everything is read."""
    shutil.copytree(built_once, tmp_path / "releases")
    monkeypatch.setenv("LOTI_HOME", str(tmp_path))
    monkeypatch.delenv("LOTI_MODE", raising=False)
    monkeypatch.delenv("LOTI_DATABASE_URL", raising=False)
    monkeypatch.delenv("LOTI_RELEASES", raising=False)
    return tmp_path / "releases"
