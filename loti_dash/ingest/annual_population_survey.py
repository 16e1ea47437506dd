"""Adults in and out of work by 19 ethnic groups, from the publisher's custom data sets.

Wants Census 2021 by ethnic group, economic activity status and age, for the survey that gave
this source its name is too small for one borough and one ethnic group. Refuses a file without
age: it would count everybody of 16 and over, pensioners included.
"""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from loti_dash.errors import SourceFileError
from loti_dash.groups import Labels
from loti_dash.ingest.ons_custom import ETHNIC_GROUP, london_added_up, london_tables, people
from loti_dash.ingest.reading import Reading
from loti_dash.observation import COLUMNS

STATUS, AGE = "Economic activity status", "Age"
YOUNGEST, OLDEST = 16, 64
RESIDENTS, ACTIVE = "adults_economic_activity", "adults_economically_active"
EMPLOYED, UNEMPLOYED = "adults_employed", "adults_unemployed"


def read(files: Sequence[Path], labels: Labels) -> Reading:
    """Return residents aged 16 to 64: all, economically active, employed and unemployed."""
    reading = Reading(pd.DataFrame(columns=COLUMNS))
    table = london_tables(files, {ETHNIC_GROUP, STATUS, AGE}, reading)
    series = {status: _series(status) for status in table[STATUS].unique()}
    for status, serve in series.items():
        as_what = ", ".join(serve) or "left out: nobody of working age"
        reading.facts.append(f"status {status!r} became {as_what}")
    ages = _working_ages(table[AGE].unique())
    reading.facts.append(f"ages {', '.join(ages)}")

    kept = people(table, labels, reading)
    kept = kept[kept[AGE].isin(ages)]
    counted = kept.assign(series_id=kept[STATUS].map(series)).explode("series_id")
    key = ["series_id", "area_code", "group_code"]
    counts = counted.dropna(subset=["series_id"]).groupby(key, as_index=False)["value"].sum()
    counts = counts.assign(period_id="2021", status="ok")[COLUMNS]
    reading.observations = london_added_up(counts, reading)
    reading.refuse_unreconciled()
    return reading


def _series(status: str) -> list[str]:
    """Return the series that people of a status are counted in.

    >>> _series("Economically active and a full-time student: In employment")
    ['adults_economic_activity', 'adults_economically_active', 'adults_employed']
    >>> _series("Economically inactive: Retired")
    ['adults_economic_activity']
    """
    words = status.casefold()
    if words.startswith("does not apply"):
        return []
    if words.startswith("economically inactive"):
        return [RESIDENTS]
    if words.startswith("economically active") and "in employment" in words:
        return [RESIDENTS, ACTIVE, EMPLOYED]
    if words.startswith("economically active") and "unemployed" in words:
        return [RESIDENTS, ACTIVE, UNEMPLOYED]
    raise SourceFileError(
        f"the status {status!r} says neither in employment nor unemployed nor inactive. Choose "
        "'Economic activity status' with more categories when downloading."
    )


def _working_ages(labels: Iterable[str]) -> list[str]:
    """Return the labels of ages from 16 to 64.

    Raises SourceFileError unless they make up these ages without a gap.

    >>> _working_ages(["Aged 15 years and under", "Aged 16 to 64 years", "Aged 65 years and over"])
    ['Aged 16 to 64 years']
    """
    spans = {}
    for label in labels:
        numbers = [int(number) for number in re.findall(r"\d+", label)]
        first, last = (numbers[0], numbers[-1]) if numbers else (0, 0)
        if "under" in label:
            first = 0
        if "over" in label:
            last = 120
        if first >= YOUNGEST and last <= OLDEST:
            spans[first, last] = label
    expected = YOUNGEST
    for first, last in sorted(spans):
        if first != expected:
            break
        expected = last + 1
    if expected != OLDEST + 1:
        raise SourceFileError(
            f"the ages {', '.join(map(repr, labels))} cannot be put together to 16 to 64. "
            "Choose an age variable with breaks at 16 and 65 when downloading."
        )
    return [spans[span] for span in sorted(spans)]
