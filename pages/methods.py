"""How are these figures made, and what do the words mean?"""

import streamlit as st

from loti_dash.caveat_rules import COMPLETENESS_FLOOR, LEAST_REFERENCE
from loti_dash.comparators import LEAST_POPULATION
from loti_dash.figures import SIGNS
from loti_dash.ui import papers
from loti_dash.ui.page import open_page

page = open_page("Methods", "How are these figures made, and what do the words mean?")

SECTIONS = {
    "What is calculated": (
        "A **rate** divides those counted by those who could have been, for every so many: "
        "searches for every 1,000 residents. The **disproportionality ratio** divides the rate "
        "of an ethnic group by that of the group it is compared with, from counts that are not "
        "rounded; 1 is the same rate. The **rate difference** is the one rate less the other. "
        "The two are shown together because they can change in opposite directions."
    ),
    "How sure it is": (
        "Beside each ratio stand the limits between which it would lie by chance alone, 19 times "
        "in 20. Counts are complete, yet an interval is shown, because it describes the "
        "variability of the process that produced them. Where the limits lie on both sides of 1, "
        "we cannot tell whether the rate is higher or lower. A ratio marked [u] is "
        f"{SIGNS['[u]']}. With fewer than {LEAST_REFERENCE} in the group compared with, no ratio "
        "is shown. Of 20 comparisons, one is expected to stand out by chance: the download has "
        "q-values, which allow for that."
    ),
    "People whose ethnicity is not known": (
        "Ratios are of people whose ethnicity is known. The share not known stands beside them, "
        "with the ratio if everybody not known were in the group compared with, and if everybody "
        f"were in the group itself. If more than {COMPLETENESS_FLOOR:.0%} are not known, no rate, "
        "ratio or finding is shown."
    ),
    "Small and withheld counts": (
        "What a publisher withholds stays withheld, with all that could be worked out from it. "
        "What is published in full is not withheld again. No rate is shown for fewer than "
        f"{LEAST_POPULATION} residents. {'; '.join(f'{k} {v}' for k, v in SIGNS.items())}."
    ),
    "What a ratio does not say": (
        "This shows a difference. It does not show why. Rates are not adjusted for age unless "
        "they say so. A figure about an area says nothing about any one person in it."
    ),
    "Formulas": (
        "Limits of rates of events: exact (Garwood, 1936) below 10, Byar (Breslow and Day, 1987) "
        "from 10; of people and parts: Wilson (1927). Limits of ratios: Poisson score over a "
        "population, Koopman (1984) for a part of a whole. Limits of differences: Newcombe "
        "(1998), Zou and Donner (2008), Wald. Limits of what is not known: Manski (2003). "
        "Many comparisons: Benjamini and Hochberg (1995). The choices follow Public Health "
        "England (2018), Commonly used public health statistics and their confidence intervals."
    ),
}
for heading, text in SECTIONS.items():
    st.header(heading, anchor=False)
    st.write(text)

st.header("Glossary", anchor=False)
st.table(papers.words(page.store.catalogue), alt="The words of this dashboard and their meanings")
