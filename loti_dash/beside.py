"""A borough beside other places: the rate of one group, and its ratio, here and there.

Two questions, and neither is answered by whether two intervals overlap: is the group's rate
another here than there (a ratio of two rates), and is the disparity another (a ratio of two
ratios)?
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from loti_dash import alike, analysis, caveats, measures, options, places
from loti_dash.catalogue import Catalogue
from loti_dash.codes import coded
from loti_dash.comparators import Sides, sides
from loti_dash.findings import UNRELIABLE
from loti_dash.measures import Rate
from loti_dash.places import Place
from loti_dash.selection import Selection
from loti_dash.shown import as_shown
from loti_dash.store import Store

Floats = NDArray[np.float64]
Three = tuple[Floats, Floats, Floats]
SUBSET = "subset_over_set"


@dataclass(frozen=True)
class Beside:
    """One group of a borough beside other places.

    `here` is the row of the comparison table, `there` are those of the places, both as shown.
    `rates` and `ratios` have a row for each place: that of `there`, with the rate here divided by
    the rate there, or the ratio by the ratio, in the columns of a ratio. `missing` says for each
    place which areas have no count; `near` is as `alike.near` gives it. `contains` is whether the
    group is one of those it is compared with, and so left out of them in `ratios`.
    """

    here: pd.Series
    there: pd.DataFrame
    rates: pd.DataFrame
    ratios: pd.DataFrame
    places: list[Place]
    missing: list[dict[str, list[str]]]
    near: pd.DataFrame
    contains: bool


def of_view(store: Store, selection: Selection) -> Beside | None:
    """Return the group in focus of a borough beside other places; None for any other area."""
    catalogue = store.catalogue
    indicator = catalogue.indicators[selection.indicator]
    choices = options.of_indicator(store.choices_of(indicator.domain), indicator)
    near = alike.near(store, selection.area)
    found = places.of_area(
        catalogue, indicator, selection.area, sorted(set(choices["area_code"])), list(near.index)
    )
    counts = store.query(
        "counts_of",
        indicator=indicator.id,
        period=selection.period,
        level=selection.classification,
        viewer_areas=[],
    )
    areas = places.by_area(counts)
    if not found or selection.area not in areas:
        return None
    found = places.chosen(areas, selection.area, found)
    there_ = [places.counts_of(areas, selection.area, each) for each in found]
    all_ = pd.concat([areas[selection.area], *there_], ignore_index=True)
    table = _shown(all_, places.with_places(catalogue, found), store.release, selection)
    of_group = (table["group_code"] == selection.group).to_numpy()
    kind = indicator.denominator_type
    kinds = coded(pd.Series([kind] * int(of_group.sum())))
    of = sides(all_[of_group], kinds, selection.reference, catalogue.parts)
    rows = table[of_group].reset_index(drop=True)
    here, there = rows.iloc[0], rows.iloc[1:].reset_index(drop=True)
    return Beside(
        here,
        there,
        _rows(here, there, "rate", *_rates(of, kind)),
        _rows(here, there, "ratio", *_ratios(of, kind)),
        found,
        [places.missing(areas, each, selection.group, selection.reference) for each in found],
        near,
        bool(of.contains.any()),
    )


def _shown(
    counts: pd.DataFrame, catalogue: Catalogue, release: str, selection: Selection
) -> pd.DataFrame:
    """Return the comparison table of counts without the ratios that would mislead."""
    indicator = catalogue.indicators[selection.indicator]
    table = analysis.comparison(counts, catalogue, release, selection.reference)
    # Only what forbids a ratio matters here, and that needs no earlier period and no reference.
    cautions = {
        area: caveats.applying_to(
            catalogue, indicator, selection.period, table, area, set_unknown=share
        )
        for area, share in places.set_unknown(counts, indicator.denominator_type).items()
    }
    return as_shown(table, cautions)


def _rates(of: Sides, kind: Any) -> tuple[Three, tuple[Floats, Floats]]:
    """Return the group's rate here over that of each place, and its limits for the unknowns.

    The low limit is the ratio if nobody of unknown ethnicity belonged to the group here and
    everybody did there, the high one the other way round.
    """
    group, unknown, of_set = of.group, of.unknown, of.unknown_of
    here, there = _both(group)
    most = group.numerator + unknown
    if kind == "persons_over_population":
        most = np.minimum(most, group.denominator)
    # In a stage those of unknown ethnicity are of the set as well, with the outcome or without.
    in_set = (of_set - unknown, unknown) if kind == SUBSET else (0, 0)
    least = Rate(group.numerator, group.denominator + in_set[0])
    greatest = Rate(most, group.denominator + in_set[1])
    ratio = measures.disproportionality_ratio
    return (
        (ratio(here, there), *measures.ratio_interval(here, there, kind)),
        (
            ratio(_both(least)[0], _both(greatest)[1]),
            ratio(_both(greatest)[0], _both(least)[1]),
        ),
    )


def _ratios(of: Sides, kind: Any) -> tuple[Three, tuple[Floats, Floats]]:
    """Return the ratio here over that of each place, and its limits for the unknowns.

    The arithmetic is that of a change over time, with two places instead of two periods: four
    independent counts. Where the reference contains the group both ratios are to the rest of it.
    """
    (group, other), (reference, rest) = _both(of.group), _both(of.apart)
    low, high = measures.unknown_bounds(
        of.group, of.apart, of.unknown, kind, of.unknown_of if kind == SUBSET else None
    )
    one = np.ones_like(low)
    (low_here, low_there), (high_here, high_there) = _both(Rate(low, one)), _both(Rate(high, one))
    ratio = measures.disproportionality_ratio
    return (
        measures.change_in_ratio((other, rest), (group, reference)),
        (ratio(low_here, high_there), ratio(high_here, low_there)),
    )


def _both(rate: Rate) -> tuple[Rate, Rate]:
    """Return the rate here, once for each place, and the rates there."""
    many = len(rate.numerator) - 1
    return Rate(*(np.repeat(side[0], many) for side in rate)), Rate(*(side[1:] for side in rate))


def _rows(
    here: pd.Series, there: pd.DataFrame, of: str, three: Three, limits: tuple[Floats, Floats]
) -> pd.DataFrame:
    """Return the rows of places with a ratio of here to there, missing where either `of` is.

    `unknown_share` is the greater of the two, and a row is as reliable as the less reliable one.
    """
    gone = there[of].isna() | pd.isna(here[of])
    ratio, low, high = (pd.Series(each, there.index).mask(gone) for each in three)
    least, most = (pd.Series(each, there.index).mask(gone) for each in limits)
    above = (ratio > 1) & (least > 1)
    below = (ratio < 1) & (most < 1)
    known = ratio.notna() & least.notna() & most.notna()
    robust = np.where(~known, "none", np.where(above | below, "true", "false"))
    return there.assign(
        ratio=ratio,
        ratio_low=low,
        ratio_high=high,
        evidence=measures.evidence(low, high),
        # Each comparison is judged on its own.
        q_value=np.nan,
        ratio_if_unknown_low=least,
        ratio_if_unknown_high=most,
        robust_to_unknown=robust,
        unknown_share=np.fmax(there["unknown_share"], here["unknown_share"]),
        status=[_status(here, row, of) for _, row in there.iterrows()],
    )


def _status(here: pd.Series, there: pd.Series, of: str) -> str:
    """Return why there is no ratio of here to there, or how reliable the less reliable side is."""
    for side in (here, there):
        if pd.isna(side[of]):
            return str(side["status"])
    both = [str(side["status"]) for side in (here, there)]
    few = min(here["numerator"], there["numerator"]) < UNRELIABLE
    if few or "low_counts" in both:
        return "low_counts"
    return "provisional" if "provisional" in both else both[1]
