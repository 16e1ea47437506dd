"""Longer answers are sent while somebody types: the one script of this project, and its address.

Where a browser does not run it, an answer is sent when its field is left.
"""

from pathlib import Path

import streamlit as st
from starlette.responses import FileResponse
from starlette.routing import Route

_FILE = Path(__file__).with_suffix(".js")


async def _answer(_: object) -> FileResponse:
    return FileResponse(_FILE, media_type="text/javascript")


ROUTE = Route(f"/{_FILE.name}", _answer, methods=["GET"])


def apply() -> None:
    """Have the browser load the script. It is the server's own file, and has no words of anybody.

    By its address, for a page may not run what stands in it.
    """
    st.html(f'<script src="{_FILE.name}"></script>', unsafe_allow_javascript=True)
