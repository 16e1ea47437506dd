"""A release many times the real size: the real figures, once more and again under other names.

For benchmarks only. The copies are labelled so, and are indicators of one domain, so that pages of
another must not become slower for what they do not show.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd

from loti_dash import build, catalogue, config, contents
from loti_dash.catalogue import Catalogue
from loti_dash.definitions import Domain

DOMAIN: Domain = "justice"
NAME = "2000-01-01.1-00000000"


def release(folder: Path, times: int) -> Path:
    """Build a release of so many times the real figures, make it the current one, return it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{NAME}.duckdb"
    real = catalogue.read(config.CATALOGUE)
    inputs = pd.DataFrame([("", pd.Timestamp(0), f"{times} times the real figures", "", "", 0)])
    with duckdb.connect(str(path)) as db:
        db.execute("SET enable_progress_bar = false")
        contents.fill(db, _definitions(real, times), _tables(real, times), lambda _: None)
        contents.number(db)
        contents.insert(db, "build", inputs)
        db.execute("UPDATE build SET release_id = $1", [NAME])
    (folder / "current").write_text(f"{NAME}\n", encoding="utf-8")
    return path


def _definitions(real: Catalogue, times: int) -> Catalogue:
    """Return the definitions with those of the copies."""
    indicators, series = dict(real.indicators), dict(real.series)
    for n in range(2, times + 1):
        for one in real.series.values():
            series[_copy(one.series_id, n)] = replace(one, series_id=_copy(one.series_id, n))
        for each in real.indicators.values():
            indicators[_copy(each.id, n)] = replace(
                each,
                id=_copy(each.id, n),
                title=f"{each.title} (copy {n})",
                domain=DOMAIN,
                numerator=replace(each.numerator, series=_copy(each.numerator.series, n)),
                denominator=replace(each.denominator, series=_copy(each.denominator.series, n)),
            )
    return replace(real, indicators=indicators, series=series)


def _tables(real: Catalogue, times: int) -> Iterator[pd.DataFrame]:
    """Yield the observations of every file, and of its copies, each read from the disk."""
    for file in sorted(config.OBSERVATIONS.glob("*.csv")):
        for n in range(1, times + 1):
            table = build.observations(file, real)
            yield table if n == 1 else table.assign(series_id=_copy(file.stem, n))


def _copy(id_: str, n: int) -> str:
    return f"{id_}_copy_{n}"
