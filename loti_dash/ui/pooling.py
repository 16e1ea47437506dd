"""Several years together: offered where single ones are small, and the single ones behind them."""

from dataclasses import replace
from functools import partial

import streamlit as st

from loti_dash.page_figures import singles as figures
from loti_dash.page_figures.seen import Seen
from loti_dash.periods import Period
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui import filters, fold, show, take_away
from loti_dash.views import View


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


def singles(store: Store, selection: Selection, seen: Seen) -> None:
    """Draw the table of the single periods behind the years shown, if any, and its fold."""
    if seen.singles.empty:
        return
    indicator = store.catalogue.indicators[selection.indicator]
    taken = partial(
        figures.figure,
        store,
        selection,
        seen,
        take_away.address(selection, indicator.domain),
    )
    of = taken()
    st.subheader(of.title, anchor=False)
    st.caption(of.what)
    alt = f"{indicator.title}, {seen.singles['area'].iloc[0]}. {of.title}."
    show.figure(None, "", of.table, alt, "")
    stem = "_".join((indicator.id, selection.area, selection.period, figures.NAME))
    at = View.at(indicator.domain, selection.to_params(), figures.NAME)
    fold.fold(store, stem, "the single periods", [indicator], taken, at, numbers=True)
