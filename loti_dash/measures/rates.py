"""A rate and its interval: how many, of how many, and what else it could have been.

Nothing here rounds, suppresses or raises for data: where a count is missing or nobody is at
risk, the answer is missing, never zero and never infinite.
"""

from typing import Literal, NamedTuple, TypeAlias, get_args

import numpy as np

from loti_dash.measures import limits
from loti_dash.measures.columns import Floats, Numbers, counts, like, positive, silently

# What is divided by what: events can outnumber people, persons and subsets cannot.
Kind: TypeAlias = Literal["events_over_population", "persons_over_population", "subset_over_set"]
EVENTS: Kind = "events_over_population"
SUBSET: Kind = "subset_over_set"

CountMethod: TypeAlias = Literal["ohid", "exact", "byar"]

BYAR_FROM = 10  # events: the rule of Public Health England, now OHID


class Rate(NamedTuple):
    """How many people something happened to, and how many it could have happened to.

    Each a number, a numpy array or a pandas Series; Series have one index.
    """

    numerator: Numbers
    denominator: Numbers


@silently
def per(population: float, rate: Rate) -> Numbers:
    """Return a rate as a number for every so many people.

    `population` is the multiplier: 1,000 for "per 1,000", 100 for percentages. Missing where
    a count is missing or the denominator is 0.

    >>> per(1_000, Rate(30, 1_200))
    25.0

    Source: Public Health England (2018), Commonly used public health statistics.
    """
    numerator, denominator = counts(*rate)
    return like(rate, numerator * population / positive(denominator))


@silently
def rate_interval(
    rate: Rate, kind: Kind, population: float = 1, confidence: float = 0.95
) -> tuple[Numbers, Numbers]:
    """Return the lower and upper confidence limit of a rate, for every so many people.

    Events can happen again to the same person: limits of the count, exact below 10 and
    Byar's from 10, divided by the population. Persons and subsets are proportions: Wilson's.
    Missing where the rate is, and for persons and subsets where the numerator is above the
    denominator.

    >>> [round(limit, 2) for limit in rate_interval(Rate(0, 850), EVENTS, 1_000)]
    [0.0, 4.34]

    Source: Public Health England (2018), Commonly used public health statistics and their
    confidence intervals.
    """
    numerator, denominator = possible_counts(kind, rate)
    if kind == EVENTS:
        divisor = positive(denominator)
        low, high = (limit / divisor for limit in _ohid(numerator, confidence))
    else:
        low, high = limits.wilson(numerator, denominator, limits.quantile(confidence))
    return like(rate, low * population), like(rate, high * population)


@silently
def count_interval(
    numerator: Numbers, method: CountMethod = "ohid", confidence: float = 0.95
) -> tuple[Numbers, Numbers]:
    """Return the lower and upper confidence limit of a count of independent events.

    `ohid` is exact below 10 events and Byar's formula from 10; `exact` and `byar` are either
    at every count. Too narrow where the same people are counted again and again. Missing
    where the count is; Byar's lower limit also where it would be negative.

    >>> low, high = count_interval(0)
    >>> low, round(high, 3)
    (0.0, 3.689)

    Source: Garwood (1936), Biometrika 28; Breslow and Day (1987), IARC, page 69; the choice
    between them: Public Health England (2018).
    """
    [count] = counts(numerator)
    choices = {"ohid": _ohid, "exact": limits.garwood, "byar": limits.byar}
    low, high = choices[method](count, confidence)
    return like([numerator], low), like([numerator], high)


@silently
def proportion_interval(
    numerator: Numbers, denominator: Numbers, confidence: float = 0.95
) -> tuple[Numbers, Numbers]:
    """Return Wilson's lower and upper confidence limit of a proportion, from 0 to 1.

    Numerators need not be whole. Missing where a count is missing, the denominator is 0, or
    the numerator is above it.

    >>> low, high = proportion_interval(81, 263)
    >>> round(low, 4), round(high, 4)
    (0.2553, 0.3662)

    Source: Newcombe (1998a), Statistics in Medicine 17, pages 857 to 872, method 3, table I.
    """
    count, total = counts(numerator, denominator)
    low, high = limits.wilson(count, total, limits.quantile(confidence))
    given = numerator, denominator
    return like(given, low), like(given, high)


def possible_counts(kind: Kind, *rates: Rate) -> list[Floats]:
    """Return numerator, denominator, numerator, … of rates, missing where they cannot be.

    Fewer people than have been counted among them is wrong data, and so missing; events can
    outnumber people.

    >>> [array.tolist() for array in possible_counts(SUBSET, Rate([5, 9], [7, 7]))]
    [[5.0, nan], [7.0, 7.0]]
    """
    assert kind in get_args(Kind), f"{kind!r} is not one of {get_args(Kind)}"
    columns = counts(*(column for rate in rates for column in rate))
    if kind != EVENTS:
        for place in range(0, len(columns), 2):
            numerator, denominator = columns[place : place + 2]
            columns[place] = np.where(numerator > denominator, np.nan, numerator)
    return columns


def _ohid(count: Floats, confidence: float) -> tuple[Floats, Floats]:
    low, high = limits.byar(count, confidence)
    few = count < BYAR_FROM  # only these, because exact limits are slow
    low[few], high[few] = limits.garwood(count[few], confidence)
    return low, high
