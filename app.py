"""The dashboard's server: pages, web API, and what stands before both. `streamlit run app.py`.

The pages are run by the router alone: no pages/ folder lies beside it, so a link opened cold
cannot run a page without it.
"""

import sys
from pathlib import Path

import streamlit as st
from starlette.formparsers import MultiPartParser
from starlette.middleware import Middleware

from loti_dash import api, feeds, server
from loti_dash.errors import LotiError
from loti_dash.server import logs, starting
from loti_dash.server.running import running
from loti_dash.ui import later, while_typing
from loti_dash.ui.door import Door

# What is uploaded stays in memory: more than a megabyte would else be put aside on the disk.
MultiPartParser.spool_max_size = 0

try:
    starting.raise_unless_safe(
        st.get_option("server.address"), st.get_option("server.trustedUserHeaders")
    )
    page = Path(st.__file__).with_name("static") / "index.html"
    middleware = server.middleware(starting.hashes(page.read_text(encoding="utf-8")))
except LotiError as error:
    sys.exit(f"error: {error}")

logs.start()
app = st.App(
    "loti_dash/ui/router.py",
    routes=[*api.routes(), *feeds.ROUTES, while_typing.ROUTE],
    middleware=[*middleware, Middleware(Door)],
    lifespan=running(later.get_ready),
)
