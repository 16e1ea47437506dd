"""How long a file of a million rows takes to be read, checked and charted, beside two yardsticks.

A bare `read_csv` of the same file into a table by DuckDB, and pandas with pandera: once for the
form of the table alone, and once with the checks that ours makes besides, on single people, the
Census and neighbouring periods. Whatever ours does more is left out: it only helps the yardstick.
The counts are generated with a seed: they are synthetic, and say nothing about anybody.
"""

import multiprocessing
import resource
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
import pandas as pd

from loti_dash import analysis, catalogue, config, own_figures, releases
from loti_dash import upload_yardstick as yardstick
from loti_dash.charts.forest import forest
from loti_dash.store import Store
from loti_dash.upload import assembling, checking, reading, statement
from loti_dash.upload.description import OF_THE_FILE, Described
from loti_dash.upload.sheet import Checked, Sheet

INDICATORS, PERIODS, ROUNDS = 60, 27, 5
_OWNER = "A council"
_RESIDENTS = "census_2021_residents"
# ru_maxrss is in kilobytes, except on a Mac.
_UNIT = 1 if sys.platform == "darwin" else 1024


def measure(
    indicators: int = INDICATORS, periods: int = PERIODS, rounds: int = ROUNDS
) -> dict[str, float | int | str]:
    """Return seconds of each side, the ratios, and the most memory ours takes.

    Medians of paired rounds. Memory is that of a process of its own, Python and its libraries
    included.
    """
    store = releases.open_()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "synthetic.csv"
        rows = write(path, store, indicators, periods)
        works: list[Callable[[], object]] = [
            lambda: charted(path, store),
            lambda: checked(path, store),
            lambda: yardstick.bare(path),
            lambda: yardstick.with_pandera(path, store.catalogue),
            lambda: yardstick.with_pandera(path, store.catalogue, _residents(store)),
        ]
        seconds = np.array([[_seconds(work) for work in works] for _ in range(rounds)])
        size = path.stat().st_size
        with multiprocessing.get_context("spawn").Pool(1) as process:
            peak = process.apply(_most_memory, (path,))
    ours, in_order, duck, form, pandas_ = seconds.T
    return {
        "counts": "synthetic, generated with a seed",
        "release": store.release,
        "rows": rows,
        "file, MB": size / 1e6,
        "ours, seconds": median(ours),
        "ours without the chart, seconds": median(in_order),
        "bare DuckDB read, seconds": median(duck),
        "pandas and pandera, seconds": median(pandas_),
        "pandas and pandera, form of the table alone, seconds": median(form),
        "ours / bare (aim: at most 4)": median(ours / duck),
        "pandas and pandera / ours (aim: above 1)": median(pandas_ / ours),
        "pandas and pandera / ours without the chart": median(pandas_ / in_order),
        "the form of the table alone / ours without the chart": median(form / in_order),
        "most memory of ours, MB (aim: under 1,000)": peak / 1e6,
    }


def write(path: Path, store: Store, indicators: int, periods: int) -> int:
    """Write a file that passes every check, and return how many rows it has.

    The denominators are residents of the Census, as often as there are indicators and periods.
    """
    random = np.random.default_rng(1)
    there = _residents(store).set_index(["area_code", "group_code"])["value"]
    places = [[f"s_{n:03}" for n in range(indicators)], yardstick.areas(store.catalogue)]
    places += [[f"{2022 + n // 12}-{n % 12 + 1:02}" for n in range(periods)]]
    places += [yardstick.groups(store.catalogue)]
    names = ["indicator", "area", "period", "ethnic_group"]
    table = pd.MultiIndex.from_product(places, names=names).to_frame(index=False)
    shape = [len(each) for each in places]
    of = there.reindex(pd.MultiIndex.from_product(places[1::2])).fillna(0).to_numpy(int)
    of = np.broadcast_to(of.reshape(1, shape[1], 1, shape[3]), shape)
    counted = random.binomial(of, random.uniform(0.1, 0.3, (shape[0], 1, 1, 1)))
    table.assign(numerator=counted.ravel(), denominator=of.ravel()).to_csv(path, index=False)
    return len(table)


def checked(path: Path, store: Store) -> tuple[Sheet, Checked]:
    """Read and check a file."""
    sheet = reading.read(path.name, path, most_bytes=path.stat().st_size)
    labels = catalogue.labels(config.CATALOGUE)
    return sheet, checking.check(sheet, store.catalogue, labels, residents=_residents(store))


def charted(path: Path, store: Store) -> dict[str, object] | None:
    """Read and check a file, and return the chart of its first indicator, area and period."""
    sheet, found = checked(path, store)
    id_ = str(found.figures["indicator"].iloc[0])
    package = assembling.package(
        sheet,
        assembling.only(found, id_),
        [_described(id_)],
        statement.nothing_yet(_OWNER),
        store.catalogue,
        date.today(),
    )
    own = own_figures.store_of(store, package)
    first = own.choices.iloc[0]
    table = analysis.compare(own, first["indicator_id"], first["period_id"])
    chart = forest(table[table["area_code"] == first["area_code"]])
    own.close()
    return chart


def _residents(store: Store) -> pd.DataFrame:
    return store.query("observations_of", series=[_RESIDENTS], viewer_areas=[])


def _most_memory(path: Path) -> int:
    """Return the most bytes that this process had, after charting a file."""
    charted(path, releases.open_())
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT


def _described(id_: str) -> Described:
    return Described(
        *(id_, _OWNER, "", "Synthetic counts", "synthetic counts", "justice", "people"),
        *(OF_THE_FILE, "synthetic people", True, 100, "neutral", "flow", "calendar"),
        *("self", "all", False),
    )


def _seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start
