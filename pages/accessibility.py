"""Who can use this dashboard, who cannot yet, and what is done about it?"""

import streamlit as st

from loti_dash import accessibility, config, known_limits
from loti_dash.ui import show
from loti_dash.ui.page import open_page

open_page("Accessibility", "Who can use this dashboard, and who cannot yet?")
answers = accessibility.answers(config.home())
said = {key: accessibility.said(answers, key) for key in accessibility.ASKED}

missing = accessibility.gaps(answers)
if missing:
    st.info(f"A draft: {missing} of {len(said)} answers that this statement needs are missing.")
if accessibility.overdue(answers):
    st.info("Nobody has reviewed this statement for more than a year: parts may be out of date.")

for heading, texts in known_limits.statement(said).items():
    st.header(heading, anchor=False)
    if heading == known_limits.WHAT_DOES_NOT_WORK:
        st.write(known_limits.COMPLIANCE)
        show.table(known_limits.table(), "What does not work, and what you can do instead")
    if len(texts) == 1:
        st.write(texts[0])
    else:
        show.lines(texts)
