"""One number for how unequal the rates of several groups are.

Ethnic groups have no order, so nothing here is a slope. The last axis is the groups: a number
for one list of rates, an array for a table with a list in each row. Weights are the people in
each group, or their shares. One summary never replaces the groups; small groups push every
one of them up by chance.
"""

import numpy as np
from scipy import special

from loti_dash.measures.columns import Floats, Numbers, counts, per_row, positive, silently


@silently
def theil(rates: Numbers, weights: Numbers) -> Numbers:
    """Return Theil's index of the rates, times 1,000.

    0 where all rates are equal, without unit, and the larger the more unequal. A rate of 0
    contributes 0. Missing where a rate or weight is missing, or the mean rate is 0.

    >>> round(theil([2, 0], [100, 100]), 1)
    693.1

    Source: Theil (1967), Economics and Information Theory; in the form of the World Health
    Organization, Health Equity Assessment Toolkit (TI).
    """
    y, w = counts(rates, weights)
    relative = y / positive(weighted_mean(y, w))[..., None]
    # Never negative, except for rounding where rates are equal.
    return per_row(np.maximum(1_000 * weighted_mean(special.xlogy(relative, relative), w), 0))


@silently
def index_of_disparity(rates: Numbers, weights: Numbers) -> Numbers:
    """Return the weighted mean distance of the rates from their mean, in percent of the mean.

    0 where all rates are equal. Missing where a rate or weight is missing, or the mean is 0.

    >>> index_of_disparity([10, 30], [100, 100])
    50.0

    Source: World Health Organization, Health Equity Assessment Toolkit (IDISW).
    """
    y, w = counts(rates, weights)
    mean = weighted_mean(y, w)
    return per_row(100 * weighted_mean(np.abs(y - mean[..., None]), w) / positive(mean))


@silently
def weighted_mean_difference(rates: Numbers, weights: Numbers, reference: float) -> Numbers:
    """Return the weighted mean distance of the rates from that of the reference group.

    In the unit of the rates, and without direction. `reference` is the reference group's
    rate; the group itself belongs to the rates, and counts with 0. Missing where a rate, a
    weight or the reference is missing, or the weights are all 0.

    >>> weighted_mean_difference([10, 30], [300, 100], reference=10)
    5.0

    Source: World Health Organization, Health Equity Assessment Toolkit (MDRW).
    """
    y, w, at = counts(rates, weights, reference)
    return per_row(weighted_mean(np.abs(y - at), w))


@silently
def max_min(rates: Numbers) -> tuple[Numbers, Numbers]:
    """Return the highest rate minus the lowest, and the highest divided by the lowest.

    Parity is 0 and 1. Missing where a rate is; the ratio also where the lowest rate is 0.

    >>> max_min([10, 30, 20])
    (20.0, 3.0)

    Source: World Health Organization, Health Equity Assessment Toolkit (D and R).
    """
    [y] = counts(rates)
    # The initial values answer for no groups at all, which have no highest rate.
    highest = y.max(axis=-1, initial=-np.inf)
    lowest = y.min(axis=-1, initial=np.inf)
    return per_row(highest - lowest), per_row(highest / positive(lowest))


def weighted_mean(values: Floats, weights: Floats) -> Floats:
    """Return the mean over the last axis; weights need not add up to 1.

    Missing where a value or weight is missing, or the weights are all 0.

    >>> weighted_mean(np.array([10.0, 30.0]), np.array([3.0, 1.0])).item()
    15.0
    """
    mean: Floats = (values * weights).sum(axis=-1) / positive(weights.sum(axis=-1))
    return mean
