"""The web API for programs: an OpenAPI 3.1 document, made from what the code checks by."""

from collections.abc import Sequence
from typing import Any

from loti_dash.analysis import REFERENCES
from loti_dash.api.answering import CSV, JSON, RELEASE
from loti_dash.api.asked import FORMATS
from loti_dash.api.columns import BESIDE, TABLE, Column
from loti_dash.api.csvw import MEDIA_TYPE
from loti_dash.selection import LEVELS

_TEXT = {"type": "string"}
_CODE = _TEXT | {"minLength": 1, "maxLength": 200}
_ABOUT = (
    "The published figures of the London disproportionality dashboard, the same as on its pages. "
    "To be read only, by anybody, without signing in. Each answer names its release; ask for it "
    "with `release` and the answer stays the same. A ratio shows a difference. It does not show "
    "why: use no figure without the caveats that come with it."
)


def document(base: str, release: str, indicators: Sequence[str]) -> dict[str, Any]:
    """Return the document of the web API at an address.

    `release` is the current one, and `indicators` are those that it has figures of.
    """
    of_compare = [
        _parameter("indicator", "Id of an indicator.", True, enum=list(indicators)),
        *_OF_COMPARE,
    ]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "London disproportionality dashboard",
            "version": "1",
            "x-release": release,
            "description": _ABOUT,
            "license": {
                "name": "Open Government Licence v3.0",
                "url": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
            },
        },
        "servers": [{"url": base}],
        "paths": {
            "/api/v1/indicators": _get(
                "indicators",
                "Every indicator of a release, with its periods, areas and groups",
                _fits(["release", "indicators"], indicators=_list({"type": "object"})),
                [_RELEASE],
            ),
            "/api/v1/compare": _get(
                "compare",
                "The comparison table of an indicator and period, with its caveats",
                _COMPARED,
                [*of_compare, _FORMAT],
                {CSV: {"schema": _TEXT}},
            ),
            "/api/v1/compare-metadata.json": _get(
                "compare_metadata",
                "What the CSV of a comparison holds, as CSV on the Web",
                {"type": "object"},
                of_compare,
                type_=MEDIA_TYPE,
            ),
            "/api/v1/releases": _get(
                "releases",
                "The releases, what changed with each, and what was withdrawn or corrected",
                _fits(
                    ["release", "releases", "notices"],
                    releases=_list({"type": "object"}),
                    notices=_list({"type": "object"}),
                ),
                [],
            ),
            "/healthz": _get(
                "health",
                "Whether the current release answers",
                _fits(["status", "release"], status={"const": "ok"}),
                [],
                cached=False,
            ),
        },
        "components": {
            "schemas": {
                "Error": _fits(["error", "known"], error=_TEXT, known=_list(_TEXT)),
                "Row": _row(TABLE),
                "CsvRow": _row(TABLE | BESIDE),
            }
        },
    }


def _parameter(name: str, says: str, required: bool = False, **schema: Any) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": required,
        "description": says,
        "schema": _CODE | schema,
    }


_RELEASE = _parameter("release", "Id of a release. Without it, the current one.")
_FORMAT = _parameter(
    "format",
    "For programs that cannot send the header Accept, which it overrules.",
    enum=list(FORMATS),
)
_OF_COMPARE = [
    _parameter("area", "Code of an area. Without it, every area."),
    _parameter("period", "Id of a period. Without it, the newest."),
    _parameter("group", "Code of an ethnic group. Without it, every group."),
    _parameter(
        "reference", "Whom groups are compared with. Without it, white.", enum=list(REFERENCES)
    ),
    _parameter("classification", "How many groups are shown. Without it, 5.", enum=list(LEVELS)),
    _RELEASE,
]


def _list(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


def _fits(required: list[str], **properties: Any) -> dict[str, Any]:
    named = {name: properties.get(name, _TEXT) for name in [*required, *properties]}
    return {"type": "object", "required": required, "properties": named}


def _row(columns: dict[str, Column]) -> dict[str, Any]:
    return _fits(list(columns), **{name: _cell(each) for name, each in columns.items()})


def _cell(column: Column) -> dict[str, Any]:
    if column.type == "number":
        return {"type": ["number", "null"], "description": column.says}
    words = {"enum": list(column.words)} if column.words else {}
    return {"type": "string", "description": column.says} | words


_CAVEAT = _fits(
    ["id", "severity", "factor", "text", "effect", "reference", "areas"],
    severity={"enum": [1, 2, 3], "description": "1 context, 2 a caution, 3 limits use"},
    areas=_list(_TEXT),
)
_COMPARED = _fits(
    ["release", "address", "page", "rows", "caveats", "ratio_would_mislead", "notices", "sources"],
    indicator={"type": "object"},
    period={"type": "object"},
    rows=_list({"$ref": "#/components/schemas/Row"}),
    caveats=_list(_CAVEAT),
    ratio_would_mislead={
        "type": "object",
        "description": "By area, why a ratio would mislead there. The pages show none.",
        "additionalProperties": _TEXT,
    },
    notices=_list(_fits(["kind", "on", "text"])),
    sources=_list({"type": "object"}),
    says=_TEXT,
)
_HEADERS = {
    "ETag": {"schema": _TEXT, "description": "For If-None-Match: 304 while nothing has changed."},
    RELEASE: {"schema": _TEXT, "description": "The release that answers."},
}
_ERRORS = {
    "400": "A parameter that there is not, or a value that it may not have",
    "403": "Not from where this may be asked",
    "405": "Not a way to ask: only GET and HEAD",
    "406": "None of the formats there are is asked for",
    "410": "The release or the figures were withdrawn; the error is the public notice",
    "413": "Something was sent: nothing may be",
    "429": "Too many requests from one address; Retry-After says when to ask again",
    "503": "The release cannot be read at the moment",
}


def _get(
    name: str,
    summary: str,
    schema: dict[str, Any],
    parameters: list[dict[str, Any]],
    also: dict[str, Any] | None = None,
    type_: str = JSON,
    cached: bool = True,
) -> dict[str, Any]:
    error = {JSON: {"schema": {"$ref": "#/components/schemas/Error"}}}
    found = {
        "description": summary,
        "content": {type_: {"schema": schema}} | (also or {}),
    } | ({"headers": _HEADERS} if cached else {})
    answers = {"200": found}
    if cached:
        answers["304"] = {"description": "As it was at the last request"}
    answers |= {code: {"description": s, "content": error} for code, s in _ERRORS.items()}
    asked = {"operationId": name, "summary": summary, "parameters": parameters}
    return {"get": asked | {"responses": answers}}
