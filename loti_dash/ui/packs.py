"""A board pack in one click: Word, PDF or a web page, each made when it is asked for."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import streamlit as st

from loti_dash.export.pack import Pack, docx, html, pdf
from loti_dash.outcomes.canvas import Canvas
from loti_dash.outcomes.moved import moved
from loti_dash.outcomes.summary import summary
from loti_dash.shares.of_outcome import pack_of_outcome
from loti_dash.store import Store
from loti_dash.ui import take_away

_FILES: dict[str, tuple[str, Callable[[Pack], str | bytes]]] = {
    "Board pack (Word)": ("docx", docx),
    "Board pack (PDF)": ("pdf", pdf),
    "Board pack (web page)": ("html", html),
}


def buttons(title: str, make: Callable[[], Pack]) -> None:
    """Draw a button for each kind of file; `make` makes the pack at a click, or raises."""
    with st.container(horizontal=True):
        for label, (ending, write) in _FILES.items():
            name = f"{file_name(title)}.{ending}"
            take_away.button(label, partial(_written, write, make), name)


def of_outcome(store: Store, canvas: Canvas, path: str) -> None:
    """Draw the buttons for an outcome with the figures pinned to it, as a release has them.

    `path` is the address of the outcome, without what stands in front of addresses.
    """
    base = take_away.base()
    buttons(canvas.title, partial(_of_outcome, store, canvas, base, f"{base}{path}"))


def _of_outcome(store: Store, canvas: Canvas, base: str, address: str) -> Pack:
    of, today = canvas.baseline, datetime.now(UTC).date()
    found = moved(store, of, canvas.answer("target_ratio")) if of else None
    changed = [each for each in (found.said, found.beside, found.target) if each] if found else []
    return pack_of_outcome(store, summary(canvas), canvas.insights, base, address, today, changed)


def file_name(title: str) -> str:
    """Return a title as the name of a file.

    >>> file_name("Homelessness in Hackney: spring 2026"), file_name("../..")
    ('homelessness_in_hackney_spring_2026', 'board_pack')
    """
    return re.sub(r"[^a-z0-9]+", "_", title.casefold()).strip("_")[:80] or "board_pack"


def _written(write: Callable[[Pack], str | bytes], make: Callable[[], Pack]) -> str | bytes:
    return write(make())
