"""The choices of the page of processes: a form, and codes in the address."""

from dataclasses import asdict, replace

import streamlit as st

from loti_dash.analysis import REFERENCES
from loti_dash.catalogue import Catalogue
from loti_dash.stage_choices import Offered, StageSelection, honoured, processes
from loti_dash.store import Store
from loti_dash.ui import choices
from loti_dash.ui.page import last_selection
from loti_dash.ui.published import remembered

_LAST = "last_steps"
_LABELS = {
    "process": "Process",
    "area": "Area",
    "period": "Period",
    "reference": "Compared with",
    "group": "Group in focus",
}


def asked(store: Store) -> tuple[StageSelection, Offered, list[str]]:
    """Return what the reader asks for, what is offered, and a line for what is not honoured.

    By the address, or as on the pages before. Keeps the answer for the next page.
    """
    last = last_selection()
    params = st.query_params.to_dict()
    wanted = StageSelection.from_params(params, last)
    if not wanted.process and "indicator" not in params and _LAST in st.session_state:
        before: StageSelection = st.session_state[_LAST]
        wanted = replace(wanted, process=before.process)
    indicator = params.get("indicator", last.indicator)
    # Of an indicator that this visit alone has nothing may be kept for others.
    known = indicator in ("", *store.catalogue.indicators)
    find = _honoured if known else honoured
    selection, offered, lines = find(store, wanted, indicator, last.area)
    _keep(selection)
    return selection, offered, lines


@remembered(200)
def _honoured(
    _store: Store, wanted: StageSelection, indicator: str, area: str
) -> tuple[StageSelection, Offered, list[str]]:
    return honoured(_store, wanted, indicator, area)


def form(catalogue: Catalogue, selection: StageSelection, offered: Offered) -> None:
    """Draw the choices in one form, opened at the selection. They act on Show, not before."""
    names = {
        "process": {each.id: each.title for each in processes(catalogue)},
        "area": offered.areas,
        "period": offered.periods,
        "reference": {code: REFERENCES[code] for code in offered.references},
        "group": offered.groups,
    }
    choices.form(_LABELS, names, selection, _apply, selection)


def _apply(shown: StageSelection) -> None:
    """Keep what was chosen in the form, before the page is drawn again."""
    chosen = replace(shown, **{field: st.session_state[field] for field in _LABELS})
    if chosen.process != shown.process:
        # Place and time of another process were not asked for, unless they were changed too.
        area = chosen.area if chosen.area != shown.area else ""
        period = chosen.period if chosen.period != shown.period else ""
        chosen = replace(chosen, area=area, period=period)
    _keep(chosen)


def _keep(selection: StageSelection) -> None:
    """Keep a selection for the next page, and in the address for whoever gets the link."""
    st.session_state[_LAST] = selection
    known = {key: value for key, value in asdict(selection).items() if value}
    shared = {key: known[key] for key in ("area", "group", "reference", "release") if key in known}
    st.session_state["selection"] = replace(last_selection(), **shared)
    if st.query_params.to_dict() != known:
        st.query_params.from_dict(known)
