"""The page of one area: every indicator that is published for it, on one scale."""

from dataclasses import dataclass
from functools import partial
from typing import Any

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
from loti_dash.definitions import Indicator
from loti_dash.evidence_order import in_order
from loti_dash.export.figure import Figure
from loti_dash.profile import Profile
from loti_dash.profile_choices import ALL_FIVE
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui import fold, profile, show
from loti_dash.ui.page import open_page
from loti_dash.ui.published import remembered

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
    said = _said(store, selection)
    st.write(said.selection)
    if said.cautions:
        show.box(said.cautions)
    st.header(said.headline, anchor=False)
    if said.cautions:
        st.write(profile_texts.CLOSING)
        _drawn(store, selection, said)
    if said.missing:
        st.subheader("Without a ratio or a figure here", anchor=False)
        show.lines(said.missing)
    if said.cautions:
        link = profile.address("/borough", selection, _FIELDS)
        rows = partial(_rows, store, selection)
        name = f"{selection.area}_{selection.group}"
        profile.download(store, lambda: rows()[1], said.indicators, link, name)


@dataclass(frozen=True)
class _Said:
    """What the page says, and what it draws as it goes to the browser; no `cautions`, no rows."""

    selection: str
    cautions: show.Box | None
    headline: str
    chart: dict[str, Any] | None
    alt: str
    table: show.Table
    how_to_read: str
    missing: tuple[str, ...]
    indicators: tuple[Indicator, ...]


def _rows(store: Store, selection: Selection) -> tuple[Profile, pd.DataFrame]:
    """Return an area in every indicator, and the rows of the groups looked at, in order."""
    catalogue = store.catalogue
    seen = profile.of_area(store, store.release, selection.area, selection.reference)
    wanted = profile_choices.of_five(selection.group, selection.reference, catalogue)
    counted = profile_reasons.with_counts(seen.rows)
    rows = counted[counted["group_code"].isin(wanted)]
    return seen, rows if rows.empty else in_order(rows, catalogue)


@remembered(500)
def _said(_store: Store, selection: Selection) -> _Said:
    """Return what a page says."""
    catalogue = _store.catalogue
    seen, rows = _rows(_store, selection)
    area = catalogue.areas[selection.area].name
    absent = profile_reasons.without_figure(
        catalogue, _store.choices, seen.rows, rows, selection.area
    )
    none = profile_reasons.without_ratio(catalogue, rows)
    cautions, empty = profile_cautions.cautions, rows.empty
    return _Said(
        profile_texts.selection_of_area(catalogue, selection),
        None if empty else show.boxed(cautions(catalogue, rows, seen.cautions), ""),
        profile_texts.headline_of_area(catalogue, rows, area),
        None if empty else charts.profile(catalogue, rows),
        "" if empty else profile_texts.alt_of_area(rows),
        show.Table("", "")
        if empty
        else show.made(
            profile_tables.of_area(catalogue, rows),
            f"Every indicator for {area}: ratio, how sure, rates, and what is counted, when and "
            "where",
        ),
        "" if empty else charts.how_to_read(rows),
        profile.linked([*none, *absent], selection),
        tuple(profile.indicators(_store, rows)),
    )


def _drawn(store: Store, selection: Selection, said: _Said) -> None:
    """Draw every indicator of an area, as a chart and a table, and the fold to take it away."""
    area = store.catalogue.areas[selection.area].name
    title = f"{area}, indicator by indicator"
    what = "Ratios of rates with their 95% intervals, by domain."
    st.subheader(title, anchor=False)
    st.caption(what)
    folded = "The same as a table" if selection.group == ALL_FIVE else ""
    show.figure(said.chart, said.alt, said.table, "", said.how_to_read, folded=folded)
    taken = partial(_taken, store, selection, said, title=title, what=f"{what} {said.selection}")
    name = "_".join((selection.area, selection.group, selection.reference, "figure"))
    fold.fold(store, name, "every indicator here", said.indicators, taken)


def _taken(store: Store, selection: Selection, said: _Said, **shown: Any) -> Figure:
    """Return what is taken away."""
    seen, rows = _rows(store, selection)
    return profile.figure(
        store,
        seen,
        rows,
        profile.address("/borough", selection, _FIELDS),
        f"{said.headline} {profile_texts.CLOSING}",
        table=profile_tables.of_area(store.catalogue, rows),
        chart=said.chart,
        alt=said.alt,
        how_to_read=said.how_to_read,
        **shown,
    )
