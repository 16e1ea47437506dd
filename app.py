"""The dashboard's server. `streamlit run app.py` serves it.

The pages are run by the router alone: no pages/ folder lies beside it, so a link opened cold
cannot run a page without it.
"""

import streamlit as st

app = st.App("loti_dash/ui/router.py")
