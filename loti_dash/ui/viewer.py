"""Who is looking: the person who signed in, or at a workbench the one at the machine."""

import streamlit as st

from loti_dash import access, config
from loti_dash.access import Viewer


def viewer() -> Viewer:
    """Return the person of this visit; without signing in, a visitor who may only read."""
    if config.mode() == "workbench":
        return access.viewer_of_account(access.account())
    if can_sign_in() and st.user.is_logged_in:
        return access.viewer_of(str(st.user.email))
    return Viewer()


def can_sign_in() -> bool:
    """Return whether this server has a provider to sign in with."""
    return "auth" in st.secrets if _has_secrets() else False


def offer_to_sign_in() -> None:
    """Draw how to sign in, where that is possible and nobody has."""
    if config.mode() == "workbench":
        return
    if not can_sign_in():
        st.write("Nobody can sign in on this server: it has no identity provider set up.")
    elif not st.user.is_logged_in:
        st.button("Sign in", on_click=st.login, type="primary")
    else:
        st.button("Sign out", on_click=st.logout)


def _has_secrets() -> bool:
    # Without a file of secrets, asking for one is an error that Streamlit shows on the page.
    return bool(st.secrets.load_if_toml_exists())
