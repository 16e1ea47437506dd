"""The ratio of a group's rate to that of its reference group, and how sure it is.

A ratio has no unit. 1 is parity, 2 is twice the reference rate, 0.5 half of it: it keeps its
direction. Nothing here rounds, suppresses or raises for data.
"""

from typing import Literal, TypeAlias

import numpy as np
from scipy import special

from loti_dash.measures import limits, ratio_limits
from loti_dash.measures.columns import Numbers, counts, floats, like, positive, silently
from loti_dash.measures.rates import SUBSET, Kind, Rate, possible_counts

RatioMethod: TypeAlias = Literal["score", "log", "exact"]


@silently
def disproportionality_ratio(group: Rate, reference: Rate) -> Numbers:
    """Return the rate of a group divided by the rate of the reference group.

    1 is parity. It is called relative rate index when the denominators are the people who
    reached the previous stage of a process, for example those arrested, not all residents.
    Missing where a count is missing, a denominator is 0, or the reference group has no events.

    >>> disproportionality_ratio(Rate(30, 1_000), Rate(40, 4_000))
    3.0

    Source: Uhrig (2016), Black, Asian and Minority Ethnic disproportionality in the Criminal
    Justice System in England and Wales, Ministry of Justice, section 3.
    """
    x, n, y, m = counts(*group, *reference)
    # One division of whole numbers: equal rates are exactly 1, and a ratio on the edge of a
    # size band is on it, which a quotient of two quotients is not.
    return like((*group, *reference), x * positive(m) / (positive(n) * positive(y)))


@silently
def ratio_interval(
    group: Rate,
    reference: Rate,
    kind: Kind,
    method: RatioMethod = "score",
    confidence: float = 0.95,
) -> tuple[Numbers, Numbers]:
    """Return the lower and upper confidence limit of the disproportionality ratio.

    `score`, the one shown: Poisson score over a population, Koopman's for a subset of a set.
    `log`: symmetric about the logarithm (Katz for a subset), missing where a count is 0.
    `exact`: conditional on both counts, for every kind. No event in the group: from 0 to an
    upper limit. No event in the reference group: a lower limit and no upper one. The
    reference must not contain the group: see `to_all`.

    Missing where neither group has events, a count is missing or a denominator is 0; for
    persons and subsets, where a numerator is above its denominator.

    >>> low, high = ratio_interval(Rate(26, 304), Rate(645, 11_111), SUBSET)
    >>> round(low, 3), round(high, 3)
    (1.01, 2.124)

    Source: Koopman (1984), Biometrics 40; Katz et al. (1978), Biometrics 34; for events,
    Wilson (1927), JASA 22, and Clopper and Pearson (1934), Biometrika 26.
    """
    x, n, y, m = possible_counts(kind, group, reference)
    z = limits.quantile(confidence)
    if method == "log":
        low, high = ratio_limits.log_normal(x, n, y, m, z, subset=kind == SUBSET)
    elif method == "exact":
        low, high = ratio_limits.exact(x, n, y, m, confidence)
    else:
        assert method == "score", f"{method!r} is not score, log or exact"
        score = ratio_limits.koopman if kind == SUBSET else ratio_limits.poisson_score
        low, high = score(x, n, y, m, z)
    given = *group, *reference
    return like(given, low), like(given, high)


@silently
def ratio_p_value(group: Rate, reference: Rate, kind: Kind) -> Numbers:
    """Return the probability of two rates as far apart as these, if they were equal.

    Two-sided, of the same test as the score interval: under 0.05 exactly where the 95%
    interval excludes 1. Also answers where only one group has events. Missing where neither
    has, and wherever `ratio_interval` has no limit.

    >>> round(ratio_p_value(Rate(30, 100), Rate(20, 100), SUBSET), 2)
    0.1
    >>> ratio_p_value(Rate(5, 100), Rate(50, 1_000), SUBSET)
    1.0

    Source: Koopman (1984), Biometrics 40: for a subset, Pearson's chi-square without
    continuity correction; for events, Wilson (1927), JASA 22.
    """
    columns = possible_counts(kind, group, reference)
    statistic = (
        ratio_limits.koopman_statistic if kind == SUBSET else ratio_limits.poisson_statistic
    )
    p_value = special.erfc(np.abs(statistic(*columns)) / np.sqrt(2))
    return like((*group, *reference), p_value)


@silently
def to_all(ratio: Numbers, share: Numbers) -> Numbers:
    """Return the ratio to everybody, the group included, from the ratio to the rest.

    `share` is the group's share of the denominator, from 0 to 1. Convert the ratio and both
    limits alike; the p-value stays that of the rest. 1 stays 1. Missing where either is
    missing or the share is not a share; where the rest has no events there is no ratio to
    convert, and the ratio to all is 1 / share.

    >>> to_all(2.0, 0.25)
    1.6

    Source: rate of all = share x rate of the group + (1 - share) x rate of the rest.
    """
    ratios, shares = floats(ratio, share)
    shares = np.where((shares >= 0) & (shares <= 1), shares, np.nan)
    return like((ratio, share), ratios / positive(shares * ratios + 1 - shares))


@silently
def representation_ratio(
    numerator: Numbers, denominator: Numbers, all_numerator: Numbers, all_denominator: Numbers
) -> Numbers:
    """Return the group's share of the numerator divided by its share of the denominator.

    1 is parity; it cannot pass all_denominator / denominator. The totals are those of every
    group with known ethnicity, the group included: the mean of the ratios, weighted with the
    shares of the denominator, is then 1. Missing where a count is missing, nobody is in the
    group, or the totals are 0.

    >>> representation_ratio(30, 100, 60, 400)
    2.0

    Source: National Indicator NI 044 (data.gov.uk), as a ratio instead of a difference.
    """
    given = numerator, denominator, all_numerator, all_denominator
    x, n, every_x, every_n = counts(*given)
    return like(given, x * positive(every_n) / (positive(n) * positive(every_x)))
