"""The choices of a page: a form that opens at the selection, and codes in the address."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from loti_dash import analysis, options
from loti_dash.catalogue import Catalogue
from loti_dash.selection import Selection, carried
from loti_dash.store import Store
from loti_dash.ui.page import last_selection

# The room that a letter takes in a list, and what stands there beside the words, in pixels.
_LETTER, _BESIDE_THE_WORDS = 7, 54

FIELDS = ("indicator", "area", "period", "classification", "reference", "group")


def recall(domain: str, store: Store) -> Selection:
    """Return what the reader asks for: by the address, or as on the last page."""
    last = carried(last_selection(), domain, store.catalogue, store.choices)
    return replace(Selection.from_params(st.query_params, last), release=store.release)


def keep(selection: Selection) -> None:
    """Keep a selection for the next page, and in the address for whoever gets the link."""
    st.session_state["selection"] = selection
    params = selection.to_params()
    # Each writing is one more step for the browser's back button.
    if st.query_params.to_dict() != params:
        st.query_params.from_dict(params)


def form(selection: Selection, domain: str, store: Store) -> None:
    """Draw the choices in one form, opened at the selection. They act on Show, not before."""
    catalogue, indicator = store.catalogue, store.catalogue.indicators[selection.indicator]
    there = options.of_indicator(store.choices, indicator)
    here = there[there["area_code"] == selection.area]
    periods = {each.id: each.label for each in options.periods(here, indicator, catalogue)}

    # One after the other, in as many rows as their longest names need.
    with (
        st.form("choices", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        offered = options.indicators(domain, catalogue, store.choices)
        titles = {id_: catalogue.indicators[id_].title for id_ in offered}
        _choose("Indicator", "indicator", titles, selection)
        _choose("Area", "area", _area_names(there, selection, catalogue), selection)
        _choose("Period", "period", periods or {"": "No figures yet"}, selection)
        sizes = {
            level: f"{len(options.groups(indicator, level, '', catalogue))} groups"
            for level in options.levels(there)
        }
        _choose("Ethnic groups", "classification", sizes, selection)
        references = {
            code: analysis.REFERENCES[code] for code in options.references(indicator, catalogue)
        }
        _choose("Compared with", "reference", references, selection)
        groups = options.groups(
            indicator, selection.classification, selection.reference, catalogue
        )
        names = {code: catalogue.short_labels[code] for code in groups}
        _choose("Group in focus", "group", names, selection)
        st.form_submit_button("Show", type="primary", on_click=_apply, args=(selection,))


def _choose(label: str, field: str, names: dict[str, str], selection: Selection) -> None:
    """Draw a list of choices that opens at the selection's, wide enough for all of them."""
    longest = max(map(len, names.values()))
    # A widget with a key keeps its own value, whatever index it is given: the key is set.
    st.session_state[field] = getattr(selection, field)
    st.selectbox(
        label,
        list(names),
        format_func=names.__getitem__,
        key=field,
        width=max(_LETTER * len(label), _LETTER * longest + _BESIDE_THE_WORDS),
    )


def _apply(shown: Selection) -> None:
    """Keep what was chosen in the form, before the page is drawn again."""
    chosen = replace(shown, **{field: st.session_state[field] for field in FIELDS})
    # The period of another indicator was not asked for; its newest is what to open at.
    if chosen.indicator != shown.indicator and chosen.period == shown.period:
        chosen = replace(chosen, period="")
    keep(chosen)


def _area_names(there: pd.DataFrame, selection: Selection, catalogue: Catalogue) -> dict[str, str]:
    """Return the areas to choose from by code, no two with the same name."""
    indicator = catalogue.indicators[selection.indicator]
    codes = options.areas(there, catalogue) or [selection.area]
    names = {code: catalogue.area_name(indicator, code) for code in codes}
    listed = list(names.values())
    return {
        code: name if listed.count(name) == 1 else f"{name} ({code})"
        for code, name in names.items()
    }
