"""How complete figures are: for how many the ethnicity is known, where, when, and why not.

Counts and shares of one indicator, from the same sums as the comparison table. Nothing is
guessed of who the unknown are, and a share of a sum with a missing part is missing.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from loti_dash import measures
from loti_dash.catalogue import Catalogue
from loti_dash.definitions import Indicator
from loti_dash.groups import UNKNOWN
from loti_dash.store import Store

STATES = "unknown_states"
COLUMNS = (
    "period area_code area known unknown share set_known set_unknown set_share status".split()
)


@dataclass(frozen=True)
class Coverage:
    """How complete one view is, and what lies around it.

    `here` is the row of its area and period, `by_area` are the rows of the period, `over_time`
    those of the area, the oldest first and spans last, as `completeness` gives them; `states`
    are as the function of that name gives them.
    """

    here: pd.Series
    by_area: pd.DataFrame
    over_time: pd.DataFrame
    states: pd.DataFrame

    @property
    def of_set(self) -> bool:
        """Whether less is known of the set of a stage than of those counted in it."""
        return bool(self.here["set_share"] > self.here["share"])


def completeness(store: Store, indicator: Indicator, level: str) -> pd.DataFrame:
    """Return how many are of known and of unknown ethnicity, a row for each period and area.

    `share` is the part unknown of all counted, from 0 to 1. `set_share` is that of the set they
    are a part of, missing where the denominator is a population. `status` is the worst of the
    counts.
    """
    rows = store.query("coverage", indicator=indicator.id, level=level, viewer_areas=[])
    names = {
        code: store.catalogue.area_name(indicator, code) for code in rows["area_code"].unique()
    }
    if indicator.denominator_type != "subset_over_set":
        rows = rows.assign(set_known=np.nan, set_unknown=np.nan)
    return rows.assign(
        area=rows["area_code"].map(names),
        share=_share(rows["unknown"], rows["known"]),
        set_share=_share(rows["set_unknown"], rows["set_known"]),
    )[COLUMNS]


def deciding(rows: pd.DataFrame) -> pd.Series:
    """Return the greater of the two shares unknown, which decides whether a ratio is shown.

    >>> deciding(pd.DataFrame({"share": [0.1, 0.4], "set_share": [0.2, None]})).tolist()
    [0.2, 0.4]
    """
    return rows[["share", "set_share"]].max(axis=1)


def of_view(
    store: Store, indicator: Indicator, rows: pd.DataFrame, period: str, area: str
) -> Coverage | None:
    """Return how complete the view of a period and area is, or None if that is not known.

    `rows` are those of `completeness`.
    """
    by_area, over_time = rows[rows["period"] == period], rows[rows["area_code"] == area]
    here = by_area[by_area["area_code"] == area]
    if here.empty or deciding(here).isna().all():
        return None
    row = here.iloc[0]
    times = [store.catalogue.period(indicator, str(id_)) for id_ in over_time["period"]]
    order = sorted(range(len(times)), key=lambda n: (times[n].kind == "span", times[n]))
    return Coverage(row, by_area, over_time.iloc[order], states(store, indicator, row))


def states(store: Store, indicator: Indicator, row: pd.Series) -> pd.DataFrame:
    """Return why ethnicity is not known in an area and period, as far as the source says.

    `row` is one of `completeness`. A row for each `code` of a state: its `state` and `note` in
    words, the count `value` and its `share` of all counted, and `set_value` and `set_share` of
    the set of a stage. In the order of the catalogue. A source that gives no reason has the one
    state of not being known.
    """
    catalogue, period = store.catalogue, str(row["period"])
    area = str(row["area_code"])
    areas = [area, *(code for code, into in indicator.joined_areas.items() if into == area)]
    sides = {
        "": (indicator.numerator.series, period),
        "set_": (
            indicator.denominator.series,
            catalogue.denominator_period(indicator, period).id,
        ),
    }
    found = [
        _unknown(store, series, of, areas).rename(f"{side}value")
        for side, (series, of) in sides.items()
        if not pd.isna(row[f"{side}share"])
    ]
    return named(pd.concat(found, axis=1), row, catalogue)


def _unknown(store: Store, series: str, period: str, areas: list[str]) -> pd.Series:
    """Return the counts of some areas together, by code of the state; missing if a part is."""
    rows = store.query("unknown_of_series", series=series, viewer_areas=[])
    rows = rows[(rows["period"] == period) & rows["area_code"].isin(areas)]
    if len(areas) == 1:
        return rows.set_index("group_code")["value"]
    return rows.groupby("group_code")["value"].agg(lambda values: values.sum(skipna=False))


def named(values: pd.DataFrame, row: pd.Series, catalogue: Catalogue) -> pd.DataFrame:
    """Return counts by state of unknown with names, notes and shares, in the standard order.

    `values` has the columns `value` and `set_value`, as far as they are known, by code. The sum
    of all states, the code `unknown`, is left out where there are others.
    """
    meaning = {each.code: each for each in catalogue.groups if each.classification == STATES}
    reasons = [code for code in meaning if code in values.index and code != UNKNOWN]
    # Only the sum: the source does not say why.
    why = {code: meaning[code] for code in reasons} or {UNKNOWN: meaning["unknown_not_known"]}
    table = values.reindex(list(why)).reindex(columns=["value", "set_value"])
    return table.assign(
        share=table["value"] / (row["known"] + row["unknown"]),
        set_share=table["set_value"] / (row["set_known"] + row["set_unknown"]),
        state=[why[code].label for code in table.index],
        note=[why[code].note for code in table.index],
    ).reset_index(names="code")


def _share(unknown: pd.Series, known: pd.Series) -> pd.Series:
    return pd.Series(measures.per(1, measures.Rate(unknown, unknown + known)), unknown.index)
