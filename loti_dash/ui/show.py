"""How things are shown: a figure with its table, cautions in a box, a link to an indicator."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from loti_dash import config
from loti_dash.caveats import Found
from loti_dash.definitions import Indicator

# What stands in the box before "more".
MOST_LINES = 3


def link_to(indicator: Indicator, label: str) -> None:
    """Draw a link to the page of an indicator, opened at it."""
    st.page_link(
        config.ROOT / "pages" / f"{indicator.domain}.py",
        label=label,
        query_params={"indicator": indicator.id},
    )


def cautions(found: Sequence[Found], unknown: str) -> None:
    """Draw the box of what to know before using a figure, the worst first.

    What limits use, and how much is not known, stand in the open; the rest is one click away.
    """
    first = [each.text for each in found if each.severity == 3] + [unknown]
    first += [each.text for each in found if each.severity == 2]
    lines = [line for line in first if line][:MOST_LINES]
    more = [each for each in found if each.text not in lines]
    with st.container(border=True):
        st.write("**:material/warning: Before you use this**")
        for line in lines:
            st.write(line)
        if more:
            with st.expander(f"{len(more)} more about these figures"):
                for each in more:
                    st.write(f"- {each.text} {each.effect}".rstrip())


def figure(
    chart: Any, chart_alt: str, table: pd.DataFrame, table_alt: str, legend: str, folded: bool
) -> None:
    """Draw a chart, and under it the same rows as a table, with what its signs mean."""
    st.plotly_chart(
        chart,
        theme=None,
        width="stretch",
        config={"displayModeBar": False},
        alt=chart_alt,
    )
    with st.expander("The same figures as a table") if folded else st.container():
        st.table(table, alt=table_alt)
        if legend:
            st.caption(legend)
