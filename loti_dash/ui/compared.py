"""Compared with whom, and with where: other references, and other places, each drawn."""

from functools import partial

import streamlit as st

from loti_dash import place_texts
from loti_dash.export.figure import Figure
from loti_dash.page_figures import compared as figures
from loti_dash.page_figures.comparisons import Compared, Part
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui import fold, show, take_away
from loti_dash.ui.published import remembered
from loti_dash.ui.view import view
from loti_dash.views import View
from loti_dash.wording import place

_WHAT = {
    "references": "by whom it is compared with",
    "places": "the rate beside other places",
    "ratios_of_places": "the ratio beside other places",
}


def draw(store: Store, selection: Selection) -> None:
    """Draw whom the group in focus is compared with, and which places its area is beside."""
    seen = _compared(store, selection)
    names = figures.offered(seen)
    for name in names:
        if name in figures.PARTS:
            _draw(store, selection, name, figures.PARTS[name](store, selection, seen))
    if seen.where is not None and "places" in names:
        indicator = store.catalogue.indicators[selection.indicator]
        show.lines(place_texts.notes(store.catalogue, indicator, seen.where))
    if figures.NEIGHBOURS in names:
        _around(store, selection, seen)


def _draw(store: Store, selection: Selection, name: str, of: Part) -> None:
    """Draw one figure, what is said below it, and its fold."""
    st.subheader(of.title, anchor=False)
    st.caption(of.what)
    show.figure(of.chart, of.alt, of.table, of.table_alt, of.how_to_read)
    if of.after:
        st.write(of.after)
    indicator = store.catalogue.indicators[selection.indicator]
    stem = "_".join((indicator.id, selection.area, selection.period, selection.group, name))
    taken = partial(_taken, store, selection, of)
    at = View.at(indicator.domain, selection.to_params(), name)
    fold.fold(store, stem, _WHAT[name], [indicator], taken, at, numbers=of.rows is not None)


def _taken(store: Store, selection: Selection, of: Part) -> Figure:
    seen = view(store, selection)
    return figures.figure(store, selection, seen, of, _address(store, selection))


@remembered(200)
def _compared(_store: Store, selection: Selection) -> Compared:
    """Return what there is to draw. The selection names its release; published figures only."""
    return figures.compared(_store, selection)


def _around(store: Store, selection: Selection, seen: Compared) -> None:
    """Draw how like here the neighbours are."""
    assert seen.where is not None, "only of a borough"
    here = place(str(seen.where.here["area"]))
    with st.expander(f"How like {here} its statistical neighbours are"):
        st.write(place_texts.ALIKE)
        show.table(seen.near, figures.title_of_neighbours(seen), "How far")
        st.caption(place_texts.alike_sources(store.catalogue))
    indicator = store.catalogue.indicators[selection.indicator]
    taken = partial(figures.neighbours, store, selection, seen, _address(store, selection))
    name = f"{indicator.id}_{selection.area}_neighbours"
    at = View.at(indicator.domain, selection.to_params(), figures.NEIGHBOURS)
    fold.fold(store, name, "its statistical neighbours", [indicator], taken, at)


def _address(store: Store, selection: Selection) -> str:
    return take_away.address(selection, store.catalogue.indicators[selection.indicator].domain)
