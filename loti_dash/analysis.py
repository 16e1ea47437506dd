"""Where counts become measures: the comparison table that page, chart, export and command show.

One function makes it, for one view or for all of them at once, so that no two can disagree.
Nothing is rounded here, and what cannot be known is missing.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from loti_dash import measures, options
from loti_dash.catalogue import Catalogue
from loti_dash.codes import chosen, coded, joined, mapped, repeated
from loti_dash.comparators import PUBLISHED, sides, together
from loti_dash.errors import UnknownCode
from loti_dash.measured import MEASURED, PER_SO_MANY, of_counts, of_published_rates
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
    PUBLISHED: "published",
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

    Raises UnknownCode for an indicator, period, area or reference there is not, SeriesWithdrawn
    for figures that were taken back.
    """
    raise_unless_there(store, indicator_id, period, classification, reference, areas)
    counts = store.query(
        "counts_of",
        indicator=indicator_id,
        period=period,
        level=classification,
        viewer_areas=[],
    )
    table = comparison(counts, store.catalogue, store.release, reference)
    return table[table["area_code"].isin(areas)].reset_index(drop=True) if areas else table


def raise_unless_there(
    store: Store,
    indicator_id: str,
    period: str,
    classification: str,
    reference: str,
    areas: Sequence[str] = (),
) -> None:
    """Raise UnknownCode or SeriesWithdrawn, as `compare` does, for what cannot be compared."""
    indicator = store.catalogue.indicator(indicator_id)
    store.raise_if_withdrawn(indicator.numerator.series, indicator.denominator.series)
    if reference not in REFERENCES:
        raise UnknownCode("reference group", reference, REFERENCES)
    choices = options.of_indicator(store.choices_of(indicator.domain), indicator)
    for kind, codes, column in (
        ("period", [period], "period_id"),
        ("area", areas, "area_code"),
        ("classification", [classification], "level"),
    ):
        for code in codes:
            if code not in set(choices[column].unique()):
                raise UnknownCode(f"{kind} of {indicator_id}", code, set(choices[column].unique()))


def compare_all(store: Store, reference: str = "white") -> pd.DataFrame:
    """Return the comparison table of every indicator, period, area, level and group at once."""
    counts = store.query("counts", indicators=[], periods=[], level="", viewer_areas=[])
    return comparison(counts, store.catalogue, store.release, reference)


def comparison(
    counts: pd.DataFrame, catalogue: Catalogue, release: str, reference: str
) -> pd.DataFrame:
    """Return the comparison table of counts as the query `counts` gives them."""
    table = comparisons(counts, catalogue, release, [reference])
    return table.set_axis(counts.index)


def comparisons(
    counts: pd.DataFrame, catalogue: Catalogue, release: str, references: Sequence[str]
) -> pd.DataFrame:
    """Return the comparison tables of counts, one for each reference, one below the other.

    All at once: for the few rows of a page most of the time is to start each of the many steps.
    """
    indicators, times = catalogue.indicators, len(references)
    ids, areas, groups, periods, levels = (
        repeated(coded(counts[c]), times)
        for c in ("indicator_id", "area_code", "group_code", "period_id", "level")
    )
    kinds = mapped(coded(counts["indicator_id"]), lambda id_: indicators[id_].denominator_type)
    each = [sides(counts, kinds, reference, catalogue.parts) for reference in references]
    states = [statuses(counts, kinds, of) for of in each]
    of, kinds = together(each), repeated(kinds, times)
    per = np.array([indicators[i].per for i in ids.categories], float)[ids.codes]
    # Rows that are looked at together: an indicator, period and level, with one reference.
    family = np.repeat(np.arange(times), len(counts))
    for codes in (ids, periods, levels):
        family = family * len(codes.categories) + codes.codes

    found = {name: np.full(len(family), np.nan) for name in MEASURED}
    for kind in kinds.categories:
        rows = np.flatnonzero(kinds == kind)
        measured = of_published_rates if kind == PUBLISHED else of_counts
        for name, values in measured(of.at(rows), kind).items():
            found[name][rows] = values
    own = kinds == PUBLISHED
    for name in PER_SO_MANY:
        found[name] *= np.where(own, 1, per)
    status, reason = (joined([state[n] for state in states]) for n in range(2))
    robust = _robust(found["ratio"], found["ratio_if_unknown_low"], found["ratio_if_unknown_high"])
    has_interval = ~(np.isnan(found["ratio_low"]) & np.isnan(found["ratio_high"]))
    has_interval |= own & ~np.isnan(found["ratio"])
    methods = mapped(kinds, _METHODS.__getitem__)
    table = {
        "release": release,
        "indicator": ids,
        "area_code": areas,
        "area": _area_names(areas, ids, catalogue),
        "period": periods,
        "group_code": groups,
        "group": mapped(groups, catalogue.short_labels.__getitem__),
        "reference_code": np.repeat(np.array(references, object), len(counts)),
        "reference": np.repeat(
            np.array([REFERENCES[each] for each in references], object), len(counts)
        ),
        "numerator": np.tile(counts["numerator"].to_numpy(), times),
        "denominator": np.where(own, np.nan, np.tile(counts["denominator"].to_numpy(), times)),
        "ratio_method": chosen(
            np.where(has_interval, methods.codes, len(methods.categories)),
            [*methods.categories, "none"],
        ),
        "q_value": measures.adjust_p_values(found["p_value"], family=family),
        "evidence": measures.evidence(found["ratio_low"], found["ratio_high"]),
        "size_band": measures.size_band(found["ratio"]),
        "representation_ratio": of.representation,
        "unknown_share": measures.per(1, measures.Rate(of.unknown, of.all_numerator + of.unknown)),
        "robust_to_unknown": robust,
        "status": status,
        "status_reason": reason,
    } | found
    return pd.DataFrame(table)[list(COLUMNS)]


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
