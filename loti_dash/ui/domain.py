"""The page of a domain, from top to bottom: choices, cautions, finding, charts, tables, papers."""

from functools import partial

import streamlit as st

from loti_dash.definitions import Indicator
from loti_dash.notices import says_withdrawn
from loti_dash.page_figures import of_groups
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui import (
    caution_box,
    choices,
    compared,
    coverage,
    filters,
    fold,
    pooling,
    show,
    since,
    take_away,
    where,
)
from loti_dash.ui.domain_words import Words, why_and_from_where, words
from loti_dash.ui.page import open_page
from loti_dash.ui.view import view
from loti_dash.views import View


def show_domain(domain: str, title: str, question: str) -> None:
    """Draw the page of a domain."""
    store = open_page(title, question, of_own=True).store
    catalogue = store.catalogue
    if all(each.domain != domain for each in catalogue.indicators.values()):
        st.write("This release has no indicator for this page.")
        return
    asked = filters.recall(domain, store)
    selection, lines = filters.nearest(store, asked, domain)
    filters.keep(selection)
    indicator = catalogue.indicators[selection.indicator]
    with choices.place():
        filters.form(selection, domain, store)
    for line in lines:
        st.info(line)
    if selection.period:
        _figures(store, indicator, selection)
    else:
        if not indicator.empty:
            # A page that was opened before may find them gone, and not know why.
            store.raise_if_withdrawn(indicator.numerator.series, indicator.denominator.series)
        none = "figures withdrawn" if says_withdrawn(indicator.empty) else "no figures yet"
        st.header(f"{indicator.title}: {none}", anchor=False)
        st.write(indicator.empty)
    st.subheader("Why it matters", anchor=False)
    why, from_where = why_and_from_where(store, indicator.id)
    st.write(why)
    st.subheader("Where it comes from", anchor=False)
    show.lines(from_where)


def _figures(store: Store, indicator: Indicator, selection: Selection) -> None:
    """Draw what a selection shows, from the sentence that repeats it to the download."""
    said = words(store, selection)
    st.write(said.selection)
    caution_box.draw(said.cautions)
    st.header(said.headline, anchor=False)
    if said.below:
        st.write(said.below)
    if said.too_many_unknown:
        coverage.draw(store, selection)
    pooling.offer(said.years, selection)
    _groups(store, indicator, selection, said)
    if said.singles:
        pooling.singles(store, selection, view(store, selection))
    _further(store, selection, said)
    take_away.draw(store, selection, said)


def _further(store: Store, selection: Selection, said: Words) -> None:
    """Draw one more part of the view, of those the reader may look at: one idea a screenful."""
    parts = {
        "where": ("Where", partial(where.draw, store, selection)),
        "since": ("Since when", partial(since.draw, store, selection)),
    }
    if not said.misleading:
        parts["compared"] = ("Compared with whom", partial(compared.draw, store, selection))
    if said.coverage_known and not said.too_many_unknown:
        parts["complete"] = ("How complete", partial(_complete, store, selection))
    chosen = st.radio(
        "Look further",
        list(parts),
        format_func=lambda part: parts[part][0],
        key="further",
        horizontal=True,
    )
    parts[chosen][1]()


def _complete(store: Store, selection: Selection) -> None:
    """Draw how complete the figures are."""
    said = coverage.words(store, selection)
    if said:
        st.write(said.sentence)
    coverage.draw(store, selection)


def _groups(store: Store, indicator: Indicator, selection: Selection, said: Words) -> None:
    """Draw the groups of the area, the table of the same rows, and the fold to take them away."""
    st.subheader(said.chart_of, anchor=False)
    st.caption(said.measured)
    show.drawn(said.chart, said.alt, said.table, said.how_to_read)
    stem = "_".join((indicator.id, selection.area, selection.period, "groups"))
    address = take_away.address(selection, indicator.domain)
    at = View.at(indicator.domain, selection.to_params())
    fold.fold(
        store,
        stem,
        "ethnic groups",
        [indicator],
        lambda: of_groups.figure(store, selection, view(store, selection), address),
        at,
        numbers=True,
    )
