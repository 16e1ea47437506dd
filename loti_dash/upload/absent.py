"""Groups of a list that a file has no row for: not available, so that no sum passes for a whole.

Only once it is settled what is withheld: whoever works a count out takes a row that is not there
for a 0, and the rows added here are no protection against that.
"""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from loti_dash.catalogue import Catalogue
from loti_dash.observation import COLUMNS, KEY
from loti_dash.upload.lists import groups_of
from loti_dash.upload.package import Package


def with_absent(package: Package, catalogue: Catalogue) -> Package:
    """Return a package with a row for every group of its lists, area by area, period by period.

    The rows added have no value and the status not_available. Unknown is no group of a list: a
    file without it says nothing of how many there are.
    """
    lists = groups_of(catalogue).lists
    table = package.observations
    added = [
        rows
        for one in package.series
        for rows in _absent(
            table[table["series_id"] == one.series_id], lists[one.classification], one.series_id
        )
    ]
    if not added:
        return package
    plain = table.astype(dict.fromkeys(KEY, str) | {"status": object})
    whole = pd.concat([plain, *added], ignore_index=True)
    return replace(package, observations=whole[COLUMNS])


def _absent(rows: pd.DataFrame, groups: frozenset[str], series_id: str) -> Iterator[pd.DataFrame]:
    places = rows[["period_id", "area_code"]].drop_duplicates().astype(str)
    of_list = rows[rows["group_code"].isin(groups)]
    if len(of_list) == len(places) * len(groups):
        return
    every = places.merge(pd.Series(sorted(groups), name="group_code"), how="cross")
    keys = KEY[1:]
    there = pd.MultiIndex.from_frame(of_list[keys].astype(str))
    lacking = every[~pd.MultiIndex.from_frame(every[keys]).isin(there)]
    yield lacking.assign(series_id=series_id, value=float("nan"), status="not_available")[COLUMNS]
