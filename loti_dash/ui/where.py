"""Where: one group in all areas, as dots, map, tiles or funnel, and the same rows as a table.

The choices here draw this part of the page anew and nothing else. Choosing a borough, by its
name or on the drawing, draws the whole page.
"""

from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from loti_dash import where, where_texts
from loti_dash.page_figures import of_areas
from loti_dash.page_figures.seen import Seen
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui import filters, fold, show, take_away, withdrawn
from loti_dash.ui.drawings import drawing
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


def draw(store: Store, selection: Selection, seen: Seen) -> None:
    """Draw the areas of the group looked at, as the reader wants to see them."""
    if len(seen.of_group) > 1:
        _part(store, selection, seen)
    else:
        st.write(where_texts.why_no_map(store.catalogue, seen.everywhere))


@st.fragment
def _part(store: Store, selection: Selection, seen: Seen) -> None:
    withdrawn.stop_if_withdrawn(store, store.catalogue.indicators[selection.indicator])
    kept: Selection = st.session_state["selection"]
    if kept.area != selection.area:
        # A borough was chosen here: the whole page is about it.
        st.rerun()
    shape: Shape = "dots"
    measure: Measure = "ratio"
    of_boroughs = where.is_of_boroughs(seen.of_group)
    # The title is the message of what is chosen below it.
    title = st.container()
    # Of counts alone there is nothing to choose, and a map would be one of holes.
    measured = bool(seen.of_group["rate"].notna().any())
    with st.container(horizontal=True, gap="medium"):
        if of_boroughs and measured:
            shape = _choice("Show as", "where_shape", _SHAPES)
        if shape != "funnel" and measured:
            measure = _choice("Measure", "where_measure", _MEASURES)
    if of_boroughs:
        _go_to(selection, seen)
    drawn = drawing(store, selection, seen, shape, measure)
    title.subheader(drawn.title, anchor=False)
    st.caption(drawn.caption)
    if drawn.chart is not None:
        key = f"where_{shape}_{measure}_{selection.area}"
        more: dict[str, Any] = (
            {}
            if shape == "dots"
            else {"on_select": lambda: _click(key), "selection_mode": "points"}
        )
        st.plotly_chart(
            drawn.chart,
            theme=None,
            width="stretch",
            config={"displayModeBar": False},
            alt=drawn.alt,
            key=key,
            **more,
        )
        if (shape, measure) != ("dots", "ratio"):
            below = [drawn.how_to_read, drawn.credit]
            picture = take_away.Picture(drawn.chart, drawn.title, drawn.caption, drawn.alt, below)
            what = f"{_SHAPES[shape].lower()} of areas"
            take_away.picture_of(store, selection, seen, what, picture)
    name = f"{drawn.title}. {drawn.caption}"
    how = f"{drawn.how_to_read} {drawn.credit}".strip()
    heads = drawn.table.columns
    show.figure(
        None,
        "",
        drawn.table,
        name,
        how,
        folded="Areas as a table",
        explained="How sure" if "How sure" in heads else "Where it lies",
    )
    indicator = store.catalogue.indicators[selection.indicator]
    at = View.at(indicator.domain, selection.to_params(), of_areas.name(shape, measure))
    link = take_away.address(selection, indicator.domain)
    stem = "_".join((indicator.id, selection.group, selection.period, shape, measure))
    taken = partial(of_areas.figure, store, selection, seen, drawn, link)
    fold.fold(store, stem, "areas", [indicator], taken, at)


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


def _go_to(selection: Selection, seen: Seen) -> None:
    """Draw the list in which a borough can be typed, for those who do not point."""
    rows = where.boroughs(seen.of_group).sort_values("area", key=lambda names: names.astype(str))
    names = dict(zip(rows["area_code"].astype(str), rows["area"].astype(str), strict=True))
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
