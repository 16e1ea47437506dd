"""Figures under review as the public would see them: headline, cautions, chart and table."""

import streamlit as st

from loti_dash import chart_texts, options, sentences, tables
from loti_dash.charts import forest
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui import show
from loti_dash.ui.view import view
from loti_dash.upload.package import Package


def draw(store: Store, package: Package) -> None:
    """Draw each indicator of a package at its newest period, area by area."""
    for indicator in package.indicators:
        there = options.of_indicator(store.choices, indicator)
        if there.empty:
            continue
        newest = options.periods(there, indicator, store.catalogue)[0].id
        areas = options.areas(there[there["period_id"] == newest], store.catalogue)
        st.subheader(indicator.title, anchor=False)
        area = st.selectbox(
            "Area",
            areas,
            format_func=lambda code: store.catalogue.areas[code].name,
            key=f"reviewed_{indicator.id}",
        )
        group = options.groups(indicator, "5", "white", store.catalogue)[0]
        _one(store, Selection(indicator.id, area, newest, group, "white", "5", store.release))


def _one(store: Store, selection: Selection) -> None:
    catalogue = store.catalogue
    indicator = catalogue.indicators[selection.indicator]
    seen = view(store, selection)
    show.cautions(
        [each for each in seen.found if each != seen.forbidden],
        sentences.unknown(indicator, seen.here),
    )
    st.write(sentences.headline(catalogue, indicator, seen.here, selection.group, seen.forbidden))
    show.figure(
        seen.groups,
        chart_texts.forest_alt(catalogue, indicator, seen.here, selection.group),
        tables.by_group(seen.here, indicator),
        f"{indicator.title} by ethnic group",
        forest.how_to_read(seen.here),
    )
