"""What the pages of one area and of one group share: choices in one form, codes in the address."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from loti_dash import profile, profile_cautions, profile_choices, profile_tables
from loti_dash.definitions import Indicator
from loti_dash.export import papers
from loti_dash.export.figure import Figure
from loti_dash.export.profile import csv_of_several
from loti_dash.profile import Profile
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui import choices, take_away
from loti_dash.ui.page import last_selection
from loti_dash.ui.published import remembered
from loti_dash.ui.withdrawn import while_served

_UNKNOWN = "For how many ethnicity is not known differs by indicator and area: see the numbers."


@remembered(200)
def of_area(_store: Store, release: str, area: str, reference: str) -> Profile:
    """Return an area in every indicator. Only published figures are cached for everybody."""
    return profile.profile(_store, area, reference)


@remembered(200, "Comparing every borough in every indicator")
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


def linked(of: Iterable[tuple[Indicator, str]], selection: Selection) -> tuple[str, ...]:
    """Return indicators with a line of words each, linked to their pages at a selection."""
    return tuple(
        f"[{indicator.title}]({_own_page(indicator, selection)}): {words}"
        for indicator, words in of
    )


def download(
    store: Store, rows: Callable[[], pd.DataFrame], of: Sequence[Indicator], link: str, name: str
) -> None:
    """Draw the download of rows of several indicators, `of`; `rows` returns them at a click."""
    st.subheader("Take the figures with you", anchor=False)
    st.write(
        "All rows of this page, not rounded, each with its cautions, source and licence. Ratios "
        "that the page does not show are left out. To put the cautions together may take some "
        "seconds."
    )

    def written() -> str:
        # Only now: to find the cautions of every row can take seconds.
        whole = rows()
        found = profile.cautions_everywhere(store, whole)
        return csv_of_several(whole, store.catalogue, found, link)

    st.download_button(
        "Download the figures (CSV)",
        while_served(store, of, written),
        f"{name}_{store.release}.csv",
        "text/csv",
        on_click="ignore",
    )


def figure(
    store: Store, seen: Profile, rows: pd.DataFrame, link: str, said: str, **shown: Any
) -> Figure:
    """Return a figure of a page of several indicators as it is taken away.

    `shown` are the further fields of a figure, as the page shows it.
    """
    catalogue = store.catalogue
    of = indicators(store, rows)
    return Figure(
        said=said,
        cautions=profile_cautions.cautions(catalogue, rows, seen.cautions, 2),
        papers=papers.papers(catalogue, of, store.release, take_away.whole(link))
        | {"Unknown": _UNKNOWN},
        sources=papers.sources(catalogue, of),
        rows=rows,
        **shown,
    )


def indicators(store: Store, rows: pd.DataFrame) -> list[Indicator]:
    """Return the indicators of some rows, each once."""
    return [store.catalogue.indicators[id_] for id_ in rows["indicator"].astype(str).unique()]


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
