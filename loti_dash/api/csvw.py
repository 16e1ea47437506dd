"""What the CSV of a comparison holds, as CSV on the Web: metadata at an address of its own."""

from typing import Any

from loti_dash.api.asked import Asked
from loti_dash.api.columns import BESIDE, TABLE
from loti_dash.api.compared import address

MEDIA_TYPE = "application/csvm+json"


def metadata(asked: Asked, base: str) -> dict[str, Any]:
    """Return the metadata of the CSV at the address of a comparison."""
    indicator, selection, catalogue = asked.indicator, asked.selection, asked.store.catalogue
    sources = catalogue.sources_of(indicator)
    period = catalogue.period(indicator, selection.period)
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": f"{base}{address(selection)}&format=csv",
        "dc:title": f"{indicator.title}, {period.label}",
        "dc:description": indicator.question,
        "dc:identifier": asked.store.release,
        "dc:publisher": [each.publisher for each in sources],
        "dc:source": [each.title for each in sources],
        "dc:license": list(dict.fromkeys(each.licence for each in sources)),
        "dc:rights": [each.attribution for each in sources],
        "dialect": {"header": True, "delimiter": ",", "encoding": "utf-8"},
        "tableSchema": {
            "primaryKey": ["area_code", "group_code"],
            "columns": [
                {
                    "name": name,
                    "titles": name,
                    "dc:description": column.says,
                    "datatype": _type(column.type, column.words),
                    "required": name in ("release", "indicator", "area_code", "group_code"),
                }
                for name, column in (TABLE | BESIDE).items()
            ],
        },
    }


def _type(type_: str, words: tuple[str, ...]) -> str | dict[str, str]:
    return {"base": type_, "format": "|".join(words)} if words else type_
