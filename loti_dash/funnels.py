"""A funnel: in which boroughs one group's rate is further from the others' than chance explains.

The benchmark is the rate of the boroughs that are shown, taken together. London as published
contains what was counted in none of them, such as searches without a place, and would be off the
middle of all boroughs alike.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from loti_dash import measures
from loti_dash.definitions import Indicator

# Fewer boroughs than these make no funnel.
LEAST_AREAS = 5
# Chance alone puts one in twenty outside the narrow limits. Where more than this part are, areas
# differ by more than chance, and being outside says little of any one of them.
MOST_OUTSIDE = 0.5
COVERAGES = {"95": 0.95, "998": 0.998}
_STEPS = 60


@dataclass(frozen=True)
class Funnel:
    """The areas of one group around their common rate, all rates for every `per`.

    `areas` has area_code, area, numerator, denominator, rate, limits low_95, high_95, low_998
    and high_998 at its denominator, and `lies`: above, high, within, low or below. Above and
    below are outside the 99.8% limits, high and low outside the 95% limits only. `curves` has
    the limits at denominators from the smallest to the largest.
    """

    benchmark: float
    per: int
    areas: pd.DataFrame
    curves: pd.DataFrame

    @property
    def outside(self) -> pd.DataFrame:
        """The areas outside the 95% limits."""
        return self.areas[self.areas["lies"] != "within"]

    @property
    def overdispersed(self) -> bool:
        """Whether so many areas are outside that chance is no yardstick."""
        return len(self.outside) > MOST_OUTSIDE * len(self.areas)


def funnel(rows: pd.DataFrame, indicator: Indicator) -> Funnel | None:
    """Return the funnel of one group's rows, as they are shown; None if too few have a rate.

    `rows` are of boroughs. One whose rate would mislead, and so is not shown, is no part of the
    benchmark either.
    """
    kind = indicator.denominator_type
    shown = rows[rows["rate"].notna() & rows["denominator"].notna()]
    if kind == "published_rate_only" or len(shown) < LEAST_AREAS:
        return None
    together = measures.Rate(shown["numerator"].sum(), shown["denominator"].sum())
    benchmark = float(measures.per(1, together))
    least, most = float(shown["denominator"].min()), float(shown["denominator"].max())
    along = pd.DataFrame({"denominator": np.geomspace(least, max(most, least * 2), _STEPS)})

    def with_limits(table: pd.DataFrame) -> pd.DataFrame:
        limits = {}
        for name, coverage in COVERAGES.items():
            low, high = measures.funnel_limits(benchmark, table["denominator"], kind, coverage)
            limits |= {f"low_{name}": low * indicator.per, f"high_{name}": high * indicator.per}
        return table.assign(**limits)

    columns = ["area_code", "area", "numerator", "denominator", "rate"]
    areas = with_limits(shown[columns].reset_index(drop=True))
    rate = areas["rate"]
    lies = np.select(
        [
            rate > areas["high_998"],
            rate < areas["low_998"],
            rate > areas["high_95"],
            rate < areas["low_95"],
        ],
        ["above", "below", "high", "low"],
        "within",
    )
    return Funnel(
        benchmark * indicator.per, indicator.per, areas.assign(lies=lies), with_limits(along)
    )
