"""What an analyst says of figures that no catalogue describes, and the definitions made of it.

Figures of a borough never become part of an official series, not even where they measure the same:
two hands count in two ways. They get a series of their own, named after who counted.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from loti_dash.catalogue import Catalogue, Series
from loti_dash.definitions import Count, Domain, Indicator, Kind

Counted = Literal["people", "events", "households"]
# In the place of the id of a series: the column `denominator` of the file.
OF_THE_FILE = "file"


@dataclass(frozen=True)
class Described:
    """What is said of the figures of one id of a file.

    `like` is the indicator of the catalogue that measures the same, or "" for a new one.
    `denominator` is the id of a series of the catalogue, or OF_THE_FILE; `among` says that
    whoever is counted is also in the denominator. `calendar` says what a year means.
    """

    id: str
    owner: str
    like: str
    title: str
    counted: str
    domain: Domain
    counts: Counted
    denominator: str
    denominator_label: str
    among: bool
    per: int
    higher_is: Literal["worse", "better", "neutral"]
    stock_or_flow: Literal["stock", "flow"]
    calendar: str
    recorded_by: str
    ages: str
    sensitive: bool


def signs(words: str) -> str:
    """Return the signs in words that would be read as something else on a page, or "".

    >>> signs("Children (aged 10 to 17)"), signs("[here](address)")
    ('', '[]')
    """
    return "".join(sorted(set(words) & set("[]<>*`|\\#$~")))


def slug(words: str) -> str:
    """Return words as a part of an id.

    >>> slug("London Borough of Hackney!")
    'london_borough_of_hackney'
    """
    return re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")


def indicator_id(described: Described) -> str:
    """Return the id that the figures get: that of the file, and who counted."""
    return f"{described.id}_{slug(described.owner) or 'own'}"


def usual(catalogue: Catalogue, id_: str, owner: str, has_denominator: bool) -> Described:
    """Return what the catalogue says of an id, or an empty description for the analyst to fill."""
    known = catalogue.indicators.get(id_) or next(
        (one for one in catalogue.indicators.values() if one.numerator.series == id_), None
    )
    if known is None:
        return Described(
            *(id_, owner, "", "", "", "justice", "people"),
            OF_THE_FILE if has_denominator else "census_2021_residents",
            "",
            *(has_denominator, 100 if has_denominator else 1_000, "neutral", "flow"),
            *("financial", "self", "all", False),
        )
    series = catalogue.series[known.numerator.series]
    return Described(
        *(id_, owner, known.id, known.title, known.numerator.label, known.domain, known.counts),
        OF_THE_FILE if has_denominator else known.denominator.series,
        known.denominator.label,
        known.denominator_type == "subset_over_set",
        *(known.per, known.higher_is, series.stock_or_flow, series.calendar),
        *(series.recorded_by, series.ages, False),
    )


def series(described: Described, classification: str, source: str) -> list[Series]:
    """Return the series of a description: of what is counted, and of its own denominator."""
    id_ = indicator_id(described)
    numerator = Series(
        id_,
        source,
        source,
        f"{described.title} ({described.owner})",
        described.counted,
        described.counts,
        classification,
        "event" if described.counts == "events" else "residence",
        described.stock_or_flow,
        described.calendar,
        described.ages,
        described.recorded_by,
    )
    if described.denominator != OF_THE_FILE:
        return [numerator]
    whole = replace(
        numerator,
        series_id=f"{id_}_of",
        title=f"{described.denominator_label} ({described.owner})",
        unit=described.denominator_label,
    )
    return [numerator, whole]


def indicator(described: Described, catalogue: Catalogue, today: date) -> Indicator:
    """Return the definition of the rate that a description speaks of."""
    id_ = indicator_id(described)
    if described.denominator == OF_THE_FILE:
        denominator = Count(f"{id_}_of", described.denominator_label, "same")
    else:
        denominator = _of_catalogue(described, catalogue)
    like = catalogue.indicators.get(described.like)
    events = described.counts == "events"
    return Indicator(
        id=id_,
        title=f"{described.title} ({described.owner})",
        question=f"Who is counted among {described.counted} more often than others?",
        why_it_matters=like.why_it_matters if like else _WHY,
        domain=described.domain,
        outcomes=(),
        numerator=Count(id_, described.counted, "each"),
        denominator=denominator,
        denominator_type=_kind(described),
        counts=described.counts,
        place_basis="event" if events else "residence",
        per=described.per,
        people=like.people if like else "people",
        finding=like.finding if like else _finding(described),
        higher_is=described.higher_is,
        reference="white",
        classification="5",
        joined_areas=like.joined_areas if like else {},
        caveats=like.caveats if like else (),
        empty="",
        reviewed=today,
        next_review=today.replace(year=today.year + 1, day=min(today.day, 28)),
    )


_WHY = "These figures were uploaded by the organisation named in the title, not by a publisher."


def _kind(described: Described) -> Kind:
    if described.counts == "events" and not described.among:
        return "events_over_population"
    return "subset_over_set" if described.among else "persons_over_population"


def _finding(described: Described) -> str:
    """Return the words that close "... at 2.3 times the rate" or "... times as likely ..."."""
    if _kind(described) == "events_over_population":
        return f"were counted in {described.counted}"
    return f"to be counted among {described.counted}"


def _of_catalogue(described: Described, catalogue: Catalogue) -> Count:
    """Return a denominator of the catalogue, at the one period that it always has."""
    for one in catalogue.indicators.values():
        if one.denominator.series == described.denominator:
            return replace(one.denominator, label=described.denominator_label)
    return Count(described.denominator, described.denominator_label, "2021")
