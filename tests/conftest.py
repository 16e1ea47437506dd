"""What many tests need: a release made from a table drawn in the test, by the real build."""

import os
import shutil
from collections.abc import Callable
from io import StringIO
from itertools import count
from pathlib import Path

import pandas as pd
import pytest
from filelock import FileLock

from loti_dash import build, config, releases
from loti_dash.observation import COLUMNS
from loti_dash.store import Store

PUBLISHERS = config.ROOT.parent / "shared" / "data"


def drawn(table: str) -> pd.DataFrame:
    """Return the observations of a table drawn as text; `-` is a missing value."""
    lines = "\n".join(line.strip() for line in table.strip().splitlines())
    read = pd.read_csv(StringIO(lines), sep=r"\s*\|\s*", engine="python", dtype=str)
    read.columns = pd.Index(
        ["series_id", "period_id", "area_code", "group_code", "value", "status"]
    )
    value = pd.to_numeric(read["value"].replace("-", None))
    return read.assign(value=value)[COLUMNS]


def with_catalogue(folder: Path) -> Path:
    """Return a folder, made into a data folder with the project's catalogue and no figures."""
    shutil.copytree(config.CATALOGUE, folder / "catalogue")
    (folder / "observations").mkdir()
    return folder


def built(data: Path, table: str, releases_in: Path) -> Store:
    """Return a real release of a drawn table, which stays in a data folder until the next one."""
    for path in (data / "observations").glob("*.csv"):
        path.unlink()
    for series, rows in drawn(table).groupby("series_id"):
        rows.to_csv(data / "observations" / f"{series}.csv", index=False)
    return Store(build.build(data, releases_in, say=lambda _: None))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a data folder with the project's catalogue and no figures."""
    return with_catalogue(tmp_path / "data")


@pytest.fixture
def make_store(data: Path, tmp_path: Path) -> Callable[[str], Store]:
    """Return a function that builds a real release from a drawn table and opens it."""
    number = count()
    return lambda table: built(data, table, tmp_path / f"releases{next(number)}")


@pytest.fixture(scope="module")
def make_shared_store(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Store]:
    """Return a function like that of `make_store`, for releases that the tests of a file share."""
    folder, number = tmp_path_factory.mktemp("shared"), count()
    data = with_catalogue(folder / "data")
    return lambda table: built(data, table, folder / f"releases{next(number)}")


@pytest.fixture(scope="session")
def publishers() -> Path:
    """Return the folder of the publishers' own files, or skip the test."""
    if not PUBLISHERS.is_dir():
        pytest.skip("the publishers' files are not at hand")
    return PUBLISHERS


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home folder with a release of the project's own figures.

    The first of several workers builds it, and each has a copy: a home is also written to.
    """
    own = tmp_path_factory.getbasetemp()
    shared = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "own_figures"
    with FileLock(f"{shared}.lock"):
        if not shared.exists():
            build.build(config.DATA, own / "own_figures_built", say=lambda _: None)
            (own / "own_figures_built").rename(shared)
    folder = tmp_path_factory.mktemp("home")
    shutil.copytree(shared, folder / "releases")
    return folder


@pytest.fixture(scope="session")
def release(home: Path) -> Store:
    """Return a release of the project's own figures."""
    folder = home / "releases"
    return Store(folder / f"{releases.current_name(folder)}.duckdb")
