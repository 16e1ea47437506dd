"""The page of a domain, from top to bottom: choices, cautions, finding, charts, tables, papers."""

from functools import partial

import streamlit as st

from loti_dash import chart_texts, coverage_texts, options, sentences, tables
from loti_dash.catalogue import Catalogue
from loti_dash.charts import forest
from loti_dash.coverage import Coverage
from loti_dash.definitions import Indicator
from loti_dash.findings import clearest
from loti_dash.notices import says_withdrawn
from loti_dash.page_figures import of_groups
from loti_dash.page_figures.seen import Seen, headline
from loti_dash.selection import Selection, honoured
from loti_dash.store import Store
from loti_dash.ui import (
    choices,
    compared,
    coverage,
    filters,
    fold,
    papers,
    pooling,
    show,
    since,
    take_away,
    where,
)
from loti_dash.ui.page import open_page
from loti_dash.ui.view import view
from loti_dash.views import View


def show_domain(domain: str, title: str, question: str) -> None:
    """Draw the page of a domain."""
    store = open_page(title, question, of_own=True).store
    catalogue = store.catalogue
    if not options.indicators(domain, catalogue, store.choices):
        st.write("This release has no indicator for this page.")
        return
    asked = filters.recall(domain, store)
    selection, lines = honoured(asked, domain, catalogue, store.choices)
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
    st.write(indicator.why_it_matters)
    st.subheader("Where it comes from", anchor=False)
    show.lines(papers.of_figures(catalogue, indicator, store.release))


def _figures(store: Store, indicator: Indicator, selection: Selection) -> None:
    """Draw what a selection shows, from the sentence that repeats it to the download."""
    catalogue, seen = store.catalogue, view(store, selection)
    st.write(sentences.selection(catalogue, indicator, seen.here))
    # What the headline says in the place of a finding is not said twice.
    show.cautions(
        [each for each in seen.found if each != seen.forbidden],
        "" if seen.too_many_unknown else sentences.unknown(indicator, seen.here),
    )
    said = headline(store, selection, seen)
    _finding(catalogue, indicator, seen, selection.group, said)
    if seen.coverage and seen.too_many_unknown:
        coverage.draw(store, indicator, seen.coverage)
    pooling.offer(seen.years, selection)
    _groups(store, indicator, selection, seen)
    pooling.singles(store, selection, seen)
    _further(store, indicator, selection, seen)
    take_away.draw(store, selection, seen, said)


def _further(store: Store, indicator: Indicator, selection: Selection, seen: Seen) -> None:
    """Draw one more part of the view, of those the reader may look at: one idea a screenful."""
    parts = {
        "where": ("Where", partial(where.draw, store, selection, seen)),
        "since": ("Since when", partial(since.draw, store, selection)),
    }
    if not seen.forbidden:
        parts["compared"] = ("Compared with whom", partial(compared.draw, store, selection))
    if seen.coverage and not seen.too_many_unknown:
        parts["complete"] = ("How complete", partial(_complete, store, indicator, seen.coverage))
    chosen = st.radio(
        "Look further",
        list(parts),
        format_func=lambda part: parts[part][0],
        key="further",
        horizontal=True,
    )
    parts[chosen][1]()


def _complete(store: Store, indicator: Indicator, of: Coverage) -> None:
    """Draw how complete the figures are."""
    st.write(coverage_texts.sentence(store.catalogue, indicator, of, None))
    coverage.draw(store, indicator, of)


def _finding(
    catalogue: Catalogue, indicator: Indicator, seen: Seen, group: str, said: str
) -> None:
    """Draw the one sentence that says what the figures say, and how far to trust it."""
    row = clearest(seen.here, group)
    st.header(said, anchor=False)
    if seen.forbidden:
        st.write(seen.forbidden.effect)
    else:
        excess = sentences.excess(catalogue, indicator, row)
        robustness = sentences.robustness(catalogue, indicator, row, seen.here)
        lines = [robustness, excess, sentences.closing(row)]
        st.write(" ".join(line for line in lines if line))


def _groups(store: Store, indicator: Indicator, selection: Selection, seen: Seen) -> None:
    """Draw the groups of the area, the table of the same rows, and the fold to take them away."""
    catalogue = store.catalogue
    st.subheader(chart_texts.groups_title(seen.here), anchor=False)
    st.caption(of_groups.measured(store, selection, seen))
    show.figure(
        seen.groups,
        chart_texts.forest_alt(catalogue, indicator, seen.here, selection.group),
        tables.by_group(seen.here, indicator),
        f"{indicator.title} by ethnic group. {of_groups.where_and_when(store, selection, seen)}",
        forest.how_to_read(seen.here),
    )
    stem = "_".join((indicator.id, selection.area, selection.period, "groups"))
    address = take_away.address(selection, indicator.domain)
    taken = partial(of_groups.figure, store, selection, seen, address)
    at = View.at(indicator.domain, selection.to_params())
    fold.fold(store, stem, "ethnic groups", [indicator], taken, at, numbers=True)
