"""The page of one area: every indicator that is published for it, on one scale."""

import streamlit as st

from loti_dash import profile_choices, profile_texts
from loti_dash.analysis import REFERENCES
from loti_dash.definitions import Indicator
from loti_dash.export.figure import Figure
from loti_dash.page_figures import several
from loti_dash.profile_choices import ALL_FIVE
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui import caution_box, fold, profile, show, take_away
from loti_dash.ui.borough_words import rows_of, words
from loti_dash.ui.page import open_page

_FIELDS = ("area", "group", "reference")


def show_borough(title: str, question: str) -> None:
    """Draw the page of an area."""
    store = open_page(title, question).store
    catalogue = store.catalogue
    groups = [ALL_FIVE, *profile_choices.five(catalogue)]
    selection, lines = profile.asked(store, groups, _FIELDS)
    names = {
        "area": {code: catalogue.areas[code].name for code in profile_choices.areas(catalogue)},
        "group": {code: profile_choices.name_of(code, catalogue) for code in groups},
        "reference": REFERENCES,
    }
    profile.form(selection, names, store)
    for line in lines:
        st.info(line)
    said = words(store, selection)
    st.write(said.selection)
    if said.cautions:
        caution_box.draw(said.cautions)
    st.header(said.headline, anchor=False)
    of = [catalogue.indicators[id_] for id_ in said.indicators]
    if said.figure:
        st.write(profile_texts.CLOSING)
        _drawn(store, selection, said.figure, of)
    if said.missing:
        st.subheader("Without a ratio or a figure here", anchor=False)
        show.lines(said.missing)
    if said.figure:
        link = profile.address("/borough", selection, _FIELDS)
        name = f"{selection.area}_{selection.group}"
        profile.download(store, of, lambda: rows_of(store, selection)[1], link, name)


def _drawn(
    store: Store, selection: Selection, shown: show.Shown, indicators: list[Indicator]
) -> None:
    """Draw every indicator of an area, as a chart and a table, and the fold to take it away."""
    link = take_away.whole(profile.address("/borough", selection, _FIELDS))
    st.subheader(shown.title, anchor=False)
    st.caption("Ratios of rates with their 95% intervals, by domain.")
    show.draw(shown, folded="The same as a table" if selection.group == ALL_FIVE else "")
    name = "_".join((selection.area, selection.group, selection.reference, "figure"))
    at = profile.view_at("borough", selection, _FIELDS)

    def taken() -> Figure:
        seen, rows = rows_of(store, selection)
        return several.of_area(store, seen, rows, selection, link)

    fold.fold(store, name, "every indicator here", indicators, taken, at)
