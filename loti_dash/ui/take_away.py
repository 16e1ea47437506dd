"""To take away: files of the figures, the chart as a picture, words to cite, and the address.

A file is made when somebody asks for it. What is in it is what the page shows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from loti_dash import chart_texts, figures, sentences, where_texts
from loti_dash.charts import areas, forest, intervals
from loti_dash.export import picture
from loti_dash.export.citation import citation
from loti_dash.export.observations import observations_behind
from loti_dash.export.taken import Taken
from loti_dash.export.workbook import workbook
from loti_dash.findings import clearest
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui.page import PRODUCT
from loti_dash.ui.view import View

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Picture:
    """A chart to take away: what it is called on a button, the chart, and its words."""

    label: str
    chart: dict[str, Any]
    title: str
    subtitle: str
    alt: str
    below: Sequence[str]


def draw(store: Store, selection: Selection, seen: View, said: str) -> None:
    """Draw what can be taken away from a view. `said` is its headline, as the page shows it."""
    of = taken(store, selection, seen, said)
    # The place and group looked at first, then as the page lists them.
    ordered = dict.fromkeys([selection.area, *map(str, seen.of_group["area_code"]), *of.areas])
    behind = partial(observations_behind, store, of.indicator, selection.period, [*ordered])
    st.subheader("Take the figures with you", anchor=False)
    st.write(
        "Numbers are not rounded. Each file has its cautions, source, licence and release. The "
        "workbook is for Excel or LibreOffice, with notes on every sign; CSV is for analysis."
    )
    with st.container(horizontal=True):
        _button(
            f"The figures of all areas (CSV, {len(seen.everywhere):,} rows)",
            of.figures_csv,
            f"{of.name}_figures.csv",
            "text/csv",
        )
        _button(
            "The counts behind them (CSV)",
            lambda: of.observations_csv(behind()),
            f"{of.name}_counts.csv",
            "text/csv",
        )
        _button(
            f"Workbook of {seen.here['area'].iloc[0]} and all areas (XLSX)",
            lambda: workbook(of, behind(), PRODUCT),
            f"{of.name}.xlsx",
            _XLSX,
        )
    pictures(of.name, _pictures(of, seen))
    st.write("**To cite this view**")
    st.code(citation(of, PRODUCT, date.today()), language=None, wrap_lines=True)
    st.write("**The address of this view**")
    st.code(of.address, language=None, wrap_lines=True)


def figure(name: str, csv: Callable[[], str], rows: int, shown: Picture | None) -> None:
    """Draw what can be taken away from one table and its chart, on any page.

    `csv` makes the file, by `export.csv.csv` from rows of the comparison table or by `words_csv`
    from a table of words. `name` is that of the files, without an ending.
    """
    with st.container(horizontal=True):
        _button(f"This table (CSV, {rows:,} rows)", csv, f"{name}.csv", "text/csv")
    pictures(name, [shown] if shown else [])


def pictures(name: str, of: Sequence[Picture]) -> None:
    """Draw the buttons of charts that can be pictures, each as PNG and as SVG."""
    with st.container(horizontal=True):
        for each in of:
            words = picture.Words(each.title, each.subtitle, each.alt, each.below)
            stem = f"{name}_{each.label.lower().replace(' ', '_')}"
            svg = partial(picture.svg, each.chart, words)
            png = partial(_png, svg, each.alt)
            _button(f"{each.label} (PNG)", png, f"{stem}.png", "image/png")
            _button(f"{each.label} (SVG)", svg, f"{stem}.svg", "image/svg+xml")


def address(selection: Selection, page: str) -> str:
    """Return the whole address of a view, or where the browser does not say, that of its page."""
    return f"{st.context.url or f'/{page}'}?{urlencode(selection.to_params())}"


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


def _pictures(of: Taken, seen: View) -> list[Picture]:
    """Return the charts of a view: of its groups, and of its areas."""
    catalogue, indicator = of.catalogue, of.indicator
    made = []
    if seen.groups is not None:
        signs = figures.legend(" ".join(intervals.value(row) for _, row in seen.here.iterrows()))
        measured = where_texts.measured(catalogue, indicator, seen.here, "ratio")
        made.append(
            Picture(
                "Chart of groups",
                seen.groups,
                chart_texts.groups_title(seen.here),
                f"{indicator.title}. {measured} {seen.here['area'].iloc[0]}.",
                chart_texts.forest_alt(catalogue, indicator, seen.here, of.selection.group),
                of.below(forest.how_to_read(seen.here), signs),
            )
        )
    if seen.areas is not None:
        measured = where_texts.measured(catalogue, indicator, seen.of_group, "ratio")
        made.append(
            Picture(
                "Chart of areas",
                seen.areas,
                chart_texts.areas_title(catalogue, seen.of_group),
                f"{indicator.title}. {measured} Areas by name.",
                chart_texts.areas_alt(catalogue, indicator, seen.of_group),
                of.below(areas.how_to_read(seen.of_group, of.selection.area), ""),
            )
        )
    return made


def _png(svg: Callable[[], str], alt: str) -> bytes:
    return picture.png(svg(), alt)


def _button(label: str, data: Callable[[], str | bytes], name: str, mime: str) -> None:
    # A click on a link to a file is no reason to draw the page again.
    st.download_button(label, data, name, mime, on_click="ignore")
