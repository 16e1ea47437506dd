"""The links that somebody made: to copy once, to look at, and to close for good."""

from datetime import UTC, date, datetime

import streamlit as st

from loti_dash.errors import LotiError
from loti_dash.export.papers import day
from loti_dash.shares import making
from loti_dash.shares.sent import from_json
from loti_dash.state.shares import Share, hash_of
from loti_dash.ui.viewer import viewer

# The addresses that were made in this visit, by the hashes of their ids.
_KEY = "made_links"


def keep(address: str, id_: str) -> None:
    """Hold on to an address as long as the visit lasts: nobody can find it again from its hash."""
    st.session_state[_KEY] = {**_made(), hash_of(id_): address}


def draw() -> None:
    """Draw the links of the person of this visit, the newest first."""
    st.header("Your links", anchor=False)
    own = making.own(viewer())
    if not own:
        st.write("You have made none so far.")
        return
    st.write(
        "An address is shown in the visit that made it, and kept nowhere: copy it now. Whoever "
        "has it can open the view until it expires or you close it."
    )
    for each in own:
        _link(each)


def _link(of: Share) -> None:
    with st.container(border=True):
        st.text(_title(of))
        stands = standing(of)
        st.caption(
            f"Made on {day(date.fromisoformat(of.made_at[:10]))} from release {of.release}. "
            f"{stands}"
        )
        address = _made().get(of.hash)
        if address and stands.startswith("Open"):
            st.write("**Its address**")
            st.text(address)
        if stands.startswith("Open"):
            st.button(
                "Close this link for good",
                key=f"close {of.hash}",
                on_click=_close,
                args=(of.hash,),
            )


def _title(of: Share) -> str:
    try:
        return from_json(of.content).title
    except LotiError:
        return "A view that cannot be read any more"


def standing(of: Share) -> str:
    """Return whether a link can still be opened, and until when."""
    expires = date.fromisoformat(of.expires_on)
    if of.revoked_at:
        return f"Closed on {day(date.fromisoformat(of.revoked_at[:10]))}."
    if datetime.now(UTC).date() > expires:
        return f"Expired on {day(expires)}."
    return f"Open until {day(expires)}."


def _close(hash_: str) -> None:
    making.revoke(viewer(), hash_)


def _made() -> dict[str, str]:
    found: dict[str, str] = st.session_state.get(_KEY, {})
    return found
