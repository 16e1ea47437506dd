"""Sharing: in the fold of a figure it is added to what this visit shares; a page makes the link.

A visit holds views, which are codes. Whatever else is found in their place is not shared.
"""

import streamlit as st

from loti_dash import access, config
from loti_dash.access import Action
from loti_dash.errors import LotiError
from loti_dash.export.pack.model import MOST_ITEMS
from loti_dash.store import Store
from loti_dash.ui.viewer import can_sign_in, viewer
from loti_dash.views import View

_KEY = "to_share"
PAGE = config.ROOT / "pages" / "board.py"


def draw(store: Store, at: View) -> None:
    """Draw how a figure is shared. Nothing that is not published gets here."""
    assert not store.private, "what is not published is not offered to be shared"
    st.write("**Share this**")
    if not may_share():
        st.caption(why_not())
        return
    chosen, key = collected(), f"{at.address()} {at.figure}"
    st.caption(
        "A link shows this figure as it is now, cautions and all, to whoever has it, without "
        "signing in. It says later what has changed since."
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Share this figure", key=f"share {key}"):
            _add(at)
            st.switch_page(PAGE)
        if at in chosen:
            st.write("It is in what you share.")
        elif len(chosen) < MOST_ITEMS:
            st.button("Add to what you share", key=f"add {key}", on_click=_add, args=(at,))
        if chosen:
            st.page_link(PAGE, label=f"What you share: {len(chosen)}")


def may_share() -> bool:
    """Return whether the person of this visit may share views."""
    return access.may(viewer(), Action.KEEP)


def why_not() -> str:
    """Return why the person of this visit may not, and how to go on."""
    try:
        access.require(viewer(), Action.KEEP)
    except LotiError as error:
        more = "" if viewer().name or can_sign_in() else " Nobody can sign in on this server yet."
        return f"{error}{more} The address above opens the same page for everybody, as it is then."
    return ""


def collected() -> tuple[View, ...]:
    """Return the views that this visit shares, in order; anything else is left out.

    Each is there once: of one in two releases it is the one that was added last.
    """
    found: dict[tuple[object, ...], View] = {}
    held = st.session_state.get(_KEY, ())
    for each in held if isinstance(held, tuple | list) else ():
        if isinstance(each, View):
            try:
                view = View.from_dict(each.to_dict())
            except LotiError:
                continue
            found[_apart_from_release(view)] = view
    return tuple(found.values())


def keep(views: tuple[View, ...]) -> None:
    """Hold on to the views to share, in this order."""
    st.session_state[_KEY] = views


def _add(at: View) -> None:
    keep((*collected(), at))


def _apart_from_release(view: View) -> tuple[object, ...]:
    codes = tuple(pair for pair in view.params if pair[0] != "release")
    return view.page, codes, view.figure
