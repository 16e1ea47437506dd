"""Since when: what became of a group's ratio, and every group's ratio in every period."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from loti_dash import change_notes, change_tables, change_texts, changes
from loti_dash.charts import trend
from loti_dash.definitions import Indicator
from loti_dash.export.figure import Figure
from loti_dash.over_time import in_order, over_time
from loti_dash.page_figures.seen import Seen, of_view
from loti_dash.periods import Period
from loti_dash.selection import Selection
from loti_dash.store import Store

# What the figure is called in an address, and there a period that was not chosen.
NAME, _NONE = "over_time", "-"
# The first and the last period of a change, by their ids.
Pair = tuple[str | None, str | None]
_UNKNOWN = "For how many ethnicity is not known stands beside each period, in the table."


@dataclass(frozen=True)
class Since:
    """An area over time: its rows, periods and breaks, what to compare, the chart and table."""

    rows: pd.DataFrame
    periods: list[Period]
    breaks: list[tuple[Period, str]]
    usual: tuple[str, str] | None
    chart: dict[str, Any] | None
    how_to_read: str
    alt: str
    table: pd.DataFrame


def since(store: Store, selection: Selection) -> Since | None:
    """Return what there is to show over time, if anything. The selection names its release."""
    catalogue = store.catalogue
    indicator = catalogue.indicators[selection.indicator]
    rows = over_time(store, selection)
    if rows.empty:
        return None
    periods = in_order(catalogue, indicator, rows["period"])
    broken = [
        (each, why)
        for each, why in catalogue.breaks_of(indicator)
        if periods[0].starts < each.starts <= periods[-1].starts
    ]
    anew = [each for each, _ in broken]
    chart = trend.trend(rows, periods, anew, selection.group)
    return Since(
        rows,
        periods,
        broken,
        changes.usual_pair(catalogue, indicator, rows),
        chart,
        trend.how_to_read(rows, anew) if chart else "",
        change_tables.alt(catalogue, indicator, rows, selection.group, periods),
        change_tables.by_period(rows, indicator, periods),
    )


def measured(indicator: Indicator, of: Since) -> str:
    """Return what the chart measures, of whom, where and when."""
    first = of.rows.iloc[0]
    counted = f"{indicator.numerator.label} for every {indicator.per:,}"
    return (
        f"Ratio of rates, {counted} {indicator.denominator.label}, compared with "
        f"{first['reference']}. {first['area']}, every period there is."
    )


def breaks(of: Since) -> list[str]:
    """Return a line for each break."""
    return change_texts.break_notes([(period.label, why) for period, why in of.breaks])


def name(of: Since, pair: Pair) -> str:
    """Return what the figure is called in an address: with its periods, if others than usual."""
    if pair == (of.usual or (None, None)):
        return NAME
    return "/".join([NAME, *(each or _NONE for each in pair)])


def pair_of(of: Since, name_: str) -> Pair:
    """Return the two periods of a name that `name` gave."""
    parts = name_.split("/")[1:]
    if len(parts) != len(("first", "last")):
        return of.usual or (None, None)
    first, last = (None if each == _NONE else each for each in parts)
    return first, last


def said(store: Store, selection: Selection, of: Since, pair: Pair) -> tuple[str, str, str]:
    """Return what is said of the change between two periods, what stands beside it, and cautions.

    Where a reader has not chosen yet and there is nothing to compare, why not.
    """
    catalogue, indicator = store.catalogue, store.catalogue.indicators[selection.indicator]
    first, last = pair
    trend_ = changes.trend(indicator, of.rows, selection.group)
    over = change_texts.trend(catalogue, indicator, trend_)
    asked = (first, last) if first and last else None
    change = (
        changes.change(catalogue, indicator, of.rows, selection.group, asked) if asked else None
    )
    if change is not None:
        return (
            change_texts.headline(catalogue, indicator, change),
            f"{change_notes.beside(catalogue, indicator, change)} {over}".rstrip(),
            change_notes.beware(catalogue, indicator, change),
        )
    if asked and asked != of.usual:
        why = change_texts.nothing_between(catalogue, indicator, of.rows, selection.group, asked)
    else:
        why = change_texts.no_change(catalogue, indicator, of.rows, selection.group)
    return why, over, ""


def figure(
    store: Store, selection: Selection, seen: Seen, of: Since, pair: Pair, address: str
) -> Figure:
    """Return what is taken away: the change in words, the chart of all periods, and its table."""
    indicator = store.catalogue.indicators[selection.indicator]
    change, more, beware = said(store, selection, of, pair)
    return of_view(
        store,
        selection,
        seen,
        f"{change} {more}".rstrip(),
        address,
        papers={"Unknown": beware or _UNKNOWN},
        title=change,
        what=f"{indicator.title}. {measured(indicator, of)}",
        table=of.table,
        chart=of.chart,
        alt=of.alt,
        how_to_read=of.how_to_read,
        signs=" ".join(breaks(of)),
        rows=of.rows,
    )
