"""The choices of a page: a form that opens at the selection, and codes in the address."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from loti_dash import analysis, options
from loti_dash.catalogue import Catalogue
from loti_dash.selection import Selection, carried
from loti_dash.store import Store
from loti_dash.ui import choices
from loti_dash.ui.page import last_selection

_LABELS = {
    "indicator": "Indicator",
    "area": "Area",
    "period": "Period",
    "classification": "Ethnic groups",
    "reference": "Compared with",
    "group": "Group in focus",
}


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

    offered = options.indicators(domain, catalogue, store.choices)
    groups = options.groups(indicator, selection.classification, selection.reference, catalogue)
    names = {
        "indicator": {id_: catalogue.indicators[id_].title for id_ in offered},
        "area": _area_names(there, selection, catalogue),
        "period": periods or {"": "No figures yet"},
        "classification": {
            level: f"{len(options.groups(indicator, level, '', catalogue))} groups"
            for level in options.levels(there)
        },
        "reference": {
            code: analysis.REFERENCES[code] for code in options.references(indicator, catalogue)
        },
        "group": {code: catalogue.short_labels[code] for code in groups},
    }
    choices.form(_LABELS, names, selection, _apply, selection)


def _apply(shown: Selection) -> None:
    """Keep what was chosen in the form, before the page is drawn again."""
    chosen = replace(shown, **{field: st.session_state[field] for field in _LABELS})
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
