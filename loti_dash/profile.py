"""One area, or one ethnic group, in every indicator at once, at its newest figures.

The same rows as on the pages of the domains, without the ratios they withhold. There is no score
of all indicators together: they count different things, and some the same people twice.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from loti_dash import analysis, caveats, coverage, options
from loti_dash.catalogue import Catalogue
from loti_dash.caveat_rules import RULES
from loti_dash.caveat_view import View
from loti_dash.caveats import FORBIDS_HEADLINE, Found
from loti_dash.definitions import Indicator
from loti_dash.evidence_order import by_indicator, in_order
from loti_dash.profile_choices import authorities, level_of
from loti_dash.shown import as_shown
from loti_dash.store import Store


@dataclass(frozen=True)
class Profile:
    """Rows of the comparison table as shown, one period for each indicator, and what to beware of.

    `cautions` are the caveats of each indicator, in the area, or in London for a group.
    """

    rows: pd.DataFrame
    cautions: dict[str, list[Found]]


@dataclass(frozen=True)
class _Measure:
    """An indicator at its period: the comparison table of all areas and groups.

    `set_shares` are the shares of unknown ethnicity in the set of a stage, by area.
    """

    catalogue: Catalogue
    indicator: Indicator
    period: str
    table: pd.DataFrame
    set_shares: Mapping[str, float]

    def found(self, area: str) -> list[Found]:
        """Return the caveats that apply in an area."""
        return caveats.applying_to(
            self.catalogue,
            self.indicator,
            self.period,
            self.table,
            area,
            self.set_shares.get(area, float("nan")),
        )

    def misleads(self, area: str) -> bool:
        """Return whether a ratio would mislead in an area: some caveat forbids it.

        Much faster than to ask for all caveats.
        """
        share = self.set_shares.get(area, float("nan"))
        view = View(self.catalogue, self.indicator, self.period, self.table, area, share)
        return any(RULES[id_](view) is not None for id_ in FORBIDS_HEADLINE)


def profile(store: Store, area: str, reference: str, classification: str = "5") -> Profile:
    """Return every indicator of an area, each at the newest period with figures there.

    A row for each indicator and ethnic group, in the order of `in_order`. Measures are missing
    where the page of the domain withholds them.
    """
    rows, cautions = [], {}
    counts = _counts(store, classification)
    newest = _newest(counts[counts["area_code"] == area], store.catalogue)
    for measure in _measures(store, counts, newest, reference, classification):
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
    for measure in _measures(store, counts, newest, reference, level):
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
    reference = str(rows["reference_code"].iloc[0])
    return {
        measure.indicator.id: {area: measure.found(area) for area in areas[measure.indicator.id]}
        for measure in _measures(store, _counts(store, level), periods, reference, level)
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


def _measures(
    store: Store,
    counts: pd.DataFrame,
    periods: Mapping[str, str],
    reference: str,
    level: str,
) -> Iterator[_Measure]:
    """Return indicators, each at its period.

    Their tables have all areas and groups, because q-values are of the whole family.
    """
    at = counts["indicator_id"].astype(str).map(periods)
    counts = counts[at == counts["period_id"].astype(str)]
    table = analysis.comparison(counts, store.catalogue, store.release, reference)
    for id_, of in by_indicator(table):
        indicator = store.catalogue.indicators[id_]
        shares: dict[str, float] = {}
        if indicator.denominator_type == "subset_over_set":
            complete = coverage.completeness(store, indicator, level)
            now = complete[complete["period"] == periods[id_]]
            shares = dict(zip(now["area_code"].astype(str), now["set_share"], strict=True))
        yield _Measure(store.catalogue, indicator, periods[id_], of, shares)


def _joined(tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Return tables as one, also if there is none."""
    tables = list(tables)
    if not tables:
        return pd.DataFrame(columns=list(analysis.COLUMNS))
    return pd.concat(tables, ignore_index=True)
