"""How the web API answers: what format, compressed or not, and whether anything is new."""

import gzip
import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from loti_dash import config, notices
from loti_dash.api import version
from loti_dash.errors import LotiError

JSON, CSV = "application/json", "text/csv"
RELEASE = "Loti-Release"
METHODS = ("GET", "HEAD")
# Any site's scripts may read what is public; without cookies, and nothing may be sent.
SHARED = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": f"ETag, Link, {RELEASE}",
    "Vary": "Accept, Accept-Encoding",
}
# What a browser asks before it sends a script's If-None-Match to another site.
PREFLIGHT = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": ", ".join(METHODS),
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}
# Figures may be taken back at any moment, so it is asked each time whether there is anything new.
_CACHED = {"Cache-Control": "public, no-cache"}
_WORTH_IT = 1000


class NotAcceptable(LotiError):
    """None of the formats there are is one that the program takes."""


def answer(
    request: Request,
    release: str,
    media_type: str,
    make: Callable[[], bytes],
    links: Mapping[str, str] | None = None,
) -> Response:
    """Return an answer, or 304 where the program has it already. `make` makes the body."""
    zipped = _takes_gzip(request.headers.get("accept-encoding", ""))
    tag = _tag(request, release, media_type, zipped)
    headers = SHARED | _CACHED | {"ETag": tag, RELEASE: release}
    if links:
        headers["Link"] = ", ".join(f"<{to}>; {what}" for to, what in links.items())
    if _has(request, tag):
        return Response(status_code=304, headers=headers)
    body = make()
    if zipped and len(body) > _WORTH_IT:
        # Compressed here, because a tag stands for every byte; the same bytes each time.
        body, headers["Content-Encoding"] = gzip.compress(body, 6, mtime=0), "gzip"
    kind = f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
    return Response(body, media_type=kind, headers=headers)


def json_bytes(of: Any) -> bytes:
    """Return a value as JSON, without numbers that JSON does not have."""
    return json.dumps(of, ensure_ascii=False, allow_nan=False).encode()


def refusal(
    status: int, why: str, known: list[str], release: str, headers: Mapping[str, str] | None = None
) -> Response:
    """Return an error that says what is wrong, and which values there are."""
    all_ = SHARED | {"Cache-Control": "no-store"} | ({RELEASE: release} if release else {})
    body = json_bytes({"error": why, "known": known})
    return Response(body, status, all_ | dict(headers or {}), JSON)


def wanted(request: Request, format_: str = "") -> str:
    """Return the media type to answer in: as the parameter `format` says, or the header Accept.

    Raises NotAcceptable where the header allows neither.
    """
    if format_:
        return {"json": JSON, "csv": CSV}[format_]
    accept = request.headers.get("accept", "").strip() or "*/*"
    best = {JSON: 0.0, CSV: 0.0}
    for part in accept.split(","):
        kind, *params = (each.strip().lower() for each in part.split(";"))
        weight = _weight(params)
        for each in best:
            if kind in (each, each.split("/")[0] + "/*", "*/*"):
                best[each] = max(best[each], weight + (0.0001 if kind == each else 0) * weight)
    if not any(best.values()):
        raise NotAcceptable(f"There is no {accept[:100]!r} here.")
    return CSV if best[CSV] > best[JSON] else JSON


def base(request: Request) -> str:
    """Return the address of this server: LOTI_ADDRESS, or as whoever asks knows it."""
    return (config.address() or str(request.base_url)).rstrip("/")


def _takes_gzip(accepted: str) -> bool:
    """Return whether a header Accept-Encoding allows gzip.

    >>> [_takes_gzip(each) for each in ("br, gzip", "gzip;q=0, *", "*", "identity", "")]
    [True, False, True, False, False]
    """
    weights = {}
    for part in accepted.lower().split(","):
        name, *params = (each.strip() for each in part.split(";"))
        weights[name] = _weight(params)
    return weights.get("gzip", weights.get("*", 0.0)) > 0


def _weight(params: list[str]) -> float:
    for each in params:
        if each.startswith("q="):
            try:
                return min(max(float(each[2:]), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


def _tag(request: Request, release: str, media_type: str, zipped: bool) -> str:
    """Return a strong tag: of the release, what was withdrawn since, what is asked, and the code.

    Notices change what is said of a release that itself never changes.
    """
    said = [notices.words(each) for each in notices.all_(config.releases())]
    asked = [str(zipped), str(request.url), base(request)]
    parts = [release, media_type, *asked, version.code(), *said]
    return f'"{hashlib.sha256(chr(10).join(parts).encode()).hexdigest()[:32]}"'


def _has(request: Request, tag: str) -> bool:
    given = request.headers.get("if-none-match", "")
    tags = {each.strip().removeprefix("W/") for each in given.split(",")}
    return tag in tags or given.strip() == "*"
