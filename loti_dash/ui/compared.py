"""Compared with whom, and with where: other references, and other places, each drawn."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from loti_dash import alike, beside, place_texts, reference_texts, references
from loti_dash.beside import Beside
from loti_dash.catalogue import Catalogue
from loti_dash.charts import compared as charts
from loti_dash.definitions import Indicator
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui import show
from loti_dash.ui.published import remembered
from loti_dash.wording import place


@dataclass(frozen=True)
class Compared:
    """One group compared with each reference and, in a borough, with each other place."""

    whom: pd.DataFrame
    whom_chart: dict[str, Any] | None
    where: Beside | None
    rates_chart: dict[str, Any] | None
    ratios_chart: dict[str, Any] | None
    near: pd.DataFrame


def draw(store: Store, selection: Selection) -> None:
    """Draw whom the group in focus is compared with, and which places its area is beside."""
    seen = _compared(store, selection)
    catalogue = store.catalogue
    indicator = catalogue.indicators[selection.indicator]
    when = catalogue.period(indicator, selection.period).label
    if seen.whom["ratio"].notna().any():
        _whom(catalogue, indicator, seen, when)
    if seen.where is not None and not pd.isna(seen.where.here["rate"]):
        _where(catalogue, indicator, seen, seen.where, when)


@remembered(200)
def _compared(_store: Store, selection: Selection) -> Compared:
    """Return what there is to draw. The selection names its release; published figures only."""
    whom = references.of_group(_store, selection, references.tables(_store, selection))
    names = reference_texts.names(whom)
    where = beside.of_view(_store, selection)
    rates = ratios = None
    near = pd.DataFrame()
    if where is not None:
        here, there = place(str(where.here["area"])), [str(a) for a in where.there["area"]]
        rates = charts.compared(
            where.rates, there, "times the rate there", f"same rate as in {here}"
        )
        ratios = charts.compared(
            where.ratios, there, "times the ratio there", f"same ratio as in {here}"
        )
        near = place_texts.table_of_neighbours(
            _store.catalogue, selection.area, where.near, alike.residents(_store)
        )
    return Compared(
        whom,
        charts.compared(whom, names, "times the rate of those compared with", "same rate"),
        where,
        rates,
        ratios,
        near,
    )


def _whom(catalogue: Catalogue, indicator: Indicator, seen: Compared, when: str) -> None:
    rows = seen.whom
    st.subheader(reference_texts.title(rows), anchor=False)
    first = rows.iloc[0]
    st.caption(
        f"Ratio of rates by whom the group is compared with, {indicator.numerator.label} for "
        f"every {indicator.per:,} {indicator.denominator.label}. {first['area']}, {when}."
    )
    show.figure(
        seen.whom_chart,
        reference_texts.alt(catalogue, indicator, rows),
        reference_texts.table(rows, indicator),
        f"{indicator.title}, {first['group']}, by whom the group is compared with. "
        f"{first['area']}, {when}",
        charts.how_to_read(rows),
    )
    st.write(reference_texts.turned(rows))


def _where(
    catalogue: Catalogue, indicator: Indicator, seen: Compared, of: Beside, when: str
) -> None:
    here = place(str(of.here["area"]))
    title = place_texts.title_of_rates(of)
    st.subheader(title, anchor=False)
    st.caption(
        f"{of.here['group']}: the rate in {here} divided by the rate in each other place, "
        f"{indicator.numerator.label} for every {indicator.per:,} {indicator.denominator.label}, "
        f"{when}."
    )
    show.figure(
        seen.rates_chart,
        place_texts.alt(catalogue, indicator, of.rates, title),
        place_texts.table_of_rates(of, indicator),
        f"{indicator.title}, {of.here['group']}: the rate in {here} beside other places, {when}",
        charts.how_to_read(of.rates, "the place compared with"),
    )
    if of.ratios["ratio"].notna().any():
        _ratios(catalogue, indicator, seen, of, when)
    show.lines(place_texts.notes(catalogue, indicator, of))
    if len(seen.near):
        with st.expander(f"How like {here} its statistical neighbours are"):
            st.write(place_texts.ALIKE)
            show.table(
                seen.near,
                f"{here} and its statistical neighbours: who lives there, and deprivation",
                "How far",
            )
            st.caption(place_texts.alike_sources(catalogue))


def _ratios(
    catalogue: Catalogue, indicator: Indicator, seen: Compared, of: Beside, when: str
) -> None:
    title = place_texts.title_of_ratios(of)
    st.subheader(title, anchor=False)
    st.caption(
        f"The ratio of {of.here['group']} to {of.here['reference']} in "
        f"{place(str(of.here['area']))} divided by that ratio in each other place, {when}. "
        f"{place_texts.of_two_ratios(of)}"
    )
    show.figure(
        seen.ratios_chart,
        place_texts.alt(catalogue, indicator, of.ratios, title),
        place_texts.table_of_ratios(of, indicator),
        f"{indicator.title}, {of.here['group']} compared with {of.here['reference']}: the ratio "
        f"in {place(str(of.here['area']))} beside other places, {when}",
        charts.how_to_read(of.ratios, "the place compared with"),
    )
