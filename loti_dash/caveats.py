"""Which caveats apply to the figures on screen: the only function that decides.

Page, chart and export call it with the same table, so that a figure never travels without.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from loti_dash.catalogue import Catalogue
from loti_dash.caveat_rows import Tables
from loti_dash.caveat_rules import RULES
from loti_dash.caveat_view import Before, View
from loti_dash.definitions import FACTORS, Factor, Indicator

# With these a ratio would mislead, so they stand in the place of the headline.
FORBIDS_HEADLINE = (
    "unknown_ethnicity_above_floor",
    "reference_group_under_five",
    "events_exceed_residents",
    "city_of_london",
)
# With these even the limits for the unknowns would mislead: the rest of a ratio is wrong too.
FORBIDS_LIMITS = FORBIDS_HEADLINE[1:]
# Nothing to beware of where no ratio is shown.
_OF_RATIOS = (
    "direction_depends_on_unknown",
    "direction_depends_on_reference",
    "wide_interval",
    "reference_group_too_small",
)


@dataclass(frozen=True)
class Found:
    """A caveat that applies, in its final words. `reference` is where a statement is from.

    Where several indicators stand on one page, `indicators` are the ids of those it applies to,
    and `named` are the words for them that its text begins with.
    """

    id: str
    severity: int
    factor: Factor
    text: str
    effect: str
    reference: str
    indicators: tuple[str, ...] = ()
    named: str = ""


def applying_to(
    catalogue: Catalogue,
    indicator: Indicator,
    period: str,
    table: pd.DataFrame,
    area: str,
    set_unknown: float = float("nan"),
    before: Before | None = None,
    by_reference: pd.DataFrame | None = None,
) -> list[Found]:
    """Return the caveats of a view, the worst first.

    `table` is the comparison table of all areas of the indicator and period; `area` is the one
    looked at, `set_unknown` the share of unknown ethnicity in its set, for a stage, `before` what
    the period before was like there (earlier.before), and `by_reference` the table once for each
    reference on offer (references.tables). Found are those that a rule finds in the table, then
    those the indicator lists, then what the five factors mean for its sources.
    """
    tables = Tables(table, by_reference)
    return of_view(View(catalogue, indicator, period, tables, area, set_unknown, before))


def of_every_area(
    catalogue: Catalogue,
    indicator: Indicator,
    period: str,
    table: pd.DataFrame,
    set_unknown: Mapping[str, float],
    before: Mapping[str, Before],
    by_reference: pd.DataFrame | None = None,
) -> dict[str, list[Found]]:
    """Return the caveats of each area of a table, as `applying_to` finds them, but faster.

    `set_unknown` and `before` are by area.
    """
    tables = Tables(table, by_reference)
    return {
        area: of_view(
            View(catalogue, indicator, period, tables, area, set_unknown[area], before.get(area))
        )
        for area in table["area_code"].astype(str).unique()
    }


def of_view(view: View) -> list[Found]:
    """Return the caveats of a view, the worst first."""
    found = [*_computed(view), *_listed(view), *_of_sources(view)]
    if headline_forbidden(found):
        found = [each for each in found if each.id not in _OF_RATIOS]
    return sorted(found, key=lambda each: -each.severity)


def headline_forbidden(found: Sequence[Found]) -> Found | None:
    """Return the caveat that must stand in the place of a headline ratio, if there is one."""
    by_id = {each.id: each for each in found}
    return next((by_id[id_] for id_ in FORBIDS_HEADLINE if id_ in by_id), None)


def ranking_forbidden(found: Iterable[Found]) -> list[Found]:
    """Return the caveats with which areas are not put in order of their ratios: of severity 3."""
    return [each for each in found if each.severity == 3]


def _computed(view: View) -> Iterator[Found]:
    words = view.words
    for id_, rule in RULES.items():
        own = rule(view)
        if own is not None:
            caveat = view.catalogue.caveats[id_]
            text = caveat.text.format(**(words | own))
            yield Found(id_, caveat.severity, caveat.factor, text, caveat.effect, "")


def _listed(view: View) -> Iterator[Found]:
    for id_ in view.indicator.caveats:
        caveat = view.catalogue.caveats[id_]
        yield Found(id_, caveat.severity, caveat.factor, caveat.text, caveat.effect, "")


def _of_sources(view: View) -> Iterator[Found]:
    for statement in view.catalogue.statements_of(view.indicator):
        for factor in FACTORS:
            said = getattr(statement, factor)
            id_ = f"{statement.id}.{factor}"
            yield Found(id_, said.severity, factor, said.text, "", said.reference)
