"""What a reader may choose from: indicators, areas, periods, groups and whom to compare with.

Every list is of codes, in the order in which it is shown. Follows from the definitions and from
what a release has figures for; says nothing of what was chosen.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from loti_dash.catalogue import Catalogue
from loti_dash.definitions import Indicator
from loti_dash.groups import made_of
from loti_dash.periods import Period

if TYPE_CHECKING:
    import pandas as pd

LONDON = "E12000007"
METROPOLITAN_POLICE = "E23000001"

# Where lists of areas start and end: the city first, what it is compared with last.
_LEVELS = {"region": 0, "borough": 1, "country": 3}
_AS_WIDE_AS_LONDON = {"region": 0, "nhs_region": 0, "country": 1}


def indicators(domain: str, catalogue: Catalogue, choices: pd.DataFrame) -> list[str]:
    """Return the indicators of a domain, those with the most figures first.

    Of two with as many, what happens to residents comes before what follows from it.
    """
    many = choices["indicator_id"].value_counts()

    def place(of: Indicator) -> tuple[int, bool, str]:
        return -int(many.get(of.id, 0)), of.denominator_type == "subset_over_set", of.title

    of_domain = [each for each in catalogue.indicators.values() if each.domain == domain]
    return [each.id for each in sorted(of_domain, key=place)]


def of_indicator(choices: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Return the rows of store.choices that are about an indicator: none if it has no figures."""
    return choices[choices["indicator_id"] == indicator.id]


def areas(choices: pd.DataFrame, catalogue: Catalogue) -> list[str]:
    """Return the areas among some choices: London, the boroughs by name, others, countries."""

    def place(code: str) -> tuple[int, str]:
        return _LEVELS.get(catalogue.areas[code].level, 2), catalogue.areas[code].name

    return sorted(choices["area_code"].unique(), key=place)


def usual_area(choices: pd.DataFrame, indicator: Indicator, catalogue: Catalogue) -> str:
    """Return where to open an indicator: in London, or else where the figures are newest.

    Of areas with figures as new as one another the Metropolitan Police's comes first, then
    those as wide as London, then countries.
    """
    offered = areas(choices, catalogue)
    if LONDON in offered:
        return LONDON

    def place(code: str) -> tuple[int, bool, int]:
        newest = periods(choices[choices["area_code"] == code], indicator, catalogue)[0]
        wide = _AS_WIDE_AS_LONDON.get(catalogue.areas[code].level, 2)
        return -newest.ends.toordinal(), code != METROPOLITAN_POLICE, wide

    return min(offered, key=place)


def periods(choices: pd.DataFrame, indicator: Indicator, catalogue: Catalogue) -> list[Period]:
    """Return the periods among some choices of an indicator, the newest first.

    A span of months that make one figure comes before its last month, years that stand
    together where single ones are small after the last single one.
    """
    ids = choices["period_id"].unique()
    together = {id_ for id_, span in catalogue.spans.items() if span.made_of != "months"}

    def newest(one: Period) -> tuple[int, bool, int]:
        return -one.ends.toordinal(), one.id in together, one.starts.toordinal()

    return sorted((catalogue.period(indicator, id_) for id_ in ids), key=newest)


def levels(choices: pd.DataFrame) -> list[str]:
    """Return how many groups may be shown: 5, and 19 where the source has detailed groups.

    >>> import pandas as pd
    >>> levels(pd.DataFrame({"level": ["5", "19", "5"]}))
    ['5', '19']
    """
    return sorted(choices["level"].unique(), key=int) or ["5"]


def groups(indicator: Indicator, level: str, reference: str, catalogue: Catalogue) -> list[str]:
    """Return the groups of an indicator that are compared with a reference, in standard order."""
    list_ = catalogue.series[indicator.numerator.series].classification
    return [code for code in catalogue.shown.get((list_, level), ()) if code != reference]


def with_rate(groups: Iterable[str], indicator: Indicator, catalogue: Catalogue) -> list[str]:
    """Return those of some groups that the source of the denominator counts on their own."""
    list_ = catalogue.series[indicator.denominator.series].classification
    counted = _codes(list_, catalogue)
    return [
        code
        for code in groups
        if code in catalogue.parts and made_of(code, counted, catalogue.parts)
    ]


def references(indicator: Indicator, catalogue: Catalogue) -> list[str]:
    """Return whom an indicator's groups may be compared with.

    White British is offered only where numerator and denominator both count it.
    """
    sides = (indicator.numerator, indicator.denominator)
    lists = {catalogue.series[side.series].classification for side in sides}
    both = all(
        made_of("white_british", _codes(list_, catalogue), catalogue.parts) for list_ in lists
    )
    return ["white", *(["white_british"] if both else []), "rest", "all"]


def _codes(list_: str, catalogue: Catalogue) -> Iterable[str]:
    """Return the codes of a list of groups that stand for people: those that have parts."""
    return [
        group.code
        for group in catalogue.groups
        if group.classification == list_ and group.code in catalogue.parts
    ]
