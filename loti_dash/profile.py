"""One area, or one ethnic group, in every indicator at once, at its newest figures.

The same rows as on the pages of the domains, without the ratios they withhold. There is no score
of all indicators together: they count different things, and some the same people twice.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from loti_dash import analysis, options
from loti_dash.catalogue import Catalogue
from loti_dash.caveats import Found
from loti_dash.evidence_order import by_indicator, in_order
from loti_dash.profile_choices import authorities, level_of
from loti_dash.profile_measures import measures_of
from loti_dash.shown import as_shown
from loti_dash.store import Store


@dataclass(frozen=True)
class Profile:
    """Rows of the comparison table as shown, one period for each indicator, and what to beware of.

    `cautions` are the caveats of each indicator, in the area, or in London for a group.
    """

    rows: pd.DataFrame
    cautions: dict[str, list[Found]]


def profile(store: Store, area: str, reference: str, classification: str = "5") -> Profile:
    """Return every indicator of an area, each at the newest period with figures there.

    A row for each indicator and ethnic group, in the order of `in_order`. Measures are missing
    where the page of the domain withholds them.
    """
    rows, cautions = [], {}
    counts = _counts(store, classification)
    newest = _newest(counts[counts["area_code"] == area], store.catalogue)
    for measure in measures_of(store, counts, newest, reference, classification, [area]):
        found = measure.found(area)
        here = measure.table[measure.table["area_code"] == area]
        rows.append(as_shown(here, {area: found}))
        cautions[measure.indicator.id] = found
    return Profile(in_order(_joined(rows), store.catalogue), cautions)


def of_group(store: Store, group: str, reference: str) -> Profile:
    """Return every indicator of an ethnic group, in London and in each of its 33 authorities.

    A row for each indicator and area, all areas of an indicator at the newest period with figures
    for any authority. A detailed group has the indicators whose source counts it. How sure the
    difference is in London decides the order of indicators.
    """
    rows, cautions = [], {}
    level = level_of(group, store.catalogue)
    counts = _counts(store, level)
    own = counts[counts["group_code"] == group]
    areas = authorities(store.catalogue)
    newest = _newest(own[own["area_code"].isin(areas)], store.catalogue)
    for measure in measures_of(store, counts, newest, reference, level, [options.LONDON]):
        here = measure.table[
            measure.table["area_code"].isin([options.LONDON, *areas])
            & (measure.table["group_code"] == group)
        ]
        found = {
            area: measure.found(area) if measure.misleads(area) else []
            for area in here["area_code"].astype(str)
        }
        rows.append(as_shown(here, found))
        cautions[measure.indicator.id] = measure.found(options.LONDON)
    whole = _joined(rows)
    of_london = whole[whole["area_code"] == options.LONDON]
    return Profile(in_order(whole, store.catalogue, of_london), cautions)


def cautions_everywhere(store: Store, rows: pd.DataFrame) -> dict[str, dict[str, list[Found]]]:
    """Return all caveats of some rows, by indicator and area: what a download carries.

    Takes seconds for many areas.
    """
    if rows.empty:
        return {}
    level = level_of(str(rows["group_code"].iloc[0]), store.catalogue)
    periods = {id_: str(of["period"].iloc[0]) for id_, of in by_indicator(rows)}
    areas = {id_: of["area_code"].astype(str).unique() for id_, of in by_indicator(rows)}
    reference, every = str(rows["reference_code"].iloc[0]), set(rows["area_code"])
    return {
        measure.indicator.id: {area: measure.found(area) for area in areas[measure.indicator.id]}
        for measure in measures_of(store, _counts(store, level), periods, reference, level, every)
    }


def _counts(store: Store, level: str) -> pd.DataFrame:
    return store.query("counts", indicators=[], periods=[], level=level, viewer_areas=[])


def _newest(counts: pd.DataFrame, catalogue: Catalogue) -> dict[str, str]:
    """Return the newest period of each indicator in which a count is known, or else the newest."""
    ids = counts["indicator_id"].astype(str)
    newest = {}
    for id_, of in counts.groupby(ids):
        known = of[of["numerator"].notna()]
        periods = options.periods(
            of if known.empty else known, catalogue.indicators[str(id_)], catalogue
        )
        newest[str(id_)] = periods[0].id
    return newest


def _joined(tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Return tables as one, also if there is none."""
    tables = list(tables)
    if not tables:
        return pd.DataFrame(columns=list(analysis.COLUMNS))
    return pd.concat(tables, ignore_index=True)
