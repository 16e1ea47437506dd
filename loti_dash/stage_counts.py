"""The counts behind the steps of a process: each beside the population, and the step before.

A ratio of a step is defined as any other: by an indicator. Where the catalogue has one of the
same two series, that one is taken, so that this page and the indicator's own cannot disagree.
"""

from dataclasses import replace
from functools import lru_cache
from typing import Literal, get_args

import pandas as pd

from loti_dash.catalogue import Catalogue
from loti_dash.definitions import Count, Indicator, Kind
from loti_dash.groups import UNKNOWN, made_of
from loti_dash.processes import Process, Step
from loti_dash.store import Store

Against = Literal["population", "previous"]
AGAINST: tuple[Against, ...] = get_args(Against)
# Steps are shown for the five groups: later ones have too few people for more.
LEVEL: Literal["5"] = "5"


def places(store: Store, process: Process) -> pd.DataFrame:
    """Return where and when the steps of a process have figures.

    Columns: step, series_id, area_code, period_id; areas published together are one area.
    """
    of_step = [(step.id, series) for step in process.steps for series in step.series]
    steps = pd.DataFrame(of_step, columns=["step", "series_id"])
    found = _figures(store, tuple(sorted(set(steps["series_id"]))))
    offered = found.assign(area_code=found["area_code"].replace(process.joined_areas))
    levels = offered["area_code"].map(lambda code: store.catalogue.areas[code].level)
    offered = offered[levels.isin(process.levels)].drop_duplicates()
    return steps.merge(offered, on="series_id")


def series_in(series: tuple[str, ...], there: pd.DataFrame) -> str:
    """Return the series that has figures among some rows with a series_id, or else the first."""
    return next((each for each in series if each in set(there["series_id"])), series[0])


def indicator_of(
    catalogue: Catalogue, process: Process, step: Step, series: str, against: Against, other: str
) -> Indicator:
    """Return the definition of a step's ratio: `series` divided by the series `other`.

    With `other` "" there is nothing to divide by, and the definition says only what is counted.
    """
    for indicator in catalogue.indicators.values():
        if (indicator.numerator.series, indicator.denominator.series) == (series, other):
            return indicator
    population = process.population
    of = Count(other, population.label, population.period)
    if against == "previous":
        of = Count(other, process.step(step.before).counted if step.before else "", "same")
    counted = catalogue.series[series]
    return Indicator(
        id=f"{process.id}.{step.id}.{against}",
        title=step.label,
        question=process.question,
        why_it_matters=process.why_it_matters,
        domain=process.domain,
        outcomes=(),
        numerator=Count(series, step.counted, "each"),
        denominator=of,
        denominator_type=_kind(step, counted.counts == "events", against),
        counts=counted.counts,
        place_basis=counted.place_basis,
        per=population.per if against == "population" else 100,
        people=process.people,
        finding=step.finding,
        higher_is="neutral",
        reference="white",
        classification=LEVEL,
        joined_areas=process.joined_areas,
        caveats=step.caveats,
        empty="",
        reviewed=process.reviewed,
        next_review=process.next_review,
    )


def other_series(
    store: Store, process: Process, step: Step, against: Against, there: pd.DataFrame
) -> str:
    """Return the series that a step is set against in an area, or "" where there is none.

    `there` are the rows of `places` of that area.
    """
    if against == "previous":
        if not step.before:
            return ""
        rows = there[there["step"] == step.before]
        return series_in(process.step(step.before).series, rows)
    if not process.population.series:
        return ""
    known = _figures(store, process.population.series)
    return series_in(process.population.series, known[known["area_code"].isin(there["area_code"])])


def counts(store: Store, indicator: Indicator, period: str, area: str) -> pd.DataFrame:
    """Return the counts of an indicator in one area and period, as the query `counts` does.

    Also of an indicator that no release lays side by side. A denominator without a series is
    missing.
    """
    catalogue = store.catalogue
    of_list = catalogue.series[indicator.numerator.series].classification
    groups = list(catalogue.shown.get((of_list, LEVEL), ()))
    leaves = _leaves(catalogue, indicator.denominator.series)
    made = [
        (code, part)
        for code in dict.fromkeys([*groups, "white", "white_british"])
        for part in made_of(code, leaves, catalogue.parts) or []
    ]
    joined = [code for code, into in indicator.joined_areas.items() if into == area]
    then = indicator.denominator.period
    found = store.query(
        "stage_counts",
        numerator=indicator.numerator.series,
        period=period,
        denominator=indicator.denominator.series,
        denominator_period=period if then == "same" else then,
        areas=[area, *joined],
        groups=groups,
        made=[code for code, _ in made],
        parts=[part for _, part in made],
        leaves=leaves,
        viewer_areas=[],
    )
    return found.assign(indicator_id=indicator.id, period_id=period, area_code=area, level=LEVEL)


def as_stage(indicator: Indicator) -> Indicator:
    """Return the definition of a ratio against a step before, as caveats look at it.

    What they say of populations, such as more events than residents, is not about steps.
    """
    return replace(indicator, denominator_type="subset_over_set")


@lru_cache(maxsize=64)
def _figures(store: Store, series: tuple[str, ...]) -> pd.DataFrame:
    """Return where and when series have figures; a release never changes."""
    return store.query("stage_places", series=list(series), viewer_areas=[])


def _kind(step: Step, events: bool, against: Against) -> Kind:
    if against == "previous" and step.nests:
        return "subset_over_set"
    return (
        "events_over_population"
        if events or against == "previous"
        else ("persons_over_population")
    )


def _leaves(catalogue: Catalogue, series: str) -> list[str]:
    """Return the groups of a series' list that together are everybody known."""
    if not series:
        return []
    of_list = catalogue.series[series].classification
    return sorted(
        {
            group.code
            for group in catalogue.groups
            if group.classification == of_list and UNKNOWN not in (group.code, group.parent_code)
        }
    )
