"""What was read from an uploaded file, everything that is wrong with it, and labels to explain."""

import pandas as pd
import streamlit as st

from loti_dash.catalogue import Catalogue
from loti_dash.store import Store
from loti_dash.ui import own, show
from loti_dash.upload import addresses, problems
from loti_dash.upload.sheet import Problem

# More rows than this are in the file to download.
_MOST_SHOWN = 50
_LEAVE = ""


def draw(mine: own.Own, store: Store) -> None:
    """Draw how the file was understood, and its problems, those that stop it first."""
    sheet, checked = mine.sheet, mine.checked
    st.header(f"{len(sheet.cells):,} rows read", anchor=False)
    st.text(sheet.name)
    show.lines(sheet.read_as)
    stopping = [each for each in checked.problems if each.stops]
    others = [each for each in checked.problems if not each.stops]
    if stopping:
        st.subheader(f"{_things(len(stopping))} to put right first", anchor=False)
        _table(stopping, "What must be put right, by row and column of your sheet")
    if checked.unmatched:
        _mapping(mine, store)
    if others:
        st.subheader(f"{_things(len(others))} to look at", anchor=False)
        st.write("These do not stop you. Look whether each is as you mean it.")
        _table(others, "What to look at, by row and column of your sheet")
    if checked.problems:
        st.download_button(
            "Download all of these (CSV)",
            problems.as_csv(checked.problems),
            "problems.csv",
            "text/csv",
            on_click="ignore",
        )
    if checked.mapped:
        names = store.catalogue.short_labels
        said = [f"{label}: {names.get(code, code)}" for label, code in checked.mapped.items()]
        st.caption(f"Read as was said before: {'; '.join(said)}.")
        if st.button("Say anew what these labels mean"):
            own.remap(mine, None, store)
            st.rerun()


def _things(many: int) -> str:
    return "1 thing" if many == 1 else f"{many:,} things"


def _table(of: list[Problem], alt: str) -> None:
    rows = [(addresses.place(each.column, each.rows), each.message) for each in of[:_MOST_SHOWN]]
    table = pd.DataFrame(rows, columns=["Where", "What was found, and what to do"])
    show.table(table.set_index("Where"), alt)
    if len(of) > _MOST_SHOWN:
        st.caption(f"And {len(of) - _MOST_SHOWN:,} more, in the file below.")


def _mapping(mine: own.Own, store: Store) -> None:
    """Draw a choice for each label that is not known. What is chosen is kept with the series."""
    st.subheader("Labels that are not known here", anchor=False)
    st.write(
        "Say which ethnic group each of them means. Nothing is guessed; the closest known ones "
        "are first. What you say is kept with these figures."
    )
    names = _names(store.catalogue)
    with st.form("labels"):
        chosen = {}
        for n, (label, closest) in enumerate(mine.checked.unmatched.items()):
            codes = dict.fromkeys([_LEAVE, *(code for _, code in closest), *names])
            chosen[label] = st.selectbox(
                f"“{label}” means",
                list(codes),
                format_func=lambda code: names.get(code, code) if code else "not said yet",
                key=f"label_{n}",
            )
        if st.form_submit_button("Read these labels so", type="primary"):
            own.remap(mine, {label: code for label, code in chosen.items() if code}, store)
            st.rerun()


def _names(catalogue: Catalogue) -> dict[str, str]:
    """Return the groups that a label can mean, by code, those without a finer list first."""
    known = [group for group in catalogue.groups if group.code in catalogue.parts]
    whole = [group for group in known if not group.parent_code]
    names = {group.code: group.short_label for group in [*whole, *known]}
    return names | {"unknown": "Unknown"}
