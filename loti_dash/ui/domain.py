"""The page of a domain, from top to bottom: choices, cautions, finding, charts, tables, papers."""

import streamlit as st

from loti_dash import options, sentences, tables
from loti_dash.catalogue import Catalogue
from loti_dash.charts.forest import HOW_TO_READ
from loti_dash.definitions import Indicator
from loti_dash.selection import Selection, honoured
from loti_dash.store import Store
from loti_dash.ui import filters, papers, show
from loti_dash.ui.page import open_page
from loti_dash.ui.view import View, view


def show_domain(domain: str, title: str, question: str) -> None:
    """Draw the page of a domain."""
    store = open_page(title, question).store
    catalogue = store.catalogue
    if not options.indicators(domain, catalogue, store.choices):
        st.write("This release has no indicator for this page.")
        return
    asked = filters.recall(domain, store)
    selection, lines = honoured(asked, domain, catalogue, store.choices)
    filters.keep(selection)
    indicator = catalogue.indicators[selection.indicator]
    with st.expander("Choose what is shown", expanded=not _on_a_phone()):
        filters.form(selection, domain, store)
    for line in lines:
        st.info(line)
    if selection.period:
        _figures(store, indicator, selection)
    else:
        st.header(f"{indicator.title}: no figures yet", anchor=False)
        st.write(indicator.empty)
    st.subheader("Why it matters", anchor=False)
    st.write(indicator.why_it_matters)
    st.subheader("Where it comes from", anchor=False)
    show.lines(papers.of_figures(catalogue, indicator, store.release))


def _figures(store: Store, indicator: Indicator, selection: Selection) -> None:
    """Draw what a selection shows, from the sentence that repeats it to the download."""
    catalogue, seen = store.catalogue, view(store, selection)
    st.write(sentences.selection(catalogue, indicator, seen.here))
    show.cautions(seen.found, sentences.unknown(indicator, seen.here))
    _finding(catalogue, indicator, seen, selection.group)
    _groups(catalogue, indicator, seen, selection.group)
    _areas(catalogue, indicator, seen)
    st.subheader("Take the figures with you", anchor=False)
    st.write("All areas and groups of this indicator and period, not rounded.")
    st.download_button(
        "Download the figures (CSV)",
        seen.everywhere.to_csv(index=False).encode(),
        f"{selection.indicator}_{selection.period}_{store.release}.csv",
        "text/csv",
        on_click="ignore",
    )


def _finding(catalogue: Catalogue, indicator: Indicator, seen: View, group: str) -> None:
    """Draw the one sentence that says what the figures say, and how far to trust it."""
    said = sentences.headline(catalogue, indicator, seen.here, group, seen.forbidden)
    st.header(said, anchor=False)
    if seen.forbidden is None:
        row = sentences.clearest(seen.here, group)
        more = [] if row is None else [sentences.robustness(row), sentences.excess(row, indicator)]
        st.write(" ".join(line for line in [*more, sentences.NOT_WHY] if line))


def _groups(catalogue: Catalogue, indicator: Indicator, seen: View, group: str) -> None:
    """Draw the groups of the area, and the table of the same rows."""
    first = seen.here.iloc[0]
    st.subheader(f"Each ethnic group compared with {first['reference']}", anchor=False)
    st.caption(
        f"Ratio of rates, {_measure(indicator)}. {_place_and_time(catalogue, indicator, seen)}"
    )
    show.figure(
        seen.groups,
        sentences.forest_alt(catalogue, indicator, seen.here, group),
        tables.by_group(seen.here, indicator),
        f"{indicator.title} by ethnic group. {_place_and_time(catalogue, indicator, seen)}",
        HOW_TO_READ,
    )


def _areas(catalogue: Catalogue, indicator: Indicator, seen: View) -> None:
    """Draw the areas of the group looked at; their table is one click away."""
    if len(seen.of_group) < 2:
        return
    first = seen.of_group.iloc[0]
    when = catalogue.period(indicator, str(first["period"])).label
    st.subheader(f"Where: {first['group']} compared with {first['reference']}", anchor=False)
    st.caption(f"Ratio of rates, {_measure(indicator)}. Areas by name, {when}.")
    left_out = ", ".join(seen.misleading)
    show.figure(
        seen.areas,
        sentences.areas_alt(catalogue, indicator, seen.of_group),
        tables.by_area(seen.of_group, indicator),
        f"{indicator.title} by area, {first['group']}, {when}",
        f"No ratio is drawn where it would mislead: {left_out}." if left_out else "",
        folded="Areas as a table",
    )


def _measure(indicator: Indicator) -> str:
    counted, of = indicator.numerator.label, indicator.denominator.label
    return f"{counted} for every {indicator.per:,} {of}"


def _place_and_time(catalogue: Catalogue, indicator: Indicator, seen: View) -> str:
    first = seen.here.iloc[0]
    return f"{first['area']}, {catalogue.period(indicator, str(first['period'])).label}."


def _on_a_phone() -> bool:
    """Return whether the browser says it is a phone's: there the sentence comes before choices."""
    return "Mobi" in st.context.headers.get("User-Agent", "")
