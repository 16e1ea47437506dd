"""The newest comparisons of a place: every indicator and ethnic group, as the pages show them.

All places of a release in one pass, which is kept as long as nothing of it is withdrawn.
"""

from functools import lru_cache

import pandas as pd

from loti_dash import analysis, caveats, measures, options
from loti_dash.caveat_rows import Tables
from loti_dash.caveat_rules import RULES
from loti_dash.caveat_view import View
from loti_dash.caveats import FORBIDS_HEADLINE
from loti_dash.evidence_order import by_indicator
from loti_dash.measures import Rate
from loti_dash.shown import as_shown
from loti_dash.store import Store

# Whom every group is compared with.
REFERENCE = "white"

# The counts behind a row and its reference: where all are alike, so are the figures.
_FIGURES = (
    "numerator denominator all_numerator all_denominator white_numerator white_denominator "
    "white_british_numerator white_british_denominator unknown unknown_of"
).split()


def rows_of(store: Store, area: str) -> pd.DataFrame:
    """Return the comparisons of an area as the pages show them, each at its newest figures.

    Of published figures only: what is found is kept for every visit.


    The comparison table with three more columns: `level`, `set_share` and `figures`, the counts
    behind a row. Groups that are shown among five are not repeated among the detailed ones.
    """
    assert not store.private, "only what is published is looked at"
    whole = _newest(store, tuple(sorted(store.withdrawn)))
    here = whole[whole["area_code"] == area]
    of_each = here.groupby(["indicator", "level"], observed=True, sort=False)
    shown = [_as_shown(store, of) for _, of in of_each]
    if not shown:
        return here
    rows = pd.concat(shown, ignore_index=True)
    rows = rows[rows["group_code"].astype(str) != REFERENCE]
    return rows.drop_duplicates(["indicator", "group_code"], ignore_index=True)


# Of published releases alone, as many as a feed looks at; the series that are withdrawn are named
# so that what was kept before somebody took them back is not found again.
@lru_cache(maxsize=12)
def _newest(store: Store, _withdrawn: tuple[str, ...]) -> pd.DataFrame:
    """Return the comparisons of all areas, each at the newest period in which a count is known.

    Where none is known anywhere it is the newest period. One pass over the whole release.
    """
    catalogue = store.catalogue
    counts = store.query("counts", indicators=[], periods=[], level="", viewer_areas=[])
    ids, periods = counts["indicator_id"].astype(str), counts["period_id"].astype(str)
    places = {
        (id_, period.id): place
        for id_, of in by_indicator(counts.assign(indicator=ids))
        for place, period in enumerate(options.periods(of, catalogue.indicators[id_], catalogue))
    }
    place = pd.Series([places[each] for each in zip(ids, periods, strict=True)], counts.index)
    keys = [ids, counts["level"].astype(str), counts["area_code"].astype(str)]
    known = place.where(counts["numerator"].notna())
    newest = known.groupby(keys).transform("min").fillna(place.groupby(keys).transform("min"))
    # q-values are of the family of all areas, also of those whose own newest period is another.
    family = [*keys[:2], periods]
    wanted = (place == newest).groupby(family).transform("any")
    table = analysis.comparison(counts[wanted], catalogue, store.release, REFERENCE)
    of_set = counts["unknown_of"].where(
        ids.map({id_: of.denominator_type for id_, of in catalogue.indicators.items()})
        == "subset_over_set"
    )
    # As text, "5" comes after "19".
    table["level"] = keys[1][wanted]
    table["set_share"] = measures.per(1, Rate(of_set, of_set + counts["all_denominator"]))[wanted]
    table["figures"] = list(counts.loc[wanted, _FIGURES].itertuples(index=False, name=None))
    return table[(place == newest)[wanted]].sort_values("level", ascending=False, kind="stable")


def _as_shown(store: Store, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of an indicator and area without the measures that would mislead."""
    id_, area, period = (str(rows[name].iloc[0]) for name in ("indicator", "area_code", "period"))
    indicator, share = store.catalogue.indicators[id_], float(rows["set_share"].iloc[0])
    view = View(store.catalogue, indicator, period, Tables(rows), area, share)
    # To ask for all caveats takes many times as long, and mostly none forbids a ratio.
    if all(RULES[each](view) is None for each in FORBIDS_HEADLINE):
        return rows
    return as_shown(rows, {area: caveats.of_view(view)})
