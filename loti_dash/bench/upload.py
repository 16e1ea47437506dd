"""How long files of one and ten million rows take to be read, checked and charted.

Beside two yardsticks: a bare `read_csv` of the same file into a table by DuckDB, and pandas with
pandera, with the checks that ours makes too. Whatever ours does more is left out: it only helps
the yardstick. The counts are generated with a seed: they are synthetic, and say nothing about
anybody. A page takes files of 200 MB at most; the larger ones here are read past that limit.
"""

import multiprocessing
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
import pandas as pd

from loti_dash import analysis, catalogue, config, machine, own_figures, releases
from loti_dash import upload_yardstick as yardstick
from loti_dash.bench_lines import Figures, Line
from loti_dash.charts.forest import forest
from loti_dash.store import Store
from loti_dash.upload import assembling, checking, reading, statement
from loti_dash.upload.description import OF_THE_FILE, Described
from loti_dash.upload.sheet import Checked, Sheet

PERIODS = 27
# Indicators, and how often each side reads: 33 areas, 27 months and 19 groups make 1,015,740 and
# 10,157,400 rows.
SIZES = ((60, 5), (600, 2))
QUICK = {"sizes": ((6, 1),)}
_OWNER = "A council"
_RESIDENTS = "census_2021_residents"


def measure(
    sizes: Sequence[tuple[int, int]] = SIZES, periods: int = PERIODS, slow: int = 1_000_000
) -> Figures:
    """Return seconds of each side, the ratios, and the most memory ours takes, by size of file.

    Medians of paired rounds; of more than `slow` rows pandas and pandera read only once. Memory
    is that of a process of its own, Python and its libraries included.
    """
    store = releases.open_()
    found: Figures = {"counts": "synthetic, generated with a seed", "release": store.release}
    for indicators, rounds in sizes:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "synthetic.csv"
            rows = write(path, store, indicators, periods)
            of = _of_one(path, store, rounds, 1 if rows > 1.1 * slow else rounds)
        found |= {f"{rows:,} rows: {name}": figure for name, figure in of.items()}
    return found


def lines(of: Figures) -> list[Line]:
    """Return how near the aims are, for each size."""
    said: list[Line] = []
    for size in [name.partition(":")[0] for name in of if name.endswith(": file, MB")]:

        def figure(name: str, size: str = size) -> float:
            return float(of[f"{size}: {name}"])

        ours, peak = figure("ours, seconds"), figure("most memory of ours, MB")
        slow, times = figure("pandas and pandera, seconds"), figure("pandas and pandera / ours")
        said += [
            Line(size, ours, figure("bare, seconds"), figure("ours / bare"), 2.5, beside="DuckDB"),
            Line(size, ours, slow, times, 5, beside="pandas and pandera", at_least=True),
            Line(f"{size}, memory", peak, None, peak, 1_000, "MB"),
        ]
    return said


def _of_one(path: Path, store: Store, rounds: int, slow_rounds: int) -> Figures:
    """Return the figures of one file."""
    residents = _residents(store)
    works: list[Callable[[], object]] = [
        lambda: charted(path, store),
        lambda: checked(path, store),
        lambda: yardstick.bare(path),
    ]
    seconds = np.array([[_seconds(work) for work in works] for _ in range(rounds)])
    slow = [
        _seconds(lambda: yardstick.with_pandera(path, store.catalogue, residents))
        for _ in range(slow_rounds)
    ]
    with multiprocessing.get_context("spawn").Pool(1) as process:
        peak = process.apply(_most_memory, (path,))
    ours, in_order, duck = seconds.T
    return {
        "file, MB": path.stat().st_size / 1e6,
        "ours, seconds": median(ours),
        "ours without the chart, seconds": median(in_order),
        "bare, seconds": median(duck),
        "pandas and pandera, seconds": median(slow),
        "ours / bare": median(ours / duck),
        "ours without the chart / bare": median(in_order / duck),
        "pandas and pandera / ours": median(slow / ours[:slow_rounds]),
        "most memory of ours, MB": peak / 1e6,
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
    rate = random.uniform(0.1, 0.3, (shape[0], 1, 1, 1))
    # Nowhere so far from what is usual that a check would speak up, which takes its own time.
    counted = random.binomial(of, rate).clip(np.ceil(of * rate / 2), np.floor(of * rate * 2))
    counted = np.minimum(counted, of).astype(int)
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
    return machine.most_memory()


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
