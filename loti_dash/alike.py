"""Which boroughs are alike, from the figures of a release: residents, and deprivation.

What neighbours.py calculates with, and the shares that a reader sees beside it.
"""

from collections.abc import Iterable

import pandas as pd

from loti_dash import neighbours
from loti_dash.catalogue import Catalogue, Group
from loti_dash.store import Store

RESIDENTS, CENSUS_DAY = "census_2021_residents", "2021"
# So few live there that it is like no other authority, and near to none.
CITY = "E09000001"


def residents(store: Store) -> pd.DataFrame:
    """Return the share of each ethnic group among residents, a row for each borough.

    The detailed groups of Census 2021, as columns in no particular order. Without the City of
    London, and without rows where the release has no such figures.
    """
    groups = [each.code for each in _groups(store.catalogue)]
    rows = store.query(
        "composition", series=RESIDENTS, period=CENSUS_DAY, groups=groups, viewer_areas=[]
    )
    counts = rows.pivot(index="area_code", columns="group_code", values="value")
    counts = counts[counts.index.isin(list(store.catalogue.deprivation)) & (counts.index != CITY)]
    return counts.div(counts.sum(axis=1, skipna=False), axis=0).dropna()


def scores(catalogue: Catalogue, of: Iterable[str]) -> pd.Series:
    """Return the average scores of deprivation in 2025 of some areas: higher is more deprived."""
    codes = list(of)
    return pd.Series([float(catalogue.deprivation[code].score_2025) for code in codes], codes)


def near(store: Store, area: str) -> pd.DataFrame:
    """Return the boroughs from the most alike to the least, as `neighbours.distances` does.

    No rows for an area that is no borough, for the City of London, and where a release has no
    scores of deprivation.
    """
    shares = residents(store)
    if area not in shares.index:
        return pd.DataFrame(columns=["in_groups", "in_deprivation", "distance"])
    return neighbours.distances(shares, scores(store.catalogue, shares.index), area)


def in_five(catalogue: Catalogue, shares: pd.DataFrame) -> pd.DataFrame:
    """Return the shares of the five groups that detailed ones roll up into, in standard order."""
    parents = {each.code: each.parent_code or each.code for each in _groups(catalogue)}
    order = sorted(set(parents.values()))
    five = {
        code: shares[[g for g in shares if parents[str(g)] == code]].sum(axis=1) for code in order
    }
    # The residual group comes last.
    return pd.DataFrame(five)[sorted(order, key=lambda code: (code == "other", code))]


def _groups(catalogue: Catalogue) -> list[Group]:
    list_ = catalogue.series[RESIDENTS].classification
    return [
        each
        for each in catalogue.groups
        if each.classification == list_ and each.code in catalogue.parts
    ]
