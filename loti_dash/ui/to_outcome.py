"""In the fold of a figure: pin its view to an outcome, or take it as the outcome's baseline."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import streamlit as st

from loti_dash import config
from loti_dash.errors import LotiError
from loti_dash.outcomes import baselines, keeping
from loti_dash.outcomes.canvas import MOST, Canvas
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui import canvas_open
from loti_dash.views import View

# What a baseline needs to be one figure of one group.
_NEEDED = ("indicator", "area", "period", "group", "reference", "classification")


def draw(store: Store, at: View) -> None:
    """Draw how a figure is added to an outcome. Nothing that is not published gets here."""
    if store.private:
        return
    st.write("**Add to an outcome**")
    name = f"outcome-{at.page}-{at.figure}"
    _say(name)
    offered = _offered()
    if not offered:
        st.write("There is no outcome yet to add it to.")
        _button("Begin an outcome with this figure", name, _begin, at)
        return
    last = canvas_open.last()
    key = st.selectbox(
        "Which outcome?",
        list(offered),
        index=list(offered).index(last) if last in offered else 0,
        format_func=offered.__getitem__,
        key=f"{name}-which",
    )
    with st.container(horizontal=True):
        _button("Add this figure to it", name, _pin, at, key)
        choices = Selection.from_params(dict(at.params), Selection())
        if all(getattr(choices, field) for field in _NEEDED):
            _button("Take it as the baseline", name, _take, store, choices, key)
        _button("Begin an outcome with this figure", name, _begin, at)
    if not canvas_open.may_keep():
        st.caption("You are not signed in to keep outcomes: this one lives in this visit alone.")
    file = config.ROOT / "pages" / "outcomes.py"
    params = {"canvas": key, "step": "insight"}
    icon = ":material/arrow_forward:"
    st.page_link(file, label="Go to that outcome", icon=icon, query_params=params)


def _offered() -> dict[str, str]:
    """Return the titles of the outcomes that a figure can be added to, by key."""
    found = {each.key: each.canvas.title for each in canvas_open.of_visit()}
    if canvas_open.may_keep():
        found |= {each.id: each.canvas.title for each in keeping.listing(canvas_open.who())}
    return {key: title[:100] or "An outcome without a title" for key, title in found.items()}


def _button(label: str, name: str, do: Callable[..., str], *args: object) -> None:
    st.button(label, key=f"{name}-{do.__name__}", on_click=_done, args=(name, do, *args))


def _done(name: str, do: Callable[..., str], *args: object) -> None:
    """Do what was clicked on, and keep what is to be said of it."""
    try:
        said = ("success", do(*args))
    except LotiError as error:
        said = ("error", str(error))
    st.session_state[f"{name}-said"] = said


def _say(name: str) -> None:
    kind, said = st.session_state.pop(f"{name}-said", ("", ""))
    if kind == "success":
        st.success(said, icon=":material/check:")
    elif kind:
        st.error("That was not done.", icon=":material/error:")
        st.text(said)


def _pin(at: View, key: str) -> str:
    canvas_open.opened(key)

    def pinned(canvas: Canvas) -> Canvas:
        if len(canvas.insights) >= MOST:
            raise LotiError(f"An outcome has {MOST} figures at most. Remove one from it first.")
        return replace(canvas, insights=(*canvas.insights, at)) if _new(canvas, at) else canvas

    canvas_open.change(key, "", pinned)
    return "Added: it stands on the step Insight of that outcome."


def _new(canvas: Canvas, at: View) -> bool:
    """Return whether no view of the same figure is pinned, of whatever release."""
    return all(_without_release(each) != _without_release(at) for each in canvas.insights)


def _without_release(view: View) -> tuple[str, dict[str, str], str]:
    return view.page, {k: v for k, v in view.params if k != "release"}, view.figure


def _take(store: Store, choices: Selection, key: str) -> str:
    canvas_open.opened(key)
    taken = baselines.take(store, choices, date.today())
    canvas_open.change(key, "", lambda canvas: replace(canvas, baseline=taken))
    return "Taken as the baseline of that outcome."


def _begin(at: View) -> str:
    (made,) = canvas_open.begin(Canvas("An outcome without a title", insights=(at,)))
    canvas_open.opened(made.key)
    return "Begun: a blank outcome with this figure. Give it a title and answers on its page."
