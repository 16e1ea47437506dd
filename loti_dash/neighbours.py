"""Statistical neighbours: which boroughs are most alike, in who lives there and in deprivation.

Pure arithmetic on shares and scores. Being alike in these two explains nothing: it only makes
the comparison one of like with like, as far as two things can.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Neighbours that are taken together.
FIVE = 5
# Distances are rounded to this many digits before they are put in order, so that a last digit
# that differs between machines cannot change it.
_DIGITS = 9


def distances(shares: pd.DataFrame, scores: pd.Series, area: str) -> pd.DataFrame:
    """Return how far an area is from each other one, the nearest first.

    `shares` has a row for each area and a column for each ethnic group, and each row adds up to
    1; `scores` are the areas' deprivation scores, on the same index. The columns are
    `in_groups`, Hellinger's distance of the two compositions; `in_deprivation`, the difference
    of the two scores; both as multiples of their mean over all pairs of areas, so that 1 is as
    far apart as two areas are on average; and `distance`, the mean of these two. Of areas
    equally far the lower code comes first.

    >>> shares = pd.DataFrame({"a": [0.5, 0.5, 0.1], "b": [0.5, 0.5, 0.9]}, index=list("xyz"))
    >>> distances(shares, pd.Series([10.0, 20.0, 20.0], index=list("xyz")), "x").round(2)
       in_groups  in_deprivation  distance
    y        0.0             1.5      0.75
    z        1.5             1.5      1.50

    Source: Hellinger (1909), Journal für die reine und angewandte Mathematik 136: the root of
    half the sum of the squared differences of the roots of shares, from 0 to 1.
    """
    assert shares.index.equals(scores.index), "shares and scores are of the same areas"
    roots = np.sqrt(shares.to_numpy(float))
    in_groups = np.sqrt(((roots[:, None] - roots[None]) ** 2).sum(axis=2) / 2)
    values = scores.to_numpy(float)
    in_deprivation = np.abs(values[:, None] - values[None])
    own = shares.index.get_loc(area)
    found = pd.DataFrame(
        {
            "in_groups": _of_mean(in_groups)[own],
            "in_deprivation": _of_mean(in_deprivation)[own],
        },
        index=shares.index,
    ).drop(index=area)
    found["distance"] = (found["in_groups"] + found["in_deprivation"]) / 2
    order = found["distance"].round(_DIGITS)
    return found.loc[sorted(found.index, key=lambda code: (order[code], code))]


def _of_mean(pairs: Floats) -> Floats:
    """Return distances as multiples of their mean over all pairs of two different areas."""
    mean = pairs.sum() / (len(pairs) * (len(pairs) - 1))
    return pairs / mean if mean > 0 else pairs
