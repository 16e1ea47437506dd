"""What differs between any two releases: every published figure, and the words beside figures.

Sums over months and groups are figures like others. What was withdrawn is in no answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import pandas as pd

from loti_dash.catalogue import Catalogue
from loti_dash.definitions import FACTORS, Count
from loti_dash.store import Store

FIGURES = (
    "series_id series period area_code area group_code group old old_status new new_status what"
).split()
CAVEATS = ["about", "subject", "part", "what", "old", "new"]
_KEYS = ["series_id", "period_id", "area_code", "group_code"]
# Says nothing of figures: its key, when somebody looked at it, and where to get missing ones.
_NO_WORDS = ("id", "series_id", "reviewed", "next_review", "empty")


@dataclass(frozen=True)
class _Described:
    """What a reader is told of one thing: its name, the words of its parts, its main words."""

    name: str
    parts: Mapping[str, str]
    main: str


def figures(before: Store, after: Store) -> pd.DataFrame:
    """Return a row for each published figure that two releases do not share.

    The columns are those of FIGURES; `what` is added, removed or changed. A value is missing where
    its status says why; the status is "" where a release has no such row.
    """
    differing = _differing(before, after)
    old, new = (_counts(store, differing) for store in (before, after))
    both = (
        old.add_suffix("_old").join(new.add_suffix("_new"), how="outer", sort=True).reset_index()
    )
    statuses = both[["status_old", "status_new"]].fillna("")
    same = both["value_old"].eq(both["value_new"])
    same |= both["value_old"].isna() & both["value_new"].isna()
    same &= statuses["status_old"] == statuses["status_new"]
    what = pd.Series("changed", both.index).mask(statuses["status_old"] == "", "added")
    table = {
        "series_id": both["series_id"],
        "series": both["series_id"].map(_of_both(before, after, _titles)),
        "period": both["period_id"],
        "area_code": both["area_code"],
        "area": both["area_code"].map(_of_both(before, after, _areas)),
        "group_code": both["group_code"],
        "group": both["group_code"].map(_of_both(before, after, lambda of: of.short_labels)),
        "old": both["value_old"],
        "old_status": statuses["status_old"],
        "new": both["value_new"],
        "new_status": statuses["status_new"],
        "what": what.mask(statuses["status_new"] == "", "removed"),
    }
    return pd.DataFrame(table)[~same].reset_index(drop=True)


def caveats(before: Store, after: Store) -> pd.DataFrame:
    """Return a row for each caution, definition or ethnic group whose words are not the same.

    The columns are those of CAVEATS. `about` is caution, factor, indicator, series or group;
    `subject` its name; `part` which part of it differs, "" for the whole; `what` is added,
    removed, reworded or severity changed; `old` and `new` are the words.
    """
    old, new = _described(before.catalogue), _described(after.catalogue)
    rows = []
    for key in sorted(old.keys() | new.keys()):
        was, is_ = old.get(key), new.get(key)
        if was is None and is_ is not None:
            rows.append((key[0], is_.name, "", "added", "", is_.main))
        elif is_ is None and was is not None:
            rows.append((key[0], was.name, "", "removed", was.main, ""))
        elif is_ is not None and was is not None:
            for part in dict.fromkeys([*was.parts, *is_.parts]):
                words = was.parts.get(part, ""), is_.parts.get(part, "")
                what = "severity changed" if part == "severity" else "reworded"
                rows += [(key[0], is_.name, part, what, *words)] if words[0] != words[1] else []
    return pd.DataFrame(rows, columns=CAVEATS)


def _differing(before: Store, after: Store) -> list[str]:
    """Return the series whose counts differ, found without comparing count by count."""
    old, new = (
        set(store.query("digests_of_series", viewer_areas=[]).itertuples(index=False, name=None))
        for store in (before, after)
    )
    return sorted({series_id for series_id, _, _ in old ^ new})


def _counts(store: Store, series: list[str]) -> pd.DataFrame:
    rows = store.query("observations_of", series=series, viewer_areas=[]).set_index(_KEYS)
    return pd.DataFrame({"value": rows["value"], "status": rows["status"].astype(object)})


def _of_both(before: Store, after: Store, names: Any) -> dict[str, str]:
    """Return names by code as the later release has them, or the earlier one if only that has."""
    return {**names(before.catalogue), **names(after.catalogue)}


def _titles(catalogue: Catalogue) -> dict[str, str]:
    return {id_: each.title for id_, each in catalogue.series.items()}


def _areas(catalogue: Catalogue) -> dict[str, str]:
    return {code: each.name for code, each in catalogue.areas.items()}


def _described(catalogue: Catalogue) -> dict[tuple[str, str], _Described]:
    """Return what readers are told, by what it is about and its id."""
    found = {}
    for id_, caution in catalogue.caveats.items():
        name = id_.replace("_", " ").capitalize()
        found["caution", id_] = _Described(name, _parts(caution), caution.text)
    for id_, statement in catalogue.statements.items():
        for factor in FACTORS:
            of = getattr(statement, factor)
            name = f"{statement.title}, {factor}"
            found["factor", f"{id_} {factor}"] = _Described(name, _parts(of), of.text)
    for id_, indicator in catalogue.indicators.items():
        parts = _parts(indicator)
        found["indicator", id_] = _Described(indicator.title, parts, indicator.question)
    for id_, series in catalogue.series.items():
        found["series", id_] = _Described(series.title, _parts(series), series.unit)
    for group in catalogue.groups:
        name = f"{group.label} in the list {group.classification}"
        key = f"{group.classification} {group.code} {group.parent_code}"
        found["group", key] = _Described(name, _parts(group), group.short_label)
    return found


def _parts(definition: Any) -> dict[str, str]:
    """Return the words of a definition by the name of their part."""
    return {
        field.name.replace("_", " "): _in_words(getattr(definition, field.name))
        for field in fields(definition)
        if field.name not in _NO_WORDS
    }


def _in_words(value: Any) -> str:
    if isinstance(value, Count):
        return f"{value.label} (series {value.series}, period {value.period})"
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, dict):
        return "; ".join(f"{key} with {into}" for key, into in value.items())
    return str(value)
