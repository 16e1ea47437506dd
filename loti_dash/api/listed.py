"""What the web API lists: the indicators of a release with what there is of each, and releases."""

from functools import lru_cache
from typing import Any

from loti_dash import config, notices, options, releases
from loti_dash.api.answering import json_bytes
from loti_dash.api.compared import definition
from loti_dash.definitions import Indicator
from loti_dash.store import Store


# A store of a release is another one after figures of it were withdrawn.
@lru_cache(maxsize=4)
def indicators(store: Store) -> bytes:
    """Return every indicator with its definition, and the codes that `compare` takes for it."""
    assert not store.private, "the web API reads releases"
    of = [_indicator(store, each) for each in store.catalogue.indicators.values()]
    return json_bytes({"release": store.release, "indicators": of})


def all_releases() -> dict[str, Any]:
    """Return the releases, the newest first, and the public notices."""
    folder = config.releases()
    table = releases.listing(folder)
    current = releases.current_name(folder)
    return {
        "release": current,
        "releases": [
            row | {"built_at": row["built_at"].isoformat(), "current": bool(row["current"])}
            for row in table.to_dict("records")
        ],
        "notices": [
            {
                "kind": each.kind,
                "on": each.on.isoformat(),
                "subject": each.subject,
                "text": notices.words(each),
            }
            for each in notices.all_(folder)
        ],
    }


def _indicator(store: Store, indicator: Indicator) -> dict[str, Any]:
    there = options.of_indicator(store.choices, indicator)
    definitions = store.catalogue
    areas = options.areas(there, definitions)
    levels = sorted(set(there["level"].astype(str)), key=int)
    return definition(definitions, indicator.id) | {
        "periods": [
            {"id": each.id, "label": each.label}
            for each in options.periods(there, indicator, definitions)
        ],
        "areas": [{"code": a, "name": definitions.area_name(indicator, a)} for a in areas],
        "classifications": levels,
        "groups": {
            level: [
                {"code": code, "label": definitions.short_labels[code]}
                for code in options.groups(indicator, level, "", definitions)
            ]
            for level in levels
        },
        "references": options.references(indicator, definitions),
        "sources": [each.title for each in definitions.sources_of(indicator)],
        "caveats": [definitions.caveats[id_].text for id_ in indicator.caveats],
    }
