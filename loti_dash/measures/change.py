"""Change over time: of a proportion over periods, and of a disparity between two.

No period here knows its date: that nothing is compared across a break, such as a new
classification or population base, is decided by whoever chooses the periods.
"""

from typing import TypeAlias

import numpy as np
from scipy import special

from loti_dash.measures import limits
from loti_dash.measures.columns import Numbers, counts, like, per_row, positive, silently
from loti_dash.measures.rates import SUBSET, Rate, possible_counts
from loti_dash.measures.summary import weighted_mean

# A group and its reference group, in one period.
Pair: TypeAlias = tuple[Rate, Rate]

FEWEST_PERIODS = 3  # two have a change, not a trend


@silently
def trend_test(numerators: Numbers, denominators: Numbers) -> tuple[Numbers, Numbers]:
    """Return chi-square for a linear trend in proportions, and its p-value.

    The last axis is the periods, equally far apart, in order: a pair of numbers for one
    series, of arrays for a table with a series in each row. One degree of freedom; it does
    not say whether the trend is up or down. Proportions only: events can outnumber people.

    Missing with fewer than 3 periods, where any count is missing, a denominator is 0 or a
    numerator above it, and where nobody or everybody is counted in every period.

    >>> chi_square, p_value = trend_test([10, 20, 30], [100, 100, 100])
    >>> round(chi_square, 2), round(p_value, 4)
    (12.5, 0.0004)

    Source: Armitage (1955), Biometrics 11, pages 375 to 386.
    """
    x, n = possible_counts(SUBSET, Rate(numerators, denominators))
    n = positive(n)
    scores = np.arange(1.0, x.shape[-1] + 1)
    distance = scores - weighted_mean(scores, n)[..., None]
    share = x.sum(axis=-1) / n.sum(axis=-1)
    rise = (distance * (x - n * share[..., None])).sum(axis=-1)
    variance = share * (1 - share) * (n * distance**2).sum(axis=-1)
    chi_square = rise**2 / positive(variance)
    if len(scores) < FEWEST_PERIODS:
        chi_square = np.full_like(chi_square, np.nan)
    return per_row(chi_square), per_row(special.erfc(np.sqrt(chi_square / 2)))


@silently
def change_in_ratio(
    before: Pair, after: Pair, confidence: float = 0.95
) -> tuple[Numbers, Numbers, Numbers]:
    """Return the ratio after divided by the ratio before, and its confidence limits.

    Each is a pair of rates: the group and its reference group. 1 is no change, 2 a
    disproportionality ratio that has doubled; where it was below 1, that is nearer parity.
    The four counts are taken as independent: periods must not overlap. All three are missing
    where a count is 0 or missing, or a denominator is.

    >>> before, after = (Rate(20, 100), Rate(10, 100)), (Rate(30, 100), Rate(10, 100))
    >>> [round(number, 2) for number in change_in_ratio(before, after)]
    [1.5, 0.53, 4.26]

    Source: Altman and Bland (2003), BMJ 326, page 219; the variance of each logarithm is
    that of Rothman and Greenland (1998), Modern Epidemiology, page 238.
    """
    given = [column for pair in (before, after) for rate in pair for column in rate]
    x, n, y, m, later_x, later_n, later_y, later_m = map(positive, counts(*given))
    change = later_x * later_m / (later_n * later_y) / (x * m / (n * y))
    reach = limits.quantile(confidence) * np.sqrt(1 / x + 1 / y + 1 / later_x + 1 / later_y)
    factor = np.exp(reach)
    return like(given, change), like(given, change / factor), like(given, change * factor)
