"""Searches by the Metropolitan and City of London police, from data.police.uk.

Wants the monthly CSV files of both forces, or what the site's API answers for a force and a
month, saved as JSON. A month counts only when both forces are there. Refuses months that are
not all there, as the Metropolitan Police's of September and October 2024.
"""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from loti_dash.errors import SourceFileError
from loti_dash.groups import Labels
from loti_dash.ingest import police_uk_files, searches
from loti_dash.ingest.completeness import incomplete
from loti_dash.ingest.ons_custom import LONDON
from loti_dash.ingest.police_uk_files import CITY, METROPOLITAN
from loti_dash.ingest.reading import FileRead, Reading, Refusal
from loti_dash.observation import COLUMNS

# The outcomes of today's wording, then those of the files until 2017. False is how the API says
# that nothing was found.
ARREST = {"Arrest", "Suspect arrested"}
NO_FURTHER_ACTION = {
    "A no further action disposal",
    "Nothing found - no further action",
    "Suspected psychoactive substances seized - No further action",
    "False",
}
OTHER_OUTCOMES = {
    "Caution (simple or conditional)",
    "Community resolution",
    "Khat or Cannabis warning",
    "Penalty Notice for Disorder",
    "Summons / charged by post",
    "Article found - Detailed outcome unavailable",
    "Local resolution",
    "Offender cautioned",
    "Offender given drugs possession warning",
    "Offender given penalty notice",
    "Suspect summonsed to court",
    "",
}
SERIES = {"self_defined": "searches_self_defined", "officer_defined": "searches_officer_defined"}


def read(files: Sequence[Path], labels: Labels, earlier: pd.DataFrame | None = None) -> Reading:
    """Return searches of people by month, in London and its boroughs, and how they ended.

    `earlier` are observations of the same series from months taken in before: without months
    around them in the files, new ones are compared with those.
    """
    reading = Reading(pd.DataFrame(columns=COLUMNS))
    every = police_uk_files.counted(files)
    names = ", ".join(path.name for path in files)
    people = searches.coded(searches.of_people(every, names), labels, reading)
    _outcomes_known(people, names)
    reading.refusals = _incomplete(people, earlier)
    months = _months_of_both(every, reading)
    kept = people[people["month"].isin(months)]
    reading.files = [
        FileRead(path, *(searches.total(of[of["file"] == str(path)]) for of in (every, kept)))
        for path in files
    ]
    reading.facts = _force_facts(every, people, months)
    if months:
        reading.facts += _outcome_facts(kept)
    arrests = kept[kept["outcome"].isin(ARREST)]
    nothing = kept[kept["outcome"].isin(NO_FURTHER_ACTION)]
    reading.observations = pd.concat(
        [
            *(searches.counted(kept, id_, kind, months, labels) for kind, id_ in SERIES.items()),
            searches.counted(arrests, "searches_to_arrest", "self_defined", months, labels),
            searches.counted(
                nothing, "searches_to_no_further_action", "self_defined", months, labels
            ),
        ],
        ignore_index=True,
    )
    return reading


def _outcomes_known(people: pd.DataFrame, where: str) -> None:
    unknown = set(people["outcome"]) - ARREST - NO_FURTHER_ACTION - OTHER_OUTCOMES
    if unknown:
        raise SourceFileError(
            f"{where}: outcomes of a wording not seen before: "
            f"{', '.join(map(repr, sorted(unknown)))}. Decide in loti_dash/ingest/police_uk.py "
            "whether they are an arrest, no further action or neither."
        )


def _incomplete(people: pd.DataFrame, earlier: pd.DataFrame | None) -> list[Refusal]:
    """Return a refusal for each month of a force that is not all there.

    Months taken in before have both forces together. They serve for the Metropolitan Police,
    which make 99 searches in 100, and not for the City.
    """
    refusals = []
    for force, rows in people.groupby("force"):
        city = force == CITY
        others = None if city or earlier is None else _earlier_months(earlier)
        for month, reason in incomplete(searches.by_month(rows), others).items():
            refusals.append(Refusal("incomplete", f"{month}, {force}: {reason}"))
    return refusals


def _earlier_months(earlier: pd.DataFrame) -> pd.DataFrame | None:
    kinds = {series: kind for kind, series in SERIES.items()}
    london = earlier[(earlier["area_code"] == LONDON) & earlier["series_id"].isin(kinds)]
    if london.empty:
        return None
    return london.assign(kind=london["series_id"].map(kinds)).pivot_table(
        index="period_id", columns=["kind", "group_code"], values="value", aggfunc="sum"
    )


def _months_of_both(every: pd.DataFrame, reading: Reading) -> list[str]:
    """Return the months of which both forces are there, and note the others as missing."""
    there = every.drop_duplicates(["month", "force"]).groupby("month")["force"]
    forces = {str(month): set(names) for month, names in there}
    for month, names in forces.items():
        if not {METROPOLITAN, CITY} <= names:
            reading.missing[month] = (
                f"only {', '.join(sorted(names))} at hand; a month needs both forces, so it is "
                "not used"
            )
    return sorted(forces.keys() - reading.missing.keys())


def _force_facts(every: pd.DataFrame, people: pd.DataFrame, months: list[str]) -> list[str]:
    facts = []
    for force, rows in every[every["month"].isin(months)].groupby("force"):
        own = people.loc[people.index.intersection(rows.index)]
        all_, of_people = searches.total(rows), searches.total(own)
        facts.append(
            f"{force}: {all_:,} searches in {rows['month'].nunique()} months, {of_people:,} "
            f"of them of people and {all_ - of_people:,} of a vehicle alone (left out); "
            f"{own['repeats'].sum():,} searches of people repeat another record exactly (kept)"
        )
        facts.append(searches.places_fact(own, str(force)))
    return facts


def _outcome_facts(kept: pd.DataFrame) -> list[str]:
    def words(outcomes: set[str]) -> str:
        of = kept[kept["outcome"].isin(outcomes)].groupby("outcome")["searches"].sum()
        counts = of.sort_values(ascending=False, kind="stable")
        return ", ".join(f"{name or '(none recorded)'!r} {n:,}" for name, n in counts.items())

    return [
        f"Counted as an arrest: {words(ARREST)}",
        f"Counted as no further action: {words(NO_FURTHER_ACTION)}",
        f"Counted as neither: {words(OTHER_OUTCOMES)}",
    ]
