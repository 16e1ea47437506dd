"""Who comes in: under our name, from our own page, with no more than is needed, not too often.

The same for pages, their websocket, the web API and Streamlit's own endpoints.
"""

import math
from collections.abc import Sequence
from ipaddress import ip_network
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from loti_dash import config
from loti_dash.config import Network
from loti_dash.server.asking import Asking, asking, within
from loti_dash.server.bodies import TooLarge, fits, limited_to, most
from loti_dash.server.buckets import Buckets
from loti_dash.server.places import API, machine_readable

_SAFE = ("GET", "HEAD", "OPTIONS")
_METRICS = ("/metrics", "/_stcore/metrics")
# What runs something for whoever asks. Health is asked by machines, all day long.
_COUNTED = (API, "/feeds/", "/_stcore/agent/", "/_stcore/upload_file/", "/auth/")
_LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1"))
_THIS_MACHINE = ("localhost", "127.0.0.1", "[::1]")


class Gate:
    """Middleware that lets in, or says why not."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._proxies, self._readers = config.proxies(), config.metrics_readers()
        self._workbench = config.mode() == "workbench"
        self._hosts = config.hosts() or (_THIS_MACHINE if self._workbench else ())
        # One for each kind, so that who sends files can still sign in.
        self._buckets = {kind: Buckets(config.requests_per_minute()) for kind in _COUNTED}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request or websocket in, or answer it here."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            await _answer(refusal, scope, receive, send)
            return
        if scope["type"] == "websocket":
            await self._app(scope, receive, send)
            return
        try:
            await self._app(scope, limited_to(most(scope["path"]), receive), send)
        except TooLarge:
            await _answer(_refused(scope, 413, _too_large(scope)), scope, receive, send)

    def _refusal(self, scope: Scope) -> Response | None:
        """Return what to answer in place of the rest of the server, if anything."""
        headers, who = Headers(scope=scope), asking(scope, self._proxies)
        path = scope["path"]
        here = who.direct and within(who.address, _LOOPBACK)
        if self._workbench and not here:
            return _refused(scope, 403, "A workbench answers only to the machine it runs on.")
        # Whoever watches over the server knows it by other names.
        watching = path == "/healthz" or (here and named(headers.get("host", ""), _THIS_MACHINE))
        if not watching and not named(headers.get("host", ""), self._hosts):
            return _refused(
                scope, 400, "This server does not go by that name. LOTI_HOSTS has its names."
            )
        unsafe = scope["type"] == "websocket" or scope["method"] not in _SAFE
        if unsafe and not from_here(headers):
            return _refused(scope, 403, "Another site's page may not do this. Open ours instead.")
        if path in _METRICS and not may_read_metrics(who, self._readers):
            return _refused(scope, 403, "Metrics are for this machine, or for LOTI_METRICS.")
        if scope["type"] == "http" and not fits(headers, most(path)):
            return _refused(scope, 413, _too_large(scope))
        for kind in filter(path.startswith, _COUNTED):
            seconds = self._buckets[kind].wait(who.address)
            if seconds:
                return _refused(
                    scope,
                    429,
                    f"Too many requests from one address. Ask again in {math.ceil(seconds)} s.",
                    {"Retry-After": str(math.ceil(seconds))},
                )
        return None


def named(host: str, hosts: Sequence[str]) -> bool:
    """Return whether a Host header has one of the names; without names, any that is one.

    >>> named("a.council.example:443", ["*.council.example"]), named("x.example", ["y.example"])
    (True, False)
    """
    try:
        parts = urlsplit(f"//{host}")
        name, _ = parts.hostname, parts.port
    except ValueError:
        return False
    if not name or parts.netloc != host or "@" in host:
        return False
    name = (f"[{name}]" if ":" in name else name).rstrip(".")
    return not hosts or any(
        name.endswith(each[1:].lower()) if each.startswith("*.") else name == each.lower()
        for each in hosts
    )


def from_here(headers: Headers) -> bool:
    """Return whether a request comes from a page of this server, or from no page at all.

    Programs send neither of the two headers; a browser cannot leave both out.
    """
    origin = headers.get("origin")
    if origin is None:
        return headers.get("sec-fetch-site") in (None, "none", "same-origin")
    here = headers.get("host", "").lower()
    parts = urlsplit(origin.lower())
    usual = {"http": ":80", "https": ":443"}.get(parts.scheme, "")
    return bool(parts.netloc) and here.removesuffix(usual) == parts.netloc.removesuffix(usual)


def may_read_metrics(who: Asking, readers: Sequence[Network]) -> bool:
    """Return whether somebody may read metrics. A proxy on this machine is not this machine."""
    local = within(who.address, _LOOPBACK)
    return within(who.address, readers) and (who.direct or not local)


def _too_large(scope: Scope) -> str:
    return f"This is more than the {most(scope['path']):,} bytes that may be sent here."


def _refused(
    scope: Scope, status: int, why: str, headers: dict[str, str] | None = None
) -> Response:
    if scope["path"].startswith("/api/"):
        # A script of another site is to see why, and when to ask again.
        shared = {"Access-Control-Allow-Origin": "*"}
        headers = shared | {"Access-Control-Expose-Headers": "Retry-After"} | (headers or {})
    if machine_readable(scope["path"]):
        return JSONResponse({"error": why, "known": []}, status_code=status, headers=headers)
    return PlainTextResponse(why, status_code=status, headers=headers)


async def _answer(refusal: Response, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        if "websocket.http.response" in (scope.get("extensions") or {}):
            await refusal(scope, receive, send)
        else:
            # Before it is accepted, closing is an answer of 403.
            await send({"type": "websocket.close", "code": 1008})
    else:
        await refusal(scope, receive, send)
