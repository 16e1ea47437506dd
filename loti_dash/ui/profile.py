"""What the pages of one area and of one group share: choices in one form, codes in the address."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from loti_dash import profile, profile_choices, profile_tables
from loti_dash.definitions import Indicator
from loti_dash.export.profile import csv_of_several
from loti_dash.profile import Profile
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui import choices
from loti_dash.ui.page import last_selection
from loti_dash.ui.published import remembered
from loti_dash.ui.withdrawn import while_served
from loti_dash.views import View


@remembered(50)
def of_area(_store: Store, release: str, area: str, reference: str) -> Profile:
    """Return an area in every indicator. Only published figures are cached for everybody."""
    return profile.profile(_store, area, reference)


@remembered(20, "Comparing every borough in every indicator")
def of_group(_store: Store, release: str, group: str, reference: str) -> Profile:
    """Return a group in every indicator. Only published figures are cached for everybody."""
    return profile.of_group(_store, group, reference)


def asked(store: Store, groups: list[str], fields: Sequence[str]) -> tuple[Selection, list[str]]:
    """Return what the reader asks for, and a line for each choice that is not honoured.

    `fields` are those of the page. Keeps the answer for the next page and in the address.
    """
    last = profile_choices.carried(last_selection(), groups, store.catalogue)
    params = {key: value for key, value in st.query_params.items() if key in fields}
    wanted = replace(Selection.from_params(params, last), release=store.release)
    selection, lines = profile_choices.honoured(wanted, groups, store.catalogue)
    _keep(selection, fields, store)
    return selection, lines


def form(selection: Selection, names: Mapping[str, Mapping[str, str]], store: Store) -> None:
    """Draw choices in one form, opened at the selection. They act on Show, not before.

    `names` has, for each field, the names of its codes.
    """
    labels = {"area": "Area", "group": "Ethnic group", "reference": "Compared with"}
    choices.form(labels, names, selection, _apply, selection, list(names), store)


def linked(of: Iterable[tuple[Indicator, str]], selection: Selection) -> list[str]:
    """Return a line of words for each indicator, linked to its page at a selection."""
    return [
        f"[{indicator.title}]({_own_page(indicator, selection)}): {words}"
        for indicator, words in of
    ]


def download(
    store: Store,
    of: Sequence[Indicator],
    rows_of: Callable[[], pd.DataFrame],
    link: str,
    name: str,
) -> None:
    """Draw the download of rows of several indicators."""
    st.subheader("Take the figures with you", anchor=False)
    st.write(
        "All rows of this page, not rounded, each with its cautions, source and licence. Ratios "
        "that the page does not show are left out. To put the cautions together may take some "
        "seconds."
    )

    def written() -> str:
        # Only now: to find the cautions of every row can take seconds.
        rows = rows_of()
        found = profile.cautions_everywhere(store, rows)
        return csv_of_several(rows, store.catalogue, found, link)

    st.download_button(
        "Download the figures (CSV)",
        while_served(store, of, written),
        f"{name}_{store.release}.csv",
        "text/csv",
        on_click="ignore",
    )


def view_at(page: str, selection: Selection, fields: Sequence[str], figure: str = "") -> View:
    """Return the view of a figure of a page of this kind, opened at a selection."""
    kept = {*fields, "release"}
    params = {key: each for key, each in selection.to_params().items() if key in kept}
    return View.at(page, params, figure)


def address(page: str, selection: Selection, fields: Sequence[str]) -> str:
    """Return the address of a page of this kind, opened at a selection."""
    left = {
        key: value for key, value in selection.to_params().items() if key in (*fields, "release")
    }
    return profile_tables.address(page, Selection.from_params(left, Selection()))


def _own_page(indicator: Indicator, selection: Selection) -> str:
    """Return the address of an indicator's own page: where an area is joined, at both."""
    area = indicator.joined_areas.get(selection.area, selection.area)
    opened = replace(selection, indicator=indicator.id, area=area)
    if selection.group == profile_choices.ALL_FIVE:
        opened = replace(opened, group="")
    return profile_tables.address(indicator.domain, opened)


def _apply(shown: Selection, fields: Sequence[str], store: Store) -> None:
    """Keep what was chosen in the form, before the page is drawn again."""
    chosen = {field: st.session_state[field] for field in fields}
    _keep(replace(shown, **chosen), fields, store)


def _keep(selection: Selection, fields: Sequence[str], store: Store) -> None:
    """Keep a selection for the next page, and in the address for whoever gets the link."""
    kept = {field: getattr(selection, field) for field in fields}
    # On other pages nobody asked for all groups, or for a detailed one.
    if selection.group not in profile_choices.five(store.catalogue):
        kept["group"] = ""
    st.session_state["selection"] = replace(last_selection(), **kept, release=selection.release)
    params = {field: getattr(selection, field) for field in (*fields, "release")}
    if st.query_params.to_dict() != params:
        st.query_params.from_dict(params)
