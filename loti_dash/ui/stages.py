"""The page of processes: choices, cautions, where the ratio arises, the chart, tables, papers."""

from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode

import streamlit as st

from loti_dash.definitions import Indicator
from loti_dash.export.figure import Figure
from loti_dash.export.stages import csv_of_stages
from loti_dash.page_figures import steps
from loti_dash.stage_choices import StageSelection
from loti_dash.stages import Stages
from loti_dash.store import Store
from loti_dash.ui import caution_box, choices, fold, show, stage_form, take_away
from loti_dash.ui.page import open_page
from loti_dash.ui.stage_words import Words, seen_by, words
from loti_dash.ui.withdrawn import while_served
from loti_dash.views import View


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
    said = words(store, selection)
    st.write(said.selection)
    caution_box.draw(said.cautions)
    st.header(said.headline, anchor=False)
    st.write(said.below)
    _steps(store, selection, said)
    st.subheader("Step by step", anchor=False)
    show.lines(said.lines)
    st.write(said.multiplied)
    _download(store, selection, said.indicators)
    st.subheader("Why it matters", anchor=False)
    st.write(said.why)
    st.subheader("Where it comes from", anchor=False)
    show.lines(said.from_where)


def _steps(store: Store, selection: StageSelection, said: Words) -> None:
    """Draw the steps of the group looked at, and of every group one click away."""
    st.subheader(said.of_group.title, anchor=False)
    st.caption(said.of_group.what)
    show.draw(said.of_group)
    name = "_".join((selection.process, selection.area, selection.period, selection.group))
    link = take_away.whole(f"/stages?{urlencode(selection.to_params())}")

    def taken(make: Callable[[Store, Stages, str, str], Figure]) -> Figure:
        return make(store, seen_by(store, selection), selection.group, link)

    at = View.at("stages", selection.to_params())
    of_group = partial(taken, steps.of_group)
    fold.fold(store, name, "the steps of this group", said.indicators, of_group, at)
    show.draw(said.of_all, folded="Every ethnic group as a table")
    at = View.at("stages", selection.to_params(), steps.EVERY_GROUP)
    name = f"{name}_{steps.EVERY_GROUP}"
    of_all = partial(taken, steps.of_every_group)
    fold.fold(store, name, "the steps of every group", said.indicators, of_all, at)


def _download(store: Store, selection: StageSelection, indicators: list[Indicator]) -> None:
    st.subheader("Take the figures with you", anchor=False)
    st.write(
        "Every step and ethnic group, not rounded, with cautions, sources and licences. Ratios "
        "that the page does not show are left out."
    )
    link = f"/stages?{urlencode(selection.to_params())}"
    st.download_button(
        "Download the figures (CSV)",
        while_served(
            store,
            indicators,
            lambda: csv_of_stages(seen_by(store, selection), store.catalogue, link),
        ),
        f"{selection.process}_{selection.area}_{selection.period}_{store.release}.csv",
        "text/csv",
        on_click="ignore",
    )
