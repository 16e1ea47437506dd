"""Rates of small areas, drawn towards the mean of all areas as far as chance explains them.

For maps and rankings only, labelled as smoothed, with the raw rate and its interval beside
them; never where the raw figure is withheld, because the weights can be turned round.
"""

import numpy as np

from loti_dash.measures.columns import Numbers, counts, like, positive, silently


@silently
def shrink(numerator: Numbers, denominator: Numbers) -> Numbers:
    """Return the smoothed rate of each area, per person, between its own and the mean of all.

    The less people, the nearer to the mean; where the areas differ no more than by chance,
    all of them are the mean. An area without events is above 0. The rows are areas of one
    group: one dimension only. An area whose count is missing, or with nobody, is missing and
    has no part in the mean.

    >>> shrink([10, 30, None], [100, 100, 100]).round(2).tolist()
    [0.12, 0.28, nan]

    Source: Marshall (1991), Applied Statistics 40, pages 283 to 294, the global estimator.
    """
    x, n = counts(numerator, denominator)
    assert x.ndim == 1, "areas are a list, not a table"
    n = positive(n)
    known = ~np.isnan(x / n)
    x, n, rates = x[known], n[known], x[known] / n[known]
    people = n.sum()
    mean = x.sum() / people
    spread = (n * (rates - mean) ** 2).sum() / people
    # Not below 0: with a negative variance rates would move past the mean, to its other side.
    variance = np.maximum(spread - mean * len(n) / people, 0)
    weights = np.where(variance == 0, 0.0, variance / (variance + mean / n))
    smoothed = np.full(known.shape, np.nan)
    smoothed[known] = mean + (rates - mean) * weights
    return like((numerator, denominator), smoothed)
