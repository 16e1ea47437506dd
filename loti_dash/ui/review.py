"""The page of the second person: what was sent in, what it would change, and the decision."""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from loti_dash import access, drafts, own_figures, submissions
from loti_dash.access import Action, Viewer
from loti_dash.errors import LotiError
from loti_dash.notices import as_it_is
from loti_dash.state.decisions import SAID
from loti_dash.store import Store
from loti_dash.submissions import Standing, Submission
from loti_dash.ui import reviewed, show
from loti_dash.ui.page import open_page
from loti_dash.ui.viewer import offer_to_sign_in, viewer
from loti_dash.upload import package as packages
from loti_dash.upload import statement

_DONE = "review_done"
_OUT = "Withdrawn in release {}."


def show_review(title: str, question: str) -> None:
    """Draw the page."""
    store = open_page(title, question).store
    who = viewer()
    st.write(
        "Figures that boroughs send in are published by a second person, never by who sent them. "
        "Whoever publishes sees exactly what the public will see, after small counts are withheld."
    )
    if not any(access.may(who, action) for action in (Action.APPROVE, Action.UPLOAD)):
        st.info("Deciding on figures is for approvers, following them for analysts, who sign in.")
        offer_to_sign_in()
        return
    done = st.session_state.pop(_DONE, "")
    if done:
        st.success(done)
    _resume(who)
    waiting = submissions.waiting(who)
    many = len(waiting)
    heading = f"{many} waiting" if many else "Nothing is waiting"
    st.header(heading, anchor=False)
    for one in waiting:
        with st.expander(_name(one, store), expanded=many == 1):
            _waiting(one, who, store)
    _decided(who, store)


def _resume(who: Viewer) -> None:
    """Build what was accepted before something stopped the build."""
    if access.may(who, Action.APPROVE):
        with st.spinner("Looking whether a release was interrupted"):
            submissions.resume(_say_nothing)


def _name(of: Submission, store: Store) -> str:
    places = ", ".join(store.catalogue.areas[area].name for area in of.areas)
    return f"{', '.join(of.indicators)}: {places}, sent on {of.submitted_at[:10]}"


def _waiting(of: Submission, who: Viewer, store: Store) -> None:
    """Draw one submission whole, and the decision for who may make it."""
    whole = submissions.of(who, of.id)
    package = packages.from_json(whole.package)
    small, others = of.hidden
    st.text(f"Sent by {of.submitted_by}. File {of.file_name}.")
    st.write(
        f"{small} counts are withheld because they are small, {others} more because the small "
        "ones could be worked out with them."
    )
    show.lines(drafts.news(package, store))
    st.subheader("Data statement", anchor=False)
    show.lines(
        f"**{question.words}** {as_it_is(of.statement.get(question.key, ''))}"
        for question in statement.QUESTIONS
    )
    for factor, words in statement.FACTOR_QUESTIONS.items():
        severity = statement.SEVERITIES[of.statement[f"{factor}_severity"]]
        show.lines([f"**{words}** {as_it_is(of.statement[factor])} ({severity})"])
    reviewed.draw(own_figures.store_of(store, package), package)
    if access.person(who.name) == of.submitted_by:
        st.info("You sent these figures in, so somebody else decides on them.")
        return
    if access.may(who, Action.APPROVE, of.areas):
        _decide(of, who)


def _decide(of: Submission, who: Viewer) -> None:
    words = st.text_area(
        "A note for the list of releases, or the reason for sending back", key=f"words_{of.id}"
    )
    with st.container(horizontal=True):
        if st.button("Publish these figures", type="primary", key=f"publish_{of.id}"):
            with st.status("Building the release") as status:
                say = partial(_step, status)
                _act(partial(submissions.publish, who, of.id, words, say), "Published as {}.")
        if st.button("Send back", key=f"back_{of.id}"):
            _act(lambda: submissions.send_back(who, of.id, words), "Sent back with your reason.")


def _step(status: Any, step: str) -> None:
    status.update(label=f"{step[:1].upper()}{step[1:]}")


def _decided(who: Viewer, store: Store) -> None:
    """Draw what was decided, and for what is published the way to withdraw it."""
    others = [one for one in submissions.listing(who) if one.standing != Standing.WAITING]
    st.header("Decided", anchor=False)
    if not others:
        st.write("Nothing has been decided so far.")
    for one in reversed(others):
        with st.expander(f"{one.standing.capitalize()}: {_name(one, store)}"):
            show.lines(
                f"{each.decided_at[:10]}: {SAID[each.what]} by {as_it_is(each.decided_by)}. "
                f"{as_it_is(each.because)}"
                for each in submissions.decisions(who, one.id)
            )
            standing = one.standing in (Standing.PUBLISHED, Standing.ACCEPTED)
            if standing and access.may(who, Action.APPROVE, one.areas):
                because = st.text_area(
                    "Why it is withdrawn, for the public notice", key=f"because_{one.id}"
                )
                if st.button("Withdraw these figures", key=f"withdraw_{one.id}"):
                    with st.spinner("Building a release without them"):
                        _act(
                            partial(submissions.withdraw, who, one.id, because, _say_nothing), _OUT
                        )


def _say_nothing(_: str) -> None:
    """Take no notice of the steps of a build: a spinner stands for them."""


def _act(decide: Callable[[], str | None], done: str) -> None:
    """Carry out a decision, and say what became of it."""
    try:
        release = decide()
    except LotiError as error:
        st.error("The decision was not carried out.", icon=":material/error:")
        st.text(str(error))
        return
    st.session_state[_DONE] = done.format(release or "")
    st.rerun()
