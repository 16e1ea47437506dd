"""How things are shown: a figure with its table, cautions in a box, a link to an indicator."""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from loti_dash import config, tables
from loti_dash.caveats import Found
from loti_dash.definitions import Indicator

# What stands in the box before "more".
MOST_LINES = 3


def link_to(indicator: Indicator) -> None:
    """Draw a link to the page of an indicator, opened at it."""
    missing = " (no figures yet)" if indicator.empty else ""
    st.page_link(
        config.ROOT / "pages" / f"{indicator.domain}.py",
        label=f"{indicator.title}{missing}",
        icon=":material/arrow_forward:",
        query_params={"indicator": indicator.id},
    )


def lines(texts: Iterable[str]) -> None:
    """Draw texts one below the other, as a list."""
    st.write("\n".join(f"- {text}" for text in texts))


def cautions(found: Sequence[Found], unknown: str) -> None:
    """Draw the box of what to know before using a figure, the worst first.

    What limits use, and how much is not known, stand in the open; the rest is one click away.
    """
    worst = [each.text for each in found if each.severity == 3]
    others = [each.text for each in found if each.severity == 2]
    open_ = [text for text in (*worst[: MOST_LINES - 1], unknown, *others) if text][:MOST_LINES]
    more = [each for each in found if each.text not in open_]
    with st.container(border=True):
        st.write("**:material/warning: Before you use this**")
        lines(open_)
        if more:
            with st.expander(f"{len(more)} more about these figures"):
                lines(f"{each.text} {each.effect}".rstrip() for each in more)


def figure(
    chart: dict[str, Any] | None,
    chart_alt: str,
    table: pd.DataFrame,
    table_alt: str,
    how_to_read: str,
    folded: str = "",
) -> None:
    """Draw a chart, if there is one, and the same rows as a table with its signs explained.

    A table that is `folded` opens at a click on those words.
    """
    if chart is not None:
        st.plotly_chart(
            chart,
            theme=None,
            width="stretch",
            config={"displayModeBar": False},
            alt=chart_alt,
        )
    if how_to_read:
        st.caption(how_to_read)
    with st.expander(folded) if folded else st.container():
        wide_table(table, table_alt, "How sure")
        signs = tables.legend(table)
        if signs:
            st.caption(signs)


def wide_table(of: pd.DataFrame, alt: str, explained: str) -> None:
    """Draw a table that may be wider than a phone, one of its heads a link to its explanation.

    A part that scrolls must hold something that the keyboard reaches.
    """
    st.table(of.rename(columns={explained: f"[{explained}](methods)"}), alt=alt)
