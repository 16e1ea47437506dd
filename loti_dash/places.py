"""The places that a borough is compared with: London, its part of London, its neighbours.

All of them without the borough itself, because a part and its whole are not two samples. Their
counts are sums of other boroughs' counts; a sum with a missing part is missing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from loti_dash.catalogue import Area, Catalogue
from loti_dash.definitions import Indicator
from loti_dash.neighbours import FIVE
from loti_dash.options import LONDON

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

    boroughs = [code for code, each in catalogue.areas.items() if each.level == "borough"]
    found = [Place("london", "The rest of London", others(boroughs))]
    if area in catalogue.parts_of_london:
        part = catalogue.parts_of_london[area].part
        same = [code for code, each in catalogue.parts_of_london.items() if each.part == part]
        found += [Place("part", f"The rest of {part}", others(same))]
    alike = others(nearest)[:FIVE]
    found += [Place("neighbours", "Its five statistical neighbours", alike)]
    return [
        each
        for each in found
        if len(each.areas) > 1 and (each.code != "neighbours" or len(alike) == FIVE)
    ]


def set_unknown(counts: pd.DataFrame, kind: str) -> dict[str, float]:
    """Return the share of unknown ethnicity in the set of a stage, for each area.

    NaN over a population, which has no such row.
    """
    first = counts.drop_duplicates("area_code")
    unknown = first["unknown_of"] if kind == "subset_over_set" else first["unknown_of"] * np.nan
    shares = unknown / (unknown + first["all_denominator"])
    return dict(zip(first["area_code"].astype(str), shares, strict=True))


def with_places(catalogue: Catalogue, places: Iterable[Place]) -> Catalogue:
    """Return the catalogue with places among its areas, so that they can be compared like any."""
    areas = {each.code: Area(each.code, each.name, "place", "") for each in places}
    return replace(catalogue, areas={**catalogue.areas, **areas})


def by_area(counts: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the rows of each area, as the query `counts` gives them for a period."""
    groups = counts.groupby("area_code", sort=False, observed=True)
    return {str(code): rows for code, rows in groups}


def counts_of(counts: Mapping[str, pd.DataFrame], area: str, place: Place) -> pd.DataFrame:
    """Return the counts of a place, like those of an area. `counts` are those `by_area`.

    A sum with a missing part is missing, also where an area of the place has no row at all. A
    status is the worst of its parts.
    """
    codes = [LONDON, area] if place.less else place.areas
    blocks = [counts[code] for code in codes if code in counts]
    absent = len(blocks) < len(codes)
    template = counts[area]
    numbers = [block[SUMS].to_numpy(float) for block in blocks or [template]]
    total = numbers[0] - numbers[1] if place.less and not absent else np.sum(numbers, axis=0)
    # A borough cannot have more than London: then the two do not belong together.
    total[(total < 0) | absent] = np.nan
    sums = dict(zip(SUMS, total.T, strict=True))
    worst = {
        name: _worst(
            [block[name].astype(str).to_list() for block in blocks], absent, len(template)
        )
        for name in ("numerator_status", "denominator_status")
    }
    return template.assign(area_code=place.code, **sums, **worst)


def chosen(counts: Mapping[str, pd.DataFrame], area: str, places: Sequence[Place]) -> list[Place]:
    """Return places, with London as published less the area where a borough's count is missing.

    London's own row then has what the publisher counts, or estimates, for that borough. Where
    all are there the sum is better: what happened at no known place is in London's row alone.
    """

    def best(each: Place) -> Place:
        if each.code != "london" or LONDON not in counts:
            return each
        whole = counts_of(counts, area, each)["all_numerator"].notna().all()
        return each if whole else replace(each, less=True)

    return [best(each) for each in places]


def missing(
    counts: Mapping[str, pd.DataFrame], place: Place, group: str, reference: str
) -> dict[str, list[str]]:
    """Return the areas of a place without a count of a group or of those it is compared with.

    Under `suppressed` those where it is withheld, under `not_available` those that have none. For
    London as published less an area: the boroughs without any one count, which it stands in for.
    """
    whom = "all" if reference in ("rest", "all") or place.less else reference
    found: dict[str, list[str]] = {"suppressed": [], "not_available": []}
    for code in place.areas:
        rows = counts.get(code)
        if rows is None:
            found["not_available"].append(code)
            continue
        row = rows.iloc[rows["group_code"].to_list().index(group)]
        if pd.isna(row["numerator"]) or pd.isna(row[f"{whom}_numerator"]):
            withheld = "suppressed" in set(rows["numerator_status"])
            found["suppressed" if withheld else "not_available"].append(code)
    return found


def _worst(statuses: list[list[str]], absent: bool, many: int) -> list[str]:
    """Return the worst status of each of so many groups; of an absent part none is available."""
    least = STATUSES.index("not_available" if absent else "ok")
    ranks = [[least] * many, *([STATUSES.index(each) for each in of] for of in statuses)]
    return [STATUSES[max(of_group)] for of_group in zip(*ranks, strict=True)]
