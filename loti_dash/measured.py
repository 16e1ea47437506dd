"""The measures of rows of one kind: what the comparison table is filled with."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from loti_dash import measures
from loti_dash.comparators import Sides

Floats = NDArray[np.float64]

PER_SO_MANY = (
    "rate rate_low rate_high reference_rate rate_difference difference_low difference_high".split()
)
MEASURED = (
    *PER_SO_MANY,
    *("ratio ratio_low ratio_high p_value excess excess_low excess_high".split()),
    *("ratio_if_unknown_low", "ratio_if_unknown_high"),
)


def of_counts(of: Sides, kind: Any) -> dict[str, Floats]:
    """Return the measures of rows of one kind, as rates for each one person.

    Where the reference contains the group, a group is compared with the rest of it, and the
    answer converted: two samples that share people are not two samples. With s the group's
    share of the reference's denominator, ratio r becomes r / (s r + 1 - s), and a difference
    is multiplied by 1 - s.
    """
    group, apart = of.group, of.apart
    low, high = measures.ratio_interval(group, apart, kind)
    d_low, d_high = measures.difference_interval(group, apart, kind)
    difference = measures.rate_difference(group, apart)
    without = np.where(of.contains, 1 - of.share, 1)
    # Where nobody in the rest has events the ratio to the rest has no upper limit, and the
    # ratio to all goes up to 1 / s.
    with np.errstate(divide="ignore"):
        most = np.where(np.isnan(high) & ~np.isnan(low), 1 / of.share, np.nan)
    top = np.where(np.isnan(most), measures.to_all(high, of.share), most)
    rate_low, rate_high = measures.rate_interval(group, kind)
    unknown_low, unknown_high = _unknown_bounds(of, kind)
    return {
        "rate": measures.per(1, group),
        "rate_low": rate_low,
        "rate_high": rate_high,
        "reference_rate": measures.per(1, of.reference),
        "ratio": measures.disproportionality_ratio(group, of.reference),
        "ratio_low": np.where(of.contains, measures.to_all(low, of.share), low),
        "ratio_high": np.where(of.contains, top, high),
        "p_value": measures.ratio_p_value(group, apart, kind),
        "rate_difference": difference * without,
        "difference_low": d_low * without,
        "difference_high": d_high * without,
        "excess": difference * without * group.denominator,
        "excess_low": d_low * without * group.denominator,
        "excess_high": d_high * without * group.denominator,
        "ratio_if_unknown_low": unknown_low,
        "ratio_if_unknown_high": unknown_high,
    }


def of_published_rates(of: Sides, _: Any) -> dict[str, Floats]:
    """Return what follows from the publisher's own rates: no interval, and no excess."""
    rate, reference = of.group.denominator, of.reference.denominator
    ones = np.ones_like(rate)
    ratio = measures.disproportionality_ratio(
        measures.Rate(rate, ones), measures.Rate(reference, ones)
    )
    return {
        "rate": rate,
        "reference_rate": reference,
        "ratio": ratio,
        "rate_difference": rate - reference,
    }


def _unknown_bounds(of: Sides, kind: Any) -> tuple[Floats, Floats]:
    """Return the ratio if every unknown belonged to the reference group, and to the group."""
    stage = kind == "subset_over_set"
    low, high = measures.unknown_bounds(
        of.group, of.apart, of.unknown, kind, of.unknown_of if stage else None
    )
    if not of.contains.any():
        return low, high
    # Whoever belongs to the group belongs to the reference too: its rate is the same either way.
    together = measures.Rate(
        of.reference.numerator + of.unknown,
        of.reference.denominator + (of.unknown_of if stage else 0),
    )
    others = of.unknown_of - of.unknown if stage else np.zeros_like(of.unknown)
    to_others = measures.Rate(of.group.numerator, of.group.denominator + others)
    to_group = measures.Rate(
        of.group.numerator + of.unknown, of.group.denominator + (of.unknown if stage else 0)
    )
    if_others: Floats = measures.disproportionality_ratio(to_others, together)
    if_group: Floats = measures.disproportionality_ratio(to_group, together)
    return np.where(of.contains, if_others, low), np.where(of.contains, if_group, high)
