"""Measures of disproportionality: arithmetic on counts, and nothing else.

Numbers, numpy arrays or pandas Series of one index go in, and the same comes out. None of
the measures rounds, suppresses or raises for data. Missing in, missing out: never 0, never
infinite.
"""

from loti_dash.measures.change import change_in_ratio, trend_test
from loti_dash.measures.differences import (
    difference_interval,
    excess_count,
    excess_interval,
    rate_difference,
)
from loti_dash.measures.evidence import adjust_p_values, evidence, size_band
from loti_dash.measures.funnel import funnel_limits
from loti_dash.measures.rates import (
    Kind,
    Rate,
    count_interval,
    per,
    proportion_interval,
    rate_interval,
)
from loti_dash.measures.ratios import (
    disproportionality_ratio,
    ratio_interval,
    ratio_p_value,
    representation_ratio,
    to_all,
)
from loti_dash.measures.rounding import round_half_up
from loti_dash.measures.small_areas import shrink
from loti_dash.measures.standardised import directly_standardised, kitagawa
from loti_dash.measures.summary import (
    index_of_disparity,
    max_min,
    theil,
    weighted_mean_difference,
)
from loti_dash.measures.unknown import unknown_bounds

__all__ = [
    "Kind",
    "Rate",
    "adjust_p_values",
    "change_in_ratio",
    "count_interval",
    "difference_interval",
    "directly_standardised",
    "disproportionality_ratio",
    "evidence",
    "excess_count",
    "excess_interval",
    "funnel_limits",
    "index_of_disparity",
    "kitagawa",
    "max_min",
    "per",
    "proportion_interval",
    "rate_difference",
    "rate_interval",
    "ratio_interval",
    "ratio_p_value",
    "representation_ratio",
    "round_half_up",
    "shrink",
    "size_band",
    "theil",
    "to_all",
    "trend_test",
    "unknown_bounds",
    "weighted_mean_difference",
]
