"""Confidence limits of one count or one proportion, as arithmetic on arrays.

Nothing here knows what is counted: which limits belong to which kind of data is decided in
`rates`, `ratios` and `differences`.
"""

from statistics import NormalDist

import numpy as np
from scipy import special

from loti_dash.measures.columns import Floats, positive


def quantile(confidence: float) -> float:
    """Return how many standard errors a two-sided interval reaches to either side.

    1.959964 for 95% and 3.090232 for 99.8%; never 1.96.

    >>> round(quantile(0.95), 6), round(quantile(0.998), 6)
    (1.959964, 3.090232)
    """
    assert 0 < confidence < 1, f"a confidence lies between 0 and 1, not {confidence!r}"
    return NormalDist().inv_cdf((1 + confidence) / 2)


def garwood(count: Floats, confidence: float) -> tuple[Floats, Floats]:
    """Return the exact limits of a count of independent events.

    The lower limit of 0 events is 0, the upper one 3.689 at 95% (two-sided; the "rule of
    three" with 2.996 is one-sided). Missing where the count is missing.

    >>> low, high = garwood(np.array([0.0]), 0.95)
    >>> low.item(), round(high.item(), 3)
    (0.0, 3.689)

    Source: Garwood (1936), Biometrika 28, pages 437 to 442.
    """
    tail = (1 - confidence) / 2
    # Quantiles of chi-square, halved, are those of the gamma distribution; its function for
    # the upper tail keeps the digits that 1 - tail would lose.
    low = np.where(count == 0, 0.0, special.gammaincinv(positive(count), tail))
    return low, special.gammainccinv(count + 1, tail)


def byar(count: Floats, confidence: float) -> tuple[Floats, Floats]:
    """Return Byar's approximate limits of a count of independent events.

    Good to 0.2% from 10 events at 95%. The lower limit is missing where it would be negative
    (1 event at 99.8%). Not the formula of that name with half an event added at both ends.

    >>> low, high = byar(np.array([100.0]), 0.95)
    >>> round(low.item(), 1), round(high.item(), 1)
    (81.4, 121.6)

    Source: Breslow and Day (1987), Statistical Methods in Cancer Research II, IARC, page 69.
    """
    z, more = quantile(confidence), count + 1
    low = count * (1 - 1 / (9 * count) - z / (3 * np.sqrt(count))) ** 3
    high = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    return np.where(low >= 0, low, np.nan), high


def wilson(count: Floats, total: Floats, z: float) -> tuple[Floats, Floats]:
    """Return the score limits of a proportion, without continuity correction.

    Exactly 0 below where nobody is counted, exactly 1 above where everybody is. Missing where
    the count is above the total, or the total is 0.

    >>> low, high = wilson(np.array([0.0, 10.0]), np.array([10.0, 10.0]), 2.0)
    >>> low.round(4).tolist(), high.round(4).tolist()
    ([0.0, 0.7143], [0.2857, 1.0])

    Source: Wilson (1927), JASA 22, pages 209 to 212; Newcombe (1998a), method 3.
    """
    total = np.where(count <= total, positive(total), np.nan)
    half = z * z / 2
    root = z * np.sqrt(count * (total - count) / total + half / 2)
    # The two limits are the roots of a quadratic whose product is known: the lower one by
    # division is 0 exactly for a count of 0, and the upper one 1 exactly for everybody.
    low = count * count / total / (count + half + root)
    left = total - count
    return low, 1 - left * left / total / (left + half + root)
