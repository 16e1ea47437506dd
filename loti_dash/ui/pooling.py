"""Several years together: offered where single ones are small, and the single ones behind them."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from loti_dash import tables
from loti_dash.catalogue import Catalogue
from loti_dash.definitions import Indicator
from loti_dash.periods import Period
from loti_dash.selection import Selection
from loti_dash.ui import filters, show


def offer(years: Period | None, selection: Selection) -> None:
    """Draw the offer of several years together, if most counts are small and there are any."""
    if years is None:
        return
    st.info(
        "Most counts here are small or withheld, so chance moves them a lot. "
        f"Several years together say more: {years.label}."
    )
    chosen = replace(selection, period=years.id)
    st.button("Show the years together", on_click=filters.keep, args=(chosen,))


def singles(
    catalogue: Catalogue, indicator: Indicator, selection: Selection, rows: pd.DataFrame
) -> None:
    """Draw the table of the single periods behind the years shown, if any."""
    if rows.empty:
        return
    first = rows.iloc[0]
    labels = [catalogue.period(indicator, str(id_)).label for id_ in rows["period"]]
    title = f"The single periods: {first['group']} compared with {first['reference']}"
    st.subheader(title, anchor=False)
    st.caption(
        f"{indicator.title}, {first['area']}. What is shown above is their sum; a sum with a part "
        "that is withheld is withheld too."
    )
    table = tables.by_period(rows, indicator, labels)
    show.figure(None, "", table, f"{indicator.title}, {first['area']}. {title}.", "")
