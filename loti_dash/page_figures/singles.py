"""The single periods behind several years together, as a table."""

from loti_dash import tables
from loti_dash.export.figure import Figure
from loti_dash.page_figures.seen import Seen, headline, of_view, taken
from loti_dash.selection import Selection
from loti_dash.store import Store

# What it is called in an address.
NAME = "single_periods"


def figure(store: Store, selection: Selection, seen: Seen, address: str) -> Figure:
    """Return the table as it is shown and taken away, with the sentence of the years together."""
    catalogue, rows = store.catalogue, seen.singles
    indicator = catalogue.indicators[selection.indicator]
    first = rows.iloc[0]
    labels = [catalogue.period(indicator, str(id_)).label for id_ in rows["period"]]
    finding = taken(store, selection, seen, headline(store, selection, seen), address).finding
    return of_view(
        store,
        selection,
        seen,
        finding,
        address,
        title=f"The single periods: {first['group']} compared with {first['reference']}",
        what=f"{indicator.title}, {first['area']}. What is shown above is their sum; a sum with a "
        "part that is withheld is withheld too.",
        table=tables.by_period(rows, indicator, labels),
        rows=rows,
    )
