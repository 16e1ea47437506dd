"""The page of one ethnic group: every indicator in every borough, as a heat map in words."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from loti_dash import (
    profile_cautions,
    profile_choices,
    profile_reasons,
    profile_texts,
)
from loti_dash.analysis import REFERENCES
from loti_dash.charts import heatmap
from loti_dash.evidence_order import DOMAINS
from loti_dash.page_figures import several
from loti_dash.profile import Profile
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui import fold, profile, show, take_away
from loti_dash.ui.page import open_page

_FIELDS = ("group", "reference")
_SHADES = (
    "Shading only repeats the signs: blue where clearly higher, purple where clearly lower, "
    "stronger where a rate is more than twice or less than half the other, and grey where there "
    "is no ratio."
)


def show_group(title: str, question: str) -> None:
    """Draw the page of an ethnic group."""
    store = open_page(title, question).store
    catalogue = store.catalogue
    groups = profile_choices.five(catalogue) + profile_choices.detailed(catalogue, store.choices)
    selection, lines = profile.asked(store, groups, _FIELDS)
    names = {
        "group": {code: profile_choices.name_of(code, catalogue) for code in groups},
        "reference": REFERENCES,
    }
    profile.form(selection, names, store)
    for line in lines:
        st.info(line)
    st.write(profile_texts.selection_of_group(catalogue, selection))

    seen = profile.of_group(store, store.release, selection.group, selection.reference)
    rows = profile_reasons.with_ratio(seen.rows)
    if not rows.empty:
        show.cautions(profile_cautions.cautions(catalogue, rows, seen.cautions), "")
    st.header(profile_texts.headline_of_group(catalogue, rows), anchor=False)
    if not rows.empty:
        st.write(profile_texts.CLOSING)
        st.write(
            "The cautions above are those of London as a whole; each borough's own stand on the "
            "pages of the indicators, which the heads of the columns lead to."
        )
    for domain in DOMAINS:
        of_domain = several.rows_of_domain(store, seen, domain)
        if not of_domain.empty:
            _domain(store, seen, domain, of_domain, selection)
    absent = profile_reasons.not_by_borough(catalogue, store.choices, seen.rows, rows)
    if absent:
        st.subheader("Not in these tables", anchor=False)
        profile.linked(absent, replace(selection, area=""))
    if not seen.rows.empty:
        link = profile.address("/group", selection, _FIELDS)
        profile.download(store, seen.rows, link, f"{selection.group}_{selection.reference}")


def _domain(
    store: Store, seen: Profile, domain: str, rows: pd.DataFrame, selection: Selection
) -> None:
    """Draw the indicators of a domain: a sentence for each, and the heat map of the boroughs."""
    st.subheader(domain.capitalize(), anchor=False)
    said = several.summaries(store.catalogue, rows)
    show.lines(f"**{title}**, {words}" for title, words in said)
    link = take_away.whole(profile.address("/group", selection, _FIELDS))
    of = several.of_domain(store, seen, rows, domain, selection, link)
    show.table(of.table, of.title, styles=heatmap.shades(of.table))
    together = profile_texts.together(store.catalogue, rows)
    st.caption(f"{heatmap.signs(of.table)} {_SHADES} {together}")
    name = "_".join((selection.group, selection.reference, domain))
    at = profile.view_at("group", selection, _FIELDS, domain)
    fold.fold(store, name, f"{domain} by borough", of.indicators, lambda: of, at)
