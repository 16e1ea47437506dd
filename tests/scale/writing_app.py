"""The dashboard, with three more addresses by which tests write on a server and know which it is.

Started as app.py is, by `streamlit run`.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import streamlit as st  # noqa: E402
from starlette.concurrency import run_in_threadpool  # noqa: E402
from starlette.requests import Request  # noqa: E402
from starlette.responses import PlainTextResponse  # noqa: E402
from starlette.routing import Route  # noqa: E402
from submitting import anyone, draft  # noqa: E402

from loti_dash import api, config, releases, server, submissions  # noqa: E402
from loti_dash.errors import LotiError  # noqa: E402


async def which(_: Request) -> PlainTextResponse:
    """Say the name of this server."""
    return PlainTextResponse(os.environ["WHICH"])


async def write(request: Request) -> PlainTextResponse:
    """Send figures in, and say the id once it is kept."""
    name = request.query_params["name"]
    try:
        id_ = await run_in_threadpool(submissions.submit, anyone("ann"), draft(name))
    except LotiError as error:
        return PlainTextResponse(str(error), 503)
    return PlainTextResponse(id_)


async def point(request: Request) -> PlainTextResponse:
    """Make a release the current one, as the end of a build does."""
    name = request.query_params["release"]
    await run_in_threadpool(releases.point_to, config.releases(), name)
    return PlainTextResponse(name)


app = st.App(
    ROOT / "loti_dash" / "ui" / "router.py",
    routes=[
        Route("/which", which),
        Route("/write", write, methods=["POST"]),
        Route("/point", point, methods=["POST"]),
        *api.routes(),
    ],
    middleware=server.middleware(),
)
