"""The ratios of a step: those of the comparison table, but for a step before that is no whole.

Where a step is no part of the one before, neither count is out of the other, and all four vary:
the limits are those of a ratio of two ratios, and the unknown of both may belong to anybody.
"""

from dataclasses import replace
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from loti_dash import analysis, measures, stage_counts
from loti_dash.comparators import Sides, sides
from loti_dash.definitions import Indicator
from loti_dash.measures import Rate
from loti_dash.processes import Process, Step
from loti_dash.stage_counts import Against
from loti_dash.store import Store

Floats: TypeAlias = NDArray[np.float64]

METHOD = "ratio_of_ratios"
# What would say something of a part of a whole.
_OF_A_PART = (
    "rate_low rate_high p_value q_value rate_difference difference_low difference_high excess "
    "excess_low excess_high representation_ratio"
).split()


def indicator_in(
    store: Store, process: Process, step: Step, there: pd.DataFrame, against: Against
) -> Indicator:
    """Return the definition of a step's ratio in an area: `there` are its rows of `places`."""
    series = stage_counts.series_in(step.series, there[there["step"] == step.id])
    other = stage_counts.other_series(store, process, step, against, there)
    return stage_counts.indicator_of(store.catalogue, process, step, series, against, other)


def compared(
    store: Store, indicator: Indicator, period: str, area: str, reference: str
) -> pd.DataFrame:
    """Return the comparison table of an indicator in one area and period, from its own counts.

    Two columns more, for its cautions: `_unknown_of` and `_all_of`, who are of unknown and of
    known ethnicity in the denominator.
    """
    counts = stage_counts.counts(store, indicator, period, area)
    catalogue = replace(
        store.catalogue, indicators={**store.catalogue.indicators, indicator.id: indicator}
    )
    table = analysis.comparison(counts, catalogue, store.release, reference)
    ours = indicator.id not in store.catalogue.indicators
    kind = indicator.denominator_type
    if ours and indicator.id.endswith(".previous") and kind != "subset_over_set":
        kinds: pd.Categorical[Any] = pd.Categorical([kind] * len(counts))
        table = of_four_counts(table, sides(counts, kinds, reference, catalogue.parts))
    return table.assign(_unknown_of=counts["unknown_of"], _all_of=counts["all_denominator"])


def of_four_counts(table: pd.DataFrame, of: Sides) -> pd.DataFrame:
    """Return the rows of a comparison table with what follows from four counts that all vary.

    The ratio stays. Its limits are missing where one of the four counts is 0.
    """
    one = np.ones_like(of.share)
    earlier = Rate(of.group.denominator, one), Rate(of.apart.denominator, one)
    later = Rate(of.group.numerator, one), Rate(of.apart.numerator, one)
    _, low, high = measures.change_in_ratio(earlier, later)
    low, high = _to_all(low, of), _to_all(high, of)
    if_reference, if_group = _if_unknown(of)
    all_three = np.stack([table["ratio"].to_numpy(float), if_reference, if_group])
    same_side = (all_three > 1).all(axis=0) | (all_three < 1).all(axis=0)
    missing = np.isnan(all_three).any(axis=0)
    return table.assign(
        ratio_low=low,
        ratio_high=high,
        ratio_method=np.where(np.isnan(low), "none", METHOD),
        evidence=measures.evidence(low, high),
        ratio_if_unknown_low=if_reference,
        ratio_if_unknown_high=if_group,
        robust_to_unknown=np.where(missing, "none", np.where(same_side, "true", "false")),
        **dict.fromkeys(_OF_A_PART, np.nan),
    )


def _to_all(limit: Any, of: Sides) -> Floats:
    """Return a limit of the ratio to the reference, where that contains the group."""
    converted: Floats = np.where(of.contains, measures.to_all(limit, of.share), limit)
    return converted


def _if_unknown(of: Sides) -> tuple[Floats, Floats]:
    """Return the least and the greatest ratio that the unknown of both steps could make.

    Least: those of the step are the reference group's, those of the step before the group's.
    Where the reference contains the group, it has all of them either way.
    """
    group, apart = of.group, of.apart
    late, early = of.unknown, of.unknown_of
    everybody = Rate(of.reference.numerator + late, of.reference.denominator + early)
    least = Rate(group.numerator, group.denominator + early)
    most = Rate(group.numerator + late, group.denominator)
    to_them = Rate(apart.numerator + late, apart.denominator)
    from_them = Rate(apart.numerator, apart.denominator + early)
    ratio = measures.disproportionality_ratio
    with_all = ratio(least, everybody), ratio(most, everybody)
    apart_from = ratio(least, to_them), ratio(most, from_them)
    low, high = (
        np.where(of.contains, inside, outside)
        for inside, outside in zip(with_all, apart_from, strict=True)
    )
    return low, high
