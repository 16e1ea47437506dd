"""The fields of a canvas: each is kept as soon as somebody changes it.

A line is sent while somebody types by Streamlit itself, a longer answer by `while_typing`.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from loti_dash.outcomes import beware
from loti_dash.outcomes.canvas import Canvas, as_date
from loti_dash.outcomes.questions import MOST_LETTERS, Question
from loti_dash.ui import canvas_open
from loti_dash.ui.canvas_open import Open

# After so long without a key pressed a line is sent.
_PAUSE = "600ms"
_MOST_OF_A_LINE = 300
Change = Callable[[Canvas, Any], Canvas]


def questions(mine: Open, asked: Sequence[Question]) -> None:
    """Draw questions with their answers; a lead once, above the first that it is above of."""
    lead = ""
    for question in asked:
        if question.lead != lead:
            lead = question.lead
            st.markdown(f"**{lead}**")
        answer(mine, question.key, question.words, short=question.short)


def answer(mine: Open, key: str, words: str, short: bool = False) -> None:
    """Draw one question with its answer."""
    draw = line if short else text
    draw(mine, key, words, mine.canvas.answer(key), partial(_answered, key))


def text(mine: Open, name: str, words: str, kept: str, to: Change) -> None:
    """Draw a field of several lines, and what to beware of in it."""
    st.text_area(words, height="content", max_chars=MOST_LETTERS, **_kept(mine, name, kept, to))
    warn(kept)


def line(mine: Open, name: str, words: str, kept: str, to: Change, width: int = 0) -> None:
    """Draw a field of one line, and what to beware of in it."""
    st.text_input(
        words,
        max_chars=_MOST_OF_A_LINE if len(kept) <= _MOST_OF_A_LINE else MOST_LETTERS,
        live=_PAUSE,
        width=width or "stretch",
        **_kept(mine, name, kept, to),
    )
    warn(kept)


def day(mine: Open, name: str, words: str, kept: str, to: Change) -> None:
    """Draw a date, kept as 2027-04-30, or "" where there is none."""
    st.date_input(
        words, value=None, format="DD/MM/YYYY", width=260, **_kept(mine, name, as_date(kept), to)
    )


def choice(
    mine: Open, name: str, words: str, offered: dict[str, str], kept: str, to: Change
) -> None:
    """Draw a choice among codes with their names, none of them chosen at first."""
    st.selectbox(
        words,
        list(offered),
        index=None,
        format_func=lambda code: offered.get(code, code),
        placeholder="Choose one",
        width=420,
        **_kept(mine, name, kept if kept in offered else None, to),
    )


def several(
    mine: Open, name: str, words: str, offered: dict[str, str], kept: Sequence[str], to: Change
) -> None:
    """Draw a choice of several codes."""
    st.multiselect(
        words,
        list(offered),
        format_func=lambda code: offered.get(code, code),
        placeholder="Choose one or more",
        select_all=False,
        **_kept(mine, name, list(kept), to),
    )


def warn(said: str) -> None:
    """Draw what to beware of in words that somebody wrote."""
    for warning in beware.of_text(said):
        st.warning(warning, icon=":material/warning:")


def _answered(key: str, canvas: Canvas, said: Any) -> Canvas:
    return canvas.answered(key, _plain(said))


def _plain(said: Any) -> str:
    return said.isoformat() if isinstance(said, date) else str(said or "")


def answered_by(key: str) -> Change:
    """Return what keeps a value, a date too, as an answer."""
    return partial(_answered, key)


def set_to(name: str) -> Change:
    """Return what keeps a value as a field of the canvas."""
    return lambda canvas, said: replace(canvas, **{name: _value(said)})


def _value(said: Any) -> Any:
    return tuple(said) if isinstance(said, list) else _plain(said)


def _kept(mine: Open, name: str, kept: Any, to: Change) -> dict[str, Any]:
    """Return how a widget shows what is kept, and keeps what it is changed to.

    Streamlit skips the call on a change while somebody types on, so a value that is neither what
    was drawn last nor what is kept is taken for what somebody wrote.
    """
    key = f"canvas-{mine.key}-{name}"
    state = st.session_state
    drawn = state.setdefault("canvas_drawn", {})
    if key in state and key in drawn and state[key] not in (drawn[key], kept):
        _note(mine.key, name, to)
    elif key not in state or state[key] != kept:
        state[key] = kept
    drawn[key] = state[key]
    return {"key": key, "on_change": _note, "args": (mine.key, name, to)}


def _note(of: str, name: str, to: Change) -> None:
    said = st.session_state[f"canvas-{of}-{name}"]
    canvas_open.change(of, name, lambda canvas: to(canvas, said))
