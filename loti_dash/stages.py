"""At which step of a process a difference arises: against the population, and the step before.

The ratios are those of the comparison table, and are withheld where it withholds them. Ratios of
steps are multiplied only where each counts a part of the one before.
"""

from dataclasses import dataclass, replace

import pandas as pd

from loti_dash import analysis, coverage, earlier, notices, options, stage_cautions, stage_counts
from loti_dash.caveats import Found, applying_to
from loti_dash.definitions import Indicator
from loti_dash.processes import Process, Step
from loti_dash.shown import as_shown
from loti_dash.stage_counts import AGAINST, Against
from loti_dash.stage_products import products
from loti_dash.stage_ratios import compared, indicator_in
from loti_dash.store import Store
from loti_dash.wording import people, place

# Beside the columns of the comparison table. `of` and `of_period` are what a ratio is set
# against; `nests` says whether all who are counted are counted by the step before too.
OF_STEPS = "step label against counted of period_label of_period place_basis nests note".split()
COLUMNS = [*OF_STEPS, *analysis.COLUMNS]


@dataclass(frozen=True)
class Stages:
    """A process in one area and period, compared with one reference group.

    `table` has two rows for each step and ethnic group: `against` the `population`, and against
    the `previous` step. `cautions` are those of all its figures, the worst first, and
    `indicators` the definitions of its ratios. `products` are those of steps that nest.
    """

    process: Process
    table: pd.DataFrame
    cautions: list[Found]
    indicators: list[Indicator]
    products: pd.DataFrame


def stages(store: Store, process: Process, area: str, period: str, reference: str) -> Stages:
    """Return the steps of a process in an area and period, every group compared with another.

    A ratio that there is no step, population or figure for is missing, with `status_reason`.
    """
    there = stage_counts.places(store, process)
    there = there[(there["area_code"] == area) & (there["period_id"] == period)]
    tables: list[pd.DataFrame] = []
    cautions: list[stage_cautions.OfStep] = []
    indicators: list[Indicator] = []
    defined: list[Indicator] = []
    for step in process.steps:
        for against in AGAINST:
            indicator = indicator_in(store, process, step, there, against)
            rows = compared(store, indicator, period, area, reference)
            defined.append(indicator)
            where = place(str(rows["area"].iloc[0]))
            why = _withdrawn(store, indicator) or _why_none(process, step, there, against, where)
            if why:
                first = against == "previous" and not step.before
                rows = _without_ratio(rows, "not_applicable" if first else "not_available", why)
            else:
                found = _cautions(store, indicator, period, area, rows, against)
                rows = as_shown(rows, {area: found})
                cautions += [stage_cautions.OfStep(step.label, each) for each in found]
                indicators.append(indicator)
            tables.append(_named(store, rows, step, against, indicator, period))
    table = pd.concat(tables, ignore_index=True)
    compared_with = people(
        store.catalogue,
        replace((indicators or defined)[0], people=process.people),
        reference,
        analysis.REFERENCES[reference],
    )
    return Stages(
        process,
        table,
        stage_cautions.together(store.catalogue, cautions, table, compared_with),
        indicators,
        products(store, process, there, area, period, reference, table),
    )


def side(rows: pd.DataFrame, against: Against) -> pd.DataFrame:
    """Return the rows of one of the two readings."""
    return rows[rows["against"] == against]


def _withdrawn(store: Store, indicator: Indicator) -> str:
    """Return the notice in the place of what a ratio would be of; "" if nothing was withdrawn."""
    for series in (indicator.numerator.series, indicator.denominator.series):
        if series in store.withdrawn:
            return notices.words(store.withdrawn[series])
    return ""


def _why_none(
    process: Process, step: Step, there: pd.DataFrame, against: Against, where: str
) -> str:
    """Return why a step cannot have a ratio, whatever the counts; "" if it can."""
    if step.id not in set(there["step"]):
        return f"There are no figures on {step.counted} for {where} at this time."
    if against == "population":
        return process.population.none
    if not step.before:
        return "This is the first step."
    if step.before not in set(there["step"]):
        counted = process.step(step.before).counted
        return f"There are no figures on {counted} for {where} at this time."
    return ""


def _without_ratio(rows: pd.DataFrame, status: str, why: str) -> pd.DataFrame:
    none = rows["ratio"].isna()
    assert none.all(), "a ratio without anything to divide by"
    return rows.assign(status=status, status_reason=why, denominator=float("nan"))


def _cautions(
    store: Store,
    indicator: Indicator,
    period: str,
    area: str,
    rows: pd.DataFrame,
    against: Against,
) -> list[Found]:
    """Return what to beware of in a ratio of a step.

    Where it is an indicator of its own, also what changed since the period before, and whether
    whom it is compared with turns it round: of other ratios no release keeps what to compare.
    """
    catalogue = store.catalogue
    unknown, known = float(rows["_unknown_of"].iloc[0]), float(rows["_all_of"].iloc[0])
    share = unknown / (unknown + known) if against == "previous" and unknown + known else 0.0
    looked_at = stage_counts.as_stage(indicator) if against == "previous" else indicator
    if indicator.id not in catalogue.indicators:
        return applying_to(catalogue, looked_at, period, rows, area, share)
    complete = coverage.completeness(store, indicator, stage_counts.LEVEL)
    before = earlier.before(store, indicator, complete, period, stage_counts.LEVEL)
    others = _with_each_reference(store, indicator, period, area)
    return applying_to(catalogue, looked_at, period, rows, area, share, before.get(area), others)


def _with_each_reference(
    store: Store, indicator: Indicator, period: str, area: str
) -> pd.DataFrame | None:
    """Return the rows of an area once for each reference on offer, as references.tables does."""
    counts = store.query(
        "counts_of",
        indicator=indicator.id,
        period=period,
        level=stage_counts.LEVEL,
        viewer_areas=[],
    )
    counts = counts[counts["area_code"] == area]
    tables = [
        analysis.comparison(counts, store.catalogue, store.release, each)
        for each in options.references(indicator, store.catalogue)
    ]
    return pd.concat(tables, ignore_index=True) if len(counts) else None


def _named(
    store: Store,
    rows: pd.DataFrame,
    step: Step,
    against: Against,
    indicator: Indicator,
    period: str,
) -> pd.DataFrame:
    catalogue, of = store.catalogue, indicator.denominator
    then = catalogue.denominator_period(indicator, period).label if of.series else ""
    return rows.assign(
        step=step.id,
        label=step.label,
        against=against,
        counted=indicator.numerator.label,
        of=of.label,
        period_label=catalogue.period(indicator, period).label,
        of_period=then,
        place_basis=catalogue.series[indicator.numerator.series].place_basis,
        nests=step.nests,
        note=step.note,
    )[COLUMNS]
