"""What stands between the network and the pages: checks, response headers, logs and figures.

Plain ASGI, so that a page's websocket goes through untouched. Knows nothing of Streamlit, of
releases or of what a page shows.
"""

from starlette.middleware import Middleware

from loti_dash.server.gate import Gate
from loti_dash.server.headers import Headers
from loti_dash.server.watch import Watch

__all__ = ["middleware"]


def middleware(scripts: tuple[str, ...] = ()) -> list[Middleware]:
    """Return the middleware of the server, outermost first. Raises LotiError for a setting.

    `scripts` are the hashes of the scripts that stand in the page itself.
    """
    return [Middleware(Headers, scripts=scripts), Middleware(Watch), Middleware(Gate)]
