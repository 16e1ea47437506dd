"""How are these figures made, what do the words mean, and what can no measure say?"""

import streamlit as st

from loti_dash import catalogue, config, methods, worked_examples
from loti_dash.bench import coverage
from loti_dash.ui import papers, show
from loti_dash.ui.page import open_page

page = open_page("Methods", "How are these figures made, and what do the words mean?")

for heading, text in methods.NOTES.items():
    st.header(heading, anchor=False)
    st.write(text)

st.header("Every measure, worked out", anchor=False)
st.write(
    f"The examples are worked out from the counts of release {page.store.release}, by the code "
    f"that makes every other figure. {methods.LETTERS}"
)
st.write(
    "How well the limits of a ratio hold was tried on simulated counts, with "
    f"{min(coverage.EXPECTED)} to {max(coverage.EXPECTED)} expected in a group: wherever an "
    f"interval is shown, it holds the true ratio at least {coverage.LEAST:.0%} of the time, in "
    f"each of {len(list(coverage.scenarios()))} simulated scenarios. The choices follow Public "
    "Health England (2018), Commonly used public health statistics and their confidence intervals."
)
examples, functions = worked_examples.of_release(page.store), methods.public()
for title, of_section in methods.by_section(catalogue.measures(config.CATALOGUE)):
    st.subheader(title, anchor=False)
    for measure in of_section:
        with st.expander(measure.title):
            st.write(f"**What it says.** {measure.says}")
            st.code(measure.formula.strip("\n"), language=None, wrap_lines=True)
            example = examples.get(measure.id)
            if example is None:
                st.write("**Worked out.** This release does not have the counts of the example.")
            else:
                st.write(f"**Worked out.** {example.where} [See the figures]({example.link})")
                show.table(example.table, f"Counts of the example: {measure.title}")
                lines = [*example.given, *(f"**{answer}**" for answer in example.answers)]
                if lines:
                    show.lines(lines)
            st.write(f"**What it cannot say.** {measure.cannot_say}")
            # Streamlit's code is too pale in a caption.
            source = methods.docstring(functions[measure.id]).source.replace("`", "")
            st.caption(f"Source: {source} In the code: loti_dash.measures.{measure.id}.")

st.header("What boroughs upload", anchor=False)
st.write(methods.DISCLOSURE)
show.table(methods.thresholds(), "Which counts are withheld, by who may read them")
show.table(methods.protected(), "Invented counts before and after protection")

st.header("Glossary", anchor=False)
show.table(papers.words(page.store.catalogue), "The words of this dashboard and their meanings")
