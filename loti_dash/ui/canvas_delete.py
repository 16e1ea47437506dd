"""Deleting a canvas for good, below its versions: for whoever may, and not by one slip."""

import streamlit as st

from loti_dash.outcomes import deleting
from loti_dash.ui import canvas_open
from loti_dash.ui.canvas_open import Open


def draw(mine: Open) -> None:
    """Draw the way to delete a canvas that is kept."""
    st.subheader("Delete it", anchor=False)
    if not deleting.may_delete(canvas_open.who(), mine.key):
        st.write("Only whoever began this outcome may delete it, or an approver.")
        return
    st.write(
        "It goes with every version and the log of decisions, for everybody, and cannot be "
        "brought back from here. Back-ups made before have it until they are deleted."
    )
    sure = st.checkbox("Yes, delete this outcome for everybody", key=f"canvas_delete-{mine.key}")
    st.button(
        "Delete this outcome",
        disabled=not sure,
        on_click=canvas_open.trying,
        args=(_delete, mine.key),
    )


def _delete(key: str) -> None:
    deleting.delete(canvas_open.who(), key)
    canvas_open.forget(key)
    st.query_params.clear()
