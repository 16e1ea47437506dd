"""How complete figures are, drawn: why ethnicity is not known, where, and since when."""

import streamlit as st

from loti_dash import coverage_texts
from loti_dash.catalogue import Catalogue
from loti_dash.charts import coverage as charts
from loti_dash.charts.areas import in_order
from loti_dash.coverage import Coverage
from loti_dash.definitions import Indicator
from loti_dash.ui import show


def draw(catalogue: Catalogue, indicator: Indicator, of: Coverage) -> None:
    """Draw the reasons, the areas and the periods, each a chart and the table of its rows."""
    area, now = str(of.here["area_code"]), str(of.here["period"])
    label = catalogue.period(indicator, now).label
    share = f"Share of {indicator.numerator.label} of unknown ethnicity"
    column = "set_share" if of.of_set else "share"

    st.subheader(coverage_texts.title_of_states(of), anchor=False)
    counted = coverage_texts.counted(indicator, of)
    st.caption(f"Share of all {counted}. {of.here['area']}, {label}.")
    show.figure(
        charts.by_state(of.states, column),
        coverage_texts.alt_of_states(catalogue, indicator, of),
        coverage_texts.table_of_states(indicator, of),
        f"Why ethnicity is not known. {of.here['area']}, {label}",
        "",
        explained="What that means",
    )

    rows = in_order(of.by_area)
    st.subheader(coverage_texts.title_of_areas(rows), anchor=False)
    st.caption(f"{share}. Areas by name, {label}.")
    show.figure(
        charts.by_area(rows, area),
        coverage_texts.alt_of_areas(catalogue, indicator, of),
        coverage_texts.table_of_shares(indicator, rows, rows["area"].to_list(), "Area"),
        f"Share of unknown ethnicity by area, {label}",
        coverage_texts.how_to_read(indicator, rows),
        folded="Shares by area as a table",
        explained="% not known",
    )

    periods = [catalogue.period(indicator, str(id_)) for id_ in of.over_time["period"]]
    st.subheader(coverage_texts.title_of_time(of), anchor=False)
    st.caption(f"{share}. {of.here['area']}, every period there is.")
    show.figure(
        charts.over_time(of.over_time, periods, now),
        coverage_texts.alt_of_time(catalogue, indicator, of),
        coverage_texts.table_of_shares(
            indicator, of.over_time, [period.label for period in periods], "Period"
        ),
        f"Share of unknown ethnicity over time. {of.here['area']}",
        coverage_texts.how_to_read(indicator, of.over_time, periods),
        folded="Shares over time as a table",
        explained="% not known",
    )
