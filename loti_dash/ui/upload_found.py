"""What was read from an uploaded file, everything that is wrong with it, and labels to explain."""

import pandas as pd
import streamlit as st

from loti_dash.catalogue import Catalogue
from loti_dash.notices import as_it_is
from loti_dash.store import Store
from loti_dash.ui import own, show
from loti_dash.ui.uploaded import Own
from loti_dash.upload import addresses, problems
from loti_dash.upload.sheet import Problem

# More rows than this are in the file to download.
_MOST_SHOWN = 50
_LEAVE = ""


def draw(mine: Own, store: Store) -> None:
    """Draw how the file was understood, and its problems, those that stop it first."""
    sheet, checked = mine.sheet, mine.checked
    st.header(f"{_many(len(sheet.cells), 'row')} read", anchor=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(sheet.name, width="content")
        st.button("Forget this file", on_click=own.forget)
    show.lines(map(as_it_is, sheet.read_as))
    stopping = [each for each in checked.problems if each.stops]
    others = [each for each in checked.problems if not each.stops]
    if stopping:
        st.subheader(f"{_many(len(stopping), 'thing')} to put right first", anchor=False)
        words = "Put these right in your spreadsheet, save it, forget this file and upload it anew"
        labels = ", or say below what a label means" if checked.unmatched else ""
        st.write(f"{words}{labels}.")
        _table(stopping, "What must be put right, by row and column of your sheet")
    if checked.unmatched:
        _mapping(mine, store)
    if checked.mapped:
        _mapped(mine, store)
    if others:
        st.subheader(f"{_many(len(others), 'thing')} to look at", anchor=False)
        st.write("These do not stop you. Look whether each is as you mean it.")
        _table(others, "What to look at, by row and column of your sheet")
    if checked.problems:
        st.download_button(
            "Download all that was found (CSV)",
            problems.as_csv(checked.problems),
            "found.csv",
            "text/csv",
            on_click="ignore",
        )


def _many(many: int, what: str) -> str:
    return f"1 {what}" if many == 1 else f"{many:,} {what}s"


def _table(of: list[Problem], alt: str) -> None:
    rows = [(addresses.place(each.column, each.rows), each.message) for each in of[:_MOST_SHOWN]]
    table = pd.DataFrame(rows, columns=["Where", "What was found, and what to do"])
    show.table(table.set_index("Where"), alt)
    if len(of) > _MOST_SHOWN:
        st.caption(f"And {len(of) - _MOST_SHOWN:,} more, in the file below.")


def _mapping(mine: Own, store: Store) -> None:
    """Draw a choice for each label that is not known. What is chosen is kept with the series."""
    st.subheader("Labels that are not known here", anchor=False)
    st.write(
        "Say which ethnic group each of them means. Nothing is guessed; the closest known ones "
        "are first. What you say is kept with these figures."
    )
    names = _names(store.catalogue)
    with st.form("labels"):
        chosen = {}
        for label, closest in mine.checked.unmatched.items():
            codes = dict.fromkeys([_LEAVE, *(code for _, code in closest), *names])
            chosen[label] = st.selectbox(
                f"“{as_it_is(label)}” means",
                list(codes),
                format_func=lambda code: names.get(code, code) if code else "not said yet",
                # By the label: by its place, it would open at what another label was said to be.
                key=f"label_{label}",
            )
        if st.form_submit_button("Read these labels so", type="primary"):
            with st.spinner("Checking the file once more"):
                said = {label: code for label, code in chosen.items() if code}
                own.remap(mine, said, store)
            st.rerun()


def _mapped(mine: Own, store: Store) -> None:
    """Draw what labels were said to mean, now or with earlier figures of the series."""
    names = _names(store.catalogue)
    st.subheader("Labels that somebody explained", anchor=False)
    show.lines(
        f"“{as_it_is(label)}” is read as {names.get(code, code)}."
        for label, code in mine.checked.mapped.items()
    )
    if st.button("Say anew what these labels mean"):
        own.remap(mine, None, store)
        st.rerun()


def _names(catalogue: Catalogue) -> dict[str, str]:
    """Return the groups that a label can mean, by code, those without a finer list first."""
    known = [group for group in catalogue.groups if group.code in catalogue.parts]
    whole = [group for group in known if not group.parent_code]
    names = {group.code: group.short_label for group in [*whole, *known]}
    return names | {"unknown": "Unknown"}
