"""The page of a domain, from top to bottom: choices, cautions, finding, charts, tables, papers."""

from functools import partial
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from loti_dash import chart_texts, coverage_texts, options, sentences, tables
from loti_dash.catalogue import Catalogue
from loti_dash.charts import areas, forest
from loti_dash.definitions import Indicator
from loti_dash.export.csv import csv
from loti_dash.findings import clearest
from loti_dash.selection import Selection, honoured
from loti_dash.store import Store
from loti_dash.ui import coverage, filters, papers, pooling, show
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
    with st.expander("Choose what is shown") if _on_a_phone() else st.container():
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
    # What the headline says in the place of a finding is not said twice.
    show.cautions(
        [each for each in seen.found if each != seen.forbidden],
        "" if seen.too_many_unknown else sentences.unknown(indicator, seen.here),
    )
    _finding(catalogue, indicator, seen, selection.group)
    if seen.coverage and seen.too_many_unknown:
        coverage.draw(catalogue, indicator, seen.coverage)
    pooling.offer(seen.years, selection)
    _groups(catalogue, indicator, seen, selection.group)
    pooling.singles(catalogue, indicator, selection, seen.singles)
    _areas(catalogue, indicator, seen)
    if seen.coverage and not seen.too_many_unknown:
        with st.expander("How complete is this?"):
            st.write(coverage_texts.sentence(catalogue, indicator, seen.coverage, None))
            coverage.draw(catalogue, indicator, seen.coverage)
    st.subheader("Take the figures with you", anchor=False)
    st.write(
        "All areas and groups of this indicator and period, not rounded, each with its cautions, "
        "source and licence."
    )
    link = f"/{indicator.domain}?{urlencode(selection.to_params())}"
    st.download_button(
        "Download the figures (CSV)",
        partial(csv, seen.everywhere, catalogue, seen.cautions, link),
        f"{selection.indicator}_{selection.period}_{store.release}.csv",
        "text/csv",
        on_click="ignore",
    )


def _finding(catalogue: Catalogue, indicator: Indicator, seen: View, group: str) -> None:
    """Draw the one sentence that says what the figures say, and how far to trust it."""
    row = clearest(seen.here, group)
    if seen.coverage and seen.too_many_unknown:
        said = coverage_texts.sentence(catalogue, indicator, seen.coverage, row)
    else:
        said = sentences.headline(catalogue, indicator, seen.here, group, seen.forbidden)
    st.header(said, anchor=False)
    if seen.forbidden:
        st.write(seen.forbidden.effect)
    else:
        excess = sentences.excess(catalogue, indicator, row)
        robustness = sentences.robustness(catalogue, indicator, row, seen.here)
        lines = [robustness, excess, sentences.closing(row)]
        st.write(" ".join(line for line in lines if line))


def _groups(catalogue: Catalogue, indicator: Indicator, seen: View, group: str) -> None:
    """Draw the groups of the area, and the table of the same rows."""
    st.subheader(chart_texts.groups_title(seen.here), anchor=False)
    st.caption(
        f"{_measure(catalogue, indicator, seen.here)}. "
        f"{_place_and_time(catalogue, indicator, seen)}"
    )
    show.figure(
        seen.groups,
        chart_texts.forest_alt(catalogue, indicator, seen.here, group),
        tables.by_group(seen.here, indicator),
        f"{indicator.title} by ethnic group. {_place_and_time(catalogue, indicator, seen)}",
        forest.how_to_read(seen.here),
    )


def _areas(catalogue: Catalogue, indicator: Indicator, seen: View) -> None:
    """Draw the areas of the group looked at; their table is one click away."""
    if len(seen.of_group) < 2:
        return
    first = seen.of_group.iloc[0]
    when = catalogue.period(indicator, str(first["period"])).label
    st.subheader(chart_texts.areas_title(catalogue, seen.of_group), anchor=False)
    st.caption(f"{_measure(catalogue, indicator, seen.of_group)}. Areas by name, {when}.")
    how = areas.how_to_read(seen.of_group, str(seen.here["area_code"].iloc[0]))
    if seen.areas is None:
        how = "No area has a ratio here, so there is no chart. The counts are in the table."
    elif seen.misleading:
        how += f" No ratio is drawn where it would mislead: {', '.join(seen.misleading)}."
    show.figure(
        seen.areas,
        chart_texts.areas_alt(catalogue, indicator, seen.of_group),
        tables.by_area(seen.of_group, indicator),
        f"{indicator.title} by area, {first['group']}, {when}",
        how,
        folded="Areas as a table",
    )


def _measure(catalogue: Catalogue, indicator: Indicator, rows: pd.DataFrame) -> str:
    """Return what rows measure, of whom, and when those were counted if at another time."""
    counted, of = indicator.numerator.label, indicator.denominator.label
    if rows["ratio"].isna().all():
        return f"Counts of {counted}"
    id_ = str(rows["period"].iloc[0])
    then = catalogue.denominator_period(indicator, id_).label
    when = "" if then == catalogue.period(indicator, id_).label else f" ({then})"
    return f"Ratio of rates, {counted} for every {indicator.per:,} {of}{when}"


def _place_and_time(catalogue: Catalogue, indicator: Indicator, seen: View) -> str:
    first = seen.here.iloc[0]
    return f"{first['area']}, {catalogue.period(indicator, str(first['period'])).label}."


def _on_a_phone() -> bool:
    """Return whether the browser says it is a phone's: there the sentence comes before choices."""
    return "Mobi" in st.context.headers.get("User-Agent", "")
