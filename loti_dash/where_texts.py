"""The words that go with the drawings of areas: title, caption, how to read them, their stead.

Rows are those of one group, as they are shown.
"""

from collections.abc import Sequence
from math import isnan
from typing import Literal

import pandas as pd

from loti_dash.area_order import Ordered
from loti_dash.catalogue import Catalogue
from loti_dash.definitions import Indicator
from loti_dash.figures import count, percent, rate, ratio
from loti_dash.where import SIGNS, Kind, Measure, Place
from loti_dash.wording import people, reference_people

Shape = Literal["dots", "map", "tiles", "funnel"]

_CLASSES: dict[Kind, str] = {
    "higher": "clearly higher rate than {}",
    "lower": "clearly lower rate than {}",
    "unclear": "we cannot tell whether higher or lower than {}",
    "withheld": "withheld by the publisher to protect people",
    "no_ratio": "no ratio",
}
# How areas that are no boroughs are called in the plural.
_LEVELS = {
    "police_force": "police force areas",
    "ccg": "areas of clinical commissioning groups of the health service",
    "icb": "areas of integrated care boards of the health service",
    "nhs_region": "regions of the health service",
    "country": "whole countries",
}
_SAME_TABLE = "The same figures are in the table below."


def measured(
    catalogue: Catalogue, indicator: Indicator, rows: pd.DataFrame, measure: Measure
) -> str:
    """Return what is measured, of whom, and when."""
    first, counted = rows.iloc[0], indicator.numerator.label
    period = str(first["period"])
    when = catalogue.period(indicator, period).label
    then = catalogue.denominator_period(indicator, period).label
    of = f"for every {indicator.per:,} {indicator.denominator.label}"
    of += "" if then == when else f" ({then})"
    reference = reference_people(catalogue, indicator, first)
    group = people(catalogue, indicator, str(first["group_code"]), str(first["group"]))
    said = {
        "ratio": f"Ratio of rates, {counted} {of}",
        "rate": f"Rate of {group}: {counted} {of}",
        "excess": f"How many more or fewer {counted} than if the rate of {reference} applied: a "
        "description, not a target",
        "sure": f"How sure the difference from {reference} is: {counted} {of}",
    }[measure]
    if measure != "excess" and rows["rate"].isna().all():
        said = f"Counts of {counted}"
    return f"{said}. {when}."


def why_no_map(catalogue: Catalogue, rows: pd.DataFrame) -> str:
    """Return why areas that are not boroughs are drawn as dots only."""
    levels = {catalogue.areas[str(code)].level for code in rows["area_code"]}
    named = [words for level, words in _LEVELS.items() if level in levels]
    of = " and ".join(named) or "London as a whole"
    return (
        f"These figures are published for {of}, not for boroughs, so there is no map: a borough "
        "shaded with the figure of a larger area would say what nobody has counted."
    )


def order(of: Ordered, measure: Measure) -> str:
    """Return in which order areas stand, and why."""
    if not of.by_size:
        return (
            "Areas by name, not by size: a caution that limits use, or a count that is too small, "
            "applies to most of them."
        )
    first = "The most certain first, higher before lower" if measure == "sure" else "Largest first"
    said = f"{first}. Where intervals overlap, the order says nothing of size."
    if of.apart:
        said += (
            " Below the others, by name: areas with a count under 20, without a figure, or with "
            "a caution that limits use."
        )
    return said


def classes(places: Sequence[Place], reference: str) -> str:
    """Return what the signs on places mean: those that occur, and no others."""
    occur = {place.kind for place in places}
    said = [
        f"{SIGNS[kind]} {words.format(reference)}"
        for kind, words in _CLASSES.items()
        if kind in occur
    ]
    return f"{'; '.join(said)}."


def how_to_read(places: Sequence[Place], reference: str, measure: Measure) -> str:
    """Return how to read a drawing of places."""
    shade = {
        "ratio": "Darker is further from the same rate, upwards or downwards, and never better "
        "or worse.",
        "rate": "Darker is a higher rate, whether or not it clearly differs from that of "
        f"{reference}: the sign says so.",
        "excess": "Darker is more people or events above or below that rate. Large boroughs have "
        "more of everybody.",
        "sure": "Darker is more certain, not larger.",
    }[measure]
    joined = sorted(place.name for place in places if place.area_code != place.figures_of)
    together = f" Published together with a neighbour: {' and '.join(joined)}." if joined else ""
    return f"{classes(places, reference)} {shade}{together}"


def alt(
    catalogue: Catalogue,
    indicator: Indicator,
    rows: pd.DataFrame,
    places: Sequence[Place],
    shape: Shape,
    measure: Measure,
) -> str:
    """Return the text that stands for a map or the tiles."""
    first = rows.iloc[0]
    when = catalogue.period(indicator, str(first["period"])).label
    drawing = {"map": "Map of London's boroughs", "tiles": "London's boroughs as equal squares"}
    shaded = {
        "ratio": "by ratio",
        "rate": "by rate",
        "excess": "by how many more or fewer there are",
        "sure": "by how sure a difference is",
    }[measure]
    kinds = [place.kind for place in places]
    counted = [
        f"{words.format(first['reference'])} in {kinds.count(kind)}"
        for kind, words in _CLASSES.items()
        if kind in kinds
    ]
    return (
        f"{drawing.get(shape, 'Dots')}, shaded {shaded}, {when}. {indicator.title}. "
        f"{first['group']}: {', '.join(counted)}. {_range(rows)}{_unknown(rows)}{_SAME_TABLE}"
    )


def dots_alt(catalogue: Catalogue, indicator: Indicator, rows: pd.DataFrame, what: Measure) -> str:
    """Return the text that stands for the dots of a measure."""
    first, column = rows.iloc[0], "ratio" if what == "sure" else what
    when = catalogue.period(indicator, str(first["period"])).label
    name, write = {
        "rate": (f"rates for every {indicator.per:,}", rate),
        "excess": ("how many more or fewer there are", count),
    }.get(what, ("ratios", lambda value: ratio(value, 2)))
    values = rows[column].dropna()
    extent = f" from {write(values.min())} to {write(values.max())}" if len(values) else ": none"
    return (
        f"Chart of {name} by area, {when}. {indicator.title}. {first['group']} compared with "
        f"{first['reference']}:{extent if len(values) else ' none'}. {_unknown(rows)}{_SAME_TABLE}"
    )


def _range(rows: pd.DataFrame) -> str:
    ratios = rows["ratio"].dropna()
    if ratios.empty:
        return ""
    return f"Ratios from {ratio(ratios.min(), 2)} to {ratio(ratios.max(), 2)}. "


def _unknown(rows: pd.DataFrame) -> str:
    low, high = rows["unknown_share"].min(), rows["unknown_share"].max()
    if isnan(high):
        return ""
    shares = percent(high) if low == high else f"{percent(low)} to {percent(high)}"
    return f"Ethnicity not known: {shares}. "
