"""Several years together: offered where single ones are small, and the single ones behind them."""

from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from loti_dash import sentences, tables
from loti_dash.export.figure import Figure
from loti_dash.periods import Period
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui import filters, fold, show, take_away
from loti_dash.ui.view import view


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


def singles(store: Store, selection: Selection, rows: pd.DataFrame) -> None:
    """Draw the table of the single periods behind the years shown, if any, and its fold."""
    if rows.empty:
        return
    catalogue = store.catalogue
    indicator = catalogue.indicators[selection.indicator]
    first = rows.iloc[0]
    labels = [catalogue.period(indicator, str(id_)).label for id_ in rows["period"]]
    title = f"The single periods: {first['group']} compared with {first['reference']}"
    what = (
        f"{indicator.title}, {first['area']}. What is shown above is their sum; a sum with a part "
        "that is withheld is withheld too."
    )
    st.subheader(title, anchor=False)
    st.caption(what)
    table = tables.by_period(rows, indicator, labels)
    show.figure(None, "", table, f"{indicator.title}, {first['area']}. {title}.", "")
    taken = partial(_taken, store, selection, title=title, what=what, table=table, rows=rows)
    stem = "_".join((indicator.id, selection.area, selection.period, "single_periods"))
    fold.fold(store, stem, "the single periods", [indicator], taken, numbers=True)


def _taken(store: Store, selection: Selection, **shown: Any) -> Figure:
    """Return the table as it is taken away, with the sentence of the years together."""
    seen = view(store, selection)
    indicator = store.catalogue.indicators[selection.indicator]
    said = sentences.headline(
        store.catalogue, indicator, seen.here, selection.group, seen.forbidden
    )
    finding = take_away.taken(store, selection, seen, said).finding
    return fold.of_view(store, selection, finding, **shown)
