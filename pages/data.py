"""Where do the figures come from, which release is this, and what is missing?"""

import streamlit as st

from loti_dash.ui import corrections, data_coverage, papers, releases, show
from loti_dash.ui.page import open_page

page = open_page("Data", "Where do the figures come from, and what is missing?")
catalogue = page.store.catalogue

st.write(papers.WHAT_THERE_IS)
st.write(f"{papers.obtained(catalogue)} Each source below says more, and which file it was.")

st.header("Releases", anchor=False)
st.write(f"This page describes release {page.store.release}.")
releases.draw(page.store)

st.header("Corrections", anchor=False)
corrections.draw(page.store)

st.header("What is missing", anchor=False)
show.lines(papers.missing(catalogue))

st.header("What there is of each data set", anchor=False)
data_coverage.coverage(page.store)

st.header("What to know of each data set", anchor=False)
st.write(
    "What limits use stands in full above every figure, a caution beside it, context a click away."
)
data_coverage.factors(catalogue)

st.header("If a figure is wrong", anchor=False)
st.write(
    "Each figure carries its source and release, so that it can be traced to a file. Tell the "
    "publisher if the file is wrong. If the figure differs from the file, or misleads, report it "
    "in the fold below the figure: whoever decides here answers, under Corrections. "
    "A correction is a new release. It says which figures changed, and the older one stays, so a "
    "link that names it shows what was shown."
)

st.header("Sources", anchor=False)
for source in sorted(catalogue.sources.values(), key=lambda each: each.title):
    st.subheader(source.title, anchor=False)
    show.lines(papers.source(source))
    if source.files:
        with st.expander(f"Files read, with their SHA-256 checksums: {len(source.files)}"):
            st.code(papers.checksums(source), language=None, wrap_lines=True)

st.header("Series", anchor=False)
st.write("What is counted, by whom ethnicity was recorded, and how a place belongs to a count.")
show.table(
    papers.series(catalogue),
    "Series of counts, their sources and how they are counted",
    "Ethnicity recorded by",
)
