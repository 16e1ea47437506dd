"""Since when: what became of a group's ratio, and every group's ratio in every period."""

from dataclasses import replace
from functools import partial

import streamlit as st

from loti_dash.export.figure import Figure
from loti_dash.page_figures import since as figures
from loti_dash.page_figures.since import Pair, Since
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui import fold, show, take_away, withdrawn
from loti_dash.ui.published import remembered
from loti_dash.ui.view import view
from loti_dash.views import View


def draw(store: Store, selection: Selection) -> None:
    """Draw how a disparity changed: the finding, the periods compared, the chart and its table."""
    indicator = store.catalogue.indicators[selection.indicator]
    # The same whichever period the page is about.
    seen = since(store, replace(selection, period=""))
    if seen is None:
        return
    _change(store, selection, seen)
    if len(seen.periods) < 2:
        return
    first = seen.rows.iloc[0]
    what = f"{indicator.title} over time, {first['area']}"
    st.caption(figures.measured(indicator, seen))
    show.figure(
        seen.chart,
        seen.alt,
        seen.table,
        f"{what}: ratio, 95% interval and how sure, compared with {first['reference']}",
        seen.how_to_read,
        folded="Ratios over time as a table",
        explained="% not known",
    )
    if seen.breaks:
        show.lines(figures.breaks(seen))
    name = "_".join((indicator.id, selection.area, selection.group, selection.reference))
    taken, at = partial(_taken, store, selection, seen), partial(_at, store, selection, seen)
    fold.fold(store, f"{name}_over_time", "ratios over time", [indicator], taken, at, numbers=True)


@remembered(200)
def since(_store: Store, selection: Selection) -> Since | None:
    """Return what there is to show over time, if anything. The selection names its release."""
    return figures.since(_store, selection)


def _at(store: Store, selection: Selection, seen: Since) -> View:
    """Return the view of the figure, with the periods that are compared at this moment."""
    domain = store.catalogue.indicators[selection.indicator].domain
    return View.at(domain, selection.to_params(), figures.name(seen, _asked(selection, seen)))


def _taken(store: Store, selection: Selection, seen: Since) -> Figure:
    domain = store.catalogue.indicators[selection.indicator].domain
    address = take_away.address(selection, domain)
    pair = _asked(selection, seen)
    return figures.figure(store, selection, view(store, selection), seen, pair, address)


def _keys(selection: Selection) -> list[str]:
    """Return the keys of the two choices of a period, which are others in every view."""
    key = "-".join((selection.indicator, selection.area, selection.group, selection.reference))
    return [f"since-{end}-{key}" for end in ("first", "last")]


def _asked(selection: Selection, seen: Since) -> Pair:
    """Return the two periods that a reader compares, or the usual ones until one is chosen."""
    usual = seen.usual or (None, None)
    both = zip(_keys(selection), usual, strict=True)
    first, last = (st.session_state.get(key, id_) for key, id_ in both)
    return first, last


@st.fragment
def _change(store: Store, selection: Selection, seen: Since) -> None:
    """Draw the change between two periods, and the choice of which: only this is drawn anew."""
    withdrawn.stop_if_withdrawn(store, store.catalogue.indicators[selection.indicator])
    said, more, cautions = figures.said(store, selection, seen, _asked(selection, seen))
    st.subheader(said, anchor=False)
    if more:
        st.write(more)
    if cautions:
        st.caption(cautions)
    if len(seen.periods) < 2:
        return
    labels = {each.id: each.label for each in seen.periods}
    keys, usual = _keys(selection), seen.usual or (None, None)
    with st.container(horizontal=True):
        for name, k, id_ in zip(("First period", "Last period"), keys, usual, strict=True):
            st.selectbox(
                name,
                list(labels),
                index=list(labels).index(id_) if id_ else None,
                format_func=labels.__getitem__,
                placeholder="Choose a period",
                key=k,
                width=300,
            )
