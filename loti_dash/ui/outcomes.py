"""The page of outcomes: those that are kept, those to begin with, or one of them, open."""

import streamlit as st

from loti_dash.canvases import Outcome
from loti_dash.errors import LotiError
from loti_dash.notices import as_it_is
from loti_dash.outcomes import keeping
from loti_dash.outcomes.canvas import Canvas, is_complete, of_preset
from loti_dash.store import Store
from loti_dash.ui import canvas, canvas_open, outcomes_files
from loti_dash.ui.page import open_page
from loti_dash.ui.viewer import draw_sign_in


def show_outcomes(title: str, question: str) -> None:
    """Draw the page."""
    store = open_page(title, question).store
    if store.private:
        # A canvas outlasts the visit; figures that are not published must not.
        st.info("Outcomes are drawn from what is published.")
        return
    canvas_open.say_what_failed()
    key = st.query_params.get("canvas", "")
    if key:
        try:
            mine = canvas_open.opened(key)
        except LotiError as error:
            st.error("This outcome cannot be opened.", icon=":material/error:")
            st.text(str(error))
            draw_sign_in()
            st.button("All outcomes", on_click=st.query_params.clear)
            return
        canvas.draw(store, mine)
        return
    _list(store)


def _list(store: Store) -> None:
    st.write(
        "Start from what should be different for people, then ask who could do what, what they "
        "would need to see, and which data and changes that takes. Figures come last, and are "
        "pinned to the outcome that they are for."
    )
    draw_sign_in()
    if not canvas_open.may_keep():
        st.info(
            "You can try everything without signing in with a role to keep outcomes: what you "
            "write then lives in this visit alone, and can be exported as a file."
        )
    for said in st.session_state.pop("outcomes_done", []):
        st.success(said, icon=":material/check:")
    presets = store.catalogue.outcomes
    asked = presets.get(st.query_params.get("preset", ""))
    if asked:
        st.header("Begin with this outcome", anchor=False)
        _preset(asked)
    _mine(store)
    st.header("Begin an outcome", anchor=False)
    with st.container(horizontal=True):
        blank = Canvas("An outcome without a title")
        st.button("Begin a blank one", on_click=canvas_open.trying, args=(_begin, blank))
    outcomes_files.draw(store)
    st.header("Begin with one of six", anchor=False)
    st.write(
        "The six projects of the mission deck as drafts. The answers are ours, to have something "
        "to disagree with; you work on a copy."
    )
    for each in sorted(presets.values(), key=lambda each: each.position):
        if each != asked:
            _preset(each)


def _preset(of: Outcome) -> None:
    with st.container(border=True):
        st.subheader(f"{of.position}. {of.title}", anchor=False)
        st.caption(f"The project as the mission deck words it: “{of.deck_wording}”")
        st.write(f"**Who would be better off:** {of.outcome.who}.")
        st.button(
            f"Begin with outcome {of.position}",
            on_click=canvas_open.trying,
            args=(_begin, of_preset(of)),
            key=f"begin-{of.id}",
        )


def _mine(store: Store) -> None:
    """Draw the outcomes of this visit, and those that are kept, each to be opened."""
    of_visit = canvas_open.of_visit()
    if of_visit:
        st.header("In this visit alone", anchor=False)
    for each in of_visit:
        _one(store, each.key, each.canvas, "Not kept anywhere: export it before you leave.")
    if not canvas_open.may_keep():
        return
    kept = keeping.listing(canvas_open.who())
    st.header("Kept outcomes", anchor=False)
    if not kept:
        st.write("None yet.")
    for one in kept:
        by = f" by {as_it_is(one.saved_by)}" if one.saved_by else " more than a year ago"
        said = f"Version {one.number}, saved{by}."
        _one(store, one.id, one.canvas, said)


def _one(store: Store, key: str, of: Canvas, said: str) -> None:
    labels = store.catalogue.short_labels
    groups = ", ".join(as_it_is(labels.get(code, code)) for code in of.groups)
    area = store.catalogue.areas.get(of.area)
    done = "Called complete. " if is_complete(of, store.catalogue) else ""
    with st.container(border=True):
        title = as_it_is(" ".join(of.title.split()) or "An outcome without a title")
        st.button(f"Open: {title}", key=f"open-{key}", on_click=open_at, args=(key,))
        st.caption(
            f"{done}{groups or 'No group named yet'}; {area.name if area else 'no place yet'}. "
            f"{said}"
        )


def _begin(of: Canvas) -> None:
    (made,) = canvas_open.begin(of)
    open_at(made.key)


def open_at(key: str) -> None:
    """Open a canvas at its first step."""
    st.query_params.from_dict({"canvas": key, "step": "outcome"})
