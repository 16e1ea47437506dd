"""To take away: files, charts as pictures, words to cite and the address, made at a click."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from loti_dash.export.citation import cited
from loti_dash.export.observations import observations_behind
from loti_dash.export.taken import Taken
from loti_dash.export.workbook import workbook
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui import view_pictures
from loti_dash.ui.domain_words import Words
from loti_dash.ui.page import PRODUCT
from loti_dash.ui.view import taken
from loti_dash.ui.view_pictures import Picture
from loti_dash.ui.withdrawn import while_served

_KINDS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "svg": "image/svg+xml",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html",
}


def draw(store: Store, selection: Selection, words: Words) -> None:
    """Draw what can be taken away from the view of a page that says those words."""
    indicator = store.catalogue.indicators[selection.indicator]
    where = address(selection, indicator.domain)
    of = partial(taken, store, selection, words.headline, where)
    st.subheader("Take the figures with you", anchor=False)
    st.write(
        "All areas and groups of this indicator and period, not rounded, each file with its "
        "cautions, source, licence and release. The workbook, for Excel or LibreOffice, has notes "
        "on every sign; CSV is for analysis."
    )
    files: dict[str, tuple[str, Callable[[], str | bytes]]] = {
        f"the figures (CSV, {words.rows:,} rows)": ("_figures.csv", lambda: of().figures_csv()),
        "the counts behind them (CSV)": (
            "_counts.csv",
            lambda: of().observations_csv(_behind(store, of())),
        ),
        "a workbook (XLSX)": (".xlsx", lambda: workbook(of(), _behind(store, of()), PRODUCT)),
    }
    name = _name(store, selection)
    with st.container(horizontal=True):
        for what, (ending, make) in files.items():
            data = while_served(store, [indicator], make)
            button(f"Download {what}", data, f"{name}{ending}")
    pictures(store, selection, view_pictures.pictures(store, selection, where, words.charts))
    st.write("**To cite this view**")
    # As plain text: a box with a copy button brings 1.5 MB of syntax colours with it.
    papers = {**words.papers, "Address": where}
    sources = store.catalogue.sources_of(indicator)
    st.text(cited(words.finding, papers, sources, PRODUCT, date.today()))
    st.write("**The address of this view**")
    st.text(where)


def _behind(store: Store, of: Taken) -> pd.DataFrame:
    """Return the counts behind a view: the place and group looked at first, then as listed."""
    ordered = [of.selection.area, *map(str, of.of_group["area_code"]), *of.areas]
    period = of.selection.period
    return observations_behind(store, of.indicator, period, [*dict.fromkeys(ordered)])


def _name(store: Store, selection: Selection) -> str:
    """Return what the files of a view are called, without what they are and their ending."""
    return "_".join((selection.indicator, selection.area, selection.period, store.release))


def rows(name: str, csv: Callable[[], str], many: int) -> None:
    """Draw what can be taken away from one table: so many rows as CSV, which `csv` makes.

    By `export.csv.csv` from rows of the comparison table, or by `words_csv` from a table of words.
    `name` is that of the file, without its ending.
    """
    button(f"Download this table (CSV, {many:,} rows)", csv, f"{name}.csv")


def pictures(store: Store, selection: Selection, of: Mapping[str, Callable[[], Picture]]) -> None:
    """Draw the buttons of charts that can be pictures, by what they are called: PNG and SVG.

    Each is made at a click, words and all.
    """
    with st.container(horizontal=True):
        for label, make in of.items():
            stem = f"{_name(store, selection)}_{label.replace(' ', '_')}"
            button(f"Download the {label} (PNG)", partial(_png, make), f"{stem}.png")
            button(f"Download the {label} (SVG)", partial(_svg, make), f"{stem}.svg")


def _png(make: Callable[[], Picture]) -> bytes:
    return make().png()


def _svg(make: Callable[[], Picture]) -> str:
    return make().svg()


def button(label: str, data: Callable[[], str | bytes], name: str) -> None:
    """Draw the button of a file, which is made at a click."""
    kind = _KINDS[name.rpartition(".")[2]]
    # A click on a link to a file is no reason to draw the page again.
    st.download_button(label, data, name, kind, on_click="ignore")


def address(selection: Selection, page: str) -> str:
    """Return the whole address of a view, or where the browser does not say, that of its page."""
    return whole(f"/{page}?{urlencode(selection.to_params())}")


def whole(link: str) -> str:
    """Return the address of this page with the choices of a link, or the link if unknown."""
    return f"{st.context.url}?{link.partition('?')[2]}" if st.context.url else link


def base() -> str:
    """Return what stands in front of the addresses of pages."""
    return f"{(st.context.url or '').partition('?')[0].rpartition('/')[0]}/"
