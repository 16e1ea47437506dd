"""The page of processes: choices, cautions, where the ratio arises, the chart, tables, papers."""

from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from loti_dash import stage_lines, stage_tables, stage_texts, stages
from loti_dash.charts import stages as chart
from loti_dash.definitions import Indicator
from loti_dash.export import papers
from loti_dash.export.figure import Figure
from loti_dash.export.stages import csv_of_stages
from loti_dash.stage_choices import StageSelection
from loti_dash.stages import Stages
from loti_dash.store import Store
from loti_dash.ui import choices, fold, show, stage_form, take_away
from loti_dash.ui.page import open_page
from loti_dash.ui.papers import linked
from loti_dash.ui.published import remembered
from loti_dash.ui.withdrawn import while_served


@remembered(200)
def view(_store: Store, release: str, process: str, area: str, period: str, ref: str) -> Stages:
    """Return the steps there are to show. Only published figures are cached for everybody."""
    return stages.stages(_store, _store.catalogue.processes[process], area, period, ref)


@dataclass(frozen=True)
class _Said:
    """What the page says, from the top down, and what it draws, as it goes to the browser."""

    selection: str
    cautions: show.Box
    headline: str
    closing: str
    title: str
    what: str
    chart: dict[str, Any] | None
    alt: str
    table: show.Table
    how_to_read: str
    all_groups: str
    everybody: show.Table
    lines: tuple[str, ...]
    multiplied: str
    indicators: tuple[Indicator, ...]
    sources: tuple[str, ...]


def show_stages(title: str, question: str) -> None:
    """Draw the page of processes."""
    store = open_page(title, question).store
    catalogue = store.catalogue
    if not catalogue.processes:
        st.write("This release has no processes. The current release has them.")
        return
    selection, offered, lines = stage_form.asked(store)
    with choices.place():
        stage_form.form(catalogue, selection, offered)
    for line in lines:
        st.info(line)
    said = _said(store, selection)
    st.write(said.selection)
    show.box(said.cautions)
    st.header(said.headline, anchor=False)
    st.write(said.closing)
    _steps(store, selection, said)
    st.subheader("Step by step", anchor=False)
    show.lines(said.lines)
    st.write(said.multiplied)
    _papers(store, selection, said)


def _seen(store: Store, selection: StageSelection) -> tuple[Stages, pd.DataFrame]:
    """Return the steps, and the rows of the group looked at."""
    of = selection
    seen = view(store, store.release, of.process, of.area, of.period, of.reference)
    return seen, seen.table[seen.table["group_code"] == selection.group]


@remembered(500)
def _said(_store: Store, selection: StageSelection) -> _Said:
    """Return what a page says. The selection names its release."""
    catalogue = _store.catalogue
    seen, rows = _seen(_store, selection)
    # What the headline says in the place of a finding is not said twice.
    instead = [each for each in seen.cautions if each.text == rows["status_reason"].iloc[0]]
    others = [each for each in seen.cautions if each not in instead]
    first = rows.iloc[0]
    where = f"{first['area']}, {first['period_label']}"
    all_groups = f"{seen.process.title}, every ethnic group by step. {where}"
    by_step = (
        f"{seen.process.title}, {first['group']} compared with {first['reference']}, by step. "
        f"{where}"
    )
    everybody = stage_tables.by_step_and_group(seen.table)
    return _Said(
        stage_texts.selection(catalogue, seen, rows),
        show.boxed(others, stage_texts.unknown(rows)),
        stage_texts.headline(catalogue, seen, rows),
        " ".join([*(each.effect for each in instead), stage_texts.CLOSING]),
        stage_texts.chart_title(rows),
        f"{seen.process.title}. Ratio of {first['group']} to {first['reference']} at each step. "
        f"{where}. Each line names what it is set against.",
        chart.steps(rows),
        stage_texts.alt(seen, rows),
        show.made(stage_tables.by_step(rows), by_step, stage_tables.SURE),
        chart.how_to_read(rows),
        all_groups,
        show.made(everybody, all_groups, stage_tables.SURE),
        tuple(stage_lines.lines(catalogue, seen, rows)),
        stage_texts.multiplied(seen, selection.group),
        tuple(seen.indicators),
        tuple(_sources(_store, seen)),
    )


def _steps(store: Store, selection: StageSelection, said: _Said) -> None:
    """Draw the steps of the group looked at, and of every group one click away."""
    st.subheader(said.title, anchor=False)
    st.caption(said.what)
    none = "No step has a ratio here, so there is no chart. The counts are in the table."
    show.figure(said.chart, said.alt, said.table, "", said.how_to_read or none)
    name = "_".join((selection.process, selection.area, selection.period, selection.group))
    taken = partial(_of_group, store, selection, said)
    fold.fold(store, name, "the steps of this group", said.indicators, taken)
    show.figure(None, "", said.everybody, "", "", folded="Every ethnic group as a table")
    whole = partial(_of_every_group, store, selection, said)
    fold.fold(store, f"{name}_every_group", "the steps of every group", said.indicators, whole)


def _of_group(store: Store, selection: StageSelection, said: _Said) -> Figure:
    _, rows = _seen(store, selection)
    return _figure(
        store,
        selection,
        said,
        title=said.title,
        table=stage_tables.by_step(rows),
        chart=said.chart,
        alt=said.alt,
        how_to_read=said.how_to_read,
        rows=rows,
    )


def _of_every_group(store: Store, selection: StageSelection, said: _Said) -> Figure:
    seen, _ = _seen(store, selection)
    table = stage_tables.by_step_and_group(seen.table)
    return _figure(store, selection, said, title=said.all_groups, table=table, rows=seen.table)


def _figure(store: Store, selection: StageSelection, said: _Said, **shown: Any) -> Figure:
    """Return a figure of the page as it is taken away."""
    seen, rows = _seen(store, selection)
    link = take_away.whole(f"/stages?{urlencode(selection.to_params())}")
    unknown = stage_texts.unknown(rows)
    return Figure(
        said=f"{said.headline} {stage_texts.CLOSING}",
        what=said.what,
        cautions=seen.cautions,
        papers=papers.papers(store.catalogue, seen.indicators, store.release, link)
        | {"Unknown": unknown or papers.SILENT},
        sources=papers.sources(store.catalogue, seen.indicators),
        **shown,
    )


def _papers(store: Store, selection: StageSelection, said: _Said) -> None:
    st.subheader("Take the figures with you", anchor=False)
    st.write(
        "Every step and ethnic group, not rounded, with cautions, sources and licences. Ratios "
        "that the page does not show are left out."
    )
    link = f"/stages?{urlencode(selection.to_params())}"

    def written() -> str:
        return csv_of_stages(_seen(store, selection)[0], store.catalogue, link)

    st.download_button(
        "Download the figures (CSV)",
        while_served(store, said.indicators, written),
        f"{selection.process}_{selection.area}_{selection.period}_{store.release}.csv",
        "text/csv",
        on_click="ignore",
    )
    st.subheader("Why it matters", anchor=False)
    st.write(store.catalogue.processes[selection.process].why_it_matters)
    st.subheader("Where it comes from", anchor=False)
    show.lines(said.sources)


def _sources(store: Store, seen: Stages) -> list[str]:
    of = store.catalogue.sources_of
    sources = {each.id: each for indicator in seen.indicators for each in of(indicator)}
    return [
        *(
            f"**Source:** {linked(each)}, {each.publisher}. {each.licence}. {each.attribution}"
            for each in sources.values()
        ),
        f"**Release:** {store.release}.",
        "**Method:** counts that are not rounded, divided by those they are set against; the "
        "page Methods says how.",
    ]
