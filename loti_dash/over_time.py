"""An area's ratios in every single period there is, and where a line may join them.

Periods of several years together are left out: they overlap the single ones. Nothing is
calculated here that the comparison table does not have, and what a page withholds of a period
is withheld here too.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from loti_dash import analysis, caveats, coverage
from loti_dash.catalogue import Catalogue
from loti_dash.caveat_time import recording_changed
from loti_dash.codes import coded, mapped
from loti_dash.comparators import PUBLISHED, sides
from loti_dash.definitions import Indicator
from loti_dash.periods import Period
from loti_dash.selection import Selection
from loti_dash.shown import as_shown
from loti_dash.store import Store

# Of a step between two periods, compared with the usual one: from here on one is missing between.
_LONG_STEP = 1.5


def over_time(store: Store, selection: Selection) -> pd.DataFrame:
    """Return the comparison table of an area over time, as shown: the oldest period first.

    It has five more columns. `stretch` counts the periods between breaks from 0: those of
    one stretch can be compared. `segment` counts the unbroken lines of a group from 1, and is 0
    without a ratio: it changes at a break, after a missing figure or period, and where the share
    of unknown ethnicity moved so much that recording is likely to have changed.
    `apart_numerator` and `apart_denominator` are the counts of the reference without the group
    itself, and `share_of_reference` the group's part of it where it contains the group; missing
    without a ratio.
    """
    catalogue = store.catalogue
    indicator = catalogue.indicators[selection.indicator]
    counts = store.query(
        "counts_of",
        indicator=indicator.id,
        period="",
        level=selection.classification,
        viewer_areas=[],
    )
    counts = counts[~counts["period_id"].astype(str).isin(list(catalogue.spans))]
    # Of all areas, because q-values are of the family of all areas, as on the page.
    table = analysis.comparison(counts, catalogue, store.release, selection.reference)
    here = (table["area_code"] == selection.area).to_numpy()
    rows = table[here].assign(**_apart(counts[here], indicator, selection, catalogue))
    periods = in_order(catalogue, indicator, table["period"])
    complete = coverage.completeness(store, indicator, selection.classification)
    of_set = complete[complete["area_code"] == selection.area].set_index("period")["set_share"]
    ids = rows["period"].astype(str)
    tables = [
        _as_shown(rows[ids == each.id], catalogue, indicator, float(of_set[each.id]))
        for each in periods
        if (ids == each.id).any()
    ]
    if not tables:
        return rows.assign(stretch=0, segment=0)
    shown = pd.concat(tables, ignore_index=True)
    for column in ("apart_numerator", "apart_denominator", "share_of_reference"):
        shown[column] = shown[column].where(shown["ratio"].notna())
    return _with_lines(shown, periods, [each for each, _ in catalogue.breaks_of(indicator)])


def in_order(catalogue: Catalogue, indicator: Indicator, ids: pd.Series) -> list[Period]:
    """Return the distinct periods of a column of the comparison table, the oldest first."""
    return sorted(catalogue.period(indicator, str(id_)) for id_ in ids.unique())


def breaks_between(
    catalogue: Catalogue, indicator: Indicator, first: str, last: str
) -> list[tuple[Period, str]]:
    """Return the breaks after one period and up to another, each with its reason."""
    start, end = (catalogue.period(indicator, id_).starts for id_ in (first, last))
    return [
        (each, why) for each, why in catalogue.breaks_of(indicator) if start < each.starts <= end
    ]


def _apart(
    counts: pd.DataFrame, indicator: Indicator, selection: Selection, catalogue: Catalogue
) -> dict[str, "np.ndarray[tuple[int], np.dtype[np.float64]]"]:
    """Return the counts of the reference without the group, as the comparison table takes them."""
    kinds = mapped(coded(counts["indicator_id"]), lambda _: indicator.denominator_type)
    of = sides(counts, kinds, selection.reference, catalogue.parts)
    numerator, denominator = of.apart
    if indicator.denominator_type == PUBLISHED:
        numerator = denominator = np.full(len(counts), np.nan)
    return {
        "apart_numerator": numerator,
        "apart_denominator": denominator,
        "share_of_reference": of.share,
    }


def _as_shown(
    rows: pd.DataFrame, catalogue: Catalogue, indicator: Indicator, set_unknown: float
) -> pd.DataFrame:
    """Return the rows of an area and period without the measures that would mislead.

    Only what forbids a ratio matters, and that needs no other period and no other reference.
    """
    area, period = (str(rows[name].iloc[0]) for name in ("area_code", "period"))
    found = caveats.applying_to(catalogue, indicator, period, rows, area, set_unknown)
    return as_shown(rows, {area: found})


def _with_lines(
    rows: pd.DataFrame, periods: Sequence[Period], breaks: Sequence[Period]
) -> pd.DataFrame:
    """Return rows, oldest first, with their stretch and segment."""
    place = {each.id: n for n, each in enumerate(periods)}
    stretch = {each.id: sum(other.starts <= each.starts for other in breaks) for each in periods}
    after_gap = _after_gap(periods)
    ids = rows["period"].astype(str)
    rows = rows.assign(stretch=ids.map(stretch).to_numpy(int), segment=0)
    for _, of_group in rows.groupby(rows["group_code"].astype(str), sort=False):
        line, before, unknown = 0, "", float("nan")
        for at, row in of_group[of_group["ratio"].notna()].iterrows():
            now, share = str(row["period"]), float(row["unknown_share"])
            follows = (
                before
                and place[now] == place[before] + 1
                and stretch[now] == stretch[before]
                and now not in after_gap
                and not recording_changed(unknown, share)
            )
            line, before, unknown = line + (not follows), now, share
            rows.loc[[at], "segment"] = line
    return rows


def _after_gap(periods: Sequence[Period]) -> set[str]:
    """Return the periods before which one is missing: the step is longer than usual."""
    steps = [(after, (after.starts - before.starts).days) for before, after in pairwise(periods)]
    usual = min((days for _, days in steps), default=0)
    return {after.id for after, days in steps if days > _LONG_STEP * usual}
