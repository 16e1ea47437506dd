"""The page of a domain, from top to bottom: choices, cautions, finding, charts, tables, papers."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from loti_dash import analysis, caveats, options
from loti_dash.catalogue import Catalogue
from loti_dash.definitions import Indicator
from loti_dash.selection import Selection, honoured
from loti_dash.store import Store
from loti_dash.ui import filters, papers, show
from loti_dash.ui.page import open_page


def show_domain(domain: str, title: str, question: str) -> None:
    """Draw the page of a domain."""
    store = open_page(title, question).store
    catalogue = store.catalogue
    asked = filters.recall(domain, store)
    selection, lines = honoured(asked, domain, catalogue, store.choices)
    filters.keep(selection)
    with st.expander("Choose what is shown", expanded=not _on_a_phone()):
        filters.form(selection, domain, store)
    for line in lines:
        st.info(line)
    indicator = catalogue.indicators[selection.indicator]
    if selection.period:
        _figures(store, indicator, selection)
    else:
        _nothing_yet(indicator)
    st.subheader("Why it matters", anchor=False)
    st.write(indicator.why_it_matters)
    st.subheader("Where it comes from", anchor=False)
    for line in papers.of_figures(catalogue, indicator, selection, store.release):
        st.write(line)


def _figures(store: Store, indicator: Indicator, selection: Selection) -> None:
    everywhere = _comparison(store, selection)
    here = everywhere[everywhere["area_code"] == selection.area]
    found = caveats.applying_to(
        store.catalogue, indicator, selection.period, everywhere, selection.area
    )
    show.cautions(found, "")
    st.header("headline", anchor=False)
    st.table(here[["group","numerator","rate","ratio"]].set_index("group"), alt="x")


def _comparison(store: Store, selection: Selection) -> pd.DataFrame:
    return analysis.compare(store, selection.indicator, selection.period, classification=selection.classification, reference=selection.reference)


def _nothing_yet(indicator: Indicator) -> None:
    """Say what is missing, why, and where to get it."""
    st.header(f"There are no figures yet: {indicator.title}", anchor=False)
    st.write(indicator.empty)


def _on_a_phone() -> bool:
    """Return whether the browser says it is a phone's: there the sentence comes before choices."""
    return "Mobi" in st.context.headers.get("User-Agent", "")
