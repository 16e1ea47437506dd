"""The fold below a figure, on every page alike: to take it, share it, keep it or report it.

Nothing of it is made, or sent to the browser, before somebody opens it.
"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

import streamlit as st

from loti_dash import analysis
from loti_dash.catalogue import Catalogue
from loti_dash.definitions import Indicator
from loti_dash.errors import LotiError
from loti_dash.export.csv import csv
from loti_dash.export.figure import Figure
from loti_dash.store import Store
from loti_dash.ui import page, report, share, take_away, to_outcome
from loti_dash.ui.withdrawn import while_served
from loti_dash.views import View

# What a fold is called, before what is in it.
NAME = "Take, share or report this figure"
_PRIVATE = (
    "Figures that are not published cannot be shared, kept with an outcome or reported: nobody "
    "but you may see them."
)


def fold(
    store: Store,
    name: str,
    what: str,
    of: Iterable[Indicator],
    make: Callable[[], Figure],
    at: View | Callable[[], View],
    numbers: bool = False,
) -> None:
    """Draw the fold of a figure of some indicators, which `make` makes as the page shows it.

    `name` is that of its files, without an ending, and `what` says in few words what is in it:
    both once on a page. `at` is the view that the figure is of, or tells it when it is opened.
    `numbers` offers the rows behind it as CSV, where the page does not offer all its figures
    anyway.
    """
    _fold(store, name, what, list(of), make, at, numbers)


# Only the fold is drawn anew when it is opened.
@st.fragment
def _fold(
    store: Store,
    name: str,
    what: str,
    of: list[Indicator],
    make: Callable[[], Figure],
    at: View | Callable[[], View],
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
        if store.private:
            # There is no release to cite, and the address shows nothing to anybody else.
            st.caption(_PRIVATE)
            return
        st.write("**To cite it**")
        st.text(figure.citation(page.PRODUCT, date.today()))
        st.write("**The address of this view**")
        st.text(figure.papers["Address"])
        here = at() if callable(at) else at
        share.draw(store, here)
        to_outcome.draw(store, here)
        report.draw(store, here)


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
