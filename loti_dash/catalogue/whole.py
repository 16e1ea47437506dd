"""The catalogue as a whole: all definitions, and what follows from several of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from loti_dash.canvases import Outcome
from loti_dash.catalogue.rows import Area, Break, Deprivation, Group, InLondon, Series, Span
from loti_dash.definitions import Caveat, Indicator, Source, SourceCaveats, Term
from loti_dash.errors import UnknownCode
from loti_dash.groups import UNKNOWN
from loti_dash.periods import Period, on_its_last_day, period
from loti_dash.processes import Process

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Catalogue:
    """All definitions. Keys are ids; tables that are not keyed by one id are tuples."""

    indicators: Mapping[str, Indicator]
    sources: Mapping[str, Source]
    statements: Mapping[str, SourceCaveats]
    caveats: Mapping[str, Caveat]
    outcomes: Mapping[str, Outcome]
    processes: Mapping[str, Process]
    terms: Mapping[str, Term]
    series: Mapping[str, Series]
    areas: Mapping[str, Area]
    spans: Mapping[str, Span]
    parts_of_london: Mapping[str, InLondon]
    deprivation: Mapping[str, Deprivation]
    breaks: tuple[Break, ...]
    groups: tuple[Group, ...]
    parts: Mapping[str, frozenset[str]]

    def indicator(self, id_: str) -> Indicator:
        """Return an indicator. Raises UnknownCode, with the ids there are."""
        if id_ not in self.indicators:
            raise UnknownCode("indicator", id_, self.indicators)
        return self.indicators[id_]

    def area_name(self, indicator: Indicator, area_code: str) -> str:
        """Return the name of an area, with those that the indicator joins to it.

        For children's rates that of E09000033 is "Westminster with City of London".
        """
        joined = [
            self.areas[a].name for a, into in indicator.joined_areas.items() if into == area_code
        ]
        return " with ".join([self.areas[area_code].name, *sorted(joined)])

    def period(self, indicator: Indicator, period_id: str) -> Period:
        """Return the period of an indicator's numerator, labelled as its source counts years."""
        return self._period(indicator.numerator.series, period_id)

    def denominator_period(self, indicator: Indicator, period_id: str) -> Period:
        """Return the period of the denominator that goes with a period of the numerator."""
        own = indicator.denominator.period
        return self._period(indicator.denominator.series, period_id if own == "same" else own)

    def _period(self, series_id: str, period_id: str) -> Period:
        series = self.series[series_id]
        found = period(period_id, series.calendar)
        if found.kind == "quarter" and series.stock_or_flow == "stock":
            return on_its_last_day(found)
        if period_id in self.spans and self.spans[period_id].label:
            return Period(
                found.starts, found.ends, found.id, found.kind, self.spans[period_id].label
            )
        return found

    def breaks_of(self, indicator: Indicator) -> list[tuple[Period, str]]:
        """Return the periods from which an indicator is counted anew, in order, and why.

        Two series of it that break together have one break. A denominator of one fixed period
        has none.
        """
        series = {indicator.numerator.series}
        if indicator.denominator.period == "same":
            series.add(indicator.denominator.series)
        found = {
            (self.period(indicator, each.period_id), each.reason)
            for each in self.breaks
            if each.series_id in series
        }
        reasons: dict[Period, list[str]] = {}
        for period_, reason in sorted(found):
            reasons.setdefault(period_, []).append(reason)
        return [(period_, " ".join(all_)) for period_, all_ in reasons.items()]

    def sources_of(self, indicator: Indicator) -> list[Source]:
        """Return the sources of numerator and denominator, each once."""
        of = (
            self.series[side.series].source_id
            for side in (indicator.numerator, indicator.denominator)
        )
        return [self.sources[id_] for id_ in dict.fromkeys(of)]

    def statements_of(self, indicator: Indicator) -> list[SourceCaveats]:
        """Return the five-factor statements of numerator and denominator, each once."""
        of = (
            self.series[side.series].statement
            for side in (indicator.numerator, indicator.denominator)
        )
        return [self.statements[id_] for id_ in dict.fromkeys(of)]

    @cached_property
    def shown(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """The groups that each list (classification) shows at each level, in standard order."""
        in_order = shown_groups(self.groups).sort_values("position")
        return {
            (str(list_), str(level)): tuple(rows["group_code"])
            for (list_, level), rows in in_order.groupby(["classification", "level"])
        }

    @cached_property
    def short_labels(self) -> dict[str, str]:
        """The words on screen of every group code, whichever list it stands in."""
        return {group.code: group.short_label for group in reversed(self.groups)}


def shown_groups(groups: tuple[Group, ...]) -> pd.DataFrame:
    """Return which groups of each list are shown at each level, in the standard order.

    Columns: classification, level, group_code, position. Level 5 are the groups that the list
    rolls up to; level 19 are the groups of the list itself, where they are not the same.
    Unknown is no group.
    """
    # Here: a server that has just started answers before it has loaded pandas.
    import pandas as pd

    table = pd.DataFrame(
        [
            (g.classification, g.code, g.parent_code or g.code, int(g.display_position))
            for g in groups
        ],
        columns=["classification", "leaf", "root", "position"],
    )
    table = table[(table["root"] != UNKNOWN) & ~table["classification"].isin(_NO_LISTS)]
    keys = ["classification", "level", "group_code"]
    five = table.assign(group_code=table["root"], level="5").groupby(keys).min().reset_index()
    rolls_up = set(table.loc[table["leaf"] != table["root"], "classification"])
    detailed = table[table["classification"].isin(rolls_up)]
    detailed = detailed.assign(group_code=detailed["leaf"], level="19")
    both = pd.concat([five, detailed], ignore_index=True)
    return both[["classification", "level", "group_code", "position"]]


# Rows of ethnic_groups.csv that are helpers rather than lists of groups.
_NO_LISTS = ("unknown_states", "bridge", "not_groups")
