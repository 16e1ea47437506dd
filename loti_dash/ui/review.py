"""The page of the second person: what was sent in, what it would change, and the decision."""

from contextlib import closing
from datetime import date

import streamlit as st
from streamlit.elements.lib.mutable_status_container import StatusContainer

from loti_dash import access, drafts, own_figures, retention, submissions
from loti_dash.access import Action, Viewer
from loti_dash.errors import LotiError
from loti_dash.notices import as_it_is
from loti_dash.state.decisions import SAID
from loti_dash.store import Store
from loti_dash.submissions import Standing, Submission
from loti_dash.ui import decide, report_queue, reviewed, show
from loti_dash.ui.page import open_page
from loti_dash.ui.viewer import draw_sign_in, viewer
from loti_dash.upload import package as packages
from loti_dash.upload.package import Package

# What can be withdrawn: figures that others have replaced are in the releases before those still.
_PUBLIC = (Standing.PUBLISHED, Standing.ACCEPTED, Standing.REPLACED)


def show_review(title: str, question: str) -> None:
    """Draw the page."""
    store = open_page(title, question).store
    who = viewer()
    st.write(
        "Figures that boroughs send in are published by a second person, never by who sent them. "
        "Whoever publishes sees exactly what the public will see, after small counts are withheld."
    )
    draw_sign_in()
    if not any(access.may(who, action) for action in (Action.APPROVE, Action.UPLOAD)):
        st.info(
            "You have no role to decide or to follow. Ask whoever keeps the roles here for one."
            if who.name
            else "Deciding on figures is for approvers, following them for analysts, who sign in."
        )
        return
    decide.say_what_was_done()
    if access.may(who, Action.APPROVE):
        retention.purge(date.today())
        _resume()
    _waiting(who, store)
    report_queue.draw(who, store)
    _decided(who, store)


def _resume() -> None:
    """Build what was accepted before something stopped the build, and say so while it lasts.

    Draws nothing where nothing is due: what comes and goes moves what is about to be clicked.
    """
    steps: list[StatusContainer] = []

    def say(step: str) -> None:
        steps[:] = steps or [st.status("Finishing a release that was interrupted")]
        steps[0].update(label=f"Finishing a release that was interrupted: {as_it_is(step)}")

    try:
        submissions.resume(say)
    except LotiError as error:
        # The way to withdraw what is wrong is further down this page.
        st.error("A release that was interrupted could not be built.", icon=":material/error:")
        st.text(str(error))
        return
    if steps:
        st.rerun()


def _waiting(who: Viewer, store: Store) -> None:
    """Draw what waits, one submission at a time."""
    waiting = {one.id: one for one in submissions.waiting(who)}
    if not waiting:
        st.header("Nothing is waiting", anchor=False)
        st.write("What an analyst sends in for your areas appears here.")
        return
    st.header(f"{len(waiting)} waiting for a decision", anchor=False)
    id_ = next(iter(waiting))
    if len(waiting) > 1:
        id_ = st.radio(
            "Look at",
            list(waiting),
            format_func=lambda id_: as_it_is(_name(waiting[id_], store)),
            key="review_which",
        )
    else:
        st.write(f"**{as_it_is(_name(waiting[id_], store))}**")
    _whole(waiting[id_], who, store)


def _name(of: Submission, store: Store) -> str:
    """Return what a submission is about. Only what is published has titles in a list."""
    known = store.catalogue.indicators
    titles = [
        known[id_].title if id_ in known else id_.replace("_", " ").capitalize()
        for id_ in of.indicators
    ]
    places = ", ".join(store.catalogue.areas[area].name for area in of.areas)
    return f"{'; '.join(titles)}: {places}, sent on {reviewed.day(of.submitted_at)}"


def _whole(of: Submission, who: Viewer, store: Store) -> None:
    """Draw one submission whole, and the decision for who may make it."""
    package = packages.from_json(submissions.of(who, of.id).package)
    small, others = of.hidden
    st.text(f"Sent by {of.submitted_by}. File {of.file_name}.")
    withheld = (
        f"Counts withheld for their size: {small:,}. Withheld because those could be worked out "
        f"with them: {others:,} more."
    )
    show.lines([withheld, *drafts.news(package, store)])
    drawn = _charts(package, store)
    reviewed.statement_of(of)
    if access.person(who.name) == access.person(of.submitted_by):
        st.info("You sent these figures in, so somebody else decides on them.")
    elif access.may(who, Action.APPROVE, of.areas):
        decide.publish_or_send_back(of, who, drawn)


def _charts(package: Package, store: Store) -> bool:
    """Draw the figures as the public would see them, and return whether that was possible."""
    try:
        with closing(own_figures.store_of(store, package)) as private:
            reviewed.draw(private, package)
    except LotiError as error:
        st.error("The charts cannot be drawn, so nothing can be published.")
        st.text(str(error))
        return False
    return True


def _decided(who: Viewer, store: Store) -> None:
    """Draw what was decided, and for what is published the way to withdraw it."""
    others = [one for one in submissions.listing(who) if one.standing != Standing.WAITING]
    st.header("Decided", anchor=False)
    if not others:
        st.write("Nothing has been decided so far.")
    for one in reversed(others):
        name = f"{one.standing.capitalize()}: {as_it_is(_name(one, store))}"
        with st.expander(name, key=f"decided_{one.id}"):
            for indicator in map(store.catalogue.indicators.get, one.indicators):
                if indicator:
                    st.write(show.link_to(indicator))
            show.lines(
                f"{reviewed.day(each.decided_at)}: {SAID[each.what]}"
                f"{f' by {as_it_is(each.decided_by)}' if each.decided_by else ''}. "
                f"{as_it_is(each.because)}"
                for each in submissions.decisions(who, one.id)
            )
            if one.standing in _PUBLIC and access.may(who, Action.APPROVE, one.areas):
                decide.withdraw(one, who)
