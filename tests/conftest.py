"""What many tests need: a release made from a table drawn in the test, by the real build."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from io import StringIO
from itertools import count
from pathlib import Path

import pandas as pd
import postgres
import pytest
from filelock import FileLock
from hypothesis import settings

from loti_dash import build, config, releases
from loti_dash.observation import COLUMNS
from loti_dash.state import engine, transaction
from loti_dash.store import Store

# How long an example takes says nothing on a machine that has much else to do.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
# What a page is to Streamlit's tests: they leave it there, and a process started afterwards
# would draw it once more before it does its own work.
_MAIN = sys.modules["__main__"]
PUBLISHERS = config.ROOT.parent / "shared" / "data"


@pytest.fixture(autouse=True)
def main_is_not_a_page() -> Iterator[None]:
    """Keep `__main__` as it was before all tests."""
    sys.modules["__main__"] = _MAIN
    yield
    sys.modules["__main__"] = _MAIN


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


@pytest.fixture(scope="session")
def cluster() -> Iterator[Callable[[str], str]]:
    """Return what says the address of a database in a PostgreSQL cluster, or skip the test.

    `template` in it has the tables of state and no rows.
    """
    programs = postgres.programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    with postgres.cluster(programs) as address:
        postgres.run(address("postgres"), "CREATE DATABASE template")
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("LOTI_DATABASE_URL", address("template"))
            with transaction():
                pass
        engine.engine_of(address("template")).dispose()
        yield address


_DATABASES = count()


@pytest.fixture
def postgresql(cluster: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Keep state in a PostgreSQL database of the test's own, and return its address."""
    name = f"state{next(_DATABASES)}"
    postgres.run(cluster("postgres"), f"CREATE DATABASE {name} TEMPLATE template")
    monkeypatch.setenv("LOTI_DATABASE_URL", cluster(name))
    yield cluster(name)
    engine.engine_of(cluster(name)).dispose()
    postgres.run(cluster("postgres"), f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def empty_postgresql(cluster: Callable[[str], str]) -> Iterator[str]:
    """Return the address of a PostgreSQL database that has no tables."""
    name = f"empty{next(_DATABASES)}"
    postgres.run(cluster("postgres"), f"CREATE DATABASE {name}")
    yield cluster(name)
    engine.engine_of(cluster(name)).dispose()
    postgres.run(cluster("postgres"), f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def each_database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run a test twice: with state in a file of the home folder, and in PostgreSQL."""
    monkeypatch.delenv("LOTI_DATABASE_URL", raising=False)
    if request.param == "postgresql":
        request.getfixturevalue("postgresql")
    return str(request.param)
