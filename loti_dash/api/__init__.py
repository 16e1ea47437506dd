"""The web API: the same figures as the pages, for programs, to be read only.

Public releases, without sign-in. Answers are described by /api/v1/openapi.json. What answers is
loaded when it is first asked, or soon after the start: a server's first page needs none of it.
"""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from loti_dash.server.loading import one_at_a_time


def routes() -> list[Route]:
    """Return the routes. Each takes every method, or Streamlit would answer the others."""
    paths = ("/api/{rest:path}", "/healthz", "/metrics")
    return [Route(path, _Answers()) for path in paths]


class _Answers:
    """An ASGI application, which a Route takes without a list of methods."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        # What is compared is calculated: in a thread, so that pages are not kept waiting.
        response = await run_in_threadpool(_answer, request)
        await response(scope, receive, send)


def _answer(request: Request) -> Response:
    with one_at_a_time:
        from loti_dash.api import handlers
    return handlers.answer_to(request)
