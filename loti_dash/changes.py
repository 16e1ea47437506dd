"""How a disparity changed between two periods of an area, and which two are compared.

A change is never worked out across a break unless somebody asks for just these two periods, and
then `breaks` says what lies between.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, hypot, isnan, log

import numpy as np
import pandas as pd

from loti_dash import measures
from loti_dash.catalogue import Catalogue
from loti_dash.definitions import Indicator
from loti_dash.measures import Kind, Rate, round_half_up
from loti_dash.over_time import breaks_between, in_order
from loti_dash.periods import Period

NAN = float("nan")
# A sentence on a trend needs as many periods (methods.md, section 8).
LEAST_OF_TREND = 5
CHANCE = 0.05
# A change in a ratio takes all counts as those of events, whatever they are parts of.
_KIND: Kind = "events_over_population"


@dataclass(frozen=True)
class Change:
    """The rows of a group in two periods, and what lies between them.

    `times` is the later ratio divided by the earlier one, with its 95% limits; `difference` is
    the later rate difference less the earlier one, per so many. Missing where they cannot be
    calculated. `asked` are the two periods asked for, where others had to stand in for them.
    """

    before: pd.Series
    after: pd.Series
    times: float
    low: float
    high: float
    difference: float
    breaks: Sequence[tuple[Period, str]]
    asked: tuple[str, str]

    @property
    def clear(self) -> bool:
        """Whether the ratio rose or fell by more than chance: no limit may be 1 to a thousandth.

        Counts are rounded more than that.
        """
        return bool(round_half_up(self.low, 3) > 1 or round_half_up(self.high, 3) < 1)

    @property
    def opposite(self) -> bool:
        """Whether the ratio clearly rose while the rate difference fell, or the reverse."""
        return self.clear and (self.times - 1) * self.difference < 0

    @property
    def unknown_could_turn_it(self) -> bool:
        """Whether people of unknown ethnicity could have made a clear change of the other kind."""
        low, high = "ratio_if_unknown_low", "ratio_if_unknown_high"
        if not self.clear:
            return False
        if self.low > 1:
            return bool(self.after[low] <= self.before[high])
        return bool(self.after[high] >= self.before[low])


@dataclass(frozen=True)
class Trend:
    """A percentage of one group over consecutive periods, from `first` to `last`.

    `p_value` is that of the chi-square test for a linear trend; `rises` its direction.
    """

    first: pd.Series
    last: pd.Series
    periods: int
    p_value: float
    rises: bool


def usual_pair(
    catalogue: Catalogue, indicator: Indicator, rows: pd.DataFrame
) -> tuple[str, str] | None:
    """Return the two periods to compare until a reader chooses: None if there is but one.

    The newest, and the earliest since the last break: of the same time of the year, if any is.
    """
    periods = in_order(catalogue, indicator, rows["period"])
    newest = periods[-1]
    since = rows.loc[rows["period"].astype(str) == newest.id, "stretch"].iloc[0]
    ids = set(rows.loc[rows["stretch"] == since, "period"].astype(str)) - {newest.id}
    earlier = [each for each in periods if each.id in ids]
    same_season = [each for each in earlier if each.starts.month == newest.starts.month]
    return next(((each.id, newest.id) for each in [*same_season, *earlier]), None)


def change(
    catalogue: Catalogue,
    indicator: Indicator,
    rows: pd.DataFrame,
    group: str,
    asked: tuple[str, str],
) -> Change | None:
    """Return the change of a group between two periods, the earlier first, or None.

    `rows` are those of over_time. Where a period has no ratio, the nearest one between the two
    stands in for it; None if fewer than two have one.
    """
    of_group = rows[rows["group_code"].astype(str) == group]
    ids = of_group["period"].astype(str).to_list()
    if not set(asked) <= set(ids):
        return None
    first, last = sorted(ids.index(id_) for id_ in asked)
    shown = of_group.iloc[first : last + 1].dropna(subset="ratio")
    if len(shown) < 2:
        return None
    before, after = shown.iloc[0], shown.iloc[-1]
    times, low, high = _times(before, after)
    between = breaks_between(catalogue, indicator, str(before["period"]), str(after["period"]))
    difference = after["rate_difference"] - before["rate_difference"]
    return Change(before, after, times, low, high, difference, between, (ids[first], ids[last]))


def trend(indicator: Indicator, rows: pd.DataFrame, group: str) -> Trend | None:
    """Return the trend of a group's percentage up to the newest period, or None.

    Only of a part of a set, over five periods or more that follow one another without a break.
    """
    of_group = rows[rows["group_code"].astype(str) == group]
    if indicator.denominator_type != "subset_over_set" or of_group.empty:
        return None
    line = of_group["segment"].iloc[-1]
    of_line = of_group[of_group["segment"] == line]
    if line == 0 or len(of_line) < LEAST_OF_TREND:
        return None
    x, n = (of_line[name].to_numpy(float) for name in ("numerator", "denominator"))
    _, p_value = measures.trend_test(x, n)
    if isnan(float(p_value)):
        return None
    scores = np.arange(len(x))
    rise = (x * (scores - (n * scores).sum() / n.sum())).sum()
    return Trend(of_line.iloc[0], of_line.iloc[-1], len(x), float(p_value), bool(rise > 0))


def _times(before: pd.Series, after: pd.Series) -> tuple[float, float, float]:
    """Return the later ratio divided by the earlier one, and its limits."""
    pairs = _pair(before), _pair(after)
    if isnan(before["share_of_reference"]) or isnan(after["share_of_reference"]):
        times, low, high = measures.change_in_ratio(*pairs)
        return float(times), float(low), float(high)
    if not (before["ratio"] > 0 and after["ratio"] > 0):
        return NAN, NAN, NAN
    # Where the reference contains the group, both ratios are to the rest of it, and converted:
    # so are the limits of each, and those of their quotient follow from these.
    # Source: Zou and Donner (2008), Statistics in Medicine 27, pages 1693 to 1702, of logarithms.
    (down, up), (later_down, later_up) = _reach(before, pairs[0]), _reach(after, pairs[1])
    times = float(after["ratio"] / before["ratio"])
    return times, times * exp(-hypot(later_down, up)), times * exp(hypot(later_up, down))


def _pair(row: pd.Series) -> tuple[Rate, Rate]:
    group = Rate(row["numerator"], row["denominator"])
    return group, Rate(row["apart_numerator"], row["apart_denominator"])


def _reach(row: pd.Series, pair: tuple[Rate, Rate]) -> tuple[float, float]:
    """Return how far down and up the limits of a converted ratio reach, as logarithms."""
    share = row["share_of_reference"]
    limits = measures.ratio_interval(*pair, _KIND, method="log")
    low, high = (float(measures.to_all(limit, share)) for limit in limits)
    return log(row["ratio"] / low), log(high / row["ratio"])
