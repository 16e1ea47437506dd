"""The coarser way to publish: five groups instead of detailed ones, so that less is withheld."""

from dataclasses import replace

import pandas as pd

from loti_dash.catalogue import Catalogue, Series
from loti_dash.groups import UNKNOWN
from loti_dash.observation import COLUMNS, KEY, STATUSES
from loti_dash.upload.absent import with_absent
from loti_dash.upload.package import Package


def in_five(package: Package, catalogue: Catalogue) -> Package:
    """Return a package with the five groups in the place of detailed ones.

    A sum with a missing part is missing, with the worst status of its parts; a group without a
    row is one. Series whose list has no finer groups stay as they are.
    """
    coarse = {one.series_id: _list_of_five(one, catalogue) for one in package.series}
    parents = {
        (g.classification, g.code): g.parent_code
        for g in catalogue.groups
        if g.parent_code and g.parent_code != UNKNOWN
    }
    list_of = {one.series_id: one.classification for one in package.series}
    table = with_absent(package, catalogue).observations.astype(dict.fromkeys(KEY, str))
    keys = zip(table["series_id"], table["group_code"], strict=True)
    table["group_code"] = [
        parents.get((list_of[id_], code), code) if coarse[id_] else code for id_, code in keys
    ]
    table = table.assign(place=table["status"].astype(str).map(STATUSES.index))
    summed = table.groupby(KEY, as_index=False).agg(
        value=("value", "sum"),
        known=("value", "count"),
        many=("place", "size"),
        place=("place", "max"),
    )
    summed["value"] = summed["value"].where(summed["known"] == summed["many"])
    summed["status"] = pd.Series(STATUSES)[summed["place"]].to_numpy()
    series = tuple(
        replace(one, classification=coarse[one.series_id] or one.classification)
        for one in package.series
    )
    return replace(package, series=series, observations=summed[COLUMNS])


def has_detail(package: Package, catalogue: Catalogue) -> bool:
    """Return whether some series of a package has finer groups than the five."""
    return any(_list_of_five(one, catalogue) for one in package.series)


def _list_of_five(series: Series, catalogue: Catalogue) -> str:
    """Return the list whose groups are those that a series' list rolls up to, or ""."""
    lists: dict[str, list[tuple[str, str]]] = {}
    for group in catalogue.groups:
        lists.setdefault(group.classification, []).append((group.code, group.parent_code))
    rolled = {up or code for code, up in lists[series.classification]} - {UNKNOWN}
    if rolled <= {code for code, _ in lists[series.classification]}:
        return ""
    fits = [
        name
        for name, groups in lists.items()
        if rolled <= {code for code, _ in groups}
        and all(up in ("", code, UNKNOWN) for code, up in groups)
    ]
    # Of two that fit, the one with the fewest groups besides.
    return min(fits, key=lambda name: (len(lists[name]), name), default="")
