"""Reporting a problem with a figure, in the fold below it: words, a receipt, what became of it.

What is typed is kept by the visit itself: Streamlit forgets it as soon as the fold is closed.
"""

from hashlib import sha256

import streamlit as st

from loti_dash import report_texts, reports
from loti_dash.errors import LotiError
from loti_dash.store import Store
from loti_dash.ui import take_away
from loti_dash.ui.viewer import can_sign_in, viewer
from loti_dash.views import View

# By view: the words that are typed and not sent, why they could not be, the number of what was.
_DRAFTS, _FAILED, _SENT = "report_drafts", "report_failed", "report_sent"


def draw(store: Store, at: View) -> None:
    """Draw how a problem with a figure is reported. Nothing that is not published gets here."""
    if store.private:
        return
    st.write("**Report a problem with this figure**")
    who = viewer()
    if not reports.may_report(who):
        _to_copy(store, at, bool(who.name))
        return
    _form(at)
    try:
        own = reports.of_view(who, at)
    except LotiError as error:
        st.text(str(error))
        return
    for one in own:
        # As it is: an answer is anybody's words.
        st.text(report_texts.became(one))


def _form(at: View) -> None:
    """Draw the words and the button, and what became of the last press of it."""
    name = _name(at)
    key = f"report_{name}"
    # A fold that was closed has lost what was typed into it.
    if key not in st.session_state:
        st.session_state[key] = _kept(_DRAFTS).get(name, "")
    st.write(report_texts.BEFORE)
    st.text_area(
        f"What is wrong with it? At most {reports.MOST_CHARACTERS:,} characters",
        max_chars=reports.MOST_CHARACTERS,
        key=key,
        on_change=_keep_draft,
        args=(name,),
        height=120,
    )
    st.button("Report this problem", key=f"send_{key}", on_click=_send, args=(name, at))
    if name in _kept(_FAILED):
        st.error("The report was not sent. Your words are still here.", icon=":material/error:")
        st.text(_kept(_FAILED)[name])
    elif name in _kept(_SENT):
        st.success(
            f"Reported. Your receipt is number {_kept(_SENT)[name]}. {report_texts.AFTER}",
            icon=":material/check:",
        )


def _send(name: str, at: View) -> None:
    """Send what is typed; it stays where that fails."""
    key = f"report_{name}"
    _keep_draft(name)
    for old in (_FAILED, _SENT):
        _kept(old).pop(name, None)
    try:
        # Asked anew: somebody may have signed out, or lost a role, since the fold was drawn.
        number = reports.report(viewer(), at, st.session_state[key])
    except LotiError as error:
        _kept(_FAILED)[name] = str(error)
        return
    _kept(_SENT)[name] = str(number)
    _kept(_DRAFTS).pop(name, None)
    st.session_state[key] = ""


def _keep_draft(name: str) -> None:
    _kept(_DRAFTS)[name] = st.session_state[f"report_{name}"]


def _kept(what: str) -> dict[str, str]:
    found: dict[str, str] = st.session_state.setdefault(what, {})
    return found


def _to_copy(store: Store, at: View, signed_in: bool) -> None:
    """Say how to be allowed to, and give the lines that name the view for a message instead."""
    if signed_in:
        st.write("You are signed in without a role to report here. Ask whoever keeps the roles.")
    elif can_sign_in():
        st.write("To report a problem here, sign in first, on the page [Review](review).")
    else:
        st.write("To report a problem here, sign in first. Nobody can on this server yet.")
    st.write("Or copy these lines into a message to whoever runs this dashboard:")
    address = take_away.whole(at.address("/"))
    st.code(report_texts.to_copy(store.catalogue, at, address), language=None, wrap_lines=True)


def _name(at: View) -> str:
    """Return what tells a view from others in the names of widgets."""
    return sha256(f"{at.address()} {at.figure}".encode()).hexdigest()[:16]
