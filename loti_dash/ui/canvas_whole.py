"""The whole canvas to read, with its figures; to export, copy, call complete, and its versions."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from loti_dash.notices import as_it_is
from loti_dash.outcomes import beware, keeping
from loti_dash.outcomes.canvas import Canvas, as_date, copied, is_complete, lacking
from loti_dash.outcomes.file import to_json
from loti_dash.outcomes.questions import FIGURES_AND_DATES, STEPS, of_step
from loti_dash.store import Store
from loti_dash.ui import canvas_delete, canvas_figures, canvas_log, canvas_open, packs, show
from loti_dash.ui.canvas_open import Open

_VERSION = "canvas_version"


def draw(store: Store, mine: Open) -> None:
    """Draw the canvas to read, and what can be done with it as a whole."""
    canvas = mine.canvas
    _for_whom(store, canvas)
    answers(canvas)
    st.subheader("Figures pinned to this outcome", anchor=False)
    for number, view in enumerate(canvas.insights, 1):
        canvas_figures.listed(store, view, number)
    if not canvas.insights:
        st.write("None yet.")
    st.subheader("Since the baseline", anchor=False)
    if canvas.baseline:
        canvas_figures.since(store, canvas.baseline, canvas.answer("target_ratio"))
    else:
        st.write("There is no baseline yet, so there is nothing to compare with.")
    _look_at(canvas)
    _complete(store, mine)
    _take_away(store, mine)
    if mine.kept is not None:
        _versions(mine)
        canvas_delete.draw(mine)


def answers(canvas: Canvas) -> None:
    """Draw what was answered, by step, as it was written."""
    for step in STEPS:
        asked = [each for each in of_step(step) if canvas.answer(each.key)]
        if asked:
            st.subheader(step, anchor=False)
        lead = ""
        for each in asked:
            if each.lead != lead:
                lead = each.lead
                st.markdown(f"**{lead}**")
            ours = " (added by this project)" if each.ours and not step.startswith("Added") else ""
            st.markdown(f"**{each.words}**{ours}")
            st.text(canvas.answer(each.key))
    for key, words in FIGURES_AND_DATES.items():
        said = canvas.answer(key)
        if said:
            on = as_date(said)
            st.markdown(f"**{words}**")
            st.text(f"{on:%-d %B %Y}" if on else said)
    if canvas.actions:
        st.subheader("Actions", anchor=False)
        columns = ["Action", "Who", "By when", "How far"]
        rows = [
            (no_link(a.what), no_link(a.owner), a.due or "no date", a.status)
            for a in canvas.actions
        ]
        table = pd.DataFrame(rows, columns=columns).set_index("Action")
        show.table(table, "The actions of this outcome, with owner, date and status")
    st.subheader("Decisions log", anchor=False)
    canvas_log.listed(canvas)


def no_link(said: str) -> str:
    """Return words of somebody for a table, where [this](so) would be read as a link.

    >>> no_link("[this](so)")
    '[this] (so)'
    """
    return said.replace("](", "] (")


def _for_whom(store: Store, canvas: Canvas) -> None:
    labels = store.catalogue.short_labels
    groups = ", ".join(as_it_is(labels.get(code, code)) for code in canvas.groups)
    known = store.catalogue.areas.get(canvas.area)
    where = as_it_is(known.name if known else canvas.area)
    st.write(f"**For:** {groups or 'no group named yet'}. **Where:** {where or 'no place yet'}.")
    outcome = store.catalogue.outcomes.get(canvas.preset)
    if outcome:
        st.caption(
            f"Begun from a preset. The project as the mission deck words it: “"
            f"{outcome.deck_wording}”"
        )


def _look_at(canvas: Canvas) -> None:
    found = list(beware.of_canvas(canvas))
    if found:
        st.subheader("To look at again", anchor=False)
        show.lines(f"{as_it_is(where)}: {what}" for where, what in found)


def _complete(store: Store, mine: Open) -> None:
    """Draw the way to call a canvas complete, or why that cannot be yet."""
    st.subheader("Is it complete?", anchor=False)
    missing = lacking(mine.canvas, store.catalogue)
    if is_complete(mine.canvas, store.catalogue):
        st.write("It was called complete. Changes are still saved.")
        st.button("Open it again", on_click=_set_complete, args=(mine.key, False))
    elif missing:
        st.write("Not yet. It needs:")
        show.lines(missing)
    else:
        st.write("It has all it needs.")
        st.button("Call it complete", on_click=_set_complete, args=(mine.key, True))


def _set_complete(key: str, to: bool) -> None:
    canvas_open.change(key, "", lambda canvas: replace(canvas, complete=to))


def _take_away(store: Store, mine: Open) -> None:
    st.subheader("Take it with you", anchor=False)
    packs.of_outcome(store, mine.canvas, f"outcomes?canvas={mine.key}")
    with st.container(horizontal=True):
        st.download_button(
            "Export this outcome (JSON)",
            to_json(mine.canvas),
            "outcome.json",
            "application/json",
            on_click="ignore",
        )
        st.button(
            "Begin a new one from this", on_click=canvas_open.trying, args=(_copy, mine.canvas)
        )


def _copy(canvas: Canvas) -> None:
    (made,) = canvas_open.begin(copied(canvas))
    st.query_params.from_dict({"canvas": made.key, "step": "outcome"})


def _versions(mine: Open) -> None:
    """Draw the versions, each to be opened and restored."""
    st.subheader("Versions", anchor=False)
    found = {
        number: f"{number}: {_when(at)}, {by or 'somebody'}"
        for number, at, by in keeping.versions(canvas_open.who(), mine.key)
    }
    chosen = st.selectbox(
        "Every save is a version, the newest first",
        list(found),
        index=None,
        format_func=found.__getitem__,
        placeholder="Choose one to read it",
        key=f"{_VERSION}-{mine.key}",
    )
    if chosen is None:
        return
    old = keeping.version(canvas_open.who(), mine.key, chosen)
    with st.container(border=True):
        st.text(old.canvas.title)
        answers(old.canvas)
    st.button(
        f"Restore version {chosen}",
        on_click=canvas_open.trying,
        args=(_restore, mine.key, chosen),
        help="It becomes the newest version. The log of decisions stays whole.",
    )


def _restore(key: str, number: int) -> None:
    keeping.restore(canvas_open.who(), key, number)
    canvas_open.forget(key)
    st.session_state.pop(f"{_VERSION}-{key}", None)


def _when(at: str) -> str:
    local = datetime.fromisoformat(at).astimezone(ZoneInfo("Europe/London"))
    return f"{local:%-d %B %Y, %H:%M}"
