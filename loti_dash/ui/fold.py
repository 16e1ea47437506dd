"""The fold below a figure: its files, the words to cite and the address, on every page alike.

Nothing of it is made, or sent to the browser, before somebody opens it.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from loti_dash import analysis
from loti_dash.catalogue import Catalogue
from loti_dash.definitions import Indicator
from loti_dash.errors import LotiError
from loti_dash.export.csv import csv
from loti_dash.export.figure import Figure
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui import page, take_away
from loti_dash.ui.view import view
from loti_dash.ui.withdrawn import while_served

# What a fold is called, before what is in it.
NAME = "Take this figure with you"


def fold(
    store: Store,
    name: str,
    what: str,
    of: Iterable[Indicator],
    make: Callable[[], Figure],
    numbers: bool = False,
) -> None:
    """Draw the fold of a figure of some indicators, which `make` makes as the page shows it.

    `name` is that of its files, without an ending, and `what` says in few words what is in it:
    both once on a page. `numbers` offers the rows behind it as CSV, where the page does not offer
    all its figures anyway.
    """
    _fold(store, name, what, list(of), make, numbers)


# Only the fold is drawn anew when it is opened.
@st.fragment
def _fold(
    store: Store,
    name: str,
    what: str,
    of: list[Indicator],
    make: Callable[[], Figure],
    numbers: bool,
) -> None:
    inside = st.expander(f"{NAME}: {what}", on_change="rerun", key=f"take-{name}")
    if not inside.open:
        return
    with inside:
        try:
            figure = while_served(store, of, make)()
        except LotiError as error:
            page.stop(error)
        with st.container(horizontal=True):
            for label, ending, data in _files(store, figure, numbers):
                file = f"{name}_{store.release}{ending}"
                take_away.button(label, while_served(store, of, data), file)
        st.write("**To cite it**")
        st.text(figure.citation(page.PRODUCT, date.today()))
        st.write("**The address of this view**")
        st.text(figure.papers["Address"])


def _files(
    store: Store, figure: Figure, numbers: bool
) -> list[tuple[str, str, Callable[[], str | bytes]]]:
    """Return the files there are of a figure: what each is called, how it ends, what makes it."""
    found: list[tuple[str, str, Callable[[], str | bytes]]] = [
        ("Table (CSV)", ".csv", figure.csv),
        ("Workbook (XLSX)", ".xlsx", partial(figure.workbook, page.PRODUCT)),
    ]
    if numbers:
        rows = partial(_numbers, store.catalogue, figure)
        found.append(("Numbers, not rounded (CSV)", "_numbers.csv", rows))
    if figure.chart is not None:
        found += [("Chart (PNG)", ".png", figure.png), ("Chart (SVG)", ".svg", figure.svg)]
    return found


def _numbers(catalogue: Catalogue, figure: Figure) -> str:
    assert figure.rows is not None, "numbers are offered of rows only"
    cautions = dict.fromkeys(figure.rows["area_code"].astype(str), figure.cautions)
    return csv(figure.rows[analysis.COLUMNS], catalogue, cautions, figure.papers["Address"])


def of_view(
    store: Store,
    selection: Selection,
    said: str,
    *,
    papers: Mapping[str, str] | None = None,
    **shown: Any,
) -> Figure:
    """Return a figure of the page of a domain, with the cautions and papers of its view.

    `papers` are those that are others than the view's, and `shown` the further fields of a
    figure, as the page shows it.
    """
    of = take_away.taken(store, selection, view(store, selection), said)
    own = {name: text for name, text in of.papers().items() if name != "Shown"}
    return Figure(
        said=said,
        papers={**own, **(papers or {})},
        cautions=of.found,
        sources=store.catalogue.sources_of(of.indicator),
        **shown,
    )
