"""An indicator at one period, with all that its caveats look at: what profiles are made of.

Everything follows from one answer of the store, which all indicators share.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from loti_dash import analysis, caveats, earlier, measures, options
from loti_dash.catalogue import Catalogue
from loti_dash.caveat_rows import Tables
from loti_dash.caveat_rules import RULES
from loti_dash.caveat_view import Before, View
from loti_dash.caveats import FORBIDS_HEADLINE, Found
from loti_dash.definitions import Indicator
from loti_dash.evidence_order import by_indicator
from loti_dash.measures import Rate
from loti_dash.store import Store


@dataclass(frozen=True)
class Measure:
    """An indicator at its period: the comparison table of all areas and groups.

    By area: `set_shares` are the shares of unknown ethnicity in the set of a stage, `before` is
    what the period before was like, and `by_reference` are the rows of groups whose finding
    turns with whom they are compared with, in the areas looked at.
    """

    catalogue: Catalogue
    indicator: Indicator
    period: str
    table: pd.DataFrame
    set_shares: Mapping[str, float]
    before: Mapping[str, Before]
    by_reference: Mapping[str, pd.DataFrame]

    @cached_property
    def by_area(self) -> dict[str, pd.DataFrame]:
        """The rows of each area."""
        areas = self.table.groupby("area_code", sort=False, observed=True)
        return {str(area): of for area, of in areas}

    def found(self, area: str) -> list[Found]:
        """Return the caveats that apply in an area."""
        return caveats.applying_to(
            self.catalogue,
            self.indicator,
            self.period,
            self.table,
            area,
            self.set_shares.get(area, float("nan")),
            self.before.get(area),
            self.by_reference.get(area),
        )

    def misleads(self, area: str) -> bool:
        """Return whether a ratio would mislead in an area: some caveat forbids it.

        Much faster than to ask for all caveats: what forbids one lies in the area's own rows.
        """
        share = self.set_shares.get(area, float("nan"))
        view = View(
            self.catalogue, self.indicator, self.period, Tables(self.by_area[area]), area, share
        )
        return any(RULES[id_](view) is not None for id_ in FORBIDS_HEADLINE)


def measures_of(
    store: Store,
    counts: pd.DataFrame,
    periods: Mapping[str, str],
    reference: str,
    level: str,
    areas: Collection[str],
) -> Iterator[Measure]:
    """Return indicators, each at its period, with what the caveats of some areas look at.

    Their tables have all areas and groups, because q-values are of the whole family.
    """
    catalogue = store.catalogue
    complete = _complete(counts, catalogue)
    at = counts["indicator_id"].astype(str).map(periods)
    counts = counts[at == counts["period_id"].astype(str)]
    turned = _turned(store, counts[counts["area_code"].isin(areas)])
    for id_, of in by_indicator(analysis.comparison(counts, catalogue, store.release, reference)):
        indicator, period = catalogue.indicators[id_], periods[id_]
        now = complete[id_][complete[id_]["period"] == period]
        yield Measure(
            catalogue,
            indicator,
            period,
            of,
            dict(zip(now["area_code"], now["set_share"], strict=True)),
            earlier.before(store, indicator, complete[id_], period, level),
            {area: rows for (other, area), rows in turned.items() if other == id_},
        )


def _complete(counts: pd.DataFrame, catalogue: Catalogue) -> dict[str, pd.DataFrame]:
    """Return rows of coverage.completeness by indicator, as far as they are looked at here.

    From counts at hand: a query for each indicator would be most of the time a page takes.
    """
    each = counts.drop_duplicates(["indicator_id", "period_id", "area_code"])
    ids = each["indicator_id"].astype(str)
    kinds = ids.map({id_: of.denominator_type for id_, of in catalogue.indicators.items()})
    known, unknown = each["all_numerator"], each["unknown"]
    of_set = each["unknown_of"].where(kinds == "subset_over_set")
    whole = pd.DataFrame(
        {
            "indicator": ids,
            "period": each["period_id"].astype(str),
            "area_code": each["area_code"].astype(str),
            "known": known,
            "unknown": unknown,
            "share": measures.per(1, Rate(unknown, unknown + known)),
            "set_share": measures.per(1, Rate(of_set, of_set + each["all_denominator"])),
        }
    )
    return dict(by_indicator(whole))


def _turned(store: Store, counts: pd.DataFrame) -> dict[tuple[str, str], pd.DataFrame]:
    """Return the clear rows of groups whose finding a reference turns, by indicator and area.

    As references.tables has them, without the many of which there is nothing to say.
    """
    catalogue = store.catalogue
    tables = analysis.comparisons(counts, catalogue, store.release, [*analysis.REFERENCES])
    ids, references = tables["indicator"].astype(str), tables["reference_code"].astype(str)
    offered = {
        (id_, each)
        for id_ in ids.unique()
        for each in options.references(catalogue.indicators[id_], catalogue)
    }
    on_offer = pd.Series([each in offered for each in zip(ids, references, strict=True)])
    clear = tables[on_offer & tables["evidence"].isin(["higher", "lower"])]
    keys = ["indicator", "area_code", "group_code"]
    ways = clear.groupby(keys, observed=True)["evidence"].transform("nunique")
    of_areas = clear[ways > 1].groupby(keys[:2], observed=True, sort=False)
    return {(str(id_), str(area)): rows for (id_, area), rows in of_areas}
