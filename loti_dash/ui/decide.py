"""A decision on what was sent in: its words, its button, its steps, and what became of it."""

from collections.abc import Callable

import streamlit as st

from loti_dash import submissions
from loti_dash.access import Viewer
from loti_dash.errors import LotiError
from loti_dash.notices import as_it_is
from loti_dash.submissions import Submission

Say = Callable[[str], None]

# What became of the last decision. It stands until the next one: a message that is there once
# would move whatever is about to be clicked as it goes.
_DONE, _FAILED = "review_done", "review_failed"


def say_what_was_done() -> None:
    """Draw what became of the last decision of this visit, if it was carried out."""
    done = st.session_state.get(_DONE)
    if done:
        st.success(done, icon=":material/check:")


def publish_or_send_back(of: Submission, who: Viewer, drawn: bool) -> None:
    """Draw the decision on what waits. What could not be drawn cannot be published."""
    st.subheader("Your decision", anchor=False)
    note = st.text_input("What is new, for the list of releases", key=f"note_{of.id}")

    def publish(say: Say) -> str:
        return f"Published: they are in release {submissions.publish(who, of.id, note, say)}."

    _button("Publish these figures", f"publish_{of.id}", "Building the release", publish, drawn)
    with st.expander("Send them back instead", key=f"instead_{of.id}"):
        reason = st.text_area("What is to be put right", key=f"reason_{of.id}", height=80)

        def send_back(_: Say) -> str:
            submissions.send_back(who, of.id, reason)
            return "Sent back. The figures that were sent in are deleted."

        _button("Send back", f"back_{of.id}", "Sending back", send_back)


def withdraw(of: Submission, who: Viewer) -> None:
    """Draw the way to take out of public again what was published."""
    because = st.text_area(
        "Why they are withdrawn, for the public notice", key=f"because_{of.id}", height=80
    )

    def take_out(say: Say) -> str:
        release = submissions.withdraw(who, of.id, because, say)
        if not release:
            return "Withdrawn, before they were in any release."
        return f"Withdrawn, in the release {release} and in those before it: a notice says why."

    _button("Withdraw these figures", f"withdraw_{of.id}", "Building the release", take_out)


def _button(
    label: str, key: str, what: str, decide: Callable[[Say], str], possible: bool = True
) -> None:
    """Draw the button of a decision, and why the last press of it came to nothing, if so.

    `what` is said with the steps on screen while the decision is carried out.
    """
    kind = "primary" if key.startswith("publish") else "secondary"
    pressed = st.button(label, key=key, type=kind, disabled=not possible)  # type: ignore[arg-type]
    failed: dict[str, str] = st.session_state.get(_FAILED, {})
    if key in failed and not pressed:
        st.error("The decision was not carried out.", icon=":material/error:")
        st.text(failed[key])
    if not pressed:
        return
    for old in (_DONE, _FAILED):
        st.session_state.pop(old, None)
    with st.status(what) as status:
        try:
            # As it is: a step may name a file.
            st.session_state[_DONE] = decide(
                lambda step: status.update(label=f"{what}: {as_it_is(step)}")
            )
        except LotiError as error:
            st.session_state[_FAILED] = {key: str(error)}
    st.rerun()
