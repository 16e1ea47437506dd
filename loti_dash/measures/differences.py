"""The absolute side of a disparity: how many more, for every person and altogether.

Shown with every ratio, because relative and absolute change can point in opposite
directions. Positive is more than the reference group. Nothing here rounds or suppresses.
"""

import numpy as np

from loti_dash.measures import limits
from loti_dash.measures.columns import Floats, Numbers, counts, like, positive, silently
from loti_dash.measures.rates import BYAR_FROM, EVENTS, Kind, Rate, possible_counts


@silently
def rate_difference(group: Rate, reference: Rate) -> Numbers:
    """Return the rate of a group minus the rate of the reference group, per person.

    0 is parity. Multiply by 1,000 for "per 1,000". Missing where a count is missing or a
    denominator is 0; a reference group without events is a rate of 0.

    >>> rate_difference(Rate(30, 100), Rate(10, 200))
    0.25

    Source: Keppel and Pearcy (2005), Journal of Public Health Management and Practice 11.
    """
    x, n, y, m = counts(*group, *reference)
    return like((*group, *reference), x / positive(n) - y / positive(m))


@silently
def difference_interval(
    group: Rate, reference: Rate, kind: Kind, confidence: float = 0.95
) -> tuple[Numbers, Numbers]:
    """Return the lower and upper confidence limit of the rate difference, per person.

    Persons and subsets: Newcombe's hybrid of Wilson limits. Events: the same construction on
    exact limits (MOVER) where either count is below 10, Wald where both are 10 or more.
    Missing where the difference is, and for persons and subsets where a numerator is above
    its denominator.

    >>> low, high = difference_interval(Rate(10, 10), Rate(0, 20), "subset_over_set")
    >>> round(low, 4), round(high, 4)
    (0.6791, 1.0)

    Source: Newcombe (1998b), Statistics in Medicine 17, pages 873 to 890, method 10, table
    II; Zou and Donner (2008), Statistics in Medicine 27, pages 1693 to 1702.
    """
    x, n, y, m = possible_counts(kind, group, reference)
    low, high = _difference_limits(x, n, y, m, kind, confidence)
    given = *group, *reference
    return like(given, low), like(given, high)


@silently
def excess_count(group: Rate, reference: Rate) -> Numbers:
    """Return how many more there are in a group than at the rate of the reference group.

    A number of events or people; negative means fewer. It takes the reference rate as a
    standard: it is no count of wrongful events. Missing where the rate difference is.

    >>> excess_count(Rate(30, 100), Rate(10, 200))
    25.0

    Source: Breslow and Day (1987), Statistical Methods in Cancer Research II, IARC: observed
    minus expected.
    """
    x, n, y, m = counts(*group, *reference)
    return like((*group, *reference), x - positive(n) * y / positive(m))


@silently
def excess_interval(
    group: Rate, reference: Rate, kind: Kind, confidence: float = 0.95
) -> tuple[Numbers, Numbers]:
    """Return the lower and upper confidence limit of the excess count.

    The interval of the rate difference, times the people in the group. Missing where that is.

    >>> low, high = excess_interval(Rate(10, 10), Rate(0, 20), "subset_over_set")
    >>> round(low, 3), round(high, 3)
    (6.791, 10.0)

    Source: as `difference_interval`.
    """
    x, n, y, m = possible_counts(kind, group, reference)
    low, high = _difference_limits(x, n, y, m, kind, confidence)
    given = *group, *reference
    return like(given, low * n), like(given, high * n)


def _difference_limits(
    x: Floats, n: Floats, y: Floats, m: Floats, kind: Kind, confidence: float
) -> tuple[Floats, Floats]:
    n, m = positive(n), positive(m)
    z = limits.quantile(confidence)
    if kind != EVENTS:
        return _hybrid(x / n, limits.wilson(x, n, z), y / m, limits.wilson(y, m, z))

    difference = x / n - y / m
    reach = z * np.sqrt(x / n**2 + y / m**2)
    low, high = difference - reach, difference + reach
    few = (x < BYAR_FROM) | (y < BYAR_FROM)  # only these, because exact limits are slow
    x, n, y, m = x[few], n[few], y[few], m[few]
    of_group = limits.garwood(x, confidence)
    of_reference = limits.garwood(y, confidence)
    low[few], high[few] = _hybrid(
        x / n,
        (of_group[0] / n, of_group[1] / n),
        y / m,
        (of_reference[0] / m, of_reference[1] / m),
    )
    return low, high


def _hybrid(
    rate: Floats,
    of_rate: tuple[Floats, Floats],
    reference: Floats,
    of_reference: tuple[Floats, Floats],
) -> tuple[Floats, Floats]:
    difference = rate - reference
    down = np.hypot(rate - of_rate[0], of_reference[1] - reference)
    up = np.hypot(of_rate[1] - rate, reference - of_reference[0])
    return difference - down, difference + up
