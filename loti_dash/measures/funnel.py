"""How far an area's rate may lie from a benchmark before chance is a poor explanation.

The limits narrow as the denominator grows, which gives the funnel. The benchmark is taken as
exact. Nothing here says which areas are outside, and nothing corrects for overdispersion.
"""

from typing import get_args

import numpy as np
from scipy import special

from loti_dash.measures import limits
from loti_dash.measures.columns import Floats, Numbers, counts, like, positive, silently
from loti_dash.measures.rates import EVENTS, Kind

MOST_EXPECTED = 1e10  # events; beyond, the inverse of chi-square is slow and then wrong


@silently
def funnel_limits(
    benchmark: Numbers, denominator: Numbers, kind: Kind, coverage: float = 0.95
) -> tuple[Numbers, Numbers]:
    """Return the lowest and the highest rate that agree with a benchmark, at a denominator.

    Rates per person, as the benchmark is. 95% leaves 2.5% on each side, 99.8% leaves 0.1%.
    Persons and subsets: normal limits of a proportion, within 0 and 1. Events: the counts,
    not whole, whose exact confidence limit is just the benchmark; 0 below where even no
    events agree with it. For observed ÷ expected the denominator is what is expected and the
    benchmark 1. A benchmark of 0 has limits of 0.

    Missing where either is missing, the denominator is 0, for persons and subsets where the
    benchmark is above 1, and where more than ten thousand million events are expected.

    >>> [round(limit, 3) for limit in funnel_limits(0.5, 100, "subset_over_set")]
    [0.402, 0.598]
    >>> [round(limit, 4) for limit in funnel_limits(0.01, 1_000, EVENTS)]
    [0.0038, 0.0171]

    Source: Spiegelhalter (2005), Statistics in Medicine 24, pages 1185 to 1202; for events,
    UKHSA and OHID, R package PHEindicatormethods 2.1, with Garwood (1936), Biometrika 28.
    """
    assert kind in get_args(Kind), f"{kind!r} is not one of {get_args(Kind)}"
    middle, people = counts(benchmark, denominator)
    people = positive(people)
    if kind == EVENTS:
        low, high = (count / people for count in _counts_that_agree(middle * people, coverage))
    else:
        # Above 1 this is the root of a negative number, and so missing.
        reach = limits.quantile(coverage) * np.sqrt(middle * (1 - middle) / people)
        low, high = np.maximum(middle - reach, 0), np.minimum(middle + reach, 1)
    given = benchmark, denominator
    return like(given, low), like(given, high)


def _counts_that_agree(expected: Floats, coverage: float) -> tuple[Floats, Floats]:
    """Return the counts whose exact upper, and lower, limit is what is expected."""
    assert 0 < coverage < 1, f"a coverage lies between 0 and 1, not {coverage!r}"
    tail = (1 - coverage) / 2
    expected = np.where(expected <= MOST_EXPECTED, expected, np.nan)
    # Garwood's limits are quantiles of chi-square with 2x + 2 and 2x degrees of freedom. Here
    # the quantile is known and the degrees of freedom are looked for: to 14 significant
    # figures up to a million events, and no worse than 11 up to the most.
    low = special.chdtriv(1 - tail, 2 * expected) / 2 - 1
    high = special.chdtriv(tail, 2 * expected) / 2
    nothing = expected == 0
    return np.where(nothing, 0.0, np.maximum(low, 0)), np.where(nothing, 0.0, high)
