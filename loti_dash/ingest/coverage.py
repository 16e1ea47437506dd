"""Whether all areas and groups are there that must be, and all that were there before.

A file that was cut at the end of a line looks whole. What it lacks is seen here: against what a
table of its kind always has, and against the figures that it would replace.
"""

from collections.abc import Iterable, Iterator, Sequence

import pandas as pd

from loti_dash.errors import SourceFileError
from loti_dash.ingest.reading import Refusal
from loti_dash.observation import KEY

SHOWN = 5


def all_there(
    rows: pd.DataFrame, column: str, wanted: Iterable[str], by: Sequence[str], where: str
) -> None:
    """Raise SourceFileError unless `column` has all that is wanted in each of what `by` names.

    >>> rows = pd.DataFrame([("2025", "asian"), ("2025", "black")], columns=["year", "group"])
    >>> all_there(rows, "group", ["asian", "black"], ["year"], "pupils.csv")
    """
    for key, found in rows.groupby(list(by))[column]:
        missing = sorted(set(wanted) - set(found))
        if missing:
            raise SourceFileError(
                f"{where} has no rows of {', '.join(missing)} for {', '.join(map(str, key))}: it "
                "is cut short. Download it again."
            )


def lost(before: pd.DataFrame, now: pd.DataFrame) -> Iterator[Refusal]:
    """Yield a refusal for each series and period of `now` without figures that `before` has.

    Both are observations. A figure is there if it has a row, with a count or a reason why not.
    """
    of_period = KEY[:2]
    replaced = before.merge(now[of_period].drop_duplicates())
    there = pd.MultiIndex.from_frame(now[KEY])
    gone = replaced[~pd.MultiIndex.from_frame(replaced[KEY]).isin(there)]
    for (series, period), rows in gone.groupby(of_period):
        named = (rows["area_code"] + " " + rows["group_code"]).to_list()
        more = f" and {len(named) - SHOWN:,} more" if len(named) > SHOWN else ""
        yield Refusal(
            "coverage",
            f"{series}, {period}: these files lack figures that are there now, of "
            f"{', '.join(named[:SHOWN])}{more}",
        )
