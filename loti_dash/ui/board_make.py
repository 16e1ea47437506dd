"""Making a link: what this visit shares, in order; its words; and the links that one made."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import streamlit as st

from loti_dash import releases
from loti_dash.errors import LotiError
from loti_dash.export.pack.model import MOST_ITEMS
from loti_dash.outcomes import keeping
from loti_dash.outcomes.summary import Summary, summary
from loti_dash.shares import making
from loti_dash.shares.items import item
from loti_dash.shares.making import MOST_LETTERS, Draft
from loti_dash.store import Store
from loti_dash.ui import board_links, canvas_open, page, share, take_away
from loti_dash.ui.published import remembered
from loti_dash.ui.viewer import draw_sign_in, viewer
from loti_dash.views import View

_NO_OUTCOME = "No outcome"


@dataclass(frozen=True)
class _Found:
    """What a view is, for the list of what is shared. `why_not` says why it cannot be."""

    sentence: str
    title: str
    sure: bool
    why_not: str = ""


def show_making(title: str, question: str) -> None:
    """Draw the page on which links are made."""
    store = page.open_page(title, question).store
    st.write(
        "A link shows figures of the release you looked at, cautions and all, to whoever has it, "
        "without signing in. It stays as it was sent, and says later what has changed since. "
        f"Below each figure, in its fold, it can be added to what you share: {MOST_ITEMS} at most."
    )
    draw_sign_in()
    if not share.may_share():
        st.info(share.why_not())
        return
    views = share.collected()
    st.header("What you share", anchor=False)
    if not views:
        st.write(
            "Nothing so far. Open a figure's fold on any page, and choose “Share this figure”."
        )
    found = [_preview(each) for each in views]
    for place, (view, each) in enumerate(zip(views, found, strict=True)):
        _listed(place, view, each, views, store.release)
    if views:
        _form(views, found)
    board_links.draw()


def _listed(
    place: int, view: View, of: _Found, views: tuple[View, ...], open_release: str
) -> None:
    """Draw one of the views, its release, and how it is moved or taken out."""
    with st.container(border=True):
        st.text(f"{place + 1}. {of.sentence or view.address()}")
        # What a title or an error says is never read as Markdown.
        st.text(of.title or of.why_not)
        if not of.why_not:
            st.text(_release(view.release, open_release))
        with st.container(horizontal=True):
            name = f"{place + 1}"
            without = (*views[:place], *views[place + 1 :])
            st.button(f"Take out {name}", on_click=share.keep, args=(without,))
            if place:
                up = (*views[: place - 1], view, views[place - 1], *views[place + 1 :])
                st.button(f"Move {name} up", on_click=share.keep, args=(up,))


def _form(views: tuple[View, ...], found: list[_Found]) -> None:
    """Draw the form that makes the link."""
    outcomes = _outcomes()
    today = datetime.now(UTC).date()
    with st.form("share", border=False):
        title = st.text_input("Title", max_chars=MOST_LETTERS["title"])
        commentary = st.text_area("What you want to say", max_chars=MOST_LETTERS["commentary"])
        chosen = st.selectbox("The outcome it is for", [_NO_OUTCOME, *outcomes])
        decision = st.text_area(
            "The decision you ask for",
            max_chars=MOST_LETTERS["decision"],
            help="If you leave it empty, it is that of the outcome.",
        )
        done = [
            ""
            if each.sure
            else st.text_area(
                f"What is being done about the data of {place}",
                max_chars=MOST_LETTERS["being_done"],
                help="The evidence is not enough to act: the difference is not clear, or people "
                "of unknown ethnicity could change it.",
            )
            for place, each in enumerate(found, 1)
        ]
        expires = st.date_input(
            "It can be opened until",
            today + timedelta(making.USUAL_DAYS),
            min_value=today + timedelta(1),
            max_value=today + timedelta(making.MOST_DAYS),
            format="DD/MM/YYYY",
        )
        asked = st.form_submit_button("Make the link", type="primary")
    if not asked:
        return
    draft = Draft(title, views, commentary, decision, tuple(done), outcomes.get(chosen))
    try:
        id_ = making.share(viewer(), draft, expires, take_away.base())
    except LotiError as error:
        st.error("No link was made.", icon=":material/error:")
        st.text(str(error))
        return
    share.keep(())
    board_links.keep(f"{take_away.base()}board?share={id_}", id_)
    st.rerun()


def _outcomes() -> dict[str, Summary]:
    """Return what a board reads of each outcome, of this visit and kept, by a name of its own."""
    canvases = [each.canvas for each in canvas_open.of_visit()]
    canvases += [each.canvas for each in keeping.listing(viewer())]
    return {
        f"{number}. {each.title or 'Outcome without a title'}": summary(each)
        for number, each in enumerate(canvases, 1)
    }


def _release(of: str, current: str) -> str:
    """Return which release a view is sent from, and how to send another one."""
    said = f"Figures of release {of}."
    if of == current:
        return said
    return f"{said} Those of {current} are sent if you add the figure again on a page of that one."


def _preview(view: View) -> _Found:
    """Return what a view is in the release that it is sent from, or why it cannot be sent."""
    try:
        store = releases.open_(view.release)
        return _found(store, store.release, view)
    except LotiError as error:
        return _Found("", "", False, str(error))


@remembered(200)
def _found(_store: Store, release: str, view: View) -> _Found:
    """Return what a view is in a release."""
    of = item(_store, view, "/")
    return _Found(of.sentence, of.title, of.sure)
