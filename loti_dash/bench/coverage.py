"""How often the 95% interval of a ratio contains the true ratio: small counts, simulated.

The counts are drawn from known rates, with a seed: they are synthetic. Not every draw has an
interval, so there are two answers: among the draws that have one, and among all, where no
interval is a miss. This does not say how true a figure is, only that 95% means 95% if events
are independent.
"""

from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

import numpy as np

from loti_dash.measures import Kind, Rate, ratio_interval
from loti_dash.measures.columns import silently
from loti_dash.measures.rates import EVENTS, SUBSET
from loti_dash.measures.ratios import RatioMethod

METHODS: tuple[RatioMethod, ...] = ("score", "log", "exact")
SHOWN = "score"
LEAST = 0.94  # of the method shown, in every scenario

EXPECTED = (1, 2, 5, 10, 20, 50)  # events in the group
RATIOS = (0.2, 0.5, 1.0, 2.0, 5.0)
TIMES = (5, 20)  # as many people in the reference group
RISKS = (0.05, 0.3)  # of the group, where it is a set
POPULATION = 10_000  # people in the group, where it is not; events know no other number


class Scenario(NamedTuple):
    """What is true: events expected in a group of so many people, ratio, size of reference."""

    kind: Kind
    expected: float
    people: int
    ratio: float
    times: int

    def __str__(self) -> str:
        of = f" of {self.people:,}" if self.kind == SUBSET else ""
        return f"{self.expected:g}{of}, ratio {self.ratio:g}, {self.times}x"


class Coverage(NamedTuple):
    """Shares of draws with the truth inside: of those with an interval, and of all draws."""

    answered: float
    every: float


def measure(
    draws: int = 20_000, expected: Iterable[int] = EXPECTED
) -> dict[str, float | int | str]:
    """Return the coverage of each method: its mean over scenarios, the least, and where.

    Below them, for the method shown, the scenarios with less than 94%. A scenario reads "events
    expected in the group (of its people), true ratio, people in the reference group". Score
    and exact have no interval where neither group has events, log where either has none. Where
    only the reference group has none there is a lower limit alone, which covers all above it.
    """
    figures: dict[str, float | int | str] = {
        "draws a scenario": draws,
        "standard error of 95% in a scenario": float(np.sqrt(0.95 * 0.05 / draws)),
    }
    random = np.random.default_rng(1)
    found = {each: coverage(each, draws, random) for each in scenarios(expected)}
    for kind in (EVENTS, SUBSET):
        name = kind.split("_")[0]
        of_kind = {each: by for each, by in found.items() if each.kind == kind}
        figures[f"{name}: scenarios"] = len(of_kind)
        for method, (place, among) in product(METHODS, enumerate(("", ", of all draws"))):
            shares = {each: by[method][place] for each, by in of_kind.items()}
            least = min(shares, key=lambda each: shares[each])
            figures |= {
                f"{name}, {method}: mean{among}": float(np.mean(list(shares.values()))),
                f"{name}, {method}: least{among}": shares[least],
                f"{name}, {method}: least{among}, in": str(least),
            }
            if method == SHOWN:
                below = {each: share for each, share in shares.items() if share < LEAST}
                figures[f"{name}, {method}: below {LEAST}{among}"] = len(below)
                figures |= {f"{name}, {method}{among}: {each}": s for each, s in below.items()}
    return figures


def scenarios(expected: Iterable[int] = EXPECTED) -> Iterator[Scenario]:
    """Yield what is tried: events over a population, and then subsets of a set.

    Sets have whole people, so their risk is not quite 5% or 30%; those where the reference
    group's would be above 1 are left out.
    """
    for events, ratio, times in product(expected, RATIOS, TIMES):
        yield Scenario(EVENTS, events, POPULATION, ratio, times)
        for people in (round(events / risk) for risk in RISKS):
            if events / people / ratio <= 1:
                yield Scenario(SUBSET, events, people, ratio, times)


@silently
def coverage(
    scenario: Scenario, draws: int, random: np.random.Generator
) -> dict[RatioMethod, Coverage]:
    """Return how often the interval of each method contains the true ratio."""
    kind, expected, people, ratio, times = scenario
    others = people * times
    risk = expected / people / ratio
    if kind == SUBSET:
        x = random.binomial(people, expected / people, draws)
        y = random.binomial(others, risk, draws)
    else:
        x, y = random.poisson(expected, draws), random.poisson(others * risk, draws)
    # The same two counts are drawn again and again, and have the same interval.
    width = y.max() + 1
    pairs, often = np.unique(x * width + y, return_counts=True)
    group, reference = Rate(pairs // width, people), Rate(pairs % width, others)
    found = {}
    for method in METHODS:
        low, high = ratio_interval(group, reference, kind, method)
        answered = ~(np.isnan(low) & np.isnan(high))
        # A limit that is missing excludes nothing: comparisons with it are false.
        inside = often[answered & ~(low > ratio) & ~(high < ratio)].sum()
        found[method] = Coverage(float(inside / often[answered].sum()), float(inside / draws))
    return found
