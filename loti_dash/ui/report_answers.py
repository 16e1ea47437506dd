"""The answers to reports of problems, under Corrections: never the words, or who sent them."""

import streamlit as st

from loti_dash import report_texts, reports
from loti_dash.errors import LotiError
from loti_dash.notices import as_it_is
from loti_dash.store import Store
from loti_dash.ui import show


def draw(store: Store) -> None:
    """Draw the answers, the newest first, if there are any."""
    try:
        answers = reports.answers()
    except LotiError as error:
        # The rest of the page does not need them.
        st.warning("The answers to reports of problems cannot be read now.")
        st.text(str(error))
        return
    if answers:
        st.subheader("Answers to reports of problems", anchor=False)
        show.lines(_line(store, each) for each in answers)


def _line(store: Store, of: reports.Answer) -> str:
    name = as_it_is(report_texts.name(store.catalogue, of.view))
    return (
        f"[{name}]({of.view.address()}), in release {of.view.release}, answered on {of.on.day} "
        f"{of.on:%B %Y}: {as_it_is(of.answer)}"
    )
