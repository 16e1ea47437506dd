"""The page of one ethnic group: every indicator in every borough, as a heat map in words."""

from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from loti_dash import (
    options,
    profile_cautions,
    profile_choices,
    profile_reasons,
    profile_tables,
    profile_texts,
)
from loti_dash.analysis import REFERENCES
from loti_dash.catalogue import Catalogue
from loti_dash.charts import heatmap
from loti_dash.evidence_order import DOMAINS, by_indicator
from loti_dash.profile import Profile
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui import fold, profile, show
from loti_dash.ui.page import open_page

_FIELDS = ("group", "reference")
_SHADES = (
    "Shading only repeats the signs: blue where clearly higher, purple where clearly lower, "
    "stronger where a rate is more than twice or less than half the other, and grey where there "
    "is no ratio."
)

_CAUTIONS = (
    "The cautions are those of London as a whole; each borough's own stand with all the figures "
    "that the page offers as CSV."
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
    domains = rows["indicator"].map(lambda id_: catalogue.indicators[str(id_)].domain)
    for domain in DOMAINS:
        of_domain = rows[domains.astype(str) == domain]
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
    catalogue = store.catalogue
    st.subheader(domain.capitalize(), anchor=False)
    firsts = {id_: _opened(of) for id_, of in by_indicator(rows)}
    said = [
        f"**{catalogue.indicators[id_].title}**, {_when(catalogue, firsts[id_])}: "
        f"{profile_texts.summary(catalogue, of)}"
        for id_, of in by_indicator(rows)
    ]
    show.lines(said)
    names = {code: catalogue.areas[code].name for code in profile_choices.areas(catalogue)}
    # A part that scrolls must hold something that the keyboard reaches: the heads are links.
    heads = {
        id_: f"[{catalogue.indicators[id_].title}]({profile_tables.link(catalogue, row)})"
        for id_, row in firsts.items()
    }
    cells = heatmap.cells(rows, names).rename(index=names, columns=heads).rename_axis("Area")
    what = (
        f"{domain.capitalize()}: ratio and how sure for each borough and indicator, "
        f"{rows['group'].iloc[0]} compared with {rows['reference'].iloc[0]}"
    )
    show.table(cells, what, styles=heatmap.shades(cells))
    signs, together = heatmap.signs(cells), profile_texts.together(catalogue, rows)
    st.caption(f"{signs} {_SHADES} {together}")
    taken = partial(
        profile.figure,
        store,
        seen,
        rows,
        profile.address("/group", selection, _FIELDS),
        f"{' '.join(said)} {profile_texts.CLOSING}".replace("**", ""),
        title=what,
        what=f"{profile_texts.selection_of_group(catalogue, selection)} {_CAUTIONS}",
        table=cells,
        signs=f"{signs} {together}".strip(),
    )
    name = "_".join((selection.group, selection.reference, domain))
    fold.fold(store, name, f"{domain} by borough", profile.indicators(store, rows), taken)


def _opened(rows: pd.DataFrame) -> pd.Series:
    """Return the row at which an indicator's own page opens: London's, if there is one."""
    london = rows[rows["area_code"] == options.LONDON]
    return (rows if london.empty else london).iloc[0]


def _when(catalogue: Catalogue, row: pd.Series) -> str:
    indicator = catalogue.indicators[str(row["indicator"])]
    return catalogue.period(indicator, str(row["period"])).label
