"""Every measure worked out on published counts of a release, as its definition says.

Nothing of an answer is stored: the counts are those of the release that is open, and the
function is the one that makes the comparison table.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import isnan
from typing import Any
from urllib.parse import urlencode

import numpy as np
import pandas as pd

from loti_dash import catalogue, config, figures, ingredients, measures
from loti_dash.analysis import REFERENCES
from loti_dash.catalogue import Catalogue
from loti_dash.definitions import Indicator
from loti_dash.ingredients import Drawn
from loti_dash.measure_words import Measure, Written
from loti_dash.measures import Rate
from loti_dash.selection import Selection
from loti_dash.store import Store

MISSING = "cannot be calculated"
_RATES = ("rate", "per_person")
_KINDS = {
    "events_over_population": "events, which can happen again to the same people",
    "persons_over_population": "people, each counted once, out of a population",
    "subset_over_set": "those counted are a part of those they are divided by",
}
# What goes in beside the counts of the table, by ingredient: its name, and how it is written.
_BESIDE: dict[str, tuple[str, Written]] = {
    "all_numerator": ("Counted in all groups together", "count"),
    "all_denominator": ("Out of, in all groups together", "count"),
    "share": ("Share of the group in all groups together", "share"),
    "ratio": ("Ratio", "ratio"),
    "ratio_low": ("Lower limit of the ratio", "ratio"),
    "ratio_high": ("Upper limit of the ratio", "ratio"),
    "excess": ("Excess, not rounded", "number"),
    "unknown": ("Counted, of unknown ethnicity", "count"),
    "p_value": ("p-value", "p_value"),
}


@dataclass(frozen=True)
class Worked:
    """An example in words: which counts, the page that shows them, what goes in, what comes out.

    `table` has a row for each pair of counts, and a column for an answer that differs by row;
    `given` is what else goes in, and `answers` are the answers that are one, as lines.
    """

    where: str
    link: str
    table: pd.DataFrame
    given: tuple[str, ...]
    answers: tuple[str, ...]


@cache
def of_release(store: Store) -> Mapping[str, Worked]:
    """Return the measures that a release has the counts for, worked out once for all readers."""
    explained = catalogue.measures(config.CATALOGUE)
    examples = [measure.example for measure in explained.values()]
    counts = store.query(
        "counts",
        indicators=sorted({each.indicator for each in examples}),
        periods=sorted({period for each in examples for period in each.periods}),
        level="",
        viewer_areas=[],
    )
    found = {id_: worked(store, counts, measure) for id_, measure in explained.items()}
    return {id_: each for id_, each in found.items() if each is not None}


def worked(store: Store, counts: pd.DataFrame, measure: Measure) -> Worked | None:
    """Return a measure worked out on some of the counts of a release, or None if it lacks them."""
    example = measure.example
    of = ingredients.drawn(store.catalogue, counts, example)
    if of is None:
        return None
    arguments = {name: ingredients.taken(what, of) for name, what in example.arguments.items()}
    found = getattr(measures, measure.id)(**arguments)
    answers = found if isinstance(found, tuple) else (found,)
    beside = [
        (*_BESIDE[what], arguments[name])
        for name, what in example.arguments.items()
        if what in _BESIDE
    ]
    given, of_rows = _split(beside, of)
    told, answers_of_rows = _split(
        ((*gives, each) for gives, each in zip(example.gives.items(), answers, strict=True)), of
    )
    if "kind" in example.arguments.values():
        given.append(f"Counted: {_KINDS[of.indicator.denominator_type]}")
    return Worked(
        f"{ingredients.where(store.catalogue, of)} Release {store.release}.",
        _link(store.release, of),
        _table(store.catalogue, of, of_rows | answers_of_rows),
        tuple(given),
        tuple(told),
    )


def written(how: Written, value: Any, indicator: Indicator, unit: bool = True) -> str:
    """Return an answer as a reader meets it: rounded, and a rate with or without its unit."""
    if how == "word":
        return str(value)
    if isnan(value):
        return MISSING
    if how in _RATES:
        said = figures.rate(value * (indicator.per if how == "per_person" else 1))
        return f"{said} for every {indicator.per:,}" if unit else said
    if how == "p_value":
        return "under 0.001" if value < 0.001 else figures.ratio(value, 3)
    return {
        "ratio": figures.ratio(value, 2),
        "count": figures.count(value),
        "number": figures.ratio(value, 1),
        "percent": figures.percent(value / 100),
        "share": figures.percent(value),
    }[how]


def _link(release: str, of: Drawn) -> str:
    """Return the address of the page with these counts: of its first area, and last period."""
    chosen = Selection(
        of.indicator.id,
        of.example.areas[0],
        of.example.periods[-1],
        of.example.groups[0],
        of.example.reference,
        of.example.level,
        release,
    )
    return f"{of.indicator.domain}?{urlencode(chosen.to_params())}"


def _split(
    found: Iterable[tuple[str, Written, Any]], of: Drawn
) -> tuple[list[str], dict[str, list[str]]]:
    """Return what is one number, as lines, and what differs by row, as columns."""
    lines, columns = [], {}
    for name, how, value in found:
        if np.ndim(value):
            head = f"{name}, for every {of.indicator.per:,}" if how in _RATES else name
            columns[head] = [
                "compared with" if own else written(how, each, of.indicator, unit=False)
                for each, own in zip(value, of.of.same, strict=True)
            ]
        else:
            lines.append(f"{name}: {written(how, value, of.indicator)}")
    return lines, columns


def _table(definitions: Catalogue, of: Drawn, more: dict[str, list[str]]) -> pd.DataFrame:
    """Return the counts that go in, a row for each, and those compared with below them."""
    names = ingredients.names(definitions, of)
    head = ", ".join(names[0]).capitalize()
    counts = {"Count": of.of.group.numerator, "Out of": of.of.group.denominator}
    table = pd.DataFrame({"name": [", ".join(name.values()) for name in names]} | counts)
    if of.compared:
        them = of.of.apart
        label = REFERENCES[of.example.reference]
        label = label[0].upper() + label[1:]
        others = [", ".join((name | {"Ethnicity": label}).values()) for name in names]
        below = pd.DataFrame({"name": others, "Count": them.numerator, "Out of": them.denominator})
        assert not more, "an answer for each row stands beside one row each"
        table = pd.concat([table, below])
    indicator = of.indicator
    rates = measures.per(indicator.per, Rate(table["Count"], table["Out of"]))
    shown = {
        side: ["not available" if isnan(each) else figures.count(each) for each in table[side]]
        for side in ("Count", "Out of")
    }
    shown[f"Rate for every {indicator.per:,}"] = [
        MISSING if isnan(each) else figures.rate(each) for each in rates
    ]
    return pd.DataFrame(shown | more, index=pd.Index(table["name"], name=head))
