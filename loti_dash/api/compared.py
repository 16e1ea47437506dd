"""What the web API says of a comparison: its rows, and all that must go with them."""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from loti_dash import catalogue, config, notices
from loti_dash.api.asked import Asked
from loti_dash.cautioned import Cautioned, cautioned
from loti_dash.caveats import Found, headline_forbidden
from loti_dash.export.csv import csv
from loti_dash.notices import Notice
from loti_dash.selection import Selection
from loti_dash.store import Store

# Half a megabyte each. The pages remember theirs elsewhere.
_REMEMBERED = 32


def as_json(asked: Asked, base: str) -> dict[str, Any]:
    """Return a comparison for programs: the rows of the table `compare`, and their papers."""
    found = _found(asked)
    indicator, selection, definitions = asked.indicator, asked.selection, asked.store.catalogue
    table = _rows(asked, found.table)
    areas = {str(code) for code in table["area_code"]}
    cautions = {area: of for area, of in found.cautions.items() if area in areas}
    return {
        "release": asked.store.release,
        "address": base + address(selection),
        "page": _page(asked, base),
        "indicator": {"id": indicator.id, "title": indicator.title, "per": indicator.per},
        "period": {
            "id": selection.period,
            "label": definitions.period(indicator, selection.period).label,
        },
        "rows": table.astype(object).where(table.notna(), None).to_dict("records"),
        "caveats": _by_text(cautions),
        "ratio_would_mislead": _misleading(cautions),
        "notices": [
            {"kind": each.kind, "on": each.on.isoformat(), "text": notices.words(each)}
            for each in concerning(asked)
        ],
        "sources": [
            {
                "title": each.title,
                "publisher": each.publisher,
                "address": each.url,
                "licence": each.licence,
                "credit": each.attribution,
                "published": each.published.isoformat(),
            }
            for each in definitions.sources_of(indicator)
        ],
        "says": "A ratio shows a difference. It does not show why.",
    }


def as_csv(asked: Asked, base: str) -> str:
    """Return a comparison as CSV, each row with its caveats, source, licence and link."""
    found = _found(asked)
    table = _rows(asked, found.table)
    misleading = _misleading(found.cautions)
    table = table.assign(
        ratio_would_mislead=[misleading.get(str(code), "") for code in table["area_code"]],
        notices=" | ".join(map(notices.words, concerning(asked))),
    )
    return csv(table, asked.store.catalogue, found.cautions, _page(asked, base))


def address(selection: Selection, path: str = "compare") -> str:
    """Return the address of a comparison with every choice in it, so that it stays the same."""
    return f"/api/v1/{path}?{urlencode(selection.to_params())}"


def concerning(asked: Asked) -> list[Notice]:
    """Return the notices on the series of a comparison and on its release, the newest first."""
    about = {asked.indicator.numerator.series, asked.indicator.denominator.series}
    about.add(asked.store.release)
    return [each for each in notices.all_(config.releases()) if each.subject in about]


def definition(of: catalogue.Catalogue, id_: str) -> dict[str, Any]:
    """Return the definition of an indicator as plain values."""
    plain = json.loads(catalogue.one_to_json(of.indicators[id_]))
    return {
        name: value["date"] if isinstance(value, dict) and value.keys() == {"date"} else value
        for name, value in plain.items()
    }


def _found(asked: Asked) -> Cautioned:
    table_of = Selection(
        asked.selection.indicator,
        period=asked.selection.period,
        reference=asked.selection.reference,
        classification=asked.selection.classification,
    )
    return _remembered(asked.store, table_of, tuple(sorted(asked.store.withdrawn)))


# A store of a release is the same object until figures of it are withdrawn. Private ones have
# no id that an address could name, so none comes here.
@lru_cache(maxsize=_REMEMBERED)
def _remembered(store: Store, table_of: Selection, _withdrawn: tuple[str, ...]) -> Cautioned:
    assert not store.private, "the web API reads releases"
    return cautioned(store, table_of)


def _rows(asked: Asked, table: pd.DataFrame) -> pd.DataFrame:
    for column, code in (
        ("area_code", asked.selection.area),
        ("group_code", asked.selection.group),
    ):
        table = table[table[column] == code] if code else table
    return table.reset_index(drop=True)


def _by_text(cautions: Mapping[str, Sequence[Found]]) -> list[dict[str, Any]]:
    """Return each caveat once, with the areas it applies to, the worst first."""
    where: dict[Found, list[str]] = {}
    for area, of in cautions.items():
        for each in of:
            where.setdefault(each, []).append(area)
    return [
        {
            "id": each.id,
            "severity": each.severity,
            "factor": each.factor,
            "text": each.text,
            "effect": each.effect,
            "reference": each.reference,
            "areas": areas,
        }
        for each, areas in sorted(where.items(), key=lambda one: -one[0].severity)
    ]


def _misleading(cautions: Mapping[str, Sequence[Found]]) -> dict[str, str]:
    forbidden = {area: headline_forbidden(of) for area, of in cautions.items()}
    return {area: each.text for area, each in forbidden.items() if each}


def _page(asked: Asked, base: str) -> str:
    params = urlencode(asked.selection.to_params())
    return f"{base}/{asked.indicator.domain}?{params}"
