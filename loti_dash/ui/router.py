"""Which pages there are, and at which address. Every address is opened through this script."""

from urllib.parse import urlencode, urlparse

import streamlit as st

from loti_dash import config
from loti_dash.errors import LotiError
from loti_dash.server.metrics import rendering
from loti_dash.ui import everyone, later, page

# One list without headings: with sections, Streamlit's navigation is no list to a screen reader.
_TITLES = {
    "": "Start",
    "justice": "Justice",
    "care": "Care",
    "housing": "Housing",
    "employment": "Employment",
    "borough": "A borough",
    "group": "A group",
    "stages": "Steps",
    "outcomes": "Outcomes",
    "changed": "What to look at",
    "board": "Share",
    "upload": "Upload",
    "review": "Review",
    "data": "Data",
    "methods": "Methods",
    "accessibility": "Accessibility",
}


def pages() -> list[st.Page]:
    """Return the pages in the order of the navigation; the first is at the root."""
    return [
        st.Page(
            config.ROOT / "pages" / f"{path or 'home'}.py",
            title=title,
            url_path=path,
            default=not path,
        )
        for path, title in _TITLES.items()
    ]


def no_such_page() -> None:
    """Say that an address leads nowhere, and where to go on."""
    st.set_page_config(page_title=f"There is no such page - {page.PRODUCT}", layout="wide")
    st.title("There is no such page", anchor=False)
    st.write(
        "The address may have a spelling mistake, or lead to a part that is not built yet. "
        "All the pages there are stand in the navigation."
    )
    st.page_link(config.ROOT / "pages" / "home.py", label="Start from an outcome")


def _nowhere() -> list[st.Page]:
    """Return a page for the address of this visit if no page has it."""
    path = _path()
    if path in _TITLES:
        return []
    return [st.Page(no_such_page, title="No such page", url_path=path, visibility="hidden")]


def _path() -> str:
    return urlparse(st.context.url or "").path.strip("/").rpartition("/")[2]


def _way_out() -> None:
    """Draw the link from a frame to the same view in the whole dashboard."""
    params = urlencode(st.query_params.to_dict())
    st.link_button("Open this view in the dashboard", f"{st.context.url or ''}?{params}")


# Names of pages are short, names in the choices beside them are long.
st.set_page_config(initial_sidebar_state=200)
everyone.apply()
# In a frame of somebody else's site there is one view, and a way to all the others; a board that
# opens a link sees what it was sent, and nothing beside it.
embedded = bool(st.context.is_embedded)
alone = embedded or (_path() == "board" and bool(page.shared()))
chosen = st.navigation(
    [*pages(), *_nowhere()], expanded=True, position="hidden" if alone else "sidebar"
)
# Lines of more than about 120 characters are hard to read, however wide the screen.
with st.container(width=980):
    try:
        with rendering((chosen.url_path or "home") if chosen.url_path in _TITLES else "other"):
            if chosen.url_path:
                later.load()
            chosen.run()
        if embedded:
            _way_out()
    except LotiError as error:
        page.stop(error)
