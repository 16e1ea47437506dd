"""What a worked example gives to a measure: published counts, or what follows from them.

Each ingredient of measure_words.py is one entry of the table at the end.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from loti_dash import figures, measures
from loti_dash.catalogue import Catalogue
from loti_dash.caveat_view import listed
from loti_dash.comparators import Sides, sides
from loti_dash.definitions import Indicator
from loti_dash.measure_words import Example, Ingredient
from loti_dash.measures import Rate
from loti_dash.wording import place

_KEYS = ["period_id", "area_code", "group_code"]
_COMPARED: set[Ingredient] = {
    *("reference", "reference_rate", "reference_denominator", "before", "after"),
    *("ratio", "ratio_low", "ratio_high", "p_value", "excess"),
}


@dataclass(frozen=True)
class Drawn:
    """The counts of an example: a row for every period, area and group, in that order."""

    indicator: Indicator
    example: Example
    rows: pd.DataFrame
    of: Sides

    @property
    def compared(self) -> bool:
        """Whether the counts of those compared with go in, and are not among the groups."""
        uses = _COMPARED & set(self.example.arguments.values())
        return bool(uses) and self.example.reference not in self.example.groups


def drawn(definitions: Catalogue, counts: pd.DataFrame, example: Example) -> Drawn | None:
    """Return the counts of an example among those of a release, or None if it lacks them."""
    indicator = definitions.indicators.get(example.indicator)
    of = (counts["indicator_id"] == example.indicator) & (counts["level"] == example.level)
    here = counts[of].astype(dict.fromkeys(_KEYS, str)).set_index(_KEYS)
    every = [example.periods, example.areas, example.groups]
    wanted = pd.MultiIndex.from_product(every, names=_KEYS)
    if indicator is None or not wanted.isin(here.index).all():
        return None
    rows = here.loc[wanted].reset_index()
    kinds: pd.Categorical[Any] = pd.Categorical([indicator.denominator_type] * len(rows))
    of_rows = sides(rows, kinds, example.reference, definitions.parts)
    return Drawn(indicator, example, rows, of_rows)


def taken(ingredient: Ingredient, of: Drawn) -> Any:
    """Return an ingredient of an example: a number if it has one row, else an array."""
    return _TAKEN[ingredient](of)


def group(of: Drawn) -> Rate:
    """Return the counts of the groups."""
    return _one_each(of.of.group)


def reference(of: Drawn) -> Rate:
    """Return the counts of those compared with, without the group itself."""
    return _one_each(of.of.apart)


def names(definitions: Catalogue, of: Drawn) -> list[dict[str, str]]:
    """Return what each row is about: its group, and area and period if there are several."""
    example, names = of.example, []
    for period, area, code in product(example.periods, example.areas, example.groups):
        name = {}
        if (
            of.compared
            or len(example.groups) > 1
            or len(example.areas) == len(example.periods) == 1
        ):
            name["Ethnicity"] = definitions.short_labels[code]
        if len(example.areas) > 1:
            name["Area"] = definitions.area_name(of.indicator, area)
        if len(example.periods) > 1:
            name["Period"] = definitions.period(of.indicator, period).label
        names.append(name)
    return names


def where(definitions: Catalogue, of: Drawn) -> str:
    """Return what was counted, of whom, where and when, and for how many nothing is known."""
    indicator, example = of.indicator, of.example
    areas = [place(definitions.area_name(indicator, area)) for area in example.areas]
    periods = [definitions.period(indicator, each).label for each in example.periods]
    then = [definitions.denominator_period(indicator, each).label for each in example.periods]
    counted, population = indicator.numerator.label, indicator.denominator.label
    of_when = "" if then == periods else f" ({then[0]})"
    group = "" if len(example.groups) > 1 else f", {definitions.short_labels[example.groups[0]]}"
    each = of.rows.drop_duplicates(["period_id", "area_code"])
    unknown = each["unknown"].sum(min_count=1)
    share = unknown / (unknown + each["all_numerator"].sum())
    known = (
        f"Ethnicity is not known for {figures.percent(share)} of those counted."
        if share >= 0
        else "The source does not say for how many ethnicity is not known."
    )
    return (
        f"{indicator.title}{group}, {listed(areas)}, {listed(periods)}: {counted} out of "
        f"{population}{of_when}. {known}"
    )


def _own_reference(of: Drawn) -> Rate:
    """Return the counts of the reference group, in its own row as well."""
    name = of.example.reference
    return Rate(*(_one(of.rows[f"{name}_{side}"]) for side in ("numerator", "denominator")))


def _limits(of: Drawn) -> tuple[Any, Any]:
    limits: tuple[Any, Any] = measures.ratio_interval(group(of), reference(of), _kind(of))
    return limits


def _pair(of: Drawn, row: int) -> tuple[Rate, Rate]:
    """Return group and reference group in one row: the first period, or the last."""
    both = of.of.at(np.array([row % len(of.rows)]))
    return _one_each(both.group), _one_each(both.apart)


def _of_last(of: Drawn) -> Any:
    """Return the rate of the last row, for one person: an area that holds the others."""
    return measures.per(1, _pair(of, -1)[0])


def _kind(of: Drawn) -> Any:
    return of.indicator.denominator_type


def _one(column: Any) -> Any:
    values = np.asarray(column, dtype=float)
    return values.item() if len(values) == 1 else values


def _one_each(rate: Rate) -> Rate:
    return Rate(_one(rate.numerator), _one(rate.denominator))


_TAKEN: dict[Ingredient, Callable[[Drawn], Any]] = {
    "group": group,
    "reference": reference,
    "kind": _kind,
    "per": lambda of: of.indicator.per,
    "numerator": lambda of: group(of).numerator,
    "denominator": lambda of: group(of).denominator,
    "rate": lambda of: measures.per(of.indicator.per, group(of)),
    "reference_rate": lambda of: measures.per(of.indicator.per, _own_reference(of)),
    "reference_denominator": lambda of: _own_reference(of).denominator,
    "all_numerator": lambda of: _one(of.rows["all_numerator"]),
    "all_denominator": lambda of: _one(of.rows["all_denominator"]),
    "share": lambda of: group(of).denominator / _one(of.rows["all_denominator"]),
    "ratio": lambda of: measures.disproportionality_ratio(group(of), reference(of)),
    "ratio_low": lambda of: _limits(of)[0],
    "ratio_high": lambda of: _limits(of)[1],
    "p_value": lambda of: measures.ratio_p_value(group(of), reference(of), _kind(of)),
    "excess": lambda of: measures.excess_count(group(of), reference(of)),
    "unknown": lambda of: _one(of.rows["unknown"]),
    "before": lambda of: _pair(of, 0),
    "after": lambda of: _pair(of, -1),
    "benchmark": _of_last,
}
