"""The areas of one ethnic group as places to draw: in which class each is, and how large.

The class says what the comparison says, whatever is measured, and size is told inside the class
only, so that what is not a clear difference never looks like one. Nothing here ranks.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import floor, inf, isnan, log10
from typing import Literal

import numpy as np
import pandas as pd

from loti_dash.catalogue import Catalogue
from loti_dash.definitions import Indicator
from loti_dash.findings import CLEAR, each, finding

Measure = Literal["ratio", "rate", "excess", "sure"]
Kind = Literal["higher", "lower", "unclear", "withheld", "no_ratio"]

# What stands on a place, so that no class is told by its colour.
SIGNS: dict[Kind, str] = {
    "higher": "▲",
    "lower": "▼",
    "unclear": "?",
    "withheld": "[c]",
    "no_ratio": "–",
}
# The strongest of the shades, from 0.
DARKEST = 4
# A comparison counts as clear among all made together up to this q-value.
CLEAR_AMONG_ALL = 0.05

_RATIOS = (1.25, 2, 3, 5)
_HIGHER = (
    *("under 1.25 times", "1.25 to under 2 times", "2 to under 3 times", "3 to under 5 times"),
    "5 times or more",
)
_LOWER = (
    *("over 0.8 times", "over 0.5 to 0.8 times", "over 0.33 to 0.5 times"),
    *("over 0.2 to 0.33 times", "0.2 times or less"),
)
_SURE = {3: "clear among all comparisons made together", 1: "clear on its own only"}


@dataclass(frozen=True)
class Place:
    """A London authority as it is drawn.

    `figures_of` is the area whose figures it shows: its own code, or that of the area which it
    is published together with. `value` is what is measured, missing if it is not known. `shade`
    is from 0, the weakest, to DARKEST, or None where no size is shown; `size` are its words.
    """

    area_code: str
    figures_of: str
    name: str
    kind: Kind
    value: float
    shade: int | None = None
    size: str = ""


def is_of_boroughs(rows: pd.DataFrame) -> bool:
    """Return whether there are areas of London boroughs to draw among some rows."""
    return len(boroughs(rows)) > 1


def boroughs(rows: pd.DataFrame) -> pd.DataFrame:
    """Return those of some rows that are about single London authorities, or two joined."""
    codes = rows["area_code"].tolist()
    return rows.loc[np.array([str(code).startswith("E09") for code in codes], dtype=bool)]


def kind(row: pd.Series) -> Kind:
    """Return the class of a row of the comparison table."""
    found = finding(row)
    if found == "no_ratio":
        return "withheld" if row["status"] == "suppressed" else "no_ratio"
    return "higher" if found == "higher" else "lower" if found == "lower" else "unclear"


def places(
    rows: pd.DataFrame, catalogue: Catalogue, indicator: Indicator, measure: Measure
) -> list[Place]:
    """Return the 33 authorities by code, from the rows of one group.

    An authority without a figure of its own shows that of the area it is joined to, and is
    without a ratio if there is none.
    """
    by_area = {str(row["area_code"]): row for row in each(rows)}
    found = []
    for code, area in catalogue.areas.items():
        if area.level != "borough":
            continue
        source = code if code in by_area else indicator.joined_areas.get(code, code)
        row = by_area.get(source)
        column = "ratio" if measure == "sure" else measure
        if row is None:
            found.append(Place(code, code, area.name, "no_ratio", float("nan")))
        else:
            place = Place(code, source, area.name, kind(row), float(row[column]))
            if measure == "sure" and place.kind in CLEAR:
                shade = 3 if row["q_value"] <= CLEAR_AMONG_ALL else 1
                place = replace(place, shade=shade, size=_SURE[shade])
            found.append(place)
    return sorted(_sized(found, measure), key=lambda place: place.area_code)


def sizes(of: Sequence[Place]) -> list[Place]:
    """Return one place for each class, shade and words that occur, the strongest first."""
    order: list[Kind] = list(SIGNS)
    different = {(order.index(each.kind), -(each.shade or 0), each.size): each for each in of}
    return [different[key] for key in sorted(different)]


def _sized(of: list[Place], measure: Measure) -> list[Place]:
    if measure == "ratio":
        return [_by_ratio(each) if each.kind in CLEAR else each for each in of]
    if measure == "sure":
        return of
    # A rate is known whatever it is compared with; an excess is said only where it is clear.
    shown = [p for p in of if not isnan(p.value) and (measure == "rate" or p.kind in CLEAR)]
    cuts = round_cuts([abs(place.value) for place in shown])
    more = {"higher": "more by ", "lower": "fewer by "} if measure == "excess" else {}
    return [
        _by_cuts(each, cuts, more.get(each.kind, "")) if each in shown else each for each in of
    ]


def _by_ratio(place: Place) -> Place:
    times = place.value if place.value > 1 else 1 / place.value if place.value > 0 else inf
    band = sum(times >= cut for cut in _RATIOS)
    words = _HIGHER if place.kind == "higher" else _LOWER
    return replace(place, shade=band, size=words[band])


def _by_cuts(place: Place, cuts: list[float], more: str) -> Place:
    size = abs(place.value)
    band = sum(size >= cut for cut in cuts)
    # However few bands there are, the last is the darkest.
    shade = round(band * DARKEST / len(cuts)) if cuts else DARKEST // 2
    return replace(place, shade=shade, size=f"{more}{_bands(cuts)[band]}")


def _bands(cuts: list[float]) -> list[str]:
    """Return the words of the bands between cuts.

    >>> _bands([10, 20])
    ['under 10', '10 to under 20', '20 or more']
    """
    if not cuts:
        return ["the same everywhere"]
    said = [f"{cut:,.6g}" for cut in cuts]
    between = [f"{low} to under {high}" for low, high in pairwise(said)]
    return [f"under {said[0]}", *between, f"{said[-1]} or more"]


def round_cuts(values: Sequence[float]) -> list[float]:
    """Return round numbers that cut the range of some values into at most five equal bands.

    >>> round_cuts([3.1, 7.0, 11.9]), round_cuts([120, 980]), round_cuts([5, 5]), round_cuts([])
    ([5.0, 7.5, 10.0], [250.0, 500.0, 750.0], [], [])
    """
    if not values or max(values) == min(values):
        return []
    low, high = min(values), max(values)
    rough = (high - low) / 4
    ten = 10.0 ** floor(log10(rough))
    step = next(times * ten for times in (1, 2, 2.5, 5, 10) if times * ten >= rough * (1 - 1e-9))
    first = floor(low / step) + 1
    return [round(step * n, 10) for n in range(first, first + 5) if low < step * n <= high][:4]
