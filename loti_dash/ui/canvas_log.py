"""The actions of a canvas, with owner, date and status, and the log of what was decided."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from loti_dash.notices import as_it_is
from loti_dash.outcomes.canvas import MOST, STATUSES, Action, Canvas, Decision
from loti_dash.outcomes.questions import DRAFTS
from loti_dash.ui import canvas_open
from loti_dash.ui.canvas_fields import answer, choice, day, line
from loti_dash.ui.canvas_open import Open

(_DRAFT,) = DRAFTS


def actions(mine: Open) -> None:
    """Draw the actions, each with who does it, by when, and how far it is."""
    st.markdown("**Actions, for boards to follow**")
    for number, each in enumerate(mine.canvas.actions):
        with st.container(border=True):
            _action(mine, number, each)
    if len(mine.canvas.actions) < MOST:
        st.button("Add an action", on_click=_add_action, args=(mine.key,))


def _action(mine: Open, number: int, of: Action) -> None:
    name = f"action-{number}"
    ordinal = f"Action {number + 1}"
    line(mine, f"{name}-what", f"{ordinal}: what is done", of.what, _to(number, "what"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        line(mine, f"{name}-owner", f"{ordinal}: who", of.owner, _to(number, "owner"), width=300)
        day(mine, f"{name}-due", f"{ordinal}: by when", of.due, _to(number, "due"))
        offered = {status: status.capitalize() for status in STATUSES}
        status = f"{ordinal}: how far"
        choice(mine, f"{name}-status", status, offered, of.status, _to(number, "status"))
        st.button(
            f"Remove action {number + 1}", on_click=_remove_action, args=(mine.key, number, of)
        )


def _to(number: int, name: str) -> Callable[[Canvas, Any], Canvas]:
    """Return what keeps a value as a part of an action."""

    def keep(canvas: Canvas, said: Any) -> Canvas:
        plain = said.isoformat() if isinstance(said, date) else str(said or "")
        if name == "status":
            plain = plain or STATUSES[0]
        # It may have been removed by somebody else meanwhile.
        changed = [
            replace(each, **{name: plain}) if at == number else each
            for at, each in enumerate(canvas.actions)
        ]
        return replace(canvas, actions=tuple(changed))

    return keep


def _add_action(key: str) -> None:
    canvas_open.change(key, "", lambda c: replace(c, actions=(*c.actions, Action(""))))


def _remove_action(key: str, number: int, of: Action) -> None:
    def without(canvas: Canvas) -> Canvas:
        kept = [
            each for at, each in enumerate(canvas.actions) if not (at == number and each == of)
        ]
        return replace(canvas, actions=tuple(kept))

    canvas_open.change(key, "", without)


def decisions(mine: Open) -> None:
    """Draw the log of decisions: dated, added to, and never changed."""
    st.subheader("Decisions log", anchor=False)
    listed(mine.canvas)
    for key, words in DRAFTS.items():
        answer(mine, key, words)
    st.button("Add to the log, for good", on_click=_decide, args=(mine.key,))
    st.caption("An entry has the day of today and your name, and is never changed or removed.")


def listed(canvas: Canvas) -> None:
    """Draw what was decided, the oldest first."""
    if not canvas.decisions:
        st.write("Nothing is written down yet.")
    for each in canvas.decisions:
        by = f", written down by {as_it_is(each.by)}" if each.by else ""
        st.markdown(f"**{date.fromisoformat(each.on):%-d %B %Y}**{by}")
        st.text(each.said)


def _decide(key: str) -> None:
    def logged(canvas: Canvas) -> Canvas:
        said = " ".join(canvas.answer(_DRAFT).split())
        if not said:
            return canvas
        entry = Decision(date.today().isoformat(), canvas_open.who().name, said)
        return replace(canvas.answered(_DRAFT, ""), decisions=(*canvas.decisions, entry))

    canvas_open.change(key, "", logged)
