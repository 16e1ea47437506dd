"""Where: one group in all areas, as dots, map, tiles or funnel, and the same rows as a table.

The choices here draw this part of the page anew and nothing else. Choosing a borough, by its
name or on the drawing, draws the whole page.
"""

from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from loti_dash import where, where_texts
from loti_dash.charts.ready import Ready
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui import filters, show, take_away, withdrawn
from loti_dash.ui.drawings import Drawing, drawing
from loti_dash.ui.published import remembered
from loti_dash.ui.view import View
from loti_dash.where import Measure
from loti_dash.where_texts import Shape

_SHAPES: dict[Shape, str] = {"dots": "Dots", "map": "Map", "tiles": "Tiles", "funnel": "Funnel"}
_MEASURES: dict[Measure, str] = {
    "ratio": "Ratio",
    "rate": "Rate",
    "excess": "More or fewer",
    "sure": "How sure",
}
_FOLD = "Areas as a table"


def draw(store: Store, selection: Selection, seen: View) -> None:
    """Draw the areas of the group looked at, as the reader wants to see them."""
    if seen.areas > 1:
        _part(store, selection, seen)
    else:
        st.write(where_texts.why_no_map(store.catalogue, seen.everywhere))


@dataclass(frozen=True)
class _Ways:
    """The ways in which areas can be looked at.

    `boroughs` are those to go to, by name, if there are several. `measured` is whether there is
    anything but counts: of counts alone there is nothing to choose, and a map would be one of
    holes.
    """

    boroughs: dict[str, str]
    measured: bool


@remembered(500)
def _ways(_store: Store, selection: Selection, _seen: View) -> _Ways:
    measured = bool(_seen.of_group["rate"].notna().any())
    if not where.is_of_boroughs(_seen.of_group):
        return _Ways({}, measured)
    rows = where.boroughs(_seen.of_group).sort_values("area", key=lambda names: names.astype(str))
    codes, names = rows["area_code"].astype(str), rows["area"].astype(str)
    return _Ways(dict(zip(codes, names, strict=True)), measured)


@st.fragment
def _part(store: Store, selection: Selection, seen: View) -> None:
    withdrawn.stop_if_withdrawn(store, store.catalogue.indicators[selection.indicator])
    kept: Selection = st.session_state["selection"]
    if kept.area != selection.area:
        # A borough was chosen here: the whole page is about it.
        st.rerun()
    shape: Shape = "dots"
    measure: Measure = "ratio"
    ways = _ways(store, selection, seen)
    of_boroughs, measured = bool(ways.boroughs), ways.measured
    # The title is the message of what is chosen below it.
    title = st.container()
    with st.container(horizontal=True, gap="medium"):
        if of_boroughs and measured:
            shape = _choice("Show as", "where_shape", _SHAPES)
        if shape != "funnel" and measured:
            measure = _choice("Measure", "where_measure", _MEASURES)
    if of_boroughs:
        _go_to(selection, ways.boroughs)
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
            Ready(drawn.chart),
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
    how = f"{drawn.how_to_read} {drawn.credit}".strip()
    show.figure(None, "", _table(store, selection, drawn, shape, measure), "", how, folded=_FOLD)


@remembered(500)
def _table(
    _store: Store, selection: Selection, _drawn: Drawing, shape: Shape, measure: Measure
) -> show.Table:
    explained = "How sure" if "How sure" in _drawn.table.columns else "Where it lies"
    return show.made(_drawn.table, f"{_drawn.title}. {_drawn.caption}", explained)


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
