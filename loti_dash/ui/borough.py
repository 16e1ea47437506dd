"""The page of one area: every indicator that is published for it, on one scale."""

import pandas as pd
import streamlit as st

from loti_dash import (
    profile_cautions,
    profile_choices,
    profile_reasons,
    profile_texts,
)
from loti_dash.analysis import REFERENCES
from loti_dash.page_figures import several
from loti_dash.profile import Profile
from loti_dash.profile_choices import ALL_FIVE
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui import fold, profile, show, take_away
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
    area = catalogue.areas[selection.area].name
    st.write(profile_texts.selection_of_area(catalogue, selection))

    seen = profile.of_area(store, store.release, selection.area, selection.reference)
    rows = several.rows_of_area(store, seen, selection)
    if not rows.empty:
        show.cautions(profile_cautions.cautions(catalogue, rows, seen.cautions), "")
    st.header(profile_texts.headline_of_area(catalogue, rows, area), anchor=False)
    if not rows.empty:
        st.write(profile_texts.CLOSING)
        _drawn(store, seen, rows, selection)
    absent = profile_reasons.without_figure(
        catalogue, store.choices, seen.rows, rows, selection.area
    )
    none = profile_reasons.without_ratio(catalogue, rows)
    if none or absent:
        st.subheader("Without a ratio or a figure here", anchor=False)
        profile.linked([*none, *absent], selection)
    if not rows.empty:
        link = profile.address("/borough", selection, _FIELDS)
        profile.download(store, rows, link, f"{selection.area}_{selection.group}")


def _drawn(store: Store, seen: Profile, rows: pd.DataFrame, selection: Selection) -> None:
    """Draw every indicator of an area, as a chart and a table, and the fold to take it away."""
    link = take_away.whole(profile.address("/borough", selection, _FIELDS))
    of = several.of_area(store, seen, rows, selection, link)
    st.subheader(of.title, anchor=False)
    st.caption("Ratios of rates with their 95% intervals, by domain.")
    show.figure(
        of.chart,
        of.alt,
        of.table,
        of.table_alt,
        of.how_to_read,
        folded="The same as a table" if selection.group == ALL_FIVE else "",
    )
    name = "_".join((selection.area, selection.group, selection.reference, "figure"))
    at = profile.view_at("borough", selection, _FIELDS)
    fold.fold(store, name, "every indicator here", of.indicators, lambda: of, at)
