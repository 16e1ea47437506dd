"""The figure of the ethnic groups of an area: the main one of the page of a domain."""

import pandas as pd

from loti_dash import chart_texts, tables
from loti_dash.charts import forest
from loti_dash.export.figure import Figure
from loti_dash.page_figures.seen import Seen, headline, of_view, taken
from loti_dash.selection import Selection
from loti_dash.store import Store


def figure(store: Store, selection: Selection, seen: Seen, address: str) -> Figure:
    """Return the figure of the groups of an area, under the headline of its page."""
    catalogue, indicator = store.catalogue, store.catalogue.indicators[selection.indicator]
    finding = taken(store, selection, seen, headline(store, selection, seen), address).finding
    return of_view(
        store,
        selection,
        seen,
        finding,
        address,
        title=chart_texts.groups_title(seen.here),
        what=f"{indicator.title}. {measured(store, selection, seen)}",
        table=tables.by_group(seen.here, indicator),
        chart=seen.groups,
        alt=chart_texts.forest_alt(catalogue, indicator, seen.here, selection.group),
        how_to_read=forest.how_to_read(seen.here),
        rows=seen.here,
    )


def measured(store: Store, selection: Selection, seen: Seen) -> str:
    """Return what the groups of an area are measured by, when those were counted, and where."""
    return f"{_measure(store, selection, seen.here)}. {where_and_when(store, selection, seen)}"


def where_and_when(store: Store, selection: Selection, seen: Seen) -> str:
    """Return the area and the period, as a line under a title says them."""
    indicator = store.catalogue.indicators[selection.indicator]
    first = seen.here.iloc[0]
    return f"{first['area']}, {store.catalogue.period(indicator, str(first['period'])).label}."


def _measure(store: Store, selection: Selection, rows: pd.DataFrame) -> str:
    """Return what rows measure, of whom, and when those were counted if at another time."""
    catalogue, indicator = store.catalogue, store.catalogue.indicators[selection.indicator]
    counted, of = indicator.numerator.label, indicator.denominator.label
    if rows["ratio"].isna().all():
        return f"Counts of {counted}"
    id_ = str(rows["period"].iloc[0])
    then = catalogue.denominator_period(indicator, id_).label
    when = "" if then == catalogue.period(indicator, id_).label else f" ({then})"
    return f"Ratio of rates, {counted} for every {indicator.per:,} {of}{when}"
