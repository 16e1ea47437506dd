"""The page of one area: every indicator that is published for it, on one scale."""

from functools import partial

import pandas as pd
import streamlit as st

from loti_dash import (
    profile_cautions,
    profile_choices,
    profile_reasons,
    profile_tables,
    profile_texts,
)
from loti_dash.analysis import REFERENCES
from loti_dash.charts import profile as charts
from loti_dash.evidence_order import in_order
from loti_dash.profile import Profile
from loti_dash.profile_choices import ALL_FIVE
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui import fold, profile, show
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
    wanted = profile_choices.of_five(selection.group, selection.reference, catalogue)
    counted = profile_reasons.with_counts(seen.rows)
    rows = counted[counted["group_code"].isin(wanted)]
    if not rows.empty:
        rows = in_order(rows, catalogue)
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
    catalogue, area = store.catalogue, store.catalogue.areas[selection.area].name
    title = f"{area}, indicator by indicator"
    what = "Ratios of rates with their 95% intervals, by domain."
    st.subheader(title, anchor=False)
    st.caption(what)
    chart, alt = charts.profile(catalogue, rows), profile_texts.alt_of_area(rows)
    table, how = profile_tables.of_area(catalogue, rows), charts.how_to_read(rows)
    show.figure(
        chart,
        alt,
        table,
        f"Every indicator for {area}: ratio, how sure, rates, and what is counted, when and where",
        how,
        folded="The same as a table" if selection.group == ALL_FIVE else "",
    )
    taken = partial(
        profile.figure,
        store,
        seen,
        rows,
        profile.address("/borough", selection, _FIELDS),
        f"{profile_texts.headline_of_area(catalogue, rows, area)} {profile_texts.CLOSING}",
        title=title,
        what=f"{what} {profile_texts.selection_of_area(catalogue, selection)}",
        table=table,
        chart=chart,
        alt=alt,
        how_to_read=how,
    )
    name = "_".join((selection.area, selection.group, selection.reference, "figure"))
    fold.fold(store, name, "every indicator here", profile.indicators(store, rows), taken)
