"""The page of a domain, from top to bottom: choices, cautions, finding, charts, tables, papers."""

from functools import partial

import streamlit as st

from loti_dash import coverage_texts
from loti_dash.definitions import Indicator
from loti_dash.notices import says_withdrawn
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui import (
    choices,
    compared,
    coverage,
    filters,
    pooling,
    show,
    since,
    take_away,
    where,
)
from loti_dash.ui.page import open_page
from loti_dash.ui.view import View, view
from loti_dash.ui.words import Words, why_and_where_from, words


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
        none = "figures withdrawn" if says_withdrawn(indicator.empty) else "no figures yet"
        st.header(f"{indicator.title}: {none}", anchor=False)
        st.write(indicator.empty)
    st.subheader("Why it matters", anchor=False)
    why, where_from = why_and_where_from(store, indicator.id)
    st.write(why)
    st.subheader("Where it comes from", anchor=False)
    show.lines(where_from)


def _figures(store: Store, indicator: Indicator, selection: Selection) -> None:
    """Draw what a selection shows, from the sentence that repeats it to the download."""
    seen = view(store, selection)
    said = words(store, selection, seen)
    st.write(said.selection)
    show.box(said.cautions)
    st.header(said.headline, anchor=False)
    st.write(said.beside)
    if seen.has_coverage and seen.too_many_unknown:
        assert seen.coverage is not None
        coverage.draw(store, indicator, seen.coverage)
    pooling.offer(seen.years, selection)
    _groups(seen, said)
    if seen.is_pooled:
        pooling.singles(store, selection, seen.singles)
    _further(store, indicator, selection, seen)
    take_away.draw(store, selection, seen, said.headline)


def _groups(seen: View, said: Words) -> None:
    """Draw the groups of the area, and the table of the same rows."""
    st.subheader(said.chart_of, anchor=False)
    st.caption(said.measure)
    show.figure(seen.groups, said.alt, said.table, "", said.how_to_read)


def _further(store: Store, indicator: Indicator, selection: Selection, seen: View) -> None:
    """Draw one more part of the view, of those the reader may look at: one idea a screenful."""
    parts = {
        "where": ("Where", partial(where.draw, store, selection, seen)),
        "since": ("Since when", partial(since.draw, store, selection)),
    }
    if not seen.forbidden:
        parts["compared"] = ("Compared with whom", partial(compared.draw, store, selection))
    if seen.has_coverage and not seen.too_many_unknown:
        parts["complete"] = ("How complete", partial(_complete, store, indicator, seen))
    chosen = st.radio(
        "Look further",
        list(parts),
        format_func=lambda part: parts[part][0],
        key="further",
        horizontal=True,
    )
    parts[chosen][1]()


def _complete(store: Store, indicator: Indicator, seen: View) -> None:
    """Draw how complete the figures are."""
    assert seen.coverage is not None
    st.write(coverage_texts.sentence(store.catalogue, indicator, seen.coverage, None))
    coverage.draw(store, indicator, seen.coverage)
