"""The catalogue as JSON and back, for keeping it whole inside a release."""

import json
from dataclasses import fields
from datetime import date
from typing import Any

from loti_dash.canvases import Outcome
from loti_dash.catalogue.rows import Area, Break, Deprivation, Group, InLondon, Series, Span
from loti_dash.catalogue.whole import Catalogue
from loti_dash.definitions import (
    Caveat,
    Indicator,
    Source,
    SourceCaveats,
    Term,
)
from loti_dash.processes import Process
from loti_dash.strict import from_table


def to_json(catalogue: Catalogue) -> str:
    """Return the catalogue as JSON, the same text for the same definitions."""
    return json.dumps(
        {field.name: getattr(catalogue, field.name) for field in fields(catalogue)},
        default=_plain,
        sort_keys=True,
    )


def one_to_json(definition: object) -> str:
    """Return one definition as JSON."""
    return json.dumps(definition, default=_plain, sort_keys=True)


def from_json(text: str) -> Catalogue:
    """Return the catalogue that `to_json` wrote."""
    found = json.loads(
        text, object_hook=lambda t: date.fromisoformat(t["date"]) if t.keys() == {"date"} else t
    )
    # What came after the first releases is not in them.
    found = {name: {} for name in _ADDED} | found
    keyed = {
        name: {id_: from_table(cls, one, f"{name}.{id_}") for id_, one in found[name].items()}
        for name, cls in _KEYED.items()
    }
    return Catalogue(
        **keyed,
        breaks=tuple(from_table(Break, one, "breaks") for one in found.get("breaks", ())),
        groups=tuple(from_table(Group, one, "groups") for one in found["groups"]),
        parts={code: frozenset(parts) for code, parts in found["parts"].items()},
    )


_KEYED: dict[str, type[Any]] = {
    "indicators": Indicator,
    "sources": Source,
    "statements": SourceCaveats,
    "caveats": Caveat,
    "outcomes": Outcome,
    "processes": Process,
    "terms": Term,
    "series": Series,
    "areas": Area,
    "spans": Span,
    "parts_of_london": InLondon,
    "deprivation": Deprivation,
}
_ADDED = ("processes", "parts_of_london", "deprivation")


def _plain(value: Any) -> Any:
    """Return what JSON can hold of a value it does not know: a table, a list or a date."""
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, frozenset):
        return sorted(value)
    return {field.name: getattr(value, field.name) for field in fields(value)}
