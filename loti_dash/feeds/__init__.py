"""Feeds of what to look at, and their address.

What makes them is loaded when one is first asked for, or soon after the start: a server's first
page needs none of it.
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from loti_dash.server.loading import one_at_a_time


# Not a coroutine, so that it runs beside the pages and not in their way.
def _serve(request: Request) -> Response:
    with one_at_a_time:
        from loti_dash.feeds import atom
    return atom.serve(request)


ROUTES = [Route("/feeds/{area}.atom", _serve, methods=["GET"])]
