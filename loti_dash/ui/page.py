"""What every page starts with: its title, the release it reads, and what to do without one."""

import gc
from dataclasses import dataclass
from functools import cache

import streamlit as st

from loti_dash import config, releases
from loti_dash.definitions import Indicator
from loti_dash.errors import LotiError, ReleaseWithdrawn, UnknownCode
from loti_dash.own_figures import NOT_PUBLISHED
from loti_dash.selection import Selection
from loti_dash.server import logs
from loti_dash.store import Store
from loti_dash.ui import own

PRODUCT = "London disproportionality dashboard"


@dataclass(frozen=True)
class Page:
    """An open page: the release that all its figures and words come from."""

    store: Store


def open_page(title: str, question: str, of_own: bool = False) -> Page:
    """Start a page, and return the release that the address names, or the current one.

    The first statement of every file in pages/. Stops the page, with a message that says how
    to go on, where there is no release to read. `of_own` pages also draw this visit's own
    figures, which are not published, if the address asks for those.
    """
    st.set_page_config(page_title=f"{question} - {PRODUCT}", page_icon="⚖️", layout="wide")
    st.title(title, anchor=False)
    asked = st.query_params.get("release", last_selection().release)
    try:
        store = (_own() if of_own and asked == NOT_PUBLISHED else None) or _release(asked)
        if not store.private:
            _settle(store.release)
    except LotiError as error:
        stop(error)
    return Page(store)


def last_selection() -> Selection:
    """Return what the reader looked at last, on whichever page; nothing at first."""
    last: Selection = st.session_state.get("selection", Selection())
    return last


def stop(error: LotiError) -> None:
    """Say what is wrong and what to do, and end the page there."""
    # As it is: an error may repeat what stands in an address or a file, which is not Markdown.
    logs.write_cause("page stopped", error)
    st.error("This page cannot show its figures.", icon=":material/error:")
    st.text(str(error))
    st.stop()


def look_at(indicator: Indicator, release: str) -> None:
    """Leave for the page of an indicator, at the figures of a release."""
    st.session_state["selection"] = Selection(indicator=indicator.id, release=release)
    st.switch_page(
        config.ROOT / "pages" / f"{indicator.domain}.py",
        query_params={"indicator": indicator.id, "release": release},
    )


def _own() -> Store | None:
    """Return this visit's own figures, and say what they are; None where it has none."""
    mine = own.mine()
    if mine is None or mine.store is None:
        st.info(
            "The address is of figures that were never published. Only the visit that uploaded "
            "them could see them. Shown here is what is published."
        )
        return None
    st.warning(
        "Your figures, not published. Nobody but you sees them, and a link to this page shows "
        "nothing of them.",
        icon=":material/lock:",
    )
    st.page_link(config.ROOT / "pages" / "upload.py", label="Back to your upload")
    return mine.store


def _release(asked: str) -> Store:
    """Return a release by its id; where there is none of that id, the current one, and say so."""
    asked = "" if asked == NOT_PUBLISHED else asked
    try:
        store = releases.open_(asked or None)
    except ReleaseWithdrawn:
        st.button("Show the current release", on_click=_forget_release)
        raise
    except UnknownCode:
        store = releases.open_()
        st.info(f"There is no release of the id in the address. Shown: {store.release}.")
        return store
    newest = releases.open_() if asked else store
    if store.release != newest.release:
        st.info(
            f"These are the figures and cautions of release {store.release}. "
            f"The current release is {newest.release}."
        )
        st.button("Show the current release", on_click=_forget_release)
    return store


def _forget_release() -> None:
    params = {key: value for key, value in st.query_params.items() if key != "release"}
    st.query_params.from_dict(params)
    st.session_state["selection"] = Selection.from_params({"release": ""}, last_selection())


@cache
def _settle(release: str) -> None:
    """Take what lives as long as the release out of every later garbage collection.

    Streamlit collects all garbage after each run of a page; going through definitions and
    libraries each time is most of that run. What comes later is settled by server.running.
    """
    # Read before, not by whoever needs them first: of a large release they are many objects.
    _ = releases.open_(release).catalogue
    gc.collect()
    gc.freeze()
