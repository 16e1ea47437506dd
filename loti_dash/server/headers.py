"""The headers of every answer, errors included: what a browser may do with it.

Outermost, so that no other part of the server answers without them.
"""

import re
from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from loti_dash import config
from loti_dash.server.asking import asking
from loti_dash.server.places import machine_readable

_EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Permitted-Cross-Domain-Policies": "none",
}
_NO_GZIP = re.compile(rb"gzip\s*;\s*q=0(\.0*)?\s*(,|$)", re.IGNORECASE)
_TWO_YEARS = "max-age=63072000; includeSubDomains"
# For programs: nothing in it is run, and any site's scripts may read it.
_OF_DATA = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


class Headers:
    """Middleware that adds the headers."""

    def __init__(self, app: ASGIApp, scripts: Sequence[str] = ()) -> None:
        self._app, self._proxies = app, config.proxies()
        sites = config.frame_ancestors()
        self._of_pages = _EVERYWHERE | {
            "Content-Security-Policy": of_pages(scripts, sites),
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
        }
        if not sites:
            # For browsers that do not know frame-ancestors. It has no list of sites.
            self._of_pages["X-Frame-Options"] = "DENY"
        self._of_data = _EVERYWHERE | {
            "Content-Security-Policy": _OF_DATA,
            "Cross-Origin-Resource-Policy": "cross-origin",
            "X-Frame-Options": "DENY",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the rest of the server does, and add the headers."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        who = asking(scope, self._proxies)
        secure = who.secure
        # From here on everything sees the visitor, not the proxy.
        scope = {**scope, "client": (who.address, 0)}
        # What compresses further in looks for the word alone.
        scope["headers"] = [
            (name, value)
            for name, value in scope["headers"]
            if name != b"accept-encoding" or not _NO_GZIP.search(value)
        ]
        if secure:
            scope["scheme"] = "wss" if scope["type"] == "websocket" else "https"
        added = self._of_data if machine_readable(scope["path"]) else self._of_pages

        async def with_headers(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                headers = MutableHeaders(scope=message)
                # Each layer that compresses adds its own.
                vary = ",".join(headers.getlist("vary")).split(",")
                if len(vary) > 1:
                    headers["Vary"] = ", ".join(dict.fromkeys(each.strip() for each in vary))
                for name, value in added.items():
                    headers[name] = value
                if secure:
                    headers["Strict-Transport-Security"] = _TWO_YEARS
                    message["headers"] = [_only_encrypted(*each) for each in message["headers"]]
            await send(message)

        await self._app(scope, receive, with_headers)


def _only_encrypted(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """Return a header; a cookie that a browser must not send over an open line."""
    if name.lower() == b"set-cookie" and b"; secure" not in value.lower():
        value += b"; Secure"
    return name, value


def of_pages(scripts: Sequence[str], sites: Sequence[str]) -> str:
    """Return the content security policy of pages.

    Streamlit reads its messages with a little WebAssembly, and writes styles into the page as it
    draws, so those cannot be listed; scripts can. Charts come from data: and blob: addresses of
    the browser's own.
    """
    rules = {
        "default-src": ["'self'"],
        "script-src": ["'self'", "'wasm-unsafe-eval'", *scripts],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-src": ["'none'"],
        "frame-ancestors": list(sites) or ["'none'"],
    }
    return "; ".join(" ".join([rule, *allowed]) for rule, allowed in rules.items())
