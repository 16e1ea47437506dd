"""Where: one group in all areas, as dots, map, tiles or funnel, and the same rows as a table.

The choices here draw this part of the page anew and nothing else. Choosing a borough, by its
name or on the drawing, draws the whole page.
"""

from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from loti_dash.page_figures import of_areas
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui import filters, fold, show, take_away, view_pictures, withdrawn
from loti_dash.ui.view import view
from loti_dash.ui.where_words import FIRST, Places, drawing, drawn, places
from loti_dash.views import View
from loti_dash.where import Measure
from loti_dash.where_texts import Shape

_SHAPES: dict[Shape, str] = {"dots": "Dots", "map": "Map", "tiles": "Tiles", "funnel": "Funnel"}
_MEASURES: dict[Measure, str] = {
    "ratio": "Ratio",
    "rate": "Rate",
    "excess": "More or fewer",
    "sure": "How sure",
}


def draw(store: Store, selection: Selection) -> None:
    """Draw the areas of the group looked at, as the reader wants to see them."""
    of = places(store, selection)
    if of.why_not:
        st.write(of.why_not)
    else:
        _part(store, selection, of)


@st.fragment
def _part(store: Store, selection: Selection, of: Places) -> None:
    withdrawn.stop_if_withdrawn(store, store.catalogue.indicators[selection.indicator])
    kept: Selection = st.session_state["selection"]
    if kept.area != selection.area:
        # A borough was chosen here: the whole page is about it.
        st.rerun()
    # The title is the message of what is chosen below it.
    title = st.container()
    shape, measure = _chosen(of)
    if of.boroughs:
        _go_to(selection, of.boroughs)
    found = drawn(store, selection, shape, measure)
    title.subheader(found.title, anchor=False)
    st.caption(found.what)
    if found.chart is not None:
        key = f"where_{shape}_{measure}_{selection.area}"
        clicked: dict[str, Any] = {"on_select": lambda: _click(key), "selection_mode": "points"}
        show.chart(found.chart, found.alt, key=key, **({} if shape == "dots" else clicked))
        if (shape, measure) != FIRST:
            # The one that is drawn first is among the pictures of the whole view.
            what = f"{_SHAPES[shape].lower()} of areas"
            indicator = store.catalogue.indicators[selection.indicator]
            where = take_away.address(selection, indicator.domain)
            picture = partial(view_pictures.of_areas, store, selection, where, shape, measure)
            served = withdrawn.while_served(store, [indicator], picture)
            take_away.pictures(store, selection, {what: served})
    show.drawn(None, "", found.table, found.how_to_read, folded="Areas as a table")
    _fold(store, selection, shape, measure)


def _chosen(of: Places) -> tuple[Shape, Measure]:
    """Draw the choices of shape and measure, as far as there are any, and return both."""
    shape, measure = FIRST
    # Of counts alone there is nothing to choose, and a map would be one of holes.
    with st.container(horizontal=True, gap="medium"):
        if of.boroughs and of.measured:
            shape = _choice("Show as", "where_shape", _SHAPES)
        if shape != "funnel" and of.measured:
            measure = _choice("Measure", "where_measure", _MEASURES)
    return shape, measure


def _fold(store: Store, selection: Selection, shape: Shape, measure: Measure) -> None:
    indicator = store.catalogue.indicators[selection.indicator]
    at = View.at(indicator.domain, selection.to_params(), of_areas.name(shape, measure))
    link = take_away.address(selection, indicator.domain)
    stem = "_".join((indicator.id, selection.group, selection.period, shape, measure))
    fold.fold(
        store,
        stem,
        "areas",
        [indicator],
        lambda: of_areas.figure(
            store,
            selection,
            view(store, selection),
            drawing(store, selection, shape, measure),
            link,
        ),
        at,
    )


def _choice(label: str, key: str, names: dict[Any, str]) -> Any:
    """Draw a choice of a few, which arrow keys go through, and return what is chosen."""
    return st.radio(
        label,
        list(names),
        format_func=names.__getitem__,
        key=key,
        horizontal=True,
        width="content",
    )


def _go_to(selection: Selection, names: dict[str, str]) -> None:
    """Draw the list in which a borough can be typed, for those who do not point."""
    codes = list(names)
    key = f"where_go_to_{selection.area}"
    st.selectbox(
        "Go to a borough",
        codes,
        index=codes.index(selection.area) if selection.area in codes else None,
        format_func=names.__getitem__,
        key=key,
        placeholder="Type or choose a name",
        on_change=lambda: _keep(st.session_state[key]),
        width=280,
    )


def _click(key: str) -> None:
    """Keep the borough of the point that was clicked."""
    points = st.session_state[key]["selection"]["points"]
    if points:
        code = points[0]["customdata"]
        _keep(code if isinstance(code, str) else code[0])


def _keep(area: str | None) -> None:
    if area:
        kept: Selection = st.session_state["selection"]
        filters.keep(replace(kept, area=area))
