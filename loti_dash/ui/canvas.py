"""One canvas on screen: where it is kept, the steps one after the other, and what they lead to."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from loti_dash import access
from loti_dash.notices import as_it_is
from loti_dash.outcomes import cohorts
from loti_dash.outcomes.canvas import is_complete, lacking
from loti_dash.outcomes.questions import CLOSING, STEPS, of_step
from loti_dash.store import Store
from loti_dash.ui import canvas_figures, canvas_log, canvas_open, canvas_whole, while_typing
from loti_dash.ui.canvas_fields import choice, line, questions, set_to, several
from loti_dash.ui.canvas_open import Open

WHOLE = "whole"
# The names of the steps in the address.
_SLUGS = {step.partition(" ")[0].lower(): step for step in STEPS} | {WHOLE: "The whole canvas"}
_OURS = "Added by this project"


def draw(store: Store, mine: Open) -> None:
    """Draw a canvas at the step that the address names."""
    st.button("All outcomes", on_click=_leave, icon=":material/arrow_back:", type="tertiary")
    _where_kept(mine)
    for note in mine.notes:
        st.info(as_it_is(note))
    line(mine, "title", "Title of this outcome", mine.canvas.title, set_to("title"))
    slug = _step()
    st.session_state["canvas_step"] = slug
    st.radio(
        "Step",
        list(_SLUGS),
        format_func=_SLUGS.__getitem__,
        key="canvas_step",
        horizontal=True,
        on_change=lambda: _go(st.session_state["canvas_step"]),
    )
    st.header(_SLUGS[slug], anchor=False)
    if slug == WHOLE:
        canvas_whole.draw(store, mine)
    else:
        _draw_step(store, mine, _SLUGS[slug])
    _onwards(slug)
    while_typing.apply()
    missing = lacking(mine.canvas, store.catalogue)
    if missing:
        st.caption(f"Before it can be called complete it needs: {'; '.join(missing)}.")
    elif is_complete(mine.canvas, store.catalogue):
        st.caption("Called complete by its owner.")
    st.caption(" ".join(CLOSING))


def _draw_step(store: Store, mine: Open, step: str) -> None:
    """Draw the method's questions of a step, and below them what this project adds to it."""
    asked = of_step(step)
    questions(mine, [each for each in asked if not each.ours])
    if step == _OURS:
        st.write("None of this is part of the method; it is what a figure needs to be acted on.")
    elif step != "Enablers":
        st.subheader(_OURS, anchor=False)
    own = [each for each in asked if each.ours]
    if step == _OURS:
        # Who owns it comes before what they follow.
        questions(mine, own[:1])
        own = own[1:]
    before: dict[str, Callable[[], None]] = {
        "Outcome": lambda: _for_whom(store, mine),
        "Insight": lambda: canvas_figures.insights(store, mine),
        _OURS: lambda: _baseline_and_target(store, mine),
    }
    after: dict[str, Callable[[], None]] = {
        "Action": lambda: canvas_log.actions(mine),
        _OURS: lambda: canvas_log.decisions(mine),
    }
    before.get(step, lambda: None)()
    questions(mine, own)
    after.get(step, lambda: None)()


def _for_whom(store: Store, mine: Open) -> None:
    """Draw which groups and which place an outcome is for, and why groups are named."""
    labels = store.catalogue.short_labels
    named = {code: labels[code] for code in cohorts.offered(store.catalogue)}
    chosen = {code: labels.get(code, code) for code in mine.canvas.groups}
    several(
        mine,
        "groups",
        "Which ethnic groups, by name?",
        named | chosen,
        mine.canvas.groups,
        set_to("groups"),
    )
    st.caption(cohorts.WHY_NAMED)
    choice(mine, "area", "Where?", canvas_figures.places(store), mine.canvas.area, set_to("area"))


def _baseline_and_target(store: Store, mine: Open) -> None:
    canvas_figures.baseline(store, mine)
    canvas_figures.target(mine)


def _where_kept(mine: Open) -> None:
    """Draw where the canvas is kept, and what stands in the way of that."""
    if mine.overtaken is not None:
        _overtaken(mine)
    elif mine.failed:
        st.error("The last change is not saved. It is still here.", icon=":material/error:")
        st.text(mine.failed)
        st.button("Save again", on_click=canvas_open.change, args=(mine.key, "", lambda c: c))
    elif mine.kept is None:
        st.warning(
            "You are not signed in with a role to keep outcomes: what you write lives in this "
            "visit, and is lost when the tab is closed or loaded anew, and when you sign in. "
            "Export it as a file on “The whole canvas”, and take that file in again here.",
            icon=":material/warning:",
        )
    else:
        at = datetime.fromisoformat(mine.kept.saved_at).astimezone(ZoneInfo("Europe/London"))
        own = access.person(canvas_open.who().name) == access.person(mine.kept.saved_by)
        by = "you" if own else mine.kept.saved_by or "somebody"
        st.caption(
            f"Saved on {at:%-d %B %Y at %H:%M} by {as_it_is(by)}, version {mine.kept.number}. "
            "What you write is saved as you type."
        )
        if mine.kept.with_others:
            st.info(
                f"{as_it_is(mine.kept.with_others)} has changed this outcome, too. Both changes "
                "are in it."
            )


def _overtaken(mine: Open) -> None:
    """Draw what becomes of two answers to one question: nobody's is lost."""
    error = mine.overtaken
    assert error is not None, "drawn only then"
    st.error("Not saved: somebody else was first.", icon=":material/error:")
    st.text(str(error))
    with st.container(horizontal=True):
        ways = {
            "Keep both: mine as an outcome of its own": _keep_both,
            "Keep mine on top: theirs stays a version": canvas_open.keep_mine,
            "Keep theirs": canvas_open.forget,
        }
        for label, do in ways.items():
            st.button(label, on_click=canvas_open.trying, args=(do, mine.key))
    with st.expander("What they wrote"):
        canvas_whole.answers(error.newest.canvas)


def _keep_both(key: str) -> None:
    st.query_params["canvas"] = canvas_open.keep_both(key)


def _step() -> str:
    asked = st.query_params.get("step", "")
    return asked if asked in _SLUGS else next(iter(_SLUGS))


def _onwards(slug: str) -> None:
    """Draw the ways to the steps before and after."""
    slugs = list(_SLUGS)
    at = slugs.index(slug)
    with st.container(horizontal=True):
        if at > 0:
            st.button(f"Back: {_SLUGS[slugs[at - 1]]}", on_click=_go, args=(slugs[at - 1],))
        if at + 1 < len(slugs):
            name = _SLUGS[slugs[at + 1]]
            st.button(f"Next: {name}", on_click=_go, args=(slugs[at + 1],), type="primary")


def _go(slug: str) -> None:
    st.query_params["step"] = slug


def _leave() -> None:
    st.query_params.clear()
