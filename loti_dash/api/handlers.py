"""Who answers at each address of the web API, and what is said where nothing can be answered."""

from collections.abc import Callable, Mapping
from contextlib import suppress

from starlette.requests import Request
from starlette.responses import Response

from loti_dash import config, releases
from loti_dash.api import asked, compared, csvw, listed, openapi
from loti_dash.api.answering import (
    CSV,
    JSON,
    METHODS,
    PREFLIGHT,
    NotAcceptable,
    answer,
    base,
    json_bytes,
    refusal,
    wanted,
)
from loti_dash.errors import (
    LotiError,
    ReleaseWithdrawn,
    SeriesWithdrawn,
    UnknownCode,
)
from loti_dash.server import logs, metrics
from loti_dash.server.watch import KNOWN

_PATH = "/api/v1/"


def answer_to(request: Request) -> Response:
    """Return the answer to a request, or a refusal that says why."""
    handler = HANDLERS.get(request.url.path)
    if handler is None:
        return refusal(404, "There is no such address.", sorted(HANDLERS), _current())
    if request.method == "OPTIONS" and "access-control-request-method" in request.headers:
        return Response(status_code=204, headers=PREFLIGHT)
    if request.method not in METHODS:
        why = f"Figures are read here, with {' or '.join(METHODS)}."
        return refusal(405, why, list(METHODS), _current(), {"Allow": ", ".join(METHODS)})
    try:
        return handler(request)
    except NotAcceptable as error:
        return refusal(406, str(error), [JSON, CSV], _current())
    except (ReleaseWithdrawn, SeriesWithdrawn) as error:
        return refusal(410, str(error), releases.served(config.releases()), _current())
    except (UnknownCode, asked.WrongParameter) as error:
        return refusal(400, _short(error), error.known, _current())
    except LotiError as error:
        logs.write_cause("api cannot read", error)
        return refusal(503, str(error), [], "")


def _indicators(request: Request) -> Response:
    given = asked.parameters(request.query_params, ["release"])
    store = asked.opened(given)
    return answer(request, store.release, JSON, lambda: listed.indicators(store))


def _releases(request: Request) -> Response:
    asked.parameters(request.query_params, [])
    found = listed.all_releases()
    return answer(request, found["release"], JSON, lambda: json_bytes(found))


def _compare(request: Request) -> Response:
    given = asked.parameters(request.query_params, asked.OF_COMPARE)
    media_type = wanted(request, given.get("format", ""))
    of = asked.comparison(given, asked.opened(given))
    request.scope[KNOWN] = of.selection.to_params()
    here, selection = base(request), of.selection
    links = {here + compared.address(selection): 'rel="canonical"'}
    if media_type == CSV:
        at = here + compared.address(selection, "compare-metadata.json")
        links[at] = f'rel="describedby"; type="{csvw.MEDIA_TYPE}"'
        return answer(
            request, selection.release, CSV, lambda: compared.as_csv(of, here).encode(), links
        )
    return answer(
        request, selection.release, JSON, lambda: json_bytes(compared.as_json(of, here)), links
    )


def _metadata(request: Request) -> Response:
    given = asked.parameters(request.query_params, asked.OF_COMPARE[:-1])
    of = asked.comparison(given, asked.opened(given))
    here = base(request)
    return answer(
        request, of.store.release, csvw.MEDIA_TYPE, lambda: json_bytes(csvw.metadata(of, here))
    )


def _openapi(request: Request) -> Response:
    asked.parameters(request.query_params, [])
    store = releases.open_()
    ids, here = asked.with_figures(store), base(request)
    return answer(
        request,
        store.release,
        JSON,
        lambda: json_bytes(openapi.document(here, store.release, ids)),
    )


def _health(request: Request) -> Response:
    """Answer whether the current release answers: without figures a server is of no use."""
    try:
        store = releases.open_()
        store.query("build")
        store.raise_if_withdrawn()
    except LotiError:
        return refusal(503, "The current release cannot be read.", [], "")
    return Response(json_bytes({"status": "ok", "release": store.release}), media_type=JSON)


def _metrics(request: Request) -> Response:
    served = releases.served(config.releases())
    text = metrics.text(_current(), len(served))
    return Response(text, media_type="text/plain; version=0.0.4; charset=utf-8")


HANDLERS: Mapping[str, Callable[[Request], Response]] = {
    _PATH + "indicators": _indicators,
    _PATH + "compare": _compare,
    _PATH + "compare-metadata.json": _metadata,
    _PATH + "releases": _releases,
    _PATH + "openapi.json": _openapi,
    "/healthz": _health,
    "/metrics": _metrics,
}


def _current() -> str:
    with suppress(LotiError, OSError):
        return releases.current_name(config.releases())
    return ""


def _short(error: LotiError) -> str:
    """Return what is wrong. Which values there are stands beside it."""
    return str(error).partition("; known codes:")[0]
