"""What is withheld from uploaded figures before they leave the visit that uploaded them.

Each area is guarded by itself, as nobody adds boroughs up here. What counts as known to whoever
tries to work a count out: every figure that stays, the sum of a list of groups and of each of its
five, longer periods that a release adds up, the counts that are left of a denominator, and all
earlier releases of the same series.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from loti_dash.catalogue import Catalogue, Series
from loti_dash.disclosure import protect
from loti_dash.disclosure.policy import PUBLIC
from loti_dash.disclosure.sums import Totals
from loti_dash.observation import COLUMNS
from loti_dash.periods import parts_of
from loti_dash.upload.package import Package

EVERYBODY = "everybody"
_BY = ["period_id", "group_code", "part"]
# A denominator is who is counted and who is left.
_IN, _LEFT, _ALL = "in", "left", "all"


@dataclass(frozen=True)
class Guarded:
    """A package with what must not be shown withheld, and how many counts that is.

    `small` are withheld for their size, `others` for their sake; `cells` are all counts.
    """

    package: Package
    small: int
    others: int
    cells: int


def guarded(
    package: Package,
    catalogue: Catalogue,
    sensitive: Sequence[str],
    earlier: Sequence[pd.DataFrame] = (),
) -> Guarded:
    """Return a package as it may leave the visit.

    `sensitive` are the ids of indicators on sensitive subjects, whose threshold is higher, and
    `earlier` the observations of the same series in earlier releases.
    """
    kept = package.observations.copy()
    reasons = pd.Series("", index=kept.index)
    ids = {one.series_id for one in package.series}
    for indicator in package.indicators:
        numerator = indicator.numerator.series
        threshold = PUBLIC.sensitive_threshold if indicator.id in sensitive else PUBLIC.threshold
        own = indicator.denominator.series in ids
        sides = [numerator, indicator.denominator.series] if own else [numerator]
        mine = kept[kept["series_id"].isin(sides)]
        before = [table[table["series_id"].isin(sides)] for table in earlier]
        series = next(one for one in package.series if one.series_id == numerator)
        for area, rows in mine.groupby("area_code", observed=True):
            small = rows["value"].between(1, threshold, inclusive="left")
            cells = _cells(rows, numerator, own)
            if not small.any() and not cells["value"].between(1, threshold, "left").any():
                continue
            here = [_cells(t[t["area_code"] == area], numerator, own) for t in before]
            with_sums, totals = _with_sums(cells, series, catalogue)
            safe = protect(
                with_sums,
                threshold,
                by=_BY,
                totals=totals,
                earlier=[table for table in here if len(table)],
            )
            _note(reasons, safe)
    hidden = reasons != ""
    kept["value"] = kept["value"].mask(hidden)
    kept["status"] = kept["status"].astype(object).mask(hidden, "suppressed")
    return Guarded(
        replace(package, observations=kept[COLUMNS]),
        int((reasons == "primary").sum()),
        int((reasons == "secondary").sum()),
        len(kept),
    )


def _cells(rows: pd.DataFrame, numerator: str, own: bool) -> pd.DataFrame:
    """Return a row for each cell: who is counted, all there are, and who is left of them.

    `row` is the observation behind a cell, or missing where there is none.
    """
    counted = rows["series_id"] == numerator
    keys = rows[["period_id", "group_code"]].astype(str)
    cells = keys.assign(
        part=counted.map({True: _IN, False: _ALL}), value=rows["value"], row=rows.index
    )
    if not own:
        return cells
    wide = cells.pivot(index=["period_id", "group_code"], columns="part", values="value")
    if _IN not in wide or _ALL not in wide:
        return cells
    left = (wide[_ALL] - wide[_IN]).where(lambda many: many >= 0).rename("value").reset_index()
    return pd.concat([cells, left.assign(part=_LEFT)], ignore_index=True)


def _with_sums(
    cells: pd.DataFrame, series: Series, catalogue: Catalogue
) -> tuple[pd.DataFrame, Totals]:
    """Return cells with the sums that are known of them, and which sums there are."""
    totals: dict[str, dict[str, list[str]]] = {}
    if (cells["part"] == _LEFT).any():
        totals["part"] = {_ALL: [_IN, _LEFT]}
    groups = _group_sums(set(cells["group_code"]), series, catalogue)
    for total, parts in groups.items():
        cells = _added(cells, "group_code", total, parts)
    periods = dict(_spans(set(cells["period_id"]), series, catalogue))
    for total, parts in periods.items():
        cells = _added(cells, "period_id", total, parts)
    if groups:
        totals["group_code"] = groups
    if periods:
        totals["period_id"] = periods
    return cells, totals


def _added(cells: pd.DataFrame, column: str, total: str, parts: Sequence[str]) -> pd.DataFrame:
    """Return cells with one more code of a column, the sum of others; missing if a part is."""
    others = [name for name in _BY if name != column]
    of: Any = cells[cells[column].isin(parts)].groupby(others, as_index=False)
    summed: pd.DataFrame = of["value"].agg(lambda values: values.sum(skipna=False))
    sizes = of.size()
    whole = sizes.loc[sizes["size"] == len(parts), others]
    added = summed.merge(whole, on=others).assign(**{column: total})
    return pd.concat([cells, added], ignore_index=True)


def _group_sums(codes: set[str], series: Series, catalogue: Catalogue) -> dict[str, list[str]]:
    """Return each of the five groups that has parts among the codes, and everybody."""
    of_list = [g for g in catalogue.groups if g.classification == series.classification]
    roots: dict[str, list[str]] = {}
    for group in of_list:
        if group.code in codes and group.parent_code and group.parent_code != group.code:
            roots.setdefault(group.parent_code, []).append(group.code)
    sums = {root: parts for root, parts in roots.items() if root not in codes}
    inside = {part for parts in sums.values() for part in parts}
    top = sorted((codes - inside) | set(sums))
    return {**sums, EVERYBODY: top} if len(top) > 1 else sums


def _spans(ids: set[str], series: Series, catalogue: Catalogue) -> Iterator[tuple[str, list[str]]]:
    """Yield the longer periods that a release adds up from some, with their parts."""
    if series.stock_or_flow != "flow":
        return
    for span in catalogue.spans.values():
        parts = [
            part
            for part in parts_of(span.period_id, span.made_of)
            if part not in span.without.split(";")
        ]
        if set(parts) <= ids:
            yield span.period_id, parts


def _note(reasons: pd.Series, safe: pd.DataFrame) -> None:
    """Write down why observations are withheld.

    What is left of a denominator is no observation: to withhold it, the count itself goes.
    """
    hidden = safe[safe["status_reason"].isin(["primary", "secondary"])]
    there = hidden[hidden["row"].notna()]
    reasons.loc[there["row"].astype(int)] = there["status_reason"].to_numpy()
    left = hidden[hidden["part"] == _LEFT][["period_id", "group_code"]]
    counted = safe[(safe["part"] == _IN) & safe["row"].notna()]
    also = counted.merge(left, on=["period_id", "group_code"])["row"].astype(int)
    reasons.loc[also] = reasons.loc[also].where(reasons.loc[also] != "", "secondary")
