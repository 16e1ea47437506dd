"""Rates as they would be with another composition, and how much of a difference that is.

Both work on strata, for example age bands or boroughs. What is left after standardisation is
arithmetic, not cause; indirectly standardised ratios are not here, because those of two
groups cannot be compared with each other.
"""

import numpy as np

from loti_dash.measures import limits
from loti_dash.measures.columns import Numbers, counts, per_row, positive, silently
from loti_dash.measures.summary import weighted_mean

FEWEST_EVENTS = 10  # in all strata together: the rule of OHID


@silently
def directly_standardised(
    numerators: Numbers, denominators: Numbers, weights: Numbers, confidence: float = 0.95
) -> tuple[Numbers, Numbers, Numbers]:
    """Return the rate with the composition of a standard population, and its limits.

    Per person. The last axis is the strata: three numbers for one area or group, three arrays
    for a table with one in each row. `weights` are the standard's people in each stratum, or
    their shares. Too narrow where the same people are counted again and again. All three are
    missing with fewer than 10 events altogether, where any part is missing, a stratum has
    nobody, or the weights are all 0.

    >>> rate, low, high = directly_standardised([10, 30], [100, 100], [3, 1])
    >>> round(rate, 3), round(low, 3), round(high, 3)
    (0.15, 0.101, 0.213)

    Source: Dobson et al. (1991), Statistics in Medicine 10, pages 457 to 462, with Byar's
    limits; fewer than 10: UKHSA and OHID, R package PHEindicatormethods 2.1.
    """
    x, n, w = counts(numerators, denominators, weights)
    n = positive(n)
    events = x.sum(axis=-1)
    events = np.where(events >= FEWEST_EVENTS, events, np.nan)
    rate = weighted_mean(x / n, w) + 0 * events
    shares = w / positive(w.sum(axis=-1))[..., None]
    scale = np.sqrt((shares**2 * x / n**2).sum(axis=-1) / events)
    low, high = limits.byar(events, confidence)
    return (
        per_row(rate),
        per_row(rate + scale * (low - events)),
        per_row(rate + scale * (high - events)),
    )


@silently
def kitagawa(
    rates_1: Numbers, weights_1: Numbers, rates_2: Numbers, weights_2: Numbers
) -> tuple[Numbers, Numbers]:
    """Return how much of the difference of two rates is composition, and how much is rates.

    The last axis is the strata; weights are the people in each, or their shares. Both parts
    are in the unit of the rates and add up to the second crude rate minus the first. One can
    be larger than the whole, and the other negative: do not clip. Missing where any part is
    missing, or the weights are all 0.

    >>> kitagawa([10, 20], [1, 1], [20, 40], [1, 3])
    (3.75, 16.25)

    Source: Kitagawa (1955), JASA 50, pages 1168 to 1194; Das Gupta (1993), Standardization
    and Decomposition of Rates, US Census Bureau P23-186.
    """
    rates_1, weights_1, rates_2, weights_2 = counts(rates_1, weights_1, rates_2, weights_2)
    middle, change = (rates_1 + rates_2) / 2, rates_2 - rates_1
    composition = weighted_mean(middle, weights_2) - weighted_mean(middle, weights_1)
    rate = (weighted_mean(change, weights_1) + weighted_mean(change, weights_2)) / 2
    return per_row(composition), per_row(rate)
