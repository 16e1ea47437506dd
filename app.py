"""The dashboard's server. `streamlit run app.py` serves it.

The pages are run by the router alone: no pages/ folder lies beside it, so a link opened cold
cannot run a page without it.
"""

import streamlit as st
from starlette.formparsers import MultiPartParser

from loti_dash import feeds
from loti_dash.ui import while_typing

# What is uploaded stays in memory: more than a megabyte would else be put aside on the disk.
MultiPartParser.spool_max_size = 0

app = st.App("loti_dash/ui/router.py", routes=[*feeds.ROUTES, while_typing.ROUTE])
