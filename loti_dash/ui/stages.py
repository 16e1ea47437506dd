"""The page of processes: choices, cautions, where the ratio arises, the chart, tables, papers."""

from functools import partial
from urllib.parse import urlencode

import streamlit as st

from loti_dash import stage_lines, stage_tables, stage_texts, stages
from loti_dash.export.stages import csv_of_stages
from loti_dash.page_figures import steps
from loti_dash.stage_choices import StageSelection
from loti_dash.stages import Stages
from loti_dash.store import Store
from loti_dash.ui import choices, fold, show, stage_form, take_away
from loti_dash.ui.page import open_page
from loti_dash.ui.papers import linked
from loti_dash.ui.published import remembered
from loti_dash.ui.withdrawn import while_served
from loti_dash.views import View


@remembered(200)
def view(_store: Store, release: str, process: str, area: str, period: str, ref: str) -> Stages:
    """Return the steps there are to show. Only published figures are cached for everybody."""
    return stages.stages(_store, _store.catalogue.processes[process], area, period, ref)


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
    seen = view(
        store,
        store.release,
        selection.process,
        selection.area,
        selection.period,
        selection.reference,
    )
    rows = seen.table[seen.table["group_code"] == selection.group]
    st.write(stage_texts.selection(catalogue, seen, rows))
    # What the headline says in the place of a finding is not said twice.
    instead = [each for each in seen.cautions if each.text == rows["status_reason"].iloc[0]]
    others = [each for each in seen.cautions if each not in instead]
    show.cautions(others, stage_texts.unknown(rows))
    st.header(stage_texts.headline(catalogue, seen, rows), anchor=False)
    st.write(" ".join([*(each.effect for each in instead), stage_texts.CLOSING]))
    _steps(store, seen, selection)
    st.subheader("Step by step", anchor=False)
    show.lines(stage_lines.lines(catalogue, seen, rows))
    st.write(stage_texts.multiplied(seen, selection.group))
    _papers(store, seen, selection)


def _steps(store: Store, seen: Stages, selection: StageSelection) -> None:
    """Draw the steps of the group looked at, and of every group one click away."""
    link = take_away.whole(f"/stages?{urlencode(selection.to_params())}")
    of = steps.of_group(store, seen, selection.group, link)
    st.subheader(of.title, anchor=False)
    st.caption(of.what)
    show.figure(
        of.chart,
        of.alt,
        of.table,
        of.table_alt,
        of.how_to_read
        or "No step has a ratio here, so there is no chart. The counts are in the table.",
        explained=stage_tables.SURE,
    )
    name = "_".join((selection.process, selection.area, selection.period, selection.group))
    at = View.at("stages", selection.to_params())
    fold.fold(store, name, "the steps of this group", seen.indicators, lambda: of, at)
    whole = steps.of_every_group(store, seen, selection.group, link)
    show.figure(
        None,
        "",
        whole.table,
        whole.title,
        "",
        folded="Every ethnic group as a table",
        explained=stage_tables.SURE,
    )
    at = View.at("stages", selection.to_params(), steps.EVERY_GROUP)
    name = f"{name}_{steps.EVERY_GROUP}"
    fold.fold(store, name, "the steps of every group", seen.indicators, lambda: whole, at)


def _papers(store: Store, seen: Stages, selection: StageSelection) -> None:
    catalogue = store.catalogue
    st.subheader("Take the figures with you", anchor=False)
    st.write(
        "Every step and ethnic group, not rounded, with cautions, sources and licences. Ratios "
        "that the page does not show are left out."
    )
    release = str(seen.table["release"].iloc[0])
    link = f"/stages?{urlencode(selection.to_params())}"
    written = partial(csv_of_stages, seen, catalogue, link)
    st.download_button(
        "Download the figures (CSV)",
        while_served(store, seen.indicators, written),
        f"{selection.process}_{selection.area}_{selection.period}_{release}.csv",
        "text/csv",
        on_click="ignore",
    )
    st.subheader("Why it matters", anchor=False)
    st.write(seen.process.why_it_matters)
    st.subheader("Where it comes from", anchor=False)
    sources = {
        each.id: each for indicator in seen.indicators for each in catalogue.sources_of(indicator)
    }
    show.lines(
        [
            *(
                f"**Source:** {linked(each)}, {each.publisher}. {each.licence}. {each.attribution}"
                for each in sources.values()
            ),
            f"**Release:** {release}.",
            "**Method:** counts that are not rounded, divided by those they are set against; the "
            "page Methods says how.",
        ]
    )
