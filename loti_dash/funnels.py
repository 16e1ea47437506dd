"""A funnel: in which boroughs one group's rate is further from London's than chance explains.

The benchmark is London's rate of the same group as published, with all boroughs in it. It may
count what was counted in none of them, such as searches without a place, so the rate of the
boroughs that are drawn, taken together, stands beside it.
"""

from dataclasses import dataclass
from math import isnan

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
    """The areas of one group around London's rate, all rates for every `per`.

    `together` is the rate of the areas taken together, which is the benchmark where London has
    no rate.

    `areas` has area_code, area, numerator, denominator, rate, limits low_95, high_95, low_998
    and high_998 at its denominator, and `lies`: above, high, within, low or below. Above and
    below are outside the 99.8% limits, high and low outside the 95% limits only. `curves` has
    the limits at denominators from the smallest to the largest.
    """

    benchmark: float
    together: float
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


def funnel(rows: pd.DataFrame, indicator: Indicator, london: float) -> Funnel | None:
    """Return the funnel of one group's rows, as they are shown; None if too few have a rate.

    `rows` are of boroughs, and `london` is London's rate for every `per`, missing if not shown.
    A borough whose rate would mislead is left out.
    """
    kind = indicator.denominator_type
    shown = rows[rows["rate"].notna() & rows["denominator"].notna()]
    if kind == "published_rate_only" or len(shown) < LEAST_AREAS:
        return None
    both = measures.Rate(shown["numerator"].sum(), shown["denominator"].sum())
    together = float(measures.per(indicator.per, both))
    benchmark = together if isnan(london) else london
    least, most = float(shown["denominator"].min()), float(shown["denominator"].max())
    along = pd.DataFrame({"denominator": np.geomspace(least, max(most, least * 2), _STEPS)})

    def with_limits(table: pd.DataFrame) -> pd.DataFrame:
        limits: dict[str, pd.Series] = {}
        for name, coverage in COVERAGES.items():
            low, high = measures.funnel_limits(
                benchmark / indicator.per, table["denominator"], kind, coverage
            )
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
    areas = areas.assign(lies=lies)
    return Funnel(benchmark, together, indicator.per, areas, with_limits(along))
