"""The places that a borough is compared with: London, its part of London, its neighbours.

All of them without the borough itself, because a part and its whole are not two samples. Their
counts are sums of other boroughs' counts; a sum with a missing part is missing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from loti_dash import neighbours
from loti_dash.catalogue import Area, Catalogue, Group
from loti_dash.definitions import Indicator
from loti_dash.options import LONDON
from loti_dash.store import Store
from loti_dash.wording import place as named

RESIDENTS, CENSUS_DAY = "census_2021_residents", "2021"
# So few live there that it is like no other authority, and near to none.
CITY = "E09000001"
# From best to worst: that of a sum is the worst of its parts.
STATUSES = ["ok", "provisional", "not_applicable", "not_available", "suppressed"]
SUMS = (
    "numerator denominator all_numerator all_denominator white_numerator white_denominator "
    "white_british_numerator white_british_denominator unknown unknown_of"
).split()


@dataclass(frozen=True)
class Place:
    """Other boroughs together. `less`: London as published less the borough, not a sum."""

    code: str
    name: str
    areas: tuple[str, ...]
    less: bool = False


def residents(store: Store) -> pd.DataFrame:
    """Return the share of each ethnic group among residents, a row for each borough.

    The detailed groups of Census 2021, as columns in no particular order. Without the City of
    London, and without rows where the release has no such figures.
    """
    groups = [each.code for each in _groups(store.catalogue)]
    rows = store.query(
        "composition", series=RESIDENTS, period=CENSUS_DAY, groups=groups, viewer_areas=[]
    )
    counts = rows.pivot(index="area_code", columns="group_code", values="value")
    counts = counts[counts.index.isin(list(store.catalogue.deprivation)) & (counts.index != CITY)]
    return counts.div(counts.sum(axis=1, skipna=False), axis=0).dropna()


def scores(catalogue: Catalogue, of: Iterable[str]) -> pd.Series:
    """Return the average scores of deprivation in 2025 of some areas: higher is more deprived."""
    codes = list(of)
    return pd.Series([float(catalogue.deprivation[code].score_2025) for code in codes], codes)


def near(store: Store, area: str) -> pd.DataFrame:
    """Return the boroughs from the most alike to the least, as `neighbours.distances` does.

    No rows for an area that is no borough, for the City of London, and where a release has no
    scores of deprivation.
    """
    shares = residents(store)
    if area not in shares.index:
        return pd.DataFrame(columns=["in_groups", "in_deprivation", "distance"])
    return neighbours.distances(shares, scores(store.catalogue, shares.index), area)


def in_five(catalogue: Catalogue, shares: pd.DataFrame) -> pd.DataFrame:
    """Return the shares of the five groups that detailed ones roll up into, in standard order."""
    parents = {each.code: each.parent_code or each.code for each in _groups(catalogue)}
    order = sorted(set(parents.values()))
    five = {code: shares[[g for g in shares if parents[g] == code]].sum(axis=1) for code in order}
    # The residual group comes last.
    return pd.DataFrame(five)[sorted(order, key=lambda code: (code == "other", code))]


def of_area(
    catalogue: Catalogue,
    indicator: Indicator,
    area: str,
    offered: Sequence[str],
    nearest: Sequence[str],
) -> list[Place]:
    """Return the places a borough is compared with, as far as there are any.

    `offered` are the areas that the indicator has figures for in any period, and `nearest` all
    boroughs, the most alike first. An area that is published together with another one counts
    once, with it; the borough's own is never in any place.
    """
    if catalogue.areas[area].level != "borough":
        return []

    def others(codes: Iterable[str]) -> tuple[str, ...]:
        standing = dict.fromkeys(indicator.joined_areas.get(code, code) for code in codes)
        return tuple(code for code in standing if code in offered and code != area)

    name = named(catalogue.area_name(indicator, area))
    boroughs = [code for code, each in catalogue.areas.items() if each.level == "borough"]
    found = [Place("london", f"London without {name}", others(boroughs))]
    if area in catalogue.parts_of_london:
        part = catalogue.parts_of_london[area].part
        same = [code for code, each in catalogue.parts_of_london.items() if each.part == part]
        found += [Place("part", f"{part} without {name}", others(same))]
    alike = others(nearest)[: neighbours.FIVE]
    found += [Place("neighbours", "Its five statistical neighbours together", alike)]
    return [each for each in found if len(each.areas) > 1]


def with_places(catalogue: Catalogue, places: Iterable[Place]) -> Catalogue:
    """Return the catalogue with places among its areas, so that they can be compared like any."""
    areas = {each.code: Area(each.code, each.name, "place", "") for each in places}
    return replace(catalogue, areas={**catalogue.areas, **areas})


def counts_of(counts: pd.DataFrame, area: str, places: Sequence[Place]) -> list[pd.DataFrame]:
    """Return the counts of each place, as the query `counts` gives those of an area.

    `counts` are those of all areas of an indicator and period. A sum with a missing part is
    missing; an area without any row is one that has no figures.
    """
    return [_of(counts, area, each) for each in places]


def chosen(counts: pd.DataFrame, area: str, places: Sequence[Place]) -> list[Place]:
    """Return places, with London as published less the area where a borough's count is missing.

    London's own row then has what the publisher counts, or estimates, for that borough. Where
    all are there the sum is better: what happened at no known place is in London's row alone.
    """

    def best(each: Place) -> Place:
        whole = _of(counts, area, each)["all_numerator"].notna().all()
        can = {LONDON, area} <= set(counts["area_code"])
        return replace(each, less=True) if each.code == "london" and can and not whole else each

    return [best(each) for each in places]


def missing(counts: pd.DataFrame, place: Place) -> dict[str, list[str]]:
    """Return the areas of a place whose counts are missing: `suppressed` and `not_available`.

    An area is withheld where any of its counts is, and not available where it has none.
    """
    found: dict[str, list[str]] = {"suppressed": [], "not_available": []}
    for code in place.areas:
        status = counts.loc[counts["area_code"] == code, "numerator_status"].astype(str)
        for kind in found:
            if (status == kind).any() or (kind == "not_available" and status.empty):
                found[kind].append(code)
                break
    return found


def _of(counts: pd.DataFrame, area: str, place: Place) -> pd.DataFrame:
    codes = [LONDON, area] if place.less else list(place.areas)
    blocks = [counts[counts["area_code"] == code] for code in codes]
    absent = any(block.empty for block in blocks)
    blocks = [block for block in blocks if len(block)] or [counts[counts["area_code"] == area]]
    numbers = [block[SUMS].to_numpy(float) for block in blocks]
    total = numbers[0] - numbers[1] if place.less and not absent else np.sum(numbers, axis=0)
    # A borough cannot have more than London: then the two do not belong together.
    total[(total < 0) | absent] = np.nan
    worst = {name: _worst(blocks, name, absent) for name in _STATUS_COLUMNS}
    table = blocks[0].assign(area_code=place.code, **worst)
    return table.assign(**dict(zip(SUMS, total.T, strict=True)))


_STATUS_COLUMNS = ("numerator_status", "denominator_status")


def _worst(blocks: list[pd.DataFrame], column: str, absent: bool) -> list[str]:
    ranks = [[STATUSES.index(str(status)) for status in block[column]] for block in blocks]
    least = STATUSES.index("not_available") if absent else 0
    return [STATUSES[max(least, *of_group)] for of_group in zip(*ranks, strict=True)]


def _groups(catalogue: Catalogue) -> list[Group]:
    list_ = catalogue.series[RESIDENTS].classification
    return [
        each
        for each in catalogue.groups
        if each.classification == list_ and each.code in catalogue.parts
    ]
