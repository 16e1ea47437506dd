"""The page for analysts: from a CSV to private charts, and from there to whoever publishes."""

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from loti_dash import access
from loti_dash.access import Action, Viewer
from loti_dash.errors import UploadRefused
from loti_dash.state import audit
from loti_dash.store import Store
from loti_dash.ui import own, show, upload_describe, upload_found, upload_send
from loti_dash.ui.page import open_page
from loti_dash.ui.uploaded import Own
from loti_dash.ui.viewer import draw_sign_in, viewer
from loti_dash.upload import checking, template
from loti_dash.upload.records import RecordLevel

_REFUSED = "upload_refused"
_TURN = "upload_turn"


def show_upload(title: str, question: str) -> None:
    """Draw the page."""
    store = open_page(title, question).store
    who = viewer()
    st.write(
        "A CSV of counts by ethnic group, one row for each area, period and group, becomes charts "
        "that only this visit sees. Nothing is published until you send it and somebody else "
        "agrees."
    )
    draw_sign_in()
    if not access.may(who, Action.UPLOAD):
        # Whoever sits down here after an analyst finds nothing.
        own.forget()
        st.info(
            "You have no role to upload. Ask whoever keeps the roles here for that of an analyst."
            if who.name
            else "Uploading is for analysts of boroughs, who sign in."
        )
    elif (mine := own.mine()) is None:
        _ask(store, who)
    else:
        _show(mine, store, who)
        with st.expander("How a file is laid out, and what is checked"):
            _layout()
            _rules()
        return
    st.header("How the file is laid out", anchor=False)
    _layout()
    st.header("What is checked", anchor=False)
    with st.expander("Every rule that a file passes through"):
        _rules()


def _ask(store: Store, who: Viewer) -> None:
    """Draw where a file goes in. Its bytes are dropped as soon as they are read."""
    # It stands there until another file is taken: whoever reads it may download the template.
    refused = st.session_state.get(_REFUSED)
    if refused:
        st.error("The file was not taken, and nothing of it was kept.", icon=":material/block:")
        st.text(refused)
    if own.left_alone():
        st.info("Your figures were forgotten, because nothing was done with them for 30 minutes.")
    turn = st.session_state.get(_TURN, 0)
    file = st.file_uploader(
        "A CSV file of up to 200 MB, counts only: no names, dates of birth, postcodes or other "
        "records of single people",
        max_upload_size=200,
        key=f"upload_{turn}",
    )
    if file is None:
        return
    with st.status("Reading and checking the file"):
        st.session_state.pop(_REFUSED, None)
        content = file.getvalue()
        drop(file.file_id)
        try:
            own.take(file.name, content, store, who)
        except UploadRefused as error:
            st.session_state[_REFUSED] = str(error)
            if isinstance(error, RecordLevel):
                facts = {"rule": error.rule, "rows": error.rows, "columns": list(error.columns)}
                audit.record(who.name, "refuse records of people", error.sha256, facts)
        finally:
            # A new key is a new, empty place for a file.
            st.session_state[_TURN] = turn + 1
    st.rerun()


def drop(file_id: str) -> None:
    """Take a file out of what Streamlit keeps of a visit."""
    context = get_script_run_ctx()
    if context and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(context.session_id, file_id)


def _show(mine: Own, store: Store, who: Viewer) -> None:
    """Draw what was read, what is wrong with it, and the next step."""
    upload_found.draw(mine, store)
    if not mine.checked.usable:
        return
    asked = upload_describe.draw(mine, store)
    if mine.package is not None:
        upload_send.draw(mine, store, who)
    if asked:
        upload_describe.leave_for(asked, store)


def _layout() -> None:
    show.table(template.columns(), "The columns of an upload, and what stands in them")
    with st.container(horizontal=True):
        for name, file in (("template", template.empty()), ("filled example", template.filled())):
            st.download_button(
                f"Download a {name} (CSV)", file, f"{name.replace(' ', '_')}.csv", "text/csv"
            )
    st.caption("The counts of the example are invented.")


def _rules() -> None:
    show.lines(text for _, text in checking.rules_as_text())
