"""To take away: files, charts as pictures, words to cite and the address, made at a click."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from loti_dash import chart_texts, figures, sentences, where_texts
from loti_dash.charts import forest, intervals
from loti_dash.export import picture
from loti_dash.export.citation import citation
from loti_dash.export.observations import observations_behind
from loti_dash.export.taken import Taken
from loti_dash.export.workbook import workbook
from loti_dash.findings import clearest, each
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui.drawings import Drawing, drawing
from loti_dash.ui.page import PRODUCT
from loti_dash.ui.published import remembered
from loti_dash.ui.view import View
from loti_dash.ui.withdrawn import while_served

_KINDS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "svg": "image/svg+xml",
}


@dataclass(frozen=True)
class Picture:
    """A chart to take away, and its words; `below` are the paragraphs under it."""

    chart: dict[str, Any]
    title: str
    subtitle: str
    alt: str
    below: Sequence[str]


def draw(store: Store, selection: Selection, seen: View, said: str) -> None:
    """Draw what can be taken away from a view. `said` is its headline, as the page shows it."""
    indicator = store.catalogue.indicators[selection.indicator]
    name = "_".join((indicator.id, selection.area, selection.period, store.release))

    def of() -> Taken:
        # At a click: until then nobody needs the tables.
        return taken(store, selection, seen, said)

    def behind() -> pd.DataFrame:
        # The place and group looked at first, then as the page lists them.
        areas = [selection.area, *map(str, seen.of_group["area_code"]), *of().areas]
        ordered = list(dict.fromkeys(areas))
        return observations_behind(store, indicator, selection.period, ordered)

    st.subheader("Take the figures with you", anchor=False)
    st.write(
        "All areas and groups of this indicator and period, not rounded, each file with its "
        "cautions, source, licence and release. The workbook, for Excel or LibreOffice, has notes "
        "on every sign; CSV is for analysis."
    )
    files: dict[str, tuple[str, Callable[[], str | bytes]]] = {
        f"figures (CSV, {seen.rows:,} rows)": ("_figures.csv", lambda: of().figures_csv()),
        "counts behind them (CSV)": ("_counts.csv", lambda: of().observations_csv(behind())),
    }
    with st.container(horizontal=True):
        for what, (ending, make) in files.items():
            data = while_served(store, [indicator], make)
            button(f"Download the {what}", data, f"{name}{ending}")
        data = while_served(store, [indicator], lambda: workbook(of(), behind(), product=PRODUCT))
        button("Download a workbook (XLSX)", data, f"{name}.xlsx")
    pictures(
        name,
        {
            label: while_served(store, [indicator], make)
            for label, make in charts_of(store, selection, of, seen).items()
        },
    )
    here = address(selection, indicator.domain)
    st.write("**To cite this view**")
    # As plain text: a box with a copy button brings 1.5 MB of syntax colours with it.
    st.text(_cited(store, selection, here, date.today(), of))
    st.write("**The address of this view**")
    st.text(here)


@remembered(500)
def _cited(
    _store: Store, selection: Selection, address: str, on: date, _of: Callable[[], Taken]
) -> str:
    """Return the sentence to cite, which has the address and the day."""
    return citation(_of(), PRODUCT, on)


def figure(
    name: str, csv: Callable[[], str], rows: int, of: Mapping[str, Callable[[], Picture]]
) -> None:
    """Draw what can be taken away from one table and its charts, on any page.

    `csv` makes the file, by `export.csv.csv` from rows of the comparison table or by `words_csv`
    from a table of words. `name` is that of the files, without an ending; `of` is as in
    `pictures`.
    """
    with st.container(horizontal=True):
        button(f"Download this table (CSV, {rows:,} rows)", csv, f"{name}.csv")
    pictures(name, of)


def picture_of(store: Store, selection: Selection, seen: View, label: str, shown: Picture) -> None:
    """Draw the buttons of one more chart of a view, by what it is called.

    Its `below` is how to read it; what must stand below every picture is added.
    """
    of = taken(store, selection, seen, "")
    with_papers = replace(shown, below=[*shown.below, *of.below("", "")])
    pictures(of.name, {label: while_served(store, [of.indicator], lambda: with_papers)})


def pictures(name: str, of: Mapping[str, Callable[[], Picture]]) -> None:
    """Draw the buttons of charts that can be pictures, by what they are called: PNG and SVG.

    Each is made at a click, words and all.
    """
    with st.container(horizontal=True):
        for label, make in of.items():
            stem = f"{name}_{label.replace(' ', '_')}"
            png, svg = partial(_png, make), partial(_svg, make)
            button(f"Download the {label} (PNG)", png, f"{stem}.png")
            button(f"Download the {label} (SVG)", svg, f"{stem}.svg")


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


def taken(store: Store, selection: Selection, seen: View, said: str) -> Taken:
    """Return what is taken away from a view: its figures as shown, and their words."""
    indicator = store.catalogue.indicators[selection.indicator]
    row = clearest(seen.here, selection.group)
    after = seen.forbidden.effect if seen.forbidden else sentences.closing(row)
    unknown = float("nan") if seen.coverage is None else float(seen.coverage.here["unknown"])
    return Taken(
        store.catalogue,
        indicator,
        selection,
        seen.everywhere,
        seen.here,
        seen.of_group,
        seen.cautions,
        f"{said} {after}".strip(),
        unknown,
        address(selection, indicator.domain),
    )


def charts_of(
    store: Store, selection: Selection, of: Callable[[], Taken], seen: View
) -> dict[str, Callable[[], Picture]]:
    """Return the charts of a view by what they are called: of its groups, and of its areas."""
    found: dict[str, Callable[[], Picture]] = {}
    if seen.groups is not None:
        found["chart of groups"] = partial(_groups, of, seen.groups)
    if seen.areas > 1:
        # As the page shows it before anybody chooses a map.
        dots = drawing(store, selection, seen, "dots", "ratio")
        if dots.chart is not None:
            found["chart of areas"] = partial(_areas, of, dots, dots.chart)
    return found


def _groups(view: Callable[[], Taken], chart: dict[str, Any]) -> Picture:
    of = view()
    rows = of.here
    measured = where_texts.measured(of.catalogue, of.indicator, rows, "ratio")
    signs = figures.legend(" ".join(intervals.value(row) for row in each(rows)))
    return Picture(
        chart,
        chart_texts.groups_title(rows),
        f"{of.indicator.title}. {measured} {rows['area'].iloc[0]}.",
        chart_texts.forest_alt(of.catalogue, of.indicator, rows, of.selection.group),
        of.below(forest.how_to_read(rows), signs),
    )


def _areas(view: Callable[[], Taken], dots: Drawing, chart: dict[str, Any]) -> Picture:
    of = view()
    return Picture(
        chart,
        dots.title,
        f"{of.indicator.title}. {dots.caption}",
        dots.alt,
        of.below(dots.how_to_read, dots.credit),
    )


def _svg(make: Callable[[], Picture]) -> str:
    of = make()
    return picture.svg(of.chart, picture.Words(of.title, of.subtitle, of.alt, of.below))


def _png(make: Callable[[], Picture]) -> bytes:
    return picture.png(_svg(make), make().alt)
