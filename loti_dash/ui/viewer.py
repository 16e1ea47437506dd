"""Who is looking: the person who signed in, or at a workbench the one at the machine."""

import time
from collections.abc import Mapping
from typing import Any

import streamlit as st

from loti_dash import access, config
from loti_dash.access import Viewer

# A day's work. Providers' tokens last an hour, Streamlit's cookie a month: after the one an
# analyst would lose an upload half described, with the other a colleague could find it open.
_SECONDS = 12 * 60 * 60


def viewer() -> Viewer:
    """Return the person of this visit; without signing in, a visitor who may only read."""
    return viewer_of(st.user.to_dict() if can_sign_in() else {})


def viewer_of(user: Mapping[str, Any]) -> Viewer:
    """Return the person whom a provider has named; {} is a visitor."""
    if config.mode() == "workbench":
        return access.viewer_of_account(access.account())
    return access.viewer_of(_email(user)) if can_sign_in() else Viewer()


def can_sign_in() -> bool:
    """Return whether this server has a provider to sign in with."""
    # Without a file of secrets, asking for one is an error that Streamlit shows on the page.
    return bool(st.secrets.load_if_toml_exists()) and "auth" in st.secrets


def draw_sign_in() -> None:
    """Draw who is signed in and how to sign out, or how to sign in where that is possible."""
    if config.mode() == "workbench":
        return
    if not can_sign_in():
        st.write("Nobody can sign in on this server: it has no identity provider set up.")
    elif _address():
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(f"Signed in as {_address()}.", width="content")
            st.button("Sign out", on_click=_sign_out)
    else:
        if st.user.get("is_logged_in"):
            st.info(
                "You were signed in for longer than a day's work, or your provider gives no "
                "confirmed e-mail address. Sign in again."
            )
        st.button("Sign in", on_click=st.login, type="primary")
        st.caption("After signing in you are on the start page. Come back here from there.")


def _sign_out() -> None:
    """Let go of what was uploaded, and of who was here."""
    # Here: the server asks who somebody is before it has loaded what uploads need.
    from loti_dash.ui import own

    own.forget()
    st.logout()


def _address() -> str:
    return _email(st.user.to_dict())


def _email(user: Mapping[str, Any]) -> str:
    """Return the e-mail address of whoever signed in within a day's work, or ""."""
    since = user.get("iat")
    if not user.get("is_logged_in") or not isinstance(since, int | float):
        return ""
    # Some providers let anybody enter an address, and say that they have not looked.
    late, unconfirmed = time.time() - since > _SECONDS, user.get("email_verified") is False
    return "" if late or unconfirmed else str(user.get("email") or "")
