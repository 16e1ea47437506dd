"""How sure a disparity is and how large it is: two flags, never merged.

A large ratio can be uncertain and a sure one small. Also the correction for asking many
questions at once.
"""

from typing import Literal, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from loti_dash.measures.columns import Floats, Numbers, floats, like, shaped, silently

Integers: TypeAlias = NDArray[np.intp]
Correction: TypeAlias = Literal["bh", "by", "holm"]


def evidence(low: Numbers, high: Numbers) -> Numbers:
    """Return `higher`, `lower`, `uncertain` or `none`, from the limits of a ratio.

    Higher where the whole interval is above 1, lower where it is below, uncertain where it
    contains 1, none where a limit is missing. Uncertain is not "equal rates".

    >>> evidence(np.array([1.1, 0.5, 0.9, 1.1]), np.array([2.0, 0.9, 1.2, np.nan])).tolist()
    ['higher', 'lower', 'uncertain', 'none']

    Source: the test that the interval belongs to; see `ratio_p_value`.
    """
    lows, highs = floats(low, high)
    missing = np.isnan(lows) | np.isnan(highs)
    words = np.select(
        [missing, lows > 1, highs < 1], ["none", "higher", "lower"], default="uncertain"
    )
    return shaped((low, high), words)


def size_band(ratio: Numbers) -> Numbers:
    """Return how large a ratio is: `within`, `double`, `triple`, `outside` or `none`.

    Within: 0.8 to 1.25, which is 1 / 0.8. Double: 2 to under 3. Triple: 3 or more. None: the
    ratio is missing. Outside: any other. A screen of size, which says nothing of chance.

    >>> size_band(np.array([0.8, 1.25, 1.5, 2.0, 3.0, np.nan])).tolist()
    ['within', 'within', 'outside', 'double', 'triple', 'none']

    Source: the four-fifths rule, US Uniform Guidelines on Employee Selection Procedures
    (1978), section 4D.
    """
    [ratios] = floats(ratio)
    words = np.select(
        [np.isnan(ratios), ratios >= 3, ratios >= 2, (ratios >= 0.8) & (ratios <= 1.25)],
        ["none", "triple", "double", "within"],
        default="outside",
    )
    return shaped([ratio], words)


@silently
def adjust_p_values(
    p: Numbers, method: Correction = "bh", *, family: Numbers | None = None
) -> Numbers:
    """Return p-values corrected for how many were looked at together, at most 1.

    `bh` controls the share of false findings among the findings (the q-value), `by` the same
    under any dependence, `holm` the chance of a single false one. `family` says which belong
    together, a number for each p-value; without it all are one family. Missing p-values stay
    missing and do not count as members. One dimension only.

    >>> adjust_p_values([0.01, 0.04, 0.02, None]).round(2).tolist()
    [0.03, 0.04, 0.03, nan]
    >>> adjust_p_values([0.01, 0.04, 0.02], family=[1, 1, 2]).round(2).tolist()
    [0.02, 0.04, 0.02]

    Source: Benjamini and Hochberg (1995), JRSS B 57; Benjamini and Yekutieli (2001), Annals
    of Statistics 29; Holm (1979), Scandinavian Journal of Statistics 6.
    """
    [values] = floats(p)
    assert values.ndim == 1, "p-values are a list, not a table"
    families = np.zeros(len(values), dtype=np.intp)
    if family is not None:
        families = pd.factorize(np.asarray(family))[0].astype(np.intp)
    known = np.flatnonzero((values >= 0) & (values <= 1) & (families >= 0))
    # From the smallest to the largest p-value, family after family.
    rows = known[np.lexsort((values[known], families[known]))]
    ordered, families = values[rows], families[rows]
    first, size = _stretches(families)
    place = np.arange(1, len(rows) + 1) - first
    if method == "holm":
        raised = _running_max(ordered * (size - place + 1), families)
    else:
        assert method in ("bh", "by"), f"{method!r} is not bh, by or holm"
        raised = ordered * size / place
        if method == "by":
            raised *= np.cumsum(1 / np.arange(1, len(rows) + 1))[size - 1]
        # No p-value may end up above one that was larger before.
        raised = -_running_max(-raised[::-1], -families[::-1])[::-1]
    adjusted = np.full(values.shape, np.nan)
    adjusted[rows] = np.minimum(raised, 1)
    return like([p], adjusted)


def _stretches(families: Integers) -> tuple[Integers, Integers]:
    """Return where the family of each row starts, and its size; families are sorted."""
    starts = np.flatnonzero(np.diff(families, prepend=-1))
    sizes = np.diff(starts, append=len(families))
    return np.repeat(starts, sizes), np.repeat(sizes, sizes)


def _running_max(values: Floats, families: Integers) -> Floats:
    """Return the largest value so far within each family; families are in rising order."""
    # Ranks are whole numbers, so a family can be lifted above the one before without losing
    # digits, and one pass over all rows starts afresh with each.
    order = np.argsort(values, kind="stable")
    rank = np.empty(len(values), dtype=np.intp)
    rank[order] = np.arange(len(values))
    lift = families * len(values)
    return values[order[np.maximum.accumulate(rank + lift) - lift]]
