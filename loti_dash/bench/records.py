"""How long records take to become observations: searches by the police, and the NHS's measures.

The police's real months are written out again and again until there are ten million searches, so
they are synthetic: as they are, and each time a little later and further north, as reading is
quick where records repeat. The yearly file of NHS Talking Therapies is as it was published.
Beside a bare scan of the same columns by DuckDB, and pandas. Those of the police's files are all
there are, as what repeats another record exactly is counted; a scan of those alone that figures
are made of is told too. To find the borough of each place is included, and told apart.
"""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import pandas as pd

from loti_dash import boundaries, catalogue, config
from loti_dash import record_yardstick as yardstick
from loti_dash.bench_lines import Figures, Line
from loti_dash.errors import LotiError
from loti_dash.ingest import police_uk, police_uk_files, talking_therapies

PUBLISHERS = config.ROOT.parent / "shared" / "data"
SEARCHES = 10_000_000
QUICK = {"searches": 200_000, "rounds": 1}
AIM = 2.0
APART = "searches, few alike"
# A latitude and a longitude of London, one after the other.
_PLACE = re.compile(rb",(5\d[.]\d+),(-?\d[.]\d+),")
KINDS = ["Type", "Self-defined ethnicity", "Officer-defined ethnicity", "Outcome"]


def measure(searches: int = SEARCHES, rounds: int = 3) -> Figures:
    """Return seconds of each side and the ratios: medians of paired rounds.

    Pandas reads once, and so does each side where few records are alike.

    Raises LotiError where the publishers' files are not at hand.
    """
    months = sorted((PUBLISHERS / "justice" / "police_uk_stop_and_search").glob("*.csv"))
    measures = sorted(
        (PUBLISHERS / "health" / "talking_therapies").glob("nhstt_measures*.parquet")
    )
    if not months or not measures:
        raise LotiError(
            f"This benchmark reads the publishers' own files, which are not in {PUBLISHERS}."
        )
    labels = catalogue.labels(config.CATALOGUE)
    with TemporaryDirectory() as folder:
        files = [Path(folder) / path.name for path in months]
        rows = replicated(months, files, searches)
        found: Figures = {"searches": "the police's real months, written out again: synthetic"}
        ours, used = partial(police_uk.read, files, labels), list(police_uk_files.COLUMNS_READ)
        scan = partial(yardstick.scan, files, _headings(files))
        pandas_ = partial(yardstick.counted_by_pandas, files, used, KINDS)
        found |= _of("searches", rows, ours, scan, pandas_, rounds)
        found["searches: DuckDB scan of what figures are made of, s"] = _seconds(
            partial(yardstick.scan, files, used)
        )
        replicated(months, files, searches, moved=True)
        found |= _of(APART, rows, ours, scan, pandas_, 1)
    places = _places(months)
    found["searches: point in polygon, s for the places of the real months"] = _seconds(
        partial(boundaries.boroughs_of, places["Longitude"], places["Latitude"])
    )
    wanted = talking_therapies.WANTED
    by = ["reporting_period", "org_code", "variable_b", "measure_name"]
    return found | _of(
        "talking therapies",
        4_529_756,
        partial(talking_therapies.read, measures, labels),
        partial(yardstick.scan, measures, wanted),
        partial(yardstick.counted_by_pandas, measures, wanted, by),
        rounds,
    )


def lines(of: Figures) -> list[Line]:
    """Return how near the aims are."""
    return [
        Line(
            f"{name}, {of[f'{name}: rows']:,} rows",
            float(of[f"{name}: ours, s"]),
            float(of[f"{name}: DuckDB scan, s"]),
            float(of[f"{name}: ours / scan"]),
            AIM,
            beside="DuckDB scan",
        )
        for name in ("searches", APART, "talking therapies")
    ]


def replicated(months: list[Path], to: list[Path], searches: int, *, moved: bool = False) -> int:
    """Write each month out again so often that there are so many searches; return how many.

    Where they are `moved`, each time at another fraction of a second and, if they have a place, a
    few centimetres further north: no copy is like another, nor of the same place.
    """
    bodies = [path.read_bytes().split(b"\n", 1) for path in months]
    once = sum(body.rstrip(b"\n").count(b"\n") + 1 for _, body in bodies)
    times = max(1, round(searches / once))
    for path, (heading, body) in zip(to, bodies, strict=True):
        whole = body.rstrip(b"\n") + b"\n"
        with path.open("wb") as file:
            file.write(heading + b"\n")
            for n in range(times):
                file.write(_moved(whole, n) if moved else whole)
    return once * times


def _moved(records: bytes, n: int) -> bytes:
    later = records.replace(b"+00:00,", b".%03d+00:00," % n)
    return _PLACE.sub(rb",\g<1>%02d,\g<2>," % n, later)


def _of(
    name: str,
    rows: int,
    ours: Callable[[], object],
    scan: Callable[[], object],
    pandas_: Callable[[], object],
    rounds: int,
) -> Figures:
    pairs = [(_seconds(ours), _seconds(scan)) for _ in range(rounds)]
    return {
        f"{name}: rows": rows,
        f"{name}: ours, s": median(seconds for seconds, _ in pairs),
        f"{name}: DuckDB scan, s": median(seconds for _, seconds in pairs),
        f"{name}: ours / scan": median(o / s for o, s in pairs),
        f"{name}: pandas, s": _seconds(pandas_),
    }


def _headings(files: list[Path]) -> list[str]:
    return pd.read_csv(files[0], nrows=0).columns.to_list()


def _places(months: list[Path]) -> pd.DataFrame:
    return pd.concat(pd.read_csv(path, usecols=["Longitude", "Latitude"]) for path in months)


def _seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start
