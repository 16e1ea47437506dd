"""The benchmark of uploads on few rows: what it says, not how fast it is."""

import pandas as pd
import pandera.errors
import pytest
from whole import by_hand

from loti_dash import bench, config
from loti_dash import upload_yardstick as yardstick
from loti_dash.bench import upload
from loti_dash.catalogue import read
from loti_dash.errors import LotiError


@pytest.fixture(autouse=True)
def at_home(home, monkeypatch):
    monkeypatch.setenv("LOTI_HOME", str(home))


@by_hand
def test_every_side_has_its_time_and_ours_its_memory():
    figures = upload.measure(sizes=[(1, 1)], periods=2)

    size = "1,254 rows"  # 33 areas, 2 periods and 19 groups
    numbers = {name: figure for name, figure in figures.items() if name.startswith(size)}
    assert len(numbers) == len(figures) - 2
    assert all(number > 0 for number in numbers.values())
    # Python and its libraries alone have 100 MB.
    assert figures[f"{size}: most memory of ours, MB"] > 100
    fast, slow, memory = upload.lines(figures)
    assert fast.ours == slow.ours == figures[f"{size}: ours, seconds"]
    assert memory.met == (memory.ours <= 1_000)


def test_the_file_passes_every_check_and_is_charted(release, tmp_path):
    path = tmp_path / "synthetic.csv"
    upload.write(path, release, 1, 2)

    _, found = upload.checked(path, release)

    assert found.usable
    assert len(found.figures) == 33 * 2 * 19
    assert upload.charted(path, release)["data"]


@pytest.mark.parametrize(
    ("column", "wrong"),
    [
        ("area", "E09000099"),
        ("period", "2022"),
        ("ethnic_group", "blck"),
        ("numerator", -1),
        ("denominator", -1),
        ("area", "E09000002"),
    ],
    ids=["area", "period", "group", "numerator", "denominator", "a key twice"],
)
def test_the_yardstick_checks_as_well(release, tmp_path, column, wrong):
    path = tmp_path / "synthetic.csv"
    upload.write(path, release, 1, 1)
    assert len(yardstick.with_pandera(path, read(config.CATALOGUE))) == 33 * 19
    table = pd.read_csv(path)
    table.loc[0, column] = wrong
    table.to_csv(path, index=False)

    with pytest.raises(pandera.errors.SchemaErrors):
        yardstick.with_pandera(path, release.catalogue)


@pytest.mark.parametrize(
    ("column", "wrong"),
    [("indicator", "sw1a2aa"), ("denominator", 10_000_000), ("numerator", 1)],
    ids=["postcode", "Census", "period before"],
)
def test_the_yardstick_checks_what_ours_checks_besides(release, tmp_path, column, wrong):
    path = tmp_path / "synthetic.csv"
    upload.write(path, release, 1, 2)
    residents = release.query("observations_of", series=["census_2021_residents"], viewer_areas=[])
    assert len(yardstick.with_pandera(path, release.catalogue, residents)) == 33 * 2 * 19
    table = pd.read_csv(path)
    largest = table["numerator"].idxmax()
    table.loc[largest, column] = wrong
    table.to_csv(path, index=False)

    with pytest.raises(pandera.errors.SchemaErrors):
        yardstick.with_pandera(path, release.catalogue, residents)


def test_without_pandera_it_says_what_brings_it(monkeypatch):
    def missing(name):
        raise ModuleNotFoundError(name, name="pandera")

    monkeypatch.setattr(bench, "import_module", missing)

    with pytest.raises(LotiError, match=r"upload needs pandera: `pip install"):
        list(bench.run("upload", "table"))
