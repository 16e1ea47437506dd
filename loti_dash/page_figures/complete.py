"""How complete figures are: why ethnicity is not known, where, and since when."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from loti_dash import coverage_texts
from loti_dash.catalogue import Catalogue
from loti_dash.charts import coverage as charts
from loti_dash.charts.areas import in_order
from loti_dash.coverage import Coverage
from loti_dash.definitions import Indicator
from loti_dash.export.figure import Figure
from loti_dash.page_figures.seen import Seen, of_view
from loti_dash.selection import Selection
from loti_dash.store import Store


@dataclass(frozen=True)
class Part:
    """One figure of how complete figures are: its chart, and the table of the same rows."""

    name: str
    title: str
    what: str
    chart: dict[str, Any] | None
    alt: str
    table: pd.DataFrame
    table_alt: str
    how_to_read: str
    folded: str = ""


def figure(store: Store, selection: Selection, seen: Seen, of: Part, address: str) -> Figure:
    """Return one figure as it is taken away."""
    indicator = store.catalogue.indicators[selection.indicator]
    return of_view(
        store,
        selection,
        seen,
        f"{of.title}.",
        address,
        title=of.title,
        what=f"{indicator.title}. {of.what}",
        table=of.table,
        chart=of.chart,
        alt=of.alt,
        how_to_read=of.how_to_read,
    )


def _when(catalogue: Catalogue, indicator: Indicator, of: Coverage) -> str:
    return catalogue.period(indicator, str(of.here["period"])).label


def _states(catalogue: Catalogue, indicator: Indicator, of: Coverage) -> Part:
    where = f"{of.here['area']}, {_when(catalogue, indicator, of)}"
    return Part(
        "why_ethnicity_is_not_known",
        coverage_texts.title_of_states(of),
        f"Share of all {coverage_texts.counted(indicator, of)}. {where}.",
        charts.by_state(of.states, "set_share" if of.of_set else "share"),
        coverage_texts.alt_of_states(catalogue, indicator, of),
        coverage_texts.table_of_states(indicator, of),
        f"Why ethnicity is not known. {where}",
        "",
    )


def _areas(catalogue: Catalogue, indicator: Indicator, of: Coverage) -> Part:
    rows, label = in_order(of.by_area), _when(catalogue, indicator, of)
    return Part(
        "unknown_ethnicity_by_area",
        coverage_texts.title_of_areas(rows),
        f"{_share(indicator)}. Areas by name, {label}.",
        charts.by_area(rows, str(of.here["area_code"])),
        coverage_texts.alt_of_areas(catalogue, indicator, of),
        coverage_texts.table_of_shares(indicator, rows, rows["area"].to_list(), "Area"),
        f"Share of unknown ethnicity by area, {label}",
        coverage_texts.how_to_read(indicator, rows),
        "Shares by area as a table",
    )


def _times(catalogue: Catalogue, indicator: Indicator, of: Coverage) -> Part:
    rows = of.over_time
    periods = [catalogue.period(indicator, str(id_)) for id_ in rows["period"]]
    labels = [period.label for period in periods]
    return Part(
        "unknown_ethnicity_over_time",
        coverage_texts.title_of_time(of),
        f"{_share(indicator)}. {of.here['area']}, every period there is.",
        charts.over_time(rows, periods, str(of.here["period"])),
        coverage_texts.alt_of_time(catalogue, indicator, of),
        coverage_texts.table_of_shares(indicator, rows, labels, "Period"),
        f"Share of unknown ethnicity over time. {of.here['area']}",
        coverage_texts.how_to_read(indicator, rows, periods),
        "Shares over time as a table",
    )


def _share(indicator: Indicator) -> str:
    return f"Share of {indicator.numerator.label} of unknown ethnicity"


# Each figure by its name in an address, in the order in which they are drawn.
PARTS: dict[str, Callable[[Catalogue, Indicator, Coverage], Part]] = {
    "why_ethnicity_is_not_known": _states,
    "unknown_ethnicity_by_area": _areas,
    "unknown_ethnicity_over_time": _times,
}
