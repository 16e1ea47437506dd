"""How things are shown: a figure with its table, lines of words, a link to an indicator."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from loti_dash.charts.ready import Ready
from loti_dash.definitions import Indicator
from loti_dash.notices import says_withdrawn
from loti_dash.ui.html_table import html

if TYPE_CHECKING:
    import pandas as pd

    from loti_dash.export.figure import Figure
    from loti_dash.page_figures.complete import Part


@dataclass(frozen=True)
class Table:
    """A table as it goes to the browser, and what the signs in it mean."""

    html: str
    signs: str = ""


@dataclass(frozen=True)
class Shown:
    """A figure as it goes to the browser: its title, what it measures, a chart if any, a table."""

    title: str
    what: str
    chart: dict[str, Any] | None
    alt: str
    how_to_read: str
    table: Table


def link_to(indicator: Indicator) -> str:
    """Return a link to the page of an indicator, opened at it.

    As text, because Streamlit cuts the label of a page link off where a screen is narrow.
    """
    none = "figures withdrawn" if says_withdrawn(indicator.empty) else "no figures yet"
    missing = f" ({none})" if indicator.empty else ""
    return f"[{indicator.title}]({indicator.domain}?indicator={indicator.id}){missing}"


def lines(texts: Iterable[str]) -> None:
    """Draw texts one below the other, as a list."""
    st.write("\n".join(f"- {text}" for text in texts))


def figure(
    chart: dict[str, Any] | None,
    chart_alt: str,
    rows: pd.DataFrame,
    rows_alt: str,
    how_to_read: str,
    folded: str = "",
    explained: str = "How sure",
) -> None:
    """Draw a chart, if there is one, and the same rows as a table with its signs explained.

    `explained` is the head of the table that links to its explanation.
    """
    drawn(chart, chart_alt, made(rows, rows_alt, explained), how_to_read, folded)


def shown(of: Figure | Part, explained: str, how_to_read: str = "") -> Shown:
    """Return a figure as it goes to the browser.

    `explained` is the head of its table that links to its explanation; `how_to_read` replaces
    its own.
    """
    below = made(of.table, of.table_alt, explained)
    return Shown(of.title, of.what, of.chart, of.alt, how_to_read or of.how_to_read, below)


def draw(of: Shown, folded: str = "") -> None:
    """Draw a figure, without its title."""
    drawn(of.chart, of.alt, of.table, of.how_to_read, folded)


def drawn(
    of: dict[str, Any] | None, alt: str, below: Table, how_to_read: str, folded: str = ""
) -> None:
    """Draw a chart, if there is one, and a table that is made, with its signs explained.

    A table that is `folded` opens at a click on those words.
    """
    if of is not None:
        chart(of, alt)
    if how_to_read:
        st.caption(how_to_read)
    with st.expander(folded) if folded else st.container():
        st.html(below.html)
        if below.signs:
            st.caption(below.signs)


def chart(of: dict[str, Any], alt: str, **more: Any) -> None:
    """Draw a chart; `alt` is read in its place, and `more` is what a click on it does."""
    st.plotly_chart(
        Ready(of), theme=None, width="stretch", config={"displayModeBar": False}, alt=alt, **more
    )


def table(
    of: pd.DataFrame, alt: str, explained: str = "", styles: pd.DataFrame | None = None
) -> None:
    """Draw a table without explaining its signs; for the rest see `made`."""
    st.html(made(of, alt, explained, styles).html)


def made(
    of: pd.DataFrame, alt: str, explained: str = "How sure", styles: pd.DataFrame | None = None
) -> Table:
    """Return a table ready to be drawn, and what its signs mean.

    `alt` says what it shows, and the head `explained` links to its explanation. `styles` has the
    CSS of each cell, if any.
    """
    # Here: the first page has no table, and what makes one takes long to load.
    from loti_dash import tables

    linked = of.rename(columns={explained: f"[{explained}](methods)"}) if explained else of
    return Table(html(linked, alt, styles), tables.legend(of))
