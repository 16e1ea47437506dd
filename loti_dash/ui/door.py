"""Who may send how much: whoever may not upload figures may not fill the memory of the server.

Streamlit takes a file from every visit. Here the role is looked up before the file is read.
"""

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import runtime

from loti_dash import access
from loti_dash.access import Action
from loti_dash.errors import LotiError
from loti_dash.server.bodies import MEGABYTE, fits
from loti_dash.ui.viewer import viewer_of

_UPLOADS = "/_stcore/upload_file/"


class Door:
    """Middleware that stands before Streamlit's uploads."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a file in, or say that this visit may send no such file."""
        coming = scope["type"] == "http" and scope["method"] not in ("GET", "HEAD", "OPTIONS")
        if coming and scope["path"].startswith(_UPLOADS):
            headers = Headers(scope=scope)
            session = scope["path"].removeprefix(_UPLOADS).partition("/")[0]
            # A length that is not announced could be any.
            small = fits(headers, MEGABYTE) and "transfer-encoding" not in headers
            if not small and not _may_upload(session):
                refusal = PlainTextResponse(
                    "Files of this size are for analysts, who sign in.", status_code=403
                )
                await refusal(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _may_upload(session_id: str) -> bool:
    """Return whether the visit of an id is that of somebody who may upload figures."""
    if not runtime.exists():
        return False
    found = runtime.get_instance()._session_mgr.get_active_session_info(session_id)
    try:
        return found is not None and access.may(viewer_of(found.session._user_info), Action.UPLOAD)
    except LotiError:
        # The file of roles is wrong: nobody has one.
        return False
