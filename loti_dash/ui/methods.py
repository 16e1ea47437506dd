"""What the page on methods draws: notes, every measure worked out, what uploads do, the glossary.

Drawn once for each release and then played again: all visitors see the same.
"""

import streamlit as st

from loti_dash import catalogue, config, methods, worked_examples
from loti_dash.store import Store
from loti_dash.ui import papers, show
from loti_dash.ui.published import remembered


@remembered(5)
def draw(_store: Store, tried: str) -> None:
    """Draw all of it; `tried` says how well the limits of a ratio hold."""
    for heading, text in methods.NOTES.items():
        st.header(heading, anchor=False)
        st.write(text)

    st.header("Every measure, worked out", anchor=False)
    st.write(
        f"The examples are worked out from the counts of release {_store.release}, by the code "
        f"that makes every other figure. {methods.LETTERS}"
    )
    st.write(tried)
    examples, functions = worked_examples.of_release(_store), methods.public()
    for title, of_section in methods.by_section(catalogue.measures(config.CATALOGUE)):
        st.subheader(title, anchor=False)
        for measure in of_section:
            with st.expander(measure.title):
                st.write(f"**What it says.** {measure.says}")
                st.code(measure.formula.strip("\n"), language=None, wrap_lines=True)
                example = examples.get(measure.id)
                if example is None:
                    st.write(
                        "**Worked out.** This release does not have the counts of the example."
                    )
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
    show.table(papers.words(_store.catalogue), "The words of this dashboard and their meanings")
