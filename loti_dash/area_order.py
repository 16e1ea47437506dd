"""In which order areas stand: by size only where that says something, and never with a number.

A caution that limits use (severity 3) stops all ordering by size: of one area it takes that area
out of the order, of all of them it leaves only their names. So does a count under 20. Where most
areas are out of the order, there is none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from loti_dash.catalogue import Catalogue
from loti_dash.caveats import Found, ranking_forbidden
from loti_dash.findings import UNRELIABLE, each, finding
from loti_dash.where import CLEAR_AMONG_ALL, Measure


@dataclass(frozen=True)
class Ordered:
    """Rows in their order, `by_size` or by name; `apart` are those that stand below, by name."""

    rows: pd.DataFrame
    by_size: bool
    apart: list[str]


def ordered(
    rows: pd.DataFrame,
    catalogue: Catalogue,
    cautions: Mapping[str, Sequence[Found]],
    measure: Measure,
) -> Ordered:
    """Return the rows of one group's areas in the order in which they are shown.

    Areas that contain others come first, then the largest of what is measured (for `sure` the
    most certain, higher before lower), then those whose size says too little, by name.
    """
    codes = rows["area_code"].astype(str)
    parents = {catalogue.areas[code].parent_code for code in codes}
    wide = np.array([c in parents or catalogue.areas[c].level == "country" for c in codes])
    limited = {
        code: {each.id for each in ranking_forbidden(cautions.get(code, ()))} for code in codes
    }
    inner = codes[~wide & rows["ratio"].notna().to_numpy()]
    of_all = set.intersection(*(limited[code] for code in inner)) if len(inner) else set()
    names = rows["area"].astype(str)
    value = _strength(rows) if measure == "sure" else rows[measure]
    few = ~(rows["numerator"] >= UNRELIABLE)
    apart = (value.isna() | few | codes.map(lambda code: bool(limited[code]))) & ~wide
    by_size = not of_all and bool(2 * apart.sum() <= (~wide).sum())
    size = (-value).where(by_size & ~apart & ~wide, np.inf)
    place = [(not w, s, name) for w, s, name in zip(wide, size, names, strict=True)]
    return Ordered(_by(rows, place), by_size, sorted(names[apart]) if by_size else [])


def _by(rows: pd.DataFrame, place: list[tuple[bool, float, str]]) -> pd.DataFrame:
    return rows.iloc[sorted(range(len(rows)), key=place.__getitem__)]


def _strength(rows: pd.DataFrame) -> pd.Series:
    """Return 2 for higher among all comparisons, 1 on its own, 0 unclear, and so on below 0."""
    strength = []
    for row in each(rows):
        found = finding(row)
        much = 2.0 if row["q_value"] <= CLEAR_AMONG_ALL else 1.0
        strength.append({"higher": much, "lower": -much, "no_ratio": np.nan}.get(found, 0.0))
    return pd.Series(strength, rows.index)
