"""Notes every answer: a line in the log, the figures for Prometheus, and what went wrong."""

import time

from starlette.responses import JSONResponse, PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from loti_dash.server import logs, metrics
from loti_dash.server.places import machine_readable, place

_SAID = "Something went wrong that should not have. It is in the log of this server."
# Under this key of the scope the web API leaves the codes that it found to be known ones.
KNOWN = "loti_dash.known"
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


class Watch:
    """Middleware that watches."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the rest of the server does; where that fails, say so without a traceback."""
        if scope["type"] == "http":
            await self._request(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._visit(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        began, status = time.perf_counter(), 0

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except Exception:
            logs.write_failure("failed", place=place(scope["path"]))
            if status:
                # Half an answer is out: the line is cut, so that nobody takes it for whole.
                raise
            await _failed(scope)(scope, receive, noted)
        finally:
            _note(scope, status, time.perf_counter() - began)

    async def _visit(self, scope: Scope, receive: Receive, send: Send) -> None:
        began, accepted = time.perf_counter(), False

        async def noted(message: Message) -> None:
            nonlocal accepted
            if message["type"] == "websocket.accept":
                accepted = True
                metrics.visits.inc()
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except Exception:
            # uvicorn closes the line; a traceback would hold what a visitor sent.
            logs.write_failure("failed", place=place(scope["path"]))
        finally:
            if accepted:
                metrics.visits.dec()
            seconds = round(time.perf_counter() - began, 3)
            logs.write("visit" if accepted else "visit refused", seconds=seconds)


def _note(scope: Scope, status: int, seconds: float) -> None:
    where = place(scope["path"])
    method = scope["method"] if scope["method"] in _METHODS else "other"
    metrics.requests.labels(where, method, str(status)).inc()
    metrics.request_seconds.labels(where).observe(seconds)
    if where == "/_stcore/upload_file" and method == "PUT":
        metrics.uploads.labels(str(status)).inc()
    # The browser asks for hundreds of these, and they say nothing.
    if where not in ("/static", "/_stcore/health"):
        known = scope.get(KNOWN, {})
        logs.write(
            "answered",
            place=where,
            method=method,
            status=status,
            milliseconds=round(seconds * 1000, 1),
            **({"asked": known} if known else {}),
        )


def _failed(scope: Scope) -> ASGIApp:
    if machine_readable(scope["path"]):
        return JSONResponse({"error": _SAID, "known": []}, status_code=500)
    return PlainTextResponse(_SAID, status_code=500)
