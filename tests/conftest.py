"""What many tests need: a release made from a table drawn in the test, by the real build."""

import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest

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


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a data folder with the project's catalogue and no figures."""
    folder = tmp_path / "data"
    shutil.copytree(config.CATALOGUE, folder / "catalogue")
    (folder / "observations").mkdir()
    return folder


@pytest.fixture
def make_store(data: Path, tmp_path: Path) -> Callable[[str], Store]:
    """Return a function that builds a real release from a drawn table and opens it."""
    made = []

    def make(table: str) -> Store:
        for path in (data / "observations").glob("*.csv"):
            path.unlink()
        for series, rows in drawn(table).groupby("series_id"):
            rows.to_csv(data / "observations" / f"{series}.csv", index=False)
        made.append(build.build(data, tmp_path / f"releases{len(made)}", say=lambda _: None))
        return Store(made[-1])

    return make


@pytest.fixture(scope="session")
def publishers() -> Path:
    """Return the folder of the publishers' own files, or skip the test."""
    if not PUBLISHERS.is_dir():
        pytest.skip("the publishers' files are not at hand")
    return PUBLISHERS


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home folder with a release of the project's own figures."""
    folder = tmp_path_factory.mktemp("home")
    build.build(config.DATA, folder / "releases", say=lambda _: None)
    return folder


@pytest.fixture(scope="session")
def release(home: Path) -> Store:
    """Return a release of the project's own figures."""
    folder = home / "releases"
    return Store(folder / f"{releases.current_name(folder)}.duckdb")
