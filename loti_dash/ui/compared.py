"""Compared with whom, and with where: other references, and other places, each drawn."""

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from loti_dash import alike, beside, place_texts, reference_texts, references
from loti_dash.beside import Beside
from loti_dash.charts import compared as charts
from loti_dash.export import papers
from loti_dash.export.figure import Figure
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui import comparisons, fold, show, take_away
from loti_dash.ui.comparisons import Compared, Part
from loti_dash.ui.published import remembered
from loti_dash.wording import place

_NONE_UNKNOWN = (
    "In the Census nobody is of unknown ethnicity: its publisher estimates what is missing."
)


def draw(store: Store, selection: Selection) -> None:
    """Draw whom the group in focus is compared with, and which places its area is beside."""
    seen = _compared(store, selection)
    if seen.whom["ratio"].notna().any():
        _draw(store, selection, "references", "by whom it is compared with", comparisons.whom)
    if seen.where is not None and not pd.isna(seen.where.here["rate"]):
        _draw(store, selection, "places", "the rate beside other places", comparisons.rates)
        if seen.where.ratios["ratio"].notna().any():
            _draw(
                store,
                selection,
                "ratios_of_places",
                "the ratio beside other places",
                comparisons.ratios,
            )
        _around(store, selection, seen, seen.where)


def _draw(
    store: Store,
    selection: Selection,
    name: str,
    what: str,
    part: Callable[[Store, Selection, Compared], Part],
) -> None:
    """Draw one figure, what is said below it, and its fold."""
    of = part(store, selection, _compared(store, selection))
    st.subheader(of.title, anchor=False)
    st.caption(of.what)
    show.figure(of.chart, of.alt, of.table, of.table_alt, of.how_to_read)
    if of.after:
        st.write(of.after)
    indicator = store.catalogue.indicators[selection.indicator]
    stem = "_".join((indicator.id, selection.area, selection.period, selection.group, name))
    taken = partial(_taken, store, selection, of)
    fold.fold(store, stem, what, [indicator], taken, numbers=of.rows is not None)


def _taken(store: Store, selection: Selection, of: Part) -> Figure:
    indicator = store.catalogue.indicators[selection.indicator]
    return fold.of_view(
        store,
        selection,
        of.said,
        title=of.title,
        what=f"{indicator.title}. {of.what}",
        table=of.table,
        chart=of.chart,
        alt=of.alt,
        how_to_read=of.how_to_read,
        signs=of.signs,
        rows=of.rows,
    )


@remembered(200)
def _compared(_store: Store, selection: Selection) -> Compared:
    """Return what there is to draw. The selection names its release; published figures only."""
    whom = references.of_group(_store, selection, references.tables(_store, selection))
    names = reference_texts.names(whom)
    where = beside.of_view(_store, selection)
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
            _store.catalogue, selection.area, where.near, alike.residents(_store)
        )
    return Compared(
        whom,
        charts.compared(whom, names, "times the rate of those compared with", "same rate"),
        where,
        rates,
        ratios,
        near,
    )


def _around(store: Store, selection: Selection, seen: Compared, of: Beside) -> None:
    """Draw what has to be known of the places, and how like here the neighbours are."""
    catalogue = store.catalogue
    show.lines(place_texts.notes(catalogue, catalogue.indicators[selection.indicator], of))
    if not len(seen.near):
        return
    here = place(str(of.here["area"]))
    what = f"{here} and its statistical neighbours: who lives there, and deprivation"
    with st.expander(f"How like {here} its statistical neighbours are"):
        st.write(place_texts.ALIKE)
        show.table(seen.near, what, "How far")
        st.caption(place_texts.alike_sources(catalogue))
    indicator = catalogue.indicators[selection.indicator]
    taken = partial(_neighbours, store, selection, seen.near, what)
    name = f"{indicator.id}_{selection.area}_neighbours"
    fold.fold(store, name, "its statistical neighbours", [indicator], taken)


def _neighbours(store: Store, selection: Selection, near: pd.DataFrame, what: str) -> Figure:
    """Return the table of neighbours: of two other sources than the figures of the page."""
    catalogue = store.catalogue
    sources = [catalogue.sources[id_] for id_ in ("census_2021", "deprivation")]
    address = take_away.address(selection, catalogue.indicators[selection.indicator].domain)
    return Figure(
        title=what,
        what=place_texts.ALIKE,
        said=f"{what}.",
        table=near,
        cautions=[],
        papers=papers.of_sources(sources, store.release, address) | {"Unknown": _NONE_UNKNOWN},
        sources=sources,
    )
