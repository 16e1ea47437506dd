"""Where counts become measures: the comparison table that page, chart, export and command show.

One function makes it, for one view or for all of them at once, so that no two can disagree.
Nothing is rounded here, and what cannot be known is missing.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from loti_dash import measures
from loti_dash.catalogue import Catalogue
from loti_dash.codes import chosen, coded, mapped
from loti_dash.comparators import Sides, sides
from loti_dash.errors import UnknownCode
from loti_dash.reasons import statuses
from loti_dash.store import Store

Floats = NDArray[np.float64]

COLUMNS = (
    "release indicator area_code area period group_code group reference_code reference "
    "numerator denominator rate rate_low rate_high reference_rate ratio ratio_low ratio_high "
    "ratio_method p_value q_value evidence size_band rate_difference difference_low "
    "difference_high excess excess_low excess_high representation_ratio unknown_share "
    "ratio_if_unknown_low ratio_if_unknown_high robust_to_unknown status status_reason"
).split()

REFERENCES = {
    "white": "White",
    "white_british": "White British",
    "rest": "all other ethnic groups combined",
    "all": "everybody of known ethnicity",
}

_METHODS = {
    "events_over_population": "poisson_score",
    "persons_over_population": "poisson_score",
    "subset_over_set": "koopman_score",
    "published_rate_only": "none",
}


def compare(
    store: Store,
    indicator_id: str,
    period: str,
    *,
    classification: str = "5",
    reference: str = "white",
    areas: Sequence[str] = (),
) -> pd.DataFrame:
    """Return the comparison table of an indicator and period: a row per area and ethnic group.

    The columns are those of COLUMNS, groups in the standard order. q-values are of the family
    of all areas and groups, also where only some `areas` are asked for.

    Raises UnknownCode for an indicator, period, area or reference there is not.
    """
    store.catalogue.indicator(indicator_id)
    if reference not in REFERENCES:
        raise UnknownCode("reference group", reference, REFERENCES)
    choices = store.choices[store.choices["indicator_id"] == indicator_id]
    for kind, codes, column in (
        ("period", [period], "period_id"),
        ("area", areas, "area_code"),
        ("classification", [classification], "level"),
    ):
        for code in codes:
            if code not in set(choices[column]):
                raise UnknownCode(f"{kind} of {indicator_id}", code, set(choices[column]))
    counts = store.query(
        "counts",
        indicators=[indicator_id],
        periods=[period],
        level=classification,
        viewer_areas=[],
    )
    table = comparison(counts, store.catalogue, store.release, reference)
    return table[table["area_code"].isin(areas)].reset_index(drop=True) if areas else table


def compare_all(store: Store, reference: str = "white") -> pd.DataFrame:
    """Return the comparison table of every indicator, period, area, level and group at once."""
    counts = store.query("counts", indicators=[], periods=[], level="", viewer_areas=[])
    return comparison(counts, store.catalogue, store.release, reference)


def comparison(
    counts: pd.DataFrame, catalogue: Catalogue, release: str, reference: str
) -> pd.DataFrame:
    """Return the comparison table of counts as the query `counts` gives them."""
    indicators = catalogue.indicators
    ids, areas, groups = (coded(counts[c]) for c in ("indicator_id", "area_code", "group_code"))
    kinds = mapped(ids, lambda id_: indicators[id_].denominator_type)
    per = np.array([indicators[i].per for i in ids.categories], float)[ids.codes]
    of = sides(counts, kinds, reference, catalogue.parts)
    keys = ["indicator_id", "period_id", "level"]
    family = counts.groupby(keys, sort=False, observed=True).ngroup().to_numpy()

    found = {name: np.full(len(counts), np.nan) for name in _MEASURED}
    for kind in kinds.categories:
        rows = np.flatnonzero(kinds == kind)
        for name, values in _measured(of.at(rows), kind).items():
            found[name][rows] = values
    for name in _PER_SO_MANY:
        found[name] *= per
    status, reason = statuses(counts, kinds, of)
    robust = _robust(found["ratio"], found["ratio_if_unknown_low"], found["ratio_if_unknown_high"])
    has_interval = ~(np.isnan(found["ratio_low"]) & np.isnan(found["ratio_high"]))
    methods = mapped(kinds, _METHODS.__getitem__)
    table = {
        "release": release,
        "indicator": ids,
        "area_code": areas,
        "area": _area_names(areas, ids, catalogue),
        "period": coded(counts["period_id"]),
        "group_code": groups,
        "group": mapped(groups, catalogue.short_labels.__getitem__),
        "reference_code": reference,
        "reference": REFERENCES[reference],
        "numerator": counts["numerator"],
        "denominator": counts["denominator"],
        "ratio_method": chosen(
            np.where(has_interval, methods.codes, len(methods.categories)),
            [*methods.categories, "none"],
        ),
        "q_value": measures.adjust_p_values(found["p_value"], family=family),
        "evidence": measures.evidence(found["ratio_low"], found["ratio_high"]),
        "size_band": measures.size_band(found["ratio"]),
        "representation_ratio": of.representation,
        "unknown_share": of.unknown / (of.all_numerator + of.unknown),
        "robust_to_unknown": robust,
        "status": status,
        "status_reason": reason,
    } | found
    return pd.DataFrame(table, index=counts.index)[list(COLUMNS)]


_PER_SO_MANY = (
    "rate rate_low rate_high reference_rate rate_difference difference_low difference_high".split()
)
_MEASURED = (
    *_PER_SO_MANY,
    *("ratio ratio_low ratio_high p_value excess excess_low excess_high".split()),
    *("ratio_if_unknown_low", "ratio_if_unknown_high"),
)


def _measured(of: Sides, kind: Any) -> dict[str, Floats]:
    """Return the measures of rows of one kind, as rates for each one person.

    Where the reference contains the group, a group is compared with the rest of it, and the
    answer converted: two samples that share people are not two samples. With s the group's
    share of the reference's denominator, ratio r becomes r / (s r + 1 - s), and a difference
    is multiplied by 1 - s.
    """
    group, apart = of.group, of.apart
    low, high = measures.ratio_interval(group, apart, kind)
    d_low, d_high = measures.difference_interval(group, apart, kind)
    difference = measures.rate_difference(group, apart)
    without = np.where(of.contains, 1 - of.share, 1)
    # Where nobody in the rest has events the ratio to the rest has no upper limit, and the
    # ratio to all goes up to 1 / s.
    with np.errstate(divide="ignore"):
        most = np.where(np.isnan(high) & ~np.isnan(low), 1 / of.share, np.nan)
    top = np.where(np.isnan(most), measures.to_all(high, of.share), most)
    rate_low, rate_high = measures.rate_interval(group, kind)
    unknown_low, unknown_high = _unknown_bounds(of, kind)
    return {
        "rate": measures.per(1, group),
        "rate_low": rate_low,
        "rate_high": rate_high,
        "reference_rate": measures.per(1, of.reference),
        "ratio": measures.disproportionality_ratio(group, of.reference),
        "ratio_low": np.where(of.contains, measures.to_all(low, of.share), low),
        "ratio_high": np.where(of.contains, top, high),
        "p_value": measures.ratio_p_value(group, apart, kind),
        "rate_difference": difference * without,
        "difference_low": d_low * without,
        "difference_high": d_high * without,
        "excess": difference * without * group.denominator,
        "excess_low": d_low * without * group.denominator,
        "excess_high": d_high * without * group.denominator,
        "ratio_if_unknown_low": unknown_low,
        "ratio_if_unknown_high": unknown_high,
    }


def _unknown_bounds(of: Sides, kind: Any) -> tuple[Floats, Floats]:
    """Return the ratio if every unknown belonged to the reference group, and to the group."""
    stage = kind == "subset_over_set"
    low, high = measures.unknown_bounds(
        of.group, of.apart, of.unknown, kind, of.unknown_of if stage else None
    )
    if not of.contains.any():
        return low, high
    # Whoever belongs to the group belongs to the reference too: its rate is the same either way.
    together = measures.Rate(
        of.reference.numerator + of.unknown,
        of.reference.denominator + (of.unknown_of if stage else 0),
    )
    others = of.unknown_of - of.unknown if stage else np.zeros_like(of.unknown)
    to_others = measures.Rate(of.group.numerator, of.group.denominator + others)
    to_group = measures.Rate(
        of.group.numerator + of.unknown, of.group.denominator + (of.unknown if stage else 0)
    )
    if_others: Floats = measures.disproportionality_ratio(to_others, together)
    if_group: Floats = measures.disproportionality_ratio(to_group, together)
    return np.where(of.contains, if_others, low), np.where(of.contains, if_group, high)


def _robust(ratio: Floats, low: Floats, high: Floats) -> NDArray[np.str_]:
    """Return whether ratio and both limits for the unknowns lie on one side of 1, in words."""
    all_three = np.stack([ratio, low, high])
    same_side = (all_three > 1).all(axis=0) | (all_three < 1).all(axis=0)
    missing = np.isnan(all_three).any(axis=0)
    return np.where(missing, "none", np.where(same_side, "true", "false"))


def _area_names(
    areas: pd.Categorical, ids: pd.Categorical, catalogue: Catalogue
) -> pd.Categorical:
    """Return the area's name in each row, with the areas its indicator joins to it."""
    width = len(areas.categories)
    pairs = ids.codes.astype(np.int64) * width + areas.codes
    names = [
        catalogue.area_name(catalogue.indicators[indicator], area)
        for indicator in ids.categories
        for area in areas.categories
    ]
    return chosen(pairs, names)
