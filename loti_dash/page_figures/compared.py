"""One group compared with other references and other places: all of it, and each figure of it."""

from collections.abc import Callable

import pandas as pd

from loti_dash import alike, beside, place_texts, reference_texts, references
from loti_dash.charts import compared as charts
from loti_dash.export import papers
from loti_dash.export.figure import Figure
from loti_dash.page_figures import comparisons
from loti_dash.page_figures.comparisons import Compared, Part
from loti_dash.page_figures.seen import Seen, of_view
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.wording import place

# Each figure by the name of it in an address and in the names of its files.
PARTS: dict[str, Callable[[Store, Selection, Compared], Part]] = {
    "references": comparisons.whom,
    "places": comparisons.rates,
    "ratios_of_places": comparisons.ratios,
}
NEIGHBOURS = "neighbours"
_NONE_UNKNOWN = (
    "In the Census nobody is of unknown ethnicity: its publisher estimates what is missing."
)


def compared(store: Store, selection: Selection) -> Compared:
    """Return what there is to draw. The selection names its release."""
    whom = references.of_group(store, selection, references.tables(store, selection))
    names = reference_texts.names(whom)
    where = beside.of_view(store, selection)
    rates = ratios = None
    near = pd.DataFrame()
    if where is not None:
        here, there = place(str(where.here["area"])), [str(a) for a in where.there["area"]]
        rates = charts.compared(
            where.rates, there, "times the rate there", f"same rate as in {here}"
        )
        ratios = charts.compared(
            where.ratios, there, "times the ratio there", f"same ratio as in {here}"
        )
        near = place_texts.table_of_neighbours(
            store.catalogue, selection.area, where.near, alike.residents(store)
        )
    return Compared(
        whom,
        charts.compared(whom, names, "times the rate of those compared with", "same rate"),
        where,
        rates,
        ratios,
        near,
    )


def offered(of: Compared) -> list[str]:
    """Return the names of the figures there are, in the order in which they are drawn."""
    found = ["references"] if of.whom["ratio"].notna().any() else []
    if of.where is not None and not pd.isna(of.where.here["rate"]):
        found += ["places"]
        found += ["ratios_of_places"] if of.where.ratios["ratio"].notna().any() else []
        found += [NEIGHBOURS] if len(of.near) else []
    return found


def figure(store: Store, selection: Selection, seen: Seen, of: Part, address: str) -> Figure:
    """Return one figure as it is taken away."""
    indicator = store.catalogue.indicators[selection.indicator]
    return of_view(
        store,
        selection,
        seen,
        of.said,
        address,
        title=of.title,
        what=f"{indicator.title}. {of.what}",
        table=of.table,
        chart=of.chart,
        alt=of.alt,
        how_to_read=of.how_to_read,
        signs=of.signs,
        rows=of.rows,
        series=of.series,
    )


def title_of_neighbours(of: Compared) -> str:
    """Return what the table of neighbours shows."""
    assert of.where is not None, "only of a borough"
    here = place(str(of.where.here["area"]))
    return f"{here} and its statistical neighbours: who lives there, and deprivation"


def neighbours(store: Store, selection: Selection, of: Compared, address: str) -> Figure:
    """Return the table of neighbours: of two other sources than the figures of the page."""
    catalogue, what = store.catalogue, title_of_neighbours(of)
    sources = [catalogue.sources[id_] for id_ in ("census_2021", "deprivation")]
    return Figure(
        title=what,
        what=place_texts.ALIKE,
        said=f"{what}.",
        table=of.near,
        cautions=[],
        papers=papers.of_sources(sources, store.release, address) | {"Unknown": _NONE_UNKNOWN},
        sources=sources,
        indicators=[catalogue.indicators[selection.indicator]],
        series=[alike.RESIDENTS],
    )
