"""Which outcome are you working on?"""

import streamlit as st

from loti_dash.ui import show
from loti_dash.ui.page import open_page

page = open_page("Which outcome are you working on?", "Which outcome are you working on?")
catalogue = page.store.catalogue

st.write(
    "This dashboard shows where ethnic groups in London are treated or fare unequally, by how "
    "much, and how sure that is, in justice, care, housing, education and employment. "
    "Start from the change you want for people; each outcome leads to the figures that bear on it."
)

for outcome in sorted(catalogue.outcomes.values(), key=lambda each: each.position):
    with st.container(border=True):
        st.header(outcome.title, anchor=False)
        st.write(
            f"**Who would be better off:** {outcome.outcome.who}. {outcome.outcome.better_off}."
        )
        links = [catalogue.indicators[id_] for id_ in outcome.indicators]
        if links:
            st.write("**Figures that bear on it**")
            show.lines(map(show.link_to, links))
        else:
            st.write("**No figure bears on it yet.**")
        if outcome.insight.cannot_see:
            unseen = ", ".join(outcome.insight.cannot_see)
            st.write(f"**What no figure here can show:** {unseen}.")
        st.write(f"[Work on outcome {outcome.position}](outcomes?preset={outcome.id})")

st.caption("The six outcomes are drafts, to be edited by those who will own them.")
