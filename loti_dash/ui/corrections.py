"""The corrections of the page about data: everything taken back or put right, in words."""

import streamlit as st

from loti_dash import config, notices
from loti_dash.store import Store
from loti_dash.ui import report_answers, show


def draw(store: Store) -> None:
    """Draw all notices, the newest first, files that cannot be read, and answers to reports.

    The same whichever release is looked at: they are about all of them.
    """
    folder = config.releases()
    found = notices.all_(folder)
    for line in notices.damaged(folder):
        st.warning(notices.as_it_is(line), icon=":material/warning:")
    if found:
        show.lines(map(_line, found))
    else:
        st.write("No figure has been corrected or withdrawn so far.")
    report_answers.draw(store)


def _line(notice: notices.Notice) -> str:
    """Return a notice with the name of what it is about in front."""
    name = f"**{notices.as_it_is(notice.title)}.** " if notice.kind == "withdrawn_series" else ""
    until = (
        f" They are in no release up to {notice.until_release}." if notice.until_release else ""
    )
    said = notices.as_it_is(notices.words(notice))
    return f"{name}{said}{until if name else ''}"
