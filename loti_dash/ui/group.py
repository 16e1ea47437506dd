"""The page of one ethnic group: every indicator in every borough, as a heat map in words."""

import streamlit as st

from loti_dash import profile_choices, profile_texts
from loti_dash.analysis import REFERENCES
from loti_dash.export.figure import Figure
from loti_dash.page_figures import several
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui import caution_box, fold, profile, show, take_away
from loti_dash.ui.group_words import Domain, seen_by, words
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
    said = words(store, selection)
    st.write(said.selection)
    if said.cautions:
        caution_box.draw(said.cautions)
    st.header(said.headline, anchor=False)
    if said.cautions:
        st.write(profile_texts.CLOSING)
        st.write(
            "The cautions above are those of London as a whole; each borough's own stand on the "
            "pages of the indicators, which the heads of the columns lead to."
        )
    for domain in said.domains:
        _domain(store, selection, domain)
    if said.absent:
        st.subheader("Not in these tables", anchor=False)
        show.lines(said.absent)
    if said.indicators:
        link = profile.address("/group", selection, _FIELDS)
        of = [catalogue.indicators[id_] for id_ in said.indicators]
        name = f"{selection.group}_{selection.reference}"
        profile.download(store, of, lambda: seen_by(store, selection).rows, link, name)


def _domain(store: Store, selection: Selection, of: Domain) -> None:
    """Draw the indicators of a domain: a sentence for each, and the heat map of the boroughs."""
    st.subheader(of.name.capitalize(), anchor=False)
    show.lines(of.sentences)
    st.html(of.table.html)
    st.caption(f"{of.signs} {_SHADES} {of.together}")
    link = take_away.whole(profile.address("/group", selection, _FIELDS))
    name = "_".join((selection.group, selection.reference, of.name))
    at = profile.view_at("group", selection, _FIELDS, of.name)
    indicators = [store.catalogue.indicators[id_] for id_ in of.indicators]

    def taken() -> Figure:
        seen = seen_by(store, selection)
        rows = several.rows_of_domain(store, seen, of.name)
        return several.of_domain(store, seen, rows, of.name, selection, link)

    fold.fold(store, name, f"{of.name} by borough", indicators, taken, at)
