"""The reports of problems on the page Review: each with its view, and what is decided on it."""

from collections.abc import Callable

import streamlit as st

from loti_dash import access, report_texts, reports
from loti_dash.access import Action, Viewer
from loti_dash.errors import LotiError
from loti_dash.notices import as_it_is
from loti_dash.state.reports import Report
from loti_dash.store import Store
from loti_dash.ui.viewer import viewer
from loti_dash.views import View

_DONE, _FAILED = "report_decided", "report_undecided"


def draw(who: Viewer, store: Store) -> None:
    """Draw the reports that wait for a decision, for whoever may decide."""
    if not access.may(who, Action.APPROVE):
        return
    waiting = reports.waiting(who)
    many = f"{len(waiting)} reports" if len(waiting) > 1 else "1 report"
    st.header(
        f"{many} of a problem with a figure" if waiting else "No report is waiting", anchor=False
    )
    done = st.session_state.get(_DONE)
    if done:
        st.success(done, icon=":material/check:")
    failed = st.session_state.get(_FAILED, ("", 0, ""))
    if failed[1] not in [0, *(one.number for one in waiting)]:
        # Somebody was quicker: there is no box any more below which it could stand.
        _say_why(failed[2])
    if not waiting:
        st.write("What people report as wrong with a figure appears here.")
    for one in waiting:
        _one(one, who, store)


def _one(of: Report, who: Viewer, store: Store) -> None:
    """Draw a report: which view of which release, who sent it, the words, and the decision."""
    view = View.from_dict(of.view)
    name = report_texts.name(store.catalogue, view)
    with st.expander(f"Report {of.number}: {as_it_is(name)}", expanded=True):
        st.write(f"[Open the figure as it was]({view.address()}), in release {of.release}.")
        st.text(f"Sent on {report_texts.day(of.made_at)} by {of.made_by}.")
        if access.person(who.name) == access.person(of.made_by):
            st.info("You sent this report yourself.")
        with st.container(border=True):
            # As it is: it is anybody's words.
            st.text(of.words)
        if reports.may_decide(who, of):
            _decision(of)
        else:
            st.info("An approver of this borough decides on it.")


def _decision(of: Report) -> None:
    """Draw both ways to decide on a report."""
    st.text_area("Answer, for everybody to read", key=f"answer_{of.number}", height=80)
    st.caption("Say what was found and what is done about it. The report's words are not shown.")
    _button("Publish this answer", f"answer_{of.number}", of, reports.answer)
    st.text_area(
        "Or why it is closed without an answer in public, for whoever sent it",
        key=f"closing_{of.number}",
        height=80,
    )
    _button("Close without publishing", f"closing_{of.number}", of, reports.close)


def _button(label: str, key: str, of: Report, decide: Callable[[Viewer, int, str], None]) -> None:
    st.button(label, key=f"press_{key}", on_click=_decide, args=(key, of.number, decide))
    failed = st.session_state.get(_FAILED, ("", 0, ""))
    if failed[0] == key:
        _say_why(failed[2])


def _say_why(error: str) -> None:
    st.error("The decision was not carried out.", icon=":material/error:")
    st.text(error)


def _decide(key: str, number: int, decide: Callable[[Viewer, int, str], None]) -> None:
    """Carry out a decision. Where that fails, what was typed stays."""
    for old in (_DONE, _FAILED):
        st.session_state.pop(old, None)
    try:
        decide(viewer(), number, st.session_state[key])
    except LotiError as error:
        st.session_state[_FAILED] = (key, number, str(error))
        return
    st.session_state[_DONE] = (
        f"Report {number} is answered: everybody can read it on the page Data."
        if decide is reports.answer
        else f"Report {number} is closed. Nothing of it is public."
    )
