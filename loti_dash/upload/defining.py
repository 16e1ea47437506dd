"""The definitions made of what an analyst says: series and indicator of uploaded figures.

Figures of a borough never become part of an official series, not even where they measure the same:
two hands count in two ways. They get a series of their own, named after who counted.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from loti_dash.catalogue import Catalogue, Series
from loti_dash.definitions import Count, Indicator, Kind
from loti_dash.upload.description import OF_THE_FILE, Described, indicator_id

# Caveats of an indicator that measures the same, which are not about who counted there.
_OF_STAGES = "stage_selection"
_OF_AREAS = ("hidden_census_cells", "city_with_westminster")
_WHY = "These figures were uploaded by the organisation named in the title, not by a publisher."


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
    id_, kind = indicator_id(described), kind_of(described, catalogue)
    like = catalogue.indicators.get(described.like)
    joined = _joined(described, catalogue)
    return Indicator(
        id=id_,
        title=f"{described.title} ({described.owner})",
        question=f"{_VERB[kind]} {described.counted} more often than others?",
        why_it_matters=like.why_it_matters if like else _WHY,
        domain=described.domain,
        outcomes=(),
        numerator=Count(id_, described.counted, "each"),
        denominator=_denominator(described, catalogue),
        denominator_type=kind,
        counts=described.counts,
        place_basis="event" if described.counts == "events" else "residence",
        per=described.per,
        people=_people(described, like),
        finding=_finding(described, kind, like),
        higher_is=described.higher_is,
        reference="white",
        classification="5",
        joined_areas=joined,
        caveats=(*(_OF_AREAS if joined else ()), *_stages(like, kind)),
        empty="",
        reviewed=today,
        next_review=today.replace(year=today.year + 1, day=min(today.day, 28)),
    )


def kind_of(described: Described, catalogue: Catalogue) -> Kind:
    """Return what is divided by what: as where the catalogue has the same, unless it says else."""
    if described.among:
        return "subset_over_set"
    like = catalogue.indicators.get(described.like)
    if like and like.counts == described.counts and _is_of_people(like.denominator_type):
        return like.denominator_type
    return "events_over_population" if described.counts == "events" else "persons_over_population"


def _is_of_people(kind: Kind) -> bool:
    return kind in ("events_over_population", "persons_over_population")


_VERB: dict[Kind, str] = {
    "events_over_population": "Who is counted in",
    "persons_over_population": "Who is counted among",
    "subset_over_set": "Who is counted among",
}


def _people(described: Described, like: Indicator | None) -> str:
    """Return whom a headline speaks of."""
    if like and like.counts == described.counts:
        return like.people
    return "households" if described.counts == "households" else "people"


def _finding(described: Described, kind: Kind, like: Indicator | None) -> str:
    """Return the words before "at 2.3 times the rate", or after "2.3 times as likely"."""
    events = kind == "events_over_population"
    if like and like.counts == described.counts and events != like.finding.startswith("to "):
        return like.finding
    return (
        f"were counted in {described.counted}"
        if events
        else f"to be counted among {described.counted}"
    )


def _denominator(described: Described, catalogue: Catalogue) -> Count:
    """Return what is divided by: of a census always that of its day, of others the same period."""
    label = described.denominator_label
    if described.denominator == OF_THE_FILE:
        return Count(f"{indicator_id(described)}_of", label, "same")
    if catalogue.series[described.denominator].calendar != "census_day":
        return Count(described.denominator, label, "same")
    # The ids of census series have their year, unless there is only the one of 2021.
    year = re.search(r"20\d\d", described.denominator)
    return Count(described.denominator, label, year[0] if year else "2021")


def _joined(described: Described, catalogue: Catalogue) -> dict[str, str]:
    """Return the areas that the source of a denominator publishes together with others."""
    if described.denominator == OF_THE_FILE:
        return {}
    source = catalogue.series[described.denominator].source_id
    for one in catalogue.indicators.values():
        if catalogue.series[one.denominator.series].source_id == source and one.joined_areas:
            return one.joined_areas
    return {}


def _stages(like: Indicator | None, kind: Kind) -> Iterator[str]:
    if like and kind == "subset_over_set" and _OF_STAGES in like.caveats:
        yield _OF_STAGES
