"""The choices of a page: a form that opens at the selection, and codes in the address."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from loti_dash import analysis, options
from loti_dash.catalogue import Catalogue
from loti_dash.selection import Selection, carried, honoured
from loti_dash.store import Store
from loti_dash.ui import choices
from loti_dash.ui.page import last_selection
from loti_dash.ui.published import remembered

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
    last = _carried(store, last_selection(), domain)
    return replace(Selection.from_params(st.query_params, last), release=store.release)


def nearest(store: Store, asked: Selection, domain: str) -> tuple[Selection, list[str]]:
    """Return the nearest selection there is, and a line for each choice not honoured."""
    if _is_known(store, asked):
        return _nearest(store, asked, domain)
    return honoured(asked, domain, store.catalogue, store.choices_of(domain))


def _carried(store: Store, last: Selection, domain: str) -> Selection:
    """Return what the selection of another page means on this one."""
    if _is_known(store, last):
        return _kept(store, last, domain)
    return carried(last, domain, store.catalogue, store.choices_of(domain))


def _is_known(store: Store, selection: Selection) -> bool:
    """Return whether an indicator is one of the release: of others nothing may be kept.

    It may be one that this visit alone has, as its own figures.
    """
    return selection.indicator in ("", *store.catalogue.indicators)


@remembered(200)
def _nearest(_store: Store, asked: Selection, domain: str) -> tuple[Selection, list[str]]:
    return honoured(asked, domain, _store.catalogue, _store.choices_of(domain))


@remembered(200)
def _kept(_store: Store, last: Selection, domain: str) -> Selection:
    return carried(last, domain, _store.catalogue, _store.choices_of(domain))


def keep(selection: Selection) -> None:
    """Keep a selection for the next page, and in the address for whoever gets the link."""
    st.session_state["selection"] = selection
    params = selection.to_params()
    # Each writing is one more step for the browser's back button.
    if st.query_params.to_dict() != params:
        st.query_params.from_dict(params)


def form(selection: Selection, domain: str, store: Store) -> None:
    """Draw the choices in one form, opened at the selection. They act on Show, not before."""
    choices.form(_LABELS, _names(store, selection, domain), selection, _apply, selection)


@remembered(200)
def _names(_store: Store, selection: Selection, domain: str) -> dict[str, dict[str, str]]:
    """Return what there is to choose from: for each field, the names of its codes."""
    catalogue, indicator = _store.catalogue, _store.catalogue.indicators[selection.indicator]
    choices_there = _store.choices_of(domain)
    there = options.of_indicator(choices_there, indicator)
    here = there[there["area_code"] == selection.area]
    periods = {each.id: each.label for each in options.periods(here, indicator, catalogue)}

    offered = options.indicators(domain, catalogue, choices_there)
    groups = options.groups(indicator, selection.classification, selection.reference, catalogue)
    return {
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
