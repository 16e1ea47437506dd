"""The page of one ethnic group: every indicator in every borough, as a heat map in words."""

from dataclasses import dataclass, replace
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
from loti_dash.definitions import Indicator
from loti_dash.evidence_order import DOMAINS, by_indicator
from loti_dash.export.figure import Figure
from loti_dash.profile import Profile
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui import fold, profile, show
from loti_dash.ui.html_table import html
from loti_dash.ui.page import open_page
from loti_dash.ui.published import remembered

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
    said = _said(store, selection)
    st.write(said.selection)
    if said.cautions:
        show.box(said.cautions)
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
        name = f"{selection.group}_{selection.reference}"
        profile.download(store, lambda: _seen(store, selection).rows, said.indicators, link, name)


@dataclass(frozen=True)
class _Domain:
    """The indicators of a domain: a sentence for each, and the heat map as it goes out."""

    name: str
    said: tuple[str, ...]
    what: str
    table: str
    signs: str
    together: str
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True)
class _Said:
    """What the page says from the top down. There are no `cautions` where there is no ratio."""

    selection: str
    cautions: show.Box | None
    headline: str
    domains: tuple[_Domain, ...]
    absent: tuple[str, ...]
    indicators: tuple[Indicator, ...]


def _seen(store: Store, selection: Selection) -> Profile:
    return profile.of_group(store, store.release, selection.group, selection.reference)


@remembered(200)
def _said(_store: Store, selection: Selection) -> _Said:
    """Return what a page says."""
    catalogue = _store.catalogue
    seen = _seen(_store, selection)
    rows = profile_reasons.with_ratio(seen.rows)
    absent = profile_reasons.not_by_borough(catalogue, _store.choices, seen.rows, rows)
    cautions = profile_cautions.cautions
    return _Said(
        profile_texts.selection_of_group(catalogue, selection),
        None if rows.empty else show.boxed(cautions(catalogue, rows, seen.cautions), ""),
        profile_texts.headline_of_group(catalogue, rows),
        tuple(
            _of_domain(_store, domain, of)
            for domain in DOMAINS
            if not (of := _rows_of(catalogue, rows, domain)).empty
        ),
        profile.linked(absent, replace(selection, area="")),
        tuple(profile.indicators(_store, seen.rows)),
    )


def _rows_of(catalogue: Catalogue, rows: pd.DataFrame, domain: str) -> pd.DataFrame:
    domains = rows["indicator"].map(lambda id_: catalogue.indicators[str(id_)].domain)
    return rows[domains.astype(str) == domain]


def _of_domain(store: Store, domain: str, rows: pd.DataFrame) -> _Domain:
    catalogue = store.catalogue
    said = tuple(
        f"**{catalogue.indicators[id_].title}**, {_when(catalogue, _opened(of))}: "
        f"{profile_texts.summary(catalogue, of)}"
        for id_, of in by_indicator(rows)
    )
    what = (
        f"{domain.capitalize()}: ratio and how sure for each borough and indicator, "
        f"{rows['group'].iloc[0]} compared with {rows['reference'].iloc[0]}"
    )
    cells = _cells(catalogue, rows)
    return _Domain(
        domain,
        said,
        what,
        html(cells, what, heatmap.shades(cells)),
        heatmap.signs(cells),
        profile_texts.together(catalogue, rows),
        tuple(profile.indicators(store, rows)),
    )


def _cells(catalogue: Catalogue, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the heat map in words, a row for each borough and a column for each indicator."""
    names = {code: catalogue.areas[code].name for code in profile_choices.areas(catalogue)}
    # A part that scrolls must hold something that the keyboard reaches: the heads are links.
    heads = {
        id_: f"[{catalogue.indicators[id_].title}]({profile_tables.link(catalogue, _opened(of))})"
        for id_, of in by_indicator(rows)
    }
    return heatmap.cells(rows, names).rename(index=names, columns=heads).rename_axis("Area")


def _domain(store: Store, selection: Selection, of: _Domain) -> None:
    """Draw the indicators of a domain: a sentence for each, and the heat map of the boroughs."""
    st.subheader(of.name.capitalize(), anchor=False)
    show.lines(of.said)
    st.html(of.table)
    st.caption(f"{of.signs} {_SHADES} {of.together}")
    name = "_".join((selection.group, selection.reference, of.name))
    taken = partial(_taken, store, selection, of)
    fold.fold(store, name, f"{of.name} by borough", of.indicators, taken)


def _taken(store: Store, selection: Selection, of: _Domain) -> Figure:
    """Return what is taken away of a domain."""
    catalogue, seen = store.catalogue, _seen(store, selection)
    rows = _rows_of(catalogue, profile_reasons.with_ratio(seen.rows), of.name)
    return profile.figure(
        store,
        seen,
        rows,
        profile.address("/group", selection, _FIELDS),
        f"{' '.join(of.said)} {profile_texts.CLOSING}".replace("**", ""),
        title=of.what,
        what=f"{profile_texts.selection_of_group(catalogue, selection)} {_CAUTIONS}",
        table=_cells(catalogue, rows),
        signs=f"{of.signs} {of.together}".strip(),
    )


def _opened(rows: pd.DataFrame) -> pd.Series:
    """Return the row at which an indicator's own page opens: London's, if there is one."""
    london = rows[rows["area_code"] == options.LONDON]
    return (rows if london.empty else london).iloc[0]


def _when(catalogue: Catalogue, row: pd.Series) -> str:
    indicator = catalogue.indicators[str(row["indicator"])]
    return catalogue.period(indicator, str(row["period"])).label
