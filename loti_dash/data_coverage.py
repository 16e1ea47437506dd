"""Which counts of a series there are: published, withheld, not available, or without a row.

Looks at each count where an area, a period and an ethnic group meet. Groups that contain one
another and periods that are added up from others are looked at once only: the finest groups,
with Unknown as one of them, and the periods as published.
"""

from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from loti_dash.catalogue import Catalogue, Series
from loti_dash.groups import UNKNOWN
from loti_dash.options import areas as in_order
from loti_dash.periods import Period, on_its_last_day, period
from loti_dash.store import Store

# What an area has in a period, from best to worst; each place has one of these.
STATES = ("whole", "withheld", "in_part", "none", "no_row")
COUNTS = ["published", "withheld", "not_available", "no_row"]


@dataclass(frozen=True)
class DataCoverage:
    """What there is of a series.

    `areas` are in the usual order, with their `names`, and `periods` the oldest first. `places`
    has a row for each area and period: area_code, period, the four COUNTS of groups, and `state`,
    one of STATES. `groups` has a row for each ethnic group: group_code and COUNTS of places.
    """

    series: Series
    areas: list[str]
    names: list[str]
    periods: list[Period]
    places: pd.DataFrame
    groups: pd.DataFrame

    @property
    def totals(self) -> pd.Series:
        """How many counts there could be, by what has become of them."""
        return self.places[COUNTS].sum().astype(int)

    @property
    def after_gaps(self) -> list[int]:
        """The places of periods before which some are missing: steps half as long again."""
        steps = [(after.starts - before.starts).days for before, after in pairwise(self.periods)]
        return [place for place, step in enumerate(steps, 1) if step > 1.5 * min(steps)]


def data_coverage(store: Store, series_id: str) -> DataCoverage | None:
    """Return what there is of a series, or None if the release has nothing of it."""
    catalogue = store.catalogue
    series = catalogue.series[series_id]
    extent = store.query("extent_of_series", series=series_id, viewer_areas=[]).iloc[0]
    if not pd.api.types.is_list_like(extent["periods"]):
        return None
    times = [_period(series, id_) for id_ in extent["periods"] if id_ not in catalogue.spans]
    groups = finest(series, set(extent["groups"]), catalogue)
    rows = store.query(
        "coverage_of_series",
        series=series_id,
        groups=groups,
        periods=[each.id for each in times],
        viewer_areas=[],
    )
    areas = _areas(list(extent["areas"]), catalogue)
    ids = [each.id for each in sorted(times)]
    everywhere = pd.MultiIndex.from_product([areas, ids], names=["area_code", "period"])
    of_places = rows[rows["group_code"].isna()].set_index(["area_code", "period"])
    places = _with_no_row(of_places[COUNTS[:3]].reindex(everywhere), len(groups))
    of_groups = rows[rows["group_code"].notna()].set_index("group_code")
    return DataCoverage(
        series,
        areas,
        [catalogue.areas[code].name for code in areas],
        sorted(times),
        places.assign(state=[_state(row) for _, row in places.iterrows()]).reset_index(),
        _with_no_row(of_groups[COUNTS[:3]].reindex(groups), len(everywhere)).reset_index(),
    )


def finest(series: Series, there: set[str], catalogue: Catalogue) -> list[str]:
    """Return those of some groups that contain no other one, in the standard order.

    Unknown is one of them, last, whatever states it is made of.
    """
    of_list = [each for each in catalogue.groups if each.classification == series.classification]
    of_people = [each for each in of_list if UNKNOWN not in (each.code, each.parent_code)]
    present = [each for each in of_people if each.code in there]
    parents = {each.parent_code for each in present}
    present.sort(key=lambda each: int(each.display_position))
    codes = [each.code for each in present if each.code not in parents]
    return [*codes, *([UNKNOWN] if UNKNOWN in there else [])]


def _period(series: Series, id_: str) -> Period:
    found = period(id_, series.calendar)
    stock = found.kind == "quarter" and series.stock_or_flow == "stock"
    return on_its_last_day(found) if stock else found


def _areas(there: list[str], catalogue: Catalogue) -> list[str]:
    """Return the areas of a series in the usual order: all boroughs, if it has any at all."""
    boroughs = {code for code, area in catalogue.areas.items() if area.level == "borough"}
    listed = {*there, *(boroughs if boroughs & set(there) else ())}
    return in_order(pd.DataFrame({"area_code": sorted(listed)}), catalogue)


def _with_no_row(counts: pd.DataFrame, of: int) -> pd.DataFrame:
    filled = counts.fillna(0).astype(int)
    return filled.assign(no_row=of - filled.sum(axis=1))


def _state(row: pd.Series) -> str:
    """Return what an area has in a period: withheld before not available, none before both."""
    if row["published"] == 0 and row["withheld"] == 0:
        return "none" if row["not_available"] else "no_row"
    if row["withheld"]:
        return "withheld"
    return "in_part" if row["not_available"] or row["no_row"] else "whole"
