"""Feeds of what to look at, and their address.

What makes them is loaded when one is first asked for, or soon after the start: a server's first
page needs none of it.
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


# Not a coroutine, so that it runs beside the pages and not in their way.
def _serve(request: Request) -> Response:
    from loti_dash.feeds import atom

    return atom.serve(request)


ROUTES = [Route("/feeds/{area}.atom", _serve, methods=["GET"])]
