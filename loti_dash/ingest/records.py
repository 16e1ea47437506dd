"""From records, one for each search, to cells that count them: the only step that touches records.

Written once, with Ibis. It runs in this process by DuckDB or, where there are more records than
one machine can hold, on Spark: LOTI_ENGINE says which. Either way what comes back is a few
thousand counts, and the outlines of boroughs are asked once for each place that was recorded.
"""

from collections.abc import Sequence
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from loti_dash import config
from loti_dash.boundaries import boroughs_of
from loti_dash.errors import LotiError, SourceFileError

if TYPE_CHECKING:
    import ibis

# What a count is of, apart from what its source adds.
_ALWAYS = ["file", "month", "located", "area_code", "type", "self_defined", "officer_defined"]
_PLACE = ["longitude", "latitude"]
# A time in UTC, of a day that is in the same month wherever it is: what says no zone is in UTC.
_INSIDE_A_MONTH = (
    r"^\d{4}-(0[1-9]|1[0-2])-(0[2-9]|1\d|2[0-7])[T ]([01]\d|2[0-3])"
    r"(:[0-5]\d(:[0-5]\d([.]\d{1,6})?)?)?(Z|[+]00:00)?\z"
)


def engine() -> Any:
    """Return what counts from now on: DuckDB, or Spark as it is set up where this runs."""
    import ibis

    ibis.set_backend(ibis.duckdb.connect() if config.engine() == "duckdb" else _spark())
    return ibis.get_backend()


def parquet(counting: Any, path: Path) -> "ibis.Table":
    """Return the records of one file in an engine, and of no other.

    To an engine a path is a pattern, and the names of its folders may be columns.
    """
    if config.engine() == "duckdb":
        return counting.read_parquet(escape(str(path)), hive_partitioning=False)
    return counting.read_parquet(str(path))


def alike(records: "ibis.Table", by: Sequence[str]) -> "ibis.Table":
    """Return how many records are alike in some columns, as searches.

    Of the `time` it is the month in which they are alike, or all of it where that may depend on
    the zone: as a time of that month, which months of London are made of then.
    `repeats` is how many of these repeat another record exactly, in all columns there are.
    """
    once = records.group_by(records.columns).agg(times=lambda t: t.count())
    if "time" in by:
        once = once.mutate(time=_in_its_month(once.time))
    return once.group_by(by).agg(
        searches=lambda t: t.times.sum(), repeats=lambda t: (t.times - 1).sum()
    )


def _in_its_month(time: "ibis.StringValue") -> "ibis.StringValue":
    """Return a time of the same month for those inside one, and any other text as it is."""
    inside = time.substr(0, 8) + "02T00:00:00+00:00"
    return time.re_search(_INSIDE_A_MONTH).ifelse(inside, time)


def cells(records: "ibis.Table", also: Sequence[str]) -> pd.DataFrame:
    """Return how many records there are of each kind, and how many repeat another one exactly.

    `records` are those that are `alike` in the columns file, time (UTC), longitude, latitude,
    type, self_defined, officer_defined and `also`, which are more to count by. The columns that
    are counted by come with month (in London, as 2018-04), located and area_code, searches and
    repeats. The borough is missing without a place, or with one outside the 33.

    Raises SourceFileError for what is no time.
    """
    distinct = records.cache()
    months = _months(distinct.select("file", "time").distinct().to_pyarrow().to_pandas())
    places = _places(distinct.select(_PLACE).distinct().to_pyarrow().to_pandas())
    joined = distinct.left_join(table_of(months), "time", rname="{name}_of_months")
    joined = joined.left_join(table_of(places), _PLACE, rname="{name}_of_places")
    by = [*_ALWAYS, *also]
    counted = joined.group_by(by).agg(
        searches=lambda t: t.searches.sum(), repeats=lambda t: t.repeats.sum()
    )
    found: pd.DataFrame = counted.to_pyarrow().to_pandas()
    found[["searches", "repeats"]] = found[["searches", "repeats"]].astype(int)
    found["located"] = found["located"].eq(True)
    found["area_code"] = found["area_code"].where(found["area_code"].fillna("") != "")
    # Engines return rows in any order.
    return found.sort_values(by, ignore_index=True)


def table_of(frame: pd.DataFrame) -> Any:
    """Return a table of pandas as one of Ibis."""
    import ibis

    # Of pandas itself, this ibis knows no newer one than the second.
    return ibis.memtable(pa.Table.from_pandas(frame, preserve_index=False))


def local_months(times: pd.Series, where: str) -> pd.Series:
    """Return the month in London of times in UTC, as 2018-04.

    A month begins at 23:00 UTC of the day before in summer. Raises SourceFileError for what
    is no time.
    """
    read = pd.to_datetime(times, utc=True, errors="coerce", format="ISO8601")
    if read.isna().any():
        raise SourceFileError(
            f"{where}: {times[read.isna()].iloc[0]!r} is not a date with a time. "
            "Use the publisher's file as downloaded."
        )
    return read.dt.tz_convert("Europe/London").dt.strftime("%Y-%m")


def _spark() -> Any:
    import ibis

    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise LotiError(
            "LOTI_ENGINE is spark, which is not installed: pip install -r requirements-scale.txt"
        ) from error
    return ibis.pyspark.connect(SparkSession.builder.appName("loti_dash").getOrCreate())


def _months(recorded: pd.DataFrame) -> pd.DataFrame:
    parts = [
        rows.assign(month=local_months(rows["time"], Path(str(file)).name))
        for file, rows in recorded.groupby("file")
    ]
    return pd.concat(parts)[["time", "month"]].drop_duplicates()


def _places(recorded: pd.DataFrame) -> pd.DataFrame:
    numbers = recorded[_PLACE].apply(pd.to_numeric, errors="coerce")
    return recorded.assign(
        located=numbers["latitude"].notna(),
        # Not missing: each engine has its own idea of what that is in a column of text.
        area_code=boroughs_of(numbers["longitude"], numbers["latitude"]).fillna(""),
    )
