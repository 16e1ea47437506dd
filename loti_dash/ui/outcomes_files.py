"""Outcomes from files: one that was exported, or a sheet of survey answers, one draft a row."""

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from loti_dash.errors import LotiError
from loti_dash.notices import as_it_is
from loti_dash.outcomes import file, sheet
from loti_dash.outcomes.canvas import from_elsewhere
from loti_dash.outcomes.sheet import Answers
from loti_dash.store import Store
from loti_dash.ui import canvas_open, show
from loti_dash.ui.canvas_whole import no_link
from loti_dash.ui.upload import drop

_TURN, _SHEET, _REFUSED = "outcomes_turn", "outcomes_sheet", "outcomes_refused"
_EXAMPLE = (
    "borough,theme,action,cohort,owner,status\r\n"
    "Hackney,Housing,Visit households before notices run out,Black African households,"
    "Housing needs team,in progress\r\n"
)


def draw(store: Store) -> None:
    """Draw where files go in, and the preview of a sheet."""
    refused = st.session_state.pop(_REFUSED, "")
    if refused:
        st.error("The file was not taken.", icon=":material/block:")
        st.text(refused)
    with st.expander("Begin with a file that was exported here"):
        _ask("An exported outcome (JSON)", "json", partial(_take_canvas, store))
    found: Answers | None = st.session_state.get(_SHEET)
    with st.expander("Begin with a sheet of survey answers", expanded=found is not None):
        if found is None:
            st.write(
                "A CSV with the columns borough, theme, action, cohort, owner and status. Each "
                "row becomes the draft of an outcome. You see all of them before any is made."
            )
            st.download_button(
                "Download an example (CSV)",
                _EXAMPLE.encode("utf-8-sig"),
                "survey_answers.csv",
                "text/csv",
                on_click="ignore",
            )
            _ask("A sheet of answers (CSV)", "csv", partial(_take_sheet, store))
        else:
            _preview(store, found)


def _ask(label: str, kind: str, take: Callable[[bytes], None]) -> None:
    """Draw where a file goes in. Its bytes are dropped as soon as they are read."""
    turn = st.session_state.get(_TURN, 0)
    given = st.file_uploader(label, max_upload_size=2, key=f"outcomes_{kind}_{turn}")
    if given is None:
        return
    content = given.getvalue()
    drop(given.file_id)
    st.session_state[_TURN] = turn + 1
    try:
        take(content)
    except LotiError as error:
        st.session_state[_REFUSED] = str(error)
    st.rerun()


def _take_canvas(store: Store, content: bytes) -> None:
    canvas = file.from_file(content)
    notes = tuple(file.to_look_at(canvas, store.catalogue))
    (made,) = canvas_open.begin(from_elsewhere(canvas), notes=notes)
    st.query_params.from_dict({"canvas": made.key, "step": "outcome"})


def _take_sheet(store: Store, content: bytes) -> None:
    st.session_state[_SHEET] = sheet.read(content, store.catalogue)


def _preview(store: Store, found: Answers) -> None:
    """Draw the drafts of a sheet, with what to look at in each, before any is made."""
    show.lines(map(as_it_is, found.read_as))
    labels, areas = store.catalogue.short_labels, store.catalogue.areas
    rows = [
        (
            f"Row {draft.row}",
            no_link(draft.canvas.title),
            areas[draft.canvas.area].name if draft.canvas.area else "no place yet",
            ", ".join(labels[code] for code in draft.canvas.groups) or "no group yet",
            no_link(draft.canvas.answer("owner")) or "no owner yet",
            draft.canvas.actions[0].status if draft.canvas.actions else "no action",
            no_link(" ".join(draft.problems)) or "nothing",
        )
        for draft in found.drafts
    ]
    heads = ["Row", "Outcome", "Where", "For whom", "Owner", "How far", "To look at"]
    table = pd.DataFrame(rows, columns=heads).set_index("Row")
    show.table(table, "The drafts that this sheet would become, and what to look at in each")
    many = len(found.drafts)
    with st.container(horizontal=True):
        st.button(
            f"Make {many} drafts" if many > 1 else "Make 1 draft",
            type="primary",
            on_click=_make,
            args=(found,),
        )
        st.button("Forget this sheet", on_click=lambda: st.session_state.pop(_SHEET, None))


def _make(found: Answers) -> None:
    try:
        made = canvas_open.begin(*(draft.canvas for draft in found.drafts))
    except LotiError as error:
        st.session_state[_REFUSED] = str(error)
        return
    st.session_state.pop(_SHEET, None)
    st.session_state["outcomes_done"] = [f"{len(made)} drafts were made. They stand below."]
